import { readAliases } from "./aliases.ts";
import { expandCampus } from "./campus.ts";
import { readTwinFile, readZoneFile } from "./documents.ts";
import { readFactsFile } from "./facts-document.ts";
import { Ground } from "./ground.ts";
import { readAssetList } from "./list.ts";
import type { Plot } from "./plan.ts";
import { allotRacks, layOut } from "./plan.ts";
import { reconcile } from "./reconcile.ts";
import type { Problem } from "./result.ts";
import type { ListedAsset, TwinDocument, TwinProblemCode, ZoneDocument } from "./schema.ts";
import { twinFileName } from "./schema.ts";
import type { Twin, TwinFiles, TwinOptions } from "./twin.ts";

/** Most racks a twin is expanded to. */
const maxRacks = 400_000;

/**
 * Expands the files of a twin directory into class tables. Pure and deterministic: every process that loads the same
 * files with the same options gets the same rows, ids and epoch.
 * What is wrong in the files becomes `problems` (file, line, asset, tip) and is left out; it never throws for them.
 */
export const loadTwin = (files: TwinFiles, options: TwinOptions = {}): Twin => {
  const problems: Problem[] = [];
  const document = readTwin(files, problems);
  const zones = readZones(document, files, problems);
  const racks = Math.max(0, Math.min(maxRacks, Math.floor(options.racks ?? document.defaultRacks)));
  const ground = new Ground();
  const plan = layOut(zones, document, { problems, ground });
  const left = allotRacks(plan, racks);
  const beyond =
    options.racks === undefined ? [] : growBeyondPlan(document, { plan, left, problems, ground });
  const { assets, links } = expandCampus(document, {
    zones: beyond.length > 0 && document.loadTest ? [...zones, document.loadTest.zone] : zones,
    plots: [...plan, ...beyond],
    listed: readLists(document, files, problems),
    problems,
    ground,
  });
  const text = (name: string | undefined): { file: string; text: string } | undefined =>
    name === undefined ? undefined : requireFile(files, { name, from: twinFileName, line: 1 }, problems);
  const factsFile = text(document.factsFile);
  const aliasesFile = text(document.aliasesFile);
  return {
    id: document.id,
    name: document.name,
    site: document.site,
    illustrative: document.illustrative,
    epoch: epochOf(files, racks),
    tables: assets.tables,
    links: links.table(),
    facts: factsFile ? readFactsFile(factsFile.file, factsFile.text, problems) : [],
    reconciliation: reconcile(document, plan),
    tariff: document.tariff,
    carbonFactors: document.carbonFactors,
    mapApproval: document.mapApproval,
    aliases: aliasesFile ? readAliases(aliasesFile, assets, problems) : new Map(),
    problems,
    table: (name) => assets.table(name),
    find: (id) => assets.find(id),
    idOf: (ref) => assets.idOf(ref),
    parentOf: (ref) => assets.parentOf(ref),
    rangeBelow: (ref, child) => assets.rangeBelow(ref, child),
  };
};

const requireFile = (
  files: TwinFiles,
  { name, from, line }: { name: string; from: string; line: number },
  problems: Problem[],
): { file: string; text: string } | undefined => {
  const text = files[name];
  if (text !== undefined) return { file: name, text };
  problems.push({
    code: "twin-file-missing" satisfies TwinProblemCode,
    message: `${from} names ${name}, which is not there`,
    tip: "Add the file or remove its name.",
    file: from,
    line,
  });
  return undefined;
};

/** What stands in for a `twin.json` that is missing or beyond reading: an empty site. */
const emptyTwin: TwinDocument = {
  id: "empty",
  name: { zh: "空园区", en: "Empty site" },
  site: { latitudeDeg: 0, longitudeDeg: 0, altitudeM: 0, utcOffsetMin: 0 },
  illustrative: true,
  defaultRacks: 0,
  zoneFiles: [],
  assetFiles: [],
  metered: true,
  templates: new Map(),
  published: { builtItMw: 0, note: { zh: "", en: "" } },
  loadTest: undefined,
  tariff: null,
  carbonFactors: [],
  mapApproval: null,
  factsFile: undefined,
  aliasesFile: undefined,
};

const readTwin = (files: TwinFiles, problems: Problem[]): TwinDocument => {
  const main = requireFile(files, { name: twinFileName, from: "the twin directory", line: 1 }, problems);
  return (main && readTwinFile(main.file, main.text, problems)) ?? emptyTwin;
};

const readLists = (document: TwinDocument, files: TwinFiles, problems: Problem[]): readonly ListedAsset[] =>
  document.assetFiles.flatMap(({ path, origin }) => {
    const list = requireFile(files, { name: path, from: origin.file, line: origin.line }, problems);
    return list ? readAssetList(list.file, list.text, problems) : [];
  });

const readZones = (
  document: TwinDocument,
  files: TwinFiles,
  problems: Problem[],
): readonly ZoneDocument[] => {
  const zones = new Map<string, ZoneDocument>();
  for (const { path, origin } of document.zoneFiles) {
    const file = requireFile(files, { name: path, from: origin.file, line: origin.line }, problems);
    const zone = file && readZoneFile(file.file, file.text, problems);
    if (zone === undefined) continue;
    const first = zones.get(zone.id);
    if (first === undefined) zones.set(zone.id, zone);
    else
      problems.push({
        code: "twin-duplicate-id" satisfies TwinProblemCode,
        message: `zone ${zone.id} is already in ${first.origin.file}`,
        tip: "Give the zone another id; it is left out until then.",
        asset: zone.id,
        ...zone.origin,
      });
  }
  return [...zones.values()];
};

/**
 * Racks beyond the published plan stand in the load-test zone, which appears only when somebody asks for so many:
 * a directory that lost buildings to an error just shows fewer racks than its default.
 */
const growBeyondPlan = (
  document: TwinDocument,
  {
    plan,
    left,
    problems,
    ground,
  }: { plan: readonly Plot[]; left: number; problems: Problem[]; ground: Ground },
): readonly Plot[] => {
  if (left === 0) return [];
  const zone = document.loadTest?.zone;
  const extra = zone ? layOut([zone], document, { problems, ground }) : [];
  const unplaced = allotRacks(extra, left);
  if (unplaced > 0)
    problems.push({
      code: "twin-field-range" satisfies TwinProblemCode,
      message: `${unplaced} of the racks asked for find no place: all ${plan.length + extra.length} buildings are full`,
      tip: "Ask for fewer racks, or enlarge loadTest in twin.json.",
      file: twinFileName,
      line: zone?.origin.line ?? 1,
    });
  return extra.filter((plot) => plot.telemetered > 0);
};

/** FNV-1a over names, texts and the number of racks; never 0. */
const epochOf = (files: TwinFiles, racks: number): number => {
  let hash = 0x811c9dc5;
  const feed = (text: string): void => {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0xffff, 0x01000193);
  };
  for (const name of Object.keys(files).sort()) {
    feed(name);
    feed(files[name]!);
  }
  feed(String(racks));
  return hash >>> 0 || 1;
};
