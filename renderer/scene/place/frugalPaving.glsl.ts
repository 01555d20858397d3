import { finish } from "#renderer/scene/shader/light.glsl.ts";

/**
 * Paving where the processor draws: the same outlines, a tone for each kind, and the paint on roads. Stands in for the
 * patterns of `pavingFragment`, all of which such a device works out for each pixel. Uses its `line` and `dashes`.
 */
export const frugalPaving = /* glsl */ `
const vec3 asphaltTone = vec3(0.100, 0.102, 0.107);
const vec3 concreteTone = vec3(0.305, 0.298, 0.282);
/** True outside a rectangle with round corners. */
bool isRounded(vec2 at, vec2 halves, float r) {
  vec2 d = max(abs(at) - halves + r, 0.0);
  return dot(d, d) > r * r;
}
void main() {
  float kind = vKind.x;
  vec2 rim = vSize * 0.5 - abs(vAt);
  float edge = min(rim.x, rim.y);
  bool wide = vSize.x > vSize.y;
  float along = wide ? vAt.x : vAt.y;
  float across = wide ? vAt.y : vAt.x;
  float half_ = min(vSize.x, vSize.y) * 0.5;
  bool isVerge = kind > 1.5 && kind < 2.5;
  bool isApron = kind > 2.5 && kind < 3.5;
  bool isRoad = kind > 7.5 && kind < 10.5;
  bool isJunction = kind > 10.5;
  float lit = 0.0;
  // Outlines first: what is not there is not worked out.
  if (isApron && vKind.y > 0.0 && isRounded(vAt, vSize * 0.5, 6.0)) discard;
  if ((isApron && vKind.y <= 0.0 && vKind.w > 0.5 || kind > 7.15 && kind < 7.5) && dot(vAt, vAt) > half_ * half_) discard;
  vec2 out_ = abs(vAt) - vec2(vKind.z, vKind.y);
  int arm = out_.x > 0.0 ? (vAt.x > 0.0 ? 1 : 2) : (vAt.y > 0.0 ? 4 : 8);
  float off = max(out_.x, out_.y);
  if (isJunction && (min(out_.x, out_.y) > 0.0 || off > 0.0 && (int(vKind.w + 0.5) & arm) == 0)) discard;
  if (kind > 1.15 && kind < 1.25 && isRounded(vAt, vSize * 0.5 - 1.0, 9.0)) discard;
  vec3 grassy = grassAt(vWorld.xz, 1e4);
  vec3 albedo = mix(grassy, uFresh * 1.05, kind < 0.5 || isVerge ? 0.5 : 0.0);
  if (kind > 0.8 && kind < 1.5) albedo = vec3(0.262, 0.243, 0.208);
  if (kind > 1.15 && kind < 1.25) albedo = vec3(0.05, 0.07, 0.075);
  if (isVerge) albedo = mix(albedo, concreteTone * 0.94, step(abs(half_ - abs(across) - 2.45), 0.85));
  if (isApron) albedo = concreteTone;
  if (kind > 3.5) albedo = kind < 4.25 ? vec3(0.30, 0.285, 0.265) : kind < 4.5 ? vec3(0.19, 0.17, 0.15) : kind < 4.8 ? concreteTone * 0.8 : asphaltTone * 1.1;
  if (kind > 5.5) albedo = kind < 6.5 ? mix(uLeaf * 1.1, uFresh, 0.35) * 0.92 : kind < 7.5 ? concreteTone : asphaltTone;
  float paint = 0.0;
  if (kind > 8.5 && isRoad) paint = line(edge - 0.42, 0.075);
  if (kind > 9.5 && isRoad) paint = max(paint, line(half_ > 8.0 ? abs(across) - half_ * 0.5 : across, 0.075) * dashes(along / 9.0, 0.42));
  if (isJunction) paint = step(0.9, off) * step(off, 4.1) * dashes((out_.x > 0.0 ? vAt.y : vAt.x) / 1.1, 0.46);
  if (kind > 4.8 && kind < 5.5) paint = line((fract(vAt.x / 2.6) - 0.5) * 2.6, 0.06);
  albedo = mix(albedo, paintWhite, paint * 0.75);
  if (isApron || isRoad || kind > 4.8 && kind < 6.5) albedo = mix(albedo, vec3(0.36), step(edge, 0.2));
  float shade = 1.0;
  if (isApron && vKind.y > 0.0) {
    vec2 d = max(abs(vec2(vAt.x, vAt.y + vKind.w)) - vKind.yz * 0.5, 0.0);
    float away = d.x + d.y;
    shade = 0.52 + 0.48 * smoothstep(-0.5, 9.0, away);
    lit = 0.55 / (1.0 + away * away * 0.06);
  }
  if (kind > 3.5 && kind < 5.5) lit = 0.4;
  if (vKind.y > 0.0 && (isVerge || kind > 8.5 && isRoad)) {
    float s = (fract((along - vKind.z) / vKind.y + 0.5) - 0.5) * vKind.y;
    float t = across - vKind.w * 0.55;
    lit = 1.25 / (1.0 + (s * s + t * t) / 45.0);
  }
  vec3 up = vec3(0.0, 1.0, 0.0);
  float swept = kind > 7.5 ? 0.22 : kind > 2.5 && kind < 5.5 ? 0.55 : 1.0;
  albedo = mix(albedo, snowOn(albedo, up, vWorld), swept);
  vec3 colour = litBy(albedo, up, shadowAt(vWorld)) * shade + albedo * vec3(1.0, 0.72, 0.41) * (lit * uNight * 1.5);
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
`;
