import type { JsonSource } from "./json.ts";
import { ObjectReader, parseJson } from "./json.ts";
import { classNames } from "./metric.ts";
import type { Problem } from "./result.ts";
import type { BuildingBlock, FieldBlock, Grid, HallTemplate, TwinDocument, ZoneDocument } from "./schema.ts";
import { fieldClasses } from "./schema.ts";
import { readCarbonFactor, readTariff } from "./tariff-document.ts";
import type { Stage } from "./twin.ts";
import { coolingSystems, linkKinds, powerSystems, Stage as stages } from "./twin.ts";

/** One path segment of an asset id. */
export const segment = /^[a-z][a-z0-9-]{0,31}$/;
/** Nothing of a campus lies farther from its origin, m. */
export const reach = { min: -50_000, max: 50_000 };
export const extent = { min: 0.01, max: 20_000 };
const whole = (min: number, max: number) => ({ min, max, integer: true });

const readGrid = (reader: ObjectReader): Grid => ({
  at: reader.pair("at", reach),
  columns: reader.has("columns") ? reader.number("columns", whole(1, 10_000)) : 1,
  pitch: reader.has("pitch") ? reader.pair("pitch", { min: 0, max: 20_000 }) : [0, 0],
  skip: reader.has("skip") ? reader.numbers("skip", null, whole(0, 1_000_000)) : [],
});

const readTemplate = (id: string, reader: ObjectReader): HallTemplate | undefined => {
  const cooling = coolingSystems.find((name) => name === reader.string("cooling"));
  if (reader.has("cooling") && cooling === undefined)
    reader.fail("twin-cooling-unknown", `cooling: expected one of ${coolingSystems.join(", ")}`, "cooling");
  const wired = reader.has("power") ? reader.string("power") : "upsDouble";
  const power = powerSystems.find((name) => name === wired);
  if (power === undefined)
    reader.fail("twin-field-range", `power: expected one of ${powerSystems.join(", ")}`, "power");
  const template = {
    id,
    floors: reader.number("floors", whole(1, 60)),
    floorHeightM: reader.number("floorHeightM", { min: 2.5, max: 20 }),
    columns: reader.number("columns", whole(1, 40)),
    bands: reader.has("bands") ? reader.number("bands", whole(1, 20)) : 1,
    rowsPerRoom: reader.number("rowsPerRoom", whole(1, 99)),
    racksPerRow: reader.number("racksPerRow", whole(1, 99)),
    rackKw: reader.number("rackKw", { min: 0.1, max: 1_000 }),
    liquid: reader.has("liquid") && reader.boolean("liquid"),
    cooling: cooling ?? "towerPlate",
    power: power ?? "upsDouble",
    occupancy: reader.number("occupancy", { min: 0, max: 1 }),
    load: reader.number("load", { min: 0, max: 1 }),
  };
  return reader.done() ? template : undefined;
};

const readBuilding = (reader: ObjectReader, zone: string): BuildingBlock | undefined => {
  const id = reader.string("id", segment);
  reader.about(`${zone}/${id}`);
  const count = reader.has("count") ? reader.number("count", whole(1, 1_000)) : undefined;
  const block = {
    id,
    count,
    name: reader.text("name"),
    grid: readGrid(reader),
    size: reader.size("size", extent),
    yawDeg: reader.has("yawDeg") ? reader.number("yawDeg", { min: -360, max: 360 }) : 0,
    built: reader.number("built", whole(0, count ?? 1)),
    construction: reader.has("construction") ? reader.number("construction", whole(0, count ?? 1)) : 0,
    template: reader.has("template") ? reader.string("template") : undefined,
    plannedStandardRacks: reader.has("plannedStandardRacks")
      ? reader.number("plannedStandardRacks", { min: 0, max: 1e6 })
      : 0,
    physicalRacks: reader.has("physicalRacks") ? reader.number("physicalRacks", whole(0, 1e6)) : undefined,
    share: reader.has("share") ? reader.number("share", { min: 0.01, max: 1_000 }) : 1,
    fedBy: reader.has("fedBy") ? reader.string("fedBy") : undefined,
    origin: reader.origin,
  };
  return reader.done() ? block : undefined;
};

const readStage = (reader: ObjectReader): Stage => {
  const name = reader.has("stage") ? reader.string("stage") : "built";
  if (name === "built" || name === "construction" || name === "planned") return stages[name];
  reader.fail("twin-field-range", "stage: expected built, construction or planned", "stage");
  return stages.planned;
};

const readField = (reader: ObjectReader, zone: string): FieldBlock | undefined => {
  const id = reader.string("id", segment);
  reader.about(`${zone}/${id}`);
  const name = reader.string("class");
  const className = fieldClasses.find((candidate) => candidate === name);
  if (className === undefined && reader.has("class")) {
    const exists = classNames.some((candidate) => candidate === name);
    reader.fail(
      "twin-class-unknown",
      exists ? `class ${name} comes with its building, not by itself` : `class ${name} is unknown`,
      "class",
    );
  }
  const kind = reader.has("servesKind") ? reader.string("servesKind") : "power";
  const servesKind = linkKinds.find((candidate) => candidate === kind);
  if (servesKind === undefined)
    reader.fail("twin-field-range", `servesKind: expected one of ${linkKinds.join(", ")}`, "servesKind");
  const block = {
    className: className ?? "portal",
    id,
    name: reader.has("name") ? reader.text("name") : undefined,
    count: reader.has("count") ? reader.number("count", whole(1, 1_000_000)) : undefined,
    grid: readGrid(reader),
    size: reader.size("size", extent),
    yawDeg: reader.has("yawDeg") ? reader.number("yawDeg", { min: -360, max: 360 }) : 0,
    stage: readStage(reader),
    attributes: reader.has("attributes") ? reader.numberMap("attributes") : new Map<string, number>(),
    serves: reader.has("serves") ? reader.strings("serves").map((item) => item.value) : [],
    servesKind: servesKind ?? "power",
    origin: reader.origin,
  };
  return reader.done() ? block : undefined;
};

const readZone = (reader: ObjectReader): ZoneDocument | undefined => {
  const id = reader.string("id", segment);
  reader.about(id);
  if (id === "site") reader.fail("twin-duplicate-id", "site is the campus itself, not a zone", "id");
  const zone = {
    id,
    name: reader.text("name"),
    at: reader.pair("at", reach),
    size: reader.pair("size", extent),
    notToScale: reader.has("notToScale") && reader.boolean("notToScale"),
    metered: !reader.has("metered") || reader.boolean("metered"),
    buildings: [] as BuildingBlock[],
    fields: [] as FieldBlock[],
    origin: reader.origin,
  };
  const parts = {
    buildings: reader.has("buildings") ? reader.objects("buildings") : [],
    fields: reader.has("fields") ? reader.objects("fields") : [],
  };
  if (!reader.done()) return undefined;
  zone.buildings.push(...parts.buildings.flatMap((part) => readBuilding(part, id) ?? []));
  zone.fields.push(...parts.fields.flatMap((part) => readField(part, id) ?? []));
  return zone;
};

/** Opens one JSON file; undefined when it cannot be parsed at all. */
export const openFile = (source: JsonSource): ObjectReader | undefined => {
  const root = parseJson(source);
  return root && new ObjectReader(source, root);
};

/** Reads one zone file. Wrong assets are left out, each with a problem; undefined when the zone itself is unusable. */
export const readZoneFile = (file: string, text: string, problems: Problem[]): ZoneDocument | undefined => {
  const reader = openFile({ file, text, problems });
  return reader && readZone(reader);
};

const filesOf = (reader: ObjectReader, name: string): TwinDocument["zoneFiles"] =>
  reader.has(name) ? reader.strings(name).map(({ value, origin }) => ({ path: value, origin })) : [];

/** Reads `twin.json`; undefined when it cannot be understood at all. */
export const readTwinFile = (file: string, text: string, problems: Problem[]): TwinDocument | undefined => {
  const reader = openFile({ file, text, problems });
  if (!reader) return undefined;
  const site = reader.object("site");
  const published = reader.has("published") ? reader.object("published") : undefined;
  const loadTest = reader.has("loadTest") ? reader.object("loadTest") : undefined;
  const tariff = reader.has("tariff") ? reader.object("tariff") : undefined;
  const loadTestZone = loadTest && readZone(loadTest);
  const document: TwinDocument = {
    id: reader.string("id", segment),
    name: reader.text("name"),
    site: {
      latitudeDeg: site?.number("latitudeDeg", { min: -90, max: 90 }) ?? 0,
      longitudeDeg: site?.number("longitudeDeg", { min: -180, max: 180 }) ?? 0,
      altitudeM: site?.number("altitudeM", { min: -500, max: 9_000 }) ?? 0,
      utcOffsetMin: site?.number("utcOffsetMin", whole(-720, 840)) ?? 0,
    },
    illustrative: reader.boolean("illustrative"),
    defaultRacks: reader.has("defaultRacks") ? reader.number("defaultRacks", whole(0, 400_000)) : 0,
    zoneFiles: filesOf(reader, "zones"),
    assetFiles: filesOf(reader, "assets"),
    metered: !reader.has("metered") || reader.boolean("metered"),
    templates: new Map(
      (reader.has("templates") ? reader.entries("templates") : []).flatMap(([id, inner]) => {
        const template = readTemplate(id, inner);
        return template ? [[id, template] as const] : [];
      }),
    ),
    published: {
      builtItMw: published?.number("builtItMw", { min: 0 }) ?? 0,
      note: published?.text("note") ?? { zh: "", en: "" },
    },
    loadTest: loadTestZone && { zone: loadTestZone },
    tariff: tariff ? readTariff(tariff) : null,
    carbonFactors: (reader.has("carbon") ? reader.objects("carbon") : []).flatMap(
      (item) => readCarbonFactor(item) ?? [],
    ),
    mapApproval: reader.has("mapApproval") ? reader.string("mapApproval") : null,
    factsFile: reader.has("facts") ? reader.string("facts") : undefined,
    aliasesFile: reader.has("aliases") ? reader.string("aliases") : undefined,
  };
  reader.done();
  return document;
};
