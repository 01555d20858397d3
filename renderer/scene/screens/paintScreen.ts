import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter, NoColorSpace } from "three";
import type { Look } from "#renderer/ui/look.ts";
import type { Priority } from "#twins/alarm/limit.ts";
import type { ScreenContent, Tile } from "./content.ts";
import { facePx } from "./places.ts";
import type { ScreenSurface, SurfaceMaker } from "./screens.ts";

const family = '"Noto Sans SC", "Noto Sans CJK SC", sans-serif';
const colour = {
  back: "#0c1e2e",
  tile: "#12293c",
  edge: "#3f7ba6",
  text: "#eef3f7",
  dim: "#b4c2ce",
  faint: "#8492a0",
} as const;

/** Hue and shape of each priority (UX rule 2). */
const alarmMark: Readonly<Record<Priority, readonly [string, string]>> = {
  critical: ["◆", "#ff4d4f"],
  high: ["▲", "#ff9a1f"],
  medium: ["■", "#ffe04d"],
  low: ["●", "#4cc2ff"],
};

const margin = 34;
const headPx = 104;
const footPx = 58;
const gap = 16;

type Paper = OffscreenCanvasRenderingContext2D;

/** Doubt dims; what is stale is dimmest. */
const strength = (look: Look | null): string =>
  look === "stale" ? colour.faint : look === "late" || look === "uncertain" ? colour.dim : colour.text;

const write = (
  paper: Paper,
  text: string,
  {
    x,
    y,
    px,
    fill,
    weight = 400,
    most,
  }: { x: number; y: number; px: number; fill: string; weight?: number; most?: number },
): number => {
  paper.font = `${weight} ${px}px ${family}`;
  paper.fillStyle = fill;
  paper.fillText(text, x, y, most);
  return Math.min(paper.measureText(text).width, most ?? Infinity);
};

/** Words in a frame: dashed, as everywhere for what is no measurement. */
const chip = (paper: Paper, text: string, [x, y]: readonly [number, number], px = 21): number => {
  paper.font = `400 ${px}px ${family}`;
  const width = paper.measureText(text).width + 18;
  paper.strokeStyle = colour.dim;
  paper.lineWidth = 1.5;
  paper.setLineDash([5, 4]);
  paper.strokeRect(x, y - px * 1.1, width, px * 1.48);
  paper.setLineDash([]);
  paper.fillStyle = colour.dim;
  paper.fillText(text, x + 9, y);
  return width + 8;
};

type Area = readonly [x: number, y: number, width: number, height: number];

/** The size at which bold digits fit, never more than `px`. */
const fitting = (paper: Paper, text: string, { px, most }: { px: number; most: number }): number => {
  paper.font = `600 ${px}px ${family}`;
  return Math.floor(px * Math.min(1, most / paper.measureText(text).width));
};

/** What a tile lies on, with an edge above, px. */
const ground = (paper: Paper, [x, y, w, h]: Area, edgePx: number): void => {
  paper.fillStyle = colour.tile;
  paper.fillRect(x, y, w, h);
  paper.fillStyle = colour.edge;
  paper.fillRect(x, y, w, edgePx);
};

const paintTile = (paper: Paper, tile: Tile, [x, y, w, h]: Area): void => {
  ground(paper, [x, y, w, h], 3);
  write(paper, tile.label, { x: x + 20, y: y + 46, px: 28, fill: colour.dim, most: w - 40 });
  paper.font = `400 34px ${family}`;
  const most = w - 50 - paper.measureText(tile.unit).width;
  const px = fitting(paper, tile.value, { px: h > 300 ? 118 : 76, most });
  const width = write(paper, tile.value, {
    x: x + 20,
    y: y + 46 + px * 1.06,
    px,
    fill: strength(tile.look),
    weight: 600,
    most,
  });
  if (tile.unit)
    write(paper, tile.unit, { x: x + 30 + width, y: y + 46 + px * 1.06, px: 34, fill: colour.dim });
  let at = x + 20;
  for (const mark of tile.marks) at += chip(paper, mark, [at, y + h - 24]);
  let right = x + 34 + width;
  for (const { priority, count } of tile.alarms ?? []) {
    const [glyph, hue] = alarmMark[priority];
    right += write(paper, glyph, { x: right, y: y + 112, px: 34, fill: hue }) + 6;
    right += write(paper, String(count), { x: right, y: y + 112, px: 34, fill: colour.text }) + 14;
  }
};

/** To be read from afar: the figure fills its tile, what must be said of it stands on the line of its name. */
const paintLargeTile = (paper: Paper, tile: Tile, [x, y, w, h]: Area): void => {
  ground(paper, [x, y, w, h], 5);
  const chipPx = 42;
  paper.font = `400 ${chipPx}px ${family}`;
  const widths = tile.marks.map((mark) => paper.measureText(mark).width + 26);
  const marked = widths.reduce((sum, width) => sum + width, 0);
  write(paper, tile.label, { x: x + 22, y: y + 72, px: 64, fill: colour.text, most: w - 54 - marked });
  let at = x + w - 14 - marked;
  for (const mark of tile.marks) at += chip(paper, mark, [at, y + 68], chipPx);
  const unitPx = 104;
  paper.font = `400 ${unitPx}px ${family}`;
  const most = w - 66 - paper.measureText(tile.unit).width;
  // Clear of its name above: figures are as high as 0.73 of their size.
  const px = fitting(paper, tile.value, { px: Math.min(206, Math.floor((h - 132) / 0.73)), most });
  const foot = y + h - Math.max(24, (h - 92 - px * 0.73) / 2);
  const fill = strength(tile.look);
  const width = write(paper, tile.value, { x: x + 22, y: foot, px, fill, weight: 600, most });
  if (tile.unit) write(paper, tile.unit, { x: x + 42 + width, y: foot, px: unitPx, fill: colour.text });
  let right = x + 70 + width;
  for (const { priority, count } of tile.alarms ?? []) {
    const [glyph, hue] = alarmMark[priority];
    right += write(paper, glyph, { x: right, y: foot, px: 70, fill: hue }) + 12;
    right += write(paper, String(count), { x: right, y: foot, px: 70, fill: colour.text }) + 30;
  }
};

const paintContent = (paper: Paper, content: ScreenContent): void => {
  const { width, height } = facePx;
  const isLarge = content.isLarge ?? false;
  const [headHigh, footHigh] = isLarge ? [92, 20] : [headPx, footPx];
  paper.fillStyle = colour.back;
  paper.fillRect(0, 0, width, height);
  paper.textBaseline = "alphabetic";
  const titleWidth = write(paper, content.title, {
    x: margin,
    y: 68,
    px: isLarge ? 56 : 44,
    fill: colour.text,
    weight: 600,
    most: 900,
  });
  let at = margin + titleWidth + 24;
  for (const mark of content.marks) at += chip(paper, mark, [at, 64], isLarge ? 42 : 21);
  paper.textAlign = "right";
  write(paper, content.when, {
    x: width - margin,
    y: 66,
    px: isLarge ? 46 : 30,
    fill: colour.dim,
    most: isLarge ? 560 : 460,
  });
  paper.textAlign = "left";
  const rows = Math.ceil(content.tiles.length / content.columns);
  const w = (width - margin * 2 - gap * (content.columns - 1)) / content.columns;
  const h = (height - headHigh - footHigh - gap * (rows - 1)) / rows;
  content.tiles.forEach((tile, i) => {
    const [column, row] = [i % content.columns, Math.floor(i / content.columns)];
    // The last one takes the rest of its row.
    const span = i === content.tiles.length - 1 ? content.columns - column : 1;
    (isLarge ? paintLargeTile : paintTile)(paper, tile, [
      margin + column * (w + gap),
      headHigh + row * (h + gap),
      w * span + gap * (span - 1),
      h,
    ]);
  });
  if (isLarge) return;
  write(paper, content.foot, {
    x: margin,
    y: height - 20,
    px: 23,
    fill: colour.dim,
    most: width - margin * 2,
  });
};

/** Makes faces of screens on canvases of their own. */
export const canvasSurfaces: SurfaceMaker = (): ScreenSurface => {
  const canvas = new OffscreenCanvas(facePx.width, facePx.height);
  const paper = canvas.getContext("2d", { alpha: false });
  if (!paper) throw new Error("no 2D canvas to paint screens with");
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = NoColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.anisotropy = 8;
  return {
    texture,
    paint: (content) => {
      paintContent(paper, content);
      texture.needsUpdate = true;
    },
    dispose: () => texture.dispose(),
  };
};
