import type { TwinFiles } from "#twins/model/twin.ts";
import type { AnnouncedEdit, AnnouncedPoint } from "./announcement.ts";
import { collectAssets, systemIds } from "./collect.ts";
import { placeEquipment } from "./equipment.ts";
import { layOutCampus } from "./layout.ts";
import { placeRacks } from "./tree.ts";
import { applyEdits, nameIds, twinFiles } from "./write.ts";

export type { AnnouncedEdit, AnnouncedPoint } from "./announcement.ts";

/**
 * Files of a twin directory for what was announced: the same set gives the same bytes, whatever its order.
 * Rules of classes, levels and layout: docs/ANNOUNCED.md. Edits of assets that are not there do nothing.
 */
export const announceTwin = (
  points: readonly AnnouncedPoint[],
  edits: readonly AnnouncedEdit[],
): TwinFiles => {
  const assets = collectAssets(points);
  const places = placeRacks(assets);
  placeEquipment(places, assets);
  layOutCampus(places.zones);
  nameIds(places);
  applyEdits(places.zones, edits);
  return twinFiles(places, systemIds(points));
};
