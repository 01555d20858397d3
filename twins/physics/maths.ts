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
 * Measured against Math.* (maths.test.ts): exp, log, sin, cos, atan and cbrt within 4.5e-16 relative, two units in the
 * last place; tan, atan2, asin and acos within 9e-16; pow within 2e-15 while |y·ln x| ≤ 8, beyond in proportion to it.
 */

/** One double, and its two halves as integers. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
double[0] = 1;
const high = halves[1] === 0 ? 0 : 1;

/** Exponent bits of a double start here in its high half, and this is what they hold for 1. */
const exponentBits = 20;
const exponentOfOne = 1023;

/** 2ᵏ for −1022 ≤ k ≤ 1023, exact. */
const powerOfTwo = (k: number): number => {
  halves[1 - high] = 0;
  halves[high] = (k + exponentOfOne) << exponentBits;
  return double[0]!;
};

/** ln 2 in two parts: the first has 33 bits, so that its product with an exponent is exact. */
const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;

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
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (lower - (r * c) / (2 - c) - upper);
  // The ends of the range take two steps: 2¹⁰²⁴ is no double, and 2⁻¹⁰²³ no normal one.
  if (k > 1023) return y * 2 * powerOfTwo(1023);
  if (k < -1022) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return y * powerOfTwo(k);
};

/** Natural logarithm. NaN below 0, −Infinity at 0. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < 2.2250738585072014e-308) return log(x * 18014398509481984) - 54 * Math.LN2;
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
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const even =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + odd + even) + k * ln2Low) - f);
};

/** xʸ for x ≥ 0; NaN for negative x. Write small whole powers as products: that is exact and faster. */
export const pow = (x: number, y: number): number => {
  if (y === 0) return 1;
  return exp(y * log(x));
};

/** ∛x for normal numbers and 0. */
export const cbrt = (x: number): number => {
  if (x === 0 || !Number.isFinite(x)) return x;
  const size = Math.abs(x);
  // A third of the exponent with a bias of 715,094,163: within 5 % (W. Kahan).
  double[0] = size;
  halves[high] = Math.floor(halves[high]! / 3) + 715_094_163;
  halves[1 - high] = 0;
  const guess = double[0]!;
  const r = guess * guess * (guess / size);
  const better =
    guess *
    (1.87595182427177009643 +
      r *
        (-1.88497979543377169875 +
          r * (1.6214297201053544614 + r * (-0.758397934778766047437 + r * 0.145996192886612446982))));
  // Rounded to 24 bits, so that its square is exact; one step of Newton gives the rest.
  const t = Math.fround(better);
  const error = (size / (t * t) - t) / (t + t + size / (t * t));
  const root = t + t * error;
  return x < 0 ? -root : root;
};

/**
 * π/2 in parts of 24, 24, 24 and 53 bits (Cody & Waite): the product of each of the first three with a count up to 2²⁹
 * is exact, so angles up to ±8.4e8 lose nothing. Beyond that the error is that of rounding the angle itself.
 */
const quarterA = 1.5707962512969971;
const quarterB = 7.549789415861596e-8;
const quarterC = 5.390302529957765e-15;
const quarterD = 3.282003415807913e-22;
const quartersPerRadian = 6.36619772367581382433e-1;

/** Number of quarter turns nearest to an angle. */
const quartersIn = (x: number): number => Math.floor(x * quartersPerRadian + 0.5);

/** What an angle is beyond its quarter turns: between −π/4 and π/4. */
const beyond = (x: number, quarters: number): number =>
  x - quarters * quarterA - quarters * quarterB - quarters * quarterC - quarters * quarterD;

/** Sine between −π/4 and π/4. */
const sinNear = (r: number): number => {
  const z = r * r;
  const p =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return r + z * r * (-1.66666666666666324348e-1 + z * p);
};

/** Cosine between −π/4 and π/4. */
const cosNear = (r: number): number => {
  const z = r * r;
  const p =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
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
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w *
                (6.66107313738753120669e-2 +
                  w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const odd =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w *
            (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  return even + odd;
};

/** Arctangent of `known`, as two doubles, plus that of the small `t` that is left of it. */
const atanFrom = (high: number, low: number, t: number): number => high - (t * atanRemainder(t) - low - t);

const atanPositive = (x: number): number => {
  if (x < 0.4375) return x - x * atanRemainder(x);
  if (x < 0.6875)
    return atanFrom(4.63647609000806093515e-1, 2.26987774529616870924e-17, (2 * x - 1) / (2 + x));
  if (x < 1.1875) return atanFrom(7.85398163397448278999e-1, 3.06161699786838301793e-17, (x - 1) / (x + 1));
  if (x < 2.4375)
    return atanFrom(9.82793723247329054082e-1, 1.39033110312309984516e-17, (x - 1.5) / (1 + 1.5 * x));
  return atanFrom(1.570796326794896558, 6.12323399573676603587e-17, -1 / x);
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
