import { DynamicDrawUsage, InstancedBufferAttribute, type IUniform } from "three";
import { legendColor } from "#renderer/data/colormap.ts";
import { scaleInForce, type Zoom } from "#renderer/data/scales.ts";
import type { ClassState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Look, lookOf } from "./measures.ts";

/** The part of a tower's height that wears the legend's colour of its power: over the foot, under the rotor. */
const [from, to] = [0.06, 0.27] as const;
const power = metricIndex("windTurbine", "power");

/** Bands of colour around towers: what each turbine gives, in the range in force. */
export class TurbineBands {
  /** The legend's colour (sRGB, 0…1), and `Look`. Row-major, turbines × 4. */
  readonly attribute: InstancedBufferAttribute;
  /** 1 while they are shown: where nobody looks at the wind, towers are plain. */
  readonly shown: IUniform<number> = { value: 0 };
  readonly #turbines: ClassState;
  #zoom: Zoom | null = null;

  constructor(turbines: ClassState) {
    this.#turbines = turbines;
    this.attribute = new InstancedBufferAttribute(new Float32Array(Math.max(1, turbines.rows) * 4), 4);
    this.attribute.setUsage(DynamicDrawUsage);
  }

  show(on: boolean): void {
    this.shown.value = on ? 1 : 0;
  }

  /** Another range is in force. */
  zoom(zoom: Zoom | null): void {
    this.#zoom = zoom;
    this.sample();
  }

  /** Takes what telemetry says; call when it changed. */
  sample(): void {
    const { rows, columns, value, status } = this.#turbines;
    const scale = scaleInForce("windTurbine", this.#zoom);
    const band = this.attribute.array as Float32Array;
    for (let row = 0; row < rows; row++) {
      const cell = row * columns + power;
      const look = lookOf(status[cell]!);
      const [r, g, b] = legendColor(scale, look >= Look.stale ? value[cell]! / 1000 : 0);
      band[row * 4] = r / 255;
      band[row * 4 + 1] = g / 255;
      band[row * 4 + 2] = b / 255;
      band[row * 4 + 3] = look;
    }
    this.attribute.needsUpdate = true;
  }
}

/**
 * Fragment side: unlit and exact, between two dark rims. `vBand` is the attribute, `up` the share of the tower's height.
 * Needs `dataSurface` before it.
 */
export const bandColour = /* glsl */ `
flat varying vec4 vBand;
uniform float uBands;
bool isBand(float up) {
  return uBands > 0.5 && up > ${from} && up < ${to};
}
vec3 bandColour(float up, vec2 p) {
  float off = min(up - ${from}, ${to} - up);
  float px = fwidth(up);
  vec3 shown = vBand.rgb;
  if (vBand.w < 0.5) shown = vec3(0.36, 0.39, 0.43);
  else if (vBand.w < 1.5) shown = badLook(p, 4.0);
  else if (vBand.w < 2.5) shown = staleLook(shown, p, 1.5);
  return mix(vec3(0.055, 0.067, 0.082), shown, mix(0.2, 1.0, smoothstep(px * 0.6, px * 1.6, off)));
}
`;
