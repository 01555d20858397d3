/** Panels that lie over the picture; names below them would shine through or be cut at their edges. */
const panels = ".glass, .outage";

/**
 * Screen boxes of the panels over the canvas. Measured when a panel comes, goes or changes size, in the browser's own
 * resize step after layout: never per frame, and no measurement forces a layout.
 */
export class Covers {
  readonly #canvas: HTMLCanvasElement;
  readonly #found = new Set<Element>();
  readonly #sizes: ResizeObserver;
  readonly #tree: MutationObserver;

  /** @param measured gets left, top, right and bottom of each panel, CSS pixels of the canvas. Row-major, panels × 4. */
  constructor(canvas: HTMLCanvasElement, measured: (boxes: Float32Array) => void) {
    this.#canvas = canvas;
    this.#sizes = new ResizeObserver(() => measured(this.#measure()));
    this.#tree = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node instanceof Element) this.#watch(node);
    });
    this.#watch(document.body);
    this.#sizes.observe(canvas);
    this.#tree.observe(document.body, { childList: true, subtree: true });
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#tree.disconnect();
  }

  #watch(root: Element): void {
    const inside = [...root.querySelectorAll(panels)];
    for (const panel of root.matches(panels) ? [root, ...inside] : inside) {
      this.#found.add(panel);
      this.#sizes.observe(panel);
    }
  }

  #measure(): Float32Array {
    const { left, top } = this.#canvas.getBoundingClientRect();
    for (const panel of this.#found) {
      if (panel.isConnected) continue;
      this.#found.delete(panel);
      this.#sizes.unobserve(panel);
    }
    return Float32Array.from(
      [...this.#found].flatMap((panel) => {
        const box = panel.getBoundingClientRect();
        return [box.left - left, box.top - top, box.right - left, box.bottom - top];
      }),
    );
  }
}
