import type { MqttConfig } from "#feed/contract/config.ts";
import { common, within } from "./topic-filter.ts";

/** What one broker is subscribed to, in this order (docs/WIRE.md §5). */
export interface WireFilters {
  /** What sources say of themselves. */
  readonly declarations: readonly string[];
  /** Kept metadata; the sweep asks for parts of these. */
  readonly metadata: readonly string[];
  readonly values: readonly string[];
  /** Instead of all these, once what is kept has come: topics of unknown wires too. Null: only these. */
  readonly wide: readonly string[] | null;
}

const sources = ["HT/v1/PUB/Source/#", "HT/v1/PUB/Scenario/#"];
const dsx = {
  declarations: [...sources, "HT/v1/PUB/BulkLayout/#"],
  metadata: ["BMS/v1/PUB/Metadata/#", "HT/v1/PUB/Metadata/#"],
  values: ["BMS/v1/+/Value/#", "HT/v1/+/Value/#", "HT/v1/PUB/Bulk/#"],
};
const sparkplug = ["spBv1.0/#"];

/** @param mapped filters of the mapping file, for the wire "json" */
const ofWire = (wire: MqttConfig["wire"], mapped: readonly string[]): Omit<WireFilters, "wide"> => {
  switch (wire) {
    case "auto":
      return { ...dsx, values: [...dsx.values, ...sparkplug] };
    case "dsx":
    case "bulk": // its heartbeats and slow points are DSX messages
      return dsx;
    case "sparkplug":
      return { declarations: sources, metadata: [], values: sparkplug };
    case "json":
      return { declarations: sources, metadata: [], values: mapped };
  }
};

/** The filters of a broker: those of its wire, cut down to what the user allowed. */
export const wireFilters = (
  { wire, filters }: Pick<MqttConfig, "wire" | "filters">,
  mapped: readonly string[] = [],
): WireFilters => {
  const all = ofWire(wire, mapped);
  const isAuto = wire === "auto";
  // What no wire is known for was asked for all the same: it is listened to, and listed.
  const others = isAuto ? (filters ?? []).filter((filter) => !touchesAny(filter, all)) : [];
  return {
    declarations: within(all.declarations, filters),
    metadata: within(all.metadata, filters),
    values: [...within(all.values, filters), ...others],
    // `#` does not reach the broker's own topics: they are listened to only where they were asked for.
    wide: isAuto ? within(filters === null ? ["#"] : ["#", "$SYS/#"], filters) : null,
  };
};

const touchesAny = (filter: string, { declarations, metadata, values }: Omit<WireFilters, "wide">): boolean =>
  [...declarations, ...metadata, ...values].some((other) => common(filter, other) !== null);
