/** Nearer than this nothing is drawn, m: as much as depth allows of what is far, and never the ground before the feet. */
export const nearOf = (distanceM: number, eyeHeightM: number): number => {
  // The lowest ray of a picture meets the ground at less than twice the eye's height, seen along the view.
  const feet = Math.max(0, eyeHeightM) * 0.6;
  const near = Math.max(0.08, Math.min(30, distanceM * 0.02, feet));
  // Over the region nothing stands near the eye, and depth has to reach ten times as far.
  return near + Math.max(0, distanceM - 7000) * 0.02;
};
