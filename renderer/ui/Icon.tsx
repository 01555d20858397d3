/** Stroke paths on a 16 × 16 grid. None resembles an alarm glyph (◆ ▲ ■ ●): those shapes mean priorities. */
const paths = {
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3 14 14",
  home: "M2.5 7.5 8 3l5.5 4.5M4 6.5v6.8h8V6.5",
  frame: "M2 5V2.5h3M11 2.5h3V5M14 11v2.5h-3M5 13.5H2V11",
  xray: "M2.5 5 8 2.5 13.5 5v6L8 13.5 2.5 11zM2.5 5 8 7.5 13.5 5M8 7.5v6",
  walk: "M8.6 1.8a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6M8.4 5.4 6.8 9l2.4 1.6.4 3.6M6.8 9.2 4.6 14M8.3 5.6 5.8 7v2M8.6 6l1.6 2 2 .4",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 3.5 10.5 8 6 12.5",
  fly: "M13.5 2.5 2.5 7l4.5 2 2 4.5zM7 9l3-3",
  info: "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 7.4v3.8M8 4.8v.4",
  live: "M1.5 8h3l2-4.5 3 9 2-4.5h3",
  waiting: "M2 8h2M7 8h2M12 8h2",
  lost: "M1.5 8h3.5M11 8h3.5M6 5.5l4 5M10 5.5l-4 5",
  flow: "M2 3.5c6 0 6 4.5 12 4.5M2 8h12M2 12.5c6 0 6-4.5 12-4.5",
  network: "M2 8h4.5M9.5 4.5 6.5 8l3 3.5M9.5 4.5H14M9.5 11.5H14",
  trend: "M2 2.5v11h12M4.5 10 7.5 6.5l2.5 2L13.5 4",
  book: "M8 4C6.5 2.9 4.6 2.6 2 2.8v9.6c2.6-.2 4.5.1 6 1.2 1.5-1.1 3.4-1.4 6-1.2V2.8c-2.6-.2-4.5.1-6 1.2M8 4v9.6",
  check: "M3 8.5 6.5 12 13 4.5",
  play: "M5 3v10l8-5z",
  reverse: "M11 3v10L3 8z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  back: "M10 4 6 8l4 4",
  forward: "M6 4l4 4-4 4",
  previous: "M12 4 8 8l4 4M4.5 4v8",
  next: "M4 4l4 4-4 4M11.5 4v8",
  loop: "M3 7.5A3 3 0 0 1 6 4.5h6.5M10.5 2.5l2 2-2 2M13 8.5a3 3 0 0 1-3 3H3.5M5.5 13.5l-2-2 2-2",
  flag: "M4 14V2.5M4 3h8.5l-2.2 2.8 2.2 2.7H4",
  list: "M3 4h10M3 8h10M3 12h6",
  help: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.6v.2",
  zoomIn: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3 14 14M5 7h4M7 5v4",
  zoomOut: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3 14 14M5 7h4",
  whole: "M2 4v8M14 4v8M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2",
  up: "M3.5 10 8 5.5l4.5 4.5",
  down: "M3.5 6 8 10.5 12.5 6",
  export: "M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M3 11v2.5h10V11",
  folder: "M2 4.5v8.5h12V6H8L6.5 4H2zM2 6h6",
  pen: "M3 13l.7-2.8 7-7 2.1 2.1-7 7zM9.3 4.6l2.1 2.1",
  remove: "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5",
} as const;
export type IconName = keyof typeof paths;

/** A line icon that takes the colour of its text. Always beside a text or inside a labelled control, so hidden from readers. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
