import { SparkplugPayload } from "#feed/wire/sparkplug.ts";
import { isControl } from "#feed/wire/sparkplug-points.ts";
import {
  parseSparkplugTopic,
  type SparkplugTopic,
  sparkplugPath,
  sparkplugPrefix,
} from "#feed/wire/sparkplug-topic.ts";
import { isNumeric } from "#feed/wire/sparkplug-types.ts";
import type { AnnouncedPoint } from "#twins/announced/announced.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AnnouncementReader } from "./announcements.ts";

interface Kind {
  readonly className: ClassName | null;
  readonly metric: string | null;
}

/** What a metric's name says: a DSX point type names a metric and often its class, an id of the catalogue the metric. */
const kindOf = (name: string): Kind => {
  const carriers = classNames.flatMap((className) =>
    classSpec(className).metrics.flatMap(({ id, dsx, derived }) =>
      !derived && dsx?.pointType === name ? [{ className, metric: id }] : [],
    ),
  );
  const [first, ...others] = carriers;
  if (first)
    return {
      className: others.every(({ className }) => className === first.className) ? first.className : null,
      metric: others.every(({ metric }) => metric === first.metric) ? first.metric : null,
    };
  const isKnown = classNames.some((className) =>
    classSpec(className).metrics.some(({ id, derived }) => id === name && !derived),
  );
  return { className: null, metric: isKnown ? name : null };
};

/** Reads Sparkplug births, with the look-ups of names kept: a plant has few names and many metrics. */
export const createBirthAnnouncements = (): AnnouncementReader => {
  const decoded = new SparkplugPayload();
  const kinds = new Map<string, Kind>();
  const kindLimit = 10_000;
  const lookUp = (name: string): Kind => {
    const known = kinds.get(name);
    if (known) return known;
    const kind = kindOf(name);
    if (kinds.size < kindLimit) kinds.set(name, kind);
    return kind;
  };
  const pointOf = (path: string, name: string): AnnouncedPoint => {
    const slash = name.lastIndexOf("/");
    return {
      externalId: slash < 0 ? path : `${path}/${name.slice(0, slash)}`,
      ...lookUp(name.slice(slash + 1)),
      rackLocationId: null,
      serves: [],
      associates: [],
      name: null,
    };
  };

  return {
    matches: (topic) => announces(topic) !== null,
    read: ({ topic, payload }) => {
      const parsed = announces(topic)!;
      const isBirth = parsed.type === "NBIRTH" || parsed.type === "DBIRTH";
      if (!isBirth || decoded.decode(payload) !== null) return [];
      const path = sparkplugPath(parsed);
      const points: AnnouncedPoint[] = [];
      for (let i = 0; i < decoded.count; i++) {
        const name = decoded.name[i];
        if (name && !isControl(name) && isNumeric(decoded.dataType[i]!)) points.push(pointOf(path, name));
      }
      return points;
    },
  };
};

/** A birth names every metric of its node or device; a death names none, and has to be heard after its birth. */
const announces = (topic: string): SparkplugTopic | null => {
  if (!topic.startsWith(sparkplugPrefix) || !/\/[ND](BIRTH|DEATH)\//.test(topic)) return null;
  const parsed = parseSparkplugTopic(topic);
  return parsed && /BIRTH|DEATH/.test(parsed.type) ? parsed : null;
};
