import {
  BufferAttribute,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  type PerspectiveCamera,
  ShaderMaterial,
  Vector4,
} from "three";
import { energyReader, flowColors } from "#renderer/data/energyFlow.ts";
import type { CampusState } from "#renderer/data/state.ts";
import type { Language } from "#renderer/scene/campus/labels.ts";
import { type LabelPainter, Labels } from "#renderer/scene/campus/labels.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import { type EnergyBalance, type SupplyId, supplyIds, type UseId } from "#twins/kpi/energy-balance.ts";
import { pointOn, type Ribbon, type RibbonPlaces, ribbonPlaces, ribbonsOf } from "./ribbonPaths.ts";

/** More ends than a balance can have. */
const mostRibbons = 16;
const pieces = 56;
/** Numbers over ribbons are painted anew this often at most, ms. */
const paintMs = 1000;

const kinds = { source: 0, use: 1, bus: 2 } as const;

/** Words of the ends in the scene. */
const words: Readonly<Record<SupplyId | UseId, Readonly<Record<Language, string>>>> = {
  grid: { zh: "市电", en: "Grid" },
  wind: { zh: "风电", en: "Wind" },
  pv: { zh: "光伏", en: "Solar" },
  storage: { zh: "储能放电", en: "Storage, discharge" },
  generator: { zh: "柴发", en: "Generators" },
  surplus: { zh: "表计不平", en: "Meters disagree" },
  it: { zh: "IT", en: "IT" },
  cooling: { zh: "制冷", en: "Cooling" },
  aux: { zh: "辅助与损耗", en: "Auxiliary, losses" },
  charge: { zh: "储能充电", en: "Storage, charge" },
  export: { zh: "上网电力", en: "Export" },
  ownUse: { zh: "站用电", en: "Station service" },
  unmetered: { zh: "未计量", en: "Unmetered" },
};

const vertex = /* glsl */ `
attribute vec3 iA;
attribute vec3 iB;
attribute vec3 iC;
attribute vec3 iD;
attribute vec3 iColor;
/** Width (m), kind, 1 with a value, rough length (m). */
attribute vec4 iLook;
varying vec2 vAt;
varying float vAlong;
flat varying vec3 vColor;
flat varying vec4 vLook;
void main() {
  float t = position.x;
  float s = 1.0 - t;
  vec3 p = iA * s * s * s + iB * 3.0 * s * s * t + iC * 3.0 * s * t * t + iD * t * t * t;
  vec3 ahead = (iB - iA) * s * s + (iC - iB) * 2.0 * s * t + (iD - iC) * t * t;
  vec2 flat_ = normalize(ahead.xz + 1e-5);
  vec3 across = vec3(-flat_.y, 0.0, flat_.x);
  // A source gathers from nothing to its width; a use spreads a little where it lands.
  float width = iLook.x * (iLook.y < 0.5 ? smoothstep(-0.02, 0.22, t) : 1.0);
  p += across * position.y * width * 0.5;
  vAt = vec2(t, position.y);
  vAlong = t * iLook.w;
  vColor = iColor;
  vLook = iLook;
  gl_Position = projectionMatrix * viewMatrix * vec4(p, 1.0);
}
`;

/**
 * Unlit, as all data. A source has its own colour; a use is banded by the sources' shares, between dashed lines, for that is
 * allocated and not measured. What has no number is hatched and still.
 */
const fragment = /* glsl */ `
uniform float uTime;
uniform vec4 uShare[6];
uniform float uShares;
varying vec2 vAt;
varying float vAlong;
flat varying vec3 vColor;
flat varying vec4 vLook;
void main() {
  float width = vLook.x;
  float across = (vAt.y * 0.5 + 0.5) * width;
  float px = max(fwidth(across), 0.05);
  float rim = min(across, width - across);
  float edge = 1.0 - smoothstep(px * 0.8, px * 2.0 + 0.6, rim);
  float fade = smoothstep(0.0, 0.10, vAt.x) * (vLook.y > 0.5 && vLook.y < 1.5 ? 1.0 - smoothstep(0.86, 1.0, vAt.x) : 1.0);
  if (vLook.y > 1.5) {
    gl_FragColor = vec4(vec3(0.93, 0.97, 1.0), 0.95);
    return;
  }
  if (vLook.z < 0.5) {
    float s = fract((vAlong + across) / 26.0);
    float line = step(s, 0.3);
    gl_FragColor = vec4(vec3(0.62, 0.66, 0.70), max(line * 0.5, edge * 0.8) * fade);
    return;
  }
  vec3 colour = vColor;
  float seam = 0.0;
  if (vLook.y > 0.5) {
    float at = across / width;
    float low = 0.0;
    for (int i = 0; i < 6; i++) {
      if (float(i) >= uShares) break;
      float high = low + uShare[i].w;
      if (at >= low && at < high) colour = mix(uShare[i].rgb, vColor, 0.18);
      if (i > 0) seam = max(seam, 1.0 - smoothstep(px * 0.5, px * 1.4, abs(at - low) * width));
      low = high;
    }
    seam *= step(fract(vAlong / 22.0), 0.55);
  }
  float arm = vAlong - abs(vAt.y) * min(width * 0.30, 46.0) - uTime * 74.0;
  float wave = fract(arm / 150.0);
  float pulse = smoothstep(0.0, 0.55, wave) * (1.0 - smoothstep(0.55, 0.62, wave));
  float body = 0.46 + 0.34 * pulse;
  colour = mix(colour, vec3(1.0), 0.30 * pulse + 0.35 * edge);
  colour = mix(colour, vec3(0.06, 0.08, 0.10), seam * 0.8);
  gl_FragColor = vec4(colour, max(max(body, edge * 0.95), seam * 0.9) * fade);
}
`;

const strip = (): InstancedBufferGeometry => {
  const geometry = new InstancedBufferGeometry();
  const at: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= pieces; i++) at.push(i / pieces, -1, 0, i / pieces, 1, 0);
  for (let i = 0; i < pieces; i++) index.push(2 * i, 2 * i + 2, 2 * i + 1, 2 * i + 1, 2 * i + 2, 2 * i + 3);
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(at), 3));
  geometry.setIndex(index);
  for (const name of ["iA", "iB", "iC", "iD", "iColor"])
    geometry.setAttribute(
      name,
      new InstancedBufferAttribute(new Float32Array(mostRibbons * 3), 3).setUsage(DynamicDrawUsage),
    );
  geometry.setAttribute(
    "iLook",
    new InstancedBufferAttribute(new Float32Array(mostRibbons * 4), 4).setUsage(DynamicDrawUsage),
  );
  geometry.instanceCount = 0;
  return geometry;
};

/** The balance over the campus: ribbons from where power comes to where it goes, as wide as their power, with their numbers. */
export class Ribbons {
  /** Names and numbers over the ribbons; drawn over data, so apart from them. */
  readonly labels = new Labels();
  readonly #read: ReturnType<typeof energyReader>;
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

  constructor(layout: Layout, state: CampusState, time: IUniform<number>) {
    this.#read = energyReader(state);
    this.#places = ribbonPlaces(layout);
    const uniforms = {
      uTime: time,
      uShare: this.#shares,
      uShares: this.#count,
    };
    this.mesh = new Mesh(
      strip(),
      new ShaderMaterial({
        uniforms: uniforms as unknown as Record<string, IUniform>,
        vertexShader: vertex,
        fragmentShader: fragment,
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
    this.#ribbons = ribbonsOf(balance, this.#places).slice(0, mostRibbons);
    const { geometry } = this.mesh;
    const put = (name: string, i: number, values: readonly number[]): void => {
      (geometry.getAttribute(name).array as Float32Array).set(values, i * values.length);
    };
    this.#ribbons.forEach((ribbon, i) => {
      const { points, id, widthM, kind, hasValue } = ribbon;
      ["iA", "iB", "iC", "iD"].forEach((name, k) => {
        put(name, i, points[k]!.toArray());
      });
      put(
        "iColor",
        i,
        flowColors[id].map((c) => c / 255),
      );
      put("iLook", i, [widthM, kinds[kind], hasValue ? 1 : 0, lengthOf(ribbon)]);
    });
    for (const name of ["iA", "iB", "iC", "iD", "iColor", "iLook"])
      geometry.getAttribute(name).needsUpdate = true;
    geometry.instanceCount = this.#ribbons.length;
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
    const kwOf = new Map([...balance.supplies, ...balance.uses].map((end) => [end.id, end.kw]));
    const found = this.#ribbons.flatMap((ribbon) => {
      if (ribbon.kind === "bus") return [];
      const kw = kwOf.get(ribbon.id) ?? Number.NaN;
      const power = Number.isNaN(kw) ? "—" : `${(kw / 1000).toFixed(1)} MW`;
      const at = pointOn(ribbon, ribbon.kind === "source" ? 0.34 : 0.8);
      at.y += 12;
      return [
        { text: `${words[ribbon.id][this.#language]}  ${power}`, at, rank: ribbon.kind === "source" ? 0 : 1 },
      ];
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
