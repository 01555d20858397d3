import { finish, light, noise } from "#renderer/scene/shader/light.glsl.ts";
import { frugalPaving } from "./frugalPaving.glsl.ts";
import { grass } from "./grass.glsl.ts";
import { vergeM } from "./measures.ts";
import { winterGround } from "./winterGround.glsl.ts";

/** What roads, yards, lawns and lots are made of (pavingKinds.ts). */
export const pavingFragment = /* glsl */ `
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
#ifdef FRUGAL
${frugalPaving}
#else
${winterGround}
/** How high grass stands here, 0 none … 1 knee-high steppe: what the chart of the ground tells (groundChart.ts). */
float grows = 0.0;
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
/** Distance outside a rectangle with round corners, m; negative inside. */
float roundBox(vec2 at, vec2 halves, float r) {
  vec2 d = abs(at) - halves + r;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - r;
}
vec3 gravel(vec2 p) {
  vec4 grain = texture2D(uNoise, p / 3.0);
  return vec3(0.275, 0.257, 0.226) * (0.74 + 0.28 * texture2D(uNoise, p / 58.0).r + 0.24 * grain.a);
}
/** Pavers in rows between edging stones, trodden dark along the middle; in: distance from the edge, m. */
vec3 footpath(vec2 at, vec2 p, float in_) {
  vec2 cell = at / vec2(0.6, 0.3);
  cell.x += 0.5 * mod(floor(cell.y), 2.0);
  float far = smoothstep(0.12, 0.4, fwidth(at.x) + fwidth(at.y));
  float tone = mix(hash(floor(cell)), 0.5, far);
  vec2 rim = abs(fract(cell) - 0.5);
  float gap = max(smoothstep(0.46, 0.49, rim.x), smoothstep(0.43, 0.48, rim.y)) * (1.0 - far);
  vec3 albedo = vec3(0.235, 0.222, 0.205) * (0.84 + 0.30 * tone) * (0.86 + 0.28 * texture2D(uNoise, p / 23.0).g);
  albedo *= (1.0 - 0.4 * gap) * (1.0 - 0.14 * smoothstep(0.4, 1.1, in_));
  albedo = mix(albedo, vec3(0.34, 0.335, 0.32), step(in_, 0.16));
  return albedo * (1.0 - 0.55 * line(in_ - 0.18, 0.03) - 0.35 * step(in_, 0.03));
}
/** Clipped green in a stone edge. */
vec3 bedAt(vec2 p, float edge) {
  vec3 green = mix(uLeaf * 1.1, uFresh, 0.35) * (0.62 + 0.6 * texture2D(uNoise, p / 9.0).a);
  return mix(green, vec3(0.33, 0.325, 0.31), step(edge, 0.16));
}
/** Two wheel ruts of gravel and packed earth, grass between and beside them that frays into what is bare. */
vec3 trackAt(float across, float half_, vec2 p, float reach) {
  vec4 worn = texture2D(uNoise, p / 17.0);
  vec4 fray = texture2D(uNoise, p.yx / 4.1);
  float off = abs(across);
  float away = abs(off - 1.15) + 0.42 * (worn.b - 0.5) + 0.30 * (fray.a - 0.5);
  float bare = 1.0 - smoothstep(0.34, 0.74, away);
  // Stones thrown aside, thinly grown over.
  float thrown = 0.5 * smoothstep(0.50, 0.80, worn.g * 0.5 + fray.b * 0.6) * (1.0 - smoothstep(1.7, half_ - 0.3, off));
  vec3 stones = gravel(p) * (0.96 + 0.26 * worn.r);
  vec3 rut = mix(stones, vec3(0.225, 0.185, 0.135), 0.45 * worn.g) * (1.0 - 0.16 * exp(-pow((off - 1.15) * 4.0, 2.0)));
  grows = (1.0 - bare) * (1.0 - 0.6 * thrown) * (off < 1.0 ? 0.34 : 0.62);
  return mix(mix(grassAt(p, reach), stones, thrown), rut, bare);
}
/** Soil and gravel left for later: ruts of machines that turned there, weeds. */
vec3 reserveAt(vec2 at, vec2 p, vec2 size, float reach) {
  vec4 worn = texture2D(uNoise, p / 67.0);
  float weeds = smoothstep(0.42, 0.66, worn.b * 0.6 + worn.g * 0.5);
  vec3 bare = mix(vec3(0.290, 0.250, 0.190), gravel(p) * 1.1, worn.r) * (0.88 + 0.24 * texture2D(uNoise, p.yx / 11.0).b);
  float turn = length(at - vec2(0.42, -0.78) * size) - size.y;
  float rut = exp(-pow((abs(turn) - 1.0) * 2.4, 2.0)) + 0.7 * exp(-pow((abs(turn + 9.0) - 1.0) * 2.4, 2.0));
  grows = 0.6 * weeds;
  return mix(bare * (1.0 - 0.20 * rut), grassAt(p, reach) * 1.05, weeds * 0.62);
}
vec3 courtAt(vec2 at, vec2 p) {
  vec2 c = vec2(at.x, abs(at.y) - 9.4);
  vec3 albedo = vec3(0.150, 0.180, 0.172) * (0.9 + 0.2 * texture2D(uNoise, p / 19.0).g);
  vec2 edge = abs(c) - vec2(14.0, 7.5);
  float inside = step(max(edge.x, edge.y), 0.0);
  albedo = mix(albedo, vec3(0.205, 0.160, 0.138), inside);
  float key = step(8.2, abs(c.x)) * step(abs(c.y), 2.45) * inside;
  albedo = mix(albedo, vec3(0.150, 0.180, 0.172), key);
  float paint = max(line(max(edge.x, edge.y), 0.06), line(c.x, 0.05) * inside);
  paint = max(paint, line(length(c) - 1.8, 0.05));
  paint = max(paint, line(length(vec2(abs(c.x) - 12.4, c.y)) - 6.6, 0.05) * inside);
  return mix(albedo, paintWhite, paint * 0.8);
}
/** Bays either side of aisles, a planted strip between each two of them. */
vec3 parkingLot(vec2 at, vec2 size, vec2 p) {
  float y = mod(at.y + size.y * 0.5, 18.6) - 9.3;
  float cross_ = size.x * 0.5 - abs(at.x);
  vec3 albedo = asphalt(p, 9.0) * 1.1;
  float isBay = step(3.3, abs(y)) * step(8.0, cross_);
  float bay = line((fract(at.x / 2.6) - 0.5) * 2.6, 0.06) * isBay;
  albedo = mix(albedo, paintWhite, bay * 0.75);
  float strip = min(abs(y) - 8.4, cross_ - 6.4);
  float rim = max(strip, 0.85 - cross_);
  if (rim > 0.0) albedo = bedAt(p, rim);
  return albedo;
}
/** Concrete around a hall, its service road along the rim; what a wall hides of the sky and its lamps give at its foot. */
vec3 apronAt(vec2 at, vec2 p, vec4 kind, vec2 size, inout float shade, inout vec3 lamp) {
  vec3 albedo = concrete(at, p, 6.0);
  vec2 house = kind.yz * 0.5;
  if (house.x <= 0.0) {
    float rim = kind.w > 0.5 ? size.x * 0.5 - length(at) : min(size.x * 0.5 - abs(at.x), size.y * 0.5 - abs(at.y));
    if (rim < 0.0) discard;
    return mix(albedo, vec3(0.37), step(rim, 0.18));
  }
  float in_ = -roundBox(at, size * 0.5, 6.0);
  if (in_ < 0.0) discard;
  vec2 off = abs(vec2(at.x, at.y + kind.w)) - house;
  float away = length(max(off, 0.0)) + min(max(off.x, off.y), 0.0);
  shade = 0.52 + 0.48 * smoothstep(-0.5, 9.0, away);
  float beside = off.x > off.y ? at.y : at.x;
  float scallop = exp(-pow((fract(beside / 12.0) - 0.5) * 12.0 / 4.2, 2.0));
  lamp += vec3(1.0, 0.76, 0.48) * exp(-max(away, 0.0) / 4.5) * (0.25 + 0.75 * scallop) * 0.85;
  // Pools below the posts at the rim (siteThings.ts).
  vec2 post = vec2(abs(at.x) - house.x * 0.8, abs(at.y) - size.y * 0.5);
  vec2 end = vec2(abs(at.x) - size.x * 0.5, at.y + kind.w);
  lamp += vec3(1.0, 0.78, 0.50) * 0.8 * (exp(-dot(post, post) / 34.0) + exp(-dot(end, end) / 34.0));
  // A gutter along the wall, stains where goods are moved.
  albedo *= 1.0 - 0.35 * line(away - 1.5, 0.14);
  albedo *= 1.0 - 0.10 * smoothstep(0.42, 0.98, 0.6 * texture2D(uNoise, p / 31.0).b + 0.4 * texture2D(uNoise, p / 7.3).r);
  if (in_ < 5.5) {
    albedo = asphalt(p, in_ - 2.75 + 1.8);
    albedo = mix(albedo, paintWhite, 0.7 * max(line(in_ - 2.8, 0.06) * dashes(beside / 6.0, 0.4), line(in_ - 5.0, 0.05)));
    albedo = mix(albedo, vec3(0.37, 0.365, 0.35), max(step(in_, 0.24), step(5.22, in_)));
  }
  return albedo;
}
void main() {
  float kind = vKind.x;
  vec2 rim = vSize * 0.5 - abs(vAt);
  float edge = min(rim.x, rim.y);
  bool wide = vSize.x > vSize.y;
  float along = wide ? vAt.x : vAt.y;
  float across = wide ? vAt.y : vAt.x;
  float half_ = min(vSize.x, vSize.y) * 0.5;
  float reach = length(cameraPosition - vWorld);
  vec2 p = vWorld.xz;
  vec3 albedo;
  vec3 lamp = vec3(0.0);
  float shade = 1.0;
  float water = 0.0;
  // What is not paved ends where it likes.
  if (kind > 0.5 && kind < 1.25 && edge < 2.0 && edge < 1.7 * texture2D(uNoise, p / 13.0).b - 0.2) discard;
  if (kind < 0.5 || (kind > 1.5 && kind < 2.5) || (kind > 5.5 && kind < 6.5)) {
    // Watered grass: greener than the steppe, mown in bands.
    albedo = mix(grassAt(p, reach), uFresh * 1.05, 0.50);
    grows = kind > 5.5 ? 0.0 : 0.16;
    if (kind < 0.5) {
      float band = mix(0.16, 0.05, smoothstep(300.0, 1400.0, reach));
      albedo *= 1.0 - band * 0.5 + band * dashes(across / 9.0, 0.5);
    }
    if (kind > 5.5) albedo = bedAt(p, edge);
    if (kind > 1.5 && kind < 2.5) {
      float walk = half_ - abs(across) - 1.6;
      if (walk > -0.02 && walk < 1.72) albedo = footpath(vec2(along, walk), p, min(walk, 1.7 - walk));
      grows *= 1.0 - step(-0.2, walk) * step(walk, 1.9);
    }
  } else if (kind > 0.65 && kind < 0.8) {
    // Swaths lie along the longer side, some already taken in.
    albedo = mix(grassAt(p, reach), mix(uFresh, uPale, 0.75), 0.45);
    float bend = across + 2.0 * (texture2D(uNoise, vec2(along, across) / 190.0).r - 0.5);
    float swath = dashes(bend / 7.0, 0.34);
    grows = 0.3 + 0.2 * swath;
    albedo *= 1.0 + (swath - 0.34) * mix(0.34, 0.12, smoothstep(200.0, 1200.0, reach));
  } else if (kind < 0.8) {
    albedo = grassAt(p, reach);
    albedo = mix(albedo, uPale * 1.1, 0.45 * texture2D(uNoise, p / 83.0).g);
    float trodden = abs(vAt.y - sin(vAt.x / vSize.x * 5.0) * vSize.y * 0.2) + 0.5 * texture2D(uNoise, p / 7.0).b;
    // Trodden earth: its edge frays into the grass.
    albedo = mix(vec3(0.235, 0.198, 0.145) * (0.8 + 0.4 * texture2D(uNoise, p / 5.0).a), albedo, smoothstep(0.55, 1.5, trodden));
    grows = 0.7 * smoothstep(0.8, 1.6, trodden);
  } else if (kind < 1.05) {
    albedo = gravel(p);
  } else if (kind < 1.15) {
    albedo = reserveAt(vAt, p, vSize, reach);
  } else if (kind < 1.25) {
    float in_ = -roundBox(vAt, vSize * 0.5 - 1.0, 9.0) + 0.8 * texture2D(uNoise, p / 13.0).b;
    if (in_ < 0.0) discard;
    albedo = mix(gravel(p) * 1.15, vec3(0.030, 0.045, 0.046), smoothstep(2.2, 3.2, in_));
    water = smoothstep(2.4, 3.2, in_) * (1.0 - step(0.001, uSnow));
  } else if (kind < 1.5) {
    albedo = trackAt(across, half_, p, reach);
  } else if (kind < 3.5) {
    albedo = apronAt(vAt, p, vKind, vSize, shade, lamp);
  } else if (kind < 4.25) {
    vec2 paver = vAt / vec2(1.2, 0.6);
    float tone = hash(floor(paver)) * (1.0 - smoothstep(0.25, 0.8, fwidth(paver.y)));
    float band = dashes(vAt.x / 6.8, 0.12);
    albedo = mix(vec3(0.335, 0.318, 0.292), vec3(0.205, 0.200, 0.196), band) * (0.82 + 0.2 * tone + 0.1 * texture2D(uNoise, p / 9.0).a);
    lamp += vec3(1.0, 0.74, 0.44) * 0.55;
  } else if (kind < 4.5) {
    albedo = courtAt(vAt, p);
    lamp += vec3(1.0, 0.80, 0.56) * 0.3;
  } else if (kind < 4.8) {
    albedo = concrete(vAt, p, 4.0) * 0.80 * (1.0 - 0.3 * smoothstep(0.45, 0.8, texture2D(uNoise, p / 9.0).g));
    albedo = mix(albedo, paintWhite, 0.75 * line((fract(vAt.x / vSize.x * 3.0 + 0.5) - 0.5) * vSize.x / 3.0, 0.07));
    lamp += vec3(1.0, 0.78, 0.52) * 0.5;
  } else if (kind < 5.5) {
    if (vKind.y > 0.5) {
      albedo = parkingLot(vAt, vSize, p);
      lamp += vec3(1.0, 0.76, 0.48) * 0.25;
    } else {
      albedo = asphalt(p, 9.0) * 1.12;
      albedo = mix(albedo, paintWhite, 0.75 * line((fract(vAt.x / 2.6) - 0.5) * 2.6, 0.06));
      albedo = mix(albedo, vec3(0.36), step(edge, 0.15));
      lamp += vec3(1.0, 0.76, 0.48) * 0.42;
    }
  } else if (kind < 7.5) {
    if (kind > 7.15 && length(vAt) > half_) discard;
    albedo = footpath(vAt, p, kind > 7.15 ? half_ - length(vAt) : half_ - abs(across));
  } else if (kind < 10.5) {
    albedo = roadAt(along, across, half_, kind, p);
  } else {
    albedo = junctionAt(vAt, vKind, p);
    lamp += vec3(1.0, 0.74, 0.44) * 0.3;
  }
  #ifdef CHART
  gl_FragColor = vec4(sqrt(albedo), grows);
  return;
  #endif
  if (vKind.y > 0.0 && (kind > 1.5 && kind < 2.5 || kind > 8.5 && kind < 10.5)) {
    float s = (fract((along - vKind.z) / vKind.y + 0.5) - 0.5) * vKind.y;
    float t = across - vKind.w * 0.55;
    // On a verge it is gone where the lawn begins, which no lamp is told to.
    float within_ = kind < 2.5 ? smoothstep(0.0, 2.6, half_ - abs(across)) : 1.0;
    lamp += vec3(1.0, 0.70, 0.38) * within_ * (exp(-(s * s + t * t) / 62.0) * 1.15 + exp(-(s * s + t * t) / 400.0) * 0.12);
  }
  vec3 up = vec3(0.0, 1.0, 0.0);
  // Roads are cleared, forecourts half; wheels show in what is left.
  float swept = kind > 2.5 && kind < 5.5 ? 0.42 : 1.0;
  if (uSnow > 0.0 && kind > 7.5) {
    // To the asphalt where wheels run, in patches between them, and at the kerb what the plough left: wheels throw lumps
    // aside, so that no edge runs straight; what a pixel cannot show is one even tone.
    float fine = 1.0 - smoothstep(0.12, 0.5, max(fwidth(p.x), fwidth(p.y)));
    vec4 lump = texture2D(uNoise, p / 3.1);
    float broken = (lump.r * 0.6 + texture2D(uNoise, p / 0.83).b * 0.4 - 0.5) * fine;
    float rut = abs(abs(abs(across) - 1.8) - 0.85) + 0.5 * broken;
    float wheels = kind < 10.5 ? 1.0 - smoothstep(0.34, mix(0.95, 0.46, fine), rut) : 0.6;
    float left = texture2D(uNoise, vec2(along / 37.0, across / 9.0)).g * 0.55 + lump.g * 0.45;
    float slush = (1.0 - wheels) * mix(0.30, 0.62 * smoothstep(0.44, 0.56, left), fine);
    float kerb = kind < 10.5 ? smoothstep(1.15, mix(0.35, 0.85, fine), half_ - abs(across) + 0.9 * broken) : 0.0;
    swept = max(0.04 + slush, kerb);
  }
  if (kind > 2.5 && kind < 3.5 && vKind.y > 0.0 && roundBox(vAt, vSize * 0.5, 6.0) > -5.3) swept = 0.25;
  if (kind > 1.5 && kind < 2.5 && abs(half_ - abs(across) - 2.45) < 0.85) swept = 0.35;
  albedo = mix(albedo, snowOn(albedo, up, vWorld), swept);
  vec3 facing = up;
  if (uSnow > 0.0) {
    float px = max(fwidth(p.x), fwidth(p.y));
    if (kind < 2.5) {
      facing = drifts(p, reach);
      albedo *= 1.0 - vec3(0.42, 0.38, 0.30) * trodden(p, px) * uSnow;
    }
    // Along a cleared road lies what the plough threw aside, along a path what was shovelled.
    if (kind > 1.5 && kind < 2.5 || kind > 8.5 && kind < 10.5) {
      float outer = abs(across) - half_ + (kind < 2.5 ? ${vergeM.toFixed(1)} : 0.0);
      float lumps = 0.6 + 0.8 * texture2D(uNoise, p / 11.0).b;
      float at = (outer - 0.5) * 1.15;
      float slope = at * exp(-at * at) * 1.5 * lumps;
      vec2 aside = (wide ? vec2(0.0, 1.0) : vec2(1.0, 0.0)) * sign(across);
      facing = normalize(facing + vec3(aside.x, 0.0, aside.y) * slope * (1.0 - smoothstep(0.6, 2.5, px)));
      albedo = mix(albedo, vec3(0.86, 0.885, 0.92), uSnow * exp(-at * at * 1.6) * min(1.0, lumps));
    }
  }
  if (uDust > 0.05) {
    float shelter = kind > 8.5 && kind < 10.5 ? smoothstep(2.4, 0.2, half_ - abs(across)) : kind < 2.5 ? 0.35 : 0.1;
    albedo = mix(albedo, sandTone, (kind > 2.5 ? 0.55 : 0.7) * sandOn(p, shelter));
  }
  float sun = shadowAt(vWorld);
  vec3 colour = litBy(albedo, facing, sun);
  colour *= shade;
  // Warm lamps take the green out of grass: under them it is a dull olive.
  vec3 underLamp = kind < 2.5 ? mix(vec3(dot(albedo, vec3(0.42, 0.42, 0.16))), albedo, 0.45) : albedo;
  colour += underLamp * lamp * uNight * 2.0;
  if (water > 0.0) {
    vec3 toEye = normalize(cameraPosition - vWorld);
    vec2 ripple = (texture2D(uNoise, p / 5.0).ra - 0.5) * 0.05;
    float mirror = 0.03 + 0.97 * pow(1.0 - max(toEye.y, 0.0), 4.0);
    colour = mix(colour, mirrored(reflect(-toEye, normalize(vec3(ripple.x, 1.0, ripple.y)))) * 0.8, water * mirror);
  }
  // Wet stone mirrors the sky.
  if (uWet > 0.0 && kind > 2.5) {
    vec3 toEye = normalize(cameraPosition - vWorld);
    float mirror = 0.02 + 0.98 * pow(1.0 - max(toEye.y, 0.0), 5.0);
    float puddle = smoothstep(0.35, 0.7, texture2D(uNoise, p / 29.0).r);
    colour = mix(colour, mirrored(reflect(-toEye, up)), uWet * mirror * (0.3 + 0.6 * puddle));
  }
  colour = mix(colour, uHorizon * 0.92, (kind > 2.5 ? 0.26 : 0.36) * blown(vWorld));
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
#endif
`;
