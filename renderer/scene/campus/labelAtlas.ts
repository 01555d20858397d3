/** Text drawn once into one coverage texture; a cell per label, pixels of the atlas. */
export interface LabelAtlas {
  readonly width: number;
  readonly height: number;
  /** One byte per pixel, top row first. */
  readonly coverage: Uint8Array<ArrayBuffer>;
  /** x, y, width, height per label. Row-major, labels × 4. */
  readonly cells: Float32Array;
  /** Atlas pixels per CSS pixel. */
  readonly scale: number;
}
