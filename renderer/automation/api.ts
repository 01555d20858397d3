import type { ReplayState } from "#feed/contract/replay.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import type { PictureStep } from "#renderer/stores/picture.ts";
import type { FreshnessName, OriginName, QualityName } from "#twins/model/quality.ts";
import type { LocalText } from "#twins/model/twin.ts";
import type { EventKind, ScenarioSource } from "#twins/scenario/scenario.ts";

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
  /** The scenario that a simulated or recorded plant plays, as it stands now; null while none is played. */
  scenario(): ScenarioNow | null;
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

export interface ScenarioNow {
  readonly id: string;
  readonly title: LocalText;
  readonly publisher: string;
  readonly origin: "simulated" | "trace";
  /** What was published about the incident it follows; null for one that is made up. */
  readonly source: ScenarioSource | null;
  /** Plant time of its start and now, ms UTC. */
  readonly startMs: number;
  readonly plantTimeMs: number;
  /** Seconds of plant time from the start, at most `durationS`. */
  readonly elapsedS: number;
  readonly durationS: number;
  /** Seconds of plant time per second. */
  readonly speed: number;
  readonly hasEnded: boolean;
  /** The plant said nothing for 30 s: where it is is not known any more, and its clock here stands. */
  readonly isSilent: boolean;
  readonly events: number;
  readonly views: number;
  /** The last event that has come, and the next one. */
  readonly event: EventNow | null;
  readonly next: EventNow | null;
  /** Index of the view that is due; −1 before the first. */
  readonly view: number;
  /** Index of the view that the camera was led to; null for none, or since a hand took it elsewhere. */
  readonly led: number | null;
  readonly isFollowing: boolean;
}

export interface EventNow {
  readonly index: number;
  readonly atS: number;
  readonly kind: EventKind;
  readonly zh: string;
  readonly en: string;
}

export interface PlayerApi {
  /** paused and playing are of a recording where `replay` is not null. */
  readonly state: "live" | "paused" | "playing";
  /** Where the replay stands; null for what is live. */
  readonly replay: ReplayState | null;
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
  /** @param ms how long the flight takes; 600 when absent. */
  flyTo(assetId: string, ms?: number): Promise<void>;
  /** Puts the camera to a saved one (`home`, `region`, `campus`, `hall`, `room`, `rack`, `solar`, …) at once. */
  stand(camera: string): Promise<void>;
  /**
   * Puts the camera anywhere at once: east, north and up of the site origin, m.
   * @param eye where it stands
   * @param target what it looks at
   */
  look(eye: readonly [number, number, number], target: readonly [number, number, number]): void;
  /** Draws with a step of the quality ladder; null leaves it to the scene; no argument asks what was said. */
  picture(step?: PictureStep | null): PictureStep | null;
  /** few: picture, legend, scale and marks only; no argument asks. */
  panels(shown?: "all" | "few"): "all" | "few";
  /** Metric of the heat map: `load`, `power`, `inletTemperature`, `pue`; no argument asks. */
  heatmap(metric?: string): string;
  /**
   * Round ends around the values of what is looked at now, until the heat map or what is looked at changes; false goes
   * back to the fixed range; no argument asks. @returns the zoomed range in the legend's unit, null while it is the fixed one
   */
  zoom(isOn?: boolean): readonly [low: number, high: number] | null;
  /** Asset under a CSS pixel of the canvas, or null. */
  pick(x: number, y: number): string | null;
  /**
   * What is drawn at these CSS pixels, found by drawing the scene once more in colours that are ids: what proves `pick`.
   * "edge" where a neighbouring pixel shows another asset.
   */
  drawnAt(points: readonly (readonly [x: number, y: number])[]): Promise<readonly (string | null)[]>;
  /** CSS pixel of an asset's visible centre, or null when it is out of view. */
  screenOf(assetId: string): { readonly x: number; readonly y: number } | null;
  /** Framebuffer colour at the asset's visible centre, 0…255, or null when hidden. */
  colorOf(assetId: string): Promise<readonly [r: number, g: number, b: number] | null>;
  /** Legend colour for a value of the current heat map in the range in force, 0…255. */
  legendColor(value: number): readonly [r: number, g: number, b: number];
  select(assetId: string | null): void;
  /** Shells turned to glass; no argument asks. */
  xray(isOn?: boolean): boolean;
  /** On foot through the room in view; no argument asks. False where the camera looks into no room. */
  walk(isOn?: boolean): boolean;
  /** Power flows as a panel and as ribbons in the scene; no argument asks. */
  energy(isOn?: boolean): boolean;
  /** The camera follows the scenario's views; no argument asks. */
  follow(isFollowing?: boolean): boolean;
}

export interface TwinStats {
  readonly draws: number;
  readonly triangles: number;
  readonly instances: number;
  readonly uploadBytes: number;
  readonly jsMs: number;
  readonly frames: number;
  readonly contextsLost: number;
  /** Step of the quality ladder that is drawn with; null until the scene stands. */
  readonly quality: PictureStep | null;
  /** Moves of a hand that the picture has answered so far. */
  readonly answers: number;
  /** From the last such input event until the device had drawn the frame that shows it, ms. */
  readonly answerMs: number | null;
  readonly rows: number;
  readonly framesReceived: number;
  readonly drops: number;
  readonly coverage: number | null;
}
