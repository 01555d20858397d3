import type { Chance } from "./random.ts";

/** Words that mean something to a decoder, or to JavaScript. */
export const keywords: readonly string[] = [
  "value",
  "timestamp",
  "quality",
  "id",
  "origin",
  "periodMs",
  "heartbeatMs",
  "metadataCount",
  "measured",
  "simulated",
  "trace",
  "rackLocationId",
  "objectId",
  "associateId",
  "engUnit",
  "processArea",
  "integration",
  "isSetpoint",
  "phase",
  "kW",
  "W",
  "degC",
  "%",
  "layout",
  "ids",
  "metrics",
  "power",
  "inletTemperature",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "toJSON",
  "then",
];

/** Numbers as text: beyond doubles, beyond dates, beyond JSON. */
const numbers = [
  "0",
  "-0",
  "1",
  "-1",
  "0.1",
  "1e308",
  "-1e308",
  "1e309",
  "-1e999",
  "5e-324",
  "1e-400",
  "9007199254740993",
  "123456789012345678901234567890",
  `1${"0".repeat(400)}`,
  `0.${"3".repeat(500)}`,
  "8640000000000001",
  "4294967296",
  "-2147483649",
  "65536",
  "01",
  "1.",
  ".5",
  "+1",
  "0x10",
  "NaN",
  "Infinity",
  "-Infinity",
  "1e",
];

const strings = [
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\u202e\u200b\ufeff"',
  '"𝟙𝟚𝟛"',
  '"١٢٣"',
  '"ſtrange K"',
  '"ÅÅ"',
  '"../../etc/passwd"',
  '"a/b/c/d"',
  '"+"',
  '"#"',
  `"${"x".repeat(5000)}"`,
  `"${"数".repeat(3000)}"`,
];

const depths = [2, 2, 2, 30, 30, 500, 500, 5000, 5000, 100_000];

const nested = (chance: Chance): string => {
  const depth = chance.of(depths);
  const [open, close] = chance.of([
    ["[", "]"],
    ['{"value":', "}"],
    ['{"quality":[', "]}"],
  ] as const);
  return `${open.repeat(depth)}1${chance.oneIn(4) ? "" : close.repeat(depth)}`;
};

const other = (chance: Chance): string =>
  chance.of([
    () => chance.of(numbers),
    () => chance.of(strings),
    () => JSON.stringify(chance.of(keywords)),
    () => chance.of(["null", "true", "false", "[]", "{}", "[null]", '{"a":1}', "undefined", "", " "]),
    () => nested(chance),
  ])();

const scalar = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\]|\\.)*"|true|false|null/g;
const key = /"[^"\\]*"(?=\s*:)/g;

/** Puts `by` in place of one match of a pattern; the text itself where there is none. */
const swapOne = (
  text: string,
  pattern: RegExp,
  pick: { chance: Chance; by: (match: string) => string },
): string => {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: match } = pick.chance.of(found);
  return text.slice(0, index) + pick.by(match) + text.slice(index + match.length);
};

type TextMutation = (text: string, chance: Chance) => string;

const swapValue: TextMutation = (text, chance) => swapOne(text, scalar, { chance, by: () => other(chance) });

const swapKey: TextMutation = (text, chance) =>
  swapOne(text, key, { chance, by: () => JSON.stringify(chance.of(keywords)) });

/** The same key a second time, with another value: JSON lets the last one win. */
const repeatKey: TextMutation = (text, chance) =>
  swapOne(text, key, { chance, by: (match) => `${match}:${other(chance)},${match}` });

const dropPunctuation: TextMutation = (text, chance) =>
  swapOne(text, /[{}[\],:"]/g, { chance, by: () => chance.of(["", ",", "}", "]", " ", "\u0000"]) });

const wrap: TextMutation = (text, chance) =>
  chance.of([
    `[${text}]`,
    `${text}${text}`,
    `\ufeff${text}`,
    ` \n\t${text} `,
    `{"value":${text}}`,
    `// ${text}`,
  ]);

export const textMutations: readonly TextMutation[] = [
  swapValue,
  swapValue,
  swapValue,
  swapKey,
  repeatKey,
  dropPunctuation,
  wrap,
];
