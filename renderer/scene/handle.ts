import type { CameraId } from "#renderer/stores/cameras.ts";
import type { PictureStep } from "#renderer/stores/picture.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** What the scene offers to App and to `window.twin`. Made once, when the canvas has its renderer. */
export interface SceneHandle {
  /** Resolves when a first frame was given to the device; where that is slow, the full picture comes later (`settled`). */
  shown(): Promise<void>;
  /** Resolves when pending uploads are done, flights ended, and a frame with them was drawn. */
  settled(): Promise<void>;
  /** Flies there, in `ms` where that is said; resolves when the camera rests. */
  flyTo(ref: AssetRef | CameraId, ms?: number): Promise<void>;
  /** Tells of every move of the camera that a hand makes. */
  onHand(listener: () => void): void;
  /** Analytic pick under a CSS pixel of the canvas. */
  pick(x: number, y: number): AssetRef | null;
  /** What is drawn at these CSS pixels, by a pass in colours that are ids; "edge" beside another asset. */
  drawnAt(
    points: readonly (readonly [x: number, y: number])[],
  ): Promise<readonly (AssetRef | null | "edge")[]>;
  /** CSS pixel of the asset's visible centre, or null when out of view. */
  screenOf(ref: AssetRef): { readonly x: number; readonly y: number } | null;
  /** Framebuffer colour there, 0…255, or null when the asset is hidden. */
  colorOf(ref: AssetRef): Promise<readonly [number, number, number] | null>;
  /** What is drawn now, with its labels, as wide and high as it is on this screen. */
  picture(): Promise<ImageBitmap>;
  /** Where the camera is; null while it never left its first place. */
  viewpoint(): Viewpoint | null;
  /** Puts the camera there at once. */
  look(from: Viewpoint): void;
  /** Camera facts for the north arrow and the scale bar. */
  gauge(): SceneGauge;
  stats(): SceneStats;
  invalidate(): void;
}

/** Where a camera stands and what it looks at: east, north and up of the site origin, m. */
export interface Viewpoint {
  readonly eye: readonly [east: number, north: number, up: number];
  readonly target: readonly [east: number, north: number, up: number];
}

export interface SceneGauge {
  /** Compass heading of "up" on screen, degrees clockwise from north. */
  readonly headingDeg: number;
  /** Ground metres under one CSS pixel at the camera's target. */
  readonly metresPerPixel: number;
  /** Where the camera stands and what it turns around, metres east, north and up of the site's origin. */
  readonly eye: readonly [east: number, north: number, up: number];
  readonly target: readonly [east: number, north: number];
}

export interface SceneStats {
  readonly draws: number;
  readonly triangles: number;
  readonly instances: number;
  readonly uploadBytes: number;
  readonly jsMs: number;
  readonly frames: number;
  readonly contextsLost: number;
  /** Step of the quality ladder that is drawn with. */
  readonly quality: PictureStep;
  /** Moves of a hand that the picture has answered so far, and how long the last one took, ms. */
  readonly answers: number;
  readonly answerMs: number | null;
}
