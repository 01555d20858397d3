import type { FaultKind } from "./kind.ts";
import { conditionsAt } from "./kind.ts";

const site = conditionsAt("site");
const substation = conditionsAt("substation");
const transformer = conditionsAt("transformer");
const ups = conditionsAt("ups");
const generator = conditionsAt("generator");
const building = conditionsAt("building");
const row = conditionsAt("row");

/** Grid, stations, transformers, banks, generators, breakers. What follows is power/'s. */
export const powerKinds: readonly FaultKind[] = [
  site("sag", {
    name: ["电网电压暂降", "Voltage sag of the grid"],
    follows: [
      "不间断电源转电池;跌破七成时冷源设备接触器脱扣,恢复后分批重启。",
      "UPS go to battery; below 70 % the contactors of cooling machines let go, and these start again one after another.",
    ],
  }),
  site(
    "gridLost",
    {
      name: ["市电全失", "Grid lost"],
      follows: [
        "电池先带机柜,柴发启动并机后分批接带;风光随电网停发。",
        "Batteries carry the racks until generators have started and take load in steps; sun and wind stop with the grid.",
      ],
    },
    { isSwitch: true },
  ),
  site(
    "curtail",
    {
      name: ["风电限发", "Wind curtailed by the dispatcher"],
      follows: ["风机按限额出力,网侧购电上升。", "Turbines are held at their limit, and the import rises."],
    },
    { by: "people" },
  ),
  site("frequencyDrop", {
    name: ["电网频率下降", "Frequency of the grid drops"],
    follows: ["各变电站频率读数下降,负荷不变。", "Every substation shows it; the load stays as it is."],
  }),
  substation(
    "open",
    {
      name: ["进线断路器分闸", "Incoming breaker open"],
      follows: [
        "该站失电:下级机楼转柴发,汇集的风光储停发。",
        "The station is dark: buildings below go over to generators, and what it gathers of sun, wind and storage stops.",
      ],
    },
    { isSwitch: true },
  ),
  transformer(
    "open",
    {
      name: ["变压器断路器分闸", "Breaker of the transformer open"],
      follows: [
        "该路转电池,放完后由另一路带全部机柜;机械段经联络开关两秒后恢复。",
        "Its path goes to battery, and when that is empty the other carries every rack; a mechanical board comes back over its tie.",
      ],
    },
    { isSwitch: true },
  ),
  transformer(
    "failed",
    {
      name: ["变压器故障", "Transformer failed"],
      follows: [
        "报故障并退出;该路转电池,放完后由另一路带全部机柜。",
        "It shows a fault and is out: its path goes to battery, and when that is empty the other carries every rack.",
      ],
    },
    { isSwitch: true },
  ),
  ups(
    "failed",
    {
      name: ["不间断电源故障", "UPS failed"],
      follows: [
        "转静态旁路,直通市电;高压直流则放完电池后失电,由另一路承担。",
        "It passes the mains through its static switch; a DC system empties its battery, goes dark and leaves the load to the other path.",
      ],
    },
    { isSwitch: true },
  ),
  ups("batteryAged", {
    name: ["蓄电池老化", "Battery aged"],
    follows: ["市电中断时后备时间缩短。", "It lasts less long when the mains are lost."],
  }),
  ups(
    "bypass",
    {
      name: ["转旁路", "On bypass"],
      follows: [
        "损耗下降,但市电中断会直接传到机柜。",
        "It loses less, and hands an interruption of the mains on to its racks.",
      ],
    },
    { isSwitch: true },
  ),
  generator(
    "failsToStart",
    {
      name: ["柴发启动失败", "Does not start"],
      follows: [
        "市电失去后三次启动不成报故障,负荷由其余机组分担。",
        "When the mains are lost it tries three times and shows a fault; the other sets take its share.",
      ],
    },
    { isSwitch: true },
  ),
  generator(
    "failed",
    {
      name: ["柴发故障停机", "Generator failed"],
      follows: ["退出并机,负荷由其余机组分担。", "It leaves the busbar, and the other sets take its share."],
    },
    { isSwitch: true },
  ),
  building(
    "resetByHand",
    {
      name: ["配电人工复位", "Switchboard reset by hand"],
      follows: [
        "跳闸或拒受市电的不间断电源重新投入。",
        "UPS that tripped, or refuse the mains after counted dips, take them again.",
      ],
    },
    { by: "people", isSwitch: true },
  ),
  row(
    "breakerOpenA",
    {
      name: ["A 路断路器分闸", "Breaker of path A open"],
      follows: ["B 路带该列全部机柜;两路皆断则失电。", "Path B carries the row; with both open it is dark."],
    },
    { isSwitch: true },
  ),
  row(
    "breakerOpenB",
    {
      name: ["B 路断路器分闸", "Breaker of path B open"],
      follows: ["A 路带该列全部机柜;两路皆断则失电。", "Path A carries the row; with both open it is dark."],
    },
    { isSwitch: true },
  ),
];
