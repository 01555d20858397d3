import { classSpec } from "#twins/model/catalogue.ts";
import type { LocalText } from "#twins/model/twin.ts";
import type { AnnouncedAsset } from "./collect.ts";
import { most } from "./grid.ts";
import type { Level, PlaceClass } from "./levels.ts";
import { classesOfLevels, levelsOf, placeClasses } from "./levels.ts";
import { ownWord, Place } from "./place.ts";
import { inventedNames, naturally, sameText } from "./words.ts";

/** Racks of an invented row, at most. */
const inventedRow = { least: 8, most: 24 };

/** A rack, and what its id tells of where it stands. */
interface Sited {
  readonly asset: AnnouncedAsset;
  readonly levels: readonly Level[];
}

/** The levels of a rack as places, outermost first; empty when its id has no structure. */
type Site = readonly { readonly className: PlaceClass; readonly level: Level }[];

const groupBy = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

/** The key with most items; of equals the first in order. */
const commonest = (groups: ReadonlyMap<string, readonly unknown[]>): string =>
  [...groups].sort(([a, x], [b, y]) => y.length - x.length || naturally(a, b))[0]?.[0] ?? "";

const depthOf = ({ levels }: Sited): string => String(levels.length);

/**
 * Racks whose ids are built alike, by number of levels. Within ids that begin with the same word the usual number of
 * levels counts; a rack that has another one says nothing of where it stands.
 */
const shapesOf = (racks: readonly Sited[]): readonly (readonly Sited[])[] => {
  const usual = [...groupBy(racks, ({ levels }) => levels[0]!.word).values()].flatMap((alike) => {
    const byDepth = groupBy(alike, depthOf);
    return byDepth.get(commonest(byDepth))!;
  });
  return [...groupBy(usual, (rack) => `${depthOf(rack)} ${rack.asset.rackLocationId === null}`).values()];
};

/** Words that tell nearly every rack from every other are no levels, but names. */
const groupsNothing = (places: number, racks: number): boolean => racks > 4 && places * 2 > racks;

/** More places of a class than any campus has: their words are names of something else. */
const mostPlaces: Readonly<Record<PlaceClass, number>> = {
  zone: 100,
  building: 1_000,
  floor: 5_000,
  room: 20_000,
  row: 200_000,
};

const isBeyondReason = (shape: readonly Sited[], classes: readonly (PlaceClass | undefined)[]): boolean =>
  classes.some(
    (className, i) =>
      className !== undefined &&
      new Set(shape.map(({ levels }) => levels[i]!.prefix)).size > mostPlaces[className],
  );

const sitesOf = (racks: readonly Sited[]): ReadonlyMap<Sited, Site> => {
  const sites = new Map<Sited, Site>();
  for (const shape of shapesOf(racks)) {
    const depth = shape[0]!.levels.length;
    const innermost = groupBy(shape, ({ levels }) => levels.at(-2)?.prefix ?? "");
    if (depth < 2 || groupsNothing(innermost.size, shape.length)) continue;
    const classes = classesOfLevels({
      columns: Array.from(
        { length: depth - 1 },
        (_, i) => new Set(shape.map(({ levels }) => levels[i]!.word)),
      ),
      fullest: most(
        0,
        [...innermost.values()].map((inside) => inside.length),
      ),
      innermost: shape[0]!.asset.rackLocationId === null && depth === 3 ? "room" : "row",
    });
    if (isBeyondReason(shape, classes)) continue;
    for (const rack of shape) sites.set(rack, siteOf(rack.levels, classes));
  }
  return sites;
};

/** Levels outside of the zone are part of its name. */
const siteOf = (levels: readonly Level[], classes: readonly (PlaceClass | undefined)[]): Site =>
  classes.flatMap((className, i) => {
    const { word, prefix } = levels[i]!;
    if (className === undefined) return [];
    return [{ className, level: { word: className === "zone" ? prefix : word, prefix } }];
  });

const bareNumber = /^\d+$/;

/** A place's word as its name; a bare number needs the class beside it. */
const placeName = (className: PlaceClass, word: string): LocalText => {
  if (!bareNumber.test(word)) return sameText(word);
  const { zh, en } = classSpec(className).label;
  return { zh: `${zh} ${word}`, en: `${en} ${word}` };
};

/** Places by the id of the plant (`DC1-DH2`), and those that had to be invented, one of a kind in each place. */
export class Places {
  readonly zones: Place[] = [];
  /** Levels by class and id: ids of another shape may name another class by the same words. */
  readonly #levels = new Map<string, Place>();
  readonly #assets = new Map<string, Place>();
  readonly #invented = new Map<Place | null, Map<PlaceClass, Place>>();

  /** The level `className` of a site, made with everything around it. */
  at(site: Site, className: PlaceClass): Place {
    const outer = placeClasses[placeClasses.indexOf(className) + 1];
    const said = site.find((step) => step.className === className);
    const known = said && this.#levels.get(`${className} ${said.level.prefix}`);
    if (known) return known;
    const around = outer === undefined ? null : this.at(site, outer);
    if (!said) return this.#invent(around, className);
    const { word, prefix } = said.level;
    const place = new Place(around, { className, word, external: prefix, name: placeName(className, word) });
    this.#levels.set(`${className} ${prefix}`, place);
    if (around === null) this.zones.push(place);
    return place;
  }

  #invent(around: Place | null, className: PlaceClass): Place {
    const here = this.#invented.get(around) ?? new Map<PlaceClass, Place>();
    this.#invented.set(around, here);
    const known = here.get(className);
    if (known) return known;
    const word = { zone: "campus", building: "hall", floor: "f1", room: "room", row: "row" }[className];
    const place = new Place(around, { className, word, external: null, name: inventedNames[className] });
    here.set(className, place);
    if (around === null) this.zones.push(place);
    return place;
  }

  /** Adds an asset to a place. */
  stand(asset: AnnouncedAsset, place: Place, word: string): void {
    const made = new Place(place, {
      className: asset.className,
      word,
      external: asset.externalId,
      name: sameText(asset.name === null ? word : ownWord(asset.name, place)),
      asset,
    });
    this.#assets.set(asset.externalId, made);
  }

  asset(externalId: string): Place | undefined {
    return this.#assets.get(externalId);
  }

  /** The level of that id, the innermost of several. */
  level(prefix: string): Place | undefined {
    for (const className of placeClasses) {
      const place = this.#levels.get(`${className} ${prefix}`);
      if (place) return place;
    }
    return undefined;
  }
}

/** Rows that nobody announced, each as long as makes the room about as wide as it is deep. */
const addInventedRows = (places: Places, room: Place, racks: readonly Sited[]): void => {
  const { least, most } = inventedRow;
  const length = Math.min(most, Math.max(least, Math.ceil(Math.sqrt(racks.length * 5))));
  for (let first = 0; first < racks.length; first += length) {
    const number = first / length + 1;
    const { zh, en } = inventedNames.row;
    const row = new Place(room, {
      className: "row",
      word: `row${String(number).padStart(2, "0")}`,
      external: null,
      name: { zh: `${zh} ${number}`, en: `${en} ${number}` },
    });
    for (const { asset, levels } of racks.slice(first, first + length))
      places.stand(asset, row, levels.at(-1)!.word);
  }
};

/** Racks in rows in rooms in buildings, as far as their ids tell; the rest in one room, in natural order. */
export const placeRacks = (assets: readonly AnnouncedAsset[]): Places => {
  const racks = assets
    .filter(({ className }) => className === "rack")
    .map((asset) => ({ asset, levels: levelsOf(asset.rackLocationId ?? asset.externalId) }));
  const sites = sitesOf(racks);
  const places = new Places();
  const withoutRow = new Map<Place, Sited[]>();
  for (const rack of racks) {
    const site = sites.get(rack) ?? [];
    if (site.some(({ className }) => className === "row")) {
      places.stand(rack.asset, places.at(site, "row"), rack.levels.at(-1)!.word);
      continue;
    }
    const room = places.at(site, "room");
    const inside = withoutRow.get(room);
    if (inside) inside.push(rack);
    else withoutRow.set(room, [rack]);
  }
  for (const [room, inside] of withoutRow) addInventedRows(places, room, inside);
  return places;
};
