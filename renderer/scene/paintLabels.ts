import type { LabelAtlas, LabelPainter } from "./campus/labels.ts";

/**
 * Sizes of names, CSS pixels. On a wall of 2 mm pitch seen from 6 m 19 pixels are 19 minutes of arc for Hanzi: over the
 * least of 16 (UX §7; ISO 9241-303).
 */
export const namePx = { desk: 13, demo: 13, wall: 19 } as const;
const lineHeight = 18 / 13;
const atlasWidth = 1024;

/** Paints label texts with the bundled typeface into a coverage atlas, one shelf per line of cells. */
export const canvasPainter =
  (pixelRatio: number, fontPx: number): LabelPainter =>
  (texts): LabelAtlas => {
    const scale = Math.min(2, Math.max(1, pixelRatio));
    const font = `500 ${fontPx * scale}px "Noto Sans SC", "Noto Sans CJK SC", sans-serif`;
    const measure = new OffscreenCanvas(1, 1).getContext("2d");
    if (!measure) throw new Error("no 2D canvas to paint labels with");
    measure.font = font;
    const tall = Math.ceil(fontPx * lineHeight * scale);
    const cells = new Float32Array(texts.length * 4);
    let x = 0;
    let y = 0;
    texts.forEach((text, i) => {
      const wide = Math.min(atlasWidth, Math.ceil(measure.measureText(text).width) + 2);
      if (x + wide > atlasWidth) {
        x = 0;
        y += tall + 2;
      }
      cells.set([x, y, wide, tall], i * 4);
      x += wide + 2;
    });
    const height = y + tall;
    const canvas = new OffscreenCanvas(atlasWidth, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no 2D canvas to paint labels with");
    context.font = font;
    context.fillStyle = "#fff";
    context.textBaseline = "middle";
    texts.forEach((text, i) => {
      context.fillText(text, cells[i * 4]! + 1, cells[i * 4 + 1]! + tall / 2 + scale * 0.5, atlasWidth - 2);
    });
    const { data } = context.getImageData(0, 0, atlasWidth, height);
    const coverage = new Uint8Array(atlasWidth * height);
    for (let i = 0; i < coverage.length; i++) coverage[i] = data[i * 4 + 3]!;
    return { width: atlasWidth, height, coverage, cells, scale };
  };
