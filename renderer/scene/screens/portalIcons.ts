/** Strokes of the signs on a 24 × 24 grid; none resembles an alarm's shape. */
export const portalIcons: Readonly<Record<string, string>> = {
  "city-brain":
    "M12 4c-4 0-7 2.6-7 6 0 2 1 3.6 2.4 4.6V19h9.2v-4.4C18 13.6 19 12 19 10c0-3.4-3-6-7-6M12 8v7M9 10l3 2 3-2",
  exchange: "M4 8h13M14 4.5 17.5 8 14 11.5M20 16H7M10 12.5 6.5 16 10 19.5",
  annotation: "M4 5h16v14H4zM8 9h5M8 12.5h8M14 9h2M8 16h3",
  "server-factory": "M3 20V11l5-4v4l5-4v4l5-4v13zM7 20v-4h3v4M14 15h3",
  "data-services": "M4 7h16v11H4zM4 11h16M8 15h3M15 15h1",
  "digital-park": "M4 20V10h4v10M10 20V4h4v16M16 20V8h4v12M2.5 20h19",
  "p4-lab": "M10 4h4M11 4v6l-5 8.5c-.6 1 .1 1.5 1 1.5h10c.9 0 1.6-.5 1-1.5L13 10V4M8.5 15h7",
  "med-ai": "M3 12h4l2-5 3.5 10 2.5-7 1.5 2H21",
  "ai-experience": "M7 9h10v9H7zM12 9V5.5M10 13v1M14 13v1M4.5 12v3M19.5 12v3M10 18v2M14 18v2",
  "talent-valley": "M12 5.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4M6 19c.5-4 2.5-6 6-6s5.5 2 6 6",
  congress: "M3 9.5 12 5l9 4.5M4 9.5h16M6 10v8M10 10v8M14 10v8M18 10v8M3.5 18.5h17",
  "new-deals": "M6 3.5h9l3.5 3.5v13.5H6zM14.5 3.5V7.5h4M9 12h7M9 15.5h4",
};

/** For a portal that has none of its own. */
export const plainIcon = "M5 20V6h14v14M9 10h2M13 10h2M9 14h2M13 14h2M3.5 20h17";
