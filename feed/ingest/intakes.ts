import type { MqttConfig } from "#feed/contract/config.ts";
import type { IntakeContext, SourceTraits } from "./context.ts";
import type { Intake } from "./intake.ts";

/** Decoders of the wires that one broker is read for, beside DSX and bulk, which the router knows itself. */
export const createIntakes = (
  _context: IntakeContext,
  _traits: SourceTraits,
  _broker: MqttConfig,
): readonly Intake[] => [];
