import { z } from "zod";
import type { LogMethods, Method, StreamSpec, ToFeed } from "#feed/contract/bridge.ts";
import { replaySpeeds } from "#feed/contract/replay.ts";
import { classNames } from "#twins/model/metric.ts";

/** Longest text message a client may send. */
export const textLimit = 64 * 1024;
/** Frames a client may have on their way: bounds what a slow one holds to 64 × 64 KiB. */
export const creditLimit = 64;

const id = z.number().int().nonnegative();
const className = z.enum(classNames);
const point = z.object({ className, row: z.number().int().nonnegative(), metric: z.string().max(64) });
const empty = z.object({}).strict();
const limit = z.number().int().positive().max(10_000).optional();

const metres = z.number().min(-50_000).max(50_000);
const edit = z
  .object({
    id: z.string().min(1).max(400),
    name: z
      .object({ zh: z.string().max(200), en: z.string().max(200) })
      .strict()
      .optional(),
    at: z.tuple([metres, metres]).optional(),
    yawDeg: z.number().min(-360).max(360).optional(),
  })
  .strict();

const fault = z.string().min(1).max(64);
const asset = z.string().min(1).max(400);
const metric = z.string().min(1).max(64);
/** A week of plant time. */
const longestFaultS = 7 * 86_400;

/** A view may begin and end between two milliseconds. */
const timeMs = z.number().nonnegative();
const range = { fromMs: timeMs, toMs: timeMs };
const speed = z
  .number()
  .refine((value) => Math.abs(value) >= replaySpeeds.least && Math.abs(value) <= replaySpeeds.most);
const points = z.array(point.strict()).min(1);
const markText = z.string().min(1).max(2000);
const markId = z.object({ id: z.string().max(64) });

const logSchemas = {
  "log.overview": empty,
  "log.control": z
    .object({
      loop: z.object(range).strict().nullable().optional(),
      seekMs: timeMs.optional(),
      speed: speed.optional(),
      isPlaying: z.boolean().optional(),
    })
    .strict(),
  "log.lanes": z.object({ ...range, buckets: z.number().int().positive().max(4000) }).strict(),
  "log.events": z.object({ ...range, limit: z.number().int().positive().max(10_000) }).strict(),
  "log.series": z
    .object({ ...range, points: points.max(64), maxPoints: z.number().int().positive().max(10_000) })
    .strict(),
  "log.curves": z.object({ action: z.enum(["stop", "build", "remove"]) }).strict(),
  "log.marks": empty,
  "log.mark": z.union([
    z
      .object({ add: z.object({ fromMs: timeMs, toMs: timeMs.nullable(), text: markText }).strict() })
      .strict(),
    z.object({ change: markId.extend({ text: markText }).strict() }).strict(),
    z.object({ remove: markId.strict() }).strict(),
  ]),
  "log.export": z
    .object({ ...range, format: z.enum(["csv", "parquet"]), points: points.max(100_000) })
    .strict(),
  "log.exportPart": empty,
  "log.exportCancel": empty,
} as const satisfies Record<keyof LogMethods, z.ZodType>;

/** Parameters of each method, as trusted code accepts them. */
export const paramSchemas = {
  "session.describe": empty,
  "feed.status": empty,
  "faults.list": z.object({ limit }).strict(),
  "faults.clear": empty,
  "unmapped.list": z.object({ limit, text: z.string().max(200).optional() }).strict(),
  "point.detail": point.strict(),
  "point.history": point
    .extend({ fromMs: z.number(), toMs: z.number(), maxPoints: z.number().int().positive().max(10_000) })
    .strict(),
  "kpi.explain": z.object({ name: z.string().max(64), scope: z.string().max(400) }).strict(),
  "quality.list": z
    .object({ limit, text: z.string().max(200).optional(), asset: z.string().max(400).optional() })
    .strict(),
  "twin.edit": z.object({ edits: z.array(edit).max(1000) }).strict(),
  "twin.save": empty,
  "plant.faults": empty,
  "plant.inject": z
    .object({
      fault,
      asset,
      metric: metric.optional(),
      severity: z.number().positive().max(1).optional(),
      forS: z.number().positive().max(longestFaultS).optional(),
      overS: z.number().nonnegative().max(longestFaultS).optional(),
    })
    .strict(),
  "plant.clear": z
    .object({ fault: fault.optional(), asset: asset.optional(), metric: metric.optional() })
    .strict(),
  "plant.play": z.object({ scenario: z.string().max(64).nullable() }).strict(),
  ...logSchemas,
} as const satisfies Record<Method, z.ZodType>;

export const isMethod = (name: string): name is Method => Object.hasOwn(paramSchemas, name);

const streamSpec = z
  .object({
    kind: z.enum(["display", "replay"]),
    classes: z.array(className).max(classNames.length).optional(),
    rate: z.number().min(1).max(30).optional(),
    rows: z.partialRecord(className, z.tuple([z.number().int().nonnegative(), z.number().int()])).optional(),
  })
  .strict();

const toFeed = z.discriminatedUnion("t", [
  z.object({ t: z.literal("request"), id, method: z.string().max(64), params: z.unknown() }),
  z.object({ t: z.literal("cancel"), id }),
  z.object({ t: z.literal("subscribe"), id, topic: z.enum(["status", "scenario", "replay"]) }),
  z.object({ t: z.literal("unsubscribe"), id }),
  z.object({ t: z.literal("open"), id, spec: streamSpec }),
  z.object({ t: z.literal("credit"), id, frames: z.number().int().positive().max(creditLimit) }),
  z.object({ t: z.literal("close"), id }),
]);

/** A client's message after validation; the method of a request may still be unknown. */
export type ClientMessage =
  | Exclude<ToFeed, { t: "request" | "open" }>
  | { readonly t: "request"; readonly id: number; readonly method: string; readonly params?: unknown }
  | { readonly t: "open"; readonly id: number; readonly spec: StreamSpec };

export type ParsedMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly id: number | null; readonly problem: string };

/** Parses one text message of a client. */
export const parseClientMessage = (text: string): ParsedMessage => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, id: null, problem: "no JSON" };
  }
  const parsed = toFeed.safeParse(json);
  if (parsed.success) return { ok: true, message: parsed.data as ClientMessage };
  const claimed = (json as { id?: unknown } | null)?.id;
  return {
    ok: false,
    id: typeof claimed === "number" ? claimed : null,
    problem: z.prettifyError(parsed.error),
  };
};
