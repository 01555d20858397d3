import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText } from "#twins/model/twin.ts";

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
