import type { FeedStatus, RecordingStopCode } from "#feed/contract/status.ts";

/**
 * `GET /healthz`: numbers and states for a monitor, without a cookie and therefore without any address, path, topic
 * or name in it.
 */
export interface Health {
  /** starting: no status yet; ok: data is coming in, or a recording is shown; stale: it is not. */
  readonly status: "starting" | "ok" | "stale";
  readonly source: { readonly kind: string; readonly state: string } | null;
  /** ms UTC. */
  readonly lastSampleMs: number | null;
  readonly points: number;
  readonly pointsPerSecond: number;
  readonly drops: number;
  /** 0…1. */
  readonly coverage: number | null;
  readonly recording: boolean;
  /** Why a recording stopped; null while it goes on, and where there is none. */
  readonly recordingStopped: RecordingStopCode | null;
  /** Seconds that are in no file. */
  readonly recordingLostSeconds: number;
  readonly version: string;
}

/** The status comes twice a second: an older one is that of a feed that hangs. */
const statusLateMs = 10_000;

/** @param nowMs wall clock, ms UTC. */
export const healthOf = (status: FeedStatus | null, version: string, nowMs: number): Health => {
  if (!status) {
    return {
      status: "starting",
      source: null,
      lastSampleMs: null,
      points: 0,
      pointsPerSecond: 0,
      drops: 0,
      coverage: null,
      recording: false,
      recordingStopped: null,
      recordingLostSeconds: 0,
      version,
    };
  }
  const { source, points, rates, drops } = status;
  const isAnswering = nowMs - status.timeMs < statusLateMs;
  const isShown = source.kind === "log" || (source.state === "live" && points.fresh > 0);
  const isLive = isAnswering && isShown;
  const isStarting =
    isAnswering && points.known === 0 && (source.state === "connecting" || source.state === "live");
  return {
    status: isLive ? "ok" : isStarting ? "starting" : "stale",
    source: { kind: source.kind, state: source.state },
    lastSampleMs: status.lastSampleMs,
    points: points.known,
    pointsPerSecond: rates.pointsPerSec,
    drops: drops.total,
    coverage: status.coverage,
    recording: status.recording !== null && status.recording.stopped === null,
    recordingStopped: status.recording?.stopped?.code ?? null,
    recordingLostSeconds: status.recording?.lostSeconds ?? 0,
    version,
  };
};
