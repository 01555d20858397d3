import { keywords } from "./mutate-json.ts";
import type { Chance } from "./random.ts";

/** Longest topic that MQTT can carry, bytes (5.0 §1.5.4). */
const longestTopic = 65_535;

const levels: readonly string[] = [
  "",
  "BMS",
  "HT",
  "v1",
  "v2",
  "PUB",
  "Value",
  "Metadata",
  "Source",
  "Bulk",
  "BulkLayout",
  "System",
  "HeartbeatTimestampBms",
  "Rack",
  "RackPower",
  "spBv1.0",
  "NBIRTH",
  "NDATA",
  "DBIRTH",
  "DDATA",
  "NDEATH",
  "DDEATH",
  "STATE",
  "rack",
  "meter",
  "+",
  "#",
  "$SYS",
  "$share",
  "..",
  " ",
  "\u0000",
  "\u0007",
  "\ud800",
  "\u202e",
  "机柜",
  "%00",
  ...keywords.slice(-8),
];

type TopicMutation = (parts: string[], chance: Chance) => readonly string[];

const mutations: readonly TopicMutation[] = [
  (parts, chance) => parts.with(chance.int(parts.length), chance.of(levels)),
  (parts, chance) => parts.toSpliced(chance.int(parts.length + 1), 0, chance.of(levels)),
  (parts, chance) => parts.toSpliced(chance.int(parts.length), 1),
  (parts, chance) => parts.slice(0, chance.int(parts.length + 1)),
  (parts, chance) => parts.toReversed().with(chance.int(parts.length), chance.of(levels)),
  (parts, chance) => [...parts, ...Array.from({ length: chance.of([1, 10, 1000]) }, () => chance.of(levels))],
  (parts, chance) =>
    parts.with(chance.int(parts.length), chance.of(["x", "长", "\u0000"]).repeat(longestTopic)),
  (parts) => ["$SYS", ...parts],
];

/** Another topic than this one: levels lost, doubled, swapped, empty, endless or of characters no topic should have. */
export const mutateTopic = (topic: string, chance: Chance): string =>
  chance.of(mutations)(topic.split("/"), chance).join("/").slice(0, longestTopic);
