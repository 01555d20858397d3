import { type IUniform, ShaderMaterial, type Vector3 } from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { letBeBodies } from "#renderer/scene/campus/kitShape.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import type { BoxRay } from "#renderer/scene/campus/rayBox.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import type { Twin } from "#twins/model/twin.ts";
import { bareIndices, pvKit } from "./pvKit.ts";

/** Height of a table's lower edge, m. */
export const lowEdgeM = 0.5;
const usualTiltDeg = 38;
/** Nearer than this what tables stand on is drawn: farther off a post is thinner than a tenth of a pixel. */
const steelWithinM = 1400;

const vertex = /* glsl */ `
attribute float aPart;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
attribute vec4 iValue;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec2 vAt;
flat varying float vPart;
flat varying float vSeed;
flat varying vec2 vDull;
flat varying float vSlope;
${place}
void main() {
  float tilt = iExtra.x;
  float rise = tan(tilt);
  vec3 up = vec3(0.0, cos(tilt), sin(tilt));
  vec3 local;
  vec3 n = normal;
  if (aPart < 2.5) {
    float south = (0.5 - position.y) * iSize.z;
    local = vec3(position.x * iSize.x, ${lowEdgeM.toFixed(2)} + (0.5 * iSize.z - south) * rise, south) - up * position.z;
    if (aPart < 1.5) n = up * normal.y;
  } else {
    float south = position.z * iSize.z;
    float under = ${lowEdgeM.toFixed(2)} + (0.5 * iSize.z - south) * rise - 0.06;
    local = vec3(position.x * iSize.x, position.y * under - 0.3 * step(position.y, 0.01), south);
  }
  vSlope = iSize.z / cos(tilt);
  vAt = vec2((position.x + 0.5) * iSize.x, position.y * vSlope);
  vWorld = iPose.xyz + turned(local, iPose.w);
  vNormal = turned(n, iPose.w);
  vPart = aPart;
  vSeed = iExtra.w;
  vDull = iValue.zw;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

/**
 * Glass over cells: what of a module can be seen is drawn by its share of the pixel (box filter over the exact pattern),
 * so rows keep their tone at any distance and never shimmer. Each module lies a little out of true: that is what a real
 * field shows when it mirrors the sky.
 */
const fragment = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec2 vAt;
flat varying float vPart;
flat varying float vSeed;
flat varying vec2 vDull;
flat varying float vSlope;
${light}
${noise}
/** Share of a pixel of width w that lies on lines of a width, one a period, the first at 0. */
float linesIn(float at, float period, float width, float w) {
  w = max(w, 1e-4);
  float a = (at - 0.5 * w) / period;
  float b = (at + 0.5 * w) / period;
  float line = width / period;
  float reach = (floor(b) - floor(a)) * line + min(fract(b), line) - min(fract(a), line);
  return clamp(reach * period / w, 0.0, 1.0);
}
/** The sky as glass shows it: clear sky, and the same drifting clouds that the dome draws (place/dome.ts), unlit. */
vec3 skyInGlass(vec3 r) {
  vec3 sky = skyColour(normalize(vec3(r.x, max(r.y, 0.02), r.z)));
  if (r.y > 0.03 && uCloud > 0.02) {
    vec2 p = r.xz / (r.y + 0.045) * 2600.0 + vWorld.xz - uCloudDrift;
    float density = texture2D(uNoise, p / 19000.0).r * 0.62 + texture2D(uNoise, p.yx / 6100.0 + 0.37).g * 0.38;
    float low = mix(0.80, 0.22, uCloud);
    float cover = smoothstep(low, low + mix(0.2, 0.36, uCloud), density) * smoothstep(0.03, 0.12, r.y);
    sky = mix(sky, uHorizon * 1.05 + uSunLight * 0.26 * (1.0 - uNight), cover * 0.85 * (1.0 - 0.75 * uDust));
  }
  vec3 ground = uGroundLight * vec3(0.30, 0.29, 0.17) + uSunLight * 0.04;
  return mix(ground, sky, smoothstep(-0.05, 0.08, r.y));
}
void main() {
  vec3 n = normalize(vNormal);
  vec3 toEye = normalize(cameraPosition - vWorld);
  vec2 px = vec2(fwidth(vAt.x), fwidth(vAt.y));
  float near = 1.0 - smoothstep(0.25, 1.2, max(px.x, px.y * 0.5));
  float sun = shadowAt(vWorld + n * 0.5);
  vec2 module = vec2(1.14, vSlope * 0.5);
  float frames = max(linesIn(vAt.x + 0.02, module.x, 0.04, px.x), linesIn(vAt.y + 0.022, module.y, 0.045, px.y));
  vec3 colour;
  if (vPart < 0.5) {
    vec2 id = floor(vAt / module);
    float tint = hash(id + vSeed * 61.0);
    vec2 off = (vec2(hash(vec2(vSeed, 4.1)), hash(vec2(vSeed, 8.7))) - 0.5) * 0.009;
    off += (vec2(tint, hash(id + 9.0 + vSeed)) - 0.5) * 0.014 * near;
    vec3 glass = normalize(n + vec3(off.x, 0.0, off.y));
    float gaps = max(linesIn(vAt.x + 0.02, module.x / 6.0, 0.006, px.x), linesIn(vAt.y, module.y / 24.0, 0.004, px.y));
    float bars = linesIn(vAt.x, module.x / 66.0, 0.0012, px.x);
    float dull = clamp(vDull.x, 0.0, 0.75);
    float within = fract(vAt.y / module.y);
    float dust = clamp(0.03 + dull * (0.85 + 0.5 * (1.0 - smoothstep(0.0, 0.16, within)) * near), 0.0, 0.85);
    dust *= 0.8 + 0.4 * mix(0.5, valueNoise(vAt * vec2(0.9, 1.7) + vSeed * 31.0), near);
    vec3 cell = vec3(0.0075, 0.0125, 0.030) * (0.82 + 0.36 * mix(0.5, tint, near));
    vec3 albedo = mix(cell, vec3(0.15, 0.165, 0.19), gaps * 0.75);
    albedo = mix(albedo, vec3(0.19, 0.20, 0.22), bars * 0.6);
    albedo = mix(albedo, vec3(0.34, 0.295, 0.225), dust);
    albedo = mix(albedo, vec3(0.50, 0.51, 0.53), frames);
    float snow = smoothstep(0.0, 0.15, (uSnow * 0.85) - 0.75 * within + 0.3 * valueNoise(vAt * 0.7 + vSeed * 17.0) - 0.1);
    snow *= smoothstep(0.0, 0.05, (uSnow * 0.85));
    albedo = mix(albedo, vec3(0.86, 0.88, 0.92), snow);
    float facing = max(dot(glass, toEye), 0.0);
    float fresnel = 0.035 + 0.965 * pow(1.0 - facing, 5.0);
    float gloss = (1.0 - snow) * (1.0 - 0.8 * dust) * (1.0 - 0.6 * frames);
    vec3 seen = skyInGlass(reflect(-toEye, glass));
    float rough = 0.026 + 0.07 * dust + 0.02 * (1.0 - near);
    vec3 halfway = normalize(toEye + uSunDirection);
    float h = max(dot(glass, halfway), 0.0);
    float a2 = rough * rough;
    float d = h * h * (a2 - 1.0) + 1.0;
    float glint = min(a2 / (3.14159 * d * d) * 0.25, 7.0) * step(0.0, dot(glass, uSunDirection));
    colour = litBy(albedo, n, sun) * (1.0 - 0.6 * fresnel * gloss);
    colour += (seen * fresnel + uSunLight * glint * fresnel * sun) * gloss;
  } else if (vPart < 1.5) {
    // From below: glass–glass modules over purlins; light comes through between the cells.
    float gaps = linesIn(vAt.x + 0.02, module.x / 6.0, 0.012, px.x);
    float purlins = max(linesIn(vAt.y - vSlope * 0.22, vSlope * 0.56, 0.10, px.y), frames * 0.8);
    vec3 albedo = mix(vec3(0.105, 0.125, 0.165), vec3(0.34, 0.35, 0.36), gaps * 0.6);
    albedo = mix(albedo, vec3(0.46, 0.47, 0.48), purlins);
    vec3 bounced = uGroundLight * 0.9 + uSunLight * max(uSunDirection.y, 0.0) * vec3(0.10, 0.095, 0.06);
    float rim = pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
    colour = albedo * bounced + skyInGlass(reflect(-toEye, n)) * (0.03 + 0.5 * rim);
  } else {
    vec3 albedo = vPart < 2.5 ? vec3(0.52, 0.53, 0.55) : vPart < 3.5 ? vec3(0.40, 0.41, 0.42) : vec3(0.70, 0.71, 0.71);
    colour = litBy(albedo, n, sun * (vPart < 2.5 ? 1.0 : 0.55));
  }
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
`;

/** Slope of a table, radians. */
const tiltOf = (twin: Twin, row: number): number => {
  const tiltDeg = twin.table("pvTable").attribute("tiltDeg")?.[row] ?? usualTiltDeg;
  return (Math.min(75, Math.max(1, tiltDeg)) * Math.PI) / 180;
};

/** The tables as they stand; `extra`: tilt in radians, kWp, 0, seed. */
export const pvBoxes = ({ twin }: Layout): Placed[] => {
  const table = twin.table("pvTable");
  const kwp = table.attribute("kWp");
  return Array.from({ length: table.count }, (_, row) => ({
    ...boxOf(table, row),
    asset: { className: "pvTable", row } as const,
    extra: [tiltOf(twin, row), kwp?.[row] ?? 0, 0, (row * 0.618) % 1],
  }));
};

/** Leaves out what tables stand on where nobody could see it. */
export const thinOut = (tables: ReturnType<typeof instancesOf>, eye: Vector3): void => {
  const { center, radius } = tables.geometry.boundingSphere!;
  const isNear = eye.distanceTo(center) < radius + steelWithinM;
  tables.geometry.setDrawRange(0, isNear ? Number.POSITIVE_INFINITY : bareIndices);
};

/** Solar tables in one draw; what they carry of dust comes with `iValue` (measures.ts). */
export const pvTables = (boxes: readonly Placed[], sky: SkyUniforms): ReturnType<typeof instancesOf> => {
  const material = new ShaderMaterial({
    uniforms: sky as Record<string, IUniform>,
    vertexShader: vertex,
    fragmentShader: fragment,
  });
  const tables = instancesOf(pvKit(), boxes, material);
  // The plane of its modules; a pointer looks through what it stands on.
  letBeBodies(
    tables,
    boxes.flatMap((box) => {
      const rise = Math.tan(box.extra?.[0] ?? 0);
      const distance = (ray: BoxRay): number => ray.slope(box, lowEdgeM, rise);
      return box.asset ? { asset: box.asset, box, distance } : [];
    }),
  );
  return tables;
};
