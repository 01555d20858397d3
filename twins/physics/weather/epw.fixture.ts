import { cos, sin } from "#twins/physics/maths.ts";
/** First eight lines of a weather file of Hohhot, made up but for the place. */
export const epwHeader = [
  "LOCATION,Hohhot,Nei Mongol,CHN,made,534630,40.82,111.68,8.0,1063.0",
  ...Array.from({ length: 7 }, (_, i) => `HEADER ${i + 2}`),
];
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A made-up year, one line an hour; `edit` may change or leave out one. */
export const epwText = (
  edit: (cells: string[], hour: number) => string[] | null = (cells) => cells,
): string => {
  const lines: string[] = [];
  let count = 0;
  for (const [month, length] of days.entries())
    for (let day = 1; day <= length; day++)
      for (let hour = 1; hour <= 24; hour++) {
        const cells = Array.from({ length: 35 }, () => "0");
        const noon = Math.max(0, sin(((hour - 6.5) * Math.PI) / 12));
        const temperature = (7 - 18 * cos((2 * Math.PI * count) / 8760) + 6 * noon).toFixed(1);
        Object.assign(cells, [2005, month + 1, day, hour, 60, "A7"].map(String));
        Object.assign(cells, { 6: temperature, 7: "-5.0", 8: "45", 9: "89500" });
        Object.assign(cells, { 13: String(Math.round(600 * noon)), 15: String(Math.round(150 * noon)) });
        Object.assign(cells, { 20: hour < 12 ? "350" : "10", 21: "3.4", 22: "5", 30: "0" });
        const kept = edit(cells, count++);
        if (kept) lines.push(kept.join(","));
      }
  return [...epwHeader, ...lines, ""].join("\r\n");
};
