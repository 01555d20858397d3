import type { AnnouncedPoint } from "#twins/announced/announced.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AnnouncementReader } from "./announcements.ts";

const prefix = "HT/v1/PUB/BulkLayout/";

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string" && each !== "") : [];

interface Layout {
  readonly ids?: unknown;
  readonly metrics?: unknown;
}

const parse = (payload: Uint8Array): Layout => {
  try {
    return (JSON.parse(Buffer.from(payload).toString("utf8")) as object | null) ?? {};
  } catch {
    return {}; // counted where the message is taken
  }
};

/** Reads the layout of bulk frames (docs/WIRE.md §3): every id of it has every metric of it. */
export const bulkAnnouncements: AnnouncementReader = {
  matches: (topic) => topic.startsWith(prefix),
  read: ({ topic, payload }) => {
    const className = classNames.find((name) => name === topic.split("/")[5]);
    return className ? pointsOf(className, parse(payload)) : [];
  },
};

const pointsOf = (className: ClassName, { ids, metrics }: Layout): readonly AnnouncedPoint[] => {
  const known = textsOf(metrics).filter((metric) => metricIndex(className, metric) >= 0);
  return textsOf(ids).flatMap((externalId) =>
    known.map((metric) => ({
      externalId,
      className,
      metric,
      rackLocationId: className === "rack" ? externalId : null,
      serves: [],
      associates: [],
      name: null,
    })),
  );
};
