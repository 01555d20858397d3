import type { ClassName } from "./metric.ts";
import type { Problem } from "./result.ts";
import type { CarbonFactor, Tariff } from "./tariff.ts";

/** Words in both languages of the product. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

/** One asset, by class and row: the only identity hot code knows. */
export interface AssetRef {
  readonly className: ClassName;
  readonly row: number;
}

/** Build stage of an asset: attribute column `stage`. */
export const Stage = { planned: 0, construction: 1, built: 2 } as const;
export type Stage = (typeof Stage)[keyof typeof Stage];

/** How a building or room rejects heat: attribute column `cooling`. */
export const coolingSystems = ["towerPlate", "evaporative", "closedTowerLiquid"] as const;
export type CoolingSystem = (typeof coolingSystems)[number];

/** How a room's IT gets its power on its paths A and B: attribute column `powerSystem` of rooms. */
export const powerSystems = [
  "upsDouble", // double-conversion UPS on both paths
  "hvdc", // rectifiers with the battery on a 240/336 V DC bus, on both paths
  "mainsHvdc", // 市电直供+HVDC: path A straight from the mains, path B by HVDC
] as const;
export type PowerSystem = (typeof powerSystems)[number];

/** What a meter measures at its boundary: attribute column `role`. Index in this list is the code. */
export const meterRoles = [
  "main", // all electricity entering the boundary
  "it", // UPS output, PUE category 1
  "cooling",
  "aux", // lighting, offices, losses metered apart
  "grid", // site import
  "pv", // at hand-over
  "wind", // at hand-over
  "storage", // + discharge
  "generator",
] as const;
export type MeterRole = (typeof meterRoles)[number];

/** Where the water that a water meter counts comes from: attribute column `waterSource`. Index in this list is the code. */
export const waterSources = ["tap", "reclaimed"] as const;

/**
 * All assets of one class. Row order is the order of expansion and never changes within an epoch.
 * Poses are local metres east, north and up of the site origin; the pose point is the centre of the footprint at floor level.
 */
export interface AssetTable {
  readonly className: ClassName;
  readonly count: number;
  /** Class of each row's parent, as index into `classNames`; 255 for none. Shape: rows. */
  readonly parentClass: Uint8Array;
  /** Row of the parent in its class. Shape: rows. */
  readonly parentRow: Int32Array;
  /** east, north, up (m), yaw (degrees clockwise from north). Row-major, rows × 4. */
  readonly pose: Float32Array;
  /** Extent along local east, local north, and up (m). Row-major, rows × 3. */
  readonly size: Float32Array;
  /** Numeric facts by name (`ratedKw`, `stage`, `cooling`, `role`…); undefined if the class has none such. Shape: rows. */
  attribute(name: string): Float32Array | undefined;
  /** Path id such as `a/b07/f2/r1/row03/k12`. Built on demand. */
  idOf(row: number): string;
  nameOf(row: number): LocalText;
}

/** What serves what. Rows of parallel arrays; class values index `classNames`, kind indexes `linkKinds`. */
export const linkKinds = ["power", "liquid", "air", "network"] as const;
export interface LinkTable {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly fromClass: Uint8Array;
  readonly fromRow: Int32Array;
  readonly toClass: Uint8Array;
  readonly toRow: Int32Array;
}

/** What a fact speaks of, in the order of the library. */
export const factTopics = [
  "region",
  "compute",
  "campus",
  "energy",
  "dispatch",
  "ai",
  "data",
  "policy",
  "climate",
] as const;
export type FactTopic = (typeof factTopics)[number];

/** What the library shows of the twin beside published facts, in the order of its page. */
export const factFigures = [
  "share",
  "trend",
  "green",
  "price",
  "stages",
  "inference",
  "swing",
  "walls",
] as const;
export type FactFigure = (typeof factFigures)[number];

/** Screens that stand in the scene before the asset of a fact. */
export const factScreens = ["noc", "exchange", "cityBrain"] as const;
export type FactScreen = (typeof factScreens)[number];

/** Panels of the product that tell of the same as a fact, live. */
export const factPanels = ["energy", "dispatch"] as const;
export type FactPanel = (typeof factPanels)[number];

/** A published figure as a point of a series: drawn alone, never summed. */
export interface FactPoint {
  /** compute: P, precision not stated · green: % of consumption, by the definition in `scope`. */
  readonly series: "compute" | "green";
  readonly value: number;
  /** Month it speaks of, YYYY-MM. */
  readonly at: string;
  /** What it counts. */
  readonly scope: LocalText;
  /** Published as "more than". */
  readonly isAtLeast?: boolean;
}

/** A press or site fact with its provenance (docs/FACTS.md is generated from these). */
export interface Fact {
  readonly id: string;
  readonly kind: "press" | "site";
  readonly topic?: FactTopic;
  readonly title: LocalText;
  /** Words exactly as published. */
  readonly quote: string;
  /** What the words say, in English: a translation of ours, never published. */
  readonly gloss?: string;
  /** Names and addresses as they are; words of ours in both languages as `中文 / English`. */
  readonly source: string;
  /** ISO 8601, as fine as it is known, or words as in `source`. */
  readonly date: string;
  readonly grade: "A" | "B" | "C" | "D";
  readonly caveat?: LocalText;
  /** Excluded from every sum and chart. */
  readonly quarantined?: boolean;
  readonly point?: FactPoint;
  /** The figure of the twin that it stands beside. */
  readonly figure?: FactFigure;
  /** The panel that tells of the same, live. */
  readonly panel?: FactPanel;
  /** The screen that stands for it in the scene. */
  readonly screen?: FactScreen;
  /** Asset the fact is shown at, if any. */
  readonly asset?: string;
}

/** One line of the reconciliation table (对账表). Power in MW. */
export interface ReconciliationLine {
  readonly scope: string;
  readonly racks: number;
  readonly kwPerRack: number;
  readonly occupancy: number;
  readonly load: number;
  readonly mw: number;
}

export interface Reconciliation {
  readonly lines: readonly ReconciliationLine[];
  readonly sumMw: number;
  readonly publishedMw: number;
  /** publishedMw − sumMw. */
  readonly residualMw: number;
  readonly note: LocalText;
}

/** A campus, expanded: pure data, equal in every process that loads the same files with the same options. */
export interface Twin {
  readonly id: string;
  readonly name: LocalText;
  readonly site: {
    readonly latitudeDeg: number;
    readonly longitudeDeg: number;
    readonly altitudeM: number;
    /** Site time is this offset from UTC whatever the machine's zone. Horinger: 480. */
    readonly utcOffsetMin: number;
  };
  /** Layout is derived from public facts, not surveyed (示意, 非实测). */
  readonly illustrative: boolean;
  /** Changes when the same files expand differently; part of every frame. */
  readonly epoch: number;
  readonly tables: ReadonlyMap<ClassName, AssetTable>;
  readonly links: LinkTable;
  readonly facts: readonly Fact[];
  readonly reconciliation: Reconciliation;
  /** null: not configured, and nothing costs anything. */
  readonly tariff: Tariff | null;
  /** Approval number of the region's diagram (审图号), as the authority wrote it; null while there is none. */
  readonly mapApproval: string | null;
  /** Empty: not configured, and nothing emits anything. */
  readonly carbonFactors: readonly CarbonFactor[];
  /** What was wrong in the files; the rest is shown all the same. */
  readonly problems: readonly Problem[];
  /** External id → asset, from the aliases file. */
  readonly aliases: ReadonlyMap<string, AssetRef>;
  table(name: ClassName): AssetTable;
  /** Asset by path id, or undefined. */
  find(id: string): AssetRef | undefined;
  idOf(ref: AssetRef): string;
  parentOf(ref: AssetRef): AssetRef | undefined;
  /** Rows [start, end) of `child` below an asset: expansion is depth-first, so they are contiguous; null when there are none. */
  rangeBelow(ref: AssetRef, child: ClassName): readonly [start: number, end: number] | null;
}

export interface TwinOptions {
  /** Telemetered racks to expand to; the twin's own default when absent. Up to 400,000. */
  readonly racks?: number;
}

/** Files of a twin directory by relative path: what `loadTwin` reads and what the bridge sends to the renderer. */
export type TwinFiles = Readonly<Record<string, string>>;
