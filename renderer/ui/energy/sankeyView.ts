import { flowColors } from "#renderer/data/energyFlow.ts";
import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import { deskSankey, type SankeyBand, type SankeyNode, type SankeySize, sankeyOf } from "./sankeyLayout.ts";

/** Words of the drawing in one language. */
export interface SankeyWords {
  name(id: SupplyId | UseId): string;
  /** A power with its unit, or the mark for none. */
  power(kw: number): string;
  /** What a band says to a screen reader. */
  label(key: string): string;
  readonly bus: string;
  readonly noValue: string;
}

const svgNs = "http://www.w3.org/2000/svg";
/** By the object model, not by an attribute: the page allows no inline styles. */
const paint = (element: SVGElement, id: SupplyId | UseId): void =>
  element.style.setProperty("--flow", `rgb(${flowColors[id].join(" ")})`);

/**
 * The Sankey drawing, kept by hand: elements live as long as their end of the balance does, so that focus stays where it is,
 * and only attributes that changed are written. React never sees a value.
 */
export class SankeyView {
  readonly #svg: SVGSVGElement;
  readonly #onFocus: ((key: string | null) => void) | null;
  readonly #size: SankeySize;
  readonly #elements = new Map<string, SVGElement>();
  #used = new Set<string>();

  /** @param onFocus hears which band is pointed at; null where nobody points */
  constructor(
    svg: SVGSVGElement,
    onFocus: ((key: string | null) => void) | null,
    size: SankeySize = deskSankey,
  ) {
    this.#svg = svg;
    this.#onFocus = onFocus;
    this.#size = size;
  }

  draw(balance: EnergyBalance, words: SankeyWords): void {
    const size = this.#size;
    const picture = sankeyOf(balance, size);
    this.#used = new Set();
    set(this.#svg, { viewBox: `0 0 ${size.width} ${picture.height.toFixed(0)}` });
    this.#put("bus", "rect", {
      class: "sankey-bus",
      x: size.bus,
      y: picture.bus.y.toFixed(1),
      width: size.bar,
      height: picture.bus.height.toFixed(1),
    });
    this.#text("bus-name", "sankey-head", [size.bus + size.bar / 2, picture.bus.y - 9, words.bus], "middle");
    for (const band of picture.bands) this.#band(band, words);
    for (const node of picture.nodes) this.#node(node, words);
    this.#scaleBar(picture.scale, picture.height, words);
    for (const [key, element] of this.#elements)
      if (!this.#used.has(key)) {
        element.remove();
        this.#elements.delete(key);
      }
  }

  #band({ key, kind, color, path }: SankeyBand, words: SankeyWords): void {
    const element = this.#put(key, "path", {
      class: "sankey-band",
      "data-kind": kind,
      d: path,
      ...(this.#onFocus && { tabindex: "0" }),
      role: "img",
      "aria-label": words.label(key),
    });
    paint(element, color);
    const hear = this.#onFocus;
    if (!hear || element.dataset["heard"]) return;
    element.dataset["heard"] = "1";
    for (const event of ["pointerenter", "focus"]) element.addEventListener(event, () => hear(key));
    for (const event of ["pointerleave", "blur"]) element.addEventListener(event, () => hear(null));
  }

  #node({ id, side, kind, kw, y, height }: SankeyNode, words: SankeyWords): void {
    const isIn = side === "in";
    const size = this.#size;
    const bar = this.#put(`bar:${side}:${id}`, "rect", {
      class: "sankey-bar",
      "data-kind": kind,
      x: isIn ? size.left : size.right,
      y: y.toFixed(1),
      width: size.bar,
      height: height.toFixed(1),
    });
    paint(bar, id);
    const x = isIn ? size.left - 9 : size.right + size.bar + 9;
    const anchor = isIn ? "end" : "start";
    const middle = y + height / 2;
    this.#text(`name:${side}:${id}`, "sankey-name", [x, middle + size.lines[0], words.name(id)], anchor);
    const power = kind === "gap" ? words.noValue : words.power(kw);
    this.#text(`power:${side}:${id}`, "sankey-power", [x, middle + size.lines[1], power], anchor);
  }

  /** A bar of a round power at the drawing's scale: heights are in proportion, and by how much is said. */
  #scaleBar(scale: number, height: number, words: SankeyWords): void {
    if (scale <= 0) return;
    const kw =
      [1e6, 5e5, 2e5, 1e5, 5e4, 2e4, 1e4, 5e3, 2e3, 1e3, 500, 200, 100, 50, 20, 10, 5, 2, 1].find(
        (each) => each * scale <= 60,
      ) ?? 1;
    const size = kw * scale;
    this.#put("scale", "path", {
      class: "sankey-scale",
      d: `M8 ${(height - 6).toFixed(1)}h6M11 ${(height - 6).toFixed(1)}v${(-size).toFixed(1)}M8 ${(height - 6 - size).toFixed(1)}h6`,
    });
    this.#text("scale-name", "sankey-note", [20, height - 6, words.power(kw)], "start");
  }

  #text(
    key: string,
    className: string,
    [x, y, text]: readonly [number, number, string],
    anchor: string,
  ): void {
    const element = this.#put(key, "text", { class: className, x, y: y.toFixed(1), "text-anchor": anchor });
    if (element.textContent !== text) element.textContent = text;
  }

  #put(key: string, tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
    this.#used.add(key);
    let element = this.#elements.get(key);
    if (!element) {
      element = document.createElementNS(svgNs, tag) as SVGElement;
      this.#elements.set(key, element);
      this.#svg.append(element);
    }
    set(element, attributes);
    return element;
  }
}

const set = (element: Element, attributes: Readonly<Record<string, string | number>>): void => {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
};
