import { type Tariff, tariffKinds } from "#twins/model/tariff.ts";
import type { Moment } from "#twins/physics/moment.ts";

/** Quarter hours: what tariffs are written in. */
const slots = 96;
const flat = tariffKinds.indexOf("flat");
/** Part of the rating wanted of storage in each kind of period, + discharge: a fill in eight hours of valley, a peak's worth in five. */
const wantedByKind = [-0.8, -0.4, 0, 0.7, 1];

/** When storage is to fill and to give. */
export interface StorageDispatch {
  readonly ratedKw: number;
  /** Index into `tariffKinds` of every quarter hour of every month; null: no tariff. Row-major, months × 96. */
  readonly kinds: Uint8Array | null;
}

const kindsOf = ({ periods }: Tariff): Uint8Array => {
  const kinds = new Uint8Array(12 * slots).fill(flat);
  for (const { kind, months, from, to } of periods)
    for (const month of months)
      for (let slot = 0; slot < slots; slot++) {
        const hour = ((slot + 0.5) * 24) / slots;
        const isInside = from < to ? hour > from && hour < to : hour > from || hour < to;
        if (isInside) kinds[(month - 1) * slots + slot] = tariffKinds.indexOf(kind);
      }
  return kinds;
};

export const createStorageDispatch = (tariff: Tariff | null, ratedKw: number): StorageDispatch => ({
  ratedKw,
  kinds: tariff && kindsOf(tariff),
});

/** Month 0…11 of a day since 1970 (H. Hinnant, civil_from_days). */
const monthOf = (day: number): number => {
  const fromMarch = day + 719_468;
  const ofEra = fromMarch - Math.floor(fromMarch / 146_097) * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  return month < 10 ? month + 2 : month - 10;
};

/** Part of the rating without a tariff: the valley by night and the sunny noon, and the evening peak. */
const wantedByHour = (hour: number): number => {
  if (hour < 5.5) return -0.4;
  if (hour >= 11 && hour < 14) return -0.55;
  return hour >= 17.5 && hour < 22 ? 0.7 : 0;
};

/**
 * What the dispatcher wants of storage, kW (+ discharge): take what wind and sun deliver above the load instead of
 * exporting it; else fill and give by the periods of the twin's tariff, or by the usual hours where it has none.
 */
export const wantedStorage = (dispatch: StorageDispatch, moment: Moment, netLoadKw: number): number => {
  const { ratedKw, kinds } = dispatch;
  if (netLoadKw < 0) return Math.max(-ratedKw, netLoadKw);
  if (!kinds) return wantedByHour(moment.hour) * ratedKw;
  const slot = Math.min(slots - 1, Math.floor((moment.hour * slots) / 24));
  return wantedByKind[kinds[monthOf(moment.day) * slots + slot]!]! * ratedKw;
};
