import { storeFragment, storeVertex } from "./ribbonStore.glsl.ts";

/** Kinds of instances in the ribbons' one draw: iLook.y. */
export const ribbonKinds = {
  source: 0,
  use: 1,
  bus: 2,
  post: 3,
  foot: 4,
  spill: 5,
  ring: 6,
  spoke: 7,
  store: 8,
} as const;

/** How far the dark edge of a ribbon reaches, which keeps it apart from what is as bright, m. */
const casing = /* glsl */ `
const float casingM = 13.0;
const vec3 casingTone = vec3(0.030, 0.042, 0.058);
`;

/**
 * A strip along a curve that always turns its width to the eye, so that widths can be compared from anywhere. A foot is
 * the ground of what a ribbon touches; a spill is its light on the ground below it; a ring is where it touches, as wide as itself; a spoke
 * leads from there to another hall that its power is the sum of.
 */
export const ribbonVertex = /* glsl */ `
attribute vec3 iA;
attribute vec3 iB;
attribute vec3 iC;
attribute vec3 iD;
attribute vec3 iColor;
/** Width (m), kind, 1 with a value, rough length (m); of a foot half its size east and, last, south. */
attribute vec4 iLook;
uniform vec2 uPicture;
uniform vec3 uAxis;
varying vec2 vAt;
varying float vAlong;
varying float vShade;
flat varying vec3 vColor;
flat varying vec4 vLook;
const float margin = 70.0;
${casing}
${storeVertex}
void main() {
  float t = position.x;
  float s = 1.0 - t;
  vColor = iColor;
  vLook = iLook;
  vShade = 1.0;
  if (iLook.y > 7.5) {
    gl_Position = storeCorner(t);
    return;
  }
  if (iLook.y > 3.5 && iLook.y < 4.5) {
    vAt = vec2((t * 2.0 - 1.0) * (iLook.x + margin), position.y * (iLook.w + margin));
    vAlong = 0.0;
    gl_Position = projectionMatrix * viewMatrix * vec4(iA.x + vAt.x, 2.5, iA.z + vAt.y, 1.0);
    return;
  }
  if (iLook.y > 5.5 && iLook.y < 6.5) {
    vAt = vec2(t * 2.0 - 1.0, position.y) * (iLook.x + casingM);
    vAlong = 0.0;
    gl_Position = projectionMatrix * viewMatrix * vec4(iA.x + vAt.x, iA.y, iA.z + vAt.y, 1.0);
    return;
  }
  vec3 p = iA * s * s * s + iB * 3.0 * s * s * t + iC * 3.0 * s * t * t + iD * t * t * t;
  vec3 ahead = normalize((iB - iA) * s * s + (iC - iB) * 2.0 * s * t + (iD - iC) * t * t + 1e-4);
  vAt = vec2(t, position.y);
  vAlong = t * iLook.w;
  if (iLook.y > 4.5 && iLook.y < 5.5) {
    vec2 way = normalize(ahead.xz + 1e-4);
    p += vec3(-way.y, 0.0, way.x) * position.y * iLook.x * 0.62;
    vAlong = p.y;
    p.y = 3.5;
    gl_Position = projectionMatrix * viewMatrix * vec4(p, 1.0);
    return;
  }
  if (iLook.y > 1.5) {
    vec4 clip = projectionMatrix * viewMatrix * vec4(p, 1.0);
    vec4 next = projectionMatrix * viewMatrix * vec4(p + ahead, 1.0);
    vec2 way = normalize((next.xy / next.w - clip.xy / clip.w) * uPicture + 1e-6);
    float px = iLook.y > 6.5 ? 3.6 : iLook.y > 2.5 ? 5.0 : 15.0;
    clip.xy += vec2(-way.y, way.x) * position.y * px / uPicture * 2.0 * clip.w;
    gl_Position = clip;
    return;
  }
  vec3 across = normalize(cross(ahead, normalize(cameraPosition - p)) + vec3(0.0, 0.0, 1e-4));
  // Where it meets the busbar it lies along it, whatever the view.
  vec3 bar = uAxis * (dot(across, uAxis) < 0.0 ? -1.0 : 1.0);
  across = normalize(mix(across, bar, smoothstep(0.80, 1.0, iLook.y > 0.5 ? s : t)));
  // Where it touches it turns down flat upon its ring.
  vec3 level = normalize(vec3(-ahead.z, 0.0, ahead.x) + vec3(0.0, 0.0, 1e-4));
  level *= dot(level, across) < 0.0 ? -1.0 : 1.0;
  // The wider, the longer it takes to turn: within a short way a wide one would fold.
  float turn = clamp(1.5 * iLook.x / max(iLook.w, 1.0), 0.10, 0.45);
  across = normalize(mix(across, level, smoothstep(1.0 - turn, 0.99, iLook.y > 0.5 ? t : s)));
  #ifndef FRUGAL
  vAt.y *= 1.0 + 2.0 * casingM / iLook.x;
  #endif
  p += across * vAt.y * iLook.x * 0.5;
  // A little light from above, so that a bend reads as one.
  vShade = 0.86 + 0.20 * sqrt(max(0.0, 1.0 - ahead.y * ahead.y)) - 0.10 * max(0.0, -ahead.y);
  gl_Position = projectionMatrix * viewMatrix * vec4(p, 1.0);
}
`;

/**
 * Unlit, as all data. A source has its own colour; a use is banded by the sources' shares, between dashed lines, for that is
 * allocated and not measured. What has no number is hatched and still.
 */
export const ribbonFragment = /* glsl */ `
uniform float uTime;
uniform vec4 uShare[6];
uniform float uShares;
varying vec2 vAt;
varying float vAlong;
varying float vShade;
flat varying vec3 vColor;
flat varying vec4 vLook;

${casing}
${storeFragment}
/** The ground of a subject: a thin outline, a breath of colour inside, a glow around. */
vec4 foot() {
  vec2 q = abs(vAt) - vec2(vLook.x, vLook.w) + 12.0;
  float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - 12.0;
  float px = max(fwidth(d), 0.05);
  float rim = 1.0 - smoothstep(px * 0.5, px * 1.7, abs(d));
  float inside = 1.0 - smoothstep(-px, px, d);
  float glow = exp(-max(d, 0.0) / 16.0) * smoothstep(70.0, 40.0, d) * (1.0 - inside);
  float well = exp(min(d, 0.0) / 40.0) * inside;
  return vec4(mix(vColor, vec3(1.0), 0.25 * rim), max(0.85 * rim, 0.10 * inside + 0.16 * well + 0.34 * glow));
}

/** Where a ribbon touches: a disc as wide as itself between two rims, dark around; a dot in the middle where it is thin. */
vec4 ring() {
  float away = length(vAt);
  float px = max(fwidth(away), 0.05);
  float radius = vLook.x;
  float disc = 1.0 - smoothstep(-px, px, away - radius);
  float rim = 1.0 - smoothstep(px * 0.9, px * 2.0, abs(away - radius + px));
  float inner = (1.0 - smoothstep(px * 0.5, px * 1.5, abs(away - radius * 0.72))) * 0.7;
  float dot_ = 1.0 - smoothstep(0.30, 0.30 + px / radius, away / radius);
  float dark = (1.0 - smoothstep(0.0, casingM, away - radius)) * 0.5;
  float bright = max(max(rim, inner), dot_);
  vec3 colour = mix(casingTone, vColor, disc * mix(0.62, 1.0, bright));
  return vec4(mix(colour, vec3(1.0), 0.35 * max(rim, dot_)), max(max(dark, 0.62 * disc), 0.95 * bright));
}

void main() {
  float kind = vLook.y;
  if (kind > 7.5) {
    gl_FragColor = store();
    return;
  }
  if (kind > 6.5) {
    float off = abs(vAt.y);
    float core = 1.0 - smoothstep(0.30, 0.55, off);
    gl_FragColor = vec4(mix(casingTone, mix(vColor, vec3(1.0), 0.15), core), (1.0 - smoothstep(0.7, 1.0, off)) * mix(0.5, 0.95, core));
    return;
  }
  if (kind > 5.5) {
    gl_FragColor = ring();
    return;
  }
  if (kind > 4.5) {
    // Its shadow where it runs high, its light where it comes down: how far above the ground it is can be seen.
    float soft = 1.0 - vAt.y * vAt.y;
    float low = 1.0 - smoothstep(6.0, 110.0, vAlong);
    float ends = smoothstep(0.0, 0.05, vAt.x) * smoothstep(1.0, 0.95, vAt.x);
    gl_FragColor = vec4(mix(vec3(0.012, 0.018, 0.030), vColor, 0.75 * low), mix(0.46, 0.20, low) * soft * soft * ends);
    return;
  }
  if (kind > 3.5) {
    gl_FragColor = foot();
    return;
  }
  if (kind > 1.5) {
    float off = abs(vAt.y);
    bool isPost = kind > 2.5;
    float core = 1.0 - smoothstep(isPost ? 0.12 : 0.22, isPost ? 0.34 : 0.32, off);
    float glow = exp(-off * off * 5.0) * smoothstep(1.0, 0.7, off);
    float down = isPost ? 1.0 - 0.75 * vAt.x : 1.0;
    gl_FragColor = vec4(mix(vec3(0.72, 0.82, 0.93), vec3(0.97, 0.985, 1.0), core), max(core * (isPost ? 0.7 : 1.0), glow * (isPost ? 0.16 : 0.42)) * down);
    return;
  }
  float width = vLook.x;
  float px = max(fwidth(vAt.y) * width * 0.5, 0.05);
  float off = abs(vAt.y);
  float across = (clamp(vAt.y, -1.0, 1.0) * 0.5 + 0.5) * width;
  float beyond = max(0.0, (off - 1.0) * width * 0.5);
  // Wide ones have a light rim within their dark edge; of thin ones it would take the colour.
  float wide = smoothstep(4.0, 10.0, width / px);
  float edge = (1.0 - smoothstep(px * 0.9, px * 2.1, abs((1.0 - off) * width * 0.5 - px * 0.7))) * mix(0.25, 1.0, wide);
  bool isUse = kind > 0.5;
  // Light gathers where it touches its subject, and passes into it.
  float touch = isUse ? 1.0 - vAt.x : vAt.x;
  float fade = smoothstep(0.0, 0.004, touch);
  float contact = exp(-touch * 16.0);
  if (vLook.z < 0.5) {
    float s = fract((vAlong + across) / 26.0);
    float line = step(s, 0.3);
    gl_FragColor = vec4(vec3(0.62, 0.66, 0.70), (beyond > 0.0 ? edge * 0.8 : max(line * 0.5, edge * 0.8)) * fade);
    return;
  }
  vec3 colour = vColor;
  float seam = 0.0;
  if (isUse) {
    float at = across / width;
    float low = 0.0;
    for (int i = 0; i < 6; i++) {
      if (float(i) >= uShares) break;
      float high = low + uShare[i].w;
      if (at >= low && at < high) colour = uShare[i].rgb;
      // Seams only where bands can be told apart.
      if (i > 0) seam = max(seam, (1.0 - smoothstep(px * 0.6, px * 1.5, abs(at - low) * width)) * smoothstep(5.0, 9.0, width / px));
      low = high;
    }
    // Dashes of about the same length on the picture, whatever the distance: a power of two times the nearest ones.
    float dash = 44.0 * exp2(max(0.0, ceil(log2(px * 15.0 / 44.0))));
    seam *= smoothstep(0.0, 0.03, 0.27 - abs(fract(vAlong / dash) - 0.5));
  }
  // A band of light: glass between two rails of the full colour, with a glow along its core. Chevrons run with the power, each a
  // head with a tail of light behind it: the way shows in a still picture too.
  float c = fract((vAlong - uTime * 74.0 + off * min(width * 0.36, 84.0)) / 270.0);
  float tail = smoothstep(0.04, 0.53, c) * (1.0 - smoothstep(0.53, 0.545, c));
  float thick = 0.010 + px * 0.8 / 270.0;
  float head = (1.0 - smoothstep(thick, thick + px * 1.2 / 270.0, abs(c - 0.53))) * smoothstep(3.5, 7.0, width / px) * (1.0 - smoothstep(0.50, 0.78, off)) * smoothstep(0.05, 0.13, 1.0 - touch) * smoothstep(0.02, 0.16, touch);
  float inM = (1.0 - off) * width * 0.5;
  float railM = max(px * 2.2, width * 0.055);
  float rail = 1.0 - smoothstep(railM, railM + max(px, width * 0.03), inM);
  float core = exp(-off * off * 9.0);
  // Thin ones are rail from side to side: of glass nothing would be left to see.
  float glass = smoothstep(5.0, 12.0, width / px) * (1.0 - rail);
  float light = glass * (0.16 * core + 0.26 * tail * (1.0 - 0.6 * off)) + 0.72 * head + 0.30 * contact;
  colour = mix(colour * mix(1.0, vShade, glass), vec3(1.0), clamp(light, 0.0, 0.88));
  float body = mix(0.98, 0.60 + 0.20 * core + 0.18 * tail, glass);
  // Seams are dark and fine, as drawn with a pen.
  colour = mix(colour, casingTone, seam * 0.5);
  float alpha = max(max(body, head * 0.95), seam * 0.9);
  #ifndef FRUGAL
  if (beyond > px * 0.5) {
    // Dark close by, then a soft shade: a ribbon stands apart from what it passes over, however bright that is.
    float line = 1.0 - smoothstep(px * 1.4, px * 2.4, beyond);
    float far = min(1.0, beyond / casingM);
    alpha = max(0.62 * line, 0.26 * (1.0 - far) * (1.0 - far));
    colour = casingTone;
  }
  #endif
  gl_FragColor = vec4(colour, alpha * fade);
}
`;
