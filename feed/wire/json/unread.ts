import { type EachPath, every, type JsonPath } from "./path.ts";

/** Fields listed per topic, and how deep they are looked for. */
const fieldLimit = 64;
const depthLimit = 8;
/** Members and elements looked at in one message. */
const visitLimit = 2000;

type Steps = readonly (string | number | typeof every)[];

/** Where a path of a template leads from the root of the message: elements that `each` stands at are `[*]`. */
const fromRoot = ({ from, steps }: JsonPath, each: EachPath | null): Steps => {
  if (from === "message" || each === null) return steps;
  // The element `from` steps up ends with the wildcard that is as many from the last.
  const wild = each.steps.flatMap((step, i) => (step === every ? [i] : []));
  const last = wild[wild.length - 1 - from];
  return last === undefined ? steps : [...each.steps.slice(0, last + 1), ...steps];
};

const isSame = (one: Steps, other: Steps): boolean =>
  one.length === other.length &&
  one.every((step, i) => step === other[i] || step === every || other[i] === every);

const written = (steps: Steps): string =>
  steps.reduce<string>(
    (text, step) =>
      step === every
        ? `${text}[*]`
        : typeof step === "string" && /^[^.[\]'"\s]+$/.test(step)
          ? `${text}.${step}`
          : `${text}[${JSON.stringify(step)}]`,
    "$",
  );

/**
 * Numbers of a message that no template reads, as paths with `[*]` for the elements of arrays: what a plant says and
 * this mapping does not use. Bounded in fields, depth and work.
 */
export const unreadFields = (
  message: unknown,
  templates: readonly { readonly reads: readonly JsonPath[]; readonly each: EachPath | null }[],
): readonly string[] => {
  const reads = templates.flatMap(({ reads, each }) => reads.map((path) => fromRoot(path, each)));
  const found = new Set<string>();
  let visits = 0;
  const look = (value: unknown, steps: Steps): void => {
    if (++visits > visitLimit || found.size >= fieldLimit) return;
    if (typeof value === "number" && !reads.some((read) => isSame(read, steps))) found.add(written(steps));
    if (typeof value !== "object" || value === null || steps.length >= depthLimit) return;
    if (Array.isArray(value)) for (const element of value) look(element, [...steps, every]);
    else for (const [name, member] of Object.entries(value)) look(member, [...steps, name]);
  };
  look(message, []);
  return [...found];
};
