import type { KpiExplanation } from "#feed/contract/bridge.ts";
import type { ClassTable, ClassTables } from "#feed/tables/class-table.ts";
import { type Boundary, boundariesOf, boundaryClasses } from "#twins/kpi/boundary.ts";
import { type KpiSum, ratioOf, sumOf } from "#twins/kpi/reading.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import { isUsable, Quality } from "#twins/model/quality.ts";
import type { MeterRole } from "#twins/model/twin.ts";
import { type DerivedValue, writeDerived } from "./derived.ts";
import { explainKpi } from "./explain.ts";
import { createReader, type MeterReader, windowPue, windows } from "./meters.ts";
import { RackSummaries, type RackSummary } from "./racks.ts";

/** Computes KPI once, for everybody, into the class tables. */
export interface Engine {
  /** Called at 1 Hz. */
  step(nowMs: number): void;
  explain(name: string, scope: string): KpiExplanation | null;
}

/** Racks with a usable load, of those ever seen, below which their mean is uncertain. */
const loadShare = 0.9;
/** Energy windows move once a minute; every boundary's are computed every fifth second, in turn. */
const windowEvery = 5;

export const createEngine = (tables: ClassTables): Engine => {
  const boundaries = boundariesOf(tables.twin);
  const meters = createReader(tables);
  const racks = new RackSummaries(tables, boundaries);
  const siteSources = siteSourcesOf(boundaries, meters);

  const readRegisters = (nowMs: number): void => {
    const table = tables.of("meter");
    const energyColumn = metricIndex("meter", "energy");
    for (let row = 0; row < table.rows; row++) {
      const { value, status } = meters.energy(row);
      if (isUsable(status)) meters.registers.read(row, value);
    }
    meters.registers.advance(nowMs, (row) => {
      const power = meters.power(row);
      const energy = meters.energy(row);
      if (!isUsable(power.status) || !isUsable(energy.status)) return Number.NaN;
      const ageMs = nowMs - table.sampleTimeMs[row * table.columns + energyColumn]!;
      return (power.value * Math.max(0, ageMs)) / 3_600_000;
    });
  };

  return {
    step: (nowMs) => {
      readRegisters(nowMs);
      const summaries = racks.update();
      const seconds = Math.floor(nowMs / 1000);
      for (const [index, boundary] of boundaries.entries()) {
        const write = writerFor(tables, boundary, nowMs);
        writePower(write, { meters, boundary }, nowMs);
        if ((index + seconds) % windowEvery === 0)
          for (const window of windows) writeWindow(write, { meters, boundary }, window);
        writeRacks(write, summaries[index]!);
        if (boundary.className === "site") writeSite(write, meters, siteSources.get(boundary)!);
      }
    },
    explain: (name, scope) => explainKpi({ tables, boundaries, meters }, name, scope),
  };
};

type Write = (metric: string, value: DerivedValue) => void;

/** Column of each KPI by class, looked up once. */
const columnsOf = new Map(
  boundaryClasses.map((className) => [
    className,
    new Map(classSpec(className).metrics.map((metric, column) => [metric.id, column])),
  ]),
);

const writerFor = (tables: ClassTables, { className, row }: Boundary, nowMs: number): Write => {
  const table: ClassTable = tables.of(className);
  const columns = columnsOf.get(className);
  return (metric, value) => {
    const column = columns?.get(metric);
    if (column !== undefined) writeDerived({ tables, nowMs }, { table, row, metric: column }, value);
  };
};

const fromSum = (sum: KpiSum): DerivedValue => ({
  value: sum.value,
  quality: Quality.good,
  ...grounds(sum),
});

/** What several inputs allow to be said of a value made from all of them. */
const grounds = (sum: KpiSum): Omit<DerivedValue, "value" | "quality"> => {
  const { origin, sampleMs, receivedMs, late, aged } = sum;
  return { origin, sampleMs, receivedMs, late, aged };
};

const writePower = (
  write: Write,
  { meters, boundary }: { meters: MeterReader; boundary: Boundary },
  nowMs: number,
): void => {
  const it = sumOf(boundary.it, meters.power);
  const total = sumOf(boundary.total, meters.power);
  const all = sumOf([...new Set([...boundary.it, ...boundary.total])], meters.power);
  write("itPower", fromSum(it));
  write("totalPower", fromSum(total));
  const ratio = all.mixed ? Number.NaN : ratioOf(total.value, it.value);
  write("powerRatio", { value: ratio, quality: Quality.good, ...grounds(all) });
  const coverage = all.needed === 0 ? Number.NaN : (100 * all.usable) / all.needed;
  write("coverage", {
    value: coverage,
    quality: Quality.good,
    origin: all.origin,
    sampleMs: nowMs,
    receivedMs: nowMs,
    late: false,
    aged: false,
  });
};

const writeWindow = (
  write: Write,
  { meters, boundary }: { meters: MeterReader; boundary: Boundary },
  { metric, windowMs }: { metric: string; windowMs: number },
): void => {
  const inputs = sumOf([...boundary.it, ...boundary.total], meters.energy);
  const { value, actualMs } = windowPue(meters, boundary, windowMs);
  const quality = actualMs >= windowMs ? Quality.good : Quality.uncertain;
  write(metric, {
    value: inputs.mixed ? Number.NaN : value,
    quality,
    ...grounds(inputs),
  });
};

const writeRacks = (write: Write, summary: RackSummary): void => {
  const { origin, sampleMs, receivedMs, loadSum, loadCount, loadKnown, inletMax } = summary;
  const isMixed = summary.hasMeasured && summary.hasSimulated;
  const quality = loadCount >= loadKnown * loadShare ? Quality.good : Quality.uncertain;
  const load = loadCount > 0 && !isMixed ? loadSum / loadCount : Number.NaN;
  const aged = summary.hasStale && !isMixed;
  write("load", { value: load, quality, origin, sampleMs, receivedMs, late: false, aged });
  const inlet = Number.isFinite(inletMax) && !isMixed ? inletMax : Number.NaN;
  write("inletMax", { value: inlet, quality: Quality.good, origin, sampleMs, receivedMs, late: false, aged });
};

interface SiteSources {
  /** Meters by the metric that shows them. */
  readonly shown: Readonly<Record<"gridPower" | "pvPower" | "windPower" | "storagePower", readonly number[]>>;
  /** Generators too: meters of everything that supplies the site. */
  readonly all: readonly number[];
}

const siteSourcesOf = (
  boundaries: readonly Boundary[],
  { role }: MeterReader,
): ReadonlyMap<Boundary, SiteSources> =>
  new Map(
    boundaries
      .filter(({ className }) => className === "site")
      .map((boundary) => {
        const of = (wanted: MeterRole): readonly number[] =>
          boundary.total.filter((row) => role(row) === wanted);
        const shown = {
          gridPower: of("grid"),
          pvPower: of("pv"),
          windPower: of("wind"),
          storagePower: of("storage"),
        };
        return [boundary, { shown, all: [...Object.values(shown).flat(), ...of("generator")] }];
      }),
  );

/** Where the site's power comes from now; the green share is on-site wind and sun over the total, storage apart. */
const writeSite = (write: Write, meters: MeterReader, sources: SiteSources): void => {
  const { shown } = sources;
  for (const [metric, rows] of Object.entries(shown)) write(metric, fromSum(sumOf(rows, meters.power)));
  const green = sumOf([...shown.pvPower, ...shown.windPower], meters.power);
  const all = sumOf(sources.all, meters.power);
  const share = all.value > 0 ? Math.min(100, (100 * Math.max(0, green.value)) / all.value) : Number.NaN;
  write("greenShare", { value: share, quality: Quality.good, ...grounds(all) });
};
