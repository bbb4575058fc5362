// Eight lanes of 32-bit floats, and the few functions of them that the kernels share.
// No include guard: every version of the kernels compiles this file with its own instruction set.
#define SLK_INLINE static inline __attribute__((always_inline))

// A product fused with a sum rounds once where the plain instruction set rounds twice.
#pragma STDC FP_CONTRACT OFF
// Vectors by value only cross functions that are always inlined.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float f8 __attribute__((ext_vector_type(8)));
typedef int32_t i8 __attribute__((ext_vector_type(8)));

SLK_INLINE f8 load(const float *p) {
  f8 v;
  memcpy(&v, p, sizeof v);
  return v;
}

SLK_INLINE void store(float *p, f8 v) { memcpy(p, &v, sizeof v); }

/// The first `count` (< 8) elements; the other lanes are `fill`.
SLK_INLINE f8 load_part(const float *p, size_t count, float fill) {
  f8 v = fill;
  memcpy(&v, p, count * sizeof(float));
  return v;
}

SLK_INLINE void store_part(float *p, f8 v, size_t count) { memcpy(p, &v, count * sizeof(float)); }

SLK_INLINE float sum(f8 v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

SLK_INLINE float largest(f8 v) {
  float best = v[0];
  for (int lane = 1; lane < 8; lane++) best = v[lane] > best ? v[lane] : best;
  return best;
}

/// e^x within 2 units in the last place, 0 below -87: a degree-6 polynomial on [-ln 2 / 2, ln 2 / 2].
/// Source of the coefficients: the Cephes library's expf.
SLK_INLINE f8 exponential(f8 x) {
  const float shift = 12582912.0f;  // 1.5 · 2²³: adding it rounds to a whole number
  f8 clamped = __builtin_elementwise_min(__builtin_elementwise_max(x, (f8)-87.0f), (f8)88.0f);
  f8 rounded = clamped * 1.44269504f + shift;
  f8 whole = rounded - shift;
  f8 r = clamped - whole * 0.693359375f;
  r = r - whole * -2.12194440e-4f;
  f8 p = (f8)1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  i8 bits;
  memcpy(&bits, &rounded, sizeof bits);
  i8 power = (bits - 0x4B400000 + 127) << 23;
  f8 factor;
  memcpy(&factor, &power, sizeof factor);
  f8 result = p * factor;
  i8 keep = x > -87.0f;
  i8 word;
  memcpy(&word, &result, sizeof word);
  word &= keep;
  memcpy(&result, &word, sizeof result);
  return result;
}
