import { expect, test } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { energyReader } from "#renderer/data/energyFlow.ts";
import { translator } from "#renderer/i18n/translate.ts";
import { powerText } from "#renderer/ui/energy/powerText.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import { explain } from "./Explanation.tsx";

const twin = loadTwin(sampleFiles());
const state = createCampusState(twin, { nowMs: () => 0 } as Parameters<typeof createCampusState>[1]);
const read = energyReader(state);

/** Gives every meter a power, kW; the first `lost` of them none. */
const fill = (kw: number, lost = 0) => {
  const table = state.of("meter");
  for (let row = 0; row < table.rows; row++) {
    const cell = row * table.columns + metricIndex("meter", "power");
    table.value[cell] = kw;
    table.status[cell] = row < lost ? 0 : packStatus(Quality.good, Freshness.fresh, Origin.simulated);
  }
  table.version++;
  return read();
};

test.each(["zh", "en"] as const)("an edge names its meters, a share its rule (%s)", (language) => {
  const t = translator(language);
  const reading = fill(1000);
  expect(explain(t, reading, "out:it")).toContain(String(reading.meters.it.length));
  const share = explain(t, reading, "share:wind>it");
  expect(share).toContain(powerText(reading.balance.totalKw));
  expect(share).toContain(t("energy.end.wind"));
  expect(share).not.toMatch(/[{}]/);
});

test("a meter that says nothing is told, and there is no number", () => {
  const t = translator("en");
  const reading = fill(1000, state.of("meter").rows);
  expect(explain(t, reading, "in:grid")).toBe("Grid: —. 1 of 1 meters missing, stale or bad: no sum.");
  expect(explain(t, reading, "share:wind>it")).toBe(t("energy.why.nothing"));
});

test("small powers read as kW, not as 0.0 MW", () => {
  expect([powerText(12.4), powerText(450), powerText(226_900)]).toEqual(["12 kW", "0.5 MW", "226.9 MW"]);
});
