import { readFileSync } from "node:fs";
import { z } from "zod";
import { err, ok, type Result } from "#twins/model/result.ts";
import { type WeatherShift, weatherBounds, weatherQuantities } from "#twins/physics/weather/shift.ts";
import type { Scenario } from "#twins/scenario/scenario.ts";

const text = z.object({ zh: z.string().min(1), en: z.string().min(1) }).strict();
const atS = z.number().nonnegative();
const path = z.string().min(1);

const weatherShift = z
  .object({ quantity: z.enum(weatherQuantities), fromS: atS, atS, untilS: atS, value: z.number() })
  .strict()
  .refine((shift) => shift.fromS <= shift.atS && shift.atS <= shift.untilS, {
    error: "fromS, atS and untilS must follow each other",
  })
  .refine(
    ({ quantity, value }) => value >= weatherBounds[quantity][0] && value <= weatherBounds[quantity][1],
    {
      path: ["value"],
      error: ({ input }) => {
        const { quantity, value } = input as WeatherShift;
        return `${quantity} of ${value}: expected ${weatherBounds[quantity].join(" to ")}`;
      },
    },
  );

const scenario = z
  .object({
    id: z.string().regex(/^[\w-]+$/),
    title: text,
    summary: text,
    start: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
    durationS: z.number().positive(),
    speed: z.number().min(1).max(100),
    racks: z.number().int().positive().nullable(),
    source: z
      .object({
        what: text,
        words: z.string().optional(),
        publisher: z.string().min(1),
        date: z.string().min(4),
        grade: z.enum(["A", "B", "C", "D"]),
      })
      .strict()
      .nullable(),
    weather: z.array(weatherShift),
    events: z.array(
      z
        .object({
          atS,
          kind: z.enum(["public", "simulated"]),
          say: text,
          faults: z
            .array(
              z
                .object({
                  fault: z.string().min(1),
                  asset: path,
                  metric: z.string().min(1).optional(),
                  severity: z.number().positive().max(1).optional(),
                  forS: z.number().positive().optional(),
                  overS: z.number().nonnegative().optional(),
                })
                .strict(),
            )
            .optional(),
          clear: z
            .array(
              z.object({ asset: path, fault: z.string().optional(), metric: z.string().optional() }).strict(),
            )
            .optional(),
          job: z
            .object({
              kind: z.enum(["training", "inference", "hpc"]),
              from: path,
              to: path,
              racks: z.number().int().positive(),
              dataTb: z.number().nonnegative(),
              gbitPerS: z.number().positive(),
              durationS: z.number().positive(),
            })
            .strict()
            .optional(),
          pin: z
            .object({
              asset: path,
              also: z.array(path).optional(),
              load: z.number().min(0).max(1).nullable(),
              rampS: z.number().positive().optional(),
              kind: z.enum(["training", "inference", "hpc"]).optional(),
            })
            .strict()
            .optional(),
        })
        .strict(),
    ),
    views: z
      .array(
        z
          .object({
            atS,
            asset: path.optional(),
            metric: z.string().optional(),
            xray: z.boolean().optional(),
            say: text.optional(),
          })
          .strict(),
      )
      .length(6),
    expectations: z.array(
      z
        .object({
          atS,
          asset: path,
          metric: z.string(),
          is: z.enum(["<", ">", "="]),
          value: z.number(),
          tolerance: z.number().nonnegative().optional(),
          because: text,
        })
        .strict(),
    ),
    figures: z.array(z.object({ asset: path, metric: z.string().min(1) }).strict()).optional(),
  })
  .strict();

const tip = "docs/SCENARIOS.md says what belongs into it.";

/** Reads a scenario. @returns it, or what is wrong, in which file and where in it, and what to do */
export const readScenarioFile = (file: string): Result<Scenario> => {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? `is no JSON (${error.message})` : `cannot be read (${error})`;
    return err({ code: "scenario", message: `${file} ${why}`, tip });
  }
  const parsed = scenario.safeParse(written);
  if (parsed.success) return ok(parsed.data as Scenario);
  return err({ code: "scenario", message: `${file}:\n${z.prettifyError(parsed.error)}\n`, tip });
};

/** The same where a file has been looked at before. @throws Error with the problem's words */
export const readScenario = (file: string): Scenario => {
  const read = readScenarioFile(file);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
