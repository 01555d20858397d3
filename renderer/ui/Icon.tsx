/** Stroke paths on a 16 × 16 grid. None resembles an alarm glyph (◆ ▲ ■ ●): those shapes mean priorities. */
const paths = {
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3 14 14",
  home: "M2.5 7.5 8 3l5.5 4.5M4 6.5v6.8h8V6.5",
  xray: "M2.5 5 8 2.5 13.5 5v6L8 13.5 2.5 11zM2.5 5 8 7.5 13.5 5M8 7.5v6",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 3.5 10.5 8 6 12.5",
  fly: "M13.5 2.5 2.5 7l4.5 2 2 4.5zM7 9l3-3",
  info: "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 7.4v3.8M8 4.8v.4",
  live: "M1.5 8h3l2-4.5 3 9 2-4.5h3",
  waiting: "M2 8h2M7 8h2M12 8h2",
  lost: "M1.5 8h3.5M11 8h3.5M6 5.5l4 5M10 5.5l-4 5",
  check: "M3 8.5 6.5 12 13 4.5",
} as const;
export type IconName = keyof typeof paths;

/** A line icon that takes the colour of its text. Always beside a text or inside a labelled control, so hidden from readers. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
