/** What part of a picture is drawn: from the top, device pixels. */
export interface Strip {
  readonly top: number;
  readonly height: number;
  /** Of the whole picture. */
  readonly of: number;
}

/** A picture's height in so many bins, which know what they cost. */
const bins = 48;
/** A strip of many bins at first: nothing is known. */
const firstMs = 12.5;
/** What was learned fades by this share with each picture. */
const fade = 0.5;

/**
 * Cuts a picture into strips that each take about as long: thin where much stands, learned from how long those of the
 * last pictures took.
 */
export class StripCosts {
  /** What each bin took, ms. */
  readonly #ms = new Float64Array(bins).fill(firstMs);
  readonly #took = new Float64Array(bins);

  /** A strip was drawn. */
  add({ top, height, of }: Strip, tookMs: number): void {
    const [first, end] = [(top / of) * bins, ((top + height) / of) * bins];
    for (let bin = Math.floor(first); bin < Math.min(bins, end); bin++) {
      const covered = Math.min(end, bin + 1) - Math.max(first, bin);
      this.#took[bin]! += (tookMs * covered) / (end - first);
    }
  }

  /** The picture is whole. One slow strip may be another program's doing: half of what was known before stays. */
  learn(): void {
    for (let bin = 0; bin < bins; bin++) {
      this.#ms[bin] = this.#ms[bin]! * fade + this.#took[bin]! * (1 - fade);
      this.#took[bin] = 0;
    }
  }

  /** Forgets what was drawn of a picture that was given up. */
  drop(): void {
    this.#took.fill(0);
  }

  /** @param height of the picture, device pixels @param stripMs what a strip shall take */
  cut(
    height: number,
    { stripMs, fewest, most }: Readonly<Record<"stripMs" | "fewest" | "most", number>>,
  ): readonly Strip[] {
    const all = this.#ms.reduce((sum, ms) => sum + ms, 0);
    const count = Math.min(most, Math.max(fewest, Math.round(all / stripMs)));
    // Bins that took nothing count a little, so that edges stand apart.
    const least = Math.max(all, 1) / (bins * 20);
    const weights = this.#ms.map((ms) => Math.max(ms, least));
    const each = weights.reduce((sum, weight) => sum + weight, 0) / count;
    const edges: number[] = [];
    let before = 0;
    weights.forEach((weight, bin) => {
      for (; edges.length < count - 1 && before + weight >= each * (edges.length + 1); )
        edges.push(Math.round(((bin + (each * (edges.length + 1) - before) / weight) / bins) * height));
      before += weight;
    });
    return betweenEdges(edges, height);
  }
}

/** Strips between these edges, from the top down; an edge that stands on the one before makes none. */
const betweenEdges = (edges: readonly number[], of: number): readonly Strip[] => {
  const strips: Strip[] = [];
  let top = 0;
  for (const edge of [...edges, of]) {
    if (edge <= top) continue;
    strips.push({ top, height: edge - top, of });
    top = edge;
  }
  return strips;
};

/** Cuts a picture into so many strips of one height, from the top down; the last one is the rest. */
export const stripsOf = (height: number, count: number): readonly Strip[] => {
  const each = Math.ceil(height / Math.max(1, Math.min(count, height)));
  const strips: Strip[] = [];
  for (let top = 0; top < height; top += each)
    strips.push({ top, height: Math.min(each, height - top), of: height });
  return strips;
};
