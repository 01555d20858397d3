import type { ClassName } from "./metric.ts";
import type { CarbonFactor, Tariff } from "./tariff.ts";
import type { CoolingSystem, LocalText, PowerSystem, Stage } from "./twin.ts";

/**
 * The documents of a twin directory after reading (docs/TWIN-DIRECTORY.md).
 * Lengths in metres; `at` is east, north of the parent's centre (a zone's: of the site origin).
 */

export const twinFileName = "twin.json";

export type Pair = readonly [east: number, north: number];
export type Size = readonly [east: number, north: number, up: number];

/** Where in the files something was written: every problem found later still points there. */
export interface Origin {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** `twin.json`: the campus as a whole. */
export interface TwinDocument {
  readonly id: string;
  readonly name: LocalText;
  readonly site: {
    readonly latitudeDeg: number;
    readonly longitudeDeg: number;
    readonly altitudeM: number;
    readonly utcOffsetMin: number;
  };
  readonly illustrative: boolean;
  /** Telemetered racks when nobody asks for another number. */
  readonly defaultRacks: number;
  readonly zoneFiles: readonly { readonly path: string; readonly origin: Origin }[];
  /** Files that list assets one by one. */
  readonly assetFiles: readonly { readonly path: string; readonly origin: Origin }[];
  /** The site has the usual supply meters; without, only what asset lists give it. */
  readonly metered: boolean;
  readonly templates: ReadonlyMap<string, HallTemplate>;
  /** What the reconciliation table is compared with. */
  readonly published: { readonly builtItMw: number; readonly note: LocalText };
  /** Buildings that no plan has: they appear only when more racks are asked for than the plan holds. */
  readonly loadTest: { readonly zone: ZoneDocument } | undefined;
  readonly tariff: Tariff | null;
  readonly carbonFactors: readonly CarbonFactor[];
  readonly mapApproval: string | null;
  readonly factsFile: string | undefined;
  readonly aliasesFile: string | undefined;
}

/** How the inside of a building repeats: floors × columns × bands of rooms, each of rows × positions. */
export interface HallTemplate {
  readonly id: string;
  readonly floors: number;
  readonly floorHeightM: number;
  /** Rooms side by side, west to east. */
  readonly columns: number;
  /** Rooms one behind the other, south to north. */
  readonly bands: number;
  readonly rowsPerRoom: number;
  readonly racksPerRow: number;
  readonly rackKw: number;
  readonly liquid: boolean;
  readonly cooling: CoolingSystem;
  readonly power: PowerSystem;
  /** Share of racks with servers in them (上架率), 0…1. */
  readonly occupancy: number;
  /** Mean power of an occupied rack over its rated power, 0…1: the reconciliation table's factor. */
  readonly load: number;
}

/** One zone file. */
export interface ZoneDocument {
  readonly id: string;
  readonly name: LocalText;
  readonly at: Pair;
  readonly size: Pair;
  /** Drawn beside the campus at another scale. */
  readonly notToScale: boolean;
  /** Zone meters by role; buildings and rooms get theirs from their template. */
  readonly metered: boolean;
  readonly buildings: readonly BuildingBlock[];
  readonly fields: readonly FieldBlock[];
  readonly origin: Origin;
}

/** What repeats on a grid. Cell i stands at column i mod columns, row ⌊i / columns⌋ counted southwards. */
export interface Grid {
  /** Centre of cell 0. */
  readonly at: Pair;
  readonly columns: number;
  /** Distance between cells: eastwards, southwards. */
  readonly pitch: Pair;
  /** Cells left empty. */
  readonly skip: readonly number[];
}

/** Equal buildings on a grid. Without `count`, one building whose id is `id` itself. */
export interface BuildingBlock {
  readonly id: string;
  readonly name: LocalText;
  readonly count: number | undefined;
  readonly grid: Grid;
  readonly size: Size;
  readonly yawDeg: number;
  /** How many of them, first to last, are built; then under construction; the rest is planned. */
  readonly built: number;
  readonly construction: number;
  /** Template id; without one it is a shell (offices). */
  readonly template: string | undefined;
  readonly plannedStandardRacks: number;
  /** Positions that hold a rack; all of the template's when absent. */
  readonly physicalRacks: number | undefined;
  /** Weight in the choice of telemetered buildings: i-th building of a block comes at i / share. */
  readonly share: number;
  /** Asset id of the substation that feeds them. */
  readonly fedBy: string | undefined;
  readonly origin: Origin;
}

/** Equal assets of a class without insides: PV tables, turbines, transformers, portals… */
export interface FieldBlock {
  readonly className: ClassName;
  readonly id: string;
  readonly name: LocalText | undefined;
  readonly count: number | undefined;
  readonly grid: Grid;
  readonly size: Size;
  readonly yawDeg: number;
  readonly stage: Stage;
  readonly attributes: ReadonlyMap<string, number>;
  /** Asset ids that this block's assets serve with `kind`. */
  readonly serves: readonly string[];
  readonly servesKind: "power" | "liquid" | "air" | "network";
  readonly origin: Origin;
}

/** One line of an asset list: an asset written out by itself, where a block would repeat it. */
export interface ListedAsset {
  /** Path id; all but its last segment is the parent. */
  readonly id: string;
  readonly className: ClassName;
  /** The class label when undefined. */
  readonly name: LocalText | undefined;
  /** From the parent's centre, in the parent's own axes, as is `yawDeg`. */
  readonly at: readonly [east: number, north: number, up: number];
  readonly size: Size;
  readonly yawDeg: number;
  readonly attributes: ReadonlyMap<string, number>;
  /** Asset ids that it serves, with the kind of its class (`servedKind`). */
  readonly serves: readonly string[];
  readonly origin: Origin;
}

/** Classes that a zone file may place as a field. Everything else comes with a building, or with the site. */
export const fieldClasses: readonly ClassName[] = [
  "substation",
  "transformer",
  "generator",
  "pvTable",
  "windTurbine",
  "battery",
  "weatherStation",
  "centre",
  "portal",
];

/** Problem codes of a twin directory; texts and tips live with the code that finds them. */
export const twinProblemCodes = [
  "twin-json-syntax",
  "twin-file-missing",
  "twin-field-missing",
  "twin-field-type",
  "twin-field-range",
  "twin-field-unknown",
  "twin-class-unknown",
  "twin-cooling-unknown",
  "twin-template-unknown",
  "twin-template-too-large",
  "twin-duplicate-id",
  "twin-overlap",
  "twin-link-unknown",
  "twin-alias-malformed",
  "twin-alias-unknown",
  "twin-list-malformed",
  "twin-parent-unknown",
] as const;
export type TwinProblemCode = (typeof twinProblemCodes)[number];
