import type { ScenarioShown } from "#feed/contract/scenario.ts";
import { type Publisher, shownId } from "#feed/tables/publishers.ts";
import { parseScenario } from "#feed/wire/scenario.ts";
import { Origin } from "#twins/model/quality.ts";
import { scenarioTopic } from "#twins/scenario/scenario.ts";
import { countDrop, type Incoming, type IntakeContext, type SourceTraits } from "./context.ts";

const prefix = scenarioTopic("");
/** Publishers whose Source message may still be on its way. */
const waitingLimit = 16;
/** A Source message is asked for before anything else: this long after it there is none. */
const waitMs = 5000;
const undeclared = "its publisher has not declared itself (HT/v1/PUB/Source)";

/**
 * What publishers of one source say about the scenario they play. Only a plant that is declared simulated or recorded may
 * say so: a measured plant never shows a drill.
 */
export interface ScenarioIntake {
  /** False when the topic is none of its own. */
  message(message: Incoming): boolean;
  /** A publisher's Source message was taken. */
  declared(publisher: Publisher): void;
  /** Once a second. */
  tick(nowMs: number): void;
}

const playing: ReadonlyMap<Origin, ScenarioShown["origin"]> = new Map([
  [Origin.simulated, "simulated"],
  [Origin.trace, "trace"],
]);

export const createScenarioIntake = (context: IntakeContext, traits: SourceTraits): ScenarioIntake => {
  const { store, faults, scenarios, counters } = context;
  const waiting = new Map<string, Incoming>();

  const refuse = ({ topic, payload }: Incoming, detail: string): void =>
    faults.count("scenario-refused", { topic, payload, detail });

  const nameOf = (id: string): string => {
    const publisher = store.publishers.find(id);
    return publisher ? shownId(publisher) : id;
  };

  const show = (scenario: ScenarioShown): void => {
    if (!scenarios.put(scenario)) countDrop(counters, "bounds");
  };

  /** From a publisher whose origin is known. */
  const take = (message: Incoming, id: string, origin: Origin): void => {
    const played = playing.get(origin);
    const state = parseScenario(message.payload);
    if (!played) refuse(message, "its publisher is declared measured");
    else if (typeof state === "string") refuse(message, state);
    // A kept one was given to the broker nobody knows when: its clock would be wrong. It is said again within ten seconds.
    else if (!message.retained)
      show({ publisher: nameOf(id), origin: played, state, receivedMs: message.receivedMs });
  };

  const judge = (message: Incoming, id: string): void => {
    const publisher = store.publishers.find(id);
    if (publisher?.declared) take(message, id, publisher.origin);
    else if (traits.isPlant) take(message, id, Origin.simulated);
    else if (waiting.size < waitingLimit || waiting.has(id))
      waiting.set(id, { ...message }); // the source fills one object again and again
    else refuse(message, undeclared);
  };

  return {
    message: (message) => {
      if (!message.topic.startsWith(prefix)) return false;
      const id = message.topic.slice(prefix.length);
      waiting.delete(id);
      if (message.payload.length > 0) judge(message, id);
      else scenarios.remove(nameOf(id));
      return true;
    },
    declared: (publisher) => {
      const held = waiting.get(publisher.id);
      waiting.delete(publisher.id);
      if (held) take(held, publisher.id, publisher.origin);
      if (!playing.has(publisher.origin)) scenarios.remove(shownId(publisher));
    },
    tick: (nowMs) => {
      for (const [id, message] of waiting) {
        if (nowMs - message.receivedMs < waitMs) continue;
        waiting.delete(id);
        refuse(message, undeclared);
      }
    },
  };
};
