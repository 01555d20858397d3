import type { FaultKind } from "./kind.ts";
import { conditionsAt } from "./kind.ts";

const building = conditionsAt("building");

const sensor = (
  id: string,
  [nameZh, nameEn]: readonly [string, string],
  [followsZh, followsEn]: readonly [string, string],
): FaultKind => ({
  id,
  className: null,
  name: { zh: nameZh, en: nameEn },
  follows: { zh: followsZh, en: followsEn },
  by: "fault",
  acts: "instrument",
  sets: id,
  full: 1,
  isSwitch: ["sensorFrozen", "sensorLost", "registerReset"].includes(id),
  overS: 0,
  places: [],
});

/** Sensors and gateways: nothing in the plant changes, only what is read of it. What follows is that of instruments/. */
export const sensorKinds: readonly FaultKind[] = [
  building(
    "gatewayLost",
    {
      name: ["动环网关失联", "BMS gateway lost"],
      follows: [
        "整栋楼的读数中断而数据超时,设备照常运行。",
        "No reading of the building comes any more: its values go stale while its machines run on.",
      ],
    },
    { isSwitch: true },
  ),
  building(
    "clockSkew",
    {
      name: ["动环网关时钟偏差", "Clock of the BMS gateway off"],
      follows: [
        "读数时间超前,至多十分钟;超过五分钟即被拒收。",
        "Its values come from the future, by up to ten minutes; beyond five they are refused.",
      ],
    },
    { full: 600 },
  ),
  sensor(
    "sensorDrift",
    ["测点漂移", "Reading drifts"],
    [
      "读数逐渐偏离真值,温度每小时至多两度。",
      "It runs away from the truth, temperatures by up to 2 K an hour.",
    ],
  ),
  sensor(
    "sensorFrozen",
    ["测点冻结", "Reading frozen"],
    ["读数停在注入时的值,设备照常变化。", "It repeats what it showed; the machine goes on as ever."],
  ),
  sensor(
    "sensorLost",
    ["测点丢失", "Reading lost"],
    ["测点无值,判为无效,最后读数保留。", "No value comes: the point is bad, and its last number stays."],
  ),
  sensor(
    "sensorNoisy",
    ["测点跳动", "Reading noisy"],
    ["读数跳动约为平常的十倍。", "It jumps about, some ten times as far as usual."],
  ),
];

/** Of meters alone. */
export const meterKinds: readonly FaultKind[] = [
  sensor(
    "ratioWrong",
    ["电表倍率错误", "Meter ratio wrong"],
    [
      "功率与电量读数偏小,总分表不平。",
      "It shows and counts too little: mains and sub-meters no longer agree.",
    ],
  ),
  sensor(
    "registerReset",
    ["电表表底清零", "Meter register reset"],
    ["表底从零重新累计。", "Its register begins again at nought."],
  ),
];
