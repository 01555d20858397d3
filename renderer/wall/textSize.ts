/** Where a wall is seen from, and how fine its pixels are. */
export interface WallGeometry {
  /** Distance of the farthest seat, m. */
  readonly distanceM: number;
  /** Size of one CSS pixel on the wall, mm. */
  readonly pitchMm: number;
}

/** An LED wall of 2 mm pitch seen from 6 m: 1,920 pixels are 3.84 m. */
export const usualWall: WallGeometry = { distanceM: 6, pitchMm: 2 };

/** Angles that characters subtend at the farthest seat, minutes of arc (UX §7; ISO 9241-303 asks for 20–22 and no less than 16). */
export const textAngles = { latin: 22, hanzi: 26, least: 16 } as const;

/** Height of the letters themselves within 1 em of Noto Sans SC: Latin capitals, and the body of a Hanzi. */
const shareOfEm = { latin: 0.733, hanzi: 0.92 } as const;

/** Height of something that subtends an angle at a distance, mm. */
export const heightMm = (angleArcmin: number, distanceM: number): number =>
  2 * distanceM * 1000 * Math.tan((angleArcmin / 60 / 2) * (Math.PI / 180));

/**
 * Font size for a script that is comfortable at the farthest seat, CSS pixels, rounded up to whole ones.
 * @param angleArcmin the script's own angle when absent.
 */
export const fontPx = (
  script: keyof typeof shareOfEm,
  wall: WallGeometry,
  angleArcmin: number = textAngles[script],
): number => Math.ceil(heightMm(angleArcmin, wall.distanceM) / wall.pitchMm / shareOfEm[script]);

/** The three text sizes of the wall, CSS pixels. */
export interface WallSizes {
  /** Provenance and notes: never under the least angle. */
  readonly small: number;
  /** Running text, comfortable for both scripts. */
  readonly body: number;
  /** Headline numbers. */
  readonly large: number;
}

/** Sizes for both languages at once, so that switching moves nothing. */
export const wallSizes = (wall: WallGeometry): WallSizes => {
  const body = Math.max(fontPx("latin", wall), fontPx("hanzi", wall));
  const least = Math.max(fontPx("latin", wall, textAngles.least), fontPx("hanzi", wall, textAngles.least));
  return { small: Math.max(least, Math.round(body * 0.75)), body, large: Math.round(body * 2) };
};
