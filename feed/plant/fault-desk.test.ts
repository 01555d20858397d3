import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { answerAsk } from "./fault-desk.ts";

const twin = await smallCampus(1000);
const building = twin.table("building").idOf(0);
const plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 0, 18) });
const faults = createFaults(twin, plant);
const order = { fault: "loopAir", asset: building, severity: 0.5 };
const air = { ...order, metric: null, untilMs: null };

test("every answer is what is in force afterwards, or why nothing was done", () => {
  expect(answerAsk(faults, { t: "inject", order })).toEqual({ ok: true, value: [air] });
  expect(plant.conditions.of("building").loopAir[0]).toBe(0.5);
  expect(answerAsk(faults, { t: "inject", order: { ...order, fault: "meteor" } })).toMatchObject({
    ok: false,
    error: { code: "fault-unknown" },
  });
  expect(answerAsk(faults, { t: "faults" })).toEqual({ ok: true, value: [air] });
  expect(answerAsk(faults, { t: "clear", clearance: {} })).toEqual({ ok: true, value: [] });
});
