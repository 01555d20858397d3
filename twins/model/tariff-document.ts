import type { ObjectReader } from "./json.ts";
import type { CarbonFactor, Tariff } from "./tariff.ts";
import { carbonScopes, tariffKinds } from "./tariff.ts";

/** Reads what electricity costs and emits from `twin.json`. */

type Period = Tariff["periods"][number];

const hours = { min: 0, max: 24 };
const price = { min: -10, max: 100 };
const whole = (min: number, max: number) => ({ min, max, integer: true });
const allYear = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

const oneOf = <T extends string>(reader: ObjectReader, name: string, words: readonly T[]): T | undefined => {
  const written = reader.string(name);
  const known = words.find((word) => word === written);
  if (known === undefined && reader.has(name))
    reader.fail("twin-field-range", `${name}: expected one of ${words.join(", ")}`, name);
  return known;
};

const optional = (
  reader: ObjectReader,
  name: string,
  limits: { readonly min: number; readonly max: number },
): number | null => (reader.has(name) ? reader.number(name, limits) : null);

const readPeriod = (reader: ObjectReader): Period | undefined => {
  const kind = oneOf(reader, "kind", tariffKinds);
  const period = {
    months: reader.has("months") ? reader.numbers("months", null, whole(1, 12)) : allYear,
    from: reader.number("from", hours),
    to: reader.number("to", hours),
    pricePerKwh: optional(reader, "pricePerKwh", price),
  };
  return reader.done() && kind ? { kind, ...period } : undefined;
};

/** Reads `tariff` of `twin.json`; null when it is wrong: half a tariff is none. */
export const readTariff = (reader: ObjectReader): Tariff | null => {
  const parts = reader.objects("periods");
  const periods = parts.flatMap((part) => readPeriod(part) ?? []);
  const tariff = {
    source: reader.string("source"),
    date: reader.string("date"),
    currency: reader.string("currency", /^[A-Z]{3}$/),
    periods,
    demandPerKwMonth: optional(reader, "demandPerKwMonth", price),
    capacityPerKvaMonth: optional(reader, "capacityPerKvaMonth", price),
    powerFactor: optional(reader, "powerFactor", { min: 0.5, max: 1 }),
  };
  return reader.done() && periods.length === parts.length ? tariff : null;
};

/** Reads one entry of `carbon` of `twin.json`. */
export const readCarbonFactor = (reader: ObjectReader): CarbonFactor | undefined => {
  const scope = oneOf(reader, "scope", carbonScopes);
  const factor = {
    year: reader.number("year", whole(1990, 2100)),
    kgPerKwh: reader.number("kgPerKwh", { min: 0, max: 2 }),
    source: reader.string("source"),
  };
  return reader.done() && scope ? { scope, ...factor } : undefined;
};
