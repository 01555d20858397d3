import { BufferAttribute, BufferGeometry } from "three";

/** What a vertex of a turbine belongs to, so that the shader knows what turns it. */
export const TurbinePart = { tower: 0, nacelle: 1, hub: 2, blade: 3, lamp: 4 } as const;

/** The shaft leans back by this, so that blades clear the tower, radians; blades stand this far before it, of the radius. */
export const shaftTilt = 0.087;
export const bladeOffset = 0.062;

/** Blade along its span: share of the radius, chord and thickness in parts of the radius, twist in degrees. */
const stations: readonly (readonly [at: number, chord: number, thick: number, twistDeg: number])[] = [
  [0.022, 0.036, 0.036, 18],
  [0.06, 0.037, 0.035, 18],
  [0.12, 0.05, 0.027, 16],
  [0.2, 0.062, 0.019, 12.5],
  [0.32, 0.053, 0.0135, 8.5],
  [0.48, 0.041, 0.0088, 5],
  [0.66, 0.031, 0.0056, 2.2],
  [0.82, 0.023, 0.0036, 0.8],
  [0.94, 0.015, 0.002, 0],
  [1, 0.004, 0.0008, -0.5],
];
/** Round a section: along the chord (0 at the pitch axis, leading edge negative) and across, in parts of chord and thickness. */
const section: readonly (readonly [x: number, y: number])[] = [
  [-0.3, 0],
  [-0.2, 0.42],
  [0.02, 0.5],
  [0.36, 0.22],
  [0.7, 0],
  [0.36, -0.16],
  [0.02, -0.42],
  [-0.2, -0.36],
];

/** Grows one indexed geometry out of rings of points; normals are smooth along it. */
class Loft {
  readonly position: number[] = [];
  readonly part: number[] = [];
  readonly blade: number[] = [];
  readonly index: number[] = [];

  /** Rings of equal length, joined in order, the last one closed to a point where `isCapped`. */
  add(rings: readonly (readonly (readonly [number, number, number])[])[], part: number, blade = 0): this {
    const first = this.position.length / 3;
    const around = rings[0]!.length;
    for (const ring of rings)
      for (const point of ring) {
        this.position.push(...point);
        this.part.push(part);
        this.blade.push(blade);
      }
    for (let r = 0; r + 1 < rings.length; r++)
      for (let i = 0; i < around; i++) {
        const [a, b] = [first + r * around + i, first + r * around + ((i + 1) % around)];
        this.index.push(a, b, b + around, a, b + around, a + around);
      }
    return this;
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(this.position), 3));
    geometry.setAttribute("aPart", new BufferAttribute(new Float32Array(this.part), 1));
    geometry.setAttribute("aBlade", new BufferAttribute(new Float32Array(this.blade), 1));
    geometry.setIndex(this.index);
    geometry.computeVertexNormals();
    return geometry;
  }
}

type Ring = readonly (readonly [number, number, number])[];

const level = (radius: number, y: number, sides: number): Ring =>
  Array.from({ length: sides }, (_, i) => {
    const a = (-i / sides) * Math.PI * 2;
    return [Math.cos(a) * radius, y, Math.sin(a) * radius] as const;
  });

/** A ring across the shaft (z), as a rounded box of half width, half height. */
const across = (z: number, [w, h]: readonly [number, number], y = 0): Ring =>
  Array.from({ length: 12 }, (_, i) => {
    const a = (i / 12) * Math.PI * 2;
    const round = (v: number): number => Math.sign(v) * Math.abs(v) ** 0.45;
    return [round(Math.cos(a)) * w, y + round(Math.sin(a)) * h, z] as const;
  });

const point = (z: number, y = 0): Ring => across(z, [0, 0], y);

/**
 * Tower in parts of hub height; everything else in parts of the rotor's radius, around the tower's top, facing north (−z).
 * Blades lie along +y with their pitch axis there; the shader pitches, places and spins them.
 */
export const turbineKit = (): BufferGeometry => {
  const loft = new Loft();
  const tower = [
    [0.0245, 0],
    [0.0235, 0.2],
    [0.0215, 0.45],
    [0.0185, 0.75],
    [0.0152, 0.972],
  ] as const;
  loft.add(
    tower.map(([radius, y]) => level(radius, y, 14)),
    TurbinePart.tower,
  );
  loft.add(
    [
      point(-0.03, 0.004),
      across(-0.03, [0.019, 0.02], 0.004),
      across(-0.022, [0.026, 0.027], 0.006),
      across(0.075, [0.027, 0.028], 0.008),
      across(0.108, [0.023, 0.022], 0.011),
      across(0.116, [0.016, 0.015], 0.012),
      point(0.116, 0.012),
    ],
    TurbinePart.nacelle,
  );
  // Cooler on the roof behind.
  loft.add(
    [
      point(0.07, 0.045),
      across(0.07, [0.024, 0.011], 0.045),
      across(0.076, [0.024, 0.011], 0.045),
      point(0.076, 0.045),
    ],
    TurbinePart.nacelle,
  );
  loft.add(
    [
      point(-0.036),
      across(-0.038, [0.024, 0.024]),
      across(-0.062, [0.025, 0.025]),
      across(-0.078, [0.018, 0.018]),
      point(-0.086),
    ],
    TurbinePart.hub,
  );
  for (let blade = 0; blade < 3; blade++) {
    const rings = stations.map(([at, chord, thick, twistDeg]): Ring => {
      const t = (twistDeg * Math.PI) / 180;
      return section.map(([x, y]) => {
        const [along, over] = [x * chord, y * thick];
        // Blades bend a little towards the wind, so that none meets its tower.
        const lean = -0.022 * at * at;
        return [
          along * Math.cos(t) - over * Math.sin(t),
          at,
          along * Math.sin(t) + over * Math.cos(t) + lean,
        ];
      });
    });
    const tip = stations.at(-1)!;
    const end: Ring = section.map(() => [0, tip[0] + 0.002, -0.022]);
    loft.add([...rings, end], TurbinePart.blade, blade);
  }
  loft.add([level(0, -1, 4), level(1, 0, 4), level(0, 1, 4)], TurbinePart.lamp);
  return loft.build();
};
