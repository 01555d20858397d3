/**
 * MQTT topic filters (3.1.1 and 5.0 §4.7) as sets of topics: which are well formed, which lie within another, and what
 * two have in common. Everything that is subscribed to goes through here, so that it stays within what was allowed.
 */

const most = 65_535;

/** Why this is no filter that may be subscribed to, or null. */
export const filterFault = (filter: string): string | null => {
  if (filter === "") return "it is empty";
  if (new TextEncoder().encode(filter).length > most) return `it is longer than ${most} bytes`;
  if (filter.includes("\0")) return "it has a zero character";
  // A shared subscription takes messages away from whoever else reads through it: that is no mere reading.
  if (filter.startsWith("$share/") || filter.startsWith("$queue/"))
    return "shared subscriptions take from others";
  const levels = filter.split("/");
  if (levels.some((level) => level.length > 1 && /[+#]/.test(level)))
    return "+ and # stand alone in their level";
  if (levels.slice(0, -1).includes("#")) return "# is the last level";
  return null;
};

/** True where a wildcard of the first level does not reach: topics of the broker itself, `$SYS/…`. */
const isApart = (first: string, other: string): boolean =>
  (first === "+" || first === "#") && other.startsWith("$");

/** Whether every topic of `inner` is one of `outer`. Never wrongly true. */
export const covers = (outer: string, inner: string): boolean => common(outer, inner) === inner;

/** The topics that two filters share, as one filter; null when they share none. */
export const common = (a: string, b: string): string | null => {
  const [left, right] = [a.split("/"), b.split("/")];
  if (isApart(left[0]!, right[0]!) || isApart(right[0]!, left[0]!)) return null;
  const shared: string[] = [];
  for (let i = 0; ; i++) {
    const [one, other] = [left[i], right[i]];
    // `a/#` holds `a` itself too: what is left of the other side follows, be it nothing.
    if (one === "#") return [...shared, ...right.slice(i)].join("/");
    if (other === "#") return [...shared, ...left.slice(i)].join("/");
    if (one === undefined || other === undefined) return one === other ? shared.join("/") : null;
    if (one !== "+" && other !== "+" && one !== other) return null;
    shared.push(one === "+" ? other : one);
  }
};

/**
 * What is wanted, cut down to what is allowed (null: everything), without filters that lie within others: a broker may
 * send a message once for each.
 */
export const within = (wanted: readonly string[], allowed: readonly string[] | null): readonly string[] => {
  const parts = wanted.flatMap((filter) =>
    allowed === null ? [filter] : allowed.flatMap((limit) => common(filter, limit) ?? []),
  );
  const cut = [...new Set(parts)];
  return cut.filter((filter) => !cut.some((other) => other !== filter && covers(other, filter)));
};

/** Whether a topic is one of a filter's. */
export const matches = (filter: string, topic: string): boolean => common(filter, topic) === topic;
