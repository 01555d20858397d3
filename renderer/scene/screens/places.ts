import { Vector3 } from "three";
import { type Box, boxOf, groundOfBoxes, type Layout } from "#renderer/scene/campus/layout.ts";
import { within } from "#renderer/scene/campus/site.ts";
import type { Pose } from "#renderer/scene/poses.ts";
import type { AssetRef, FactScreen } from "#twins/model/twin.ts";

/** Asset that a screen stands before: that of the fact it stands for; null in a twin without one. */
export const assetOfScreen = ({ twin }: Layout, screen: FactScreen): AssetRef | null => {
  const at = twin.facts.find((fact) => fact.screen === screen)?.asset;
  return (at === undefined ? undefined : twin.find(at)) ?? null;
};

/** Width and height of the face, and how high it stands above the ground, m. */
export const face = { width: 24, height: 10, foot: 2.4 } as const;
/** Pixels of the face. */
export const facePx = { width: 1560, height: 650 } as const;

/** How far in front of its asset a screen stands, m: beyond the apron of a hall. */
const ahead: Readonly<Record<FactScreen, number>> = { noc: 24, exchange: 24, cityBrain: 24 };

/** How far aside of the middle of its asset, m: the NOC wall stands between two lamps of the road. */
const aside: Readonly<Record<FactScreen, number>> = { noc: -20, exchange: 0, cityBrain: 0 };

/** Where a screen stands: the foot of its face, which looks along local south. The NOC wall looks north, to the approach. */
export const screenBox = (layout: Layout, id: FactScreen): Box | null => {
  const ref = assetOfScreen(layout, id);
  if (!ref) return null;
  const box = boxOf(layout.twin.table(ref.className), ref.row);
  const facing = id === "noc" ? { ...box, yaw: box.yaw + Math.PI } : box;
  return within(facing, [aside[id], 0, box.depth / 2 + ahead[id]], [face.width, face.height, 0.7]);
};

/** Straight before a screen, so that it fills what the panels leave free. */
export const screenPose = (layout: Layout, id: FactScreen): Pose | null => {
  const box = screenBox(layout, id);
  if (!box) return null;
  const eye = within(box, [0, 0, 30], [0, 0, 0]);
  return {
    target: new Vector3(box.x, face.foot + face.height * 0.42, box.z),
    eye: new Vector3(eye.x, face.foot + face.height * 0.5, eye.z),
  };
};

/** Rows of city portals: those of zones that are not to scale and no compute network. Others are places of the campus. */
export const portalRows = ({ twin }: Layout): readonly number[] => {
  const scale = twin.table("zone").attribute("notToScale");
  const hub = twin.table("portal").attribute("hub");
  return Array.from({ length: twin.table("portal").count }, (_, row) => row).filter((row) => {
    // Hubs are points of the region's diagram: nothing of them stands at the campus.
    if (hub?.[row] === 1) return false;
    const zone = twin.parentOf({ className: "portal", row });
    return zone?.className === "zone" && scale?.[zone.row] === 1 && !twin.rangeBelow(zone, "centre");
  });
};

/** All portals from the south-east, low enough that their signs stand against the plain. */
export const portalsPose = (layout: Layout): Pose | null => {
  const table = layout.twin.table("portal");
  const ground = groundOfBoxes(portalRows(layout).map((row) => boxOf(table, row)));
  if (!ground) return null;
  return {
    target: new Vector3(ground.x + 10, 8, ground.z + 10),
    eye: new Vector3(ground.x + ground.width * 0.34, 150, ground.z + ground.depth * 0.5 + 400),
  };
};
