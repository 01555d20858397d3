import type { RoomPlan } from "./plan.ts";

/** What a box of a hall is; the shader draws its detail (fabric.glsl.ts). */
export const Part = {
  wall: 0,
  lamp: 1,
  tray: 2,
  busbar: 3,
  cabinet: 4,
  frame: 5,
  rope: 6,
  ceiling: 7,
  plain: 8,
  tile: 9,
  sign: 10,
  pane: 11,
} as const;
export type Part = (typeof Part)[keyof typeof Part];

/** A box of a hall, in metres of its room (x east, z south of the centre, y above the floor), turned by quarter turns. */
export interface Piece {
  readonly part: Part;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Quarter turns clockwise. */
  readonly turn?: number;
  /** Grey, 0…1; for a sign its number. */
  readonly tone?: number;
}

/** Racks of cables hang this far above the racks, lamps above them, m. */
const trayM = 0.62;
const busbarM = 0.3;
const lampM = 3.5;
/** Walls are no higher than this, m; in a storey of 8 m the rest is plenum. */
const wallM = 4.3;
/** Raised floor above the room's own slab, m. */
export const floorM = 0.05;

const around = (width: number, depth: number, z = 0): Omit<Piece, "part" | "y" | "height">[] => [
  { x: 0, z: z - depth / 2, width, depth: 0.16, turn: 2 },
  { x: 0, z: z + depth / 2, width, depth: 0.16, turn: 0 },
  { x: -width / 2, z, width: depth, depth: 0.16, turn: 1 },
  { x: width / 2, z, width: depth, depth: 0.16, turn: 3 },
];

const walls = ({ box }: RoomPlan): Piece[] => {
  const height = Math.min(wallM, box.height - 0.1);
  return around(box.width - 0.5, box.depth - 0.5).map((wall) => ({ ...wall, part: Part.wall, y: 0, height }));
};

/** Lamps above every aisle and along both outer rows; each is a long strip. */
const lamps = ({ rows, aisles, box }: RoomPlan): Piece[] => {
  const strip = (x: number, z: number, length: number): Piece => ({
    part: Part.lamp,
    x,
    y: Math.min(lampM, box.height - 0.5),
    z,
    width: length,
    height: 0.05,
    depth: 0.11,
  });
  const outer = rows.length > 0 ? [rows[0]!, rows.at(-1)!] : [];
  return [
    ...aisles.map(({ x, z, length }) => strip(x, z, length)),
    ...outer.map(({ x, z, length, depth }) => strip(x, z + Math.sign(z || 1) * (depth / 2 + 0.75), length)),
  ];
};

/** Above each row: a ladder for cables, a busbar with tap-off boxes, a tail down to each bay of two racks. */
const overhead = ({ rows }: RoomPlan): Piece[] =>
  rows.flatMap(({ x, z, length, height, facing }): Piece[] => {
    const back = z - facing * 0.34;
    const front = z + facing * 0.3;
    const boxes = Math.floor(length / 1.2);
    return [
      { part: Part.tray, x, y: height + trayM, z: front, width: length + 0.6, height: 0.08, depth: 0.32 },
      { part: Part.busbar, x, y: height + busbarM, z: back, width: length + 0.9, height: 0.15, depth: 0.09 },
      ...Array.from({ length: boxes }, (_, i): Piece[] => {
        const at = x + (i + 0.5 - boxes / 2) * 1.2;
        return [
          {
            part: Part.plain,
            x: at,
            y: height + busbarM - 0.06,
            z: back,
            width: 0.22,
            height: 0.26,
            depth: 0.17,
            tone: 0.46,
          },
          {
            part: Part.plain,
            x: at + 0.05,
            y: height,
            z: back,
            width: 0.025,
            height: busbarM,
            depth: 0.025,
            tone: 0.1,
          },
          {
            part: Part.plain,
            x: at - 0.3,
            y: height,
            z: front,
            width: 0.035,
            height: trayM,
            depth: 0.03,
            tone: 0.12,
          },
          {
            part: Part.plain,
            x: at,
            y: height + trayM,
            z: front,
            width: 0.015,
            height: 1.1,
            depth: 0.015,
            tone: 0.3,
          },
        ];
      }).flat(),
    ];
  });

/** Frames that hold the glass of a cold aisle, doors at both ends, perforated tiles on its floor. */
const containment = ({ rows, aisles }: RoomPlan): Piece[] =>
  aisles
    .filter(({ isCold }) => isCold)
    .flatMap(({ x, z, length, width }): Piece[] => {
      const top = (rows[0]?.height ?? 2.2) + 0.02;
      const bays = Math.max(1, Math.round(length / 1.2));
      const bar = (at: number): Piece => ({
        part: Part.frame,
        x: at,
        y: top + 0.05,
        z,
        width: 0.035,
        height: 0.04,
        depth: width,
      });
      const ends = [-1, 1].flatMap((end): Piece[] => {
        const at = x + (end * length) / 2;
        const post = (dz: number, deep: number): Piece => ({
          part: Part.frame,
          x: at,
          y: 0,
          z: z + dz,
          width: 0.05,
          height: top + 0.08,
          depth: deep,
        });
        return [
          post(-width / 2 + 0.03, 0.06),
          post(width / 2 - 0.03, 0.06),
          post(0, 0.035),
          { part: Part.frame, x: at, y: top, z, width: 0.06, height: 0.1, depth: width },
        ];
      });
      return [
        ...Array.from({ length: bays + 1 }, (_, i) => bar(x + (i / bays - 0.5) * length)),
        ...[-1, 1].map(
          (side): Piece => ({
            part: Part.frame,
            x,
            y: top,
            z: z + (side * (width - 0.05)) / 2,
            width: length,
            height: 0.07,
            depth: 0.05,
          }),
        ),
        ...ends,
        {
          part: Part.tile,
          x,
          y: floorM - 0.02,
          z,
          width: Math.floor(length / 0.6) * 0.6,
          height: 0.022,
          depth: Math.min(1.2, width),
        },
      ];
    });

/** Row-end power cabinets (列头柜) and the sign with the row's number. Illustrative: no twin lists them. */
const rowEnds = ({ rows, box }: RoomPlan): Piece[] =>
  rows.flatMap(({ x, z, length, depth, height, facing, ordinal }): Piece[] => {
    const at = x - length / 2 - 0.36;
    if (at - 0.4 < -box.width / 2 + 1.6) return [];
    return [
      {
        part: Part.cabinet,
        x: at,
        y: floorM,
        z,
        width: 0.62,
        height: height - floorM,
        depth,
        turn: facing === 1 ? 0 : 2,
      },
      {
        part: Part.sign,
        x: at - 0.316,
        y: height - 0.62,
        z,
        width: 0.42,
        height: 0.42,
        depth: 0.016,
        turn: 1,
        tone: ordinal,
      },
    ];
  });

/** Battery cabinets (蓄电池柜) on both sides of a room's supplies. Illustrative. */
const batteries = ({ ups, box }: RoomPlan): Piece[] => {
  if (ups.length === 0) return [];
  const reach = Math.max(...ups.map(({ x }) => Math.abs(x))) + 2.6;
  const z = ups[0]!.z;
  return [-1, 1].flatMap((side) =>
    Array.from({ length: 5 }, (_, i): Piece | null => {
      const x = side * (reach + i * 0.94);
      return Math.abs(x) + 0.5 > box.width / 2
        ? null
        : { part: Part.cabinet, x, y: 0, z, width: 0.9, height: 2.1, depth: 0.9, turn: 2 };
    }).filter((piece) => piece !== null),
  );
};

/** Walls of the strip that holds supplies, and its lamps. */
const powerRoom = ({ ups, box }: RoomPlan): Piece[] => {
  if (ups.length === 0) return [];
  const north = -box.depth / 2;
  const far = Math.min(...ups.map(({ z }) => z)) - 6;
  const deep = north - far;
  if (deep < 4) return [];
  const height = Math.min(wallM, box.height - 0.1);
  const lines = around(box.width - 0.5, deep - 0.3, (north + far) / 2).filter((_, i) => i !== 1);
  return [
    ...lines.map((wall): Piece => ({ ...wall, part: Part.wall, y: 0, height })),
    { part: Part.lamp, x: 0, y: lampM, z: ups[0]!.z - 1.4, width: box.width - 5, height: 0.05, depth: 0.11 },
  ];
};

const ceiling = ({ box }: RoomPlan): Piece[] => [
  {
    part: Part.ceiling,
    x: 0,
    y: Math.min(wallM, box.height - 0.1),
    z: 0,
    width: box.width - 0.5,
    height: 0.02,
    depth: box.depth - 0.5,
  },
];

/** Fittings of a room. @param isIllustrative also what no twin lists: row-end cabinets and batteries. */
export const piecesOf = (plan: RoomPlan, isIllustrative: boolean): Piece[] => [
  ...walls(plan),
  ...lamps(plan),
  ...overhead(plan),
  ...containment(plan),
  ...powerRoom(plan),
  ...ceiling(plan),
  ...(isIllustrative ? [...rowEnds(plan), ...batteries(plan)] : []),
];
