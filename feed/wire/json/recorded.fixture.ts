import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Mappings that ship, with messages of their kind (wires/). */
export const shippedWires = [
  "facility-northbound",
  "telegraf-redfish",
  "telegraf-dcgm",
  "telegraf-ascend",
  "zigbee2mqtt",
] as const;
export type ShippedWire = (typeof shippedWires)[number];

export const wireFile = (
  wire: ShippedWire,
  name: "mapping.jsonc" | "aliases.csv" | "messages.jsonl",
): string => fileURLToPath(new URL(`../../../wires/${wire}/${name}`, import.meta.url));

/** The one instant that all recorded messages say, in every way they say it. */
const recordedMs = Date.UTC(2026, 6, 1, 4);
const chinaMs = 8 * 3_600_000;

const clockText = (ms: number, between: string): string =>
  new Date(ms + chinaMs).toISOString().slice(0, 19).replace("T", between);

/** The recorded messages of a wire as they would be sent at `nowMs`. */
export const recordedMessages = (
  wire: ShippedWire,
  nowMs: number,
): readonly { readonly topic: string; readonly payload: string }[] => {
  const wholeMs = Math.floor(nowMs / 1000) * 1000;
  const moved = (text: string): string =>
    text
      .replaceAll(clockText(recordedMs, " "), clockText(wholeMs, " "))
      .replaceAll(clockText(recordedMs, "T"), clockText(wholeMs, "T"))
      .replaceAll(`${recordedMs / 1000}`, `${wholeMs / 1000}`);
  return readFileSync(wireFile(wire, "messages.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { topic, payload } = JSON.parse(line) as { topic: string; payload: unknown };
      return { topic, payload: moved(JSON.stringify(payload)) };
    });
};

/** What the recorded messages of each wire say of the twin, in the units of its metrics. */
export const recordedValues: Readonly<Record<ShippedWire, Readonly<Record<string, number>>>> = {
  "facility-northbound": {
    "a/hero/f1/r1/crah01 supplyTemperature": 22.4,
    "a/hero/f1/r1/crah01 returnTemperature": 34.9,
    "a/hero/f1/r1/crah01 fanSpeed": 62,
    "a/hero/f1/r1/crah01 power": 11.8,
    "a/hero/f1/r1/crah01 status": 1,
    "a/hero/f1/r1/ups1 power": 412.6,
    "a/hero/f1/r1/ups1 inputPower": 431.2,
    "a/hero/f1/r1/ups1 loadRate": 51.6,
    "a/hero/f1/r1/ups1 status": 1,
    "a/hero/f1/r1/m-it power": 1506,
    "a/hero/f1/r1/m-it energy": 8_812_345.6,
    "a/hero/f1/r1/row01/k02 inletTemperature": 24.3,
    "a/hero/f1/r1/row01/k02 outletTemperature": 39.1,
    "a/hero/f1/r1/row01/k02 leakDetect": 0,
    "a/hero/f1/r1/row01/k03 leakDetect": 1,
  },
  "telegraf-redfish": {
    "a/hero/f1/r1/row01/k06 power": 14.23,
    "a/hero/f1/r1/row01/k06 inletTemperature": 23.6,
    "a/hero/f1/r1/row01/k06 outletTemperature": 38.2,
    "a/hero/f1/r1/row01/k07 power": 14.6,
  },
  "telegraf-dcgm": {
    "a/hero/f1/r1/row02/k02 load": 97,
    "a/hero/f1/r1/row02/k03 load": 44,
  },
  "telegraf-ascend": {
    "a/hero/f1/r1/row03/k02 load": 81,
    "a/hero/f1/r1/row03/k03 load": 40,
  },
  zigbee2mqtt: {
    "a/b01/f1/r1/row01/k01 inletTemperature": 23.7,
    "a/b01/f1/r1/row01/k01 outletTemperature": 35.2,
    "a/b01/f1/r1/row01/k01 leakDetect": 1,
    "a/b01/f1/r1/row01/k03 inletTemperature": 24.1,
    "a/b01/f1/r1/m-it power": 512.34,
    "a/b01/f1/r1/m-it energy": 1_204_512.3,
    "a/b01/f1/r1/m-it powerFactor": 0.98,
  },
};

const unread = (at: string, fields: string): readonly string[] =>
  fields.split(" ").map((field) => `${at}.${field}: no template reads this field`);

/** What of the recorded messages has no place in the twin: faults by code, and what is listed, behind its topic. */
export const recordedLeftovers: Readonly<
  Record<
    ShippedWire,
    { readonly faults: Readonly<Record<string, number>>; readonly unmapped: readonly string[] }
  >
> = {
  "facility-northbound": {
    faults: { "point-unmapped": 4, "value-null": 1 },
    unmapped: [
      ...unread("$", "流水号"),
      'A-HERO-101/KT-01 回风湿度: no signal "回风湿度" in template northbound-telemetry',
      'A-HERO-101/UPS-01 电池电压: no signal "电池电压" in template northbound-telemetry',
      'A-HERO-101/JG-0102 门磁状态: no signal "门磁状态" in template northbound-states',
      'A-HERO-101/UPS-01 电池单体温度高: no signal "电池单体温度高" in template northbound-alarms: 重要 第2组12号电池温度41.5℃',
    ],
  },
  "telegraf-redfish": {
    faults: {},
    unmapped: unread(
      "$.metrics[*].fields",
      "EnergykWh_Reading line_input_voltage power_capacity_watts power_input_watts power_output_watts reading_celsius upper_threshold_critical upper_threshold_fatal",
    ),
  },
  "telegraf-dcgm": {
    faults: {},
    unmapped: unread(
      "$.metrics[*].fields",
      "DCGM_FI_DEV_FB_FREE DCGM_FI_DEV_FB_USED DCGM_FI_DEV_GPU_TEMP DCGM_FI_DEV_MEMORY_TEMP DCGM_FI_DEV_POWER_USAGE DCGM_FI_DEV_SM_CLOCK DCGM_FI_DEV_XID_ERRORS",
    ),
  },
  "telegraf-ascend": {
    faults: {},
    unmapped: unread(
      "$.metrics[*].fields",
      "machine_npu_nums npu_chip_info_aicore_current_freq npu_chip_info_hbm_used_memory npu_chip_info_hbm_utilization npu_chip_info_health_status npu_chip_info_power npu_chip_info_temperature npu_chip_info_voltage",
    ),
  },
  zigbee2mqtt: {
    faults: { "topic-unknown": 1 },
    unmapped: [
      ...unread("$", "battery current device_temperature humidity linkquality voltage"),
      "zigbee2mqtt/lamp-1: no pattern of a known wire (docs/WIRE.md)",
    ],
  },
};
