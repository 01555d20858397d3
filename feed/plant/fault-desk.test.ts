import { beforeEach, expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { createPlant, type Plant } from "#twins/physics/plant.ts";
import { createFaultDesk, type FaultDesk } from "./fault-desk.ts";

const twin = await smallCampus(1000);
const building = twin.table("building").idOf(0);

let plant: Plant;
let desk: FaultDesk;

beforeEach(() => {
  plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 0, 18) });
  desk = createFaultDesk(twin, plant);
});

const air = () => plant.conditions.of("building").loopAir[0];
const inject = (order: object) =>
  desk.answer({ t: "inject", order: { fault: "loopAir", asset: building, ...order } });

test("a fault is put into the plant's physics, told, and taken out again", () => {
  expect(inject({ severity: 0.5 })).toEqual({
    ok: true,
    value: [{ fault: "loopAir", asset: building, severity: 0.5, untilMs: null }],
  });
  expect(air()).toBe(0.5);
  expect(desk.answer({ t: "clear", clearance: { asset: building, fault: "loopAir" } })).toEqual({
    ok: true,
    value: [],
  });
  expect(air()).toBe(0);
});

test("injected again it is one fault, of the last severity", () => {
  inject({ severity: 0.5 });
  expect(inject({})).toMatchObject({ value: [{ severity: 1 }] });
});

test("all of an asset, or all that there are, are cleared at once", () => {
  inject({});
  inject({ fault: "controlLockout" });
  inject({ fault: "sag", asset: "site" });
  expect(desk.answer({ t: "clear", clearance: { asset: building } })).toMatchObject({
    value: [{ asset: "site" }],
  });
  expect(desk.answer({ t: "clear", clearance: {} })).toEqual({ ok: true, value: [] });
  expect(plant.conditions.of("site").sag[0]).toBe(0);
});

test("one for a time is repaired by itself, in plant time", () => {
  inject({ forS: 20 });
  plant.step(10);
  desk.expire();
  expect(air()).toBe(1);
  plant.step(10);
  desk.expire();
  expect(air()).toBe(0);
});

test.each([
  ["an asset that there is not", { asset: "z/nowhere" }, "fault-asset-unknown"],
  ["a fault that there is not", { fault: "meteor" }, "fault-unknown"],
  ["a fault of another class", { fault: "thermalRunaway" }, "fault-unknown"],
  ["a name that every object has", { fault: "constructor" }, "fault-unknown"],
])("%s is refused with its reason", (_name, order, code) => {
  expect(inject(order)).toMatchObject({ ok: false, error: { code } });
  expect(desk.answer({ t: "faults" })).toEqual({ ok: true, value: [] });
});
