import type { IconPainter } from "./portals.ts";

const cellPx = 96;

/** Strokes icons, one cell beside the other. */
export const canvasIcons: IconPainter = (strokes) => {
  const width = cellPx * strokes.length;
  const context = new OffscreenCanvas(width, cellPx).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2D canvas to paint icons with");
  context.strokeStyle = "#fff";
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.lineCap = "round";
  strokes.forEach((path, i) => {
    context.setTransform(cellPx / 24, 0, 0, cellPx / 24, i * cellPx, 0);
    context.stroke(new Path2D(path));
  });
  const { data } = context.getImageData(0, 0, width, cellPx);
  const coverage = new Uint8Array(width * cellPx);
  for (let i = 0; i < coverage.length; i++) coverage[i] = data[i * 4 + 3]!;
  return { cellPx, coverage };
};
