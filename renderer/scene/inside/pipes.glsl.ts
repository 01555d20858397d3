import { opening } from "#renderer/scene/campus/opening.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { clearing } from "./clearing.glsl.ts";
import { hallLight } from "./hallLight.glsl.ts";

/** Round pieces along local x. iLook = run, tone, flow (share of full scale; below 0: not known), row of the room. */
export const pipeVertex = /* glsl */ `
attribute vec4 iPose;
attribute vec4 iSize;
attribute vec4 iLook;
uniform float uFlat;
varying vec3 vWorld;
varying vec3 vTurned;
varying float vAlong;
flat varying vec4 vLook;
flat varying float vThick;
${clearing}
${place}
${opening}
void main() {
  // iSize: length, diameter, 1 for upright, −1 for downward; the piece begins at iPose and runs along its turned x.
  vec3 p = vec3((position.x + 0.5) * iSize.x, position.y * iSize.y, position.z * iSize.y);
  vec3 m = normal;
  if (abs(iSize.z) > 0.5) {
    p = vec3(p.y, p.x * iSize.z, p.z);
    m = vec3(m.y, m.x * iSize.z, m.z);
  }
  // Cables show by X-ray; in a lit hall trays and busbars stand for them.
  float there = iLook.x > 2.5 ? uXray : 1.0;
  p.y = abs(iSize.z) > 0.5 ? p.y : p.y * there;
  p.z *= there;
  if (abs(iSize.z) > 0.5) p.x *= there;
  float shown = uFlat * step(0.01, there) * clearOf(iPose.xyz) * step(0.02, keptOf(uFocus, iSize.w));
  vAlong = (position.x + 0.5) * iSize.x;
  vThick = iSize.y;
  vLook = iLook;
  vTurned = turned(m, iPose.w);
  vWorld = iPose.xyz + turned(p, iPose.w);
  // A shaft ends where the building is cut away.
  vWorld.y = min(vWorld.y, max(iSize.w, cutOf(uFocus)));
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
  if (shown < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

export const pipeFragment = /* glsl */ `
uniform float uXray;
uniform vec2 uTime;
uniform vec2 uOverhead;
uniform vec4 uFloor;
varying vec3 vWorld;
varying vec3 vTurned;
varying float vAlong;
flat varying vec4 vLook;
flat varying float vThick;
${hallLight}
void main() {
  vec3 n = normalize(vTurned);
  float light = hallLight(n, vWorld.y - uFloor.y);
  vec3 toEye = normalize(cameraPosition - vWorld);
  float glint = pow(max(dot(n, normalize(vec3(0.15, 1.0, 0.1) + toEye * 0.6)), 0.0), 24.0);
  vec3 colour;
  if (abs(vLook.x - 2.0) < 0.5) {
    colour = vec3(vLook.y) * light + 0.16 * glint;
  } else if (vLook.x > 2.5) {
    // A power cable: a thin warm line whose marks run as its supply is loaded.
    float known = step(0.0, vLook.z);
    float at = fract(vAlong / 3.2 - uTime.x * max(vLook.z, 0.0) * 1.1);
    float mark = smoothstep(0.0, 0.7, at) * (1.0 - smoothstep(0.72, 0.98, at)) * known * step(0.004, vLook.z);
    vec3 lit = vec3(1.0, 0.93, 0.80) * (0.30 + 0.62 * mark);
    colour = mix(vec3(0.17, 0.18, 0.19) * light, mix(vec3(0.22), lit, known), uXray);
  } else {
    vec3 metal = vLook.x < 0.5 ? vec3(0.64, 0.67, 0.70) : vec3(0.50, 0.52, 0.545);
    colour = metal * light + 0.22 * glint;
    float known = step(0.0, vLook.z);
    float flow = max(vLook.z, 0.0);
    // Dashes move with the flow; they stand still, and are not there, where it is not known.
    float period = vThick < 0.05 ? 0.45 : vThick < 0.1 ? 1.2 : 2.4;
    float px = fwidth(vAlong) / period;
    // Arrows with a long tail: the head is sharp and runs ahead along the pipe's middle, so that a still picture shows the way.
    float lag = (1.0 - max(dot(n, toEye), 0.0)) * vThick * 1.5;
    float at = fract((vAlong + lag) / period - uTime.x * flow * 2.2 / period);
    float tail = smoothstep(0.0, 0.80, at);
    float dash = tail * tail * (1.0 - smoothstep(0.82, 0.82 + max(0.05, px), at));
    dash = mix(dash, 0.45, smoothstep(0.3, 0.8, px)) * known * step(0.004, flow);
    vec3 bright = vLook.x < 0.5 ? vec3(0.86, 0.94, 1.0) : vec3(0.74, 0.78, 0.82);
    float body = 0.42 + 0.58 * max(dot(n, toEye), 0.0);
    colour = mix(colour, bright * body, dash * 0.62);
    vec3 clear = mix(vec3(0.14, 0.19, 0.25), bright, 0.22 + 0.78 * dash) * body;
    colour = mix(colour, clear, uXray);
  }
  // Seen from above they lie before the racks and keep back.
  colour *= mix(0.55, 1.0, max(uOverhead.x, uXray));
  gl_FragColor = vec4(mix(colour, colour * 0.35, uXray * step(abs(vLook.x - 2.0), 0.5)), 1.0);
}
`;
