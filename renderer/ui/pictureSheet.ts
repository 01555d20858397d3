import { legendColor } from "#renderer/data/colormap.ts";
import type { Scaled } from "#renderer/data/scales.ts";

/** What is written into a picture, so that nobody has to remember what it shows. */
export interface PictureFacts {
  readonly title: string;
  /** Live or of a recording, and when. */
  readonly moment: string;
  /** Simulated, illustrative …: whatever keeps it from being mistaken. */
  readonly marks: readonly string[];
  readonly legend: {
    /** With the range in force. */
    readonly scaled: Scaled;
    readonly title: string;
    readonly unit: string;
    /** What must be said of the range: that it is zoomed, and from where to where the fixed one goes; null of the fixed one. */
    readonly zoomed: string | null;
  };
  /** Compass heading of "up", degrees clockwise from north; null where it is not known. */
  readonly headingDeg: number | null;
  readonly north: string;
}

const footPx = 76;
const padPx = 20;
const legendPx = 260;
const ground = "#15181b";
const bright = "#e8edf2";
const dim = "#a7b2bd";
const family = '"Noto Sans SC", "Noto Sans", system-ui, sans-serif';

/** The scene with a foot below it: title, moment, marks, legend with its ends, north. As wide as the scene; PNG. */
export const pictureSheet = (scene: ImageBitmap, facts: PictureFacts): Promise<Blob> => {
  const ratio = Math.max(1, scene.width / 1920);
  const foot = Math.round(footPx * ratio);
  const canvas = new OffscreenCanvas(scene.width, scene.height + foot);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no 2D canvas");
  pen.drawImage(scene, 0, 0);
  pen.translate(0, scene.height);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, foot);
  pen.scale(ratio, ratio);
  const width = canvas.width / ratio;
  writeWords(pen, facts);
  drawLegend(pen, facts, width - padPx - legendPx);
  if (facts.headingDeg !== null) drawNorth(pen, facts, width - padPx * 3 - legendPx - 30);
  return canvas.convertToBlob({ type: "image/png" });
};

const writeWords = (pen: OffscreenCanvasRenderingContext2D, { title, moment, marks }: PictureFacts): void => {
  pen.textBaseline = "alphabetic";
  pen.fillStyle = bright;
  pen.font = `600 20px ${family}`;
  pen.fillText(title, padPx, 32);
  pen.font = `400 15px ${family}`;
  pen.fillText(moment, padPx, 58);
  let at = padPx + pen.measureText(moment).width + 20;
  pen.setLineDash([3, 2]);
  pen.strokeStyle = dim;
  for (const mark of marks) {
    const { width } = pen.measureText(mark);
    pen.strokeRect(at, 42, width + 16, 22);
    pen.fillText(mark, at + 8, 58);
    at += width + 28;
  }
  pen.setLineDash([]);
};

const drawLegend = (
  pen: OffscreenCanvasRenderingContext2D,
  { legend: { scaled, title, unit, zoomed } }: PictureFacts,
  left: number,
): void => {
  const [low, high] = scaled.range;
  for (let x = 0; x < legendPx; x++) {
    const [r, g, b] = legendColor(scaled, low + ((high - low) * (x + 0.5)) / legendPx);
    pen.fillStyle = `rgb(${r} ${g} ${b})`;
    pen.fillRect(left + x, 30, 1, 14);
  }
  pen.font = `400 14px ${family}`;
  pen.fillStyle = bright;
  pen.fillText(title, left, 22);
  pen.fillText(String(low), left, 62);
  const end = `${high} ${unit}`.trim();
  pen.fillText(end, left + legendPx - pen.measureText(end).width, 62);
  if (zoomed === null) return;
  // A frame and its words: nobody takes these colours for those of the fixed range.
  pen.strokeStyle = bright;
  pen.lineWidth = 2;
  pen.strokeRect(left - 10, 4, legendPx + 20, footPx - 8);
  pen.font = `600 12px ${family}`;
  pen.fillText(zoomed, left + (legendPx - pen.measureText(zoomed).width) / 2, 62);
};

const drawNorth = (
  pen: OffscreenCanvasRenderingContext2D,
  { headingDeg, north }: PictureFacts,
  left: number,
): void => {
  pen.save();
  pen.translate(left, 34);
  pen.rotate((-(headingDeg ?? 0) * Math.PI) / 180);
  pen.fillStyle = bright;
  pen.fill(new Path2D("M0-16 7 11 0 6-7 11z"));
  pen.restore();
  pen.font = `400 14px ${family}`;
  pen.fillStyle = bright;
  pen.fillText(north, left - pen.measureText(north).width / 2, 66);
};
