import type { Limit } from "./RangeBar.tsx";

/** Policy lines at Horinger (STANDARDS): new sites below the first, retire above the second. */
export const pueTarget = 1.2;
export const pueLimits: readonly Limit[] = [
  { at: pueTarget, label: "1.2" },
  { at: 1.5, label: "1.5" },
];

/** National target occupancy (上架率), a share. */
export const occupancyTarget = 0.6;
export const occupancyLimits: readonly Limit[] = [{ at: occupancyTarget, label: "60 %" }];
