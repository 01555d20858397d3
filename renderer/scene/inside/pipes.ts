import type { RoomPlan, RowPlan } from "./plan.ts";

/** What a round piece is: coolant to the racks, back from them, something that holds no flow of ours, a power cable. */
export const Run = { supply: 0, return: 1, still: 2, power: 3 } as const;
export type Run = (typeof Run)[keyof typeof Run];

/** A straight round piece in metres of its room: from one end to the other. */
export interface Pipe {
  readonly run: Run;
  readonly from: readonly [x: number, y: number, z: number];
  readonly to: readonly [x: number, y: number, z: number];
  readonly diameter: number;
  /** Coolant units whose mean flow it shows; none for what is not measured. */
  readonly cdus: readonly number[];
  /** Supply whose load it shows. */
  readonly ups?: number;
  readonly tone?: number;
}

const branchM = 0.075;
const mainM = 0.17;

/** The loop of one row: up from its coolant unit, along the row above the rears, and a hose pair down to each rack. */
const loopOf = (row: RowPlan, cdu: RoomPlan["cdus"][number]): Pipe[] => {
  const cdus = [cdu.row];
  const west = row.x - row.length / 2;
  return [Run.supply, Run.return].flatMap((run, i): Pipe[] => {
    const y = row.height + 0.16 + i * 0.13;
    const z = row.z - row.facing * (0.4 + i * 0.13);
    const x = cdu.x + (i === 0 ? -0.2 : 0.2);
    const along = (a: number, b: number): Pick<Pipe, "from" | "to"> =>
      run === Run.supply ? { from: [b, y, z], to: [a, y, z] } : { from: [a, y, z], to: [b, y, z] };
    const hoses = row.rackX.map((rackX): Pipe => {
      const at = rackX + (i === 0 ? -0.1 : 0.1);
      const ends: readonly [Pipe["from"], Pipe["from"]] = [
        [at, y, z],
        [at, row.height - 0.02, z],
      ];
      const [from, to] = run === Run.supply ? ends : [ends[1], ends[0]];
      return { run, from, to, diameter: 0.032, cdus };
    });
    const drop: readonly [Pipe["from"], Pipe["from"]] = [
      [x, cdu.height, z],
      [x, y, z],
    ];
    const [from, to] = run === Run.supply ? drop : [drop[1], drop[0]];
    return [
      { run, ...along(west, x), diameter: branchM, cdus },
      { run, from, to, diameter: branchM, cdus },
      ...hoses,
    ];
  });
};

/** Mains above the coolant units, to the north wall and up a shaft; their flow is that of the units together. */
const mainsOf = ({ box, cdus }: RoomPlan, shaftM: number): Pipe[] => {
  if (cdus.length === 0) return [];
  const south = Math.max(...cdus.map(({ z }) => z)) + 0.5;
  const north = -box.depth / 2 - 1.2;
  const height = cdus[0]!.height;
  const units = cdus.map(({ row }) => row);
  return [Run.supply, Run.return].flatMap((run, i): Pipe[] => {
    const x = cdus[0]!.x + (i === 0 ? -0.26 : 0.26);
    const y = height + 0.95;
    const flows = <P>(a: P, b: P): { from: P; to: P } =>
      run === Run.supply ? { from: a, to: b } : { from: b, to: a };
    return [
      { run, ...flows<Pipe["from"]>([x, y, north], [x, y, south]), diameter: mainM, cdus: units },
      { run, ...flows<Pipe["from"]>([x, shaftM, north], [x, y, north]), diameter: mainM, cdus: units },
      ...cdus.map(
        (cdu): Pipe => ({
          run,
          ...flows<Pipe["from"]>([x, y, cdu.z + 0.1], [x, cdu.height, cdu.z + 0.1]),
          diameter: 0.1,
          cdus: [cdu.row],
        }),
      ),
    ];
  });
};

/**
 * Cables from each supply to the rows that the twin's links say it feeds: up, above the rows' west ends, down to the busbar
 * and along it. Where they run is illustrative.
 */
const cablesOf = ({ rows, ups }: RoomPlan): Pipe[] =>
  rows.flatMap((row) =>
    row.ups.flatMap((unit, path): Pipe[] => {
      const from = ups.find((each) => each.row === unit);
      if (!from) return [];
      const offset = (path - 0.5) * 0.18;
      const high = row.height + 0.86 + path * 0.12;
      const x = row.x - row.length / 2 - 0.36 + offset;
      const z = row.z - row.facing * 0.34 + offset * 0.4;
      const low = row.height + 0.34;
      const corners: readonly Pipe["from"][] = [
        [from.x + offset, 2.1, from.z],
        [from.x + offset, high, from.z],
        [x, high, from.z],
        [x, high, z],
        [x, low, z],
        [row.x + row.length / 2, low, z],
      ];
      return corners
        .slice(1)
        .map(
          (to, i): Pipe => ({ run: Run.power, from: corners[i]!, to, diameter: 0.045, cdus: [], ups: unit }),
        );
    }),
  );

/** Air-sampling pipes (VESDA) above the aisles, and gas bottles by the wall. Illustrative. */
const fireOf = ({ box, aisles }: RoomPlan): Pipe[] => {
  const y = Math.min(4.05, box.height - 0.4);
  const corner = [box.width / 2 - 0.75, -box.depth / 2 + 0.75] as const;
  return [
    ...aisles
      .filter(({ isCold }) => !isCold)
      .map(
        ({ x, z, length }): Pipe => ({
          run: Run.still,
          from: [x - length / 2 - 1, y, z],
          to: [x + length / 2 + 1, y, z],
          diameter: 0.03,
          cdus: [],
          tone: 0.62,
        }),
      ),
    ...Array.from({ length: 4 }, (_, i): Pipe[] => {
      const x = corner[0] - i * 0.42;
      return [
        {
          run: Run.still,
          from: [x, 0.05, corner[1]],
          to: [x, 1.5, corner[1]],
          diameter: 0.34,
          cdus: [],
          tone: 0.34,
        },
        {
          run: Run.still,
          from: [x, 1.5, corner[1]],
          to: [x, 1.72, corner[1]],
          diameter: 0.09,
          cdus: [],
          tone: 0.2,
        },
      ];
    }).flat(),
  ];
};

/**
 * Round pieces of a room.
 * @param shaftM height above the room's floor to which the mains rise, to the machines on the roof
 */
export const pipesOf = (plan: RoomPlan, isIllustrative: boolean, shaftM: number): Pipe[] => [
  ...plan.rows.flatMap((row) => {
    const cdu = plan.cdus.find((each) => each.row === row.cdu);
    return cdu && row.isLiquid ? loopOf(row, cdu) : [];
  }),
  ...mainsOf(plan, shaftM),
  ...cablesOf(plan),
  ...(isIllustrative ? fireOf(plan) : []),
];
