import { BufferAttribute, BufferGeometry, type IUniform, Mesh, PlaneGeometry, ShaderMaterial } from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";

/** Side of the blocks that the plain beyond the campus is farmed in, m; belts of poplars stand on their edges. */
const fieldM = 640;

/** Grass of the plain, at three scales: districts, tussocks, blades. */
const grass = /* glsl */ `
vec3 grassAt(vec2 p, float reach) {
  vec2 q = vec2(p.x * 0.883 - p.y * 0.469, p.x * 0.469 + p.y * 0.883);
  vec4 broad = texture2D(uNoise, p / 3100.0);
  vec4 middle = texture2D(uNoise, q / 410.0 + 0.31);
  float lush = clamp(broad.r * 0.55 + middle.g * 0.45, 0.0, 1.0);
  vec3 albedo = mix(uPale, uFresh, smoothstep(0.34, 0.68, lush));
  vec3 earth = mix(vec3(0.215, 0.170, 0.112), uPale, 0.35);
  albedo = mix(albedo, earth, smoothstep(0.66, 0.92, broad.g * 0.55 + middle.r * 0.5) * 0.75);
  albedo *= 0.80 + 0.40 * middle.b;
  if (reach < 900.0) {
    vec4 tuft = texture2D(uNoise, p / 43.0);
    float near = 1.0 - smoothstep(250.0, 900.0, reach);
    albedo *= 1.0 + (tuft.b * 0.6 + tuft.a * 0.4 - 0.5) * 0.62 * near;
    if (reach < 130.0) {
      vec4 blade = texture2D(uNoise, q / 5.1);
      albedo *= 1.0 + (blade.b * 0.4 + blade.a * 0.6 - 0.5) * 0.8 * (1.0 - smoothstep(30.0, 130.0, reach));
    }
  }
  return albedo;
}
`;

const plainsFragment = /* glsl */ `
varying vec3 vWorld;
uniform vec3 uCampus;
${light}
${noise}
${grass}
/** Long strip fields of the plain beyond the campus, each turned and cropped its own way; tracks between blocks. */
vec3 fieldsAt(vec2 p, float reach) {
  vec2 block = floor(p / ${fieldM.toFixed(1)});
  vec2 inside = p - block * ${fieldM.toFixed(1)};
  float turn = step(0.5, hash(block));
  vec2 q = mix(inside, inside.yx, turn);
  float wide = mix(42.0, 118.0, hash(block + 5.0));
  float strip = floor(q.x / wide);
  float crop = hash(vec2(strip, 3.0) + block * 7.0);
  vec3 straw = mix(uPale, vec3(0.34, 0.275, 0.15), 0.55);
  vec3 soil = vec3(0.205, 0.160, 0.110);
  vec3 colour = crop < 0.38 ? uFresh * 0.92 : crop < 0.62 ? mix(uFresh, straw, 0.55) : crop < 0.86 ? straw : mix(soil, straw, 0.2);
  float px = fwidth(q.x);
  float furrow = 0.5 + 0.5 * sin(q.x * 1.9);
  colour *= 1.0 + (furrow - 0.5) * 0.22 * (1.0 - smoothstep(0.4, 1.6, px));
  float rim = min(min(inside.x, inside.y), ${fieldM.toFixed(1)} - max(inside.x, inside.y));
  float track = 1.0 - smoothstep(2.2, 3.4 + px, rim);
  float balk = 1.0 - smoothstep(0.5, 1.2 + px, min(fract(q.x / wide), 1.0 - fract(q.x / wide)) * wide);
  colour = mix(colour, uPale * 0.9, balk * 0.6);
  return mix(colour, vec3(0.30, 0.25, 0.175), track * (1.0 - smoothstep(1200.0, 3200.0, reach)));
}
void main() {
  vec2 p = vWorld.xz;
  float reach = length(cameraPosition - vWorld);
  vec3 albedo = grassAt(p, reach);
  float outside = smoothstep(120.0, 520.0, length(p - uCampus.xy) - uCampus.z);
  if (outside > 0.0) {
    vec2 block = floor(p / ${fieldM.toFixed(1)});
    // Some blocks stay steppe.
    float farmed = step(0.34, hash(block + 11.0)) * outside;
    vec3 crops = fieldsAt(p, reach) * (0.82 + 0.36 * texture2D(uNoise, p / 260.0).b);
    albedo = mix(albedo, crops, farmed * (1.0 - smoothstep(4500.0, 15000.0, reach) * 0.55));
  }
  vec3 up = vec3(0.0, 1.0, 0.0);
  vec3 colour = litBy(snowOn(albedo, up, vWorld), up, shadowAt(vWorld));
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
`;

/** The plain, to the horizon: steppe in three scales of variation near the campus, strip fields beyond. */
export const plains = (sky: SkyUniforms, campus: IUniform): Mesh => {
  const material = new ShaderMaterial({
    uniforms: { ...sky, uCampus: campus },
    vertexShader: /* glsl */ `
      varying vec3 vWorld;
      void main() {
        vWorld = position;
        gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
      }`,
    fragmentShader: plainsFragment,
  });
  const geometry = new PlaneGeometry(60_000, 60_000, 24, 24).rotateX(-Math.PI / 2).translate(0, -0.45, 0);
  const mesh = new Mesh(geometry, material);
  mesh.matrixAutoUpdate = false;
  mesh.renderOrder = 90;
  return mesh;
};

const pavingFragment = /* glsl */ `
varying vec3 vWorld;
varying vec2 vAt;
flat varying vec2 vSize;
flat varying vec4 vKind;
${light}
${noise}
${grass}
float line(float at, float width) {
  float px = fwidth(at);
  return (1.0 - smoothstep(width - px, width + px, abs(at))) * min(1.0, width * 2.4 / px);
}
/** Share of a periodic mark, its mean when it gets smaller than a pixel. */
float dashes(float at, float share) {
  float px = fwidth(at);
  float f = abs(fract(at) - 0.5) * 2.0;
  return mix(1.0 - smoothstep(share - px * 2.0, share + px * 2.0, f), share, smoothstep(0.2, 0.5, px));
}
const vec3 paintWhite = vec3(0.56, 0.56, 0.54);
vec3 asphalt(vec2 p, float across) {
  vec4 worn = texture2D(uNoise, p / 61.0);
  vec4 grain = texture2D(uNoise, p.yx / 7.0);
  float tracks = exp(-pow((abs(abs(across) - 1.8) - 0.85) * 1.9, 2.0));
  return vec3(0.092, 0.094, 0.099) * (0.78 + 0.30 * worn.g + 0.22 * grain.a) * (1.0 - 0.13 * tracks) + 0.012 * worn.b;
}
vec3 concrete(vec2 at, vec2 p, float slab) {
  vec4 worn = texture2D(uNoise, p / 47.0);
  vec4 grain = texture2D(uNoise, p.yx / 6.0);
  float joint = max(line((fract(at.x / slab + 0.5) - 0.5) * slab, 0.03), line((fract(at.y / slab + 0.5) - 0.5) * slab, 0.03));
  float tone = hash(floor(at / slab + 0.5)) * (1.0 - smoothstep(0.2, 0.8, fwidth(at.x / slab)));
  return vec3(0.315, 0.308, 0.292) * (0.80 + 0.22 * worn.r + 0.10 * grain.a + 0.07 * tone) * (1.0 - 0.30 * joint);
}
vec3 roadAt(float along, float across, float half_, float kind, vec2 p) {
  vec3 albedo = asphalt(p, across);
  float edge = line(abs(across) - half_ + 0.42, 0.075);
  float paint = kind > 8.5 ? edge : 0.0;
  if (kind > 9.5) {
    if (half_ > 8.0) {
      paint = max(paint, line(abs(across) - 0.16, 0.07));
      paint = max(paint, line(abs(across) - half_ * 0.5, 0.07) * dashes(along / 12.0, 0.4));
    } else paint = max(paint, line(across, 0.075) * dashes(along / 9.0, 0.42));
  }
  albedo = mix(albedo, paintWhite, paint * 0.8);
  return mix(albedo, vec3(0.36, 0.355, 0.34), step(half_ - abs(across), 0.22));
}
vec3 junctionAt(vec2 at, vec4 kind, vec2 p) {
  vec2 mid = vec2(kind.z, kind.y);
  vec2 out_ = abs(at) - mid;
  if (out_.x > 0.0 && out_.y > 0.0) discard;
  int arms = int(kind.w + 0.5);
  bool onX = out_.x > 0.0;
  int arm = onX ? (at.x > 0.0 ? 1 : 2) : (at.y > 0.0 ? 4 : 8);
  if ((out_.x > 0.0 || out_.y > 0.0) && (arms & arm) == 0) discard;
  vec3 albedo = asphalt(p, 9.0);
  float off = max(out_.x, out_.y);
  float across = onX ? at.y : at.x;
  float half_ = onX ? mid.y : mid.x;
  float zebra = step(0.9, off) * step(off, 4.1) * dashes(across / 1.1, 0.46) * step(abs(across), half_ - 0.5);
  float stop_ = step(4.8, off) * step(off, 5.1) * step(abs(across), half_ - 0.4);
  return mix(albedo, paintWhite, max(zebra, stop_) * 0.72);
}
void main() {
  float kind = vKind.x;
  vec2 rim = vSize * 0.5 - abs(vAt);
  bool wide = vSize.x > vSize.y;
  float along = wide ? vAt.x : vAt.y;
  float across = wide ? vAt.y : vAt.x;
  float half_ = min(vSize.x, vSize.y) * 0.5;
  float reach = length(cameraPosition - vWorld);
  vec2 p = vWorld.xz;
  vec3 albedo;
  vec3 lamp = vec3(0.0);
  float shade = 1.0;
  if (kind < 0.5 || (kind > 1.5 && kind < 2.5) || (kind > 5.5 && kind < 6.5)) {
    // Watered grass: greener than the steppe, mown in bands.
    albedo = mix(grassAt(p, reach), uFresh * 1.05, 0.62);
    if (kind < 0.5) albedo *= 0.97 + 0.06 * dashes(across / 11.0, 0.5);
    if (kind > 5.5) {
      albedo = mix(uLeaf * 1.1, uFresh, 0.35) * (0.62 + 0.6 * texture2D(uNoise, p / 9.0).a);
      albedo = mix(albedo, vec3(0.33, 0.325, 0.31), step(min(rim.x, rim.y), 0.16));
    }
    if (kind > 1.5 && kind < 2.5) {
      float walk = half_ - abs(across) - 1.6;
      albedo = mix(albedo, concrete(vec2(along, walk), p, 1.8) * 0.94, step(0.0, walk) * step(walk, 1.7));
    }
  } else if (kind < 1.5) {
    vec4 grain = texture2D(uNoise, p / 3.0);
    albedo = vec3(0.270, 0.252, 0.222) * (0.74 + 0.28 * texture2D(uNoise, p / 58.0).r + 0.24 * grain.a);
  } else if (kind < 3.5) {
    albedo = concrete(vAt, p, 6.0);
    vec2 house = vec2(vKind.y, vKind.z) * 0.5;
    if (house.x > 0.0) {
      // The sky is half hidden at a wall's foot; wall lamps light it by night.
      vec2 off = abs(vec2(vAt.x, vAt.y + vKind.w)) - house;
      float away = length(max(off, 0.0)) + min(max(off.x, off.y), 0.0);
      shade = 0.52 + 0.48 * smoothstep(-0.5, 9.0, away);
      float beside = off.x > off.y ? vAt.y : vAt.x;
      float scallop = exp(-pow((fract(beside / 12.0) - 0.5) * 12.0 / 4.2, 2.0));
      lamp += vec3(1.0, 0.76, 0.48) * exp(-max(away, 0.0) / 4.5) * (0.25 + 0.75 * scallop) * 0.85;
    }
    albedo *= 0.88 + 0.12 * smoothstep(0.0, 0.6, min(rim.x, rim.y));
    albedo = mix(albedo, vec3(0.37), step(min(rim.x, rim.y), 0.18));
  } else if (kind < 4.5) {
    vec2 paver = vAt / vec2(1.2, 0.6);
    float tone = hash(floor(paver)) * (1.0 - smoothstep(0.25, 0.8, fwidth(paver.y)));
    float band = dashes(vAt.x / 6.8, 0.12);
    albedo = mix(vec3(0.335, 0.318, 0.292), vec3(0.205, 0.200, 0.196), band) * (0.82 + 0.2 * tone + 0.1 * texture2D(uNoise, p / 9.0).a);
    lamp += vec3(1.0, 0.74, 0.44) * 0.55;
  } else if (kind < 5.5) {
    albedo = asphalt(p, 9.0) * 1.12;
    float bay = line((fract(vAt.x / 2.6) - 0.5) * 2.6, 0.06) * step(-2.2, -abs(vAt.y + 0.2) + 0.6);
    float head = line(vAt.y + 2.6, 0.06);
    albedo = mix(albedo, paintWhite, max(bay, head) * 0.75);
    albedo = mix(albedo, vec3(0.36), step(min(rim.x, rim.y), 0.15));
    lamp += vec3(1.0, 0.76, 0.48) * 0.42;
  } else if (kind < 7.5) {
    albedo = concrete(vAt, p, 1.8);
  } else if (kind < 10.5) {
    albedo = roadAt(along, across, half_, kind, p);
  } else {
    albedo = junctionAt(vAt, vKind, p);
    lamp += vec3(1.0, 0.74, 0.44) * 0.3;
  }
  if (vKind.y > 0.0 && (kind > 1.5 && kind < 2.5 || kind > 8.5 && kind < 10.5)) {
    float s = (fract((along - vKind.z) / vKind.y + 0.5) - 0.5) * vKind.y;
    float t = across - vKind.w * 0.55;
    lamp += vec3(1.0, 0.70, 0.38) * (exp(-(s * s + t * t) / 62.0) * 1.15 + exp(-(s * s + t * t) / 400.0) * 0.12);
  }
  vec3 up = vec3(0.0, 1.0, 0.0);
  // Roads are cleared, forecourts half; wheels show in what is left.
  float swept = kind > 7.5 ? 0.16 + 0.14 * texture2D(uNoise, p / 23.0).r : kind > 2.5 && kind < 5.5 ? 0.55 : 1.0;
  albedo = mix(albedo, snowOn(albedo, up, vWorld), swept);
  float sun = shadowAt(vWorld);
  vec3 colour = litBy(albedo, up, sun);
  colour *= shade;
  colour += albedo * lamp * uNight * 1.5;
  // Wet stone mirrors the sky.
  if (uWet > 0.0 && kind > 2.5) {
    vec3 toEye = normalize(cameraPosition - vWorld);
    float mirror = 0.02 + 0.98 * pow(1.0 - max(toEye.y, 0.0), 5.0);
    float puddle = smoothstep(0.35, 0.7, texture2D(uNoise, p / 29.0).r);
    colour = mix(colour, skyColour(reflect(-toEye, up)), uWet * mirror * (0.3 + 0.6 * puddle));
  }
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
      flat varying vec4 vKind;
      ${place}
      void main() {
        vAt = position.xz * iSize.xz;
        vSize = iSize.xz;
        vKind = iExtra;
        vWorld = iPose.xyz + turned(vec3(vAt.x, -0.36 + 0.03 * iExtra.x, vAt.y), iPose.w);
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
