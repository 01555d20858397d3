import type { Language, Translate } from "#renderer/i18n/translate.ts";

/** Calendar fields of an instant at the site, whatever zone this machine is in. */
interface SiteFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** HH:MM:SS, 24 hours. */
  readonly clock: string;
}

const weekdays = {
  zh: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
} as const;

const two = (n: number): string => String(n).padStart(2, "0");

/** Shifts the instant by the site's offset and reads it as UTC: no zone data base, no dependence on the machine. */
const siteFields = (timeMs: number, utcOffsetMin: number): SiteFields => {
  const shifted = new Date(timeMs + utcOffsetMin * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    clock: `${two(shifted.getUTCHours())}:${two(shifted.getUTCMinutes())}:${two(shifted.getUTCSeconds())}`,
  };
};

/** 2026年7月15日, or 2026-07-15. */
export const formatSiteDate = (language: Language, timeMs: number, utcOffsetMin: number): string => {
  const { year, month, day } = siteFields(timeMs, utcOffsetMin);
  return language === "zh" ? `${year}年${month}月${day}日` : `${year}-${two(month)}-${two(day)}`;
};

/** 星期三, or Wednesday. */
export const formatSiteWeekday = (language: Language, timeMs: number, utcOffsetMin: number): string =>
  weekdays[language][siteFields(timeMs, utcOffsetMin).weekday]!;

/** 14:03:05. */
export const formatSiteTime = (timeMs: number, utcOffsetMin: number): string =>
  siteFields(timeMs, utcOffsetMin).clock;

/** 2026年7月15日 星期三 14:03:05, or 2026-07-15 14:03:05. */
export const formatSiteClock = (language: Language, timeMs: number, utcOffsetMin: number): string => {
  const parts = [formatSiteDate(language, timeMs, utcOffsetMin), formatSiteTime(timeMs, utcOffsetMin)];
  if (language === "zh") parts.splice(1, 0, formatSiteWeekday(language, timeMs, utcOffsetMin));
  return parts.join(" ");
};

/** 14:03:05 of today; with its date on any other day: a week-old time must not read as this afternoon's. */
export const formatSiteMoment = (
  language: Language,
  timeMs: number,
  { nowMs, utcOffsetMin }: { readonly nowMs: number; readonly utcOffsetMin: number },
): string => {
  const date = formatSiteDate(language, timeMs, utcOffsetMin);
  const clock = formatSiteTime(timeMs, utcOffsetMin);
  return date === formatSiteDate(language, nowMs, utcOffsetMin) ? clock : `${date} ${clock}`;
};

/** UTC+8, UTC+5:30, UTC. */
export const formatOffset = (utcOffsetMin: number): string => {
  if (utcOffsetMin === 0) return "UTC";
  const minutes = Math.abs(utcOffsetMin);
  const rest = minutes % 60;
  return `UTC${utcOffsetMin < 0 ? "−" : "+"}${Math.floor(minutes / 60)}${rest ? `:${two(rest)}` : ""}`;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 s ago": one unit, rounded down, so that an age never claims more than has passed. */
export const formatAge = (t: Translate, ageMs: number): string => {
  if (ageMs < second) return t("age.now");
  if (ageMs < 2 * minute) return t("age.seconds", { n: Math.floor(ageMs / second) });
  if (ageMs < 2 * hour) return t("age.minutes", { n: Math.floor(ageMs / minute) });
  if (ageMs < 2 * day) return t("age.hours", { n: Math.floor(ageMs / hour) });
  return t("age.days", { n: Math.floor(ageMs / day) });
};

/** A duration in the unit that keeps it short: 250 ms, 10 s, 15 min. Negative durations keep their sign. */
export const formatSpan = (t: Translate, spanMs: number): string => {
  const size = Math.abs(spanMs);
  if (size > 0 && size < second) return t("span.milliseconds", { n: Math.round(spanMs) });
  if (size < 2 * minute) return t("span.seconds", { n: Number((spanMs / second).toFixed(1)) });
  if (size < 2 * hour) return t("span.minutes", { n: Number((spanMs / minute).toFixed(1)) });
  return t("span.hours", { n: Number((spanMs / hour).toFixed(1)) });
};

/** T+0:08:30: time since the start of a scenario, hours without leading zeros. */
export const formatElapsed = (seconds: number): string => {
  const s = Math.floor(seconds);
  return `T+${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};
