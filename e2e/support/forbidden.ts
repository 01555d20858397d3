/** What must appear nowhere (CAMPUS §1 and §3), each as it could be written. */
export const forbidden: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "the sum of 6700P and 6.7万P",
    pattern: /7[.,]3[67]\s*万\s*P|\b73[,, ]?[67]00(\.0)?\s*P|\b73\.[67]\s*k\s*P/i,
  },
  {
    what: "3693万P outside its card",
    pattern: /3[,,]?693\s*万|36[.,]93\s*(million|M\b)|36[,, ]?930[,, ]?000/i,
  },
  { what: "the site's latitude or longitude", pattern: /\b40\.5\d{2,}|\b111\.8\d+/ },
  {
    what: "a coordinate",
    pattern:
      /\d(\.\d+)?\s*°\s*(\d+\s*′\s*)?[NSEWnsew北南东西](?![a-z])|\d+\.\d+\s*[NS][,, ]+\d+\.\d+\s*[EW]\b/,
  },
  { what: "a word for a coordinate", pattern: /北纬|东经|经度|纬度|latitude|longitude/i },
];

/** Every breach in a text, with where it was found and the words around it. */
export const breaches = (place: string, text: string): readonly string[] =>
  forbidden.flatMap(({ what, pattern }) => {
    const found = pattern.exec(text);
    if (!found) return [];
    const around = text.slice(Math.max(0, found.index - 40), found.index + found[0].length + 40);
    return [`${place}: ${what}: …${around.replaceAll("\n", " ")}…`];
  });
