import { readPoint } from "#renderer/data/reading.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { cellOf } from "#renderer/data/state.ts";
import { type Language, type Translate, translator } from "#renderer/i18n/translate.ts";
import { formatNumber, formatQuantity, noNumber } from "#renderer/ui/format.ts";
import { isMarked, lookOf, showsAge } from "#renderer/ui/look.ts";
import { formatAge, formatSiteClock } from "#renderer/ui/time.ts";
import { isBeyond, priorities } from "#twins/alarm/limit.ts";
import { limits } from "#twins/alarm/limits.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { ScreenContent, ScreenKey, Tile } from "./content.ts";

interface Words {
  readonly t: Translate;
  readonly language: Language;
}

/** A point as the panels show it: same digits, same unit, same doubts. */
const pointTile = (
  state: CampusState,
  { ref, metric, label }: { readonly ref: AssetRef; readonly metric: string; readonly label: ScreenKey },
  { t, language }: Words,
): Tile => {
  const reading = readPoint(state, ref, metric);
  const seen = lookOf(reading);
  // What is computed was not "seen" or not: it has a number or has none.
  const look = seen === "never" && reading?.metric.derived ? "none" : seen;
  const { value = null } = reading ?? {};
  const quantity =
    value === null || !reading
      ? { digits: noNumber, unit: "" }
      : formatQuantity(value, reading.unit, { language, resolution: reading.metric.resolution });
  const age = reading?.receivedTimeMs ? state.nowMs() - reading.receivedTimeMs : null;
  const doubt = look === "good" ? [] : [look === "none" ? t("value.none") : wordOf(t, look)];
  return {
    label: t(label),
    value: quantity.digits,
    unit: quantity.unit,
    look,
    marks: [
      ...doubt,
      ...(showsAge(look) && age !== null ? [formatAge(t, age)] : []),
      ...(value !== null && reading && isMarked(reading.origin) ? [t(`origin.${reading.origin}`)] : []),
    ],
  };
};

const wordOf = (t: Translate, look: "never" | "bad" | "stale" | "late" | "uncertain"): string =>
  look === "never" || look === "stale" || look === "late" ? t(`freshness.${look}`) : t(`quality.${look}`);

/** Mean of a metric over the machines that tell it now, and how many do; a doubtful one is left out and counted. */
const meanOf = (
  state: CampusState,
  [start, end]: readonly [number, number],
  metric: string,
): { readonly mean: number | null; readonly told: number; readonly simulated: boolean } => {
  const column = metricIndex("cdu", metric);
  const table = state.of("cdu");
  let sum = 0;
  let told = 0;
  let simulated = false;
  for (let row = start; row < end; row++) {
    const cell = cellOf(table, row, column);
    if (!isUsable(table.status[cell]!)) continue;
    sum += table.value[cell]!;
    told++;
    simulated ||= readPoint(state, { className: "cdu", row }, metric)?.origin === "simulated";
  }
  return { mean: told > 0 ? sum / told : null, told, simulated };
};

/** Coolant to the racks and back from them, mean of the units that tell it. */
const coolantTile = (state: CampusState, building: AssetRef, { t, language }: Words): Tile | null => {
  const range = state.twin.rangeBelow(building, "cdu");
  if (!range) return null;
  const [supply, back] = [
    meanOf(state, range, "supplyTemperature"),
    meanOf(state, range, "returnTemperature"),
  ];
  const digits = ({ mean }: { readonly mean: number | null }): string =>
    mean === null ? noNumber : formatQuantity(mean, "Cel", { language, resolution: 0.1 }).digits;
  const told = Math.min(supply.told, back.told);
  return {
    label: t("screen.coolant"),
    value: `${digits(supply)} → ${digits(back)}`,
    unit: "°C",
    look: told === 0 ? "never" : "good",
    marks: [
      t("screen.units.cdu", { told: formatNumber(told), of: formatNumber(range[1] - range[0]) }),
      ...(supply.simulated ? [t("origin.simulated")] : []),
    ],
  };
};

/** Points of a building that are past a limit now, by priority; of one point only its worst limit. */
export const countBeyond = (state: CampusState, building: AssetRef): readonly number[] => {
  const counts = priorities.map(() => 0);
  const seen = new Set<string>();
  const worstFirst = [...limits].sort(
    (a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority),
  );
  for (const limit of worstFirst) {
    const range = state.twin.rangeBelow(building, limit.className);
    const column = metricIndex(limit.className, limit.metric);
    if (!range || column < 0) continue;
    const table = state.of(limit.className);
    for (let row = range[0]; row < range[1]; row++) {
      const cell = cellOf(table, row, column);
      if (!isUsable(table.status[cell]!) || !isBeyond(limit, table.value[cell]!)) continue;
      const point = `${limit.className} ${limit.metric} ${limit.kind} ${row}`;
      if (seen.has(point)) continue;
      seen.add(point);
      counts[priorities.indexOf(limit.priority)]!++;
    }
  }
  return counts;
};

const alarmTile = (state: CampusState, building: AssetRef, { t }: Words): Tile => {
  const counts = countBeyond(state, building);
  return {
    label: t("screen.beyond"),
    value: formatNumber(counts.reduce((sum, count) => sum + count, 0)),
    unit: "",
    look: "good",
    marks: [t("screen.beyondNote")],
    alarms: priorities.flatMap((priority, i) => (counts[i]! > 0 ? [{ priority, count: counts[i]! }] : [])),
  };
};

/** From afar the wall turns over between the campus and the hall, each for this long, ms of the site's clock. */
const turnMs = 20_000;

/**
 * The wall of the hero hall: the campus above, the hall below, the same numbers as the panels have.
 * @param isFar seen from where eight figures cannot be read: four of them, of campus and hall in turn
 */
export const nocContent = (
  state: CampusState,
  building: AssetRef,
  { language, isFar = false }: { readonly language: Language; readonly isFar?: boolean },
): ScreenContent => {
  const t = translator(language);
  const words = { t, language };
  const site = { className: "site", row: 0 } as const;
  const point = (ref: AssetRef, metric: string, label: ScreenKey): Tile =>
    pointTile(state, { ref, metric, label }, words);
  const coolant = coolantTile(state, building, words);
  const pue = point(site, "pue15m", "screen.sitePue");
  const ofSite = [
    point(site, "itPower", "screen.siteIt"),
    point(site, "load", "screen.siteLoad"),
    point(site, "greenShare", "screen.siteGreen"),
  ];
  const ofHall = [
    point(building, "itPower", "screen.hallIt"),
    point(building, "load", "screen.hallLoad"),
    ...(coolant ? [coolant] : [point(building, "inletMax", "screen.hallInlet")]),
    alarmTile(state, building, words),
  ];
  const isHall = Math.floor(state.nowMs() / turnMs) % 2 === 1;
  // Without a whole window there is no PUE; what is known at once is the ratio of powers, and is called so.
  const told = pue.value === noNumber ? point(site, "powerRatio", "screen.siteRatio") : pue;
  return {
    language,
    title: t("screen.noc"),
    when: formatSiteClock(language, state.nowMs(), state.twin.site.utcOffsetMin),
    marks: state.twin.illustrative ? [t("mark.illustrative")] : [],
    columns: isFar ? 2 : 4,
    isLarge: isFar,
    tiles: isFar ? (isHall ? ofHall : [...ofSite, told]) : [pue, ...ofSite, ...ofHall],
    foot: t("screen.nocFoot"),
  };
};
