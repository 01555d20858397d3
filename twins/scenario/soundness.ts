import { classSpec } from "#twins/model/catalogue.ts";
import type { Twin } from "#twins/model/twin.ts";
import { visitPlantBalances } from "#twins/physics/balances.ts";
import type { Plant } from "#twins/physics/plant.ts";

/** Looks for what no plant can have, whatever breaks in it: balances that do not close, flows that run backwards, values that are no numbers. */
export interface Soundness {
  /** @param atS time to name, s */
  look(atS: number): void;
  /** Everything found so far, in words. */
  lines(): readonly string[];
}

type PlantSeen = Pick<Plant, "truth" | "parts">;

/** In = out + stored within this part of the flow. */
const balanceTolerance = 1e-6;

/** What is wrong of one kind and place are one line: its first moment, how often, and the worst of it. */
interface Finding {
  readonly firstS: number;
  readonly text: string;
  readonly limit: string;
  count: number;
  worst: number;
}

class Findings {
  readonly #found = new Map<string, Finding>();

  note(
    key: string,
    atS: number,
    { text, worst, limit }: { text: string; worst: number; limit: string },
  ): void {
    const known = this.#found.get(key);
    if (!known) this.#found.set(key, { firstS: atS, text, limit, count: 1, worst });
    else {
      known.count++;
      if (!(worst <= known.worst)) known.worst = worst;
    }
  }

  lines(): readonly string[] {
    return [...this.#found.values()].map(
      ({ firstS, text, limit, count, worst }) =>
        `from ${firstS} s on ${text} (${limit}; ${count} times, worst ${worst.toPrecision(3)})`,
    );
  }
}

/** A column with what its values may be. */
interface Watched {
  readonly name: string;
  readonly idOf: (row: number) => string;
  readonly values: ArrayLike<number>;
  readonly lowest: number;
}

/** What cannot be negative by its unit and range: everything but temperatures and flows that go both ways. */
const watchedColumns = (twin: Twin, plant: PlantSeen): readonly Watched[] =>
  [...plant.truth].flatMap(([className, columns]) =>
    columns.flatMap((values, index) => {
      const metric = classSpec(className).metrics[index]!;
      if (!values) return [];
      const isOneWay = metric.unit !== "Cel" && metric.range[0] >= 0;
      return {
        name: `${className}.${metric.id}`,
        idOf: (row: number) => twin.table(className).idOf(row),
        values,
        lowest: isOneWay ? 0 : Number.NEGATIVE_INFINITY,
      };
    }),
  );

const checkValues = (columns: readonly Watched[], findings: Findings, atS: number): void => {
  for (const { name, idOf, values, lowest } of columns)
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (value >= lowest && value < Number.POSITIVE_INFINITY) continue;
      const isNumber = Number.isFinite(value);
      const text = `${name} of ${idOf(row)} is ${value}`;
      findings.note(`${name} ${isNumber}`, atS, {
        text,
        worst: -value,
        limit: isNumber ? "it cannot be negative" : "no number",
      });
    }
};

const checkBalances = (plant: PlantSeen, findings: Findings, atS: number): void =>
  visitPlantBalances(plant, (what, row, { inKw, outKw, storedKw }) => {
    const error = Math.abs(inKw - outKw - storedKw) / Math.max(1, Math.abs(inKw), Math.abs(outKw));
    if (error <= balanceTolerance) return;
    const text = `${what} ${row} does not close: ${inKw} kW in, ${outKw} kW out, ${storedKw} kW stored`;
    findings.note(`${what} ${row}`, atS, { text, worst: error, limit: `at most ${balanceTolerance}` });
  });

export const createSoundness = (twin: Twin, plant: PlantSeen): Soundness => {
  const findings = new Findings();
  const columns = watchedColumns(twin, plant);
  return {
    look: (atS) => {
      checkBalances(plant, findings, atS);
      checkValues(columns, findings, atS);
    },
    lines: () => findings.lines(),
  };
};
