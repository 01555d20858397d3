/**
 * Exponentials, logarithms and angles that give the same bits on every machine and in every version of Node.
 *
 * ECMAScript leaves Math.sin, exp, log, pow, cbrt and the like, and `**`, to the engine ("implementation-approximated"),
 * and V8 has changed its own between Node 20 and 24. Only + − × ÷ and Math.sqrt are exact by IEEE 754; nothing else is
 * used here, and the plant uses nothing but this file (determinism.test.ts).
 *
 * Method: FreeBSD's msun, which is Sun's fdlibm 5.3 (© 1993 Sun Microsystems, "permission to use, copy, modify, and
 * distribute this software is freely granted, provided that this notice is preserved"): reduce the argument exactly
 * (W. J. Cody & W. Waite 1980), then a minimax polynomial. The polynomials and their constants are Sun's; the reduction
 * of angles in four parts of π/2 and the plain forms of pow, tan, asin and acos are our own.
 *
 * Measured against Math.* (maths.test.ts), relative: exp, log, sin, cos, atan, atan2 and cbrt within 2.4e-16, a unit in the
 * last place; tan, asin and acos within 5.5e-16; pow within 1.5e-15 while |y·ln x| ≤ 8, beyond that in proportion to it.
 */

/** One double, and its two halves as integers. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
double[0] = 1;
const high = halves[1] === 0 ? 0 : 1;

/** Exponent bits of a double start here in its high half, and this is what they hold for 1. */
const exponentBits = 20;
const exponentOfOne = 1023;

/** 2⁻¹⁰²²; below it a double has fewer bits, so such a number is first multiplied by 2⁵⁴. */
const smallestNormal = 2.2250738585072014e-308;

/** Least exponent of a normal double. */
const leastExponent = -1022;

/** 2ᵏ for every k from −1022 to 1023, exact: doubling and halving lose nothing. */
const powersOfTwo = new Float64Array(exponentOfOne - leastExponent + 1);
powersOfTwo[-leastExponent] = 1;
for (let i = 1 - leastExponent; i < powersOfTwo.length; i++) powersOfTwo[i] = powersOfTwo[i - 1]! * 2;
for (let i = -1 - leastExponent; i >= 0; i--) powersOfTwo[i] = powersOfTwo[i + 1]! / 2;

const powerOfTwo = (k: number): number => powersOfTwo[k - leastExponent]!;

/** ln 2 in two parts: the first has 33 bits, so that its product with an exponent is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** eˣ. Overflows to Infinity from 709.79 on; 0 below −745.14. */
export const exp = (x: number): number => {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const upper = x - k * ln2High;
  const lower = k * ln2Low;
  const r = upper - lower;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  const y = 1 - (lower - (r * c) / (2 - c) - upper);
  // In two steps, for the ends of the range: 2¹⁰²⁴ is no double, and 2⁻¹⁰²³ no normal one.
  const half = Math.floor(0.5 * k);
  return y * powerOfTwo(half) * powerOfTwo(k - half);
};

/** Natural logarithm. NaN below 0, −Infinity at 0. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < smallestNormal) return log(x * 18_014_398_509_481_984) - 54 * Math.LN2;
  // x = 2ᵏ (1 + f) with √½ < 1 + f < √2.
  double[0] = x;
  let k = (halves[high]! >>> exponentBits) - exponentOfOne;
  halves[high] = (halves[high]! & 0xfffff) | (exponentOfOne << exponentBits);
  let f = double[0]! - 1;
  if (f > 0.41421356237309515) {
    f = double[0]! * 0.5 - 1;
    k += 1;
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + odd + even) + k * ln2Low) - f);
};

export const square = (x: number): number => x * x;

export const cube = (x: number): number => x * x * x;

/** xʸ for x ≥ 0; NaN for negative x. Whole powers are better written as products of `square` and `cube`. */
export const pow = (x: number, y: number): number => {
  if (y === 0) return 1;
  return exp(y * log(x));
};

/** ∛x, of either sign. */
export const cbrt = (x: number): number => {
  if (x === 0 || !Number.isFinite(x)) return x;
  const size = Math.abs(x);
  if (size < smallestNormal) return cbrt(x * 18_014_398_509_481_984) / 262_144;
  // A third of the exponent with a bias of 715,094,163: within 5 % (W. Kahan).
  double[0] = size;
  halves[high] = Math.floor(halves[high]! / 3) + 715_094_163;
  halves[1 - high] = 0;
  const guess = double[0]!;
  const r = guess * guess * (guess / size);
  double[0] =
    guess *
    (1.87595182427177 +
      r *
        (-1.8849797954337717 +
          r * (1.6214297201053545 + r * (-0.758397934778766 + r * 0.14599619288661245))));
  // Cut to 21 bits, so that its square is exact; one step of Halley, whose error is cubic, gives the rest.
  halves[1 - high] = 0;
  const t = double[0]!;
  const rest = size / (t * t);
  const root = t + (t * (rest - t)) / (t + t + rest);
  return x < 0 ? -root : root;
};

/**
 * π/2 in parts of 24, 24, 24 and 53 bits (Cody & Waite): the product of each of the first three with a count up to 2²⁹
 * is exact, so angles up to ±8.4e8 lose nothing. Beyond that the error is that of rounding the angle itself.
 */
const quarterA = 1.570796251296997;
const quarterB = 7.549789415861596e-8;
const quarterC = 5.390302529957765e-15;
const quarterD = 3.2820035428735005e-22;
const quartersPerRadian = 0.6366197723675814;

/** Number of quarter turns nearest to an angle. */
const quartersIn = (x: number): number => Math.floor(x * quartersPerRadian + 0.5);

/** What an angle is beyond its quarter turns: between −π/4 and π/4. */
const beyond = (x: number, quarters: number): number =>
  x - quarters * quarterA - quarters * quarterB - quarters * quarterC - quarters * quarterD;

/** Sine between −π/4 and π/4. */
const sinNear = (r: number): number => {
  const z = r * r;
  const p =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return r + z * r * (-0.16666666666666632 + z * p);
};

/** Cosine between −π/4 and π/4. */
const cosNear = (r: number): number => {
  const z = r * r;
  const p =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (0.00002480158728947673 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + z * p);
};

/** Sine of an angle, radians. */
export const sin = (x: number): number => {
  const quarters = quartersIn(x);
  const r = beyond(x, quarters);
  const size = quarters & 1 ? cosNear(r) : sinNear(r);
  return quarters & 2 ? -size : size;
};

/** Cosine of an angle, radians. */
export const cos = (x: number): number => {
  const quarters = quartersIn(x);
  const r = beyond(x, quarters);
  const size = quarters & 1 ? sinNear(r) : cosNear(r);
  return (quarters + 1) & 2 ? -size : size;
};

/** Tangent of an angle, radians. */
export const tan = (x: number): number => {
  const quarters = quartersIn(x);
  const r = beyond(x, quarters);
  return quarters & 1 ? -cosNear(r) / sinNear(r) : sinNear(r) / cosNear(r);
};

/** Arctangent between −7/16 and 7/16, less its argument: atan x = x − x·remainder. */
const atanRemainder = (x: number): number => {
  const z = x * x;
  const w = z * z;
  const even =
    z *
    (0.3333333333333293 +
      w *
        (0.14285714272503466 +
          w *
            (0.09090887133436507 +
              w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
  const odd =
    w *
    (-0.19999999999876483 +
      w *
        (-0.11111110405462356 +
          w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return even + odd;
};

/** Arctangent of `known`, as two doubles, plus that of the small `t` that is left of it. */
const atanFrom = (high: number, low: number, t: number): number => high - (t * atanRemainder(t) - low - t);

const atanPositive = (x: number): number => {
  if (x < 0.4375) return x - x * atanRemainder(x);
  if (x < 0.6875) return atanFrom(0.4636476090008061, 2.2698777452961687e-17, (2 * x - 1) / (2 + x));
  if (x < 1.1875) return atanFrom(0.7853981633974483, 3.061616997868383e-17, (x - 1) / (x + 1));
  if (x < 2.4375) return atanFrom(0.982793723247329, 1.3903311031230998e-17, (x - 1.5) / (1 + 1.5 * x));
  return atanFrom(1.5707963267948966, 6.123233995736766e-17, -1 / x);
};

/** Arctangent, radians, −π/2…π/2. */
export const atan = (x: number): number => (x < 0 ? -atanPositive(-x) : atanPositive(x));

/** Angle of the point (x, y), radians, −π…π; 0 for the origin. */
export const atan2 = (y: number, x: number): number => {
  if (x > 0) return atan(y / x);
  if (x < 0) return y < 0 ? atan(y / x) - Math.PI : atan(y / x) + Math.PI;
  if (y === 0) return 0;
  return y > 0 ? Math.PI / 2 : -Math.PI / 2;
};

/** Arcsine of −1…1, radians; NaN outside. */
export const asin = (x: number): number => atan(x / Math.sqrt((1 - x) * (1 + x)));

/** Arccosine of −1…1, radians; NaN outside. */
export const acos = (x: number): number => 2 * atan(Math.sqrt((1 - x) / (1 + x)));
