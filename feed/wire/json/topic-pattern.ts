import { err, ok, type Result } from "#twins/model/result.ts";

/**
 * Topics of one kind: levels as they are, `+` for any one, `{name}` for any one that is captured (with text before or
 * behind it: `rack-{n}`), and last `#` or `{name#}` for any number of levels.
 */
export interface TopicPattern {
  readonly text: string;
  readonly levels: readonly Level[];
  /** What to subscribe to: the narrowest MQTT filter that holds all its topics. */
  readonly filter: string;
  readonly captures: readonly string[];
}

interface Level {
  /** Text before and behind what is captured, or the whole level when nothing is. */
  readonly before: string;
  readonly after: string;
  /** Any text fits between; else the level is `before` alone. */
  readonly isOpen: boolean;
  readonly capture: string | null;
  /** Takes this level and all behind it. */
  readonly isRest: boolean;
}

/** What stood where a pattern captures, by name. */
export type Captures = ReadonlyMap<string, string>;

const captured = /^([^{}]*)\{([A-Za-z_]\w*)(#?)\}([^{}]*)$/;
const wild = { before: "", after: "", isOpen: true, capture: null };

const levelOf = (text: string): Level | string => {
  if (text === "+") return { ...wild, isRest: false };
  if (text === "#") return { ...wild, isRest: true };
  const [, before = "", capture = "", rest, after = ""] = captured.exec(text) ?? [];
  if (/[+#]/.test(before + after)) return `${JSON.stringify(text)}: + and # stand alone in their level`;
  if (rest === undefined)
    return /[{}+#]/.test(text)
      ? `${JSON.stringify(text)}: one {name} a level, of letters and digits; + and # stand alone`
      : { before: text, after: "", isOpen: false, capture: null, isRest: false };
  if (rest === "#" && before + after !== "") return `${JSON.stringify(text)}: {name#} stands alone`;
  return { before, after, isOpen: true, capture, isRest: rest === "#" };
};

export const compileTopic = (text: string): Result<TopicPattern, string> => {
  const levels: Level[] = [];
  for (const each of text.split("/")) {
    const level = levelOf(each);
    if (typeof level === "string") return err(level);
    if (levels.at(-1)?.isRest) return err(`${JSON.stringify(text)}: # is the last level`);
    levels.push(level);
  }
  if (levels.length === 1 && levels[0]!.isRest)
    return err(`${JSON.stringify(text)}: would read the whole broker; name the first level at least`);
  const captures = levels.flatMap(({ capture }) => capture ?? []);
  if (new Set(captures).size < captures.length) return err(`${JSON.stringify(text)}: a capture stands twice`);
  const filter = levels.map(({ isOpen, isRest, before }) => (isRest ? "#" : isOpen ? "+" : before)).join("/");
  return ok({ text, levels, filter, captures });
};

const fits = ({ before, after, isOpen }: Level, text: string): boolean =>
  isOpen
    ? text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
    : text === before;

/** What a topic has where the pattern captures; null when it is none of the pattern's. */
export const matchTopic = ({ levels }: TopicPattern, topic: string): Captures | null => {
  // Topics of the broker itself are no plant's, whatever wildcard they fit (MQTT 4.7.2).
  if (topic.startsWith("$") && levels[0]!.isOpen) return null;
  const found = new Map<string, string>();
  const parts = topic.split("/");
  for (const [i, level] of levels.entries()) {
    if (level.isRest) {
      if (level.capture !== null) found.set(level.capture, parts.slice(i).join("/"));
      return level.capture !== null && parts.length <= i ? null : found;
    }
    const part = parts[i];
    if (part === undefined || !fits(level, part)) return null;
    if (level.capture !== null)
      found.set(level.capture, part.slice(level.before.length, part.length - level.after.length));
  }
  return parts.length === levels.length ? found : null;
};
