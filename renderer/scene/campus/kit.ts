import { BufferAttribute, BufferGeometry, Color } from "three";

/**
 * Surface finish of a kit vertex, decoded in the scenery shader.
 * matt, lamp (lit by night), glass (reflects the sky), louvre (dark slats), fan (rotor disc), leaf (soft, tinted per instance).
 * Machines only (plant/): metal (shines a little), coil (fins and fill), lagging (insulation with seams), glaze (porcelain sheds).
 * paint: of a car, a colour for each instance.
 */
export const Finish = {
  matt: 0,
  lamp: 1,
  glass: 2,
  louvre: 3,
  fan: 4,
  leaf: 5,
  metal: 6,
  coil: 7,
  lagging: 8,
  glaze: 9,
  paint: 10,
} as const;
export type Finish = (typeof Finish)[keyof typeof Finish];

interface Look {
  readonly color: number;
  readonly finish?: Finish;
}

/** Enough for a fan that fills a fifth of the picture. */
const discSides = 20;

const nowhere: readonly number[] = [0, 0, 0, 0, 0, 0];

export type Triple = readonly [x: number, y: number, z: number];

/** Builds small geometries from boxes and prisms: position, normal, linear colour, finish. */
export class Kit {
  readonly #position: number[] = [];
  readonly #normal: number[] = [];
  readonly #color: number[] = [];
  readonly #finish: number[] = [];
  readonly #spot: number[] = [];

  /** Axis-aligned box from its lowest corner. */
  box([x, y, z]: Triple, [w, h, d]: Triple, look: Look): this {
    const at = (i: number, j: number, k: number): Triple => [x + w * i, y + h * j, z + d * k];
    this.quad([at(0, 0, 1), at(1, 0, 1), at(1, 1, 1), at(0, 1, 1)], look);
    this.quad([at(1, 0, 0), at(0, 0, 0), at(0, 1, 0), at(1, 1, 0)], look);
    this.quad([at(1, 0, 1), at(1, 0, 0), at(1, 1, 0), at(1, 1, 1)], look);
    this.quad([at(0, 0, 0), at(0, 0, 1), at(0, 1, 1), at(0, 1, 0)], look);
    return this.quad([at(0, 1, 1), at(1, 1, 1), at(1, 1, 0), at(0, 1, 0)], look);
  }

  /** Upright prism or cone frustum with a cap. */
  prism([x, y, z]: Triple, [bottom, top, height]: Triple, look: Look & { sides: number; cap?: Look }): this {
    const ring = (radius: number, level: number, i: number): Triple => {
      const angle = (i / look.sides) * Math.PI * 2;
      return [x + Math.cos(angle) * radius, level, z - Math.sin(angle) * radius];
    };
    for (let i = 0; i < look.sides; i++) {
      this.quad(
        [ring(bottom, y, i), ring(bottom, y, i + 1), ring(top, y + height, i + 1), ring(top, y + height, i)],
        look,
      );
      if (top > 0)
        this.triangle(
          [[x, y + height, z], ring(top, y + height, i), ring(top, y + height, i + 1)],
          look.cap ?? look,
        );
    }
    return this;
  }

  /** Ellipse that faces north (−z). */
  disc([x, y, z]: Triple, [rx, ry]: readonly [number, number], look: Look): this {
    const at = (i: number): Triple => {
      const angle = (i / discSides) * Math.PI * 2;
      return [x - Math.cos(angle) * rx, y + Math.sin(angle) * ry, z];
    };
    for (let i = 0; i < discSides; i++) this.triangle([[x, y, z], at(i), at(i + 1)], look);
    return this;
  }

  /** Fan blades inside such an ellipse. */
  blades([x, y, z]: Triple, [rx, ry]: readonly [number, number], look: Look): this {
    const at = (turn: number): Triple => {
      const angle = turn * Math.PI * 2;
      return [x - Math.cos(angle) * rx, y + Math.sin(angle) * ry, z];
    };
    for (let i = 0; i < 5; i++) this.triangle([[x, y, z], at(i / 5), at(i / 5 + 0.11)], look);
    return this;
  }

  /** Cylinder along x or z from one end's centre; its ends are flat. */
  tube(
    [x, y, z]: Triple,
    { axis, radius, length }: { readonly axis: "x" | "z"; readonly radius: number; readonly length: number },
    look: Look & { sides?: number; flat?: number },
  ): this {
    const sides = look.sides ?? 8;
    // `flat` squeezes it across, so that it stays round in a box that is not square.
    const across = radius * (look.flat ?? 1);
    const at = (i: number, far: number): Triple => {
      const angle = (i / sides) * Math.PI * 2;
      const [side, up] = [Math.cos(angle) * across, Math.sin(angle) * radius];
      return axis === "x" ? [x + far, y + up, z - side] : [x + side, y + up, z + far];
    };
    for (let i = 0; i < sides; i++) {
      this.quad([at(i, 0), at(i + 1, 0), at(i + 1, length), at(i, length)], look);
      this.triangle([at(0, length), at(i, length), at(i + 1, length)], look);
      this.triangle([at(0, 0), at(i + 1, 0), at(i, 0)], look);
    }
    return this;
  }

  /** Rotor disc for `Finish.fan`, facing up or north (−z); its shader turns it around its own middle. */
  fan([x, y, z]: Triple, [rx, rz]: readonly [number, number], facing: "up" | "north"): this {
    const look = { color: 0x2a2f34, finish: Finish.fan } as const;
    const at = (u: number, v: number): Triple =>
      facing === "up" ? [x + u * rx, y, z - v * rz] : [x - u * rx, y + v * rz, z];
    const [a, b, c, d] = [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
    this.triangle([a, b, c], look, [-1, -1, 1, -1, 1, 1]);
    return this.triangle([a, c, d], look, [-1, -1, 1, 1, -1, 1]);
  }

  quad([a, b, c, d]: readonly [Triple, Triple, Triple, Triple], look: Look): this {
    return this.triangle([a, b, c], look).triangle([a, c, d], look);
  }

  /** @param spot where each corner lies on a disc of radius 1, for `Finish.fan`. Row-major, 3 × 2. */
  triangle([a, b, c]: readonly [Triple, Triple, Triple], look: Look, spot = nowhere): this {
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
    const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
    const length = Math.hypot(...n) || 1;
    const { r, g, b: blue } = new Color(look.color);
    for (const corner of [a, b, c]) {
      this.#position.push(...corner);
      this.#normal.push(n[0] / length, n[1] / length, n[2] / length);
      this.#color.push(r, g, blue);
      this.#finish.push(look.finish ?? Finish.matt);
    }
    this.#spot.push(...spot);
    return this;
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(this.#position), 3));
    geometry.setAttribute("normal", new BufferAttribute(new Float32Array(this.#normal), 3));
    geometry.setAttribute("aColor", new BufferAttribute(new Float32Array(this.#color), 3));
    geometry.setAttribute("aFinish", new BufferAttribute(new Float32Array(this.#finish), 1));
    geometry.setAttribute("aSpot", new BufferAttribute(new Float32Array(this.#spot), 2));
    return geometry;
  }
}
