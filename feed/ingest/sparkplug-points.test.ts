import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { EdgeStation, type Metric } from "#feed/wire/sparkplug.fixture.ts";
import { Origin } from "#twins/model/quality.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { SparkplugBed } from "./sparkplug-bed.fixture.ts";

const campus = await smallCampus(200);
const startMs = Date.UTC(2026, 10, 23, 12);
const rack: AssetRef = { className: "rack", row: 7 };
const aliases = new Map([
  ["plant/n1/k07", rack],
  ["plant/n2/k07", rack],
]);
const twin: Twin = { ...campus, aliases };

const power = (value: number, more: Metric = {}): Metric => ({
  name: "power",
  timestamp: startMs,
  type: "Float",
  value,
  properties: { engUnit: { type: "String", value: "kW" } },
  ...more,
});

const open = () => ({
  bed: new SparkplugBed(twin, startMs),
  n1: new EdgeStation("plant", "n1", startMs),
  n2: new EdgeStation("plant", "n2", startMs),
});

test("what has no place is listed with why, templates and datasets with what they hold, and counted once", () => {
  const { bed, n1 } = open();
  const template = { isDefinition: false, templateRef: "Motor", metrics: [power(1, { name: "rpm" })] };
  const metrics: Metric[] = [
    power(5, { name: "colour" }),
    power(5, { properties: { engUnit: { type: "String", value: "kVA" } } }),
    power(5, { name: "RackPower", properties: {} }),
    { name: "note", type: "String", value: "ok" },
    { name: "motor", type: "Template", value: template as never },
    {
      name: "table",
      type: "DataSet",
      value: { numOfColumns: 1, columns: ["a"], types: ["Int32"], rows: [[1], [2]] },
    },
    { name: "Node Control/Rebirth", type: "Boolean", value: false },
  ];
  for (let births = 0; births < 2; births++) {
    bed.hear(n1.nodeBirth());
    bed.hear(n1.deviceBirth("k07", metrics));
  }
  const listed = bed.context.unmapped.list(99, "").map(({ topic, reason }) => `${topic}: ${reason}`);
  const prefix = "spBv1.0/plant/DDATA/n1/k07#";
  expect(listed).toEqual([
    `${prefix}colour: class rack has no metric "colour"`,
    `${prefix}power: engUnit kVA does not convert to kW of power`,
    `${prefix}RackPower: no engUnit; power needs one (kW)`,
    `${prefix}note: String is no number`,
    `${prefix}motor: a Template of Motor with 1 members (rpm)`,
    `${prefix}table: a DataSet of 1 columns (a) and 2 rows`,
  ]);
  expect(bed.faults()).toEqual({
    "point-unmapped": 1,
    "unit-conflict": 1,
    "metadata-invalid": 1,
    "type-unsupported": 3,
  });
});

test("values of what is only listed count it again; a birth that gives it a place takes it off the list", () => {
  const { bed, n1 } = open();
  bed.hear(n1.nodeBirth());
  bed.hear(n1.deviceBirth("k07", [power(5, { alias: 1, properties: {} })]));
  for (let i = 0; i < 3; i++) bed.hear(n1.deviceData("k07", [{ alias: 1, type: "Float", value: i }]));
  expect(bed.context.unmapped.list(9, "")).toMatchObject([{ code: "metadata-invalid", count: 5 }]);
  bed.hear(n1.deviceBirth("k07", [power(5, { alias: 1 })]));
  expect(bed.context.unmapped.total).toBe(0);
  expect(bed.shown(rack, "power").value).toBe(5);
});

test("a point has one living source: the second metric is listed, until the first one dies", () => {
  const { bed, n1, n2 } = open();
  bed.hear(n1.nodeBirth());
  bed.hear(n1.deviceBirth("k07", [power(5), power(6, { name: "RackPower" })]));
  bed.hear(n2.nodeBirth());
  bed.hear(n2.deviceBirth("k07", [power(7, { timestamp: startMs + 1 })]));
  expect(bed.shown(rack, "power").value).toBe(5);
  expect(bed.context.unmapped.list(9, "").map(({ topic }) => topic)).toEqual([
    "spBv1.0/plant/DDATA/n1/k07#RackPower",
    "spBv1.0/plant/DDATA/n2/k07#power",
  ]);
  bed.hear(n1.nodeDeath());
  bed.hear(n2.deviceBirth("k07", [power(8, { timestamp: startMs + 2 })]));
  expect(bed.shown(rack, "power")).toMatchObject({ value: 8, freshness: "fresh" });
  expect(bed.context.bindings.topicOf(bed.context.bindings.size - 1)).toBe(
    "spBv1.0/plant/DDATA/n2/k07#power",
  );
});

test("a unit that a new birth changes converts from then on", () => {
  const { bed, n1 } = open();
  bed.hear(n1.nodeBirth());
  bed.hear(n1.deviceBirth("k07", [power(5)]));
  const watts = { properties: { engUnit: { type: "String" as const, value: "W" } } };
  bed.hear(n1.deviceBirth("k07", [power(6500, { ...watts, timestamp: startMs + 1 })]));
  expect(bed.shown(rack, "power")).toMatchObject({ value: 6.5, freshness: "fresh" });
});

test("a device goes by its node's publisher when there are too many: its death stales its own points only", () => {
  const { bed, n1 } = open();
  const { publishers } = bed.context.store;
  bed.hear(n1.nodeBirth([power(4, { name: `${campus.idOf({ className: "rack", row: 8 })}/power` })]));
  while (publishers.of(`p${publishers.all.length}`).index !== 0);
  bed.hear(n1.deviceBirth("k07", [power(5)]));
  expect(bed.publisher("plant/n1/k07")).toBeUndefined();
  bed.wait(3_600_000);
  expect(bed.shown(rack, "power").freshness).toBe("fresh");
  bed.hear(n1.deviceDeath("k07"));
  expect(bed.shown(rack, "power").freshness).toBe("stale");
  expect(bed.shown({ className: "rack", row: 8 }, "power").freshness).toBe("fresh");
  expect(bed.publisher("plant/n1")).toBe("live");
  expect(publishers.all[0]).toMatchObject({ gone: false, periodMs: null, session: null });
});

test("another campus, same plant: sessions go on where they were, the dead stay dead", () => {
  const { bed, n1, n2 } = open();
  const births = [n1.nodeBirth(), n1.deviceBirth("k07", [power(5, { alias: 1 })]), n2.nodeBirth()];
  for (const message of births) bed.hear(message);
  bed.hear(n1.deviceData("k07", [{ alias: 1, type: "Float", value: 6, timestamp: startMs + 1 }]));
  bed.hear(n2.nodeDeath());
  const next = new SparkplugBed(twin, startMs);
  for (const message of births) next.hear(message);
  next.intake.resume?.(bed.intake);
  next.hear(n1.deviceData("k07", [{ alias: 1, type: "Float", value: 7, timestamp: startMs + 2 }]));
  expect(next.shown(rack, "power")).toEqual({ value: 7, quality: "good", freshness: "fresh" });
  expect([next.publisher("plant/n1"), next.publisher("plant/n2")]).toEqual(["live", "gone"]);
  expect(next.faults()).toEqual({});
});

test("a flood of topics of nodes that were never born takes no place from those that are", () => {
  const { bed, n1 } = open();
  for (let i = 0; i < 70_000; i++)
    bed.hear(
      new EdgeStation("flood", `n${i}`, startMs).deviceData("d", [{ alias: 1, type: "Float", value: 1 }]),
    );
  expect(bed.faults()).toEqual({ "birth-missing": 70_000 });
  bed.hear(n1.nodeBirth());
  for (let i = 0; i < 70_000; i++)
    bed.hear({ topic: `spBv1.0/plant/DDATA/n1/d${i}`, payload: Uint8Array.of() });
  bed.hear(n1.deviceBirth("k07", [power(5)]));
  expect(bed.shown(rack, "power").freshness).toBe("fresh");
  expect(bed.context.store.publishers.all).toHaveLength(3);
});

test("a node that declares itself simulated is, with all its devices", () => {
  const { bed, n1 } = open();
  const declaration = { id: "plant/n1", origin: "simulated" };
  bed.hear({ topic: "HT/v1/PUB/Source/plant/n1", payload: Buffer.from(JSON.stringify(declaration)) });
  bed.hear(n1.nodeBirth());
  bed.hear(n1.deviceBirth("k07", [power(5)]));
  const { publishers } = bed.context.store;
  expect(["plant/n1", "plant/n1/k07"].map((id) => publishers.find(id)?.origin)).toEqual([
    Origin.simulated,
    Origin.simulated,
  ]);
  bed.wait(3_600_000);
  expect(bed.shown(rack, "power").freshness).toBe("fresh");
});

test("an empty payload clears what a broker kept, and says nothing of a session", () => {
  const { bed, n1 } = open();
  bed.hear(n1.nodeBirth());
  bed.hear(n1.deviceBirth("k07", [power(5)]));
  for (const topic of [n1.topic("DDATA", "k07"), n1.topic("NDATA"), n1.topic("NBIRTH"), n1.topic("NDEATH")])
    bed.hear({ topic, payload: Uint8Array.of() });
  expect(bed.shown(rack, "power")).toEqual({ value: 5, quality: "good", freshness: "fresh" });
  expect([bed.publisher("plant/n1"), bed.faults()]).toEqual(["live", {}]);
});
