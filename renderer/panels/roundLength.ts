const niceSteps = [1, 2, 5] as const;

/** The longest round length that is at most `maxMetres`. */
export const roundLength = (maxMetres: number): number => {
  const power = 10 ** Math.floor(Math.log10(maxMetres));
  return (niceSteps.findLast((step) => step * power <= maxMetres) ?? 1) * power;
};
