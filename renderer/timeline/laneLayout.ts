import type { AlarmRow } from "./alarmRows.ts";

/** A band of the canvas, CSS pixels from its top. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/** Where each lane lies. The alarm rows may need more than their band: then they scroll in it. */
export interface LaneLayout {
  readonly axis: Band;
  readonly coverage: Band;
  readonly quality: Band;
  readonly alarms: Band;
  /** Height of all alarm rows together. */
  readonly alarmsWhole: number;
  readonly events: Band;
  readonly marks: Band;
  readonly height: number;
}

export const alarmRowHeight = 15;
const space = 3;

/** One line: axis and lanes share the same few pixels. */
export const slimHeight = 26;

/**
 * Stacks the lanes.
 * @param most height that the alarm rows may take, CSS pixels
 */
export const layOutLanes = (rows: readonly AlarmRow[], most: number): LaneLayout => {
  let top = 0;
  const band = (height: number): Band => {
    const at = { top, height };
    top += height + space;
    return at;
  };
  const alarmsWhole = Math.max(1, rows.length) * alarmRowHeight;
  const layout = {
    axis: band(24),
    coverage: band(11),
    quality: band(20),
    alarms: band(Math.min(alarmsWhole, Math.max(alarmRowHeight, most))),
    events: band(15),
    marks: band(17),
  };
  return { ...layout, alarmsWhole, height: top - space };
};
