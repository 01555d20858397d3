import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { createColumns } from "#twins/physics/columns.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import { createInstruments, type Instruments } from "#twins/physics/instruments/instruments.ts";
import { faultKinds, metricsOf } from "./catalogue.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { FaultOrder } from "./order.ts";

const directory = join(import.meta.dirname, "../../horinger");
const files = Object.fromEntries(
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
);
const twin = loadTwin(files, { racks: 1000 });
const [building, cdu] = [twin.table("building").idOf(0), twin.table("cdu").idOf(0)];
const startMs = Date.UTC(2026, 0, 18);

/** A plant of nothing but conditions, sensors and time. */
let plant: {
  conditions: ReturnType<typeof createConditions>;
  instruments: Instruments;
  timeMs: number;
  step: (seconds: number, metered?: number) => void;
};
let steps: number[];
let metered: number;
let faults: Faults;

beforeEach(() => {
  steps = [];
  metered = 0;
  const conditions = createConditions(twin);
  plant = {
    conditions,
    instruments: createInstruments(twin, { truth: createColumns(twin), conditions, seed: 1 }),
    timeMs: startMs,
    step: (seconds, meteredSeconds = seconds) => {
      steps.push(seconds);
      metered += meteredSeconds;
      plant.timeMs += seconds * 1000;
    },
  };
  faults = createFaults(twin, plant);
});

const air = () => plant.conditions.of("building").loopAir[0]!;
const inject = (order: Partial<FaultOrder> = {}) =>
  faults.inject({ fault: "loopAir", asset: building, ...order });

describe("a fault is put into the physics, told, and taken out again", () => {
  test("at the severity it was ordered with", () => {
    const told = { fault: "loopAir", asset: building, metric: null, severity: 0.5, untilMs: null };
    expect(inject({ severity: 0.5 })).toEqual({ ok: true, value: told });
    expect(air()).toBe(0.5);
    expect(faults.inForce()).toEqual([told]);
    expect(faults.clear({ asset: building, fault: "loopAir" })).toBe(1);
    expect([air(), faults.inForce()]).toEqual([0, []]);
  });

  test("injected again it is one fault, of the last severity", () => {
    inject({ severity: 0.5 });
    inject();
    expect(faults.inForce()).toMatchObject([{ severity: 1 }]);
    inject({ severity: 0.25 });
    expect(air()).toBe(0.25);
  });

  test("all of an asset, or all that there are, are cleared at once", () => {
    inject();
    inject({ fault: "controlLockout" });
    inject({ fault: "sag", asset: "site" });
    expect(faults.clear({ asset: building })).toBe(2);
    expect(faults.inForce()).toMatchObject([{ asset: "site" }]);
    expect(faults.clear({ asset: building })).toBe(0);
    expect(faults.clear({})).toBe(1);
    expect(plant.conditions.of("site").sag[0]).toBe(0);
  });

  test("at a place it is in everything below, and nowhere else", () => {
    const { shed } = plant.conditions.of("rack");
    const room = "a/hero/f1/r1";
    const [start, end] = twin.rangeBelow(twin.find(room)!, "rack")!;
    inject({ fault: "shed", asset: room, severity: 0.6 });
    expect(shed.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0.6 * (end - start), 3);
    expect([shed[start], shed[end - 1]]).toEqual([Math.fround(0.6), Math.fround(0.6)]);
  });

  test("the worst counts where faults set one condition; without it the next", () => {
    const { shed } = plant.conditions.of("rack");
    const at = twin.find("a/hero/f1/r1/row01/k02")!.row;
    inject({ fault: "shed", asset: "a/hero", severity: 0.25 });
    inject({ fault: "shed", asset: "a/hero/f1/r1", severity: 0.75 });
    inject({ fault: "shed", asset: "a/hero/f1/r1/row01/k02", severity: 0.5 });
    expect(shed[at]).toBe(0.75);
    faults.clear({ asset: "a/hero/f1/r1" });
    expect(shed[at]).toBe(0.5);
    faults.clear({ fault: "shed", asset: "a/hero/f1/r1/row01/k02" });
    expect(shed[at]).toBe(0.25);
    faults.clear({});
    expect(Math.max(...shed)).toBe(0);
  });

  test.each([
    ["an asset that there is not", { asset: "z/nowhere" }, "fault-asset-unknown"],
    ["a place without any of its class", { fault: "frozen", asset: "b" }, "fault-unknown"],
    ["a building without towers", { fault: "frozen", asset: "a/b18" }, "fault-asset-unknown"],
    ["a fault that there is not", { fault: "meteor" }, "fault-unknown"],
    ["a fault of another class", { fault: "thermalRunaway" }, "fault-unknown"],
    ["a name that every object has", { fault: "constructor" }, "fault-unknown"],
    ["a metric of what is in no sensor", { metric: "power" }, "fault-metric-unknown"],
  ])("%s is refused with its reason", (_name, order, code) => {
    expect(inject(order)).toMatchObject({ ok: false, error: { code } });
    expect(faults.inForce()).toEqual([]);
  });
});

describe("in time", () => {
  test("one for a time passes at its own time, and the step goes on", () => {
    inject({ forS: 20.5 });
    faults.step(60, 6);
    expect(steps).toEqual([20.5, 39.5]);
    expect(metered).toBeCloseTo(6, 9);
    expect([air(), faults.inForce()]).toEqual([0, []]);
  });

  test("one that passes later leaves the step whole", () => {
    inject({ forS: 100 });
    faults.step(60);
    expect(steps).toEqual([60]);
    expect(faults.inForce()).toMatchObject([{ untilMs: startMs + 100_000 }]);
  });

  test("one that grows comes on along a line, the same however long the steps", () => {
    inject({ severity: 0.8, overS: 200 });
    expect(air()).toBe(0);
    faults.step(50);
    expect(air()).toBeCloseTo(0.2, 6);
    expect(faults.inForce()).toMatchObject([{ severity: expect.closeTo(0.2, 6) }]);
    expect(steps).toEqual([10, 10, 10, 10, 10]);
    faults.step(1);
    expect(air()).toBeCloseTo(0.204, 6);
    faults.step(400);
    expect(air()).toBeCloseTo(0.8, 6);
    steps.length = 0;
    faults.step(400);
    expect(steps).toEqual([400]);
  });

  test("ordered again while it grows it goes on from where it is, down as well as up", () => {
    inject({ overS: 100 });
    faults.step(50);
    inject({ severity: 0.1, overS: 100 });
    expect(air()).toBeCloseTo(0.5, 6);
    faults.step(50);
    expect(air()).toBeCloseTo(0.3, 6);
  });

  test("the catalogue says how fast its own kinds grow", () => {
    const { leak } = plant.conditions.of("cdu");
    inject({ fault: "seeping", asset: cdu, severity: 0.4 });
    faults.step(900);
    expect(leak[0]).toBeCloseTo(0.2, 6);
    expect(steps).toHaveLength(50);
    inject({ fault: "leak", asset: cdu, severity: 0.3 });
    expect(leak[0]).toBeCloseTo(0.3, 6);
    faults.step(900);
    expect(leak[0]).toBeCloseTo(0.4, 6);
  });
});

describe("sensors", () => {
  const sensorKinds = faultKinds.filter(({ acts }) => acts === "instrument");
  const told = { fault: "sensorDrift", asset: cdu, metric: "flow" };

  test("one sensor is disturbed, told with its metric, and repaired", () => {
    inject({ ...told, severity: 0.5 });
    inject({ ...told, metric: "supplyTemperature" });
    const row = twin.find(cdu)!.row;
    expect(plant.instruments.disturbed()).toEqual([
      { className: "cdu", row, metric: "flow", kind: "sensorDrift", severity: 0.5 },
      { className: "cdu", row, metric: "supplyTemperature", kind: "sensorDrift", severity: 1 },
    ]);
    expect(faults.inForce()[0]).toEqual({ ...told, severity: 0.5, untilMs: null });
    expect(faults.clear(told)).toBe(1);
    expect(plant.instruments.disturbed()).toMatchObject([{ metric: "supplyTemperature" }]);
    expect(faults.clear({ asset: cdu })).toBe(1);
    expect(plant.instruments.disturbed()).toEqual([]);
  });

  test("for a time, and growing", () => {
    inject({ ...told, overS: 40, forS: 60 });
    faults.step(20);
    expect(plant.instruments.disturbed()).toMatchObject([{ severity: 0.5 }]);
    faults.step(40);
    expect(plant.instruments.disturbed()).toEqual([]);
  });

  test("a meter's ratio and register are meant without saying so", () => {
    const meter = twin.table("meter").idOf(0);
    expect(inject({ fault: "ratioWrong", asset: meter })).toMatchObject({ value: { metric: "power" } });
    expect(inject({ fault: "registerReset", asset: meter })).toMatchObject({ value: { metric: "energy" } });
    expect(plant.instruments.disturbed()).toHaveLength(2);
  });

  test.each([
    ["no metric, where there are several", {}],
    ["one that there is not", { metric: "beauty" }],
    ["one that the feed computes", { fault: "sensorFrozen", asset: "a/hero", metric: "itPower" }],
    ["a state, which cannot drift", { metric: "status" }],
  ])("%s is refused", (_name, order) => {
    expect(inject({ fault: "sensorDrift", asset: cdu, ...order })).toMatchObject({
      ok: false,
      error: { code: "fault-metric-unknown" },
    });
    expect(plant.instruments.disturbed()).toEqual([]);
  });

  test("whatever the catalogue offers, the instruments take", () => {
    for (const [className, table] of twin.tables)
      for (const kind of sensorKinds)
        for (const { id } of table.count > 0 ? metricsOf(kind, className) : [])
          expect(inject({ fault: kind.id, asset: table.idOf(0), metric: id })).toMatchObject({ ok: true });
  });
});
