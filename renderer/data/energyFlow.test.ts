import { expect, test } from "vitest";
import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import { createCampusState } from "./campus.ts";
import { deltaE, labOf } from "./colorDistance.fixture.ts";
import { alarmHues } from "./colormap.ts";
import { energyReader, flowColors } from "./energyFlow.ts";

test("colours of the flows keep clear of alarm hues", () => {
  for (const [id, own] of Object.entries(flowColors))
    for (const hue of Object.values(alarmHues))
      expect(deltaE(labOf(own), labOf(hue)), id).toBeGreaterThanOrEqual(20);
});

test("reads the meters' power, and again only when they changed", () => {
  const twin = loadTwin(sampleFiles());
  const state = createCampusState(twin, { nowMs: () => 0 } as Parameters<typeof createCampusState>[1]);
  const read = energyReader(state);
  const first = read();
  expect(first.balance.gaps).toContain("grid");
  expect(read()).toBe(first);
  const table = state.of("meter");
  for (let row = 0; row < table.rows; row++) {
    const cell = row * table.columns + metricIndex("meter", "power");
    table.value[cell] = 100;
    table.status[cell] = packStatus(Quality.good, Freshness.fresh, Origin.simulated);
  }
  table.version++;
  const { balance, meters } = read();
  expect(balance.gaps).toEqual([]);
  expect(balance.supplies.find(({ id }) => id === "grid")?.kw).toBe(100);
  expect(balance.uses.find(({ id }) => id === "it")?.kw).toBe(100 * meters.it.length);
});
