// Sixteen lanes of 32-bit floats, and the few functions of them that the kernels share.
// No include guard: every version of the kernels compiles this file with its own instruction set.
#define SLK_INLINE static inline __attribute__((always_inline))

// Where a product is fused with a sum is for the kernels to say: the compiler's choice would hang on the processor.
#pragma STDC FP_CONTRACT OFF
// Vectors by value only cross functions that are always inlined.
#pragma clang diagnostic ignored "-Wpsabi"

enum { lanes = 16 };
typedef float f4 __attribute__((ext_vector_type(4)));
typedef float f8 __attribute__((ext_vector_type(8)));
typedef float f16 __attribute__((ext_vector_type(16)));
typedef int32_t i16 __attribute__((ext_vector_type(16)));
typedef double d8 __attribute__((ext_vector_type(8)));
typedef double d16 __attribute__((ext_vector_type(16)));

SLK_INLINE f16 load(const float *p) {
  f16 v;
  memcpy(&v, p, sizeof v);
  return v;
}

SLK_INLINE void store(float *p, f16 v) { memcpy(p, &v, sizeof v); }

/// The first `count` elements; the other lanes are `fill`.
SLK_INLINE f16 load_part(const float *p, size_t count, float fill) {
  if (count == lanes) return load(p);
  f16 v = fill;
  memcpy(&v, p, count * sizeof(float));
  return v;
}

SLK_INLINE void store_part(float *p, f16 v, size_t count) {
  if (count == lanes) store(p, v);
  else memcpy(p, &v, count * sizeof(float));
}

SLK_INLINE size_t at_most(size_t count, size_t most) { return count < most ? count : most; }

/// Runs a block for the vectors of `total` elements, the last of them perhaps a part: `i` is where a vector begins and
/// `width` how many elements it has, which is a constant for all but the last, so that its tests are gone.
#define EACH_VECTOR(i, width, total, ...)                    \
  do {                                                       \
    size_t i = 0;                                            \
    enum { width = lanes };                                  \
    for (; i + lanes <= (total); i += lanes) __VA_ARGS__     \
    if (i < (total)) {                                       \
      size_t width = (total) - i;                            \
      __VA_ARGS__                                            \
    }                                                        \
  } while (0)

/// `a b + c`, rounded once.
SLK_INLINE f16 fused(f16 a, f16 b, f16 c) { return __builtin_elementwise_fma(a, b, c); }

/// The larger of each pair; `y` where `x` is no number, and where either is zero.
SLK_INLINE f16 larger(f16 x, f16 y) { return x > y ? x : y; }

SLK_INLINE float sum(f16 v) {
  f8 h = v.lo + v.hi;
  return ((h[0] + h[4]) + (h[2] + h[6])) + ((h[1] + h[5]) + (h[3] + h[7]));
}

SLK_INLINE float largest(f16 v) {
  f8 h = v.lo > v.hi ? v.lo : v.hi;
  f4 q = h.lo > h.hi ? h.lo : h.hi;
  float even = q[0] > q[2] ? q[0] : q[2], odd = q[1] > q[3] ? q[1] : q[3];
  return even > odd ? even : odd;
}

/// e^x of numbers up to 88 within one unit in the last place, and 0 below -87: x = n ln 2 + r, and a polynomial of
/// degree 7 of r. A NaN stays one. Source of the coefficients: the Cephes library's expf.
SLK_INLINE f16 exponential(f16 x) {
  const f16 shift = 12582912.0f;  // 1.5 · 2²³: adding it rounds to a whole number
  f16 clamped = larger((f16)-87.0f, x);
  f16 shifted = fused(clamped, (f16)1.44269504f, shift);
  f16 whole = shifted - shift;
  // ln 2 in two parts, of which the first has so few digits that its product is exact.
  f16 r = fused(whole, (f16)-0.693359375f, clamped);
  r = fused(whole, (f16)2.12194440e-4f, r);
  f16 p = (f16)1.9875691500e-4f;
  p = fused(p, r, (f16)1.3981999507e-3f);
  p = fused(p, r, (f16)8.3334519073e-3f);
  p = fused(p, r, (f16)4.1665795894e-2f);
  p = fused(p, r, (f16)1.6666665459e-1f);
  p = fused(p, r, (f16)5.0000001201e-1f);
  p = fused(p, r, (f16)1.0f);
  p = fused(p, r, (f16)1.0f);
  // The lowest bits of `shifted` are n: added to the exponent.
  i16 power, result;
  memcpy(&power, &shifted, sizeof power);
  memcpy(&result, &p, sizeof result);
  result = (result + (power << 23)) & ~(x < -87.0f);
  memcpy(&p, &result, sizeof p);
  return p;
}

/// ln x of a positive number, to ten digits: x = m 2^n, and the series of artanh((m - 1) / (m + 1)). A NaN stays one.
/// The library's logarithm hangs on the library and on whether the processor fuses.
SLK_INLINE double logarithm(float x) {
  if (!(x < INFINITY)) return x;
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int32_t root = 0x3F3504F3;  // √½: m is from there to √2
  int32_t exponent = (bits - root) >> 23;
  bits -= exponent * (1 << 23);
  float m;
  memcpy(&m, &bits, sizeof m);
  double s = ((double)m - 1) / ((double)m + 1), z = s * s, series = 0;
  for (int power = 13; power > 0; power -= 2) series = series * z + 1.0 / power;
  return exponent * 0.69314718055994531 + 2 * s * series;
}
