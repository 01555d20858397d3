import { unitM } from "#twins/model/slots.ts";
import { devices } from "./devices.glsl.ts";
import { digits } from "./digits.glsl.ts";

/**
 * Faces of a rack. Its colour is on surfaces of their own and nowhere else: a bar across the head of front and rear, a strip
 * up each side, a tick at each device, a plate in the middle, the cap on top. They stay as the legend has them and are
 * never thinner than two pixels, so that from afar the whole face is data; by X-ray it always is. The rest is metal.
 */
export const rackFace = /* glsl */ `
uniform highp sampler2D uSlots;

const vec3 steel = vec3(0.085, 0.095, 0.11);
const float unitM = ${unitM};
${digits}
${devices}

/** Strokes of a unit's number, at p metres from the middle of its place. */
float unitNumber(vec2 p, int number, float px) {
  const float scale = 0.0027;
  int tens = number / 10;
  float one = digit((p - vec2(tens > 0 ? 0.0046 : 0.0, 0.0)) / scale, number % 10);
  float away = tens > 0 ? min(one, digit((p + vec2(0.0046, 0.0)) / scale, tens)) : one;
  return 1.0 - smoothstep(0.0007, 0.0007 + px, away * scale);
}

/** 1 where a face bears its rack's colour. */
float dataBand(vec2 p, vec2 face, vec2 px) {
  float side = max(0.020, 2.0 * px.x);
  float head = max(0.064, 2.6 * px.y);
  float top = face.y * 0.5 - p.y;
  float bar = step(max(0.008 - px.y, 0.0), top) * step(top, head);
  return max(bar, step(face.x * 0.5 - abs(p.x), side));
}

/** Notches part the strips of a simulated value, as they part a room's line; the bar's middle stays whole. */
float notches(vec2 p, vec2 face, float px) {
  float notch = 1.0 - smoothstep(0.004, 0.004 + px, abs(fract(p.y / 0.2667) - 0.5) * 0.2667);
  return notch * step(face.x * 0.5 - 0.021 - 2.0 * px, abs(p.x)) * (1.0 - smoothstep(0.012, 0.03, px));
}

/** Light of the aisle's lamps on an upright face: strong at the head, lost at the foot and with distance. */
vec3 aisleLight(float up, float away) {
  float lamps = (0.66 + 0.70 * up * up + 0.20 * up) * mix(1.0, 0.72, smoothstep(3.0, 16.0, away));
  return vec3(0.985, 1.0, 1.02) * (lamps * vLit);
}

/** A cold aisle's fronts have light from its floor too. */
vec3 frontLight(float up, float away) {
  return aisleLight(up, away) + vec3(0.30, 0.36, 0.40) * (exp(-up * 5.5) * vLit);
}

#ifndef FRUGAL
/**
 * The line of lamps over the aisle as smooth sheet metal mirrors it: a soft band along the row, where a ray from the eye to
 * the lamps' mirror image meets the face; stronger the flatter the eye looks along it. p from the face's middle.
 */
float lampSheen(vec2 p, float tall, float tilt) {
  const vec2 lamp = vec2(0.85, 1.5);
  float before = max(vEye.z, 0.05);
  float at = mix(vEye.y, tall * 0.5 + lamp.x, before / (before + lamp.y)) + tilt;
  float band = exp(-(p.y - at) * (p.y - at) * 5.0) + 0.45 * exp(-abs(p.y - at) * 1.2);
  float flat_ = 1.0 - before / length(vec3(vEye.x - p.x, vEye.y - p.y, before));
  return band * (0.16 + 0.84 * flat_ * flat_) * vLit;
}
#endif

#ifndef FRUGAL
/** Light that strips and head bar cast on what stands beside them: colour is felt across a front, its exact tone stays on the strips. */
float spill(vec2 p, vec2 face) {
  float beside = max(face.x * 0.5 - 0.020 - abs(p.x), 0.0);
  float below = max(face.y * 0.5 - 0.064 - p.y, 0.0);
  return 0.34 * exp(-beside / 0.030) + 0.10 * exp(-beside / 0.12) + 0.30 * exp(-below / 0.055);
}
#endif

/** White points beside devices say that they are drawn as running, never how; only where the rack's value is usable. */
float lampAt(vec2 p, vec2 at, float px) {
  return 1.0 - smoothstep(0.0022, 0.0022 + px, length(p - at));
}

/** The post beside the devices: unit numbers on the left, square holes on the right. */
vec3 rackPost(vec2 p, float at, float base, float tall, bool inside, float px) {
  vec3 post = steel * (1.15 + 0.5 * lineAt(abs(p.x) - 0.248, 0.006, 0.006));
  if (!inside) return post;
  float fine = 1.0 - smoothstep(0.13, 0.30, px / unitM);
  if (p.x < 0.0) {
    float number = unitNumber(p - vec2(-0.2525, (floor(at) + 0.5) * unitM + base - tall * 0.5), int(floor(at)) + 1, px);
    return mix(post, vec3(0.60, 0.64, 0.68), number * (1.0 - smoothstep(0.07, 0.11, px / unitM)));
  }
  vec2 hole = vec2(abs(p.x) - 0.2525, (fract(at * 3.0) - 0.5) * unitM / 3.0);
  return mix(post, steel * 0.25, fine * step(max(abs(hole.x), abs(hole.y)), 0.0045));
}

/** A device at p, y metres above its foot, which lies foot from the middle of a face so tall; slot as in slotTexture.ts. */
vec3 rackDevice(vec4 slot, vec3 colour, vec2 p, float y, float usable, float px, float foot, float tall) {
  float fine = 1.0 - smoothstep(0.13, 0.30, px / unitM);
  float ax = abs(p.x);
  float high = max(1.0, floor(slot.g * 255.0 + 0.5));
  int kind = int(slot.b * 255.0 + 0.5);
  float deep = high * unitM;
  float seed = slot.a * 255.0;
  float edge = min(y, deep - y);
  vec3 metal = deviceMetal(kind, high, seed);
  float shade = 1.0;
  if (kind != 0) {
    // From afar a field of fans or bays is as dark as its holes make it.
    shade = mix(high > 5.5 ? 0.36 : 0.46, deviceFront(kind, high, vec2(p.x, y - deep * 0.5), deep, seed, px), fine);
    // The bezel catches the light above and loses it below.
    shade += fine * (0.55 * lineAt(deep - y - 0.003, 0.0013, px) - 0.25 * lineAt(y - 0.003, 0.002, px));
  } else shade -= 0.3 * fine * lineAt(ax - 0.2, 0.004, px);
  vec3 shown = metal * max(0.06, shade);
  #ifndef FRUGAL
  // Bezels stand a little differently each: the band breaks from device to device.
  float sheen = lampSheen(vec2(p.x, foot + y), tall, (fract(seed * 0.618) - 0.5) * 0.34);
  shown += vec3(0.155, 0.165, 0.175) * (sheen * (kind == 0 ? 0.5 : smoothstep(0.25, 0.8, shade)));
  #endif
  if (kind == 0) return mix(shown, steel * 0.3, 0.9 * lineAt(edge, 0.0012, px));
  if (ax > 0.224) shown = mix(shown, steel * 1.7, fine);
  float handle = high < 5.0 ? lineAt(ax - 0.2305, 0.0032, px) * step(abs(y - deep * 0.5), deep * 0.28) : 0.0;
  shown = mix(shown, vec3(0.33, 0.345, 0.36), fine * handle * step(p.x, 0.0));
  if (kind < 3) {
    vec2 at = vec2(p.x, y);
    float lamp = lampAt(at, vec2(0.2145, deep - 0.011), px) + lampAt(at, vec2(0.2145, deep - 0.020), px) * step(0.3, fract(slot.a * 91.0));
    shown = mix(shown, vec3(0.93, 0.96, 1.0), usable * fine * min(1.0, lamp));
    #ifndef FRUGAL
    // They glow a little, calmly and all alike.
    float halo = exp(-dot(at - vec2(0.2145, deep - 0.0155), at - vec2(0.2145, deep - 0.0155)) * 4200.0);
    shown += vec3(0.22, 0.27, 0.33) * (halo * usable * fine);
    // One at the foot of most drives, fainter.
    float drive = floor(p.x / 0.0359 + 0.5);
    float one = lampAt(at, vec2(drive * 0.0359, min(0.0065, deep * 0.2)), px * 0.8) * step(abs(p.x), 0.195);
    float on = step(0.35, fract(seed * 0.173 + drive * 0.377)) * step(0.5, float(kind == 1));
    shown = mix(shown, vec3(0.66, 0.76, 0.86), one * on * usable * fine * 0.75);
    #endif
  }
  shown = mix(shown, steel * 0.3, 0.9 * lineAt(edge, 0.0012, px));
  // A tick in the rack's colour at every device.
  return mix(shown, colour, step(abs(p.x - 0.231), 0.0055) * step(0.005, edge) * (1.0 - smoothstep(0.006, 0.012, px)));
}

/** From afar a device is its metal, as dark as its holes make it, with the joint to the one above: what is left of the same front. */
vec3 rackFar(vec4 slot, vec2 p, float y, bool inside, float px) {
  if (!inside || abs(p.x) > 0.241) return steel * 1.3;
  float high = max(1.0, floor(slot.g * 255.0 + 0.5));
  int kind = int(slot.b * 255.0 + 0.5);
  vec3 metal = deviceMetal(kind, high, slot.a * 255.0) * (kind == 0 ? 1.0 : high > 5.5 ? 0.36 : 0.46);
  float joint = lineAt(min(y, high * unitM - y), 0.003, px) * (1.0 - smoothstep(0.02, 0.05, px));
  return mix(metal, steel * 0.4, 0.7 * joint);
}

/** Front of a rack. p: metres from the face's middle; fill: row of uSlots. */
vec3 rackFront(vec3 colour, vec2 p, vec2 face, float fill, float usable, float away) {
  vec2 pxs = fwidth(p);
  if (dataBand(p, face, pxs) > 0.5) return colour;
  float tall = face.y;
  // Aslant a face is blurred along one axis only.
  float px = mix(pxs.x, pxs.y, 0.5);
  float middle = floor((tall * 0.5 - 0.03) / unitM + 0.5);
  float base = tall * 0.5 - (middle - 0.5) * unitM;
  float at = (p.y + tall * 0.5 - base) / unitM;
  int unit = int(floor(at));
  // How far its look from afar has taken over.
  float afar = px < 0.03 ? smoothstep(11.0, 17.0, away) : 1.0;
  vec4 slot = vec4(0.0, 1.0 / 255.0, 0.0, 1.0);
  if (unit >= 0 && unit < 64) slot = texelFetch(uSlots, ivec2(unit, int(fill)), 0);
  bool inside = at >= 0.0 && slot.a < 0.9 && at * unitM + base < tall - 0.07;
  vec3 light = frontLight(p.y / tall + 0.5, away);
  vec3 shown = steel;
  vec3 thrown = vec3(0.0);
  #ifndef FRUGAL
  thrown = colour * (usable * spill(p, face));
  #endif
  float y = (at - float(unit) + floor(slot.r * 255.0 + 0.5)) * unitM;
  // Further off than a device's holes can be told, its details are not worth their price.
  if (afar < 1.0) {
    if (!inside || abs(p.x) > 0.241) shown = rackPost(p, at, base, tall, inside, px) * light + thrown;
    else {
      vec3 drawn = rackDevice(slot, colour, p, y, usable, px, p.y - y, tall);
      bool isTick = abs(p.x - 0.231) < 0.0055 && all(lessThan(abs(drawn - colour), vec3(0.004)));
      shown = isTick ? drawn : drawn * light + thrown;
    }
  }
  if (afar <= 0.0) return shown;
  return mix(shown, rackFar(slot, p, y, inside, px) * light + thrown, afar);
}

/** Rear of a rack: split door with vents, a power strip on each side, and where liquid cools, two manifolds. */
vec3 rackRear(vec3 colour, vec2 p, vec2 face, float liquid, float away) {
  vec2 pxs = fwidth(p);
  if (dataBand(p, face, pxs) > 0.5) return colour;
  float tall = face.y;
  float px = max(pxs.x, pxs.y);
  float fine = 1.0 - smoothstep(0.13, 0.30, px / unitM);
  float ax = abs(p.x);
  vec3 shown = steel * (1.55 - 1.15 * grille(p, 0.012, px));
  shown = mix(shown, steel * 0.5, lineAt((fract((p.y + tall * 0.5) / (2.0 * unitM)) - 0.5) * 2.0 * unitM, 0.0016, px) * 0.6 * fine);
  float strip = smoothstep(0.018 + px, 0.018, abs(ax - 0.222));
  float outlet = step(abs(fract(p.y / 0.05) - 0.5), 0.26) * step(abs(ax - 0.222), 0.011);
  shown = mix(shown, vec3(0.20, 0.21, 0.225) * (1.0 - 0.8 * outlet * fine), strip);
  float tube = abs(ax - 0.165);
  float round_ = sqrt(max(0.0, 1.0 - tube * tube / 0.000324));
  shown = mix(shown, vec3(0.40, 0.43, 0.46) * (p.x < 0.0 ? 0.78 : 1.0) * (0.35 + 0.65 * round_), liquid * step(tube, 0.018));
  float hose = lineAt((fract((p.y + 0.02) / (4.0 * unitM)) - 0.5) * 4.0 * unitM, 0.006, px) * step(0.10, ax) * step(ax, 0.15);
  shown = mix(shown, steel * 2.2, liquid * hose);
  shown = mix(shown, steel * 1.5, step(0.243, ax) + step(tall * 0.5 - 0.05, -p.y) > 0.5 ? 1.0 : 0.0);
  shown = mix(shown, steel * 0.4, lineAt(p.x, 0.002, px));
  return shown * aisleLight(p.y / tall + 0.5, away);
}

/** Roof: the cap in the rack's colour, a frame, and behind the middle two cut-outs with brushes for cables. */
vec3 rackRoof(vec3 colour, vec2 p, vec2 size) {
  float px = fwidth(p.x) + fwidth(p.y);
  float detail = 1.0 - smoothstep(0.03, 0.09, px);
  vec2 edge = size * 0.5 - abs(p);
  float rim = min(edge.x, edge.y);
  vec3 shown = mix(colour, steel * 1.3, smoothstep(0.026 + px, 0.026, rim));
  for (int i = 0; i < 2; i++) {
    vec2 q = abs(p - vec2(0.0, i == 0 ? 0.30 : -0.36)) - vec2(0.16, 0.05);
    float outside = max(q.x, q.y);
    shown = mix(shown, steel * 0.7, smoothstep(px, 0.0, outside));
    shown = mix(shown, steel * 1.8, lineAt(outside, 0.004, px));
  }
  return mix(colour, shown, detail);
}

/** A plate in the middle of a face as the legend has it, never smaller than what a reading needs. */
vec3 keepCentre(vec3 colour, vec3 drawn, vec2 p) {
  vec2 px = fwidth(p);
  vec2 reach = max(vec2(0.018, 0.009), 1.6 * px);
  vec2 q = abs(p) - reach;
  float outside = max(q.x, q.y);
  return outside < 0.0 ? colour : outside < 0.005 && px.x < 0.02 ? steel * 0.45 : drawn;
}

/** A face where all is data, parted from its neighbours: by X-ray. */
vec3 rackLit(vec3 colour, vec2 p, vec2 face) {
  vec2 edge = face * 0.5 - abs(p);
  vec2 px = fwidth(p);
  // The joint to a neighbour is dark, the head has a bright line: rows and racks part even where all are one colour.
  float joint = lineAt(edge.x, max(0.012, 0.55 * px.x), 0.6 * px.x) * (1.0 - smoothstep(0.09, 0.20, px.x));
  float head = lineAt(face.y * 0.5 - p.y, max(0.015, 0.8 * px.y), 0.5 * px.y) * (1.0 - smoothstep(0.25, 0.5, px.y));
  return mix(colour * (1.0 - 0.62 * joint), vec3(0.86, 0.93, 0.96), 0.55 * head);
}

/** The same of a roof: a rim all round. */
vec3 roofLit(vec3 colour, vec2 p, vec2 size) {
  vec2 edge = size * 0.5 - abs(p);
  float px = max(fwidth(p.x), fwidth(p.y));
  float rim = lineAt(min(edge.x, edge.y), max(0.014, 0.5 * px), 0.6 * px) * (1.0 - smoothstep(0.12, 0.30, px));
  return colour * (1.0 - 0.66 * rim);
}
`;
