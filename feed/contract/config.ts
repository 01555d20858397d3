/** How a session was started: the validated command line, shared by both shells (docs/ARCHITECTURE.md, Commands). */
export interface SessionConfig {
  readonly version: string;
  readonly mode: "wall" | "desk" | "demo";
  readonly language: "zh" | "en";
  /** Outside brokers; without one, the embedded broker on 127.0.0.1 and the simulated plant. */
  readonly brokers: readonly MqttConfig[];
  /** Run the plant beside an outside broker, marked 含仿真数据. */
  readonly fillSimulated: boolean;
  /** Sparkplug rebirth requests and host STATE may be published. Nothing else ever is. */
  readonly allowPublish: boolean;
  /** Twin directory; the Horinger twin when null, or none at all when `announced`. */
  readonly twinDirectory: string | null;
  /** The campus is built from what the plant says of itself (docs/ANNOUNCED.md). */
  readonly announced: boolean;
  /** Where a window may save the twin as a twin directory; null: nowhere. */
  readonly saveDirectory: string | null;
  /** CSV files of plant names for asset ids, beside the twin's own (docs/TWIN-DIRECTORY.md). */
  readonly aliasFiles: readonly string[];
  /** Telemetered racks; the twin's own default when null. */
  readonly racks: number | null;
  readonly seed: number;
  /** Fixed or starting site time, ms UTC; null for now. */
  readonly timeMs: number | null;
  /** Seconds of plant time per second. */
  readonly plantSpeed: number;
  /** A year of weather for our own plant, EPW (docs/PLANT.md); absent or null: the seeded one. */
  readonly weatherFile?: string | null;
  /** Where and how all that comes in is recorded; absent or null: nowhere. */
  readonly record?: RecordConfig | null;
  /** Recordings to show instead of anything live: files, or folders of them; absent or null: none. */
  readonly log?: readonly string[] | null;
  /** What our own plant plays; absent: its usual life. */
  readonly scenario?: ScenarioChoice | null;
}

/** A recording (docs/LOG-FORMAT.md). */
export interface RecordConfig {
  readonly directory: string;
  /** A file ends, and another begins, at this size or age. */
  readonly roll: { readonly bytes: number; readonly ms: number };
  /** Older files are deleted past this, together, or past this age; Infinity: never. */
  readonly keep: { readonly bytes: number; readonly ageMs: number };
}

/** A scenario to play from some moment of its course on. */
export interface ScenarioChoice {
  /** Its JSON file (twins/scenario/scenario.ts). */
  readonly file: string;
  /** Seconds from its start. */
  readonly atS: number;
  /** Seconds of plant time per second; null: the scenario's own. */
  readonly speed: number | null;
}

export interface MqttConfig {
  /** mqtt:, mqtts:, ws: or wss: address without credentials. */
  readonly url: string;
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  /** From the environment, never from the command line. */
  readonly username: string | null;
  readonly password: string | null;
  /** Where a broker wants a certain one; null: random, so that no other client is ever thrown out by us. */
  readonly clientId: string | null;
  /** Application protocols offered in the TLS handshake (ALPN, RFC 7301); none when empty. */
  readonly alpn: readonly string[];
  /** What it speaks; "auto" listens to all wires that need no mapping, and says which it found. */
  readonly wire: "auto" | WireName;
  /** Mapping file of the wire "json" (docs/JSON-WIRE.md); null for the others. */
  readonly mappingFile: string | null;
  /** The only filters that may be subscribed to, or parts of them; null: those of its wires (docs/WIRE.md §5). */
  readonly filters: readonly string[] | null;
}

export const wireNames = ["dsx", "bulk", "sparkplug", "json"] as const;
export type WireName = (typeof wireNames)[number];

/** A broker with every setting as it is where nothing was said. */
export const brokerAt = (url: string, settings: Partial<Omit<MqttConfig, "url">> = {}): MqttConfig => ({
  url,
  caFile: null,
  certFile: null,
  keyFile: null,
  username: null,
  password: null,
  clientId: null,
  alpn: [],
  wire: "auto",
  mappingFile: null,
  filters: null,
  ...settings,
});
