import { type Mesh, type Object3D, ShaderMaterial } from "three";

/**
 * Tells shaders whether the processor draws. There every texture read and every branch of a pattern is paid for on each
 * pixel, taken or not, so what sets surfaces off from one another stays and grain, weathering, reflections and soft
 * edges of shadows go (`#ifdef FRUGAL`), and meshes whose `userData.fullOnly` is true. Colours of data are the same in both.
 */
export class Frugality {
  readonly #root: Object3D;
  #isFrugal = false;

  constructor(root: Object3D) {
    this.#root = root;
  }

  /** Has all that is drawn follow. What was drawn the other way is compiled anew, once. */
  follow(isFrugal: boolean): void {
    if (!isFrugal && !this.#isFrugal) return;
    this.#isFrugal = isFrugal;
    this.#root.traverse(this.#tell);
  }

  readonly #tell = (object: Object3D): void => {
    if (object.userData["fullOnly"] === true) object.visible = !this.#isFrugal;
    const { material } = object as Mesh;
    if (!(material instanceof ShaderMaterial) || "FRUGAL" in material.defines === this.#isFrugal) return;
    if (this.#isFrugal) material.defines["FRUGAL"] = "";
    else delete material.defines["FRUGAL"];
    material.needsUpdate = true;
  };
}
