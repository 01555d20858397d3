import type { LocalText } from "#twins/model/twin.ts";

/** A small writer of SVG: elements as text, axes and the few marks that the figures of the documents need. */

type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const number = (value: number): string => String(Math.round(value * 100) / 100);

export const element = (name: string, attributes: Attributes, content = ""): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : escaped(value)}"`,
  );
  return content === ""
    ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${content}</${name}>`;
};

/** Readable on light and on dark pages: the card brings its own ground, and follows the reader's scheme. */
const style = `
text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; font-size: 12px; fill: #24292f }
.title { font-size: 15px; font-weight: 600 }
.dim { fill: #57606a }
.title .dim { font-weight: 400 }
.small { font-size: 11px }
.ground { fill: #ffffff; stroke: #d0d7de }
.grid { stroke: #e4e8ec }
.axis { stroke: #8c959f }
.dot { stroke: #ffffff; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .dim { fill: #9aa4af }
  .ground { fill: #14181f; stroke: #30363d }
  .grid { stroke: #2a3038 }
  .axis { stroke: #6e7681 }
  .dot { stroke: #14181f }
}`;

export const drawing = (
  width: number,
  height: number,
  { title, body }: { title: string; body: string },
): string =>
  `${element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "img" },
    `\n<title>${escaped(title)}</title>\n<style>${style}\n</style>\n${element("rect", {
      class: "ground",
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 6,
    })}\n${body}\n`,
  )}\n`;

export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly className?: string;
}

const textElement = (content: string, { x, y, anchor = "start", className = "" }: TextPlace): string =>
  element(
    "text",
    {
      x,
      y,
      ...(anchor === "start" ? {} : { "text-anchor": anchor }),
      ...(className === "" ? {} : { class: className }),
    },
    content,
  );

export const text = (content: string, place: TextPlace): string => textElement(escaped(content), place);

/** Both languages beside each other, the second one paler. */
export const both = ({ zh, en }: LocalText, place: TextPlace): string =>
  textElement(`${escaped(zh)}${element("tspan", { class: "dim", dx: 10 }, escaped(en))}`, place);

/** Where values lie on the page, px: linear between two ends. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

export const at = ({ from, to, start, end }: Scale, value: number): number =>
  start + ((value - from) / (to - from)) * (end - start);

export interface Panel {
  readonly x: Scale;
  readonly y: Scale;
}

/** Horizontal lines with their values. */
export const yAxis = ({ x, y }: Panel, ticks: readonly number[], write: (value: number) => string): string =>
  ticks
    .map(
      (tick) =>
        element("line", {
          class: tick === y.from ? "axis" : "grid",
          x1: x.start,
          x2: x.end,
          y1: at(y, tick),
          y2: at(y, tick),
        }) + text(write(tick), { x: x.start - 7, y: at(y, tick) + 4, anchor: "end", className: "dim" }),
    )
    .join("\n");

export const xAxis = ({ x, y }: Panel, ticks: readonly (readonly [place: number, label: string])[]): string =>
  ticks
    .map(([place, label]) =>
      text(label, { x: at(x, place), y: y.start + 17, anchor: "middle", className: "dim" }),
    )
    .join("\n");

export interface Line {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour: string;
  readonly dash: string;
}

export const curve = ({ x, y }: Panel, { points, colour, dash }: Line): string =>
  element("polyline", {
    points: points.map(([px, py]) => `${number(at(x, px))},${number(at(y, py))}`).join(" "),
    fill: "none",
    stroke: colour,
    "stroke-width": 2,
    "stroke-linejoin": "round",
    "stroke-dasharray": dash,
  });

/** A band between two curves over the same places. */
export const band = (
  { x, y }: Panel,
  {
    places,
    low,
    high,
    colour,
  }: { places: readonly number[]; low: readonly number[]; high: readonly number[]; colour: string },
): string => {
  const corner = (place: number, value: number): string => `${number(at(x, place))},${number(at(y, value))}`;
  const there = places.map((place, i) => corner(place, high[i]!));
  const back = places.map((place, i) => corner(place, low[i]!)).reverse();
  return element("polygon", { points: [...there, ...back].join(" "), fill: colour });
};
