import { expect, it } from "vitest";
import { labelFragment } from "#renderer/scene/campus/labelShader.ts";
import { dataSurface, doubtColours } from "./data.glsl.ts";

it("has the looks whose distance to the alarm hues is proved in data/colormap.test.ts", () => {
  expect(dataSurface).toContain("dot(colour, vec3(0.299, 0.587, 0.114))");
  expect(dataSurface).toContain("mix(vec3(luma), colour, 0.22) * 0.5");
  for (const grey of ["0.27, 0.30, 0.34", "0.47, 0.50, 0.55", "0.10, 0.11, 0.13", "0.80, 0.82, 0.86"])
    expect(dataSurface).toContain(`vec3(${grey})`);
});

it("draws doubt in labels with the same colours as on data surfaces", () => {
  expect(dataSurface).toContain(doubtColours);
  expect(labelFragment).toContain(doubtColours);
});
