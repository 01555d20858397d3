import { doubtColours } from "#renderer/scene/shader/data.glsl.ts";

/** Sizes of a label, CSS pixels; labels.ts keeps the same room free. */
export const labelPx = { pad: 8, tall: 7, stem: 13, gap: 7, dot: 11, inset: 12, lead: 24 } as const;
/** Side of a swatch, in parts of the height of its line. */
const swatchShare = 0.6;

/** Length of a bar, in sides of a swatch. */
export const barShare = 3.5;

/** Side of the swatch beside a value whose line is this high, CSS pixels. */
export const swatchPx = (linePx: number): number => Math.floor(linePx * swatchShare);

const sizes = /* glsl */ `
const float pad = ${labelPx.pad}.0;
const float tall = ${labelPx.tall}.0;
const float stem = ${labelPx.stem}.0;
const float swatchShare = ${swatchShare};
const float barShare = ${barShare.toFixed(2)};
const float gap = ${labelPx.gap}.0;
const float dot_ = ${labelPx.dot}.0;
const float inset = ${labelPx.inset}.0;
const float lead = ${labelPx.lead}.0;
`;

/**
 * iCell, iValue: where name and value lie in the atlas. iSwatch: the legend's colour, and how it may be shown: −1 none,
 * else `Look`, 10 more for a simulated value, 100 more for each step of a bar. iShown: 0 out, 1 written, 2 a dot. iRise: how much longer its line is than usual, CSS
 * pixels. iForm: lift, 1 for a line to its place, side that its body stands on (±2: beside it, at the end of a level line).
 */
export const labelVertex = /* glsl */ `
attribute vec3 iAt;
attribute vec4 iCell;
attribute vec4 iValue;
attribute vec4 iSwatch;
attribute float iShown;
attribute float iRise;
attribute vec3 iForm;
uniform vec2 uPicture;
uniform float uScale;
uniform float uFade;
varying vec2 vAt;
flat varying vec3 vSize;
flat varying vec2 vStarts;
flat varying vec4 vCell;
flat varying vec4 vValue;
flat varying vec4 vSwatch;
flat varying vec4 vLook;
${sizes}
void main() {
  bool isDot = iShown > 1.5;
  float name = iCell.z / uScale;
  float swatch = floor(iCell.w / uScale * swatchShare);
  float mark = iSwatch.w < 0.0 ? 0.0 : floor(swatch * (iSwatch.w > 99.5 ? barShare : 1.0)) + gap - 1.0;
  float value = iValue.z > 0.0 ? gap + mark + iValue.z / uScale : 0.0;
  vec2 size = isDot ? vec2(dot_) : vec2(name + value + pad * 2.0, iCell.w / uScale + tall + stem + iRise);
  vAt = vec2(position.x * size.x, (1.0 - position.y) * size.y);
  vSize = vec3(size, stem + iRise);
  vStarts = vec2(pad + name + gap, pad + name + gap + mark);
  vCell = iCell;
  vValue = iValue;
  vSwatch = iSwatch;
  vec4 clip = projectionMatrix * viewMatrix * vec4(iAt, 1.0);
  vec2 anchor = floor((clip.xy / clip.w * 0.5 + 0.5) * uPicture) + 0.5;
  float left = floor(isDot ? size.x * 0.5 : size.x * (0.5 - 0.5 * iForm.z) + inset * iForm.z);
  vLook = vec4(uFade, isDot ? 1.0 : 0.0, iForm.y, left);
  vec2 corner = anchor + vec2(position.x * size.x - left, isDot ? position.y * size.y - left : position.y * size.y + iForm.x);
  if (!isDot && abs(iForm.z) > 1.5) {
    // The quad holds body and line; vAt is measured from the body's left upper corner.
    float body = size.y - stem - iRise;
    float lead_ = lead + iForm.x;
    float wide = size.x + lead_ + 3.0;
    bool isRight = iForm.z > 0.0;
    vAt = vec2(position.x * wide - (isRight ? lead_ + 3.0 : 0.0), (1.0 - position.y) * body);
    vSize = vec3(size.x, body, 0.0);
    vLook.w = isRight ? -lead_ : size.x + lead_;
    corner = anchor + vec2(position.x * wide - (isRight ? 3.0 : wide - 3.0), position.y * body - floor(body * 0.5));
  }
  gl_Position = iShown > 0.0 && clip.w > 0.0 ? vec4(corner / uPicture * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
`;

/** The swatch has the legend's bytes; a simulated value has its dashed rim, and doubt looks as on all data surfaces. */
export const labelFragment = /* glsl */ `
uniform sampler2D uText;
uniform vec2 uAtlas;
uniform float uScale;
varying vec2 vAt;
flat varying vec3 vSize;
flat varying vec2 vStarts;
flat varying vec4 vCell;
flat varying vec4 vValue;
flat varying vec4 vSwatch;
flat varying vec4 vLook;
${sizes}
const vec3 ground = vec3(0.055, 0.07, 0.09);
const vec3 ink = vec3(0.95, 0.97, 1.0);

${doubtColours}
float inkOf(vec4 cell, vec2 from) {
  vec2 p = (vAt - from) * uScale;
  float within = step(0.0, p.x) * step(p.x, cell.z) * step(0.5, p.y) * step(p.y, cell.w - 0.5);
  return within > 0.0 ? texture2D(uText, (cell.xy + p) / uAtlas).r : 0.0;
}

vec3 swatchOf(vec2 p, vec2 swatch) {
  float level = floor(vSwatch.w / 100.0);
  float mark = vSwatch.w - level * 100.0;
  float look = mod(mark, 10.0);
  vec3 colour = vSwatch.rgb;
  // A bar is filled as far as the value lies in its range; what is left is dark.
  float end = 1.0 + (swatch.x - 2.0) * (level - 1.0) / 198.0;
  if (level > 0.5 && look > 2.5 && p.x > end) colour = p.x < end + 1.0 ? ink : vec3(0.115, 0.135, 0.160);
  if (look < 0.5) {
    // As in the legend's key: dots on grey.
    float away = length((fract(p / vec2(5.0, 6.0)) - 0.5) * vec2(5.0, 6.0));
    colour = mix(neverGround, neverDot, 1.0 - smoothstep(0.8, 1.3, away));
  }
  else if (look < 1.5) colour = mix(badGround, badLine, step(1.0 - badShare, fract((p.x + p.y) / 5.0)));
  else if (look < 2.5) colour = drained(colour) * mix(1.0, staleLine, step(1.0 - staleShare, fract(p.y / 4.0)));
  vec2 edge = min(p, swatch - p);
  bool isRim = min(edge.x, edge.y) < 1.0;
  if (!isRim) return colour;
  bool isTick = mark < 9.5 || fract((p.x + p.y) / 4.0) < 0.5;
  return isTick ? vec3(0.62, 0.67, 0.72) : ground;
}

/** An area has letters over a bracket that spans them, in a soft shade instead of a box. */
vec4 area(vec2 half_) {
  float text = min(1.0, 1.3 * inkOf(vCell, vec2(pad, 1.5)));
  vec2 p = abs(vAt - half_);
  vec2 far = max(p - half_ + vec2(10.0, 4.0), 0.0) / vec2(10.0, 4.0);
  float shade = 1.0 - smoothstep(0.0, 1.0, length(far));
  float wide = half_.x - pad * 0.5;
  float rule = step(p.x, wide) * step(abs(vAt.y - half_.y * 2.0 + 3.0), 0.75);
  float ends = step(abs(p.x - wide), 0.75) * step(half_.y * 2.0 - 7.0, vAt.y) * step(vAt.y, half_.y * 2.0 - 2.0);
  float ink_ = max(text, max(rule, ends) * 0.9);
  return vec4(mix(ground, ink, ink_), max(shade * 0.7, ink_) * vLook.x);
}

void main() {
  if (vLook.y > 0.5) {
    float away = length(vAt - vSize.xy * 0.5);
    float core = 1.0 - smoothstep(2.2, 3.2, away);
    float body = 1.0 - smoothstep(3.8, 4.8, away);
    gl_FragColor = vec4(mix(ground, ink, core), body * 0.85 * vLook.x);
    return;
  }
  float body = vSize.y - vSize.z;
  if (vAt.x < -0.01 || vAt.x > vSize.x + 0.01) {
    float aside = abs(vAt.y - vSize.y * 0.5);
    float level = 1.0 - smoothstep(0.6, 1.4, aside);
    float end = 1.0 - smoothstep(2.0, 3.0, length(vec2(vAt.x - vLook.w, aside)));
    gl_FragColor = vec4(ink * 0.96, max(level * 0.85, end) * vLook.x);
    return;
  }
  if (vAt.y > body) {
    float away = abs(vAt.x - vLook.w);
    float line = 1.0 - smoothstep(0.6, 1.4, away);
    float foot = 1.0 - smoothstep(2.0, 3.0, length(vec2(away, vSize.y - 2.5 - vAt.y)));
    gl_FragColor = vec4(ink * 0.96, max(line * 0.85, foot) * vLook.x * vLook.z);
    return;
  }
  vec2 half_ = vec2(vSize.x, body) * 0.5;
  if (vLook.z < 0.5) {
    gl_FragColor = area(half_);
    return;
  }
  vec2 q = abs(vAt - half_) - half_ + 4.0;
  float pill = 1.0 - smoothstep(-0.5, 0.5, length(max(q, 0.0)) - 4.0);
  float top = tall * 0.5;
  bool hasValue = vValue.z > 0.0;
  float text = inkOf(vCell, vec2(pad, top)) * (hasValue ? 0.84 : 1.0);
  if (hasValue) {
    text = max(text, inkOf(vValue, vec2(vStarts.y, top)));
    float swatch = floor(vCell.w / uScale * swatchShare);
    vec2 p = vAt - vec2(vStarts.x, floor((body - swatch) * 0.5));
    vec2 sides = vec2(vSwatch.w > 99.5 ? floor(swatch * barShare) : swatch, swatch);
    if (vSwatch.w >= 0.0 && p.x >= 0.0 && p.y >= 0.0 && p.x <= sides.x && p.y <= sides.y) {
      gl_FragColor = vec4(swatchOf(p, sides), vLook.x);
      return;
    }
  }
  gl_FragColor = vec4(mix(ground, ink, text), pill * mix(0.92, 1.0, text) * vLook.x);
}
`;
