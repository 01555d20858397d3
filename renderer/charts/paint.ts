import type { Series } from "#feed/contract/replay.ts";
import { bad, stale, unknown } from "./doubts.ts";
import type { Look } from "./looks.ts";
import type { Picture } from "./picture.ts";

/** Where and how to draw, in device pixels. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** Device pixel of a moment, and of a value. */
  readonly x: (timeMs: number) => number;
  readonly y: (value: number) => number;
}

/** Height of the strip of one curve's doubts at the foot of a plot, CSS pixels. */
export const stripPx = 5;

interface Stretch {
  /** Bucket, and the one after the last. */
  readonly from: number;
  readonly end: number;
  readonly doubt: number;
}

/** Buckets in sight, put together where they are alike. */
const stretchesOf = ({ doubt }: Series, first: number, end: number): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  for (let at = first; at < end; ) {
    let next = at + 1;
    while (next < end && doubt[next] === doubt[at]) next++;
    stretches.push({ from: at, end: next, doubt: doubt[at]! });
    at = next;
  }
  return stretches;
};

export interface Drawn {
  readonly picture: Picture;
  readonly series: Series;
  readonly look: Look;
  /** Which strip at the foot is its own, from above. */
  readonly strip: number;
}

/** Draws one curve: band, line, what was held while it was stale, hatching over what is bad, and its strip of doubts. */
export const paintCurve = (frame: Frame, drawn: Drawn, hatch: CanvasPattern): void => {
  const { picture, series, look } = drawn;
  const first = Math.max(0, bucketOf(frame, picture, frame.left) - 1);
  const end = Math.min(picture.buckets, bucketOf(frame, picture, frame.left + frame.width) + 2);
  if (end <= first) return;
  const { context, ratio } = frame;
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top, frame.width, frame.height);
  context.clip();
  context.lineJoin = "round";
  const stretches = stretchesOf(series, first, end);
  paintBand(frame, drawn, { first, end });
  context.lineWidth = 1.6 * ratio;
  context.strokeStyle = look.color;
  context.setLineDash(look.dash.map((length) => length * ratio));
  paintLine(frame, drawn, { first, end });
  for (const stretch of stretches) {
    if (stretch.doubt === stale) paintHeld(frame, drawn, stretch);
    if (stretch.doubt === bad) paintBad(frame, drawn, stretch, hatch);
  }
  context.restore();
  for (const stretch of stretches) paintStrip(frame, drawn, stretch, hatch);
};

const bucketOf = ({ x }: Frame, { fromMs, stepMs }: Picture, pixel: number): number => {
  // The time axis is even: two moments tell where any pixel is.
  const zero = x(fromMs);
  return Math.floor((pixel - zero) / (x(fromMs + stepMs) - zero));
};

interface Buckets {
  readonly first: number;
  readonly end: number;
}

const paintBand = (
  { context, x, y, ratio }: Frame,
  { picture, series, look }: Drawn,
  { first, end }: Buckets,
): void => {
  context.fillStyle = look.band;
  for (let at = first; at < end; at++) {
    const low = series.min[at]!;
    const high = series.max[at]!;
    if (low === null || high === null || low === high) continue;
    const left = x(picture.fromMs + at * picture.stepMs);
    const top = y(high);
    const width = Math.max(ratio, x(picture.fromMs + (at + 1) * picture.stepMs) - left);
    context.fillRect(left, top, width, Math.max(ratio, y(low) - top));
  }
};

/** A step curve: a value holds until the next; where there is none, there is no line. */
const paintLine = ({ context, x, y }: Frame, { picture, series }: Drawn, { first, end }: Buckets): void => {
  context.beginPath();
  let isOpen = false;
  for (let at = first; at < end; at++) {
    const value = series.last[at];
    if (value === null || value === undefined) {
      isOpen = false;
      continue;
    }
    const left = x(picture.fromMs + at * picture.stepMs);
    const height = y(value);
    if (isOpen) context.lineTo(left, height);
    else context.moveTo(left, height);
    context.lineTo(x(picture.fromMs + (at + 1) * picture.stepMs), height);
    isOpen = true;
  }
  context.stroke();
};

/** What was known last, dotted and dim: it is no longer vouched for. */
const paintHeld = (
  { context, x, y, ratio }: Frame,
  { picture, series }: Drawn,
  { from, end }: Stretch,
): void => {
  let at = from;
  while (at > 0 && series.last[at] === null && (at === from || series.doubt[at] === stale)) at--;
  const value = series.last[at];
  if (value === null || value === undefined) return;
  context.save();
  context.globalAlpha = 0.55;
  context.setLineDash([1.5 * ratio, 4 * ratio]);
  context.beginPath();
  context.moveTo(x(picture.fromMs + Math.max(from, at + 1) * picture.stepMs), y(value));
  context.lineTo(x(picture.fromMs + end * picture.stepMs), y(value));
  context.stroke();
  context.restore();
};

const paintBad = (
  { context, x, top, height, ratio }: Frame,
  { picture }: Drawn,
  { from, end }: Stretch,
  hatch: CanvasPattern,
): void => {
  const left = x(picture.fromMs + from * picture.stepMs);
  context.save();
  context.globalAlpha = 0.5;
  context.fillStyle = hatch;
  context.fillRect(left, top, Math.max(2 * ratio, x(picture.fromMs + end * picture.stepMs) - left), height);
  context.restore();
};

/** Full where the curve is good, thin where it is late, dotted stale, hatched bad, empty where nothing is known. */
const paintStrip = (
  frame: Frame,
  drawn: Drawn,
  { from, end, doubt }: Stretch,
  hatch: CanvasPattern,
): void => {
  const { context, x, ratio } = frame;
  const { picture, look, strip } = drawn;
  const startMs = picture.fromMs + from * picture.stepMs;
  const endMs = picture.fromMs + end * picture.stepMs;
  if (doubt === unknown) return;
  const left = x(startMs);
  const width = Math.max(2 * ratio, x(endMs) - left);
  const height = (stripPx - 1) * ratio;
  const top = frame.top + frame.height + (strip * stripPx + 2) * ratio;
  context.save();
  context.beginPath();
  context.rect(frame.left, top, frame.width, height);
  context.clip();
  context.fillStyle = look.color;
  if (doubt === bad) {
    context.fillStyle = hatch;
    context.fillRect(left, top, width, height);
  } else if (doubt === stale) {
    for (let at = left; at < left + width; at += 5 * ratio)
      context.fillRect(at, top + height / 2 - ratio / 2, 1.5 * ratio, 1.5 * ratio);
  } else {
    context.globalAlpha = 0.75;
    const share = doubt === 0 ? 1 : 0.4;
    context.fillRect(left, top + (height * (1 - share)) / 2, width, height * share);
  }
  context.restore();
};

/** Diagonal lines six pixels apart, as `--hatch` has them. */
export const hatchOf = (context: CanvasRenderingContext2D, ratio: number): CanvasPattern => {
  const tile = document.createElement("canvas");
  const size = Math.round(6 * ratio);
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext("2d")!;
  pen.strokeStyle = "rgb(214 226 236 / 60%)";
  pen.lineWidth = 1.5 * ratio;
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat")!;
};

/** A line across at a value, with a text at its end. */
export const paintLimit = (
  { context, left, top, width, height, y, ratio }: Frame,
  value: number,
  text: string,
): void => {
  const at = Math.round(y(value)) + 0.5;
  if (at < top || at > top + height) return;
  context.save();
  context.strokeStyle = "rgb(190 208 222 / 45%)";
  context.lineWidth = ratio;
  context.setLineDash([2 * ratio, 3 * ratio]);
  context.beginPath();
  context.moveTo(left, at);
  context.lineTo(left + width, at);
  context.stroke();
  context.fillStyle = "#8b99a6";
  context.font = `${11 * ratio}px "Noto Sans SC", system-ui, sans-serif`;
  context.textAlign = "right";
  context.textBaseline = at < top + 16 * ratio ? "top" : "bottom";
  context.fillText(text, left + width - 4 * ratio, at + (at < top + 16 * ratio ? 2 : -2) * ratio);
  context.restore();
};
