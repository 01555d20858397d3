import type { Rgb } from "#renderer/data/colormap.ts";
import { doubtLooks } from "#renderer/data/doubtLooks.ts";

const { stale, bad, never } = doubtLooks;

/** A colour as a GLSL literal. */
const vec3 = (rgb: Rgb): string => `vec3(${rgb.map((c) => (c / 255).toFixed(2)).join(", ")})`;

/** Colours of doubt (data/doubtLooks.ts): for data surfaces, and for the swatches that stand for them. */
export const doubtColours = /* glsl */ `
const vec3 badGround = ${vec3(bad.ground)};
const vec3 badLine = ${vec3(bad.line)};
const float badShare = ${bad.share};
const vec3 neverGround = ${vec3(never.ground)};
const vec3 neverDot = ${vec3(never.dot)};
const float staleLine = ${stale.line};
const float staleShare = ${stale.share};
/** What is no longer current keeps little of its colour and half of its light. */
vec3 drained(vec3 colour) {
  float luma = dot(colour, vec3(0.299, 0.587, 0.114));
  return mix(vec3(luma), colour, ${stale.colour}) * ${stale.light};
}
`;

/**
 * Data surfaces: unlit, not tone-mapped, written to the canvas as they are, so a good pixel equals its legend entry.
 * Every pattern is anchored at the centre of its face and leaves the centre itself untouched.
 */

/** Vertex side: reads one cell of a state texture and packs what the fragment side needs. */
export const readDatum = /* glsl */ `
/** t in the heat map's range; look: 0 never seen, 1 bad, 2 stale, 3 usable; origin as in quality.ts. */
struct Datum { float t; float look; float origin; };

/** shape: texels per row, blocks per layer (StateTexture). heat: low, 1 / (high - low). */
Datum readDatum(highp sampler2DArray values, highp sampler2DArray statuses, vec2 shape, int row, int column, vec2 heat, float scale) {
  int block = row >> 10;
  int within = row & 1023;
  int texels = int(shape.x);
  int stacked = int(shape.y);
  ivec3 at = ivec3((within & 31) * texels + (column >> 2), (block % stacked) * 32 + (within >> 5), block / stacked);
  int channel = column & 3;
  int status = int(texelFetch(statuses, at, 0)[channel] * 255.0 + 0.5);
  float value = texelFetch(values, at, 0)[channel] * scale;
  int quality = status & 3;
  int freshness = (status >> 2) & 3;
  float look = quality == 0 || freshness == 0 ? 0.0 : quality == 1 ? 1.0 : freshness == 3 ? 2.0 : 3.0;
  return Datum(clamp((value - heat.x) * heat.y, 0.0, 1.0), look, float((status >> 4) & 7));
}
`;

/** Fragment side: colour and pattern of one face. */
export const dataSurface = /* glsl */ `
${doubtColours}
uniform highp sampler2D uPalette;
uniform int uPaletteRow;

vec3 heatColour(float t) {
  float at = t * 255.0;
  int entry = min(254, int(at));
  vec3 a = texelFetch(uPalette, ivec2(entry, uPaletteRow), 0).rgb;
  vec3 b = texelFetch(uPalette, ivec2(entry + 1, uPaletteRow), 0).rgb;
  return mix(a, b, at - float(entry));
}

/** 1 on the lines of a diagonal hatch, 0 between them and at the centre; fades to 'far' below three pixels. */
float hatch(vec2 p, float period, float width, float far) {
  float s = (p.x + p.y) / period;
  float px = fwidth(s);
  float d = abs(abs(fract(s) - 0.5) - 0.5);
  float line = smoothstep(0.5 - width - px, 0.5 - width + px, d);
  return mix(line, far, smoothstep(0.2, 0.4, px));
}

/** Light, with dark lines aslant half a period from the centre. p: metres from the centre. */
vec3 badLook(vec2 p, float period) {
  return mix(badGround, badLine, hatch(p, period, badShare * 0.5, badShare));
}

/** Drained, with level lines half a period from the centre. */
vec3 staleLook(vec3 colour, vec2 p, float period) {
  float line = hatch(vec2(0.0, p.y), period, staleShare * 0.5, staleShare);
  return drained(colour) * mix(1.0, staleLine, line);
}

/** uv: 0…1 over the face; size: metres. inherited: the value belongs to the room, not to what is drawn. */
vec3 dataSurface(float t, float look, float origin, float inherited, vec2 uv, vec2 size) {
  vec2 p = (uv - 0.5) * size;
  float unit = min(size.x, size.y) / 5.0;
  vec3 colour = heatColour(t);
  if (look < 0.5) {
    vec2 cell = abs(fract(p / unit) - 0.5);
    float dots = 1.0 - smoothstep(0.10, 0.16, length(cell));
    float px = fwidth(p.x / unit) + fwidth(p.y / unit);
    return mix(neverGround, neverDot, dots * (1.0 - smoothstep(0.3, 0.6, px)));
  }
  if (look < 1.5) return badLook(p, unit * 1.8);
  if (inherited > 0.5) colour *= 1.0 - 0.55 * hatch(p, unit * 2.2, 0.17, 0.0);
  if (origin > 3.5) {
    vec2 rim = size * 0.5 - abs(p);
    float band = 1.0 - step(unit * 0.55, min(rim.x, rim.y));
    colour *= 1.0 - 0.4 * band * hatch(p + unit * 0.25, unit * 0.5, 0.22, 0.0);
  }
  return look < 2.5 ? staleLook(colour, p, unit * 1.2) : colour;
}
`;
