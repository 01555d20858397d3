import { BufferAttribute, BufferGeometry, type IUniform, Mesh, PlaneGeometry, ShaderMaterial } from "three";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { instancesOf, type Placed } from "./instances.ts";
import type { SkyUniforms } from "./sky.ts";

const plainsFragment = /* glsl */ `
varying vec3 vWorld;
${light}
${noise}
/** Long strip fields of the plain beyond the campus, each turned and tinted its own way. */
vec3 fields(vec2 p) {
  vec2 block = floor(p / 640.0);
  float turn = hash(block) > 0.5 ? 1.0 : 0.0;
  vec2 q = mix(p, p.yx, turn);
  vec2 strip = vec2(floor(q.x / mix(60.0, 130.0, hash(block + 5.0))), floor(q.y / 640.0));
  float crop = hash(strip + block * 7.0);
  vec3 straw = vec3(0.36, 0.31, 0.18);
  vec3 green = vec3(0.17, 0.23, 0.09);
  vec3 soil = vec3(0.23, 0.18, 0.12);
  return crop < 0.4 ? mix(straw, green, crop) : crop < 0.8 ? mix(green, straw, crop - 0.2) : mix(soil, straw, 0.3);
}
void main() {
  vec2 p = vWorld.xz;
  float reach = length(cameraPosition - vWorld);
  float broad = fbm(p / 520.0);
  float middle = fbm(p / 38.0 + 17.0);
  vec3 pale = vec3(0.335, 0.325, 0.175);
  vec3 fresh = vec3(0.185, 0.235, 0.095);
  vec3 dry = vec3(0.42, 0.36, 0.22);
  vec3 albedo = mix(fresh, pale, smoothstep(0.3, 0.7, broad));
  albedo = mix(albedo, dry, smoothstep(0.55, 0.8, middle) * 0.5);
  float near = 1.0 - smoothstep(60.0, 420.0, reach);
  if (near > 0.0) {
    float blades = valueNoise(p * 1.7) * 0.5 + valueNoise(p * 7.3) * 0.5;
    albedo *= 1.0 + (blades - 0.5) * 0.55 * near;
  }
  float outside = smoothstep(2100.0, 2900.0, length(p - uCampus.xy) - uCampus.z);
  outside = max(outside, smoothstep(0.0, 700.0, length(p - uCampus.xy) - uCampus.z) * 0.85);
  if (outside > 0.0) {
    vec3 crops = mix(fields(p + broad * 26.0), vec3(0.255, 0.245, 0.14), smoothstep(1500.0, 6500.0, reach));
    albedo = mix(albedo, crops * (0.8 + 0.4 * middle), outside);
  }
  vec3 colour = litBy(snowOn(albedo, vec3(0.0, 1.0, 0.0), vWorld), vec3(0.0, 1.0, 0.0), shadowAt(vWorld));
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
`;

/** The plain, to the horizon: grass in three scales of variation near the campus, strip fields beyond. */
export const plains = (sky: SkyUniforms, campus: IUniform): Mesh => {
  const material = new ShaderMaterial({
    uniforms: { ...sky, uCampus: campus },
    vertexShader: /* glsl */ `
      varying vec3 vWorld;
      void main() {
        vWorld = position;
        gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
      }`,
    fragmentShader: plainsFragment.replace(
      "varying vec3 vWorld;",
      "varying vec3 vWorld;\nuniform vec3 uCampus;",
    ),
  });
  const geometry = new PlaneGeometry(60_000, 60_000, 24, 24).rotateX(-Math.PI / 2).translate(0, -0.35, 0);
  const mesh = new Mesh(geometry, material);
  mesh.matrixAutoUpdate = false;
  mesh.renderOrder = 90;
  return mesh;
};

/** What a flat piece of ground is made of: iExtra.x. Higher codes lie on lower ones. */
export const Paving = { lawn: 0, yard: 1, road: 2, apron: 3, parking: 4 } as const;

const pavingFragment = /* glsl */ `
varying vec3 vWorld;
varying vec2 vAt;
flat varying vec2 vSize;
flat varying float vKind;
${light}
${noise}
float line(float at, float width) {
  float px = fwidth(at);
  return 1.0 - smoothstep(width - px, width + px, abs(at));
}
void main() {
  vec2 rim = vSize * 0.5 - abs(vAt);
  float along = vSize.x > vSize.y ? vAt.x : vAt.y;
  float across = vSize.x > vSize.y ? vAt.y : vAt.x;
  float grain = valueNoise(vWorld.xz * 0.9) * 0.6 + valueNoise(vWorld.xz * 0.09) * 0.4;
  vec3 albedo;
  if (vKind < 0.5) {
    albedo = mix(vec3(0.155, 0.215, 0.085), vec3(0.235, 0.265, 0.12), fbm(vWorld.xz / 23.0));
    float mown = step(0.5, fract(across / 9.0));
    albedo *= 0.97 + 0.05 * mown * (1.0 - smoothstep(0.1, 0.5, fwidth(across / 9.0)));
  } else if (vKind < 1.5) {
    albedo = vec3(0.36, 0.345, 0.32) * (0.78 + 0.3 * grain);
  } else if (vKind < 2.5) {
    float half_ = min(vSize.x, vSize.y) * 0.5;
    albedo = vec3(0.115, 0.118, 0.125) * (0.82 + 0.34 * grain);
    float dash = step(0.45, fract(along / 9.0));
    float far = 1.0 - smoothstep(0.15, 0.45, fwidth(along / 9.0));
    float paint = max(line(across, 0.09) * mix(0.4, dash, far), line(abs(across) - half_ + 0.45, 0.08));
    albedo = mix(albedo, vec3(0.62), paint * 0.75);
    albedo = mix(albedo, vec3(0.45, 0.44, 0.42), step(half_ - abs(across), 0.22));
  } else {
    float joint = max(line(fract(vAt.x / 6.0 + 0.5) - 0.5, 0.006), line(fract(vAt.y / 6.0 + 0.5) - 0.5, 0.006));
    albedo = vec3(0.44, 0.435, 0.42) * (0.84 + 0.22 * grain) * (1.0 - 0.25 * joint);
    if (vKind > 3.5) {
      albedo = vec3(0.16, 0.163, 0.17) * (0.85 + 0.3 * grain);
      float bay = line(fract(vAt.x / 2.6) - 0.5, 0.018) * step(1.2, abs(abs(vAt.y) - vSize.y * 0.5 + 3.0) + 0.4);
      albedo = mix(albedo, vec3(0.6), bay * 0.8 * step(abs(abs(vAt.y) - vSize.y * 0.5 + 2.6), 2.4));
    }
    albedo *= 0.9 + 0.1 * smoothstep(0.0, 1.0, min(rim.x, rim.y));
  }
  vec3 colour = litBy(snowOn(albedo, vec3(0.0, 1.0, 0.0), vWorld), vec3(0.0, 1.0, 0.0), shadowAt(vWorld));
  // By night: pools under the lamps along roads, a soft wash from walls on aprons.
  float pool = exp(-pow((fract(along / 46.0) - 0.5) * 46.0 / 8.0, 2.0)) * step(1.5, vKind) * step(vKind, 2.5);
  float wash = 0.35 * step(2.5, vKind);
  colour += albedo * vec3(1.0, 0.74, 0.44) * uNight * (pool * 1.3 + wash);
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
`;

const quad = (): BufferGeometry => {
  const geometry = new BufferGeometry();
  const corners = new Float32Array([-0.5, 0, -0.5, -0.5, 0, 0.5, 0.5, 0, 0.5, 0.5, 0, -0.5]);
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
};

/** Roads, aprons, yards, lawns and parking bays: flat pieces, one draw. */
export const pavings = (sky: SkyUniforms, pieces: readonly Placed[]): Mesh => {
  const material = new ShaderMaterial({
    uniforms: sky as Record<string, IUniform>,
    vertexShader: /* glsl */ `
      attribute vec4 iPose;
      attribute vec3 iSize;
      attribute vec4 iExtra;
      varying vec3 vWorld;
      varying vec2 vAt;
      flat varying vec2 vSize;
      flat varying float vKind;
      ${place}
      void main() {
        vAt = position.xz * iSize.xz;
        vSize = iSize.xz;
        vKind = iExtra.x;
        vWorld = iPose.xyz + turned(vec3(vAt.x, -0.25 + 0.06 * iExtra.x, vAt.y), iPose.w);
        gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
      }`,
    fragmentShader: pavingFragment,
    polygonOffset: true,
    polygonOffsetFactor: -1,
    polygonOffsetUnits: -4,
  });
  const order = [...pieces].sort((a, b) => (a.extra?.[0] ?? 0) - (b.extra?.[0] ?? 0));
  const mesh = instancesOf(quad(), order, material);
  mesh.renderOrder = 80;
  return mesh;
};
