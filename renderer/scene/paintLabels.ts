import type { LabelAtlas } from "./campus/labelAtlas.ts";
import type { LabelPainter } from "./campus/labels.ts";

/**
 * Sizes of names, CSS pixels. On a wall of 2 mm pitch seen from 6 m 19 pixels are 19 minutes of arc for Hanzi: over the
 * least of 16 (UX §7; ISO 9241-303).
 */
export const namePx = { desk: 14, demo: 14, wall: 20 } as const;
const lineShare = 18 / 13;
const atlasWidth = 1024;
/** Lines below the first one of a label: a little smaller and quieter. */
const below = { size: 0.88, strength: 0.78 } as const;

/**
 * Paints label texts with the bundled typeface into a coverage atlas, one shelf per line of cells. Of a text with
 * several lines the first is the name.
 */
export const canvasPainter =
  (pixelRatio: number, fontPx: number): LabelPainter =>
  (texts): LabelAtlas => {
    const scale = Math.min(2, Math.max(1, pixelRatio));
    const lines = texts.map((text) => text.split("\n"));
    const fontOf = (line: number, of: number): string => {
      const size = fontPx * scale * (line === 0 ? 1 : below.size);
      return `${of > 1 && line === 0 ? 600 : 500} ${size}px "Noto Sans SC", "Noto Sans CJK SC", sans-serif`;
    };
    const measure = new OffscreenCanvas(1, 1).getContext("2d");
    if (!measure) throw new Error("no 2D canvas to paint labels with");
    const widthOf = (parts: readonly string[]): number =>
      Math.max(
        ...parts.map((part, line) => {
          measure.font = fontOf(line, parts.length);
          return measure.measureText(part).width;
        }),
      );
    const lineHeight = (line: number): number =>
      Math.ceil(fontPx * lineShare * scale * (line === 0 ? 1 : below.size));
    const heightOf = (parts: readonly string[]): number =>
      parts.reduce((sum, _, line) => sum + lineHeight(line), 0);
    const cells = new Float32Array(texts.length * 4);
    let [x, y, shelf] = [0, 0, 0];
    lines.forEach((parts, i) => {
      const wide = Math.min(atlasWidth, Math.ceil(widthOf(parts)) + 2);
      const tall = heightOf(parts);
      if (x + wide > atlasWidth) {
        x = 0;
        y += shelf + 2;
        shelf = 0;
      }
      shelf = Math.max(shelf, tall);
      cells.set([x, y, wide, tall], i * 4);
      x += wide + 2;
    });
    const height = y + shelf;
    const canvas = new OffscreenCanvas(atlasWidth, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no 2D canvas to paint labels with");
    context.fillStyle = "#fff";
    context.textBaseline = "middle";
    lines.forEach((parts, i) => {
      const [left, wide] = [cells[i * 4]!, cells[i * 4 + 2]!];
      let top = cells[i * 4 + 1]!;
      parts.forEach((part, line) => {
        context.font = fontOf(line, parts.length);
        context.globalAlpha = line === 0 ? 1 : below.strength;
        // Several lines stand centred; one alone fills its cell.
        const free =
          parts.length > 1 ? (wide - 2 - Math.min(wide - 2, context.measureText(part).width)) / 2 : 0;
        context.fillText(part, left + 1 + free, top + lineHeight(line) / 2 + scale * 0.5, atlasWidth - 2);
        top += lineHeight(line);
      });
    });
    const { data } = context.getImageData(0, 0, atlasWidth, height);
    const coverage = new Uint8Array(atlasWidth * height);
    for (let i = 0; i < coverage.length; i++) coverage[i] = data[i * 4 + 3]!;
    return { width: atlasWidth, height, coverage, cells, scale };
  };
