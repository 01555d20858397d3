import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Quality } from "#twins/model/quality.ts";
import type { Twin } from "#twins/model/twin.ts";
import { Stage } from "#twins/model/twin.ts";
import type { Column, PlantColumns } from "#twins/physics/columns.ts";
import { ancestorRows } from "#twins/physics/places.ts";

/** How values travel: everything point by point, everything in bulk frames, or each where it fits best. */
export type PlantWire = "mixed" | "dsx" | "bulk";

/** Every value is sent once in this many ticks of a second; rows of the liquid-cooled racks every tick. */
export const cycleTicks = 5;
/** Rows in one bulk frame at most. */
const partRows = 4096;

/** One bulk frame that comes back every cycle. */
export interface BulkPart {
  readonly className: ClassName;
  readonly part: number;
  readonly firstRow: number;
  readonly rowCount: number;
  /** Quality is null when every row of the part has the point; else 0 where a row has none (docs/WIRE.md §3). */
  readonly columns: readonly {
    readonly metric: number;
    readonly source: Column;
    readonly quality: Uint8Array | null;
  }[];
  /** Readings in one frame. */
  readonly points: number;
  /** Building whose gateway sends a row, −1 for none. Shape: rows of the part. */
  readonly gateways: Int32Array;
  /** Sent at ticks ≡ phase modulo every. */
  readonly every: number;
  readonly phase: number;
}

/** One point sent by itself. */
export interface SinglePoint {
  readonly className: ClassName;
  readonly row: number;
  readonly metric: number;
  readonly source: Column;
  /** 10 to the number of decimals worth sending; null for all. */
  readonly scale: number | null;
  /** Building whose gateway sends it, −1 for none. */
  readonly gateway: number;
}

export interface Schedule {
  readonly parts: readonly BulkPart[];
  readonly points: readonly SinglePoint[];
}

/** Classes whose rows go point by point in the mixed wire, and how many: few machines that people look at one by one. */
const singleRows: Readonly<Partial<Record<ClassName, number>>> = {
  weatherStation: 8,
  substation: 32,
  centre: 64,
  chiller: 48,
  cdu: 48,
};
/** Meters of buildings, zones and the site that go point by point; those of rooms are bulk. */
const singleMeters = 400;

/** Metrics of racks that only a liquid-cooled rack has, and those that only one with servers has. */
const liquidMetrics = new Set([
  "liquidSupplyTemperature",
  "liquidReturnTemperature",
  "liquidFlow",
  "leakDetect",
]);
const serverMetrics = new Set(["load", "outletTemperature"]);

type HasPoint = (row: number, metricId: string) => boolean;

/** Which points exist: nothing is built yet in a planned substation, and an empty rack has no load. */
const pointsOf = (twin: Twin, className: ClassName): HasPoint => {
  const table = twin.table(className);
  const stage = table.attribute("stage");
  const occupied = table.attribute("occupied");
  const liquid = table.attribute("liquid");
  const sample = table.attribute("sample");
  const telemetered = className === "building" ? table.attribute("telemetered") : undefined;
  return (row, metricId) => {
    if (stage && stage[row] !== Stage.built) return false;
    // A place for recordings of other sites has no simulated values.
    if (sample?.[row] === 1) return false;
    if (telemetered?.[row] === 0) return false;
    if (className !== "rack") return true;
    if (liquidMetrics.has(metricId)) return liquid?.[row] === 1;
    return serverMetrics.has(metricId) ? occupied?.[row] !== 0 : true;
  };
};

/** Rows of a class that go point by point. */
const isSingle = (
  twin: Twin,
  className: ClassName,
  { wire, dsxRacks }: ScheduleOptions,
): ((row: number) => boolean) => {
  if (wire === "dsx") return () => true;
  if (className === "rack") return (row) => row < dsxRacks;
  if (wire === "bulk") return () => false;
  if (className !== "meter") return (row) => row < (singleRows[className] ?? 0);
  const rows = new Set<number>();
  const { count } = twin.table("meter");
  for (let row = 0; row < count && rows.size < singleMeters; row++)
    if (twin.parentOf({ className, row })?.className !== "room") rows.add(row);
  return (row) => rows.has(row);
};

export interface ScheduleOptions {
  readonly wire: PlantWire;
  /** First racks that go point by point whatever the wire. */
  readonly dsxRacks: number;
}

/** Cuts a class into runs of rows that have the same instruments, at most `partRows` long. */
const runsOf = (twin: Twin, className: ClassName): readonly (readonly [first: number, end: number])[] => {
  const { count } = twin.table(className);
  const liquid = className === "rack" ? twin.table("rack").attribute("liquid") : undefined;
  const runs: (readonly [number, number])[] = [];
  for (let first = 0; first < count; ) {
    let end = first + 1;
    while (end < count && end - first < partRows && liquid?.[end] === liquid?.[first]) end++;
    runs.push([first, end]);
    first = end;
  }
  return runs;
};

/** Building whose gateway sends each row of a class, −1 for what stands in none. Shape: rows. */
const gatewaysOf = (twin: Twin, className: ClassName): Int32Array =>
  className === "building"
    ? Int32Array.from({ length: twin.table("building").count }, (_, row) => row)
    : ancestorRows(twin, className, "building");

const scaleOf = (resolution: number | undefined): number | null =>
  resolution === undefined ? null : Math.round(1 / resolution);

/** Everything the plant publishes, once: bulk parts spread over the cycle, and single points. */
export const createSchedule = (twin: Twin, columns: PlantColumns, options: ScheduleOptions): Schedule => {
  const parts: BulkPart[] = [];
  const points: SinglePoint[] = [];
  for (const [className, own] of columns) {
    if (className === "system") continue;
    const hasPoint = pointsOf(twin, className);
    const single = isSingle(twin, className, options);
    const { metrics } = classSpec(className);
    const { count } = twin.table(className);
    const gateways = gatewaysOf(twin, className);
    for (let row = 0; row < count; row++) {
      if (!single(row)) continue;
      const gateway = gateways[row]!;
      for (const [metric, source] of own.entries()) {
        const spec = metrics[metric]!;
        if (source && hasPoint(row, spec.id))
          points.push({ className, row, metric, source, scale: scaleOf(spec.resolution), gateway });
      }
    }
    for (const [index, [first, end]] of runsOf(twin, className).entries()) {
      const part = partOf(
        { className, own, gateways, first, end },
        (row, id) => !single(row) && hasPoint(row, id),
      );
      const urgent = className === "rack" && twin.table("rack").attribute("liquid")?.[first] === 1;
      const every = urgent ? 1 : cycleTicks;
      if (part.points > 0) parts.push({ ...part, part: index, every, phase: parts.length % every });
    }
  }
  return { parts, points };
};

interface Run {
  readonly className: ClassName;
  readonly own: readonly (Column | null)[];
  readonly gateways: Int32Array;
  readonly first: number;
  readonly end: number;
}

const partOf = (
  { className, own, gateways, first, end }: Run,
  hasPoint: HasPoint,
): Omit<BulkPart, "part" | "every" | "phase"> => {
  const { metrics } = classSpec(className);
  let points = 0;
  const columns = own.flatMap((source, metric) => {
    if (!source) return [];
    const quality = new Uint8Array(end - first);
    let present = 0;
    for (let row = first; row < end; row++) {
      if (!hasPoint(row, metrics[metric]!.id)) continue;
      quality[row - first] = Quality.good;
      present++;
    }
    points += present;
    if (present === 0) return [];
    return [{ metric, source, quality: present === end - first ? null : quality }];
  });
  return {
    className,
    firstRow: first,
    rowCount: end - first,
    columns,
    points,
    gateways: gateways.subarray(first, end),
  };
};
