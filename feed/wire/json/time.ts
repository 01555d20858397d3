/** How a plant writes time. `iso` and the others with a date may state a zone for texts without one. */
export const timeFormats = ["s", "ms", "us", "ns", "iso", "YYYY-MM-DD HH:mm:ss"] as const;
export type TimeFormat = (typeof timeFormats)[number];

/** Reads a time; NaN when it is none. */
export type TimeReader = (value: unknown) => number;

const perMs: Readonly<Partial<Record<TimeFormat, number>>> = { s: 1e-3, ms: 1, us: 1e3, ns: 1e6 };

const zero = 0x30;
const minutesMs = 60_000;

/** Number of `count` digits at `at`, or NaN. */
const digits = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/** `Z`, `+08:00`, `+0800` or `+08` from `at` to the end of the text, in ms; NaN for anything else. */
export const zoneAt = (text: string, at: number): number => {
  const sign = text[at];
  if (sign === "Z" || sign === "z") return at + 1 === text.length ? 0 : Number.NaN;
  if (sign !== "+" && sign !== "-") return Number.NaN;
  const hours = digits(text, at + 1, 2);
  const rest = text.slice(at + 3);
  const minutes = rest === "" ? 0 : digits(rest, rest.startsWith(":") ? 1 : 0, 2);
  const length = rest === "" ? 0 : rest.startsWith(":") ? 3 : 2;
  if (rest.length !== length || hours > 14 || minutes > 59) return Number.NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * minutesMs;
};

/** End of the digits behind a decimal point, and what they say in ms. */
const fraction = (text: string, at: number): { end: number; ms: number } => {
  let end = at + 1;
  let ms = 0;
  for (let unit = 100; ; unit /= 10, end++) {
    const digit = text.charCodeAt(end) - zero;
    if (!(digit >= 0 && digit <= 9)) return { end, ms: end === at + 1 ? Number.NaN : Math.floor(ms) };
    ms += digit * unit;
  }
};

/**
 * Reads `2026-07-01T12:00:00.5+08:00`, with a space or a T, with `-` or `/` in the date, seconds and fraction optional.
 * @param zoneMs offset from UTC of texts without one; null: such a text is no time.
 */
const dateTime = (text: string, zoneMs: number | null): number => {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
  const separators = text[4]! + text[7]!;
  if ((separators !== "--" && separators !== "//") || text[13] !== ":") return Number.NaN;
  if (text[10] !== "T" && text[10] !== "t" && text[10] !== " ") return Number.NaN;
  let at = 16;
  let second = 0;
  let ms = 0;
  if (text[at] === ":") {
    second = digits(text, 17, 2);
    at = 19;
    if (text[at] === "." || text[at] === ",") ({ end: at, ms } = fraction(text, at));
  }
  const offsetMs = at < text.length ? zoneAt(text, at) : (zoneMs ?? Number.NaN);
  // A leap second is the first of the next minute, as everywhere in epoch time.
  if (!(hour <= 23 && minute <= 59 && second <= 60 && month >= 1 && month <= 12)) return Number.NaN;
  const utcMs = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day ? utcMs - offsetMs : Number.NaN;
};

/** Makes the reader of one format; see `dateTime` for the zone. */
export const timeReader = (format: TimeFormat, zoneMs: number | null): TimeReader => {
  const scale = perMs[format];
  if (scale === undefined)
    return (value) => (typeof value === "string" ? dateTime(value.trim(), zoneMs) : Number.NaN);
  return (value) => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number / scale : Number.NaN;
  };
};
