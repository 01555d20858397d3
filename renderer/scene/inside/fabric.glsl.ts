import { opening } from "#renderer/scene/campus/opening.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { clearing } from "./clearing.glsl.ts";
import { digits } from "./digits.glsl.ts";
import { hallLight } from "./hallLight.glsl.ts";
import { Part } from "./pieces.ts";

/** Boxes of halls: walls, lamps, trays, busbars, cabinets, frames. iLook = part, tone, state, row of the room. */
export const fabricVertex = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iLook;
uniform float uFlat;
/** Room that the camera looks into, and how far its walls and its fittings overhead stand. */
uniform float uRoom;
uniform float uRise;
uniform vec2 uOverhead;
varying vec3 vLocal;
varying vec3 vWorld;
varying vec3 vTurned;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vLook;
${clearing}
${place}
${opening}
void main() {
  vec3 size = iSize;
  float part = iLook.x;
  float mine = abs(iLook.w - uRoom) < 0.5 ? uRise : 0.0;
  float shown = uFlat * keptOf(uFocus, iPose.y);
  // What stands on the floor is left out with the racks before a rack seen near; what hangs or encloses stays.
  if (part > 3.5 && abs(part - ${Part.ceiling}.0) > 0.5 && abs(part - ${Part.plain}.0) > 0.5 && abs(part - ${Part.tile}.0) > 0.5)
    shown *= clearOf(iPose.xyz);
  shown *= 1.0 - uXray * step(abs(part - ${Part.ceiling}.0), 0.5);
  if (part < 0.5) {
    // Walls towards the eye are cut low, those behind the room stand.
    vec3 outward = turned(vec3(0.0, 0.0, 1.0), iPose.w);
    float towards = dot(outward, cameraPosition - iPose.xyz);
    float stands = mine * (1.0 - smoothstep(-0.3, 1.2, towards)) * (1.0 - uXray);
    size.y = mix(0.42, size.y, stands);
    size.y *= 1.0 - 0.7 * uXray;
  } else if (part < 3.5 || part > ${Part.plain}.0 - 0.5 && part < ${Part.plain}.0 + 0.5) {
    // What hangs overhead gives way to a look from above.
    float there = (part < 1.5 ? uOverhead.y : uOverhead.x) * (1.0 - uXray);
    size.yz *= there;
    shown *= step(0.02, there);
  } else if (part > ${Part.ceiling}.0 - 0.5 && part < ${Part.ceiling}.0 + 0.5) {
    shown *= mine;
  }
  vec3 local = (position + vec3(0.0, 0.5, 0.0)) * size;
  vLocal = position * size + vec3(0.0, 0.5 * size.y, 0.0);
  vFace = normal;
  vSize = size;
  vLook = iLook;
  vTurned = turned(normal, iPose.w);
  vWorld = iPose.xyz + turned(local, iPose.w);
  // Heights are of the room's floor: what grows with the racks grows from there.
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
  if (shown < 0.02) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

export const fabricFragment = /* glsl */ `
uniform float uXray;
uniform vec4 uFloor;
varying vec3 vLocal;
varying vec3 vWorld;
varying vec3 vTurned;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vLook;
${hallLight}
${digits}
void main() {
  vec3 n = vTurned;
  float part = vLook.x;
  bool upright = abs(vFace.y) < 0.5;
  float along = abs(vFace.x) > 0.5 ? vLocal.z : vLocal.x;
  float span = abs(vFace.x) > 0.5 ? vSize.z : vSize.x;
  float y = vLocal.y;
  float px = fwidth(along) + fwidth(y);
  float high = vWorld.y - uFloor.y;
  float light = hallLight(n, high);
  vec3 colour = vec3(0.55);
  if (part < 0.5) {
    // Wall: panels, a skirting, a brighter wash below the ceiling; a cut edge that reads as a plan.
    colour = vec3(0.735, 0.76, 0.79);
    if (upright) {
      float joint = edgeOf((fract(along / 1.2) - 0.5) * 1.2, 0.005, px) + edgeOf(y - 2.7, 0.005, px);
      colour *= 1.0 - 0.12 * min(1.0, joint) * (1.0 - smoothstep(0.02, 0.07, px));
      // A guard rail at trolley height, and a double door with panes towards one end.
      colour = mix(colour, vec3(0.46, 0.48, 0.505), edgeOf(y - 0.95, 0.055, px));
      vec2 door = vec2(along - span * 0.34, y);
      float leaf = step(abs(door.x), 0.95) * step(door.y, 2.35) * step(8.0, span);
      vec2 pane = abs(vec2(abs(door.x) - 0.45, door.y - 1.5)) - vec2(0.17, 0.42);
      vec3 steel_ = vec3(0.38, 0.40, 0.425) * (1.0 - 0.5 * edgeOf(door.x, 0.008, px));
      steel_ = mix(steel_, vec3(0.13, 0.15, 0.17), step(max(pane.x, pane.y), 0.0));
      colour = mix(colour, steel_, leaf);
      colour = mix(colour, vec3(0.30, 0.315, 0.335), edgeOf(abs(door.x) - 0.98, 0.035, px) * step(door.y, 2.42) * step(8.0, span));
      colour = mix(colour, vec3(0.25, 0.265, 0.285), 1.0 - smoothstep(0.12, 0.13 + px, y));
      light = (0.60 + 0.12 * abs(n.z) + 0.06 * n.x) * (0.60 + 0.40 * smoothstep(0.0, 2.6, y)) + 0.13 * exp(-(y - 3.4) * (y - 3.4) * 1.6);
    } else {
      colour = vec3(0.50, 0.53, 0.565);
      light = 1.0;
    }
  } else if (part < 1.5) {
    gl_FragColor = vec4(mix(vec3(0.90, 0.95, 1.0), vec3(0.30, 0.33, 0.37), step(0.5, vFace.y)), 1.0);
    return;
  } else if (part < 2.5) {
    // Cable ladder: rungs and the cables on them.
    float rung = edgeOf((fract(along / 0.3) - 0.5) * 0.3, 0.014, px);
    float cables = 0.5 + 0.5 * sin(vLocal.z * 190.0);
    float loom = vFace.y > 0.5 ? mix(0.13 + 0.12 * cables, 0.19, smoothstep(0.004, 0.02, px)) : 0.42;
    float rail = smoothstep(0.13, 0.135, abs(vLocal.z));
    colour = vec3(mix(mix(loom, 0.34, 0.6 * rung), 0.52, vFace.y > 0.5 ? rail : 0.0));
  } else if (part < 3.5) {
    float joint = edgeOf((fract(along / 3.0) - 0.5) * 3.0, 0.03, px);
    float fins = 0.9 + 0.1 * step(0.5, fract(y / 0.03));
    colour = vec3(0.60, 0.62, 0.64) * fins * (1.0 - 0.3 * joint);
  } else if (part < 4.5) {
    // Power or battery cabinet: two doors, vents, a small dark display. Switches have no telemetry, so none is shown.
    colour = vec3(0.44, 0.46, 0.49);
    if (upright && vFace.z < -0.5) {
      float at = y / vSize.y;
      float seam = edgeOf(along, 0.004, px);
      float vent = step(0.07, at) * step(at, 0.22) + step(0.86, at) * step(at, 0.93);
      float slats = 0.55 + 0.45 * smoothstep(0.2, 0.45, abs(fract(y / 0.04) - 0.5));
      colour *= mix(1.0, mix(slats, 0.72, smoothstep(0.3, 0.7, px / 0.04)), vent * step(abs(along), span * 0.38));
      colour *= 1.0 - 0.55 * seam;
      colour = mix(colour, vec3(0.07, 0.08, 0.09), step(abs(along + span * 0.22), 0.075) * step(abs(y - vSize.y * 0.72), 0.05));
      colour = mix(colour, vec3(0.24), step(abs(along - 0.05), 0.012) * step(abs(y - vSize.y * 0.5), 0.09));
    } else if (upright) {
      colour *= 0.9;
    }
  } else if (part < 5.5) {
    colour = vec3(0.50, 0.54, 0.58);
  } else if (part < 6.5) {
    // Leak rope: pale while dry; an alarm's colour and blocks where it reports liquid; broken dots where nothing is known.
    float weave = 0.82 + 0.18 * step(0.5, fract((vLocal.x + vLocal.z) / 0.03));
    colour = vec3(0.52, 0.54, 0.56) * weave;
    light = 1.0;
    if (vLook.z > 0.5) colour = mix(vec3(0.08), vec3(1.0, 0.302, 0.310), step(0.35, fract(along / 0.12)));
    else if (vLook.z < -0.5) colour = vec3(0.24) * step(0.5, fract(along / 0.08)) + 0.12;
  } else if (part < 7.5) {
    vec2 cell = abs(fract(vLocal.xz / 0.6) - 0.5);
    float grid = smoothstep(0.47, 0.485, max(cell.x, cell.y)) * (1.0 - smoothstep(0.1, 0.5, px));
    if (vFace.y > -0.5) discard;
    colour = mix(vec3(0.40, 0.415, 0.43), vec3(0.52, 0.535, 0.55), grid);
    light = 0.86;
  } else if (part < 8.5) {
    colour = vec3(vLook.y);
  } else if (part < 9.5) {
    // Perforated tiles: holes in 0.6 m plates with a bright frame.
    vec2 q = vLocal.xz / 0.6;
    vec2 cell = abs(fract(q + vec2(0.0, 0.5)) - 0.5);
    float frame = smoothstep(0.455, 0.47, max(cell.x, cell.y));
    vec2 hole = fract(vLocal.xz / 0.05) - 0.5;
    float open_ = mix(1.0 - smoothstep(0.24, 0.34, length(hole)), 0.26, smoothstep(0.25, 0.6, px / 0.1));
    // Cold air comes up, and the light of lamps below it.
    colour = mix(vec3(0.30, 0.32, 0.345), vec3(0.66, 0.78, 0.86), 0.85 * open_ * (1.0 - frame));
    colour *= 1.0 - 0.45 * frame * (1.0 - smoothstep(0.02, 0.1, px));
    #ifndef FRUGAL
    // Light spreads around each hole, and the lamps above lie in the metal where it is seen at a low angle.
    colour += vec3(0.045, 0.070, 0.085) * exp(-dot(hole, hole) * 5.0) * (1.0 - frame) * (1.0 - smoothstep(0.2, 0.6, px / 0.1));
    vec3 toEye = normalize(cameraPosition - vWorld);
    float low = 1.0 - abs(toEye.y);
    colour += vec3(0.30, 0.33, 0.36) * exp(-vLocal.z * vLocal.z * 26.0) * low * low * (1.0 - 0.6 * open_);
    #endif
    light = 1.0 - 0.55 * smoothstep(0.30, 0.62, abs(vLocal.z));
  } else {
    colour = vec3(0.13, 0.145, 0.165);
    light = 1.0;
    if (vFace.z > 0.5) {
      int number = int(vLook.y + 0.5);
      float scale = vSize.y * 0.16;
      vec2 p = vec2(-vLocal.x * -1.0, vLocal.y - vSize.y * 0.5) / scale;
      float away = min(digit(p + vec2(1.5, 0.0), (number / 10) % 10), digit(p - vec2(1.5, 0.0), number % 10));
      colour = mix(colour, vec3(0.86, 0.89, 0.92), 1.0 - smoothstep(0.24, 0.24 + px / scale, away));
    }
  }
  // X-ray: fittings recede, what carries data and flow stays.
  vec3 half_ = vec3(vSize.x * 0.5, 0.0, vSize.z * 0.5);
  vec2 brim = upright ? vec2(span * 0.5 - abs(along), min(y, vSize.y - y)) : half_.xz - abs(vLocal.xz);
  float line = 1.0 - smoothstep(0.0, max(px, 0.02), min(brim.x, brim.y));
  colour = mix(colour * light, mix(vec3(0.050, 0.072, 0.100), vec3(0.20, 0.27, 0.34), line), uXray * 0.92);
  gl_FragColor = vec4(colour, 1.0);
}
`;
