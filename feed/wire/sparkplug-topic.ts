/** Message types of Sparkplug B 3.0 that an edge node or a host sends about a node or device (§4.1). */
export const sparkplugTypes = [
  "NBIRTH",
  "NDEATH",
  "NDATA",
  "NCMD",
  "DBIRTH",
  "DDEATH",
  "DDATA",
  "DCMD",
] as const;
export type SparkplugType = (typeof sparkplugTypes)[number];

/** A topic `spBv1.0/{group}/{type}/{node}[/{device}]`, taken apart. */
export interface SparkplugTopic {
  readonly group: string;
  readonly type: SparkplugType;
  readonly node: string;
  /** Null in messages of a node: types that begin with N. */
  readonly device: string | null;
}

export const sparkplugPrefix = "spBv1.0/";

/** `spBv1.0/STATE/{host}`: what host applications say of themselves, in JSON. */
export const isHostState = (topic: string): boolean => topic.startsWith("spBv1.0/STATE/");

/** Takes a topic apart; null when it is none of Sparkplug's, or has a device where none belongs. */
export const parseSparkplugTopic = (topic: string): SparkplugTopic | null => {
  if (!topic.startsWith(sparkplugPrefix)) return null;
  const [, group, name, node, device, ...more] = topic.split("/");
  const type = sparkplugTypes.find((known) => known === name);
  const isOfDevice = type?.startsWith("D") === true;
  if (!type || !group || !node || more.length > 0) return null;
  if (isOfDevice ? !device : device !== undefined) return null;
  return { group, type, node, device: device ?? null };
};

/** `{group}/{node}` or `{group}/{node}/{device}`: the name of a publisher, and what aliases files call an asset. */
export const sparkplugPath = ({ group, node, device }: Omit<SparkplugTopic, "type">): string =>
  device === null ? `${group}/${node}` : `${group}/${node}/${device}`;

/** Topic on which the node's or device's values come. */
export const sparkplugDataTopic = ({ group, node, device }: Omit<SparkplugTopic, "type">): string =>
  device === null
    ? `${sparkplugPrefix}${group}/NDATA/${node}`
    : `${sparkplugPrefix}${group}/DDATA/${node}/${device}`;
