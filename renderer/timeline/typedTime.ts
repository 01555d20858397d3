import type { TimeRange } from "#feed/contract/replay.ts";

/** What a typed time asks for. outside: a moment that the recording does not reach. */
export type TypedTime =
  | { readonly is: "moment"; readonly timeMs: number }
  | { readonly is: "live" }
  | { readonly is: "outside"; readonly timeMs: number }
  | { readonly is: "unreadable" };

/** What a typed time is understood by. */
export interface TypedContext {
  /** Relative times count from here, and days that are not named are near it, ms UTC. */
  readonly cursorMs: number;
  readonly range: TimeRange;
  /** Offset of times without a zone of their own, minutes east of UTC. */
  readonly offsetMin: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units: Readonly<Record<string, number>> = {
  s: second,
  sec: second,
  秒: second,
  m: minute,
  min: minute,
  分: minute,
  分钟: minute,
  h: hour,
  时: hour,
  小时: hour,
  d: day,
  天: day,
};
const amount = /(\d+(?:\.\d+)?)\s*(小时|分钟|min|sec|[smhd秒分时天])\s*/gy;

/** Signs as a Chinese keyboard or a printed text has them. */
const plain = (text: string): string => text.normalize("NFKC").replaceAll(/[−–—]/g, "-").trim().toLowerCase();

/** −1h30m, +30s, −10分; null for anything else. */
const readRelative = (text: string): number | null => {
  const sign = text[0];
  if (sign !== "+" && sign !== "-") return null;
  const rest = text.slice(1).trim();
  let sum = 0;
  let end = 0;
  for (const [whole, count, unit] of rest.matchAll(amount)) {
    sum += Number(count) * units[unit!]!;
    end += whole.length;
  }
  if (end === 0 || end !== rest.length) return null;
  return sign === "-" ? -sum : sum;
};

const zonePattern = /\s*(?:(z|utc)|(?:utc)?\s*([+-])(\d{1,2})(?::?(\d{2}))?)$/;
const datePattern = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?(?:t|\s+|$)/;
const clockPattern = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

interface Fields {
  readonly year: number | null;
  /** Month and day; null for whichever day is near. */
  readonly date: readonly [month: number, day: number] | null;
  readonly clockMs: number;
  readonly offsetMin: number;
}

/** Minutes east of UTC named at the end of a text; only behind a clock, since dates have dashes too. */
const readZone = (text: string, offsetMin: number): readonly [rest: string, offsetMin: number] | null => {
  const found = text.includes(":") ? zonePattern.exec(text) : null;
  if (!found) return [text, offsetMin];
  const [whole, utc, sign, hours, minutes] = found;
  const size = utc ? 0 : Number(hours) * 60 + Number(minutes ?? 0);
  if (size > 14 * 60) return null;
  return [text.slice(0, text.length - whole.length), sign === "-" ? -size : size];
};

const readClock = (text: string): number | null => {
  if (text === "") return 0;
  const found = clockPattern.exec(text);
  if (!found) return null;
  const [, hours, minutes, seconds = "0", fraction = ""] = found;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const clock = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * second;
  return clock + Number(fraction.padEnd(3, "0"));
};

const readAbsolute = (text: string, offsetMin: number): Fields | null => {
  const zoned = readZone(text, offsetMin);
  if (!zoned) return null;
  const dated = datePattern.exec(zoned[0]);
  const rest = zoned[0].slice(dated?.[0].length ?? 0);
  const clockMs = readClock(rest.trim());
  if (clockMs === null || (!dated && rest === "")) return null;
  const date = dated ? ([Number(dated[2]), Number(dated[3])] as const) : null;
  return { year: dated?.[1] ? Number(dated[1]) : null, date, clockMs, offsetMin: zoned[1] };
};

/** Midnight of a date, ms; NaN for the 30th of February. */
const midnight = (year: number, month: number, dayOfMonth: number): number => {
  const timeMs = Date.UTC(year, month - 1, dayOfMonth);
  const back = new Date(timeMs);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === dayOfMonth ? timeMs : Number.NaN;
};

/** Every moment that the fields may mean. */
const candidates = ({ year, date, clockMs, offsetMin }: Fields, cursorMs: number): readonly number[] => {
  const shift = offsetMin * minute;
  const today = Math.floor((cursorMs + shift) / day) * day;
  const thisYear = new Date(today).getUTCFullYear();
  const days = date
    ? (year === null ? [thisYear - 1, thisYear, thisYear + 1] : [year]).map((of) => midnight(of, ...date))
    : [today - day, today, today + day];
  return days.filter((at) => !Number.isNaN(at)).map((at) => at + clockMs - shift);
};

const nearest = (moments: readonly number[], cursorMs: number): number =>
  moments.reduce((best, each) => (Math.abs(each - cursorMs) < Math.abs(best - cursorMs) ? each : best));

/**
 * Reads a time as people type it. Absolute: `2026-07-01 14:05:30`, `07-01 14:05`, `14:05`, also `7月1日 14:05`, with
 * `Z`, `UTC` or `+08:00` behind it for another zone than the one shown. Relative: `-10m`, `+30s`, `-1h30m`, `-10分`; a
 * relative one stops at the ends of the recording. `now` and `live` (现在, 实时) go back to the present. A time without
 * a date is on the day that the recording reaches and that is nearest to the cursor.
 */
export const readTypedTime = (typed: string, context: TypedContext): TypedTime => {
  const { cursorMs, range } = context;
  const text = plain(typed);
  if (/^(now|live|现在|实时)$/.test(text)) return { is: "live" };
  const byMs = readRelative(text);
  if (byMs !== null)
    return { is: "moment", timeMs: Math.min(range.toMs, Math.max(range.fromMs, cursorMs + byMs)) };
  const fields = readAbsolute(text, context.offsetMin);
  const moments = fields ? candidates(fields, cursorMs) : [];
  if (moments.length === 0) return { is: "unreadable" };
  const reached = moments.filter((each) => each >= range.fromMs && each <= range.toMs);
  if (reached.length === 0) return { is: "outside", timeMs: nearest(moments, cursorMs) };
  return { is: "moment", timeMs: nearest(reached, cursorMs) };
};
