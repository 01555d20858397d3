import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClassName } from "#twins/model/metric.ts";
import type { Result } from "#twins/model/result.ts";
import { err, ok } from "#twins/model/result.ts";
import type { LocalText, Twin } from "#twins/model/twin.ts";
import { meterRoles } from "#twins/model/twin.ts";
import { gpt3Nodes, readGpt3 } from "./gpt3.ts";
import type { Series } from "./series.ts";
import { readText } from "./series.ts";
import { readInverter, readPue, readWindFarm } from "./single.ts";

/** Where a column of a recording is played: an asset by id, which the twin may or may not have. */
export interface TracePoint {
  readonly className: ClassName;
  readonly assetId: string;
  readonly metric: string;
  readonly column: number;
}

/** A recording of somewhere else and what it becomes here (docs/PLANT.md, Traces). */
export interface TraceKind {
  readonly name: string;
  /** Publisher id: the first segment of every topic. */
  readonly publisherId: string;
  readonly title: LocalText;
  readonly attribution: string;
  /** File in assets/traces. */
  readonly file: string;
  /** Beginning of a file of this kind. */
  readonly begins: string;
  readonly read: (file: string) => Series;
  /** Throws away nothing silently: what is mapped to what, for people. */
  readonly mapping: string;
  readonly points: (twin: Twin) => readonly TracePoint[];
}

const siteMeter = (twin: Twin, role: (typeof meterRoles)[number]): readonly string[] => {
  const meters = twin.table("meter");
  const roles = meters.attribute("role");
  const code = meterRoles.indexOf(role);
  for (let row = 0; row < meters.count; row++)
    if (roles?.[row] === code && twin.parentOf({ className: "meter", row })?.className === "site")
      return [meters.idOf(row)];
  return [];
};

/** The first racks that are cooled by liquid: those of the hero building. */
const liquidRacks = (twin: Twin, count: number): readonly string[] => {
  const racks = twin.table("rack");
  const liquid = racks.attribute("liquid");
  const occupied = racks.attribute("occupied");
  const ids: string[] = [];
  for (let row = 0; row < racks.count && ids.length < count; row++)
    if (liquid?.[row] === 1 && occupied?.[row] !== 0) ids.push(racks.idOf(row));
  return ids;
};

const pueKind = {
  publisherId: "trace-pue",
  title: { zh: "外部样本:实测PUE序列", en: "External sample: measured PUE" },
  attribution:
    "Facebook, facebookarchive/puewue-frontend, BSD-style licence; measured at one site, winter 2013–14",
  begins: '[{"timestamp"',
  read: readPue,
  mapping:
    "PUE of another site → net/sample, metric reportedPue: shown as reported elsewhere, never as a PUE of this campus",
  points: () => [{ className: "centre", assetId: "net/sample", metric: "reportedPue", column: 0 }],
} satisfies Partial<TraceKind>;

export const traceKinds: readonly TraceKind[] = [
  {
    name: "gpt3",
    publisherId: "trace-gpt3",
    title: { zh: "外部样本:512卡训练功率", en: "External sample: power of 512 GPUs in training" },
    attribution:
      "MLCommons, mlcommons/training_results_v4.0 (Smart Modular Technologies), Apache-2.0; 64 servers of 8×H100",
    file: "gpt3-64x8xh100-node-power.csv.gz",
    begins: "utc_ms,run,node_01_w",
    read: (file) => readGpt3(file).series,
    mapping:
      "wall power of 64 servers → power of the first 64 liquid-cooled racks, kW, unscaled; a blank publishes nothing",
    points: (twin) =>
      liquidRacks(twin, gpt3Nodes).map((assetId, column) => ({
        className: "rack",
        assetId,
        metric: "power",
        column,
      })),
  },
  {
    name: "wind",
    publisherId: "trace-wind",
    title: { zh: "外部样本:风电场功率", en: "External sample: power of a wind farm" },
    attribution: "Baidu, PaddlePaddle/PaddleSpatial, Apache-2.0; a Chinese wind farm, 2020–2021",
    file: "wind-farm-15min.csv.gz",
    begins: "date,pred_w_speed",
    read: readWindFarm,
    mapping:
      "power of the whole farm (MW presumed, at most 98.6) → the site's wind meter, kW, unscaled; no single turbine gets a value, since none was measured",
    points: (twin) =>
      siteMeter(twin, "wind").map((assetId) => ({ className: "meter", assetId, metric: "power", column: 0 })),
  },
  {
    name: "pv",
    publisherId: "trace-pv",
    title: { zh: "外部样本:光伏逆变器功率", en: "External sample: power of a PV inverter" },
    attribution: "SLAC, slacgismo/solar-data-tools, BSD-2-Clause; one inverter of 27.6 kW",
    file: "pv-inverter-5min.csv.gz",
    begins: "site,meas_name,ts",
    read: readInverter,
    mapping:
      "AC power of one inverter of 27.6 kW → the first PV table (30 kWp), kW, unscaled; the night is a gap",
    points: (twin) =>
      twin.table("pvTable").count > 0
        ? [{ className: "pvTable", assetId: twin.table("pvTable").idOf(0), metric: "power", column: 0 }]
        : [],
  },
  { ...pueKind, name: "pue", file: "pue-24-hours.json" },
  { ...pueKind, name: "pue-30d", file: "pue-30-days.json" },
];

const bundled = (kind: TraceKind): string =>
  fileURLToPath(new URL(`../../../assets/traces/${kind.file}`, import.meta.url));

export interface OpenTrace {
  readonly kind: TraceKind;
  readonly file: string;
  readonly series: Series;
}

/** Opens a bundled recording by name, or a file of the same format by path. */
export const openTrace = (nameOrPath: string): Result<OpenTrace> => {
  const tip = `Use one of ${traceKinds.map(({ name }) => name).join(", ")}, or a file of the same format.`;
  const named = traceKinds.find(({ name }) => name === nameOrPath);
  const file = named ? bundled(named) : nameOrPath;
  if (!existsSync(file))
    return err({ code: "trace-missing", message: `there is no trace ${nameOrPath}`, tip });
  try {
    const kind = named ?? traceKinds.find(({ begins }) => readText(file).startsWith(begins));
    if (!kind)
      return err({ code: "trace-format", message: `${file}: its first line is that of no known trace`, tip });
    const series = kind.read(file);
    if (series.timesMs.length === 0) return err({ code: "trace-empty", message: `${file} has no rows`, tip });
    return ok({ kind, file, series });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return err({ code: "trace-unreadable", message: `${file}: ${message}`, tip });
  }
};
