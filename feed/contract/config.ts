/** How a session was started: the validated command line, shared by both shells (docs/ARCHITECTURE.md, Commands). */
export interface SessionConfig {
  readonly version: string;
  readonly mode: "wall" | "desk" | "demo";
  readonly language: "zh" | "en";
  /** Outside broker; null starts the embedded broker on 127.0.0.1 and the simulated plant. */
  readonly mqtt: MqttConfig | null;
  /** Run the plant beside an outside broker, marked 含仿真数据. */
  readonly fillSimulated: boolean;
  readonly allowPublish: boolean;
  /** Twin directory; the Horinger twin when null. */
  readonly twinDirectory: string | null;
  /** Telemetered racks; the twin's own default when null. */
  readonly racks: number | null;
  readonly seed: number;
  /** Fixed or starting site time, ms UTC; null for now. */
  readonly timeMs: number | null;
  /** Seconds of plant time per second. */
  readonly plantSpeed: number;
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
  readonly wire: "auto" | "dsx" | "bulk";
}
