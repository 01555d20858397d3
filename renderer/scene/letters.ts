/** The typeface lies beside the page: what has not come after this long is not waited for, ms. */
const mostMs = 1500;

/**
 * Names that are painted before their pieces of the typeface have come lack those characters, and where the processor
 * draws the first frame stands for many seconds: it waits a moment for them.
 * @param onCome called when they are there, or no longer waited for @returns whether that is so
 */
export const awaitLetters = (onCome: () => void): (() => boolean) => {
  const { fonts } = document;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    onCome();
  };
  void fonts.ready.then(end);
  setTimeout(end, mostMs);
  return () => isOver || fonts.status === "loaded";
};
