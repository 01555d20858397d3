import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { AnnouncedPoint } from "./announcement.ts";
import { naturally } from "./words.ts";

/** Everything that was said of one asset. */
export interface AnnouncedAsset {
  readonly externalId: string;
  readonly className: ClassName;
  readonly rackLocationId: string | null;
  readonly serves: readonly string[];
  readonly associates: readonly string[];
  readonly name: string | null;
}

/** Places are levels of ids, never announced by themselves; a system is the BMS, which every twin has. */
const notPlaced: ReadonlySet<ClassName> = new Set([
  "site",
  "zone",
  "building",
  "floor",
  "room",
  "row",
  "system",
]);

interface Heard {
  readonly classes: Set<ClassName>;
  readonly metrics: Set<string>;
  readonly racks: Set<string>;
  readonly serves: Set<string>;
  readonly associates: Set<string>;
  readonly names: Set<string>;
}

const add = <T>(set: Set<T>, value: T | null): void => {
  if (value !== null && value !== "") set.add(value);
};

const hear = (points: readonly AnnouncedPoint[]): ReadonlyMap<string, Heard> => {
  const assets = new Map<string, Heard>();
  for (const point of points) {
    if (point.externalId === "") continue;
    let heard = assets.get(point.externalId);
    if (heard === undefined) {
      heard = {
        classes: new Set(),
        metrics: new Set(),
        racks: new Set(),
        serves: new Set(),
        associates: new Set(),
        names: new Set(),
      };
      assets.set(point.externalId, heard);
    }
    add(heard.classes, point.className);
    add(heard.metrics, point.metric);
    add(heard.racks, point.rackLocationId);
    add(heard.names, point.name?.trim() ?? null);
    for (const id of point.serves) add(heard.serves, id);
    for (const id of point.associates) add(heard.associates, id);
  }
  return assets;
};

const metricsOf = new Map(
  classNames
    .filter((name) => !notPlaced.has(name))
    .map((name) => [name, new Set(classSpec(name).metrics.map((metric) => metric.id))] as const),
);

/** The one class that has all these metrics; undefined when none has, or several could be meant. */
const classByMetrics = (metrics: ReadonlySet<string>): ClassName | undefined => {
  if (metrics.size === 0) return undefined;
  const fitting = [...metricsOf].filter(([, own]) => [...metrics].every((metric) => own.has(metric)));
  return fitting.length === 1 ? fitting[0]![0] : undefined;
};

const first = (values: ReadonlySet<string>): string | null => [...values].sort(naturally)[0] ?? null;

/** Class that the wire says; else rack where the asset is its own rack location; else what its metrics prove. */
const classOf = (externalId: string, heard: Heard): ClassName | undefined => {
  const [said, ...others] = heard.classes;
  if (said !== undefined) return others.length === 0 ? said : undefined;
  return heard.racks.has(externalId) ? "rack" : classByMetrics(heard.metrics);
};

/**
 * Assets of what was announced, in natural order of their external ids. Left out, because nobody knows what they are:
 * assets without a class whose metrics fit several, and those that were announced as two classes.
 */
export const collectAssets = (points: readonly AnnouncedPoint[]): readonly AnnouncedAsset[] => {
  const heard = hear(points);
  const assets = new Map<string, AnnouncedAsset>();
  for (const [externalId, said] of heard) {
    const className = classOf(externalId, said);
    if (className === undefined || notPlaced.has(className)) continue;
    assets.set(externalId, {
      externalId,
      className,
      rackLocationId: first(said.racks),
      serves: [...said.serves].sort(naturally),
      associates: [...said.associates].sort(naturally),
      name: first(said.names),
    });
  }
  // A rack that only its equipment speaks of is announced by that.
  for (const { rackLocationId } of [...assets.values()])
    if (rackLocationId !== null && !heard.has(rackLocationId) && !assets.has(rackLocationId))
      assets.set(rackLocationId, {
        externalId: rackLocationId,
        className: "rack",
        rackLocationId,
        serves: [],
        associates: [],
        name: null,
      });
  return [...assets.values()].sort((a, b) => naturally(a.externalId, b.externalId));
};

/** External ids of the BMS and integrations themselves: their heartbeats belong to the facility monitoring. */
export const systemIds = (points: readonly AnnouncedPoint[]): readonly string[] =>
  [...new Set(points.filter((point) => point.className === "system").map((point) => point.externalId))]
    .filter((id) => id !== "")
    .sort(naturally);
