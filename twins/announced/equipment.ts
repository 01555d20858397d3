import type { ClassName } from "#twins/model/metric.ts";
import type { AnnouncedAsset } from "./collect.ts";
import { levelsOf } from "./levels.ts";
import type { Place } from "./place.ts";
import { ownWord } from "./place.ts";
import type { Places } from "./tree.ts";

/** What stands in or beside a room; all else stands in a yard. */
const indoors: ReadonlySet<ClassName> = new Set(["crah", "cdu", "ups", "transformer", "meter"]);

/** A machine that serves through more others than this is not followed to the end. */
const longestChain = 64;

/** Innermost place that both are in; undefined when they share none. */
const common = (a: Place, b: Place): Place | undefined => {
  const [one, other] = [a.path, b.path];
  let shared: Place | undefined;
  for (let i = 0; i < one.length && one[i] === other[i]; i++) shared = one[i];
  return shared;
};

/** Finds the place of each machine: where all that it serves stands, or where its own id says that it is. */
class Locator {
  readonly #places: Places;
  readonly #assets: ReadonlyMap<string, AnnouncedAsset>;
  readonly #found = new Map<string, Place | undefined>();

  constructor(places: Places, assets: readonly AnnouncedAsset[]) {
    this.#places = places;
    this.#assets = new Map(assets.map((asset) => [asset.externalId, asset]));
  }

  /** The innermost announced or invented place that an asset belongs to; undefined when nobody says. */
  of(asset: AnnouncedAsset, hops = 0): Place | undefined {
    const { externalId } = asset;
    if (this.#found.has(externalId)) return this.#found.get(externalId);
    if (hops > longestChain) return undefined;
    // A circle of machines that serve one another has no place of its own.
    this.#found.set(externalId, undefined);
    const served = this.#around([...asset.serves, ...asset.associates, asset.rackLocationId], hops + 1);
    const named = this.#named(externalId);
    const place = served && named ? (named.path.includes(served) ? named : served) : (served ?? named);
    this.#found.set(externalId, place);
    return place;
  }

  /** Innermost place that holds all of these. */
  #around(ids: readonly (string | null)[], hops: number): Place | undefined {
    let around: Place | undefined;
    for (const id of ids) {
      const place = id === null ? undefined : this.#placeOf(id, hops);
      if (place === undefined) continue;
      const shared = around === undefined ? place : common(around, place);
      if (shared === undefined) return undefined;
      around = shared;
    }
    return around;
  }

  #placeOf(id: string, hops: number): Place | undefined {
    const rack = this.#places.asset(id);
    if (rack) return rack.parent ?? undefined;
    const asset = this.#assets.get(id);
    return asset ? this.of(asset, hops) : this.#places.level(id);
  }

  /** `DC1-DH2-CRAH01` is in DC1-DH2. */
  #named(externalId: string): Place | undefined {
    const prefixes = levelsOf(externalId).map(({ prefix }) => prefix);
    for (const prefix of prefixes.slice(0, -1).reverse()) {
      const place = this.#places.level(prefix);
      if (place) return place;
    }
    return undefined;
  }
}

/** Where a machine of this class can stand, from the place that it belongs to outwards. */
const standing = (place: Place | undefined, className: ClassName): Place | undefined => {
  for (let at: Place | null | undefined = place; at; at = at.parent) {
    if (at.className === "building" || at.className === "zone") return at;
    if (at.className === "room" && indoors.has(className)) return at;
  }
  return undefined;
};

/** Puts everything that is no rack beside what it serves; what nobody places stands in the yard of the campus. */
export const placeEquipment = (places: Places, assets: readonly AnnouncedAsset[]): void => {
  const locator = new Locator(places, assets);
  const machines = assets.filter(({ className }) => className !== "rack");
  // All places are found before the first machine is one of them: the order of machines says nothing.
  const found = machines.map((asset) => [asset, standing(locator.of(asset), asset.className)] as const);
  for (const [asset, place] of found) {
    const yard = place ?? (places.zones.length === 1 ? places.zones[0]! : places.at([], "zone"));
    places.stand(asset, yard, ownWord(asset.externalId, yard));
  }
};
