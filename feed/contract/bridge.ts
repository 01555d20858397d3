import type { ClassName } from "#twins/model/metric.ts";
import type { FreshnessName, OriginName, QualityName } from "#twins/model/quality.ts";
import type { Problem } from "#twins/model/result.ts";
import type { TwinFiles, TwinOptions } from "#twins/model/twin.ts";
import type { FaultClearance, FaultInForce, FaultOrder } from "#twins/physics/faults/order.ts";
import type {
  CurvesState,
  ExportAsk,
  ExportPart,
  LogLanes,
  LogOverview,
  MarkEdit,
  Marks,
  ReplayCommand,
  ReplayState,
  Series,
  SeriesAsk,
  TimelineEvent,
  TimeRange,
} from "./replay.ts";
import type { ScenarioShown } from "./scenario.ts";
import type { FaultCode, FaultRecord, FeedStatus } from "./status.ts";

/** What is asked of the present. */
export interface LiveMethods {
  /** Everything a renderer needs to expand the same twin, and to know how it was started. */
  "session.describe": {
    params: Record<string, never>;
    answer: SessionDescription;
  };
  "feed.status": { params: Record<string, never>; answer: FeedStatus };
  "faults.list": { params: { limit?: number }; answer: readonly FaultRecord[] };
  "faults.clear": { params: Record<string, never>; answer: null };
  "unmapped.list": {
    params: { limit?: number; text?: string };
    answer: { total: number; topics: readonly UnmappedTopic[] };
  };
  "point.detail": { params: PointParams; answer: PointDetail | null };
  /** Ten-minute history ring; at most `maxPoints` min/max pairs, gaps as null. */
  "point.history": {
    params: PointParams & { fromMs: number; toMs: number; maxPoints: number };
    answer: History;
  };
  "kpi.explain": { params: { name: string; scope: string }; answer: KpiExplanation | null };
  /** Points with faults, worst first; with `asset` every point of it that was ever received, healthy ones too. */
  "quality.list": {
    params: { limit?: number; text?: string; asset?: string };
    answer: QualityList;
  };
  /** Renames and moves assets of an announced campus. Answers when the changed twin is in use: a new epoch. */
  "twin.edit": { params: { edits: readonly TwinEdit[] }; answer: null };
  /** Writes the twin as a directory to where the session was told it may. */
  "twin.save": { params: Record<string, never>; answer: { directory: string; files: number } };
  /** Faults in force in our own simulated plant. Refused, as the next three, where an outside broker is read. */
  "plant.faults": { params: Record<string, never>; answer: readonly FaultInForce[] };
  /** Breaks something there. Answers with the faults in force afterwards. */
  "plant.inject": { params: FaultOrder; answer: readonly FaultInForce[] };
  /** Repairs one fault, all of an asset, or all that there are. */
  "plant.clear": { params: Partial<FaultClearance>; answer: readonly FaultInForce[] };
  /** Starts it anew with a built-in scenario, or with none; answers when the new one runs. */
  "plant.play": { params: { scenario: string | null }; answer: readonly FaultInForce[] };
}

/**
 * What is asked of a recording: of the one opened by `--log`, else of the one being made. Answered by the reader's thread;
 * refused with `log-none` where nothing is recorded.
 */
export interface LogMethods {
  "log.overview": { params: Record<string, never>; answer: LogOverview };
  /** Moves this client's cursor. The first one opens its replay, at the end of the recording. */
  "log.control": { params: ReplayCommand; answer: ReplayState };
  "log.lanes": { params: TimeRange & { buckets: number }; answer: LogLanes };
  /** In the order of their times, at most `limit` from `fromMs` on. */
  "log.events": { params: TimeRange & { limit: number }; answer: readonly TimelineEvent[] };
  "log.series": { params: SeriesAsk; answer: readonly Series[] };
  /** Stops the building of curves, takes it up again, or deletes them. */
  "log.curves": { params: { action: "stop" | "build" | "remove" }; answer: CurvesState };
  "log.marks": { params: Record<string, never>; answer: Marks };
  "log.mark": { params: MarkEdit; answer: Marks };
  /** Begins an export; one a client at a time. */
  "log.export": { params: ExportAsk; answer: { name: string } };
  /** The next part of the export that was begun. */
  "log.exportPart": { params: Record<string, never>; answer: ExportPart };
  "log.exportCancel": { params: Record<string, never>; answer: null };
}

/** What the renderer asks for, by method: parameters and answer. Validated on the trusted side (feed/bridge). */
export interface Methods extends LiveMethods, LogMethods {}
export type Method = keyof Methods;

export interface PointParams {
  className: ClassName;
  row: number;
  metric: string;
}

export interface UnmappedTopic {
  readonly topic: string;
  readonly count: number;
  /** Why, for the reader's language; `reason` is the technical detail in English. */
  readonly code: FaultCode;
  readonly reason: string;
  readonly lastMs: number;
}

/** What is doubtful about one point, since the start or the last clearing. */
export interface PointQuality {
  readonly asset: string;
  readonly className: ClassName;
  readonly row: number;
  readonly metric: string;
  readonly topic: string | null;
  readonly publisher: string | null;
  /** Counts by code, worst first. */
  readonly faults: readonly { readonly code: FaultCode; readonly count: number; readonly lastMs: number }[];
  /** When its first fault was counted, ms UTC; null for a point without any. */
  readonly sinceMs: number | null;
  /** Its longest gap, ms, the one that lasts included; 0 for none. */
  readonly longestGapMs: number;
  /** Overdue now, since then, ms UTC; null for a point that is not. */
  readonly silentSinceMs: number | null;
  /** Sum of the counts, weighted by how much each harms: the order of the list. */
  readonly score: number;
  /** Values received, and those with what did not come by its period; their ratio is the point's coverage. */
  readonly received: number;
  readonly expected: number;
}

/** Values received and expected, of many points. */
export interface ReceivedOf {
  readonly received: number;
  readonly expected: number;
}

export interface QualityList {
  /** Points with any fault, or overdue. With a text: those found among the worst. */
  readonly total: number;
  readonly points: readonly PointQuality[];
  /** Points overdue now. */
  readonly silent: number;
  /** Faults of points for which the ledger had no room. */
  readonly beyond: number;
  /** Faults counted within the last minute, those of no point included. */
  readonly faultsPerMinute: number;
  readonly whole: ReceivedOf;
  /** Classes that received anything, least covered first. */
  readonly classes: readonly (ReceivedOf & { readonly className: ClassName })[];
}

/** One change to an announced campus; absent fields stay. Lengths in metres, site coordinates of the parent. */
export interface TwinEdit {
  readonly id: string;
  readonly name?: { readonly zh: string; readonly en: string };
  readonly at?: readonly [east: number, north: number];
  readonly yawDeg?: number;
}

/** Start-up facts that do not change while the process lives. */
export interface SessionDescription {
  readonly version: string;
  readonly mode: "wall" | "desk" | "demo";
  readonly language: "zh" | "en";
  readonly twin: { readonly files: TwinFiles; readonly options: TwinOptions };
  /** Frozen site clock for pictures and tests, ms UTC; null when the clock runs. */
  readonly fixedTimeMs: number | null;
  readonly seed: number;
  readonly source: { readonly kind: FeedStatus["source"]["kind"]; readonly address: string };
  /** True when no outside broker feeds this session: the plant is ours and simulated. */
  readonly demo: boolean;
  /** The campus is built from what the plant announces: it may be renamed, moved and, where a place was given, saved. */
  readonly announced: boolean;
  readonly canSave: boolean;
  /** A page opened this recording; what the product was started with goes on beside it. Absent where this is just that. */
  readonly openedBeside?: "live" | "log";
}

export interface PointDetail {
  /** Topic of the point; for a bulk point the filter of its frames, `…/+`. Null when it was never seen or is derived. */
  readonly topic: string | null;
  readonly publisher: string | null;
  readonly wire: string | null;
  readonly value: number | null;
  readonly unit: string;
  readonly quality: QualityName;
  readonly freshness: FreshnessName;
  readonly origin: OriginName;
  readonly sampleTimeMs: number | null;
  readonly receivedTimeMs: number | null;
  /** Expected time between values; null where only changes are reported. */
  readonly periodMs: number | null;
  readonly faults: readonly { readonly code: string; readonly count: number }[];
}

/** Min/max per bucket; a bucket without samples is a gap: null, never zero. */
export interface History {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly last: readonly (number | null)[];
}

/** How a KPI came to its number: the provenance shown on demand (ISO/IEC 30134-2 measurement category and window). */
export interface KpiExplanation {
  readonly name: string;
  readonly scope: string;
  readonly value: number | null;
  readonly unit: string;
  readonly formula: string;
  readonly category: 1 | 2 | 3;
  readonly window: string;
  /** Length of the window, ms, and how much of it the registers cover so far; both null for a value of this instant. */
  readonly windowMs: number | null;
  readonly coveredMs: number | null;
  /** How total power is measured here; the renderer has words for it in both languages. */
  readonly totalSource: "supply" | "main" | "parts" | "children" | "none";
  readonly coverage: number;
  readonly meters: readonly {
    readonly id: string;
    readonly role: string;
    readonly powerKw: number | null;
    readonly energyKwh: number | null;
    /** Register reading at the window's start, where it was seen. */
    readonly energyStartKwh: number | null;
    readonly ratio: number;
    readonly usable: boolean;
  }[];
  /** The total's meters say less than those of the IT inside it: why there is no number, where there is none. */
  readonly isBelowIt: boolean;
  /** Main minus the sum of sub-meters over main, %; null where either is missing. Over 2 flags the value. */
  readonly balancePercent: number | null;
  readonly origin: OriginName;
}

/** What the renderer may listen to. */
export interface Topics {
  status: FeedStatus;
  /** At every change; null while none is played. */
  scenario: ScenarioShown | null;
  /** Where this client's replay stands: at every change, and a few times a second while it plays; null while it has none. */
  replay: ReplayState | null;
}
export type Topic = keyof Topics;

export interface StreamSpec {
  /** display: the present. replay: what the cursor of `log.control` is at; frames carry its time. */
  readonly kind: "display" | "replay";
  /** Classes wanted; all when absent. */
  readonly classes?: readonly ClassName[];
  /** Frames per second at most, 1…30. */
  readonly rate?: number;
  /** Restricts a class to a row range [start, end). */
  readonly rows?: Readonly<Partial<Record<ClassName, readonly [number, number]>>>;
}

export interface BridgeFailure {
  readonly code:
    | "bad-request"
    | "refused"
    | "unknown-method"
    | "cancelled"
    | "closed"
    | "internal"
    | "too-large";
  readonly message: string;
  /** Why it was refused and what to do, where that is for a person to know. */
  readonly problem?: Problem;
}

/** Text messages, renderer → feed. Binary messages only flow feed → renderer: u32 stream id, u32 zero, then one frame. */
export type ToFeed =
  | { readonly t: "request"; readonly id: number; readonly method: Method; readonly params: unknown }
  | { readonly t: "cancel"; readonly id: number }
  | { readonly t: "subscribe"; readonly id: number; readonly topic: Topic }
  | { readonly t: "unsubscribe"; readonly id: number }
  | { readonly t: "open"; readonly id: number; readonly spec: StreamSpec }
  | { readonly t: "credit"; readonly id: number; readonly frames: number }
  | { readonly t: "close"; readonly id: number };

export type ToRenderer =
  | { readonly t: "answer"; readonly id: number; readonly value: unknown }
  | { readonly t: "failure"; readonly id: number; readonly error: BridgeFailure }
  | { readonly t: "publish"; readonly id: number; readonly value: unknown }
  | { readonly t: "ended"; readonly id: number; readonly reason: string };

/** Bytes before the frame in a binary message; keeps frames 8-byte aligned. */
export const streamHeaderBytes = 8;

/**
 * A duplex message pipe: in-memory, MessagePort or WebSocket. Ordered and reliable; strings are JSON.
 * Buffers are copied or moved, never shared.
 */
export interface Transport {
  send(message: string | ArrayBuffer): void;
  /** One handler at a time. Messages that come before it are kept. */
  onMessage(handler: (message: string | ArrayBuffer) => void): void;
  onClose(handler: (reason: string) => void): void;
  close(): void;
  /** Bytes accepted by `send` and not yet on their way. */
  readonly bufferedBytes: number;
}

export interface FrameStream {
  /** Allows the feed to send this many more frames. */
  credit(frames: number): void;
  close(): void;
}

/** The renderer's only door to the outside. */
export interface HostBridge {
  /** What this shell can do; asked instead of "is it Electron". */
  readonly capabilities: HostCapabilities;
  request<M extends Method>(
    method: M,
    params: Methods[M]["params"],
    signal?: AbortSignal,
  ): Promise<Methods[M]["answer"]>;
  subscribe<T extends Topic>(topic: T, listener: (value: Topics[T]) => void): () => void;
  openStream(spec: StreamSpec, onFrame: (bytes: ArrayBuffer, offset: number) => void): FrameStream;
  /** open, or lost with the reason; a lost bridge reconnects by itself and re-opens subscriptions and streams. */
  onState(listener: (state: "open" | "lost", reason: string) => void): () => void;
}

export interface HostCapabilities {
  readonly shell: "web" | "desktop";
  readonly windows: boolean;
  readonly fileDialogs: boolean;
}
