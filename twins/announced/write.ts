import { csvCell } from "#twins/model/csv.ts";
import { listColumns } from "#twins/model/list.ts";
import { twinFileName } from "#twins/model/schema.ts";
import type { TwinFiles } from "#twins/model/twin.ts";
import type { AnnouncedEdit } from "./announcement.ts";
import { most } from "./grid.ts";
import type { Place } from "./place.ts";
import type { Places } from "./tree.ts";
import { segmentOf, uniqueSegment } from "./words.ts";

const aliasesFile = "aliases.csv";
/** Longest asset list, characters: what reads a directory leaves out files of more than 16 MiB. */
const longestList = 4_000_000;

/** Ids that a zone cannot have: the campus itself. */
const notZones = ["site"];

/** Gives every place its id, once its siblings are in order. */
export const nameIds = ({ zones }: Places): void => nameSiblings("", zones, notZones);

const nameSiblings = (parent: string, siblings: readonly Place[], reserved: readonly string[]): void => {
  const taken = new Set(reserved);
  for (const place of siblings) {
    const segment = uniqueSegment(
      segmentOf(place.word, place.className),
      place.external ?? place.word,
      taken,
    );
    place.id = parent === "" ? segment : `${parent}/${segment}`;
    nameSiblings(place.id, place.children, []);
  }
};

const walk = function* (places: readonly Place[]): Generator<Place> {
  for (const place of places) {
    yield place;
    yield* walk(place.children);
  }
};

/** Names and moves what was changed by hand; a zone grows with what is moved to its edge. */
export const applyEdits = (zones: readonly Place[], edits: readonly AnnouncedEdit[]): void => {
  if (edits.length === 0) return;
  const byId = new Map([...walk(zones)].map((place) => [place.id, place]));
  for (const edit of edits) {
    const place = byId.get(edit.id);
    if (!place) continue;
    if (edit.name) place.name = edit.name;
    if (edit.at) place.at = [edit.at[0], edit.at[1], place.at[2]];
    if (edit.yawDeg !== undefined) place.yawDeg = edit.yawDeg;
  }
  for (const zone of zones) {
    const reach = (axis: 0 | 1): number =>
      most(
        zone.size[axis],
        zone.children.map(({ at, size }) => 2 * Math.abs(at[axis]) + Math.hypot(size[0], size[1])),
      );
    zone.size = [reach(0), reach(1), zone.size[2]];
  }
};

const metres = (value: number): string => String(Math.round(value * 1000) / 1000 || 0);

/** Asset ids of what a machine serves, of those that are there. */
const servedIds = (place: Place, places: Places): readonly string[] =>
  (place.asset?.serves ?? []).flatMap((id) => {
    const target = places.asset(id) ?? places.level(id);
    return target && target !== place ? [target.id] : [];
  });

const attributesOf: Readonly<Record<string, string>> = { zone: "enclosed=1" };

const assetLine = (place: Place, places: Places): string =>
  [
    place.id,
    place.className,
    place.name.zh,
    place.name.en,
    ...[place.at[0], place.at[1], ...place.size, place.at[2], place.yawDeg].map(metres),
    servedIds(place, places).join(" "),
    attributesOf[place.className] ?? "",
  ]
    .map(csvCell)
    .join(",");

/** Every name of the plant, and the asset that it means; a level only where no asset has its name. */
const aliasLines = (places: Places, systems: readonly string[]): readonly string[] => {
  const aliases = new Map<string, string>(systems.map((id) => [id, "site/sys"]));
  const named = [...walk(places.zones)].filter(({ external }) => external !== null);
  for (const isAsset of [true, false])
    for (const place of named)
      if ((place.asset !== null) === isAsset && !aliases.has(place.external!))
        aliases.set(place.external!, place.id);
  return [...aliases].map(([external, id]) => `${csvCell(external)},${id}`);
};

/**
 * Where the plant stands nobody announced, so these stand in for the sun and the clock: the middle of China, UTC+8.
 * A saved directory says it better.
 */
const somewhere = { latitudeDeg: 35, longitudeDeg: 105, altitudeM: 0, utcOffsetMin: 480 };

/** Writes the places as a twin directory like any other (docs/TWIN-DIRECTORY.md). */
export const twinFiles = (places: Places, systems: readonly string[]): TwinFiles => {
  const lists = assetLists(places);
  const twin = {
    comment:
      "Laid out by rule from what the plant announced: places and sizes are illustrative. docs/ANNOUNCED.md",
    id: "announced",
    name: { zh: "自报园区", en: "Announced campus" },
    site: somewhere,
    illustrative: true,
    metered: false,
    assets: Object.keys(lists),
    aliases: aliasesFile,
  };
  const aliases = ["# externalId,assetId", ...aliasLines(places, systems)];
  return {
    [twinFileName]: `${JSON.stringify(twin, null, 2)}\n`,
    ...lists,
    [aliasesFile]: fileOf(aliases),
  };
};

/** What is no text in UTF-8 would be other bytes in a saved directory than it is here. */
const fileOf = (lines: readonly string[]): string => `${lines.join("\n")}\n`.toWellFormed();

/** The asset lists by file name: one, or as many as it takes. */
const assetLists = (places: Places): TwinFiles => {
  const header = listColumns.join(",");
  const lists: string[][] = [[header]];
  let length = 0;
  for (const place of walk(places.zones)) {
    const line = assetLine(place, places);
    length += line.length + 1;
    if (length > longestList) {
      lists.push([header]);
      length = line.length + 1;
    }
    lists.at(-1)!.push(line);
  }
  return Object.fromEntries(
    lists.map((lines, i) => [i === 0 ? "assets.csv" : `assets-${i + 1}.csv`, fileOf(lines)]),
  );
};
