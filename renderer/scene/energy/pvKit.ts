import { BufferAttribute, BufferGeometry } from "three";

/** What a vertex of a table belongs to. */
const Part = { glass: 0, back: 1, edge: 2, steel: 3, box: 4 } as const;

/** Indices of a table without what it stands on: the first six faces. */
export const bareIndices = 6 * 6;
/** Middles of the posts under a table, in parts of its length. */
const posts = [-0.36, -0.12, 0.12, 0.36];

type Triple = readonly [x: number, y: number, z: number];

/** Grows a table out of faces of four corners. */
class TableKit {
  readonly #position: number[] = [];
  readonly #normal: number[] = [];
  readonly #part: number[] = [];
  readonly #index: number[] = [];

  quad(corners: readonly [Triple, Triple, Triple, Triple], normal: Triple, part: number): this {
    const first = this.#part.length;
    for (const corner of corners) {
      this.#position.push(...corner);
      this.#normal.push(...normal);
      this.#part.push(part);
    }
    this.#index.push(first, first + 1, first + 2, first, first + 2, first + 3);
    return this;
  }

  /** A face from the ground to the glass, between two lines (x, z). */
  upright([ax, az]: readonly [number, number], [bx, bz]: readonly [number, number], normal: Triple): this {
    return this.quad(
      [
        [ax, 0, az],
        [bx, 0, bz],
        [bx, 1, bz],
        [ax, 1, az],
      ],
      normal,
      Part.steel,
    );
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(this.#position), 3));
    geometry.setAttribute("normal", new BufferAttribute(new Float32Array(this.#normal), 3));
    geometry.setAttribute("aPart", new BufferAttribute(new Float32Array(this.#part), 1));
    geometry.setIndex(this.#index);
    return geometry;
  }
}

const slabM = 0.045;

const plane = (kit: TableKit): void => {
  const s = slabM;
  kit
    .quad(
      [
        [-0.5, 0, 0],
        [0.5, 0, 0],
        [0.5, 1, 0],
        [-0.5, 1, 0],
      ],
      [0, 1, 0],
      Part.glass,
    )
    .quad(
      [
        [0.5, 0, s],
        [-0.5, 0, s],
        [-0.5, 1, s],
        [0.5, 1, s],
      ],
      [0, -1, 0],
      Part.back,
    )
    .quad(
      [
        [-0.5, 0, s],
        [0.5, 0, s],
        [0.5, 0, 0],
        [-0.5, 0, 0],
      ],
      [0, 0, 1],
      Part.edge,
    )
    .quad(
      [
        [0.5, 1, s],
        [-0.5, 1, s],
        [-0.5, 1, 0],
        [0.5, 1, 0],
      ],
      [0, 0, -1],
      Part.edge,
    )
    .quad(
      [
        [0.5, 0, s],
        [0.5, 1, s],
        [0.5, 1, 0],
        [0.5, 0, 0],
      ],
      [1, 0, 0],
      Part.edge,
    )
    .quad(
      [
        [-0.5, 1, s],
        [-0.5, 0, s],
        [-0.5, 0, 0],
        [-0.5, 1, 0],
      ],
      [-1, 0, 0],
      Part.edge,
    );
};

/** Posts under the northern third, 12 cm wide, and from each a strut to the southern purlin. */
const post = (kit: TableKit, x: number): void => {
  const [w, z, d] = [0.0022, -0.16, 0.016];
  kit
    .upright([x - w, z + d], [x + w, z + d], [0, 0, 1])
    .upright([x + w, z - d], [x - w, z - d], [0, 0, -1])
    .upright([x + w, z + d], [x + w, z - d], [1, 0, 0])
    .upright([x - w, z - d], [x - w, z + d], [-1, 0, 0])
    .quad(
      [
        [x - w, 0.3, z],
        [x + w, 0.3, z],
        [x + w, 1, 0.27],
        [x - w, 1, 0.27],
      ],
      [0, 0.5, 0.8],
      Part.steel,
    )
    .quad(
      [
        [x + w, 0.24, z],
        [x - w, 0.24, z],
        [x - w, 0.94, 0.27],
        [x + w, 0.94, 0.27],
      ],
      [0, -0.5, -0.8],
      Part.steel,
    );
};

/** String inverter on the post right of the middle, seen from the north. */
const inverter = (kit: TableKit): void => {
  const [x0, x1, z0, z1] = [0.1, 0.137, -0.2, -0.27];
  const [low, high] = [0.36, 0.72];
  kit
    .quad(
      [
        [x1, low, z1],
        [x0, low, z1],
        [x0, high, z1],
        [x1, high, z1],
      ],
      [0, 0, -1],
      Part.box,
    )
    .quad(
      [
        [x0, high, z0],
        [x1, high, z0],
        [x1, high, z1],
        [x0, high, z1],
      ],
      [0, 1, 0],
      Part.box,
    )
    .quad(
      [
        [x1, low, z0],
        [x1, low, z1],
        [x1, high, z1],
        [x1, high, z0],
      ],
      [1, 0, 0],
      Part.box,
    )
    .quad(
      [
        [x0, low, z1],
        [x0, low, z0],
        [x0, high, z0],
        [x0, high, z1],
      ],
      [-1, 0, 0],
      Part.box,
    );
};

/** Positions: x −½…½ along the table, y 0…1 up the slope, z metres below the glass; steel: z −½…½ across, y 0…1 up to the glass. */
export const pvKit = (): BufferGeometry => {
  const kit = new TableKit();
  plane(kit);
  for (const x of posts) post(kit, x);
  inverter(kit);
  return kit.build();
};
