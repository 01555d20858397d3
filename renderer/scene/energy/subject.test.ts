import { describe, expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { poseFor } from "#renderer/scene/cameras.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { cameraIds } from "#renderer/stores/cameras.ts";
import { SubjectFinder } from "./subject.ts";

const layout = layoutOf(campusTwin());
const fields: Readonly<Record<string, string>> = { solar: "solar", wind: "wind", storage: "storage" };

describe("what a picture is about", () => {
  it.each(cameraIds)("from %s", (id) => {
    for (const aspect of [16 / 9, 16 / 3, 1.6])
      for (const isCrowded of [true, false]) {
        const { eye, target } = poseFor(layout, id, { fovDeg: 38, aspect, isCrowded });
        expect(new SubjectFinder(layout).of(eye, target)).toBe(fields[id] ?? "halls");
      }
  });
});
