import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { createCourse, startOf } from "#twins/scenario/course.ts";
import type { Scenario } from "#twins/scenario/scenario.ts";
import { readScenario } from "./scenario-file.ts";
import { tryScenario } from "./scenario-trial.ts";

const folder = join(import.meta.dirname, "..", "..", "twins", "horinger", "scenarios");
const names = readdirSync(folder).filter((file) => file.endsWith(".json"));
const files = await readTwinDirectory(null);
/** Telemetered racks where a scenario plays on any scale. */
const usualRacks = 1000;
/** Half a minute at most on two cores; machines that do other work besides take theirs. */
const trialMs = 180_000;

test.each(names)(
  "%s: orders are carried out, views show something, what an engineer expects comes true, and nothing is lost on the way",
  async (file) => {
    const scenario = readScenario(join(folder, file));
    expect(`${scenario.id}.json`).toBe(file);
    const twin = loadTwin(files, { racks: scenario.racks ?? usualRacks });
    expect(tryScenario(scenario, twin)).toEqual([]);
  },
  trialMs,
);

const twin = loadTwin(files, { racks: usualRacks });
const leak = readScenario(join(folder, "liquid-leak.json"));

test("everything that is wrong with a scenario is said at once", () => {
  const because = { zh: "因为", en: "because" };
  const wrong: Scenario = {
    ...leak,
    durationS: 600,
    events: [
      {
        ...leak.events[0]!,
        faults: [{ fault: "meteor", asset: "a/hero" }],
        clear: [{ asset: "a/hero" }],
      },
      { ...leak.events[0]!, atS: 900 },
    ],
    views: [{ atS: 0, asset: "z/nowhere" }],
    expectations: [
      { atS: 10, asset: "z/nowhere", metric: "power", is: "<", value: 0, because },
      { atS: 10, asset: "a/hero", metric: "beauty", is: "<", value: 0, because },
      { atS: 20, asset: "a/hero", metric: "itPower", is: "<", value: 0, because },
    ],
  };
  const said = tryScenario(wrong, twin);
  expect(said).toHaveLength(7);
  expect(said[0]).toBe("event at 900 s: the scenario ends at 600 s");
  expect(said[1]).toBe('view at 0 s: no asset "z/nowhere"');
  expect(said[2]).toContain('expectation at 10 s: no asset "z/nowhere"');
  expect(said[3]).toMatch(
    /no figure "beauty" at "a\/hero", a building\. Known there: .*coolingMode.*itPower/,
  );
  expect(said[4]).toMatch(/^expectation at 20 s: a\/hero itPower is \d+.*, not < 0: because$/);
  expect(said[5]).toMatch(/^order refused: nothing to clear: .*a\/hero/);
  expect(said[6]).toMatch(/^order refused: no fault "meteor"/);
});

test("a balance that does not close, a flow backwards and a value that is none are found", () => {
  const said = tryScenario({ ...leak, durationS: 60, events: [], views: [], expectations: [] }, twin, {
    watch: (plant, atS) => {
      if (atS !== 50) return;
      plant.truth.get("system")![0]![0] = -5;
      plant.parts.rooms.air.warm[0] = Number.NaN;
    },
  }).join("\n");
  expect(said).toMatch(/from 60 s on system\.heartbeat of site\/sys is -5 \(it cannot be negative; 1 times/);
  expect(said).toMatch(/from 60 s on crah\.returnTemperature of .* is NaN \(no number; \d+ times/);
  expect(said).toMatch(/from 60 s on roomAir\.heat 0 does not close: .* kW in/);
});

test("a fault for a time passes at its own time, however long the step; a load is held and given back", () => {
  const say = leak.title;
  const startMs = startOf(leak, twin);
  const plant = createPlant(twin, { seed: 1, startMs });
  const { sag } = plant.conditions.of("site");
  const sags: number[] = [];
  const course = createCourse(
    {
      ...leak,
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
    plant,
    {
      startMs,
      faults: createFaults(twin, {
        conditions: plant.conditions,
        instruments: plant.instruments,
        get timeMs() {
          return plant.timeMs;
        },
        step: (seconds, meteredSeconds) => {
          plant.step(seconds, meteredSeconds);
          if (sag[0]! > 0) sags.push(seconds);
        },
      }),
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

test("events happen at their own times, however long the step", () => {
  const startMs = startOf(leak, twin);
  const plant = createPlant(twin, { seed: 1, startMs });
  const injected: number[] = [];
  const course = createCourse(leak, plant, {
    startMs,
    faults: {
      inject: (order) => {
        injected.push((plant.timeMs - startMs) / 1000);
        return { ok: true, value: { ...order, metric: null, severity: 1, untilMs: null } };
      },
      clear: () => 1,
      step: plant.step,
    },
  });
  course.step(450);
  course.step(1000);
  expect(injected).toEqual([300, 600, 600, 600]);
  expect(plant.timeMs).toBe(startMs + 1_450_000);
});
