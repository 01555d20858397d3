import type { IntakeContext, SourceTraits } from "#feed/ingest/context.ts";
import type { Intake } from "#feed/ingest/intake.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { FuzzMessage } from "./mutant.ts";

/** One decoder under test: what it is fed, and the intake it needs beside those that every router has. */
export interface FuzzDecoder {
  readonly name: string;
  /** Kept: the same mutants come again. */
  readonly seed: number;
  /** Valid messages in the order a publisher would send them. */
  corpus(twin: Twin, nowMs: number): readonly FuzzMessage[];
  intakes?(context: IntakeContext, traits: SourceTraits): readonly Intake[];
  /** True for a message that may rightly leave no trace in any counter: it has been taken, and says nothing of a value. */
  isQuiet?(message: FuzzMessage): boolean;
}
