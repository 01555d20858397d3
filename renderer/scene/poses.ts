import { Vector3 } from "three";
import type { AssetRef } from "#twins/model/twin.ts";
import { type Box, boxOf, type Layout } from "./campus/layout.ts";
import { type Plot, plotsOf } from "./campus/site.ts";
import { type Diagram, diagramOf, radiusOf, type Spot } from "./region/diagram.ts";

/** A place to look from and a point to look at, world axes, metres. */
export interface Pose {
  readonly eye: Vector3;
  readonly target: Vector3;
}

/** A pose by compass: azimuth of the eye seen from the target and its elevation, degrees. */
const around = (
  target: Vector3,
  {
    azimuth,
    elevation,
    distance,
  }: { readonly azimuth: number; readonly elevation: number; readonly distance: number },
): Pose => {
  const a = (azimuth * Math.PI) / 180;
  const e = (elevation * Math.PI) / 180;
  return {
    target,
    eye: new Vector3(
      target.x + Math.sin(a) * Math.cos(e) * distance,
      target.y + Math.sin(e) * distance,
      target.z - Math.cos(a) * Math.cos(e) * distance,
    ),
  };
};

/** Distance from which a thing of this size fills `share` of the picture's height. */
const fitting = (size: number, share: number, fovDeg: number): number =>
  size / share / (2 * Math.tan((fovDeg * Math.PI) / 360));

const centreOf = (box: Box, up: number): Vector3 => new Vector3(box.x, box.y + box.height * up, box.z);

const degrees = (yaw: number): number => (yaw * 180) / Math.PI;

/** Part of the picture that panels leave to the campus, from its middle, of its half width and half height. */
const clear = { side: 0.78, top: 0.66, bottom: 0.84 };
const home = { fovDeg: 38, aspect: 16 / 9, elevation: 33, azimuth: 202, nearest: 80, farthest: 25_000 };

/** What is looked at where nothing stands, m. */
const emptyGround = { west: -60, east: 60, north: -40, south: 40 } as const;

/** Whether a point on the ground is in the clear part of the picture, as the usual camera sees it. */
const isClear = ({ eye, target }: Pose, point: Vector3): boolean => {
  const forward = target.clone().sub(eye).normalize();
  const right = forward
    .clone()
    .cross(new Vector3(0, 1, 0))
    .normalize();
  const towards = point.clone().sub(eye);
  const half = towards.dot(forward) * Math.tan((home.fovDeg * Math.PI) / 360);
  const up = towards.dot(right.clone().cross(forward)) / half;
  return (
    half > 0 &&
    Math.abs(towards.dot(right)) <= half * home.aspect * clear.side &&
    up <= clear.top &&
    up >= -clear.bottom
  );
};

/** Overview of plots that know their bounds: all of them, from the sunny side, as near as the panels allow. */
const wholePose = (plots: readonly Plot[]): Pose => {
  const shown = plots.length > 0 ? plots : [emptyGround];
  const [west, east] = [Math.min(...shown.map((p) => p.west)), Math.max(...shown.map((p) => p.east))];
  const [north, south] = [Math.min(...shown.map((p) => p.north)), Math.max(...shown.map((p) => p.south))];
  const target = new Vector3((west + east) / 2, 0, (north + south) / 2);
  const corners = [west, east].flatMap((x) => [north, south].map((z) => new Vector3(x, 0, z)));
  for (let distance = home.nearest; ; distance *= 1.04) {
    const pose = around(target, { azimuth: home.azimuth, elevation: home.elevation, distance });
    if (distance > home.farthest || corners.every((corner) => isClear(pose, corner))) return pose;
  }
};

/**
 * Overview: the plot with the most racks across the lower third, the rest of the campus, solar field and turbines
 * behind it, the horizon level and high. The eye stands to the north-west, where built halls come before sites.
 */
export const homePose = (layout: Layout): Pose => {
  const plots = plotsOf(layout);
  if (plots.every(({ isEnclosed }) => isEnclosed)) return wholePose(plots);
  const racks = (plot: Plot): number => plot.buildings.reduce((sum, b) => sum + b.racks[1] - b.racks[0], 0);
  const main = plots.reduce((best, plot) => (racks(plot) > racks(best) ? plot : best), plots[0]!);
  const [x, z] = [(main.west + main.east) / 2, (main.north + main.south) / 2];
  const [halfWidth, halfDepth] = [(main.east - main.west) / 2, (main.south - main.north) / 2];
  return {
    target: new Vector3(x + halfWidth * 1.1, 0, z + halfDepth * 0.3),
    eye: new Vector3(x - halfWidth * 1.5, halfDepth * 0.74, z - halfDepth * 1.6),
  };
};

/** From where the region is seen: north up, the campus in the upper third. */
const overRegion = { azimuth: 180, elevation: 35, distance: 48_000 } as const;

/** The whole diagram, or one of its points and the campus that it is linked with. */
export const regionPose = (diagram: Diagram, spot?: Spot): Pose => {
  const { home } = diagram;
  if (!spot) return around(new Vector3(home.x + 900, 0, home.z + radiusOf(7)), overRegion);
  const [x, z] = [(home.x + spot.x) / 2, (home.z + spot.z) / 2];
  const apart = Math.hypot(home.x - spot.x, home.z - spot.z);
  return around(new Vector3(x, 0, z), { ...overRegion, distance: Math.max(24_000, 2.1 * apart) });
};

/** Nearer than this the campus is seen and nothing of the region, m. */
const campusWithinM = 6500;
/** From this distance on a pose looks at the region. */
const regionFromM = 20_000;

/** Steps back from the region where panels stand around the picture, so that they cover no point of it. */
export const clearOfPanels = ({ eye, target }: Pose): Pose => {
  const distance = eye.distanceTo(target);
  if (distance < regionFromM) return { eye, target };
  const north = new Vector3(0, 0, -0.06 * distance);
  return {
    target: target.clone().add(north),
    eye: eye.clone().sub(target).multiplyScalar(1.3).add(target).add(north),
  };
};

/** A picture wider than this shows the region from lower down: the far air across all of it, and more of its width. */
export const wideAspect = 2.6;
/** `lower` lets the diagram stand that much of the distance further down: clear of the title. */
const wide = { azimuth: 180, elevation: 22, closer: 0.75, lower: 0.03 } as const;

/** The region's poses as a wide wall shows them; every other as it is. */
export const flatterIfWide = ({ eye, target }: Pose, aspect: number): Pose => {
  const distance = eye.distanceTo(target);
  if (distance < regionFromM || aspect < wideAspect) return { eye, target };
  const north = target.clone().add(new Vector3(0, 0, -wide.lower * distance));
  return around(north, { ...wide, distance: distance * wide.closer });
};

/** An asset that stands in the diagram of the region and not on the campus; null for every other. */
const poseInRegion = ({ twin, centre }: Layout, { className, row }: AssetRef): Pose | null => {
  if (className !== "centre" && className !== "portal" && className !== "zone") return null;
  const diagram = diagramOf(twin, centre);
  if (!diagram) return null;
  const ofHome = { className: "centre", row: diagram.home.row } as const;
  if (className === "zone") return twin.parentOf(ofHome)?.row === row ? regionPose(diagram) : null;
  if (className === "centre" && row === diagram.home.row) return regionPose(diagram);
  const spots = className === "centre" ? diagram.centres : diagram.hubs;
  const spot = spots.find((each) => each.row === row);
  return spot ? regionPose(diagram, spot) : null;
};

/** How a rack is looked at: aslant, so that its row runs away beyond it; it stands aside of the picture's middle. */
const rackView = { azimuth: 40, elevation: 5, distance: 4.4, asideM: 1.5 } as const;

/** From before the rack's front, on the side of its row's nearer end: the longer part of the row lies behind it. */
const rackPose = ({ twin }: Layout, row: number): Pose => {
  const box = boxOf(twin.table("rack"), row);
  const above = twin.parentOf({ className: "rack", row });
  const line = above ? boxOf(twin.table(above.className), above.row) : box;
  const [c, s] = [Math.cos(box.yaw), Math.sin(box.yaw)];
  const side = (box.x - line.x) * c + (box.z - line.z) * s < 0 ? -1 : 1;
  const pose = around(centreOf(box, 0.5), {
    ...rackView,
    azimuth: degrees(box.yaw) + side * rackView.azimuth,
  });
  const { asideM } = rackView;
  return {
    eye: pose.eye,
    target: pose.target.add(new Vector3(-side * asideM * c, -0.05, -side * asideM * s)),
  };
};

/** Where to stand to see an asset well. */
export const poseOf = (layout: Layout, ref: AssetRef, fovDeg: number): Pose => {
  const far = poseInRegion(layout, ref);
  if (far) return far;
  const box = boxOf(layout.twin.table(ref.className), ref.row);
  const yaw = degrees(box.yaw);
  const diagonal = Math.hypot(box.width, box.depth);
  switch (ref.className) {
    case "site":
      return homePose(layout);
    case "zone":
      return around(centreOf(box, 0), {
        azimuth: 205,
        elevation: 30,
        // However large: farther off the campus gives way to the region.
        distance: Math.min(campusWithinM, fitting(diagonal, 1.25, fovDeg)),
      });
    case "building":
      return around(centreOf(box, 0.35), {
        azimuth: yaw + 205,
        elevation: 29,
        distance: fitting(diagonal, 0.98, fovDeg),
      });
    case "floor":
      return around(centreOf(box, 0.1), {
        azimuth: yaw + 200,
        elevation: 44,
        distance: fitting(diagonal, 1.6, fovDeg),
      });
    case "room":
      // From inside its near corner, as low as its rows allow: fronts are seen, and deep rooms from higher up.
      return around(new Vector3(box.x, box.y + 1.1, box.z), {
        azimuth: yaw + 214,
        elevation: 25 + Math.min(11, Math.max(0, (box.depth - 15) * 0.5)),
        distance: fitting(diagonal, 2.1 - Math.min(0.3, Math.max(0, (box.depth - 15) * 0.02)), fovDeg),
      });
    case "row":
      return around(centreOf(box, 0.5), {
        azimuth: yaw + 18,
        elevation: 34,
        distance: fitting(diagonal, 1.6, fovDeg),
      });
    case "rack":
      return rackPose(layout, ref.row);
    case "windTurbine": {
      // Whole, blades and all, below the panels on top of the picture.
      const rotor = layout.twin.table("windTurbine").attribute("rotorM")?.[ref.row] ?? box.height * 1.4;
      const whole = box.height + rotor / 2;
      return around(new Vector3(box.x, box.y + 0.66 * whole, box.z), {
        azimuth: 205,
        elevation: 5,
        distance: fitting(whole, 0.6, fovDeg),
      });
    }
    default: {
      // Plant in a hall is seen from its front, from above the racks.
      if (layout.twin.parentOf(ref)?.className === "room")
        return around(centreOf(box, 0.5), { azimuth: yaw + 20, elevation: 34, distance: 9 });
      const size = Math.max(diagonal, box.height * 1.2, 3);
      return around(centreOf(box, 0.5), {
        azimuth: yaw + 205,
        elevation: 22,
        distance: fitting(size, 0.55, fovDeg),
      });
    }
  }
};
