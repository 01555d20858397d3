import type { FeedStatus } from "#feed/contract/status.ts";
import type { FreshnessName, OriginName, QualityName } from "#twins/model/quality.ts";

/** `window.twin`: for operators' scripts, a control desk and tests. Documented in docs/AUTOMATION.md. */
export interface TwinApi {
  readonly apiVersion: 1;
  /** Resolves when the twin is expanded, the scene stands and the first frame was drawn. */
  readonly ready: Promise<void>;
  /** Resolves when pending uploads are done, camera moves ended, and a frame with them was drawn. */
  settled(): Promise<void>;
  /** Fixes the site clock and every animation; null lets it run again. */
  freeze(timeMs: number | null, seed?: number): void;
  find(text: string, limit?: number): readonly FoundAsset[];
  value(assetId: string, metric: string): PointValue | undefined;
  kpi(name: string, scopeId: string): KpiValue | undefined;
  alarms(): readonly unknown[];
  sources(): FeedStatus | null;
  readonly player: PlayerApi;
  readonly view: ViewApi;
  stats(): TwinStats;
}

export interface FoundAsset {
  readonly id: string;
  readonly className: string;
  readonly zh: string;
  readonly en: string;
}

export interface PointValue {
  /** null when nothing was ever received or the quality is bad. */
  readonly value: number | null;
  readonly unit: string;
  readonly quality: QualityName;
  readonly freshness: FreshnessName;
  readonly origin: OriginName;
  readonly sampleTimeMs: number | null;
  readonly receivedTimeMs: number | null;
}

export interface KpiValue {
  /** null when it was never computed, its inputs are bad, or it is stale. */
  readonly value: number | null;
  readonly unit: string;
  readonly window: string;
  /** 0…1. */
  readonly coverage: number;
  readonly freshness: FreshnessName;
  /** The weakest origin among its inputs. */
  readonly origin: OriginName;
  /** Formula, standard and origin in one English line; `kpi.explain` on the bridge lists the meters. */
  readonly provenance: string;
}

export interface PlayerApi {
  readonly state: "live" | "paused" | "playing";
  readonly cursorMs: number;
  play(): void;
  pause(): void;
  seek(timeMs: number): void;
  setSpeed(speed: number): void;
  live(): void;
}

export interface ViewApi {
  /** campus, building, room or rack: the level of detail at the camera's target. */
  readonly scene: string;
  flyTo(assetId: string): Promise<void>;
  /** Metric of the heat map: `load`, `power`, `inletTemperature`, `pue`; no argument asks. */
  heatmap(metric?: string): string;
  /** Asset under a CSS pixel of the canvas, or null. */
  pick(x: number, y: number): string | null;
  /** CSS pixel of an asset's visible centre, or null when it is out of view. */
  screenOf(assetId: string): { readonly x: number; readonly y: number } | null;
  /** Framebuffer colour at the asset's visible centre, 0…255, or null when hidden. */
  colorOf(assetId: string): Promise<readonly [r: number, g: number, b: number] | null>;
  /** Legend colour for a value of the current heat map, 0…255. */
  legendColor(value: number): readonly [r: number, g: number, b: number];
  select(assetId: string | null): void;
}

export interface TwinStats {
  readonly draws: number;
  readonly triangles: number;
  readonly instances: number;
  readonly uploadBytes: number;
  readonly jsMs: number;
  readonly frames: number;
  readonly contextsLost: number;
  readonly rows: number;
  readonly framesReceived: number;
  readonly drops: number;
  readonly coverage: number | null;
}
