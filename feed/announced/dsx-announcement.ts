import { type DsxTopic, parseDsxTopic } from "#feed/wire/dsx.ts";
import type { AnnouncedPoint } from "#twins/announced/announced.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AnnouncementReader } from "./announcements.ts";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap((each) => text(each) ?? []) : [text(value) ?? []].flat();

interface Fields {
  readonly [name: string]: unknown;
}

const parse = (payload: Uint8Array): Fields | null => {
  try {
    const message: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    return typeof message === "object" && message !== null && !Array.isArray(message)
      ? (message as Fields)
      : null;
  } catch {
    return null; // counted where the message is taken
  }
};

interface Kind {
  readonly className: ClassName | null;
  readonly metric: string | null;
}

/**
 * Class and metric by the topic's object and point type: only where they fit one class alone. `GenericObject` is said
 * by transformers, wind turbines and more; it names a class only through a point type that no other one has.
 */
const kindOf = ({ objectType, pointType }: DsxTopic, areas: readonly string[]): Kind => {
  const ofType = classNames.map(classSpec).filter(({ dsxObjectType }) => dsxObjectType === objectType);
  const fitting = ofType.flatMap((spec) => {
    const metrics = spec.metrics.filter(
      ({ dsx }) =>
        dsx?.pointType === pointType && (dsx.processArea ?? []).every((area) => areas.includes(area)),
    );
    const best = metrics.toSorted(
      (a, b) => (b.dsx?.processArea?.length ?? 0) - (a.dsx?.processArea?.length ?? 0),
    )[0];
    return best && !best.derived ? [{ className: spec.name, metric: best.id }] : [];
  });
  const [first, ...others] = fitting;
  return {
    className: ofType.length === 1 ? ofType[0]!.name : first && others.length === 0 ? first.className : null,
    metric: first && others.every(({ metric }) => metric === first.metric) ? first.metric : null,
  };
};

/** Reads DSX metadata (docs/WIRE.md §1–2): rack or object it belongs to, what it serves and is part of. */
export const dsxAnnouncements: AnnouncementReader = {
  matches: (topic) => topic.includes("/Metadata/") && parseDsxTopic(topic)?.kind === "Metadata",
  read: ({ topic, payload }) => {
    const parsed = parseDsxTopic(topic)!;
    const fields = parse(payload);
    return fields && parsed.objectType !== "System" ? pointsOf(parsed, fields) : [];
  },
};

const pointsOf = (parsed: DsxTopic, fields: Fields): readonly AnnouncedPoint[] => {
  const rackLocationId = text(fields["rackLocationId"]);
  const objectId = text(fields["objectId"]);
  const associates = texts(fields["associateId"]);
  const externalId = rackLocationId ?? objectId ?? associates[0];
  if (externalId === undefined) return [];
  // A point of an associate is one of another object's: its type says what it is part of, not what that object is.
  const isOwn = rackLocationId !== null || objectId !== null;
  const isReading = fields["isSetpoint"] !== true && text(fields["phase"]) === null;
  const kind = kindOf(parsed, texts(fields["processArea"]));
  const point: AnnouncedPoint = {
    externalId,
    className: isOwn ? kind.className : null,
    metric: isOwn && isReading ? kind.metric : null,
    rackLocationId,
    serves: texts(fields["servesId"]),
    associates,
    name: text(fields["rackLocationName"]) ?? text(fields["objectName"]),
  };
  return [point];
};
