import { type IUniform, ShaderMaterial } from "three";
import { type OpenUniforms, opening } from "#renderer/scene/campus/opening.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";

/** Seconds of site time since the fans' own beginning. */
export interface FanClock extends Record<string, IUniform> {
  uSeconds: IUniform<number>;
}

/** iExtra as in crowd.ts; iLive = angle of the rotor at a time, radians; its speed, rad/s; that time, s. */
const vertex = /* glsl */ `
attribute vec3 aColor;
attribute float aFinish;
attribute float aKit;
attribute vec2 aSpot;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vColor;
varying vec3 vLocal;
varying vec2 vSpot;
flat varying float vFinish;
flat varying vec2 vTurn;
flat varying float vGlass;
${place}
${opening}
#ifdef LIVE
attribute vec3 iLive;
uniform float uSeconds;
#endif
vec3 tintOf(float packed) {
  vec3 bytes = vec3(floor(packed / 65536.0), floor(mod(packed / 256.0, 256.0)), mod(packed, 256.0));
  return pow(bytes / 255.0, vec3(2.2));
}
void main() {
  float building = abs(iExtra.x) - 1.0;
  bool isGone = abs(aKit - iExtra.z) > 0.5;
  if (building > -0.5) isGone = isGone || isCutAway(building, iPose.y) || (iExtra.x < 0.0 && glassOf(building) > 0.45);
  if (isGone) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec3 local = position * iSize;
  vLocal = local;
  vWorld = iPose.xyz + turned(local, iPose.w);
  // A riser on a wall ends where its building is cut away.
  if (building > -0.5) vWorld.y = min(vWorld.y, max(cutOf(building), iPose.y));
  vNormal = turned(normalize(normal / iSize), iPose.w);
  vColor = aColor.r + aColor.g + aColor.b < 0.001 ? tintOf(iExtra.y) : aColor;
  vFinish = aFinish;
  // Lagging has seams along its axis, the longest side of its box.
  vSpot = aFinish > 7.5 && aFinish < 8.5 ? vec2(iSize.y > max(iSize.x, iSize.z) ? local.y : local.x, 0.0) : aSpot;
  vTurn = vec2(0.0);
  vGlass = building > -0.5 ? glassOf(building) : 0.0;
  #ifdef LIVE
    vTurn = vec2(iLive.x + iLive.y * (uSeconds - iLive.z), abs(iLive.y));
    if (iExtra.w < 0.0) vTurn.x = -vTurn.x;
  #endif
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

const fragment = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vColor;
varying vec3 vLocal;
varying vec2 vSpot;
flat varying float vFinish;
flat varying vec2 vTurn;
flat varying float vGlass;
${light}
${noise}
/** Six blades around a hub under a guard; one is darker, so that it is seen to turn. Fast blades blur. */
vec3 rotor(out float open_) {
  float r = length(vSpot);
  float px = fwidth(vSpot.x) + fwidth(vSpot.y);
  float a = atan(vSpot.y, vSpot.x) + vTurn.x + r * 0.5;
  float turn = a / 6.2831853 * 6.0;
  float f = abs(fract(turn) - 0.5);
  float edge = max(0.03, px * 1.2 / max(r, 0.1));
  float blade = smoothstep(0.26 - edge, 0.26 + edge, f);
  float odd = mod(floor(turn + 0.5), 6.0) < 0.5 ? 0.62 : 1.0;
  float blur = smoothstep(3.0, 12.0, vTurn.y) * 0.55;
  blade = mix(blade * odd, 0.46, max(blur, smoothstep(0.25, 0.8, px)));
  float hub = 1.0 - smoothstep(0.19 - px * 0.5, 0.19 + px * 0.5, r);
  vec3 colour = mix(vec3(0.020, 0.023, 0.027), vec3(0.26, 0.275, 0.29), blade * smoothstep(0.12, 0.2, r));
  colour = mix(colour, vec3(0.20, 0.21, 0.22), hub);
  float guard = 1.0 - smoothstep(0.0, max(0.02, px), abs(fract(r * 6.0 + 0.5) - 0.5) / 6.0);
  colour = mix(colour, vec3(0.34, 0.35, 0.36), guard * 0.35 * (1.0 - smoothstep(0.04, 0.12, px)));
  open_ = 1.0 - smoothstep(0.97 - px * 0.5, 0.97 + px * 0.5, r);
  return colour;
}
void main() {
  vec3 n = normalize(vNormal);
  vec3 albedo = vColor;
  vec3 glowing = vec3(0.0);
  vec3 toEye = normalize(cameraPosition - vWorld);
  float fresnel = pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
  float gloss = 0.0;
  bool isUpright = abs(n.y) < 0.6;
  if (vFinish > 8.5) {
    float at = vLocal.y / 0.22;
    float shed = mix(0.5 + 0.5 * smoothstep(0.1, 0.5, abs(fract(at) - 0.5)), 0.78, smoothstep(0.25, 0.6, fwidth(at)));
    albedo *= shed;
    gloss = 0.35;
  } else if (vFinish > 7.5) {
    // Seams of the sheet metal around insulation.
    float at = vSpot.x / 1.2;
    albedo *= 1.0 - 0.22 * (1.0 - smoothstep(0.02, 0.05, abs(fract(at) - 0.5))) * (1.0 - smoothstep(0.05, 0.2, fwidth(at)));
    gloss = 0.30;
    // Where shells are glass, what flows is seen: dashes of light that move as the pumps do.
    if (vGlass > 0.01 && vTurn.y > 0.0) {
      float run = (vSpot.x - vTurn.x) / 3.14159265;
      float wide = fwidth(run);
      float dash = mix(smoothstep(0.0, 0.1 + wide, 0.22 - abs(fract(run) - 0.5)), 0.4, smoothstep(0.25, 0.6, wide));
      vec3 lit = vColor.b > vColor.r ? vec3(0.36, 0.62, 0.80) : vec3(0.80, 0.66, 0.48);
      glowing = lit * (0.10 + 0.85 * dash) * vGlass;
    }
  } else if (vFinish > 6.5) {
    float at = (abs(n.x) > 0.5 ? vLocal.z : vLocal.x) / 0.16;
    float fins = 0.62 + 0.38 * smoothstep(0.12, 0.42, abs(fract(at) - 0.5));
    albedo *= mix(fins, 0.82, smoothstep(0.25, 0.6, fwidth(at))) * (isUpright ? 1.0 : 1.1);
  } else if (vFinish > 5.5) {
    gloss = 0.42;
  } else if (vFinish > 3.5) {
    float open_;
    vec3 inside = rotor(open_);
    // A shader that may discard is worked out behind walls too where the processor draws: there, corners are sheet metal.
    #ifdef FRUGAL
    albedo = open_ < 0.5 ? vec3(0.30, 0.31, 0.32) : inside;
    #else
    if (open_ < 0.5) discard;
    albedo = inside;
    #endif
  } else if (vFinish > 2.5) {
    float at = vLocal.y / 0.26;
    float f = fract(at);
    float slat = mix(0.34, 1.0, smoothstep(0.05, 0.6, f)) * (1.0 - 0.4 * smoothstep(0.88, 1.0, f));
    albedo *= isUpright ? mix(slat, 0.7, smoothstep(0.22, 0.6, fwidth(at))) : 1.0;
  } else if (vFinish > 1.5) {
    gloss = 1.0;
  } else if (vFinish > 0.5) {
    glowing = vColor * vec3(1.6, 1.2, 0.75) * uNight * 2.2;
  }
  float foot = 0.68 + 0.32 * smoothstep(0.0, 1.4, vLocal.y);
  #ifdef FRUGAL
  const float grime = 1.0;
  #else
  float grime = 0.94 + 0.12 * valueNoise(vec2(vWorld.x + vWorld.z, vWorld.y * 0.6) * 0.9);
  #endif
  float sun = shadowAt(vWorld + n * 0.4);
  vec3 colour = litBy(snowOn(albedo * foot * grime, n, vWorld), n, sun);
  #ifdef FRUGAL
  colour += gloss * mirrored(reflect(-toEye, n)) * mix(0.06, 0.5, fresnel);
  #else
  vec3 halfway = normalize(toEye + uSunDirection);
  colour += gloss * (mirrored(reflect(-toEye, n)) * mix(0.06, 0.5, fresnel) + uSunLight * sun * 0.35 * pow(max(dot(n, halfway), 0.0), 40.0));
  #endif
  #ifndef FRUGAL
  // By night wall lamps and lit panes shine on what stands before them, from below and most near the ground.
  colour += albedo * vec3(1.0, 0.80, 0.56) * (uNight * (isUpright ? 0.13 : 0.045) * (0.5 + 0.5 * exp(-max(vWorld.y, 0.0) / 9.0)));
  #endif
  // By X-ray machines that recede keep a rim of light: no black blocks before the evening sky. Those of a building
  // that is looked into keep some of their own tone too.
  vec3 rim = uRecede * (0.35 + fresnel) * (0.35 + 0.65 * max(n.y, 0.0)) * vec3(0.040, 0.056, 0.078);
  rim += uRecede * vGlass * albedo * vec3(0.16, 0.19, 0.23) * (0.6 + 0.4 * n.y);
  gl_FragColor = vec4(hazed(colour, vWorld) + rim + glowing, 1.0);
  ${finish}
}
`;

/** Material of machines and what joins them. @param fans given where rotors turn by `iLive` */
export const plantMaterial = (sky: SkyUniforms, open: OpenUniforms, fans?: FanClock): ShaderMaterial =>
  new ShaderMaterial({
    uniforms: { ...sky, ...open, ...fans } as Record<string, IUniform>,
    vertexShader: vertex,
    fragmentShader: fragment,
    defines: fans ? { LIVE: "" } : {},
  });
