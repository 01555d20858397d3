import type { IntakeContext } from "./context.ts";

/**
 * What the decoders of one of several brokers see: the same tables, but topics and publishers of its own. Two plants
 * may both have a gateway `gw1` and a topic for its first rack: these are not one gateway and one rack.
 */
export const apartFrom = (context: IntakeContext, broker: string): IntakeContext => ({
  ...context,
  store: { ...context.store, publishers: context.store.publishers.at(broker) },
  bindings: context.bindings.another(),
});
