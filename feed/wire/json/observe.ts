/** Topics of a kind kept apart, messages kept of each, and bytes kept of all: a broker may bring millions. */
const kindLimit = 500;
const samplesPerKind = 40;
const byteLimit = 32 * 1024 * 1024;
const payloadLimit = 256 * 1024;
const depthLimit = 8;

/** A message as it came, parsed. */
export interface Sample {
  readonly topic: string;
  readonly levels: readonly string[];
  readonly message: unknown;
}

/** What has nothing inside. */
export type Leaf = string | number | boolean | null;

/** Messages that are alike: as many levels, the same first, and the same shape. */
export interface Kind {
  /** Path of the elements with the values, or null when the message is one object. */
  readonly each: string | null;
  readonly samples: Sample[];
  /** Messages seen, kept or not. */
  messages: number;
}

/** What a broker brought, bounded in every direction. */
export interface Observations {
  readonly kinds: readonly Kind[];
  readonly messages: number;
  /** Messages of wires that need no mapping, that are no JSON object, and that found no room. */
  readonly known: number;
  readonly notJson: number;
  readonly dropped: number;
}

/** Topics that the product reads without a mapping, and the broker's own. */
const knownWire = /^(BMS\/v1|HT\/v1|spBv1\.0|\$)/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const memberText = (name: string): string =>
  /^[^.[\]'"\s]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** Path of the first array of objects, breadth first. */
const eachPathOf = (message: unknown): string | null => {
  let level: [string, unknown][] = [["$", message]];
  for (let depth = 0; depth < depthLimit && level.length > 0; depth++) {
    const next: [string, unknown][] = [];
    for (const [path, value] of level)
      if (Array.isArray(value)) {
        if (value.some(isObject)) return `${path}[*]`;
      } else if (isObject(value))
        for (const [name, member] of Object.entries(value)) next.push([path + memberText(name), member]);
    level = next;
  }
  return null;
};

/** Texts, numbers and switches of a value by their paths from `root`; arrays inside are left out. */
export const leavesOf = (value: unknown, root: string): ReadonlyMap<string, Leaf> => {
  const leaves = new Map<string, Leaf>();
  const look = (at: unknown, path: string, depth: number): void => {
    if (isObject(at)) {
      if (depth < depthLimit)
        for (const [name, member] of Object.entries(at)) look(member, path + memberText(name), depth + 1);
    } else if (!Array.isArray(at)) leaves.set(path, at as Leaf);
  };
  look(value, root, 0);
  return leaves;
};

/** Collects what comes. */
export class Observer implements Observations {
  readonly #kinds = new Map<string, Kind>();
  #bytes = 0;
  messages = 0;
  known = 0;
  notJson = 0;
  dropped = 0;

  get kinds(): readonly Kind[] {
    return [...this.#kinds.values()];
  }

  observe(topic: string, payload: Uint8Array): void {
    this.messages++;
    if (knownWire.test(topic)) {
      this.known++;
      return;
    }
    const message = parse(payload);
    if (typeof message !== "object" || message === null) {
      this.notJson++;
      return;
    }
    const levels = topic.split("/");
    const each = eachPathOf(message);
    const shape = each ?? [...leavesOf(message, "$").keys()].sort().join();
    const key = `${levels[0]} ${levels.length} ${shape}`;
    const kind = this.#kinds.get(key) ?? this.#add(key, each);
    if (!kind) {
      this.dropped++;
      return;
    }
    kind.messages++;
    if (kind.samples.length >= samplesPerKind || this.#bytes > byteLimit) return;
    this.#bytes += payload.length + topic.length;
    kind.samples.push({ topic, levels, message });
  }

  #add(key: string, each: string | null): Kind | null {
    if (this.#kinds.size >= kindLimit || this.#bytes > byteLimit) return null;
    const kind: Kind = { each, samples: [], messages: 0 };
    this.#bytes += key.length;
    this.#kinds.set(key, kind);
    return kind;
  }
}

const parse = (payload: Uint8Array): unknown => {
  if (payload.length > payloadLimit) return null;
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
};
