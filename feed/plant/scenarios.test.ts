import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { createCourse, startOf } from "#twins/scenario/course.ts";
import { createFaultDesk } from "./fault-desk.ts";
import { readScenario } from "./scenario-file.ts";

const folder = join(import.meta.dirname, "..", "..", "twins", "horinger", "scenarios");
const files = readdirSync(folder);
const stepS = 10;

/** Reads a true value of the plant. */
const within = (
  value: number,
  is: "<" | ">" | "=",
  { limit, tolerance }: { limit: number; tolerance: number },
) => (is === "<" ? value < limit : is === ">" ? value > limit : Math.abs(value - limit) <= tolerance);

test.each(files)(
  "%s: every order is carried out, every view shows something, and what an engineer expects comes true",
  async (file) => {
    const scenario = await readScenario(join(folder, file));
    expect(`${scenario.id}.json`).toBe(file);
    const twin = loadTwin(await readTwinDirectory(null), { racks: scenario.racks ?? 4000 });
    const startMs = startOf(scenario, twin);
    const plant = createPlant(twin, { seed: 1, startMs });
    const desk = createFaultDesk(twin, plant);
    const course = createCourse(scenario, plant, {
      startMs,
      hands: {
        inject: (order) => desk.answer({ t: "inject", order }),
        clear: (clearance) => desk.answer({ t: "clear", clearance }),
      },
    });
    for (const { asset } of scenario.views) if (asset) expect(twin.find(asset), asset).toBeDefined();
    const expected = scenario.expectations.toSorted((a, b) => a.atS - b.atS);
    const failed: string[] = [];
    for (const { atS, asset, metric, is, value, tolerance = 0, because } of expected) {
      while ((plant.timeMs - startMs) / 1000 < atS - 1e-3)
        course.step(Math.min(stepS, atS - (plant.timeMs - startMs) / 1000));
      const ref = twin.find(asset)!;
      const seen =
        plant.truth.get(ref.className)?.[metricIndex(ref.className, metric)]?.[ref.row] ?? Number.NaN;
      if (!within(seen, is, { limit: value, tolerance }))
        failed.push(`at ${atS} s ${asset} ${metric} is ${seen}, expected ${is} ${value}: ${because.en}`);
    }
    expect(failed).toEqual([]);
    expect(course.refused).toEqual([]);
  },
);

test("a fault for a time passes at its own time, however long the step; a load is held and given back", async () => {
  const twin = loadTwin(await readTwinDirectory(null), { racks: 1000 });
  const scenario = await readScenario(join(folder, "liquid-leak.json"));
  const say = scenario.title;
  const startMs = startOf(scenario, twin);
  const plant = createPlant(twin, { seed: 1, startMs });
  const desk = createFaultDesk(twin, plant);
  const { sag } = plant.conditions.of("site");
  const sags: number[] = [];
  const course = createCourse(
    {
      ...scenario,
      events: [
        {
          atS: 5,
          kind: "simulated",
          say,
          faults: [{ fault: "sag", asset: "site", severity: 0.5, forS: 0.5 }],
        },
        { atS: 10, kind: "simulated", say, pin: { asset: "a/b01/f1/r1", load: 0 } },
        { atS: 900, kind: "simulated", say, pin: { asset: "a/b01/f1/r1", load: null } },
        { atS: 910, kind: "simulated", say, pin: { asset: "nowhere", load: 1 } },
      ],
    },
    {
      dispatch: plant.dispatch,
      get timeMs() {
        return plant.timeMs;
      },
      step: (seconds, meteredSeconds) => {
        plant.step(seconds, meteredSeconds);
        if (sag[0]! > 0) sags.push(seconds);
      },
    },
    {
      startMs,
      hands: {
        inject: (order) => desk.answer({ t: "inject", order }),
        clear: (clearance) => desk.answer({ t: "clear", clearance }),
      },
    },
  );
  const load = (): number => {
    const room = twin.rangeBelow(twin.find("a/b01/f1/r1")!, "rack")!;
    const column = plant.truth.get("rack")![metricIndex("rack", "load")]!;
    return Math.max(...column.subarray(...room).filter((each) => !Number.isNaN(each)));
  };
  const before = load();
  course.step(890);
  expect(sags).toEqual([0.5]);
  expect(before).toBeGreaterThan(10);
  expect(load()).toBeLessThan(before / 4);
  course.step(300);
  expect(load()).toBeGreaterThan(10);
  expect(course.refused).toMatchObject([{ code: "dispatch-no-racks" }]);
});

test("events happen at their own times, however long the step", async () => {
  const scenario = await readScenario(join(folder, "liquid-leak.json"));
  const twin = loadTwin(await readTwinDirectory(null), { racks: 1000 });
  const startMs = startOf(scenario, twin);
  const plant = createPlant(twin, { seed: 1, startMs });
  const injected: number[] = [];
  const course = createCourse(scenario, plant, {
    startMs,
    hands: {
      inject: () => {
        injected.push((plant.timeMs - startMs) / 1000);
        return { ok: true, value: null };
      },
      clear: () => ({ ok: true, value: null }),
    },
  });
  course.step(450);
  course.step(1000);
  expect(injected).toEqual([300, 600, 600, 600]);
  expect(plant.timeMs).toBe(startMs + 1_450_000);
});
