import type { TimeRange } from "#feed/contract/replay.ts";
import type { Band } from "./laneLayout.ts";
import { ink } from "./palette.ts";

/** A canvas to draw a stretch of time on, and what is needed for it more than once. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** CSS pixel of a moment, fractional; may lie outside. */
  x(timeMs: number): number;
  /** Fills for what is not known, strong and faint. */
  readonly hatch: CanvasPattern;
  readonly hatchFaint: CanvasPattern;
}

/** Diagonal lines six pixels apart, as `--hatch` has them. */
const hatchOf = (context: CanvasRenderingContext2D, color: string): CanvasPattern => {
  const tile = document.createElement("canvas");
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext("2d")!;
  pen.strokeStyle = color;
  pen.lineWidth = 1.6;
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift - 1, 7);
    pen.lineTo(shift + 7, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat")!;
};

/** Makes the fills once for a canvas. */
export const hatchesOf = (context: CanvasRenderingContext2D) => ({
  hatch: hatchOf(context, ink.hatch),
  hatchFaint: hatchOf(context, ink.hatchFaint),
});

/** A surface for the stretch that is shown now. */
export const surfaceOf = (
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  rest: { readonly view: TimeRange } & Pick<Surface, "hatch" | "hatchFaint">,
): Surface => {
  const { fromMs, toMs } = rest.view;
  const perMs = size.width / (toMs - fromMs);
  return { context, ...size, ...rest, x: (timeMs) => (timeMs - fromMs) * perMs };
};

/** Fills a stretch of a band, at least a pixel wide, cut at the surface's edges. */
export const fillStretch = (
  { context, x, width }: Surface,
  { fromMs, toMs }: TimeRange,
  { top, height }: Band,
): void => {
  const left = Math.max(0, x(fromMs));
  const right = Math.min(width, x(toMs));
  if (right < 0 || left > width || right < left) return;
  context.fillRect(left, top, Math.max(1, right - left), height);
};

/** A line from top to bottom of a band, sharp on the pixel grid. */
export const strokeAt = ({ context, x }: Surface, timeMs: number, { top, height }: Band): void => {
  const at = Math.round(x(timeMs)) + 0.5;
  context.beginPath();
  context.moveTo(at, top);
  context.lineTo(at, top + height);
  context.stroke();
};
