import type { AnnouncedPoint } from "#twins/announced/announced.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AnnouncementReader } from "./announcements.ts";

const prefix = "HT/v1/PUB/BulkLayout/";

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string" && each !== "") : [];

const parse = (payload: Uint8Array): { readonly ids?: unknown; readonly metrics?: unknown } => {
  try {
    return (JSON.parse(Buffer.from(payload).toString("utf8")) as object | null) ?? {};
  } catch {
    return {}; // counted where the message is taken
  }
};

/** Reads the layout of bulk frames (docs/WIRE.md §3): every id of it has every metric of it. */
export const readBulkAnnouncement: AnnouncementReader = ({ topic, payload }) => {
  if (!topic.startsWith(prefix)) return null;
  const className: ClassName | undefined = classNames.find((name) => name === topic.split("/")[5]);
  if (!className || payload.length === 0) return [];
  const { ids, metrics } = parse(payload);
  const known = textsOf(metrics).filter((metric) => metricIndex(className, metric) >= 0);
  return textsOf(ids).flatMap((externalId) =>
    known.map(
      (metric): AnnouncedPoint => ({
        externalId,
        className,
        metric,
        rackLocationId: className === "rack" ? externalId : null,
        serves: [],
        associates: [],
        name: null,
      }),
    ),
  );
};
