import { BoxGeometry, type IUniform, type Mesh, NoBlending, ShaderMaterial } from "three";
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
    float shown = smoothstep(0.15, 0.6, glass) * step(iPose.y, cutOf(iExtra.y) - 0.5);
    vFloor = 1.0;
  #elif defined(ROOF)
    float shown = 1.0 - smoothstep(0.0, 0.2, glass);
    vFloor = 0.0;
  #else
    float shown = smoothstep(0.15, 0.6, glass) * step(iPose.y, cutOf(iExtra.y) - 0.5);
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
${dataSurface}
void main() {
  #ifdef PLATE
    vec2 at = (vUv - 0.5) * vFaceSize;
    float bay = max(smoothstep(0.485, 0.5, abs(fract(at.x / 6.0) - 0.5)), smoothstep(0.485, 0.5, abs(fract(at.y / 6.0) - 0.5)));
    gl_FragColor = vec4(mix(vec3(0.165, 0.185, 0.21), vec3(0.215, 0.235, 0.26), bay * step(0.5, vFaceUp)), 1.0);
    return;
  #endif
  vec3 colour = dataSurface(vDatum.x, vDatum.y, vDatum.z, 0.0, vUv, vFaceSize);
  vec2 rim = (0.5 - abs(vUv - 0.5)) * vFaceSize;
  float inside = min(rim.x, rim.y);
  float px = fwidth(inside);
  if (vFloor > 0.0) {
    // Under visible racks a room is its raised floor, framed in the room's colour.
    vec2 tile = abs(fract((vUv - 0.5) * vFaceSize / 0.6) - 0.5);
    float joint = smoothstep(0.46, 0.5, max(tile.x, tile.y)) * (1.0 - smoothstep(0.3, 0.8, fwidth(vUv.x * vFaceSize.x / 0.6)));
    vec3 floor_ = vec3(0.125, 0.138, 0.155) * (1.0 - 0.3 * joint);
    colour = mix(colour, floor_, vFloor * smoothstep(0.5, 0.5 + px, inside));
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
    blending: NoBlending,
  });
  const mesh = instancesOf(new BoxGeometry(1, 1, 1), boxes, material);
  mesh.renderOrder = 300;
  return mesh;
};
