import { Vector3 } from "three";
import { expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "./campus/layout.ts";
import { cameraAt } from "./campus/scene.fixture.ts";
import { poseOf } from "./poses.ts";

it("a wind turbine is seen whole, from its foot to the tip of its blades, below the panels", () => {
  const twin = campusTwin();
  const table = twin.table("windTurbine");
  const { pose, size } = table;
  const rotorM = table.attribute("rotorM")![0]!;
  const camera = cameraAt(poseOf(layoutOf(twin), { className: "windTurbine", row: 0 }, 38));
  const at = (up: number): Vector3 => new Vector3(pose[0], up, -pose[1]!).project(camera);
  const [foot, tip] = [at(pose[2]!), at(pose[2]! + size[2]! + rotorM / 2)];
  expect(foot.y).toBeGreaterThan(-0.95);
  expect(tip.y).toBeLessThan(0.45);
  expect(tip.y - foot.y).toBeGreaterThan(1);
});
