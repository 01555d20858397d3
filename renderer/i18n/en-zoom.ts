/** A range zoomed to what is looked at, beside the fixed one. */
export const enZoom = {
  "zoom.zoomed": "Zoomed range",
  "zoom.tip": "Zoom the range to the values in view, and hold it (Z)",
  "zoom.tipBack": "Back to the fixed range (Z)",
  "zoom.from": "Zoomed {low}–{high} {unit}",
  "zoom.fixedFrom": "fixed {low}–{high} {unit}",
  "zoom.sheet": "zoomed; fixed {low}–{high}",
  "zoom.fit": "Fit again",
  "zoom.fitTip": "Zoom again, to the values of now",
  "zoom.below": "{count} below: colour of the low end",
  "zoom.above": "{count} above: colour of the high end",
} as const;
