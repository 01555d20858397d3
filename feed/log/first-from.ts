/** First index of those below `count` that fits, where all after one that fits do too; `count` when none does. */
export const firstFrom = (count: number, fits: (index: number) => boolean): number => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
