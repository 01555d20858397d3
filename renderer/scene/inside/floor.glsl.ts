import { opening } from "#renderer/scene/campus/opening.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";

/**
 * Raised floors. iPlan = distance of rows, local z of the first cold aisle (rows lie half a distance beside it), half
 * length and half span of the rows, m; a distance of 0 is a plain floor. iSize.y = width of a rack's place in a row, m.
 */
export const floorVertex = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iPlan;
uniform float uFlat;
varying vec3 vWorld;
varying vec2 vLocal;
varying vec2 vEye;
flat varying vec4 vPlan;
flat varying vec2 vHalf;
flat varying float vPlace;
${place}
${opening}
void main() {
  float shown = uFlat * keptOf(uFocus, iPose.y) * (1.0 - uXray);
  vLocal = position.xz * iSize.xz;
  vPlan = iPlan;
  vHalf = iSize.xz * 0.5;
  vPlace = iSize.y;
  vWorld = iPose.xyz + turned(vec3(vLocal.x, 0.05, vLocal.y), iPose.w);
  vec3 away = turned(cameraPosition - iPose.xyz, -iPose.w);
  vEye = away.xz;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
  if (shown < 0.6) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

export const floorFragment = /* glsl */ `
varying vec3 vWorld;
varying vec2 vLocal;
varying vec2 vEye;
flat varying vec4 vPlan;
flat varying vec2 vHalf;
flat varying float vPlace;
float hash21(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}
const float rackDepth = 1.2;
float edgeOf(float d, float width, float px) {
  return 1.0 - smoothstep(width, width + max(px, 0.001), abs(d));
}
void main() {
  vec2 tile = vLocal / 0.6 + 0.5;
  float px = max(fwidth(tile.x), fwidth(tile.y));
  vec2 cell = abs(fract(tile) - 0.5);
  float joint = smoothstep(0.488 - px * 0.6, 0.495, max(cell.x, cell.y)) * (1.0 - smoothstep(0.25, 0.9, px));
  float tone = hash21(floor(tile)) - 0.5;
  vec3 colour = vec3(0.405, 0.422, 0.445) * (1.0 + 0.055 * tone * (1.0 - smoothstep(0.4, 1.0, px)));
  colour *= 1.0 - 0.34 * joint;
  // Walls darken the floor at their foot.
  vec2 wall = vHalf - abs(vLocal);
  colour *= 0.74 + 0.26 * smoothstep(0.0, 1.4, min(wall.x, wall.y));
  float lamps = 0.0;
  if (vPlan.x > 0.0) {
    // Rows lie half a distance beside the aisles' middles; next to them the floor is in their shade.
    float aisle = (vLocal.y - vPlan.y) / vPlan.x;
    float across = abs(aisle - floor(aisle + 0.5)) * vPlan.x;
    float beyond = max(abs(vLocal.x) - vPlan.z, 0.0);
    float outside = max(abs(vLocal.y) - vPlan.w, 0.0);
    float row = max(vPlan.x * 0.5 - 0.6 - across, 0.0);
    float away = outside > 0.0 ? outside : row;
    away = sqrt(away * away + beyond * beyond);
    colour *= 1.0 - 0.50 * exp(-away / 0.30) - 0.16 * exp(-away / 1.1);
    // Light pools under the strips, and their mirror images towards the eye.
    float lit = exp(-across * across * 2.2) * (1.0 - smoothstep(0.0, 1.6, beyond)) * (1.0 - smoothstep(0.9, 1.6, outside));
    colour += vec3(0.085, 0.089, 0.094) * lit;
    // Where each rack of a row stands is marked on the floor: a row that was cleared out of the sight leaves its places.
    float deep = across - (vPlan.x * 0.5 - rackDepth * 0.5);
    float along = abs(fract((vLocal.x + vPlan.z) / max(vPlace, 0.1) + 0.5) - 0.5) * vPlace;
    float isRow = step(beyond + outside, 0.0) * step(0.1, vPlace);
    vec2 fine = vec2(fwidth(vLocal.x), fwidth(vLocal.y));
    float mark = max(edgeOf(deep, 0.012, fine.y), step(0.0, deep) * edgeOf(along, 0.012, fine.x)) * isRow;
    colour = mix(colour, vec3(0.56, 0.62, 0.68), 0.55 * mark * (1.0 - smoothstep(0.03, 0.12, max(fine.x, fine.y))));
    #ifndef FRUGAL
    float height = cameraPosition.y - vWorld.y;
    vec2 mirrored = vLocal + (vLocal - vEye) * (3.45 / max(height, 0.2));
    float strip = (mirrored.y - vPlan.y) / vPlan.x;
    float off = abs(strip - floor(strip + 0.5)) * vPlan.x;
    float spread = 0.10 + 0.5 * fwidth(mirrored.y);
    // Their ends are soft: a floor is no mirror, and a short piece by itself would look like a thing that lies there.
    float inRoom = (1.0 - smoothstep(vPlan.w - 0.4, vPlan.w + 0.5, abs(mirrored.y))) * (1.0 - smoothstep(vPlan.z - 2.4, vPlan.z + 0.2, abs(mirrored.x)));
    vec2 flat_ = vLocal - vEye;
    float grazing = 1.0 - height / sqrt(dot(flat_, flat_) + height * height);
    lamps = exp(-off * off / (spread * spread)) * inRoom * (0.10 + 0.55 * grazing * grazing);
    #endif
  }
  // Polished: the pale walls and ceiling lie in it where it is seen at a low angle.
  vec2 flat2 = vLocal - vEye;
  float rise = cameraPosition.y - vWorld.y;
  float shine = 1.0 - rise / sqrt(dot(flat2, flat2) + rise * rise);
  colour = mix(colour, vec3(0.50, 0.515, 0.53), 0.42 * shine * shine);
  gl_FragColor = vec4(colour + lamps * vec3(0.62, 0.66, 0.72), 1.0);
}
`;
