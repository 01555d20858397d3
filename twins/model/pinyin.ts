/**
 * Pinyin initials of Chinese text (智算机楼 → zsjl), so that a keyboard without an input method finds assets.
 * Method: in the CLDR pinyin order every initial's characters lie between two boundary characters,
 * so a comparison with 23 boundaries tells the initial; no dictionary is needed.
 */
const collator = new Intl.Collator("zh-CN-u-co-pinyin");

/** First character of each initial in the pinyin order. No syllable begins with i, u or v. */
const boundaries = "吖八嚓咑妸发旮哈丌咔垃呣拏喔妑七呥仨他屲夕丫帀";
const initials = "abcdefghjklmnopqrstwxyz";

/** Words whose usual reading is not that of their first character's most common sound. */
const otherReadings: readonly (readonly [word: string, initials: string])[] = [
  ["重庆", "cq"],
  ["长三角", "csj"],
  ["长", "c"],
];

const isHan = /\p{Script=Han}/u;

const initialOf = (character: string): string => {
  let found = "";
  for (let i = 0; i < boundaries.length; i++)
    if (collator.compare(boundaries[i]!, character) <= 0) found = initials[i]!;
  return found;
};

/** Initials of the Chinese characters, with Latin letters and digits kept in lower case and all else dropped. */
export const pinyinInitials = (text: string): string => {
  let rest = text;
  let out = "";
  while (rest !== "") {
    const known = otherReadings.find(([word]) => rest.startsWith(word));
    const character = [...rest][0]!;
    out += known?.[1] ?? (isHan.test(character) ? initialOf(character) : latin(character));
    rest = rest.slice((known?.[0] ?? character).length);
  }
  return out;
};

const latin = (character: string): string => (/[a-z0-9]/i.test(character) ? character.toLowerCase() : "");
