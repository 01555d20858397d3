import { z } from "zod";
import type { ScenarioState } from "#twins/scenario/scenario.ts";

/** A drill of a day, told every few minutes, is far below these. */
const limits = {
  payloadBytes: 256 * 1024,
  events: 500,
  views: 24,
  figures: 12,
  lineChars: 600,
  durationS: 31 * 86_400,
};
const latestMs = 8.64e15;

const line = z.string().max(limits.lineChars);
const text = z.object({ zh: line, en: line });
const id = z.string().min(1).max(200);
const atS = z.number().min(0).max(limits.durationS);
const timeMs = z.number().min(0).max(latestMs);

const job = z.object({
  kind: z.enum(["training", "inference", "hpc"]),
  from: z.string().max(400),
  to: z.string().max(400),
  racks: z.number().min(0).max(1e6),
  dataTb: z.number().min(0).max(1e6),
  gbitPerS: z.number().positive().max(1e6),
  durationS: z.number().min(0).max(limits.durationS),
});

const state = z.object({
  id,
  title: text,
  summary: text,
  source: z
    .object({
      what: text,
      words: line.optional(),
      publisher: line,
      date: z.string().max(40),
      grade: z.enum(["A", "B", "C", "D"]),
    })
    .nullable(),
  durationS: z.number().positive().max(limits.durationS),
  startMs: timeMs,
  timeMs,
  speed: z.number().min(0).max(3600),
  events: z
    .array(z.object({ atS, kind: z.enum(["public", "simulated"]), say: text, job: job.optional() }))
    .max(limits.events),
  views: z
    .array(
      z.object({
        atS,
        asset: z.string().max(400).optional(),
        metric: z.string().max(64).optional(),
        xray: z.boolean().optional(),
        say: text.optional(),
      }),
    )
    .max(limits.views),
  figures: z
    .array(
      z.object({ asset: z.string().max(400), metric: z.string().max(64), atStart: z.number().nullable() }),
    )
    .max(limits.figures)
    .optional(),
});

const isByTime = (list: readonly { readonly atS: number }[]): boolean =>
  list.every(({ atS: at }, i) => i === 0 || at >= list[i - 1]!.atS);

/** Reads a `HT/v1/PUB/Scenario/{publisher}` message; a string says what is wrong with it. Unknown fields are left out. */
export const parseScenario = (payload: Uint8Array): ScenarioState | string => {
  if (payload.length > limits.payloadBytes)
    return `${payload.length} bytes, at most ${limits.payloadBytes} are taken`;
  let message: unknown;
  try {
    message = JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const parsed = state.safeParse(message);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { events, views, source } = parsed.data;
  if (!isByTime(events)) return "events are not in the order of their times";
  if (!isByTime(views)) return "views are not in the order of their times";
  if (source === null && events.some(({ kind }) => kind === "public"))
    return "a public event without a source: where was it published?";
  return parsed.data as ScenarioState;
};
