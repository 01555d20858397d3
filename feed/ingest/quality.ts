import type { Methods, PointQuality, QualityList } from "#feed/contract/bridge.ts";
import { faultCodes } from "#feed/contract/status.ts";
import type { CellRef } from "#feed/tables/class-table.ts";
import { harm, harmOfMissing } from "#feed/tables/harm.ts";
import type { Ledger, SilentPoint } from "#feed/tables/ledger.ts";
import type { PointFault } from "#feed/tables/ledger-rows.ts";
import { shownId } from "#feed/tables/publishers.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { IntakeContext } from "./context.ts";
import { topicOf } from "./point-faults.ts";

const defaultLimit = 100;
/** Points that a text is looked for in, worst first. */
const searchedPoints = 10_000;

type Params = Methods["quality.list"]["params"];
type QualityContext = Pick<IntakeContext, "twin" | "store" | "bindings" | "faults">;

/** Answers which points cannot be trusted, and how much of what was expected has come. */
export const listQuality = (context: QualityContext, { limit, text, asset }: Params): QualityList => {
  const { ledger } = context.store;
  const silent = new Map(
    ledger.silent.filter(isStillSilent).map((point) => [ledger.pointOf(point.at), point]),
  );
  const describe = (point: number): PointQuality =>
    qualityOf(context, ledger.cellOf(point), { faults: ledger.rows.of(point), silent: silent.get(point) });
  const worst = asset === undefined ? worstFirst(ledger, silent) : [];
  const points: PointQuality[] = [];
  let total = worst.length + ledger.silentCount - ledger.silent.length;
  if (asset !== undefined) {
    points.push(...pointsOfAsset(context, asset).map(describe));
    total = points.filter(({ faults }) => faults.length > 0).length;
  } else if (text) {
    const found = worst.slice(0, searchedPoints).map(describe).filter(mentions(context, text));
    total = found.length;
    points.push(...found.slice(0, limit ?? defaultLimit));
  } else points.push(...worst.slice(0, limit ?? defaultLimit).map(describe));
  return { total, points, ...sums(context) };
};

/** The last sweep may be a second ago: what came since is no longer silent, and its gap is counted. */
const isStillSilent = ({ at: { table, cell }, sinceMs }: SilentPoint): boolean =>
  table.receivedTimeMs[cell]! <= sinceMs;

/** Score of every point with a fault or overdue, highest first: points. */
const worstFirst = (ledger: Ledger, silent: ReadonlyMap<number, SilentPoint>): readonly number[] => {
  const { rows } = ledger;
  const scores = new Map<number, number>();
  for (let row = 0; row < rows.size; row++) {
    const point = rows.point[row]!;
    const weight = harm[faultCodes[rows.code[row]!]!];
    const score = rows.count[row]! * weight + rows.missing[row]! * harmOfMissing;
    scores.set(point, (scores.get(point) ?? 0) + score);
  }
  for (const [point, { missing }] of silent)
    scores.set(point, (scores.get(point) ?? 0) + harm.gap + missing * harmOfMissing);
  return [...scores].sort(([a, more], [b, less]) => less - more || a - b).map(([point]) => point);
};

/** Points of an asset that were ever received, in the order of its metrics. */
const pointsOfAsset = ({ twin, store }: QualityContext, asset: string): readonly number[] => {
  const ref = twin.find(asset);
  if (!ref) return [];
  const table = store.tables.of(ref.className);
  const { ledger } = store;
  return table.spec.metrics.flatMap((metric, column) => {
    const at = { table, cell: ref.row * table.columns + column };
    const point = ledger.pointOf(at);
    const isSeen = table.stamp[at.cell] !== 0 || ledger.rows.of(point).length > 0;
    return isSeen && !metric.derived ? [point] : [];
  });
};

interface Findings {
  readonly faults: readonly PointFault[];
  readonly silent: SilentPoint | undefined;
}

const qualityOf = (context: QualityContext, at: CellRef, { faults, silent }: Findings): PointQuality => {
  const { twin, store } = context;
  const { table, cell } = at;
  const row = Math.trunc(cell / table.columns);
  const received = store.ledger.received[table.index]![cell]!;
  const missing = faults.reduce((sum, fault) => sum + fault.missing, silent?.missing ?? 0);
  const shown = withSilence(faults, silent).map(({ code, count, lastMs }) => ({ code, count, lastMs }));
  return {
    asset: twin.idOf({ className: table.spec.name, row }),
    className: table.spec.name,
    row,
    metric: table.spec.metrics[cell % table.columns]!.id,
    topic: topicOf(context, at),
    publisher: shownId(store.publishers.all[table.publisher[cell]!]!) || null,
    faults: shown.sort((a, b) => b.count * harm[b.code] - a.count * harm[a.code]),
    sinceMs:
      shown.length === 0 ? null : Math.min(...withSilence(faults, silent).map(({ firstMs }) => firstMs)),
    longestGapMs: Math.max(0, silent?.lengthMs ?? 0, ...faults.map(({ longestMs }) => longestMs)),
    silentSinceMs: silent?.sinceMs ?? null,
    score: shown.reduce((sum, { code, count }) => sum + count * harm[code], missing * harmOfMissing),
    received,
    expected: received + missing,
  };
};

/** A point that is overdue has a gap more than those that were counted when they ended. */
const withSilence = (
  faults: readonly PointFault[],
  silent: SilentPoint | undefined,
): readonly Omit<PointFault, "missing" | "longestMs">[] => {
  if (!silent) return faults;
  const gap = faults.find(({ code }) => code === "gap");
  const lastMs = silent.sinceMs + silent.lengthMs;
  const open = {
    code: "gap",
    count: (gap?.count ?? 0) + 1,
    firstMs: gap?.firstMs ?? silent.sinceMs,
    lastMs,
  } as const;
  return [...faults.filter((fault) => fault !== gap), open];
};

/** Whether a point's words hold a text: asset, metric, publisher, topic or code. */
const mentions = ({ twin }: QualityContext, text: string): ((point: PointQuality) => boolean) => {
  const needle = text.toLowerCase();
  return ({ asset, className, row, metric, topic, publisher, faults }) => {
    const { zh, en } = twin.table(className).nameOf(row);
    const { name } = classSpec(className).metrics.find(({ id }) => id === metric)!;
    const words = [
      asset,
      zh,
      en,
      metric,
      name.zh,
      name.en,
      topic,
      publisher,
      ...faults.map(({ code }) => code),
    ];
    return words.some((word) => word?.toLowerCase().includes(needle));
  };
};

const sums = ({ store, faults }: QualityContext): Omit<QualityList, "total" | "points"> => {
  const { ledger } = store;
  const classes = classNames.flatMap((className: ClassName, index) => {
    const expected = ledger.byClass.expected(index);
    return expected > 0 ? [{ className, received: ledger.byClass.received[index]!, expected }] : [];
  });
  const sumOf = (key: "received" | "expected"): number => classes.reduce((sum, each) => sum + each[key], 0);
  return {
    silent: ledger.silentCount,
    beyond: ledger.rows.beyond,
    faultsPerMinute: faults.lastMinute(),
    whole: { received: sumOf("received"), expected: sumOf("expected") },
    classes: classes.sort((a, b) => a.received / a.expected - b.received / b.expected),
  };
};
