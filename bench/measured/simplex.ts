/**
 * Least value of a function by the simplex of Nelder & Mead (1965), with the usual coefficients 1, 2, ½, ½.
 * @param start first corner; the others are one `step` away along each axis
 */
export const minimise = (
  cost: (x: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
): readonly number[] => {
  const corner = (x: readonly number[]) => ({ x, y: cost(x) });
  const corners = [
    corner(start),
    ...steps.map((step, axis) => corner(start.map((v, i) => (i === axis ? v + step : v)))),
  ];
  const dimensions = start.length;
  for (let round = 0; round < 400 * dimensions; round++) {
    corners.sort((a, b) => a.y - b.y);
    const worst = corners[dimensions]!;
    if (worst.y - corners[0]!.y < 1e-12) break;
    const centre = start.map(
      (_, i) => corners.slice(0, dimensions).reduce((sum, { x }) => sum + x[i]!, 0) / dimensions,
    );
    const along = (factor: number) => corner(centre.map((c, i) => c + factor * (worst.x[i]! - c)));
    const reflected = along(-1);
    let next = reflected;
    if (reflected.y < corners[0]!.y) {
      const expanded = along(-2);
      if (expanded.y < reflected.y) next = expanded;
    } else if (reflected.y >= corners[dimensions - 1]!.y) next = along(reflected.y < worst.y ? -0.5 : 0.5);
    if (next.y < worst.y) corners[dimensions] = next;
    else {
      const best = corners[0]!.x;
      for (let i = 1; i <= dimensions; i++)
        corners[i] = corner(corners[i]!.x.map((v, j) => (v + best[j]!) / 2));
    }
  }
  return corners.sort((a, b) => a.y - b.y)[0]!.x;
};
