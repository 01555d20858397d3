import type { WireName } from "#feed/contract/config.ts";
import type { Incoming } from "./context.ts";

/** Decoder of one wire of one source: takes messages into the tables, counts what is wrong with them. Never throws. */
export interface Intake {
  readonly wire: WireName;
  /** Topic filters that its broker is to be asked for, where the wire's topics are not fixed (docs/WIRE.md §5). */
  readonly filters?: readonly string[];
  /** Takes a message of its wire; false when the topic is none of its own. */
  message(message: Incoming): boolean;
  /** All that the broker kept has come. */
  keptComplete?(): void;
  /** The connection opened or was lost: sessions that ride on it begin or end. */
  connection?(isOpen: boolean, nowMs: number): void;
  /** Once a second. */
  tick?(nowMs: number): void;
  /**
   * Takes over the running sessions of the decoder that did this one's work for the twin before: an announced campus was
   * laid out anew. By then this one has heard all that was announced once more.
   */
  resume?(before: Intake): void;
}
