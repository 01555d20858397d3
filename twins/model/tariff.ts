/** Periods of a time-of-use tariff, cheapest first: 深谷, 谷, 平, 峰, 尖. */
export const tariffKinds = ["deepValley", "valley", "flat", "peak", "sharp"] as const;
type TariffKind = (typeof tariffKinds)[number];

/** Hours of the day, in some months, that cost the same. A period that ends before it begins runs over midnight. */
interface TariffPeriod {
  readonly kind: TariffKind;
  /** 1…12. */
  readonly months: readonly number[];
  /** Hours of site time, 0…24. */
  readonly from: number;
  readonly to: number;
  /** null: not published. */
  readonly pricePerKwh: number | null;
}

/**
 * What electricity costs (电价), with its source: configured, never assumed. A twin without one has no tariff, and
 * nothing of ours takes its place.
 */
export interface Tariff {
  readonly source: string;
  /** ISO 8601, as fine as it is known. */
  readonly date: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Where two overlap the later one counts; hours that none covers are flat. */
  readonly periods: readonly TariffPeriod[];
  /** For the month's highest demand (需量电费), or for installed capacity (容量电费). */
  readonly demandPerKwMonth: number | null;
  readonly capacityPerKvaMonth: number | null;
  /** Power factor that the bill is adjusted against (功率因数考核标准). */
  readonly powerFactor: number | null;
}

/** What an electricity emission factor speaks of: grids of three sizes, fossil plants alone, what certificates leave. */
export const carbonScopes = ["national", "regional", "provincial", "fossil", "residual"] as const;
type CarbonScope = (typeof carbonScopes)[number];

/** An emission factor of electricity as it was published. */
export interface CarbonFactor {
  readonly scope: CarbonScope;
  /** Year it speaks of. */
  readonly year: number;
  readonly kgPerKwh: number;
  /** Notice that published it. */
  readonly source: string;
}
