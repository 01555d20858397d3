import {
  type BufferGeometry,
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
import type { Share } from "./pieces.ts";
import type { Strip } from "./strips.ts";
import { instancedOf, isUnrollable, Unrolled } from "./unroll.ts";

/** Meshes of fewer vertices than this are drawn as they are: to sift them would save nothing. */
const leastVertices = 24_000;
/** Scenery that is smaller than this is left out, CSS pixels across. */
const leastPx = 1.6;
/** From here on it is data and what is drawn over it: left out only where the camera does not look, however small. */
const dataOrder = 300;
/** What an instance may reach beyond its box, m. */
const marginM = 2;

interface Sifted {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly whole: InstancedBufferGeometry;
  readonly part: BufferGeometry;
}

export interface SiftedPicture {
  /** CSS pixels. */
  readonly heightPx: number;
  /** The eye stands in a closed room: of what is outdoors nothing is seen. */
  readonly isIndoors?: boolean;
  /** Only this part of the picture is drawn. */
  readonly strip?: Strip | null;
  /** Only this part of each object is drawn. */
  readonly share?: Share | null;
}

/** From what the camera sees to a strip of it, which then fills the height. */
const cropTo = ({ top, height, of }: Strip, into: Matrix4): Matrix4 => {
  const scale = of / height;
  const middle = 1 - (2 * top + height) / of;
  return into.makeScale(1, scale, 1).setPosition(0, -middle * scale, 0);
};

const isCostly = ({ geometry }: Mesh<InstancedBufferGeometry>): boolean => {
  const own = geometry.index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  return own * geometry.instanceCount > leastVertices;
};

/**
 * For a picture that the processor draws: instances outside of it, or too small to see, are left out before their vertices
 * are worked out, which such a device does for every kit of the whole campus; and those of few vertices are drawn as one
 * mesh (unroll.ts). Meshes say by `userData.sifts` that `iPose` and `iSize` are the box that holds an instance. The
 * picture is the same but for what no pixel shows.
 */
export class Sieve {
  readonly #root: Object3D;
  readonly #parts = new WeakMap<InstancedBufferGeometry, InstancedBufferGeometry>();
  readonly #unrolled = new WeakMap<InstancedBufferGeometry, Unrolled>();
  readonly #frustum = new Frustum();
  readonly #matrix = new Matrix4();
  readonly #crop = new Matrix4();
  readonly #sphere = new Sphere();
  #kept = new Uint32Array(1024);
  #sifted: Sifted[] = [];
  #shared: { readonly geometry: BufferGeometry; readonly start: number; readonly count: number }[] = [];

  constructor(root: Object3D) {
    this.#root = root;
  }

  /** Leaves out what this camera does not see, until `restore`. */
  sift(camera: PerspectiveCamera, picture: SiftedPicture): void {
    const { heightPx, isIndoors = false, strip = null, share = null } = picture;
    this.#matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    if (strip) this.#matrix.premultiply(cropTo(strip, this.#crop));
    this.#frustum.setFromProjectionMatrix(this.#matrix);
    const perRadian = heightPx / 2 / Math.tan((camera.fov * Math.PI) / 360);
    this.#root.traverseVisible((object) => {
      if (object.layers.mask === 0) return;
      const mesh = object as Mesh<InstancedBufferGeometry>;
      const whole = mesh.geometry;
      if (!whole?.isInstancedBufferGeometry) {
        if (share && whole && mesh.isMesh) this.#share(whole, share);
        return;
      }
      const sifts = object.userData["sifts"] === true;
      const isData = object.renderOrder >= dataOrder;
      const unrolls = isUnrollable(whole);
      if (!unrolls && !(sifts && (share || isCostly(mesh)))) return;
      const found = !sifts
        ? this.#keepAll(whole)
        : isIndoors && !isData
          ? 0
          : this.#keep(whole, { camera, leastShare: isData ? 0 : leastPx / perRadian });
      const count = share ? this.#shareOfKept(found, share) : found;
      this.#sifted.push({ mesh, whole, part: this.#withKept(whole, { count, unrolls }) });
    });
    for (const { mesh, part } of this.#sifted) (mesh as Mesh).geometry = part;
  }

  /** Gives all meshes their instances back: what else draws or picks knows them by their places among all. */
  restore(): void {
    for (const { mesh, whole } of this.#sifted) mesh.geometry = whole;
    this.#sifted = [];
    for (const { geometry, start, count } of this.#shared) geometry.setDrawRange(start, count);
    this.#shared = [];
  }

  /** Has only a part of these triangles drawn, until `restore`. */
  #share(geometry: BufferGeometry, { at, of }: Share): void {
    const { start, count } = geometry.drawRange;
    this.#shared.push({ geometry, start, count });
    const all = geometry.index?.count ?? geometry.getAttribute("position").count;
    const triangles = Math.floor((Math.min(start + count, all) - start) / 3);
    const from = Math.floor((triangles * at) / of);
    geometry.setDrawRange(start + from * 3, (Math.floor((triangles * (at + 1)) / of) - from) * 3);
  }

  /** Of the instances that are kept only a part. @returns how many */
  #shareOfKept(count: number, { at, of }: Share): number {
    const from = Math.floor((count * at) / of);
    const end = Math.floor((count * (at + 1)) / of);
    this.#kept.copyWithin(0, from, end);
    return end - from;
  }

  #roomFor(count: number): Uint32Array {
    if (this.#kept.length < count) this.#kept = new Uint32Array(count);
    return this.#kept;
  }

  #keepAll({ instanceCount }: InstancedBufferGeometry): number {
    const kept = this.#roomFor(instanceCount);
    for (let i = 0; i < instanceCount; i++) kept[i] = i;
    return instanceCount;
  }

  /** Writes down which instances are seen. @returns how many */
  #keep(
    whole: InstancedBufferGeometry,
    { camera, leastShare }: { readonly camera: Camera; readonly leastShare: number },
  ): number {
    const pose = whole.getAttribute("iPose").array as Float32Array;
    const size = whole.getAttribute("iSize").array as Float32Array;
    const kept = this.#roomFor(whole.instanceCount);
    const { x, y, z } = camera.position;
    const sphere = this.#sphere;
    let count = 0;
    for (let i = 0; i < whole.instanceCount; i++) {
      const width = size[i * 3]!;
      const height = size[i * 3 + 1]!;
      const depth = size[i * 3 + 2]!;
      sphere.center.set(pose[i * 4]!, pose[i * 4 + 1]! + height / 2, pose[i * 4 + 2]!);
      const radius = Math.sqrt(width * width + height * height + depth * depth) / 2;
      sphere.radius = radius + marginM;
      const { center } = sphere;
      const away = Math.sqrt((center.x - x) ** 2 + (center.y - y) ** 2 + (center.z - z) ** 2);
      if (radius * 2 < leastShare * away || !this.#frustum.intersectsSphere(sphere)) continue;
      kept[count++] = i;
    }
    return count;
  }

  /** A geometry of those that are kept. */
  #withKept(
    whole: InstancedBufferGeometry,
    { count, unrolls }: { readonly count: number; readonly unrolls: boolean },
  ): BufferGeometry {
    if (unrolls) {
      const unrolled = this.#unrolledOf(whole);
      unrolled.draw(this.#kept, count);
      return unrolled.geometry;
    }
    const part = this.#partOf(whole);
    for (const [name, { array: from, itemSize }] of instancedOf(whole)) {
      const put = part.getAttribute(name) as InstancedBufferAttribute;
      const to = put.array;
      for (let i = 0; i < count; i++)
        for (let k = 0; k < itemSize; k++) to[i * itemSize + k] = from[this.#kept[i]! * itemSize + k]!;
      put.clearUpdateRanges();
      put.addUpdateRange(0, count * itemSize);
      put.needsUpdate = true;
    }
    part.instanceCount = count;
    return part;
  }

  #unrolledOf(whole: InstancedBufferGeometry): Unrolled {
    const had = this.#unrolled.get(whole);
    if (had?.fits) return had;
    had?.dispose();
    const made = new Unrolled(whole);
    if (!had) whole.addEventListener("dispose", () => this.#unrolled.get(whole)?.dispose());
    this.#unrolled.set(whole, made);
    return made;
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
