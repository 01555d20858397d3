import {
  type Camera,
  DynamicDrawUsage,
  Frustum,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Matrix4,
  type Mesh,
  type Object3D,
  type PerspectiveCamera,
  Sphere,
} from "three";

/** Meshes of fewer vertices than this are drawn as they are: to sift them would save nothing. */
const leastVertices = 24_000;
/** What is smaller than this is left out, CSS pixels across. */
const leastPx = 1.6;
/** Data surfaces and what is drawn over them are never left out. */
const dataOrder = 300;
/** What an instance may reach beyond its box, m. */
const marginM = 2;

interface Sifted {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly whole: InstancedBufferGeometry;
  readonly part: InstancedBufferGeometry;
}

type Instanced = readonly [name: string, attribute: InstancedBufferAttribute];

const instancedOf = (geometry: InstancedBufferGeometry): Instanced[] =>
  Object.entries(geometry.attributes).filter(
    (entry): entry is [string, InstancedBufferAttribute] => "isInstancedBufferAttribute" in entry[1],
  );

const isCostly = ({ geometry }: Mesh<InstancedBufferGeometry>): boolean => {
  const own = geometry.index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  return own * geometry.instanceCount > leastVertices;
};

/**
 * For a picture that the processor draws: instances outside of it, or too small to see, are left out before their vertices
 * are worked out, which such a device does for every kit of the whole campus. Meshes say by `userData.sifts` that
 * `iPose` and `iSize` are the box that holds an instance. The picture is the same but for what no pixel shows.
 */
export class Sieve {
  readonly #root: Object3D;
  readonly #parts = new WeakMap<InstancedBufferGeometry, InstancedBufferGeometry>();
  readonly #frustum = new Frustum();
  readonly #matrix = new Matrix4();
  readonly #sphere = new Sphere();
  #sifted: Sifted[] = [];

  constructor(root: Object3D) {
    this.#root = root;
  }

  /**
   * Leaves out what this camera does not see, until `restore`.
   * @param heightPx of the picture
   * @param isIndoors the eye stands in a closed room: of what is outdoors nothing is seen
   */
  sift(camera: PerspectiveCamera, heightPx: number, isIndoors = false): void {
    this.#frustum.setFromProjectionMatrix(
      this.#matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse),
    );
    const perRadian = heightPx / 2 / Math.tan((camera.fov * Math.PI) / 360);
    this.#root.traverseVisible((object) => {
      if (object.userData["sifts"] !== true || object.renderOrder >= dataOrder) return;
      const mesh = object as Mesh<InstancedBufferGeometry>;
      if (!isCostly(mesh)) return;
      const whole = mesh.geometry;
      const part = this.#partOf(whole);
      if (isIndoors) part.instanceCount = 0;
      else this.#fill(whole, part, { camera, leastShare: leastPx / perRadian });
      this.#sifted.push({ mesh, whole, part });
    });
    for (const { mesh, part } of this.#sifted) mesh.geometry = part;
  }

  /** Gives all meshes their instances back: what else draws or picks knows them by their places among all. */
  restore(): void {
    for (const { mesh, whole } of this.#sifted) mesh.geometry = whole;
    this.#sifted = [];
  }

  #fill(
    whole: InstancedBufferGeometry,
    part: InstancedBufferGeometry,
    { camera, leastShare }: { readonly camera: Camera; readonly leastShare: number },
  ): void {
    const pose = whole.getAttribute("iPose").array as Float32Array;
    const size = whole.getAttribute("iSize").array as Float32Array;
    const pairs = instancedOf(whole).map(([name, from]) => {
      const to = part.getAttribute(name) as InstancedBufferAttribute;
      return {
        from: from.array as Float32Array,
        to: to.array as Float32Array,
        items: from.itemSize,
        put: to,
      };
    });
    const { x, y, z } = camera.position;
    const sphere = this.#sphere;
    let count = 0;
    for (let i = 0; i < whole.instanceCount; i++) {
      const [width, height, depth] = [size[i * 3]!, size[i * 3 + 1]!, size[i * 3 + 2]!];
      sphere.center.set(pose[i * 4]!, pose[i * 4 + 1]! + height / 2, pose[i * 4 + 2]!);
      const radius = Math.sqrt(width * width + height * height + depth * depth) / 2;
      sphere.radius = radius + marginM;
      const { center } = sphere;
      const away = Math.sqrt((center.x - x) ** 2 + (center.y - y) ** 2 + (center.z - z) ** 2);
      if (radius * 2 < leastShare * away || !this.#frustum.intersectsSphere(sphere)) continue;
      for (const { from, to, items } of pairs)
        for (let k = 0; k < items; k++) to[count * items + k] = from[i * items + k]!;
      count++;
    }
    for (const { put, items } of pairs) {
      put.clearUpdateRanges();
      put.addUpdateRange(0, count * items);
      put.needsUpdate = true;
    }
    part.instanceCount = count;
  }

  /** The geometry that takes what is left of another, with room for all of it. */
  #partOf(whole: InstancedBufferGeometry): InstancedBufferGeometry {
    const had = this.#parts.get(whole);
    if (had) return had;
    const part = new InstancedBufferGeometry();
    part.index = whole.index;
    for (const [name, attribute] of Object.entries(whole.attributes)) part.setAttribute(name, attribute);
    for (const [name, { count, itemSize }] of instancedOf(whole)) {
      const own = new InstancedBufferAttribute(new Float32Array(count * itemSize), itemSize);
      own.setUsage(DynamicDrawUsage);
      part.setAttribute(name, own);
    }
    part.boundingSphere = whole.boundingSphere;
    this.#parts.set(whole, part);
    whole.addEventListener("dispose", () => part.dispose());
    return part;
  }
}
