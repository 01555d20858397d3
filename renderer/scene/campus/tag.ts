import { type PerspectiveCamera, Vector3 } from "three";
import { machineValue } from "#renderer/scene/energy/values.ts";
import { placedName } from "#renderer/ui/placedName.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { heatValue, type Speaking } from "./heatValues.ts";
import { type Label, type LabelPainter, Labels } from "./labels.ts";
import { ancestorRow, type Box, boxOf } from "./layout.ts";
import type { Focus } from "./lod.ts";
import { nearestFace } from "./rackSpot.ts";

/** Heights of a rack where its tag may stand, in parts of it: above it, else on its face, where the picture has room. */
const stands = [1, 0.93, 0.8, 0.6] as const;

/** The tag of what is selected: its name and its value, beside it. */
export class Tag {
  readonly labels = new Labels();
  readonly #at = new Vector3();
  readonly #face = new Vector3();
  #speaking: Speaking | null = null;
  #ref: AssetRef | null = null;
  #building = -1;

  /** Writes it anew: something else is selected, or language, painter or heat map changed. */
  show(ref: AssetRef | null, speaking: Speaking, paint: LabelPainter): void {
    this.#speaking = speaking;
    this.#ref = ref;
    this.labels.mesh.visible = false;
    if (!ref) return;
    const { layout, language } = speaking;
    const isRack = ref.className === "rack";
    const value = isRack ? heatValue(speaking, ref) : machineValue(speaking, ref);
    if (!value) {
      this.#ref = null;
      return;
    }
    this.#building = isRack ? ancestorRow(layout.twin, ["rack", ref.row], "building") : -1;
    const text = placedName(layout.twin, ref, language);
    const labels = (isRack ? stands : [1]).map(
      (_, i): Label => ({ text, at: new Vector3(), rank: i, once: "tag", value }),
    );
    this.labels.show(labels, paint);
    this.#at.set(Number.NaN, 0, 0);
  }

  /** Whether the thing is drawn at this level at all. */
  #isDrawn({ level, building, racks }: Focus): boolean {
    if (this.#ref?.className === "rack") return racks && building === this.#building;
    return this.#ref !== null && level === "campus";
  }

  /** Finds its place; called when the camera moved. */
  declutter(
    camera: PerspectiveCamera,
    focus: Focus,
    picture: { readonly x: number; readonly y: number },
  ): void {
    const ref = this.#ref;
    this.labels.mesh.visible = ref !== null && this.#isDrawn(focus);
    if (!ref || !this.#speaking || !this.labels.mesh.visible) return;
    const box = boxOf(this.#speaking.layout.twin.table(ref.className), ref.row);
    if (ref.className === "rack") nearestFace(box, camera.position, this.#face);
    else this.#face.set(box.x, box.y + box.height * 0.4, box.z);
    if (!this.#face.equals(this.#at)) this.#stand(box, ref.className === "rack");
    this.labels.declutter(camera, picture.x, picture.y);
  }

  /** Puts the label where it stands out, higher or lower on a rack's face. */
  #stand(box: Box, isRack: boolean): void {
    this.#at.copy(this.#face);
    const { x, y, z } = this.#face;
    const isTop = y >= box.y + box.height;
    stands.forEach((share, i) => {
      this.labels.move(i, { x, y: isRack && !isTop ? box.y + box.height * share : y, z });
    });
  }
}
