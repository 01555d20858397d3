import { PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { type LabelPainter, Labels } from "./labels.ts";

/** Cells of 60 × 18 pixels without ink: what is tested is where names stand. */
const blank: LabelPainter = (texts) => ({
  width: 64,
  height: 18,
  coverage: new Uint8Array(64 * 18),
  cells: Float32Array.from(texts.flatMap(() => [0, 0, 60, 18])),
  scale: 1,
});

const camera = new PerspectiveCamera(90, 1, 1, 1000);
camera.updateMatrixWorld();

/** Two names on a picture of 1000 × 1000 pixels, at 300, 500 and at 700, 500. */
const twoNames = (): Labels => {
  const labels = new Labels();
  const at = (x: number): Vector3 => new Vector3(x, 0, -100);
  labels.show(
    [
      { text: "left", at: at(-40), rank: 0 },
      { text: "right", at: at(40), rank: 1 },
    ],
    blank,
  );
  return labels;
};

const shown = (labels: Labels): number[] => {
  labels.declutter(camera, 1000, 1000);
  return [...labels.mesh.geometry.getAttribute("iShown").array];
};

describe("names", () => {
  it("take the next of their places where the first has no room, and the far side of their line", () => {
    const labels = new Labels();
    const at = new Vector3(0, 0, -100);
    const spots = [
      { at, side: 0 },
      { at: at.clone(), side: 1 },
    ] as const;
    labels.show(
      [
        { text: "first", at, rank: 0 },
        { text: "second", at, rank: 1, spots },
      ],
      blank,
    );
    // The first name's line stands between them: the place is taken whichever side it takes.
    expect(shown(labels)).toEqual([1, 0]);
    labels.cover(Float32Array.of(440, 0, 480, 1000));
    expect(shown(labels)).toEqual([0, 1]);
    expect(labels.mesh.geometry.getAttribute("iForm").getZ(1)).toBe(1);
  });

  it("stay out from under panels, and come back when the panel goes", () => {
    const labels = twoNames();
    expect(shown(labels)).toEqual([1, 1]);
    labels.cover(Float32Array.of(0, 0, 265, 1000));
    expect(shown(labels)).toEqual([0, 1]);
    labels.cover(new Float32Array(0));
    expect(shown(labels)).toEqual([1, 1]);
  });

  it("are whole or not there at the edge of the picture", () => {
    const labels = new Labels();
    labels.show([{ text: "edge", at: new Vector3(-97, 0, -100), rank: 0 }], blank);
    expect(shown(labels)).toEqual([0]);
  });
});
