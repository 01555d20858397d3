import type { Language } from "#renderer/i18n/translate.ts";

/** A number ready for people: digits and the unit they are in, apart so that layouts can set them apart. */
export interface Quantity {
  readonly digits: string;
  /** Empty for a bare ratio. */
  readonly unit: string;
}

/** Text for a value that is not there. Never zero, never the last value. */
export const noNumber = "—";

const formatters = new Map<number, Intl.NumberFormat>();

/** Groups thousands and keeps `decimals` places; a true minus sign lines up with tabular figures. */
export const formatNumber = (value: number, decimals = 0): string => {
  let formatter = formatters.get(decimals);
  if (!formatter) {
    formatter = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formatters.set(decimals, formatter);
  }
  const text = formatter.format(value);
  return /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");
};

const decimalsOf = (resolution: number | undefined): number =>
  resolution === undefined ? 3 : Math.min(6, Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9)));

/** Three significant digits, the customary precision of a headline number. */
const threeDigits = (value: number): string => {
  const size = Math.abs(value);
  return formatNumber(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
};

/** UCUM codes in the writing people expect; a code that is missing here is shown as it is. */
const unitNames: Readonly<Record<string, string | Readonly<Record<Language, string>>>> = {
  "1": "",
  Cel: "°C",
  deg: "°",
  "W/m2": "W/m²",
  "ug/m3": "µg/m³",
  "/min": { zh: "转/分", en: "rpm" },
  "m3/h": "m³/h",
  TBy: "TB",
  kWh: { zh: "千瓦时", en: "kWh" },
};

/** The unit as shown, from its UCUM code. */
export const unitName = (unit: string, language: Language): string => {
  const name = unitNames[unit] ?? unit;
  return typeof name === "string" ? name : name[language];
};

/** Steps of energy units, largest first: from this many kWh on, divide by `kWh` and write `unit`. */
const energySteps: Readonly<Record<Language, readonly { from: number; kWh: number; unit: string }[]>> = {
  zh: [
    { from: 1e8, kWh: 1e8, unit: "亿千瓦时" },
    { from: 1e4, kWh: 1e4, unit: "万千瓦时" },
    { from: 0, kWh: 1, unit: "千瓦时" },
  ],
  en: [
    { from: 1e9, kWh: 1e9, unit: "TWh" },
    { from: 1e6, kWh: 1e6, unit: "GWh" },
    { from: 1e4, kWh: 1e3, unit: "MWh" },
    { from: 0, kWh: 1, unit: "kWh" },
  ],
};

/** Energy: 12.2亿千瓦时, 1.22 TWh; 7.6亿千瓦时, not 7.60. */
const energy = (kWh: number, language: Language): Quantity => {
  const step = energySteps[language].find(({ from }) => Math.abs(kWh) >= from)!;
  const digits = threeDigits(kWh / step.kWh);
  return { digits: digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits, unit: step.unit };
};

/** A power in MW whatever its size: for lists, where a change of unit from line to line would mislead. */
export const formatMegawatts = (kW: number): Quantity => ({ digits: formatNumber(kW / 1000, 1), unit: "MW" });

/** Large powers change to MW, where four digits still show a single row of racks. */
const power = (kW: number, resolution: number | undefined): Quantity => {
  const size = Math.abs(kW);
  if (size < 10_000) return { digits: formatNumber(kW, decimalsOf(resolution)), unit: "kW" };
  return { digits: formatNumber(kW / 1000, size < 100_000 ? 2 : 1), unit: "MW" };
};

/**
 * A value in its catalogue unit, scaled and rounded for people; never finer than the metric's resolution.
 * @param unit UCUM code.
 */
export const formatQuantity = (
  value: number,
  unit: string,
  options: { readonly language: Language; readonly resolution?: number | undefined },
): Quantity => {
  const { language, resolution } = options;
  if (unit === "kW") return power(value, resolution);
  if (unit === "kWh") return energy(value, language);
  return { digits: formatNumber(value, decimalsOf(resolution)), unit: unitName(unit, language) };
};

/** A meter register with every digit, as it stands on the meter. */
export const formatRegister = (kWh: number): Quantity => ({ digits: formatNumber(kWh, 1), unit: "kWh" });

/** Digits and unit in one string: a space before symbols (ISO 80000-1), none before ° and Hanzi. */
export const joinQuantity = ({ digits, unit }: Quantity): string =>
  unit === "" || /^[°\p{Script=Han}]$|^\p{Script=Han}/u.test(unit) ? `${digits}${unit}` : `${digits} ${unit}`;

/** Compute power in P (10¹⁵ FLOPS): 6.7万P, 67,000 P. */
export const formatCompute = (petaflops: number, language: Language): string => {
  if (language === "en") return `${formatNumber(petaflops)} P`;
  if (petaflops < 10_000) return `${formatNumber(petaflops)}P`;
  return `${Number((petaflops / 10_000).toPrecision(3))}万P`;
};

/** A count that may be large: 1,234 · 12.3 k · 1.20 M in English; 1,234 · 1.23万 · 120万 in Chinese. */
export const formatCount = (count: number, language: Language): string => {
  if (count < 10_000) return formatNumber(Math.round(count));
  if (language === "zh") {
    return count < 1e8 ? `${threeDigits(count / 1e4)}万` : `${threeDigits(count / 1e8)}亿`;
  }
  return count < 1e6 ? `${threeDigits(count / 1e3)} k` : `${threeDigits(count / 1e6)} M`;
};

/** Size of a file: decimal units, as file managers have them. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
};

/** A share 0…1 as percent. */
export const formatShare = (share: number, decimals = 1): string =>
  `${formatNumber(share * 100, decimals)} %`;
