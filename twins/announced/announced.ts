import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText, TwinFiles } from "#twins/model/twin.ts";
import { collectAssets, systemIds } from "./collect.ts";
import { placeEquipment } from "./equipment.ts";
import { layOutCampus } from "./layout.ts";
import { placeRacks } from "./tree.ts";
import { applyEdits, nameIds, twinFiles } from "./write.ts";

/** One point as the plant announced it. */
export interface AnnouncedPoint {
  /** Name of the asset in the plant's own words: DSX rackLocationId/objectId/associateId, Sparkplug group/node/device. */
  readonly externalId: string;
  /** Class by the wire's own object type; null when the wire does not say. */
  readonly className: ClassName | null;
  /** Catalogue metric; null when the point has no metric here. */
  readonly metric: string | null;
  /** DSX rackLocationId of the rack the asset belongs to, or null. */
  readonly rackLocationId: string | null;
  /** External ids it serves (servesId) and is part of / associated with (associateId). */
  readonly serves: readonly string[];
  readonly associates: readonly string[];
  /** Words for people, when announced. */
  readonly name: string | null;
}

/** A change by hand to what was laid out: of one asset of the twin, and all that stands in it. */
export interface AnnouncedEdit {
  /** Asset id of the twin, not the plant's. */
  readonly id: string;
  readonly name?: LocalText;
  /** From the parent's centre, in the parent's own axes, m. */
  readonly at?: readonly [number, number];
  /** Degrees clockwise from the parent's north. */
  readonly yawDeg?: number;
}

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
