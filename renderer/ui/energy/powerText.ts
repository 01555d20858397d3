import { formatMegawatts, formatNumber, joinQuantity, noNumber } from "#renderer/ui/format.ts";

/** A power of the balance: MW, and kW where that would read as nothing. */
export const powerText = (kw: number): string => {
  if (Number.isNaN(kw)) return noNumber;
  if (kw < 100) return joinQuantity({ digits: formatNumber(kw, 0), unit: "kW" });
  return joinQuantity(formatMegawatts(kw));
};
