import type { RenderRun } from "./render-run.ts";

/** DESIGN §9, where a renderer without a GPU can be measured. */
const budgets = {
  draws: 60,
  jsMsP50: 1.5,
  jsMsP99: 5,
  allocBytesPerFrame: 64,
  majorGc: 0,
  bytesPerFrame: 256 * 1024,
  pickMs: 0.1,
} as const;
const growthBudget = 0.1;

export interface Verdict {
  readonly what: string;
  readonly figure: number;
  readonly budget: number;
  readonly isMet: boolean;
}

/** Every budget against every size and view that it holds for. */
export const verdictsOf = ({
  sizes,
  growth,
}: {
  readonly sizes: readonly RenderRun[];
  readonly growth: number;
}): readonly Verdict[] => {
  const verdict = (what: string, figure: number, budget: number): Verdict => ({
    what,
    figure,
    budget,
    isMet: figure <= budget,
  });
  const found: Verdict[] = [];
  for (const size of sizes) {
    for (const name of ["draws", "jsMsP50", "jsMsP99", "majorGc", "bytesPerFrame", "pickMs"] as const)
      found.push(verdict(`${size.racks} racks, path: ${name}`, size[name], budgets[name]));
    for (const [view, figures] of Object.entries(size.views))
      for (const name of [
        "draws",
        "jsMsP50",
        "jsMsP99",
        "bytesPerFrame",
        "allocBytesPerFrame",
        "pickMs",
      ] as const)
        found.push(verdict(`${size.racks} racks, ${view}: ${name}`, figures[name], budgets[name]));
  }
  found.push(verdict("growth from 10,000 to 400,000 racks", Math.abs(growth - 1), growthBudget));
  return found;
};
