import {
  BufferAttribute,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  type PerspectiveCamera,
  ShaderMaterial,
  type Vector2,
  Vector4,
} from "three";
import { energyReader, flowColors, meterSum } from "#renderer/data/energyFlow.ts";
import type { CampusState } from "#renderer/data/state.ts";
import type { Language } from "#renderer/scene/campus/labels.ts";
import { type LabelPainter, Labels } from "#renderer/scene/campus/labels.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import { type EnergyBalance, supplyIds } from "#twins/kpi/energy-balance.ts";
import { busAxis, type Ribbon, ribbonsOf } from "./ribbonPaths.ts";
import { type RibbonPlaces, ribbonPlaces, type Subject } from "./ribbonPlaces.ts";
import { ribbonFragment, ribbonKinds, ribbonVertex } from "./ribbonShader.glsl.ts";
import { ribbonNames } from "./ribbonWords.ts";
import { chargeReader } from "./values.ts";

/** Ribbons with their feet, rings, spokes and light on the ground: what is beyond this many is left out, ribbons never. */
const mostPieces = 288;
const steps = 64;
/** Numbers over ribbons are painted anew this often at most, ms. */
const paintMs = 1000;

const strip = (): InstancedBufferGeometry => {
  const geometry = new InstancedBufferGeometry();
  const at: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= steps; i++) at.push(i / steps, -1, 0, i / steps, 1, 0);
  for (let i = 0; i < steps; i++) index.push(2 * i, 2 * i + 2, 2 * i + 1, 2 * i + 1, 2 * i + 2, 2 * i + 3);
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(at), 3));
  geometry.setIndex(index);
  for (const name of ["iA", "iB", "iC", "iD", "iColor"])
    geometry.setAttribute(
      name,
      new InstancedBufferAttribute(new Float32Array(mostPieces * 3), 3).setUsage(DynamicDrawUsage),
    );
  geometry.setAttribute(
    "iLook",
    new InstancedBufferAttribute(new Float32Array(mostPieces * 4), 4).setUsage(DynamicDrawUsage),
  );
  geometry.instanceCount = 0;
  return geometry;
};

interface RibbonUniforms {
  readonly time: IUniform<number>;
  readonly picture: Vector2;
}

/** The balance over the campus: ribbons from where power comes to where it goes, as wide as their power, with their numbers. */
export class Ribbons {
  /** Names and numbers over the ribbons; drawn over data, so apart from them. */
  readonly labels = new Labels();
  readonly #read: ReturnType<typeof energyReader>;
  readonly #sum: ReturnType<typeof meterSum>;
  readonly #charge: ReturnType<typeof chargeReader>;
  readonly #layout: Layout;
  readonly #places: RibbonPlaces;
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #shares = { value: Array.from({ length: 6 }, () => new Vector4()) };
  readonly #count: IUniform<number> = { value: 0 };
  #shown: EnergyBalance | null = null;
  #ribbons: readonly Ribbon[] = [];
  #language: Language = "zh";
  #paint: LabelPainter | null = null;
  #painted = "";
  #sincePaintMs = paintMs;

  /** @param picture its size, CSS pixels */
  constructor(layout: Layout, state: CampusState, { time, picture }: RibbonUniforms) {
    this.#read = energyReader(state);
    this.#sum = meterSum(state);
    this.#charge = chargeReader(state);
    this.#layout = layout;
    this.#places = ribbonPlaces(layout);
    const uniforms = {
      uPicture: { value: picture },
      uAxis: { value: busAxis },
      uTime: time,
      uShare: this.#shares,
      uShares: this.#count,
    };
    this.mesh = new Mesh(
      strip(),
      new ShaderMaterial({
        uniforms: uniforms as unknown as Record<string, IUniform>,
        vertexShader: ribbonVertex,
        fragmentShader: ribbonFragment,
        transparent: true,
        depthWrite: false,
        side: 2,
      }),
    );
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 304;
    this.show(false);
  }

  show(on: boolean): void {
    this.mesh.visible = on;
    this.labels.mesh.visible = on && this.#painted !== "";
  }

  get visible(): boolean {
    return this.mesh.visible;
  }

  speak(language: Language, paint: LabelPainter): void {
    this.#language = language;
    this.#paint = paint;
    this.#painted = "";
    this.#sincePaintMs = paintMs;
  }

  /** Takes what the meters say; call at most four times a second. @returns true when names were painted anew */
  sample(passedMs: number, complete: boolean): boolean {
    if (!this.mesh.visible) return false;
    this.#sincePaintMs += complete ? paintMs : passedMs;
    const { balance } = this.#read();
    if (balance !== this.#shown) this.#draw(balance);
    if (this.#sincePaintMs < paintMs || !this.#paint) return false;
    return this.#name(balance, this.#paint);
  }

  /** Keeps names apart; call when the camera moved. */
  declutter(camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
    if (this.mesh.visible && this.labels.mesh.visible) this.labels.declutter(camera, widthPx, heightPx);
  }

  #draw(balance: EnergyBalance): void {
    this.#shown = balance;
    const zoneKw = this.#places.halls.map(({ meters }) => this.#sum(meters));
    this.#ribbons = ribbonsOf(balance, this.#places, zoneKw);
    const pieces = piecesOf(this.#ribbons, this.#charge());
    const { geometry } = this.mesh;
    const put = (name: string, i: number, values: readonly number[]): void => {
      (geometry.getAttribute(name).array as Float32Array).set(values, i * values.length);
    };
    pieces.forEach(({ points, color, look }, i) => {
      ["iA", "iB", "iC", "iD"].forEach((name, k) => {
        put(name, i, points[k]!.toArray());
      });
      put("iColor", i, color);
      put("iLook", i, look);
    });
    for (const name of ["iA", "iB", "iC", "iD", "iColor", "iLook"])
      geometry.getAttribute(name).needsUpdate = true;
    geometry.instanceCount = pieces.length;
    this.#share(balance);
  }

  /** The same mixture for every use: that is the rule. None while the balance is not whole. */
  #share({ supplies, totalKw }: EnergyBalance): void {
    const isKnown = !Number.isNaN(totalKw);
    this.#count.value = isKnown ? supplies.length : 0;
    const ordered = [...supplies].sort((a, b) => supplyIds.indexOf(a.id) - supplyIds.indexOf(b.id));
    ordered.forEach(({ id, kw }, i) => {
      const [r, g, b] = flowColors[id];
      this.#shares.value[i]?.set(r / 255, g / 255, b / 255, isKnown ? kw / totalKw : 0);
    });
  }

  #name(balance: EnergyBalance, paint: LabelPainter): boolean {
    const found = ribbonNames(this.#ribbons, balance, {
      twin: this.#layout.twin,
      language: this.#language,
      charge: this.#charge(),
    });
    const text = found.map((label) => label.text).join("|");
    if (text === this.#painted) return false;
    this.#painted = text;
    this.#sincePaintMs = 0;
    this.labels.show(found, paint);
    return true;
  }
}

const lengthOf = ({ points: [a, b, c, d] }: Ribbon): number =>
  (a.distanceTo(b) + b.distanceTo(c) + c.distanceTo(d) + a.distanceTo(d)) / 2;

/** One instance of the draw. */
interface Piece {
  readonly points: Ribbon["points"];
  readonly color: readonly number[];
  readonly look: readonly [number, number, number, number];
}

/** The least radius of a ring, and that of the mark on a hall at the end of a spoke, m. */
const [leastRingM, hallRingM] = [17, 9] as const;

/** Lines from where a ribbon touches to the other halls that its power is the sum of, each with a mark on its roof. */
const spokesOf = ({ subject, zone, widthM }: Ribbon, own: readonly number[]): Piece[] => {
  if (!subject?.parts || zone < 0) return [];
  return subject.parts.flatMap((to): Piece[] => {
    const from = subject.at.clone().lerp(to, Math.min(1, widthM / 2 / subject.at.distanceTo(to)));
    return [
      { points: [from, from, to, to], color: own, look: [1, ribbonKinds.spoke, 1, 0] },
      { points: [to, to, to, to], color: own, look: [hallRingM, ribbonKinds.ring, 1, 0] },
    ];
  });
};

/**
 * Light on the ground, feet, rings and spokes first, since ribbons lie over them; then the busbar, and the battery last.
 * @param charge mean state of charge, 0…1, NaN for unknown
 */
const piecesOf = (ribbons: readonly Ribbon[], charge: number): Piece[] => {
  const color = ({ id }: Ribbon): readonly number[] => flowColors[id].map((c) => c / 255);
  const flowing = ribbons.filter(({ subject }) => subject !== null);
  const footOf = ({ at: land, middle: at = land, half }: Subject, own: readonly number[]): Piece => ({
    points: [at, at, at, at],
    color: own,
    look: [half[0], ribbonKinds.foot, 1, half[1]],
  });
  const spill = (ribbon: Ribbon): Piece => ({
    points: ribbon.points,
    color: color(ribbon),
    look: [ribbon.widthM, ribbonKinds.spill, 1, 0],
  });
  const ring = (ribbon: Ribbon): Piece => {
    const { at } = ribbon.subject!;
    const radius = Math.max(leastRingM, ribbon.widthM / 2);
    return { points: [at, at, at, at], color: color(ribbon), look: [radius, ribbonKinds.ring, 1, 0] };
  };
  const body = (ribbon: Ribbon): Piece => ({
    points: ribbon.points,
    color: color(ribbon),
    look: [ribbon.widthM, ribbonKinds[ribbon.kind], ribbon.hasValue ? 1 : 0, lengthOf(ribbon)],
  });
  const store = ({ id, points: [a, , , d] }: Ribbon, own: readonly number[]): Piece => {
    const [yard, bar] = id === "storage" ? [a, d] : [d, a];
    const look = [
      Number.isNaN(charge) ? -1 : charge,
      ribbonKinds.store,
      id === "storage" ? 1 : -1,
      0,
    ] as const;
    return { points: [yard, yard, bar, bar], color: own, look };
  };
  const stores = flowing
    .filter(({ id }) => id === "storage" || id === "charge")
    .map((ribbon) => store(ribbon, color(ribbon)));
  const below = [
    ...flowing.map(spill),
    ...flowing.map((ribbon) => footOf(ribbon.subject!, color(ribbon))),
    ...flowing.flatMap((ribbon) => spokesOf(ribbon, color(ribbon))),
  ];
  // Thin ones with their rings lie over wide ones, which would hide them; the busbar, which has no width, is last.
  const drawn = ribbons
    .toSorted((a, b) => b.widthM - a.widthM)
    .flatMap((ribbon) => (ribbon.subject ? [ring(ribbon), body(ribbon)] : [body(ribbon)]));
  const most = mostPieces - drawn.length - stores.length;
  return [...below.slice(0, most), ...drawn, ...stores];
};
