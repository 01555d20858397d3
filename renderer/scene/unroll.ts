import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  type InstancedBufferAttribute,
  type InstancedBufferGeometry,
} from "three";

type Instanced = readonly [name: string, attribute: InstancedBufferAttribute];

export const instancedOf = (geometry: InstancedBufferGeometry): Instanced[] =>
  Object.entries(geometry.attributes).filter(
    (entry): entry is [string, InstancedBufferAttribute] => "isInstancedBufferAttribute" in entry[1],
  );

/** Kits of more vertices cost more than being drawn one at a time does. */
const mostVertices = 160;
const fewestInstances = 32;
/** Vertices of one mesh; more would take more memory than a weak machine likes to give (some 80 bytes each). */
const mostInAll = 400_000;

/** Many instances of few vertices: what a processor draws one after the other, however small they are. */
export const isUnrollable = (geometry: InstancedBufferGeometry): boolean => {
  const { instanceCount } = geometry;
  const vertices = geometry.getAttribute("position")?.count ?? Number.POSITIVE_INFINITY;
  const isMany = instanceCount >= fewestInstances && vertices * instanceCount <= mostInAll;
  return vertices <= mostVertices && isMany;
};

/**
 * The same instances, with vertices of their own: one after the other in one mesh. SwiftShader draws each instance as a
 * draw of its own, which takes it some 30 µs; vertices of one mesh it draws together.
 */
export class Unrolled {
  readonly geometry = new BufferGeometry();
  readonly #whole: InstancedBufferGeometry;
  readonly #capacity: number;
  readonly #vertices: number;
  readonly #corners: ArrayLike<number>;
  readonly #index: BufferAttribute;
  /** Version of each attribute that was taken over, and of how many instances. */
  readonly #taken = new Map<string, { version: number; count: number }>();

  constructor(whole: InstancedBufferGeometry) {
    this.#whole = whole;
    this.#capacity = whole.instanceCount;
    this.#vertices = whole.getAttribute("position").count;
    this.#corners = whole.index?.array ?? Array.from({ length: this.#vertices }, (_, i) => i);
    this.#index = new BufferAttribute(new Uint32Array(this.#capacity * this.#corners.length), 1);
    this.#index.setUsage(DynamicDrawUsage);
    this.geometry.setIndex(this.#index);
    this.geometry.boundingSphere = whole.boundingSphere;
    for (const [name, { itemSize, array, normalized }] of Object.entries(whole.attributes)) {
      const Numbers = array.constructor as Float32ArrayConstructor;
      const own = new Numbers(this.#capacity * this.#vertices * itemSize);
      this.geometry.setAttribute(name, new BufferAttribute(own, itemSize, normalized));
    }
    const instanced = new Set(instancedOf(whole).map(([name]) => name));
    for (const name of Object.keys(whole.attributes)) if (!instanced.has(name)) this.#repeat(name);
  }

  /** Room enough for what there is now. */
  get fits(): boolean {
    return this.#whole.instanceCount <= this.#capacity;
  }

  /** Draws these instances from now on, as they are now. @param kept their numbers, the first `count` of them */
  draw(kept: Uint32Array, count: number): void {
    this.#follow();
    const corners = this.#corners;
    const index = this.#index.array;
    let to = 0;
    for (let i = 0; i < count; i++) {
      const first = kept[i]! * this.#vertices;
      for (let k = 0; k < corners.length; k++) index[to++] = first + corners[k]!;
    }
    this.#index.clearUpdateRanges();
    this.#index.addUpdateRange(0, to);
    this.#index.needsUpdate = true;
    this.geometry.setDrawRange(0, to);
  }

  dispose(): void {
    this.geometry.dispose();
  }

  /** Takes over what telemetry, or the level of detail, has changed. */
  #follow(): void {
    const { instanceCount } = this.#whole;
    for (const [name, from] of instancedOf(this.#whole)) {
      const taken = this.#taken.get(name);
      if (taken?.version === from.version && taken.count >= instanceCount) continue;
      this.#taken.set(name, { version: from.version, count: instanceCount });
      this.#spread(name, from);
    }
  }

  /** Each instance's own value, once for each of its vertices. */
  #spread(name: string, { array: from, itemSize }: InstancedBufferAttribute): void {
    const own = this.geometry.getAttribute(name) as BufferAttribute;
    const to = own.array;
    let at = 0;
    for (let i = 0; i < this.#whole.instanceCount; i++)
      for (let vertex = 0; vertex < this.#vertices; vertex++)
        for (let k = 0; k < itemSize; k++) to[at++] = from[i * itemSize + k]!;
    own.clearUpdateRanges();
    own.addUpdateRange(0, at);
    own.needsUpdate = true;
  }

  /** The kit's own vertices, once for each instance. */
  #repeat(name: string): void {
    const from = this.#whole.getAttribute(name).array;
    const to = this.geometry.getAttribute(name).array;
    for (let i = 0; i < this.#capacity; i++) to.set(from, i * from.length);
  }
}
