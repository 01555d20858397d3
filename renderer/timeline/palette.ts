import type { AlarmPriority } from "#feed/contract/replay.ts";

/** The four hues and shapes of alarm priorities, used for nothing else (UX §2). */
export const alarmHues: Readonly<Record<AlarmPriority, string>> = {
  critical: "#ff4d4f",
  high: "#ff9a1f",
  medium: "#ffe04d",
  low: "#4cc2ff",
};
export const alarmGlyphs: Readonly<Record<AlarmPriority, string>> = {
  critical: "◆",
  high: "▲",
  medium: "■",
  low: "●",
};

/** Colours of the canvas; the same as in styles/tokens.css and styles/timeline.css. */
export const ink = {
  base: "#15181b",
  text: "#e8edf1",
  dim: "#a9b6c1",
  faint: "#8b99a6",
  accent: "#c5d6e4",
  bar: "#8fa9bd",
  /** What is not live: no alarm's hue, no map's colour. */
  replay: "#c3b2ff",
  track: "rgb(190 208 222 / 7%)",
  grid: "rgb(190 208 222 / 9%)",
  day: "rgb(190 208 222 / 30%)",
  fresh: "rgb(143 169 189 / 42%)",
  loop: "rgb(195 178 255 / 10%)",
  hatch: "rgb(214 226 236 / 26%)",
  hatchFaint: "rgb(214 226 236 / 10%)",
  hover: "rgb(232 237 241 / 55%)",
} as const;

/** Text of the canvas: the smallest of the desk's three sizes. */
export const inkFont = '12px "Noto Sans SC", system-ui, sans-serif';
export const inkFontBold = `600 ${inkFont}`;

/** Path of a priority's glyph about a centre, `size` CSS pixels high. */
export const glyphPath = (
  priority: AlarmPriority,
  [x, y]: readonly [number, number],
  size: number,
): Path2D => {
  const path = new Path2D();
  const r = size / 2;
  if (priority === "low") path.arc(x, y, r, 0, 2 * Math.PI);
  else if (priority === "medium") path.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  else {
    path.moveTo(x, y - r);
    path.lineTo(x + r, priority === "high" ? y + r * 0.8 : y);
    if (priority === "critical") path.lineTo(x, y + r);
    path.lineTo(x - r, priority === "high" ? y + r * 0.8 : y);
    path.closePath();
  }
  return path;
};
