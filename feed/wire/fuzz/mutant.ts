import { byteMutations } from "./mutate-bytes.ts";
import { textMutations } from "./mutate-json.ts";
import { mutateTopic } from "./mutate-topic.ts";
import { createChance } from "./random.ts";

/** A message as a test keeps and sends it. */
export interface FuzzMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retained: boolean;
}

const opensJson = /^\s*[[{]/;
const mostChanges = 4;

/**
 * The mutant of this seed and number: one message of the corpus with one to four changes to its payload, now and then
 * to its topic or its retained flag.
 */
export const mutantOf = (corpus: readonly FuzzMessage[], seed: number, number: number): FuzzMessage => {
  const chance = createChance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const original = chance.of(corpus);
  let { payload } = original;
  const isText = opensJson.test(payload.subarray(0, 16).toString("latin1"));
  for (let changes = 1 + chance.int(mostChanges); changes > 0; changes--) {
    if (isText && !chance.oneIn(3))
      payload = Buffer.from(chance.of(textMutations)(payload.toString("utf8"), chance));
    else payload = chance.of(byteMutations)(payload, chance, chance.of(corpus).payload);
  }
  return {
    topic: chance.oneIn(8) ? mutateTopic(original.topic, chance) : original.topic,
    payload,
    retained: chance.oneIn(8) ? !original.retained : original.retained,
  };
};
