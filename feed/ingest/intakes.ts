import type { MqttConfig } from "#feed/contract/config.ts";
import { loadMapping } from "#feed/wire/json/load.ts";
import type { IntakeContext, SourceTraits } from "./context.ts";
import type { Intake } from "./intake.ts";
import { createJsonIntake } from "./json-intake.ts";
import { createSparkplugIntake } from "./sparkplug-intake.ts";

/**
 * Decoders of the wires that one broker is read for, beside DSX and bulk, which the router knows itself.
 * @throws Error with what is wrong in the broker's mapping file.
 */
export const createIntakes = (
  context: IntakeContext,
  traits: SourceTraits,
  broker: MqttConfig,
): readonly Intake[] => [
  ...(!traits.isPlant && (broker.wire === "auto" || broker.wire === "sparkplug")
    ? [createSparkplugIntake(context, traits)]
    : []),
  ...(broker.mappingFile === null
    ? []
    : [createJsonIntake(context, traits, loadMapping(broker.mappingFile))]),
];
