import type { MqttConfig, WireName } from "#feed/contract/config.ts";
import { MqttSource } from "#feed/sources/mqtt.ts";
import type { SparkplugHost } from "#feed/sources/publish.ts";
import { apartFrom } from "./apart.ts";
import type { Incoming, IntakeContext, SourceTraits } from "./context.ts";
import type { Intake } from "./intake.ts";
import { createIntakes } from "./intakes.ts";
import { createRouter, type Router } from "./router.ts";

export interface SourceInputs {
  readonly connection: MqttConfig;
  readonly isPlant: boolean;
  readonly filler: boolean;
  /**
   * Its name, where it is not the first of several brokers: what it calls by a name that another broker uses too, a topic
   * or a publisher, is something else.
   */
  readonly apart: string | null;
  /** What its first decoders write to. */
  readonly context: IntakeContext;
  /** Hears every message before the decoders; true when they must not have it yet. */
  readonly hear: (message: Incoming, isBound: (topic: string) => boolean) => boolean;
  /** Absent unless this broker may be published to. */
  readonly host: SparkplugHost | undefined;
  readonly log: (line: string) => void;
}

/** One broker: its connection, and the decoders that its messages go through, which change with the campus. */
export interface OpenSource {
  readonly mqtt: MqttSource;
  readonly wires: ReadonlySet<WireName>;
  /** The broker has sent all metadata it kept. */
  readonly isKeptComplete: boolean;
  readonly router: Router;
  /** Decodes for another campus from now on, on the same connection. */
  decodeFor(context: IntakeContext): Succeeding;
}

/** A change of decoders under way. */
export interface Succeeding {
  /** Messages that the old decoders still held. */
  readonly waiting: readonly Incoming[];
  /** Takes over what the old decoders know of running sessions, when the new ones have heard all. */
  finish(): void;
}

interface Decoders {
  readonly context: IntakeContext;
  readonly intakes: readonly Intake[];
  readonly router: Router;
}

export const openSource = (inputs: SourceInputs): OpenSource => {
  const { connection, isPlant, filler, hear, log } = inputs;
  const { host, apart } = inputs;
  const traits: SourceTraits = { isPlant, filler, wires: new Set(), host };
  const createDecoders = (shared: IntakeContext): Decoders => {
    const context = apart === null ? shared : apartFrom(shared, apart);
    const intakes = createIntakes(context, traits, connection);
    return { context, intakes, router: createRouter(context, traits, intakes) };
  };
  let decoders = createDecoders(inputs.context);
  const isBound = (topic: string): boolean => decoders.context.bindings.indexOf(topic) !== undefined;
  let isKeptComplete = false;
  let isOpen = false;
  const mqtt = new MqttSource({
    config: connection,
    get twin() {
      return decoders.context.twin;
    },
    clock: inputs.context.clock,
    protocols: isPlant ? [4] : [5, 4],
    sweep: !isPlant,
    mapped: decoders.intakes.flatMap(({ filters }) => filters ?? []),
    onMessage: (message) => {
      if (!hear(message, isBound)) decoders.router.message(message);
    },
    onMetadataComplete: () => {
      isKeptComplete = true;
      decoders.router.metadataComplete();
    },
    onConnection: (isOpenNow) => {
      isOpen = isOpenNow;
      decoders.router.connection(isOpen);
    },
    host,
    publishers: () =>
      inputs.context.store.publishers.all.map((publisher) => publisher.id).filter((id) => id !== ""),
    log,
  });
  return {
    mqtt,
    wires: traits.wires,
    get isKeptComplete() {
      return isKeptComplete;
    },
    get router() {
      return decoders.router;
    },
    decodeFor: (context) => {
      const before = decoders;
      decoders = createDecoders(context);
      const { intakes, router } = decoders;
      if (isOpen) router.connection(true);
      return {
        waiting: before.router.waiting(),
        finish: () => {
          for (const [i, intake] of intakes.entries()) intake.resume?.(before.intakes[i]!);
          if (isKeptComplete) router.metadataComplete();
        },
      };
    },
  };
};
