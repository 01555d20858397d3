import { parseSource } from "#feed/wire/source.ts";
import { adoptPublisher } from "./adopt.ts";
import { createBulkIntake } from "./bulk-intake.ts";
import { countDrop, countTooMany, type Incoming, type IntakeContext, type SourceTraits } from "./context.ts";
import { createDsxIntake } from "./dsx-intake.ts";
import type { Intake } from "./intake.ts";
import { createScenarioIntake } from "./scenario-intake.ts";

/** Larger payloads are refused before anything is parsed. */
const payloadLimitBytes = 4 * 1024 * 1024;
/** Longer topics are of no known wire: whatever is kept by topic would grow to 64 KiB an entry. */
const topicLimitChars = 1024;

const sourcePrefix = "HT/v1/PUB/Source/";

/** Everything that arrives from one source goes through here, one message at a time. */
export interface Router {
  message(message: Incoming): void;
  /** The broker has sent all metadata it kept. */
  metadataComplete(): void;
  connection(isOpen: boolean): void;
  /** Once a second. */
  tick(nowMs: number): void;
  /** Values that wait for their metadata. */
  waiting(): readonly Incoming[];
}

/** Routes by what is known first (a bound topic is nearly every message), then by topic pattern. */
export const createRouter = (
  context: IntakeContext,
  traits: SourceTraits,
  intakes: readonly Intake[] = [],
): Router => {
  const { counters, faults, store } = context;
  const hearing = store.ledger.listen();
  const dsx = createDsxIntake(context, traits);
  const bulk = createBulkIntake(context, traits);
  const scenarios = createScenarioIntake(context, traits);

  const takeSource = (message: Incoming): boolean => {
    if (!message.topic.startsWith(sourcePrefix)) return false;
    if (message.payload.length === 0) return true;
    const source = parseSource(
      message.topic.slice(sourcePrefix.length),
      Buffer.from(message.payload).toString("utf8"),
    );
    if (typeof source === "string") {
      faults.count("metadata-invalid", { topic: message.topic, payload: message.payload, detail: source });
      return true;
    }
    const before = store.publishers.find(source.id);
    const wasDeclared = before?.declared === true;
    const isChanged = store.publishers.declare(source, traits.filler);
    const publisher = store.publishers.find(source.id);
    if (publisher) scenarios.declared(publisher);
    else countTooMany(context, message);
    if (!wasDeclared || isChanged) adoptPublisher(context, source.id, before === undefined);
    return true;
  };

  const isTaken = (message: Incoming): boolean => {
    if (dsx.bound(message) || bulk.message(message) || takeSource(message)) return true;
    if (scenarios.message(message) || dsx.other(message)) return true;
    const taker = intakes.find((intake) => intake.message(message));
    if (taker) traits.wires.add(taker.wire);
    return taker !== undefined;
  };

  return {
    waiting: dsx.waiting,
    metadataComplete: () => {
      hearing.sinceMs = context.clock.nowMs(); // values come from now on
      dsx.metadataComplete();
      for (const intake of intakes) intake.keptComplete?.();
    },
    connection: (isOpen) => {
      hearing.isOpen = isOpen;
      hearing.sinceMs = context.clock.nowMs();
      for (const intake of intakes) intake.connection?.(isOpen, context.clock.nowMs());
    },
    tick: (nowMs) => {
      scenarios.tick(nowMs);
      for (const intake of intakes) intake.tick?.(nowMs);
    },
    message: (message) => {
      store.ledger.attend(hearing);
      counters.messages++;
      counters.bytes += message.payload.length;
      if (message.payload.length > payloadLimitBytes) {
        countDrop(counters, "payload-too-large");
        const detail = `${message.payload.length} bytes, at most ${payloadLimitBytes} are taken`;
        faults.count("payload-too-large", { topic: message.topic, payload: message.payload, detail });
        return;
      }
      const isLong = message.topic.length > topicLimitChars;
      if (!isLong && isTaken(message)) return;
      if (message.payload.length === 0) return; // a retained message was cleared
      const detail = isLong
        ? `a topic of ${message.topic.length} characters, at most ${topicLimitChars} are taken`
        : "no pattern of a known wire (docs/WIRE.md)";
      faults.count("topic-unknown", { topic: message.topic, payload: message.payload, detail });
      context.unmapped.add(message.topic, { code: "topic-unknown", reason: detail }, message.receivedMs);
    },
  };
};
