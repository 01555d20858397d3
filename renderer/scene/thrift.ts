import { type BufferGeometry, type InstancedBufferGeometry, Material, type Mesh, type Object3D } from "three";

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
 * among it, nor what says so by `userData.keep` (shells, ground, sky); what covers much and tells little says by
 * `userData.rests` that it is. What has a plainer material for moves wears it (`userData.lean`).
 */
export class Thrift {
  readonly #root: Object3D;
  #hidden: Object3D[] = [];
  #plain: (readonly [mesh: Mesh, own: Material])[] = [];

  constructor(root: Object3D) {
    this.#root = root;
  }

  /** Leaves costly scenery out, or brings it back. Drawn once between the two, nothing else is to touch `visible`. */
  lean(isLean: boolean): void {
    for (const object of this.#hidden) object.visible = true;
    for (const [mesh, own] of this.#plain) mesh.material = own;
    this.#hidden = [];
    this.#plain = [];
    if (!isLean) return;
    this.#root.traverseVisible((object) => {
      const { keep, rests, lean } = object.userData;
      const isCostly = (object as Mesh).isMesh && verticesOf(object as Mesh) > mostVertices;
      if ((isCostly || rests === true) && object.renderOrder < dataOrder && keep !== true)
        this.#hidden.push(object);
      if (lean instanceof Material) this.#plain.push([object as Mesh, (object as Mesh).material as Material]);
    });
    for (const [mesh] of this.#plain) mesh.material = mesh.userData["lean"] as Material;
    for (const object of this.#hidden) object.visible = false;
  }
}
