import type { BufferGeometry, InstancedBufferGeometry, Mesh, Object3D } from "three";

/** Scenery of more vertices than this rests while a weak machine moves the camera. */
const mostVertices = 24_000;
/** Data surfaces and what is drawn over them; never left out. */
const dataOrder = 300;

/** Vertices that a draw of this mesh runs through. */
const verticesOf = ({ geometry }: { readonly geometry: BufferGeometry }): number => {
  const own = geometry.index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  return own * ((geometry as InstancedBufferGeometry).instanceCount ?? 1);
};

/**
 * Scenery that is left out while a weak machine moves the camera: what costs most for what it tells. Data is never
 * among it, nor what says so by `userData.keep` (shells, ground, sky).
 */
export class Thrift {
  readonly #root: Object3D;
  #hidden: Object3D[] = [];

  constructor(root: Object3D) {
    this.#root = root;
  }

  /** Leaves costly scenery out, or brings it back. Drawn once between the two, nothing else is to touch `visible`. */
  lean(isLean: boolean): void {
    for (const object of this.#hidden) object.visible = true;
    this.#hidden = [];
    if (!isLean) return;
    this.#root.traverseVisible((object) => {
      const isCostly = (object as Mesh).isMesh && verticesOf(object as Mesh) > mostVertices;
      if (isCostly && object.renderOrder < dataOrder && object.userData["keep"] !== true)
        this.#hidden.push(object);
    });
    for (const object of this.#hidden) object.visible = false;
  }
}
