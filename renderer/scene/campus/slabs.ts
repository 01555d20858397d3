import { BoxGeometry, type IUniform, type Mesh, NoBlending, NormalBlending, ShaderMaterial } from "three";
import { dataSurface, readDatum } from "#renderer/scene/shader/data.glsl.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { instancesOf, type Placed } from "./instances.ts";
import { type OpenUniforms, opening } from "./opening.ts";

/**
 * Rooms as blocks in their storey, and buildings as a field on their roof, in the colour of their own value.
 * iExtra = class row, building row, 1 / racks inside, 1 for a roof.
 */
const vertex = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
uniform highp sampler2DArray uValues;
uniform highp sampler2DArray uStatus;
uniform vec2 uShape;
uniform int uColumn;
uniform vec2 uHeat;
uniform float uPerRack;
uniform float uFlat;
uniform float uHaze;
varying vec2 vUv;
flat varying vec2 vFaceSize;
flat varying vec3 vDatum;
flat varying float vFaceUp;
flat varying float vFloor;
${place}
${opening}
${readDatum}
void main() {
  float glass = glassOf(iExtra.y);
  Datum datum = readDatum(uValues, uStatus, uShape, int(iExtra.x), uColumn, uHeat, mix(1.0, iExtra.z, uPerRack));
  vDatum = vec3(datum.t, datum.look, datum.origin);
  vUv = uv;
  vFaceUp = normal.y;
  vec3 size = iSize;
  #if defined(PLATE)
    float shown = smoothstep(0.15, 0.6, glass) * keptOf(iExtra.y, iPose.y);
    vFloor = 1.0;
  #elif defined(ROOF)
    // What the haze has taken whole shows no field on its roof either: it would hang in the air by itself.
    float shown = (1.0 - smoothstep(0.0, 0.2, glass)) * step(distance(cameraPosition, iPose.xyz) * uHaze, 3.0);
    vFloor = 0.0;
  #else
    float shown = smoothstep(0.15, 0.6, glass) * keptOf(iExtra.y, iPose.y);
    float opened = abs(iExtra.y - uFocus) < 0.5 ? uFlat : 0.0;
    size.y = mix(size.y, 0.03, opened);
    vFloor = opened;
  #endif
  vFaceSize = abs(normal.y) > 0.5 ? size.xz : abs(normal.x) > 0.5 ? size.zy : size.xy;
  vec3 world = iPose.xyz + turned((position + vec3(0.0, 0.5, 0.0)) * size * shown, iPose.w);
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;

const fragment = /* glsl */ `
varying vec2 vUv;
flat varying vec2 vFaceSize;
flat varying vec3 vDatum;
flat varying float vFaceUp;
flat varying float vFloor;
uniform float uXray;
${dataSurface}
void main() {
  vec2 at = (vUv - 0.5) * vFaceSize;
  #ifdef PLATE
    vec2 bays = abs(fract(at / 6.0) - 0.5);
    float bay = max(smoothstep(0.485, 0.5, bays.x), smoothstep(0.485, 0.5, bays.y)) * step(0.5, vFaceUp);
    vec2 brim = vFaceSize * 0.5 - abs(at);
    float lip = vFaceUp > 0.5 ? 1.0 - smoothstep(0.12, 0.12 + max(0.1, fwidth(at.x) + fwidth(at.y)), min(brim.x, brim.y)) : 1.0;
    vec3 solid = mix(vec3(0.165, 0.185, 0.21), vec3(0.205, 0.225, 0.25), bay);
    // By X-ray a storey is a thin pane with a bright lip; what lies below shows through.
    vec3 pane = mix(vec3(0.090, 0.128, 0.176), vec3(0.52, 0.66, 0.80), max(0.38 * bay, 0.85 * lip));
    float veil = mix(0.50, 0.90, max(0.45 * bay, lip));
    gl_FragColor = vec4(mix(solid, pane, uXray), mix(1.0, veil, uXray));
    return;
  #endif
  // The line around an open room is too thin for ticks: notches part it where its value is simulated.
  vec3 colour = dataSurface(vDatum.x, vDatum.y, vFloor > 0.5 ? 0.0 : vDatum.z, 0.0, vUv, vFaceSize);
  vec2 rim = (0.5 - abs(vUv - 0.5)) * vFaceSize;
  float inside = min(rim.x, rim.y);
  float px = fwidth(inside);
  if (vFloor > 0.0) {
    // Under visible racks a room is its floor, with a line in the room's colour around it.
    float notch = step(3.5, vDatum.z) * step(0.5, vFloor) * (1.0 - smoothstep(0.02, 0.05, abs(fract((abs(rim.x) < abs(rim.y) ? at.y : at.x) / 0.6) - 0.5) * 0.6));
    colour = mix(colour, colour * 0.45, notch * (1.0 - smoothstep(0.05, 0.3, px)));
    float within = smoothstep(0.16, 0.16 + px, inside);
    vec2 tile = abs(fract(at / 0.6) - 0.5);
    float joint = smoothstep(0.46, 0.5, max(tile.x, tile.y)) * (1.0 - smoothstep(0.3, 0.8, fwidth(at.x / 0.6)));
    if (uXray > 0.5 && vFloor > 0.5 && within > 0.5) discard;
    colour = mix(colour, vec3(0.16, 0.175, 0.195) * (1.0 - 0.3 * joint), vFloor * within);
  }
  if (vFloor > 0.5) {
    gl_FragColor = vec4(colour, 1.0);
    return;
  }
  float seam = 1.0 - smoothstep(0.10, 0.10 + max(px, 0.02), inside);
  colour *= 1.0 - 0.55 * seam * (1.0 - smoothstep(0.6, 2.0, px));
  if (vFaceUp < 0.5) colour *= 1.0 - 0.30 * (1.0 - smoothstep(0.0, 0.45, vUv.y));
  gl_FragColor = vec4(colour, 1.0);
}
`;

interface SlabOptions {
  readonly boxes: readonly Placed[];
  /** What the boxes are: rooms, the fields on roofs, or bare storey plates that carry no data. */
  readonly kind: "room" | "roof" | "plate";
  readonly open: OpenUniforms;
  /** State of the class shown (room or building) and heat map uniforms. */
  readonly data: Record<string, IUniform>;
}

const defines = { room: {}, roof: { ROOF: "" }, plate: { PLATE: "" } } as const;

export const slabs = ({ boxes, kind, open, data }: SlabOptions): Mesh => {
  const material = new ShaderMaterial({
    uniforms: { ...open, ...data },
    vertexShader: vertex,
    fragmentShader: fragment,
    defines: defines[kind],
    // In the transparent pass after the glass, so that no shell tints a data colour.
    transparent: true,
    blending: kind === "plate" ? NormalBlending : NoBlending,
  });
  const mesh = instancesOf(new BoxGeometry(1, 1, 1), boxes, material);
  // Plates first: by X-ray they veil what is outside, and never a data colour.
  mesh.renderOrder = kind === "plate" ? 295 : 300;
  if (kind === "plate")
    mesh.onBeforeRender = () => {
      material.depthWrite = open.uXray.value < 0.5;
    };
  return mesh;
};
