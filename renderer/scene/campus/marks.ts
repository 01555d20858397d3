import { Group, type IUniform } from "three";
import type { AssetRef } from "#twins/model/twin.ts";
import { plannedBoxes } from "./ghosts.ts";
import { type Box, boxOf, type Layout } from "./layout.ts";
import { Outline } from "./outline.ts";

const unitBox: Box = { x: 0, y: 0, z: 0, yaw: 0, width: 1, height: 1, depth: 1 };

/** Outlines of what is selected, of what the pointer is over, and of buildings that are only planned. */
export class Marks {
  /** Drawn over data; left out when a pixel is read back. */
  readonly over = new Group();
  readonly planned: Outline;
  readonly #layout: Layout;
  readonly #selected = new Outline([unitBox], {
    color: 0xffffff,
    alpha: 1,
    isHull: true,
    width: 2.2,
    grow: 0.06,
    onTop: false,
  });
  /** The same, faintly, through whatever stands in front. */
  readonly #behind = new Outline([unitBox], {
    color: 0xffffff,
    alpha: 0.22,
    isHull: true,
    width: 1,
    grow: 0.06,
    onTop: true,
  });
  readonly #hovered = new Outline([unitBox], {
    color: 0xffffff,
    alpha: 0.6,
    isHull: true,
    width: 1,
    grow: 0.06,
    onTop: true,
  });

  /** @param air haze of the sky, which takes what is planned too */
  constructor(layout: Layout, air?: IUniform<number>) {
    this.#layout = layout;
    this.planned = new Outline(plannedBoxes(layout), {
      color: 0xc9d6e4,
      alpha: 0.62,
      isHull: false,
      width: 0.6,
      grow: 0,
      onTop: false,
      dashM: 7,
      ...(air && { air }),
    });
    this.over.add(this.#behind.mesh, this.#selected.mesh, this.#hovered.mesh);
    this.put(null, null);
  }

  put(selected: AssetRef | null, hovered: AssetRef | null): void {
    const same = selected?.className === hovered?.className && selected?.row === hovered?.row;
    this.#selected.put(this.#boxOf(selected));
    // A rack is seen near, and its row hides its sides: lines through them would only confuse.
    this.#behind.put(selected?.className === "rack" ? null : this.#boxOf(selected));
    this.#hovered.put(same ? null : this.#boxOf(hovered));
  }

  /** Size of the picture, CSS pixels. */
  setPicture(width: number, height: number): void {
    this.#selected.setPicture(width, height);
    this.#behind.setPicture(width, height);
    this.#hovered.setPicture(width, height);
    this.planned.setPicture(width, height);
  }

  #boxOf(ref: AssetRef | null): Box | null {
    if (!ref || ref.className === "site") return null;
    const box = boxOf(this.#layout.twin.table(ref.className), ref.row);
    // Clear of the raised floor it stands in and of the rail above it.
    return ref.className === "rack" ? { ...box, y: box.y + 0.1, height: box.height - 0.13 } : box;
  }
}
