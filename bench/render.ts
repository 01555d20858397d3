import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Verdict, verdictsOf } from "./render-budgets.ts";
import type { RenderRun } from "./render-run.ts";
import { type ViewFigures, type ViewName, viewNames } from "./render-views.ts";

/** Sizes that a campus is measured at, telemetered racks. */
const sizes = [10_000, 100_000, 400_000] as const;
/** `--runs N` for a quick look; figures are told of five. */
const runs = Number(process.argv[process.argv.indexOf("--runs") + 1] || 5) || 5;

export interface RenderFigures {
  /** Medians of the runs, per size. */
  readonly sizes: readonly RenderRun[];
  /**
   * Renderer time at 400,000 racks over that at 10,000 for the same visible and changed set: median of paired runs;
   * the goal is 1 ± 0.1.
   */
  readonly growth: number;
  /** The same for telemetry of the whole campus, which is more at 400,000. */
  readonly growthSpread: number;
  readonly growths: readonly number[];
  readonly runs: number;
  /** Budgets of DESIGN §9 that are missed, and how many were looked at. */
  readonly missed: readonly Verdict[];
  readonly verdicts: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A process of its own per run: young space large enough that nothing is collected while allocation is counted. */
const child = async (racks: number): Promise<RenderRun> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--expose-gc",
    "--max-semi-space-size=256",
    "--min-semi-space-size=256",
    join(import.meta.dirname, "render-run.ts"),
    String(racks),
  ]);
  return JSON.parse(stdout) as RenderRun;
};

const medianRun = (all: readonly RenderRun[]): RenderRun => {
  const of = (figure: Exclude<keyof RenderRun, "views">): number => median(all.map((run) => run[figure]));
  return {
    racks: of("racks"),
    draws: of("draws"),
    triangles: of("triangles"),
    instances: of("instances"),
    bytesPerFrame: of("bytesPerFrame"),
    jsMsP50: of("jsMsP50"),
    jsMsP99: of("jsMsP99"),
    jsMsP50Spread: of("jsMsP50Spread"),
    allocBytesPerFrame: of("allocBytesPerFrame"),
    bareAllocBytesPerFrame: of("bareAllocBytesPerFrame"),
    majorGc: of("majorGc"),
    pickMs: of("pickMs"),
    views: Object.fromEntries(viewNames.map((name) => [name, medianView(all, name)])) as RenderRun["views"],
  };
};

const medianView = (all: readonly RenderRun[], name: ViewName): ViewFigures => {
  const of = (figure: keyof ViewFigures): number => median(all.map(({ views }) => views[name][figure]));
  return {
    draws: of("draws"),
    triangles: of("triangles"),
    instances: of("instances"),
    jsMsP50: of("jsMsP50"),
    jsMsP99: of("jsMsP99"),
    bytesPerFrame: of("bytesPerFrame"),
    allocBytesPerFrame: of("allocBytesPerFrame"),
    pickMs: of("pickMs"),
  };
};

/**
 * The renderer's own cost, without a GPU: draws, triangles, bytes, JavaScript time and allocation along one scripted
 * camera path with telemetry coming in, at three sizes of campus. Frames per second of software GL would say nothing.
 */
export const run = async (): Promise<RenderFigures> => {
  const measured: RenderRun[][] = sizes.map(() => []);
  for (let i = 0; i < runs; i++) {
    for (const [at, racks] of sizes.entries()) measured[at]!.push(await child(racks));
    console.error(`run ${i + 1} of ${runs}`);
  }
  const growthsOf = (figure: "jsMsP50" | "jsMsP50Spread"): number[] =>
    measured[0]!.map((small, i) => measured.at(-1)![i]![figure] / small[figure]);
  const growths = growthsOf("jsMsP50");
  const growthSpread = median(growthsOf("jsMsP50Spread"));
  const figures = { sizes: measured.map(medianRun), growth: median(growths), growthSpread, growths, runs };
  const verdicts = verdictsOf(figures);
  for (const { what, figure, budget, isMet } of verdicts)
    console.error(`${isMet ? "pass" : "MISS"}  ${what}: ${Number(figure.toPrecision(3))} of ${budget}`);
  return { ...figures, missed: verdicts.filter(({ isMet }) => !isMet), verdicts: verdicts.length };
};

if (import.meta.main) console.log(JSON.stringify(await run()));
