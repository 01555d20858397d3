import { BufferAttribute, BufferGeometry } from "three";

/** Shape of the tower that all others are scaled from: double circuit, drum-shaped, m. */
const body = [
  [0, 3.3],
  [8.5, 2.3],
  [18.2, 1.15],
  [33, 0.62],
] as const;
const arms = [
  [19.2, 3.9],
  [23.6, 4.9],
  [28, 3.7],
] as const;
const insulatorM = 1.5;
const heightM = 33;

/** Where wires hang: metres across the line and up. */
export const reference = {
  height: heightM,
  holds: [
    ...arms.flatMap(([up, out]) => [[-out, up - insulatorM] as const, [out, up - insulatorM] as const]),
    [0, heightM] as const,
  ],
  peak: [0, heightM],
} as const satisfies {
  height: number;
  holds: readonly (readonly [number, number])[];
  peak: readonly [number, number];
};

type Triple = readonly [number, number, number];
/** Across −1…1, panels along, half width (m), height of a panel (m; 0 is solid). */
type Lattice = readonly [number, number, number, number];

/** Faces that the shader fills with bars: from afar they thin out to a veil instead of breaking up. */
export const pylonKit = (): BufferGeometry => {
  const position: number[] = [];
  const normal: number[] = [];
  const lattice: number[] = [];
  const quad = (corners: readonly Triple[], n: Triple, of: readonly Lattice[]): void => {
    for (const i of [0, 1, 2, 0, 2, 3]) {
      position.push(...corners[i]!);
      normal.push(...n);
      lattice.push(...of[i]!);
    }
  };
  for (let i = 0; i + 1 < body.length; i++) {
    const [[y0, w0], [y1, w1]] = [body[i]!, body[i + 1]!];
    const panels = Math.max(1, Math.round((y1 - y0) / (w0 + w1) / 0.9));
    const tall = (y1 - y0) / panels;
    const of: Lattice[] = [
      [-1, 0, w0, tall],
      [1, 0, w0, tall],
      [1, panels, w1, tall],
      [-1, panels, w1, tall],
    ];
    for (const [nx, nz] of [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ] as const) {
      // Along the face: the normal turned by a quarter.
      const corner = (side: number, w: number, y: number): Triple => [
        nx * w + nz * side * w,
        y,
        nz * w - nx * side * w,
      ];
      quad(
        [corner(-1, w0, y0), corner(1, w0, y0), corner(1, w1, y1), corner(-1, w1, y1)],
        [nx, 0.15, nz],
        of,
      );
    }
  }
  for (const [up, out] of arms)
    for (const side of [-1, 1]) {
      const root = 0.85 * side;
      const tip = out * side;
      const of: Lattice[] = [
        [-1, 0, 0.8, 1.1],
        [1, 0, 0.8, 1.1],
        [1, 3, 0.12, 1.1],
        [-1, 3, 0.12, 1.1],
      ];
      quad(
        [
          [root, up - 0.1, 0],
          [root, up + 1.5, 0],
          [tip, up + 0.2, 0],
          [tip, up - 0.05, 0],
        ],
        [0, 0, 1],
        of,
      );
      quad(
        [
          [root, up, -0.8],
          [root, up, 0.8],
          [tip, up, 0.1],
          [tip, up, -0.1],
        ],
        [0, 1, 0],
        of,
      );
      const solid: Lattice = [0, 0, 1, 0];
      quad(
        [
          [tip - 0.09, up - insulatorM, 0],
          [tip + 0.09, up - insulatorM, 0],
          [tip + 0.09, up, 0],
          [tip - 0.09, up, 0],
        ],
        [0, 0, 1],
        [solid, solid, solid, solid],
      );
    }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setAttribute("normal", new BufferAttribute(new Float32Array(normal), 3));
  geometry.setAttribute("aLattice", new BufferAttribute(new Float32Array(lattice), 4));
  return geometry;
};
