import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";

/** Sizes of the drawing, in its own units: CSS pixels where its place is as wide as it gets, so that type keeps its size. */
export interface SankeySize {
  readonly width: number;
  readonly top: number;
  readonly bar: number;
  /** Left edges of sources, busbar and uses. */
  readonly left: number;
  readonly bus: number;
  readonly right: number;
  /** Height of the whole power, room between ends, and what the two lines of text of one take. */
  readonly total: number;
  readonly apart: number;
  readonly label: number;
  /** Base lines of name and power, below the middle of their end. */
  readonly lines: readonly [name: number, power: number];
}

export const deskSankey: SankeySize = {
  width: 532,
  top: 30,
  bar: 8,
  left: 126,
  bus: 260,
  right: 398,
  total: 196,
  apart: 10,
  label: 36,
  lines: [-4, 14],
};

/** A column of the wall: its small and its body size stand above each other. */
export const wallSankey: SankeySize = {
  width: 1260,
  top: 34,
  bar: 14,
  left: 230,
  bus: 620,
  right: 990,
  total: 196,
  apart: 8,
  label: 52,
  lines: [-5, 22],
};
/** Height of an end whose meters say nothing: it is not zero, and looks like no size. */
const gapHeight = 18;
const leastHeight = 2;
/** A whole balance below this has no sizes to compare, kW. */
const nothingKw = 0.001;

/** An end of the balance as a bar: `kind` gap where meters say nothing, rest where nobody measures it. */
export interface SankeyNode {
  readonly id: SupplyId | UseId;
  readonly side: "in" | "out";
  readonly kind: "measured" | "gap" | "rest";
  readonly kw: number;
  readonly y: number;
  readonly height: number;
}

/** A measured band between an end and the busbar, or a share of it by the rule. */
export interface SankeyBand {
  /** `in:grid`, `out:it`, `share:wind>it`. */
  readonly key: string;
  readonly kind: SankeyNode["kind"] | "share";
  /** Whose colour it has. */
  readonly color: SupplyId | UseId;
  readonly path: string;
}

export interface SankeyPicture {
  readonly height: number;
  readonly bus: { readonly y: number; readonly height: number };
  readonly nodes: readonly SankeyNode[];
  readonly bands: readonly SankeyBand[];
  /** Pixels a kW; 0 while nothing has a size. */
  readonly scale: number;
}

type Span = readonly [y: number, height: number];

/** A band of constant or changing width between two uprights, as an SVG path. */
const between = ([x0, x1]: readonly [number, number], [a, ah]: Span, [b, bh]: Span): string => {
  const m = (x0 + x1) / 2;
  const n = (value: number): string => value.toFixed(1);
  return (
    `M${n(x0)} ${n(a)}C${n(m)} ${n(a)} ${n(m)} ${n(b)} ${n(x1)} ${n(b)}` +
    `L${n(x1)} ${n(b + bh)}C${n(m)} ${n(b + bh)} ${n(m)} ${n(a + ah)} ${n(x0)} ${n(a + ah)}Z`
  );
};

type End = { readonly id: SupplyId | UseId; readonly kw: number; readonly role: string | null };

const heightOf = (kw: number, scale: number): number =>
  Number.isNaN(kw) ? gapHeight : Math.max(leastHeight, kw * scale);

/** A drawing's sizes, and its pixels a kW. */
interface Scaled {
  readonly size: SankeySize;
  readonly scale: number;
}

/** Places the ends of one side below each other, with room for their two lines of text, around the middle of the drawing. */
const column = (ends: readonly End[], side: "in" | "out", { size, scale }: Scaled): readonly SankeyNode[] => {
  let y = 0;
  return ends.map(({ id, kw, role }) => {
    const height = heightOf(kw, scale);
    const room = Math.max(height, size.label);
    const node: SankeyNode = {
      id,
      side,
      kind: Number.isNaN(kw) ? "gap" : role === null ? "rest" : "measured",
      kw,
      y: y + (room - height) / 2,
      height,
    };
    y += room + size.apart;
    return node;
  });
};

const bottomOf = (nodes: readonly SankeyNode[], size: SankeySize): number =>
  nodes.reduce((most, { y, height }) => Math.max(most, y + Math.max(height, (size.label + height) / 2)), 0);

const sumOf = (ends: readonly End[]): number =>
  ends.reduce((sum, { kw }) => sum + (Number.isNaN(kw) ? 0 : kw), 0);

/** Share bands of one use, stacked in the order of the sources, inside its measured band. */
const shareBands = (
  { shares }: EnergyBalance,
  node: SankeyNode,
  { atBus, size, scale }: Scaled & { readonly atBus: number },
): SankeyBand[] => {
  let done = 0;
  return shares
    .filter(({ to, kw }) => to === node.id && kw * scale > 0.05)
    .map(({ from, to, kw }) => {
      const part = kw / node.kw;
      const path = between(
        [size.bus + size.bar, size.right],
        [atBus + done * node.kw * scale, kw * scale],
        [node.y + done * node.height, part * node.height],
      );
      done += part;
      return { key: `share:${from}>${to}`, kind: "share", color: from, path };
    });
};

/**
 * Sources left, the busbar in the middle, uses right. Heights are in proportion to power, one scale for all; an end that has
 * no number keeps a hatched place, and no band of a size.
 */
export const sankeyOf = (balance: EnergyBalance, size: SankeySize = deskSankey): SankeyPicture => {
  const { supplies, uses, totalKw } = balance;
  const most = Number.isNaN(totalKw) ? Math.max(sumOf(supplies), sumOf(uses)) : totalKw;
  const scale = most > nothingKw ? size.total / most : 0;
  const sides = [column(supplies, "in", { size, scale }), column(uses, "out", { size, scale })] as const;
  const tall = Math.max(...sides.map((side) => bottomOf(side, size)), size.total);
  const nodes = sides.flatMap((side) => {
    const down = size.top + (tall - bottomOf(side, size)) / 2;
    return side.map((node) => ({ ...node, y: node.y + down }));
  });
  const busHeight = sides
    .map((side) => side.reduce((sum, { height }) => sum + height, 0))
    .reduce((a, b) => Math.max(a, b), 8);
  const bus = { y: size.top + (tall - busHeight) / 2, height: busHeight };
  const bands: SankeyBand[] = [];
  const at = { in: bus.y, out: bus.y };
  for (const node of nodes) {
    const isIn = node.side === "in";
    const own: Span = [node.y, node.height];
    const busSpan: Span = [at[node.side], node.height];
    const xs = isIn
      ? ([size.left + size.bar, size.bus] as const)
      : ([size.bus + size.bar, size.right] as const);
    const path = isIn ? between(xs, own, busSpan) : between(xs, busSpan, own);
    bands.push({ key: `${node.side}:${node.id}`, kind: node.kind, color: node.id, path });
    if (!isIn && node.kind !== "gap")
      bands.push(...shareBands(balance, node, { atBus: at.out, size, scale }));
    at[node.side] += node.height;
  }
  return { height: tall + size.top + 16, bus, nodes, bands, scale };
};
