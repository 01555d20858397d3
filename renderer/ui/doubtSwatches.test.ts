import { expect, it } from "vitest";
import { legendColor } from "#renderer/data/colormap.ts";
import { doubtLooks, staleColor } from "#renderer/data/doubtLooks.ts";
import { heatmapIds, heatmaps } from "#renderer/data/heatmaps.ts";
import { doubtSwatches } from "./doubtSwatches.ts";

it.each(heatmapIds)("%s: swatches of doubt have the scene's colours", (id) => {
  const swatches = doubtSwatches(heatmaps[id]);
  const { bad, never } = doubtLooks;
  for (const rgb of [bad.ground, bad.line]) expect(swatches.bad).toContain(`rgb(${rgb.join(" ")})`);
  for (const rgb of [never.ground, never.dot]) expect(swatches.never).toContain(`rgb(${rgb.join(" ")})`);
  const [low, high] = heatmaps[id].range;
  const drained = staleColor(legendColor(heatmaps[id], low + ((high - low) * 2) / 3));
  expect(swatches.stale).toContain(`rgb(${drained.map(Math.round).join(" ")})`);
});
