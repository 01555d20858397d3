import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { EdgeStation, encodePayload, type Metric } from "#feed/wire/sparkplug.fixture.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { SparkplugBed } from "./sparkplug-bed.fixture.ts";

const campus = await smallCampus(200);
const rack: AssetRef = { className: "rack", row: 7 };
const meter: AssetRef = { className: "meter", row: 0 };
const aliases = new Map([
  ["plant/n1/k07", rack],
  ["plant/n1/m1", meter],
]);
const twin: Twin = { ...campus, aliases };
const startMs = Date.UTC(2026, 10, 23, 12);

const kW = (value: number | null, extra: Metric = {}): Metric => ({
  name: "power",
  alias: 1,
  timestamp: startMs,
  type: "Float",
  value,
  properties: { engUnit: { type: "String", value: "kW" } },
  ...extra,
});
/** As data messages carry it: by alias, with a newer time. */
const later = (value: number | null, extra: Metric = {}): Metric => ({
  alias: 1,
  timestamp: startMs + 1000,
  type: "Float",
  value,
  ...extra,
});

/** A bed and a station whose node and rack were born with 5 kW. */
const born = (metrics: readonly Metric[] = [kW(5)]) => {
  const bed = new SparkplugBed(twin, startMs);
  const station = new EdgeStation("plant", "n1", startMs);
  bed.hear(station.nodeBirth());
  bed.hear(station.deviceBirth("k07", metrics));
  const power = () => bed.shown(rack, "power");
  return { bed, station, power };
};
const fresh = (value: number) => ({ value, quality: "good", freshness: "fresh" });
const stale = (value: number) => ({ value, quality: "good", freshness: "stale" });
const uncertain = (value: number) => ({ value, quality: "uncertain", freshness: "fresh" });

/** One test for each row of the table in docs/SPARKPLUG.md, by the row's name. */
const rows: Readonly<Record<string, () => void>> = {
  "birth of node and device": () => {
    const { bed, power } = born();
    expect(power()).toEqual(fresh(5));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual(["live", "live"]);
    expect(bed.faults()).toEqual({});
  },
  "data by alias": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(fresh(6));
    expect(bed.faults()).toEqual({});
  },
  "data by name": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [{ ...later(6), name: "power" }]));
    expect(power()).toEqual(fresh(6));
  },
  "silence while the session lives": () => {
    const { bed, power } = born();
    bed.wait(24 * 3_600_000);
    expect(power()).toEqual(fresh(5));
    expect(bed.publisher("plant/n1/k07")).toBe("live");
  },
  "seq wraps from 255 to 0": () => {
    const { bed, station, power } = born();
    for (let i = 1; i <= 300; i++)
      bed.hear(station.deviceData("k07", [later(i / 100, { timestamp: startMs + i })]));
    expect(power()).toEqual(fresh(3));
    expect(bed.faults()).toEqual({});
  },
  "gap in seq": () => {
    const { bed, station, power } = born();
    station.lose(3);
    bed.hear(station.nodeData([]));
    expect(power()).toEqual(uncertain(5));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual(["unsynced", "unsynced"]);
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(uncertain(6));
    expect(bed.faults()).toEqual({ "sequence-gap": 1 });
    expect(bed.context.counters.drops.get("sequence-gap")).toBe(3);
  },
  "births after a gap": () => {
    const { bed, station, power } = born();
    station.lose();
    bed.hear(station.nodeData([]));
    bed.hear(station.nodeBirth());
    bed.hear(station.deviceBirth("k07", [kW(5)]));
    expect(power()).toEqual(fresh(5));
    expect(bed.publisher("plant/n1")).toBe("live");
  },
  "the same message again": () => {
    const { bed, station, power } = born();
    const message = station.deviceData("k07", [later(6)]);
    bed.hear(message);
    bed.hear(message);
    expect(power()).toEqual(fresh(6));
    expect(bed.faults()).toEqual({ duplicate: 1 });
  },
  "message without seq": () => {
    const { bed, station } = born();
    bed.hear({ topic: station.topic("DDATA", "k07"), payload: encodePayload(startMs, [later(6)]) });
    expect(bed.publisher("plant/n1")).toBe("unsynced");
    expect(bed.faults()).toEqual({ "sequence-gap": 1 });
  },
  "NDEATH of the session": () => {
    const { bed, station, power } = born();
    bed.hear(station.nodeDeath());
    expect(power()).toEqual(stale(5));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual(["gone", "gone"]);
  },
  "NDEATH with another bdSeq": () => {
    const { bed, station, power } = born();
    const old = station.nodeDeath();
    station.bdSeq = 1;
    bed.hear(station.nodeBirth());
    bed.hear(station.deviceBirth("k07", [kW(5)]));
    bed.hear(old);
    expect(power()).toEqual(fresh(5));
    expect(bed.publisher("plant/n1")).toBe("live");
    expect(bed.faults()).toEqual({ "session-mismatch": 1 });
  },
  "NDEATH that cannot be read": () => {
    const { bed, station, power } = born();
    bed.hear({ topic: station.topic("NDEATH"), payload: Uint8Array.of(0x12, 0x7f) });
    expect(power()).toEqual(stale(5));
    expect(bed.faults()).toEqual({ "payload-malformed": 1 });
  },
  "data after NDEATH": () => {
    const { bed, station, power } = born();
    bed.hear(station.nodeDeath());
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(stale(5));
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
  },
  "births after NDEATH": () => {
    const { bed, station, power } = born();
    bed.hear(station.nodeDeath());
    station.bdSeq = 1;
    bed.hear(station.nodeBirth());
    expect(power()).toEqual(stale(5));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual(["live", "gone"]);
    bed.hear(station.deviceBirth("k07", [kW(5)]));
    expect(power()).toEqual(fresh(5));
    expect(bed.publisher("plant/n1/k07")).toBe("live");
    expect(bed.faults()).toEqual({});
  },
  DDEATH: () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceDeath("k07"));
    expect(power()).toEqual(stale(5));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual(["live", "gone"]);
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(stale(5));
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
  },
  "NBIRTH before the DBIRTH of a device": () => {
    const { bed, station, power } = born();
    bed.hear(station.nodeBirth());
    expect(power()).toEqual(stale(5));
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(stale(5));
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
  },
  "data before any birth": () => {
    const bed = new SparkplugBed(twin, startMs);
    const station = new EdgeStation("plant", "n1", startMs);
    bed.hear(station.deviceData("k07", [{ ...later(6), name: "power" }]));
    expect(bed.shown(rack, "power").freshness).toBe("never");
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
    expect(bed.context.unmapped.list(9, "k07")).toMatchObject([{ code: "birth-missing" }]);
    bed.hear(station.nodeBirth());
    bed.hear(station.deviceBirth("k07", [kW(5)]));
    expect(bed.context.unmapped.total).toBe(0);
  },
  "DBIRTH whose NBIRTH we missed": () => {
    const bed = new SparkplugBed(twin, startMs);
    const station = new EdgeStation("plant", "n1", startMs);
    bed.hear(station.deviceBirth("k07", [kW(5)]));
    expect(bed.shown(rack, "power")).toEqual(fresh(5));
    bed.hear(station.nodeData([]));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual([undefined, "live"]);
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
    bed.hear(station.nodeDeath());
    expect(bed.shown(rack, "power")).toEqual(stale(5));
  },
  "birth or data that the broker kept": () => {
    const bed = new SparkplugBed(twin, startMs);
    bed.hear(new EdgeStation("plant", "n1", startMs).nodeBirth([kW(5)]), true);
    expect(bed.publisher("plant/n1")).toBeUndefined();
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
  },
  "unknown alias": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6, { alias: 99 }), later(7)]));
    expect(power()).toEqual(fresh(7));
    expect(bed.faults()).toEqual({ "alias-unknown": 1 });
  },
  "metric that was not in the birth": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6, { name: "inletTemperature", alias: null })]));
    expect(power()).toEqual(fresh(5));
    expect(bed.faults()).toEqual({ "birth-missing": 1 });
  },
  "one alias for two metrics": () => {
    const inlet = kW(20, {
      name: "inletTemperature",
      properties: { engUnit: { type: "String", value: "Cel" } },
    });
    const { bed, station, power } = born([kW(5), inlet]);
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(fresh(5));
    expect(bed.shown(rack, "inletTemperature")).toEqual(fresh(20));
    expect(bed.faults()).toEqual({ "metadata-invalid": 1, "alias-unknown": 1 });
  },
  "alias given anew by a birth": () => {
    const { bed, station, power } = born();
    const inlet = kW(20, {
      name: "inletTemperature",
      properties: { engUnit: { type: "String", value: "Cel" } },
    });
    bed.hear(station.nodeBirth());
    bed.hear(station.deviceBirth("k07", [inlet, kW(5, { alias: 2 })]));
    bed.hear(station.deviceData("k07", [later(21)]));
    expect(bed.shown(rack, "inletTemperature")).toEqual(fresh(21));
    expect(power()).toEqual(fresh(5));
  },
  "birth without a metric of before": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceBirth("k07", []));
    expect(power()).toEqual(stale(5));
    bed.wait(60_000);
    expect(power()).toEqual(stale(5));
  },
  is_historical: () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6, { isHistorical: true })]));
    expect(power()).toEqual(fresh(5));
    expect(bed.faults()).toEqual({ historical: 1 });
  },
  is_null: () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(null)]));
    expect(power()).toMatchObject({ value: 5, quality: "bad" });
    expect(bed.faults()).toEqual({ "value-null": 1 });
  },
  "Quality 0": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6, { properties: { Quality: { type: "Int32", value: 0 } } })]));
    expect(power()).toMatchObject({ quality: "bad" });
    expect(bed.faults()).toEqual({ "quality-bad": 1 });
  },
  "Quality 500": () => {
    const { bed, station, power } = born();
    const quality = (value: number): Metric => ({ properties: { Quality: { type: "Int32", value } } });
    bed.hear(station.deviceData("k07", [later(6, quality(500))]));
    expect(power()).toEqual({ value: 6, quality: "uncertain", freshness: "stale" });
    bed.wait(5000);
    expect(power().freshness).toBe("stale");
    bed.hear(station.deviceData("k07", [later(6, quality(192))]));
    expect(power()).toEqual(fresh(6));
  },
  NaN: () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(Number.NaN)]));
    expect(power()).toMatchObject({ value: 5, quality: "bad" });
    expect(bed.faults()).toEqual({ "value-not-finite": 1 });
  },
  "integer beyond 2^53": () => {
    const { bed, station } = born();
    const properties = { engUnit: { type: "String", value: "Wh" } } as const;
    const energy = kW(2 ** 53 + 4096, { name: "energy", type: "UInt64", properties });
    bed.hear(station.deviceBirth("m1", [energy]));
    expect(bed.shown(meter, "energy")).toEqual(uncertain((2 ** 53 + 4096) / 1000));
  },
  "another type than born with": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6, { type: "Int32" })]));
    expect(power()).toEqual(fresh(5));
    expect(bed.faults()).toEqual({ "value-type": 1 });
  },
  "no timestamp": () => {
    const { bed, station, power } = born();
    const payload = encodePayload(startMs, [{ alias: 1, type: "Float", value: 6 }], 2);
    station.lose();
    bed.hear({ topic: station.topic("DDATA", "k07"), payload: payload.subarray(7) });
    expect(power()).toEqual(uncertain(6));
    expect(bed.faults()).toEqual({ "time-missing": 1 });
  },
  "older than what is shown": () => {
    const { bed, station, power } = born();
    bed.hear(station.deviceData("k07", [later(6, { timestamp: startMs - 1 })]));
    expect(power()).toEqual(fresh(5));
    expect(bed.faults()).toEqual({ "out-of-order": 1 });
  },
  "malformed payload": () => {
    const { bed, station, power } = born();
    const message = station.deviceData("k07", [later(6)]);
    bed.hear({ topic: message.topic, payload: message.payload.subarray(0, 12) });
    expect(power()).toEqual(fresh(5));
    expect(bed.faults()).toEqual({ "payload-malformed": 1 });
    bed.hear(station.deviceData("k07", [later(7)]));
    expect(bed.faults()).toEqual({ "payload-malformed": 1, "sequence-gap": 1 });
  },
  "our connection is lost": () => {
    const { bed, power } = born();
    bed.connection(false);
    expect(power()).toEqual(stale(5));
    expect([bed.publisher("plant/n1"), bed.publisher("plant/n1/k07")]).toEqual(["gone", "gone"]);
  },
  "back, and nothing was missed": () => {
    const { bed, station, power } = born();
    bed.connection(false);
    bed.connection(true);
    expect(power()).toEqual(stale(5));
    bed.hear(station.nodeData([]));
    expect(power()).toEqual(fresh(5));
    expect(bed.publisher("plant/n1/k07")).toBe("live");
    expect(bed.faults()).toEqual({});
  },
  "back, and messages were missed": () => {
    const { bed, station, power } = born();
    bed.connection(false);
    station.lose(2);
    bed.connection(true);
    bed.hear(station.deviceData("k07", [later(6)]));
    expect(power()).toEqual(uncertain(6));
    expect(bed.publisher("plant/n1/k07")).toBe("unsynced");
  },
};

describe("docs/SPARKPLUG.md, What becomes of a message", () => {
  test.each(Object.entries(rows))("%s", (_name, row) => row());

  test("every row of the table has its test, in this order", () => {
    const page = readFileSync(new URL("../../docs/SPARKPLUG.md", import.meta.url), "utf8");
    const [, section = ""] = page.split("## What becomes of a message");
    const names = [...section.split("\n## ")[0]!.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, name]) => name);
    expect(names.slice(2)).toEqual(Object.keys(rows));
  });
});
