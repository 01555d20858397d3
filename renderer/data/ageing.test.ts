import fc from "fast-check";
import { expect, test } from "vitest";
import { classSpec } from "#twins/model/catalogue.ts";
import {
  Freshness,
  freshnessFromAge,
  freshnessOf,
  Origin,
  originOf,
  packStatus,
  Quality,
  qualityOf,
} from "#twins/model/quality.ts";
import { createAgeing } from "./ageing.ts";
import { createCampusState } from "./campus.ts";
import { createClock } from "./clock.ts";
import { tinyTwin } from "./tiny-twin.fixture.ts";

const startMs = 1e12;
const newCampus = () =>
  createCampusState(
    tinyTwin({ rack: 2100, room: 5, pvTable: 40 }),
    createClock(() => 0, startMs),
  );

test("ages every cell by its receipt, never makes one younger, and keeps quality and origin", () => {
  const cell = fc.record({
    row: fc.nat(2099),
    metric: fc.nat(7),
    quality: fc.constantFrom(...Object.values(Quality)),
    freshness: fc.constantFrom(...Object.values(Freshness)),
    ageMs: fc.nat(30_000),
  });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), fc.integer({ min: 1, max: 999 }), (cells, slice) => {
      const campus = newCampus();
      const rack = campus.of("rack");
      for (const { row, metric, quality, freshness, ageMs } of cells) {
        rack.status[row * 8 + metric] = packStatus(quality, freshness, Origin.simulated);
        rack.receivedTimeMs[row * 8 + metric] = startMs - ageMs;
      }
      const before = rack.status.slice();
      const ageing = createAgeing(campus);
      for (let swept = 0; swept < 2100 + 5 + 40; swept += slice) ageing.step(startMs, slice);
      for (let i = 0; i < before.length; i++) {
        const was = freshnessOf(before[i]!);
        const byAge = freshnessFromAge(
          startMs - rack.receivedTimeMs[i]!,
          classSpec("rack").metrics[i % 8]!.periodMs,
        );
        const want = was === Freshness.never ? was : Math.max(was, byAge);
        if (freshnessOf(rack.status[i]!) !== want)
          expect(freshnessOf(rack.status[i]!), `cell ${i}`).toBe(want);
        if (rack.status[i] !== before[i]) {
          expect(qualityOf(rack.status[i]!)).toBe(qualityOf(before[i]!));
          expect(originOf(rack.status[i]!)).toBe(originOf(before[i]!));
          expect(rack.dirtyBlocks[Math.floor(i / 8 / 1024)]).toBe(1);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("one step looks at no more rows than it was given", () => {
  const campus = newCampus();
  const rack = campus.of("rack");
  rack.status.fill(packStatus(Quality.good, Freshness.fresh, Origin.measured));
  rack.receivedTimeMs.fill(startMs - 60_000);
  const ageing = createAgeing(campus);
  let changed = 0;
  for (let i = 0; i < 3; i++) changed += ageing.step(startMs, 100);
  // Smaller classes stand before racks in the sweep, so less than three hundred rows of racks were reached.
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThanOrEqual(300 * 8);
});
