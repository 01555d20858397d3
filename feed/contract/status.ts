import type { OriginName } from "#twins/model/quality.ts";

/** Why a message or value was not taken, or was taken with a doubt. Texts and tips: renderer/i18n. */
export const faultCodes = [
  "payload-malformed", // no JSON, or torn bulk bytes
  "payload-too-large",
  "value-type", // a value that is no number
  "value-not-finite", // NaN or infinite
  "value-null", // the source says it has no reading
  "value-range", // far outside what the metric can be
  "topic-unknown", // no pattern of a known wire
  "point-unmapped", // a known wire, but no such asset or metric here
  "metadata-missing", // value before metadata; held, applied when metadata comes
  "metadata-invalid",
  "scenario-refused", // a scenario that is malformed, or of a plant that is not declared simulated
  "unit-conflict",
  "time-missing",
  "time-past", // before 2000, or older than what is kept
  "time-future", // ahead of the publisher's corrected clock
  "duplicate",
  "out-of-order",
  "quality-bad",
  "sequence-gap", // bulk frames lost between publisher and us
  "derived-refused", // wire value for a metric that the engine computes
  "birth-missing", // Sparkplug data without a valid birth, or after a death
  "session-mismatch", // Sparkplug bdSeq of a death that is not the running session's
  "alias-unknown", // a Sparkplug alias that no birth announced
  "historical", // Sparkplug is_historical: never current
  "type-unsupported", // a metric type that has no number: listed, not shown
  "field-missing", // a mapping's path that a JSON message does not have
  "state-unknown", // a word that the mapping has no state for
  "gap", // a point came after more than one and a half of its periods
  "frozen", // a sensor that repeats one value far longer than its kind does
  "counter-reset", // a register that fell back
  "counter-wrap", // a register that began again at its end
  "bounds", // a bounded queue or map was full
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** Faults of one code, with the first one kept as an example. */
export interface FaultRecord {
  readonly code: FaultCode;
  readonly count: number;
  readonly lastMs: number;
  readonly example: {
    readonly topic: string;
    /** At most 200 characters of the payload, control characters escaped. */
    readonly payload: string;
    readonly detail: string;
    readonly timeMs: number;
  };
  /** Worst points by count, at most 20. */
  readonly points: readonly {
    readonly topic: string;
    readonly asset: string | null;
    readonly metric: string | null;
    readonly count: number;
  }[];
}

/** connecting: never connected yet, whatever was tried; lost: it was connected before. */
export type SourceState = "connecting" | "live" | "late" | "lost" | "stopped";

/** Why a broker cannot be read. Texts and tips: renderer/i18n. */
export const sourceErrorCodes = [
  "dns", // no such name
  "refused", // nobody listens at that port
  "unreachable", // no way to the machine
  "timeout", // no answer, or none any more
  "closed", // an open connection ended without a reason
  "closed-early", // the connection ended before the broker had answered
  "websocket", // the web server there has no MQTT at that path
  "tls", // any other failure of the encrypted connection
  "tls-expired",
  "tls-early", // not yet valid
  "tls-host", // a certificate of another name
  "tls-unknown-ca",
  "tls-self-signed",
  "tls-revoked",
  "tls-client-missing", // the broker wants a certificate of ours
  "tls-client-rejected",
  "tls-key-mismatch", // our key is not that of our certificate
  "tls-version",
  "tls-alpn",
  "tls-plain", // the port speaks no TLS
  "password", // user or password is wrong
  "auth", // not authorised to connect
  "acl", // no subscription is allowed
  "filters", // the configured filters leave nothing to read
  "client-id",
  "protocol", // neither MQTT 5.0 nor 3.1.1, or broken MQTT
  "taken-over", // another client came with our client id
  "kicked", // disconnected by an administrator
  "banned",
  "full", // too many clients or messages
  "unavailable", // shutting down, or not serving now
  "moved",
  "packet-too-large",
  "file", // a certificate, key or other file cannot be read
  "file-content", // a file is not what it should be
] as const;
export type SourceErrorCode = (typeof sourceErrorCodes)[number];

/** What a broker's certificate says of itself. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Host names and addresses it is for. */
  readonly names: readonly string[];
}

export interface SourceError {
  readonly code: SourceErrorCode;
  /** What was reported, in its own words; never a credential. */
  readonly detail: string;
  /** Of the broker, where its certificate is the trouble. */
  readonly certificate?: CertificateFacts;
}

export interface PublisherStatus {
  readonly id: string;
  readonly origin: OriginName;
  /**
   * late: 30 s without a heartbeat where one was declared or seen; gone: its death was announced, or nobody can know
   * whether it lives; unsynced: messages of its session were lost, and no birth has come since.
   */
  readonly state: "live" | "late" | "gone" | "unsynced" | "unknown";
  readonly lastHeartbeatMs: number | null;
  /** Publisher clock minus ours, ms; null until known. */
  readonly skewMs: number | null;
  /** From the times of its samples, for want of heartbeats: includes the least time that a sample takes to come. */
  readonly skewEstimated: boolean;
  readonly points: number;
  /** Values received since the start or the last clearing, and expected by then (docs/DATA-QUALITY.md). */
  readonly received: number;
  readonly expected: number;
}

/** One broker, or our own plant. */
export interface BrokerStatus {
  readonly state: SourceState;
  /** Broker address without credentials. */
  readonly address: string;
  readonly protocol: "5.0" | "3.1.1" | null;
  /** Wires recognised from its messages. */
  readonly wires: readonly string[];
  readonly sinceMs: number;
  readonly reconnects: number;
  readonly error: SourceError | null;
}

/** Why a recording stopped; it is tried again by itself. */
export type RecordingStopCode = "disk-full" | "directory" | "write-failed" | "crashed";

/** How the recording goes. */
export interface RecordingStatus {
  /** Name of the file being written; null between files. */
  readonly file: string | null;
  /** Written since the start. */
  readonly bytes: number;
  readonly sinceMs: number;
  /** Seconds that are in no file. */
  readonly lostSeconds: number;
  /** Null while it goes on. */
  readonly stopped: {
    readonly code: RecordingStopCode;
    readonly detail: string;
    readonly sinceMs: number;
  } | null;
}

/** Slow facts about the feed, published twice a second. */
export interface FeedStatus {
  readonly timeMs: number;
  readonly version: string;
  /** The source as a whole; of several brokers the worst off. */
  readonly source: BrokerStatus & { readonly kind: "mqtt" | "plant" | "log" | "history" };
  /** Every broker, in the order given. */
  readonly brokers: readonly BrokerStatus[];
  readonly publishers: readonly PublisherStatus[];
  readonly rates: {
    readonly messagesPerSec: number;
    readonly pointsPerSec: number;
    readonly bytesPerSec: number;
  };
  readonly points: {
    /** Points ever seen. */
    readonly known: number;
    readonly fresh: number;
    readonly late: number;
    readonly stale: number;
    readonly bad: number;
  };
  /** Fresh or late points divided by known points, 0…1; null before the first. */
  readonly coverage: number | null;
  readonly lastSampleMs: number | null;
  readonly drops: { readonly total: number; readonly byReason: Readonly<Record<string, number>> };
  readonly faults: { readonly total: number; readonly byCode: Readonly<Partial<Record<FaultCode, number>>> };
  readonly metadata: {
    readonly received: number;
    readonly mapped: number;
    readonly unmapped: number;
    /** Sum of what publishers declare to have; null where none does. */
    readonly declared: number | null;
  };
  /** How far a campus that announces itself is laid out; null where a twin directory says what there is. */
  readonly announced: {
    /** Points announced so far. */
    readonly points: number;
    /** Points that found no room. */
    readonly beyond: number;
    /** False until the first campus stands: nothing can be shown before. */
    readonly isLaidOut: boolean;
  } | null;
  /** True when anything shown comes from a simulated publisher. */
  readonly simulated: boolean;
  /** True when anything shown was recorded at another site. */
  readonly trace: boolean;
  /** Null where nothing is to be recorded. */
  readonly recording: RecordingStatus | null;
  readonly clients: number;
}
