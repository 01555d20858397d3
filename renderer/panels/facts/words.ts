/** The first percentage in published words; undefined where there is none. */
export const percentIn = (words: string): number | undefined => {
  const found = /(\d+(?:\.\d+)?)\s*%/.exec(words);
  return found ? Number(found[1]) : undefined;
};
