// The loops behind `CKernelsCeilings.h`.
#include <stdint.h>
#include <string.h>

#include "CKernelsCeilings.h"

// A product and a sum are one operation here where the processor has it.
#pragma clang fp contract(fast)

typedef float lanes4 __attribute__((ext_vector_type(4)));
typedef float lanes8 __attribute__((ext_vector_type(8)));
typedef float lanes16 __attribute__((ext_vector_type(16)));

enum { chains = 12 };

// The factor is below 1, so that the numbers neither grow nor die out and no lane ever meets a denormal.
#define SPIN(name, vector, lanes)                                              \
  static float name(size_t rounds) {                                           \
    vector sums[chains];                                                       \
    for (int i = 0; i < chains; i++) sums[i] = 0.5f + 0.01f * (float)i;        \
    vector factor = 0.9990234375f, term = 0.0009765625f;                       \
    __asm__ volatile("" : "+m"(factor), "+m"(term));                           \
    for (size_t round = 0; round < rounds; round++) {                          \
      _Pragma("clang loop unroll(full)")                                       \
      for (int i = 0; i < chains; i++) sums[i] = sums[i] * factor + term;      \
    }                                                                          \
    vector total = 0;                                                          \
    for (int i = 0; i < chains; i++) total += sums[i];                         \
    float result = 0;                                                          \
    for (int lane = 0; lane < lanes; lane++) result += total[lane];            \
    return result;                                                             \
  }

SPIN(spin4, lanes4, 4)

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
SPIN(spin8, lanes8, 8)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
SPIN(spin16, lanes16, 16)
#pragma clang attribute pop

int slk_ceiling_lanes(void) {
  if (__builtin_cpu_supports("avx512f")) return 16;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 8 : 4;
}

float slk_ceiling_fma(int lanes, size_t rounds) {
  if (lanes == 16) return spin16(rounds);
  return lanes == 8 ? spin8(rounds) : spin4(rounds);
}
#else
int slk_ceiling_lanes(void) { return 4; }

float slk_ceiling_fma(int lanes, size_t rounds) {
  (void)lanes;
  return spin4(rounds);
}
#endif

void slk_ceiling_copy(const float *x, float *y, size_t count) { memcpy(y, x, count * sizeof(float)); }

static inline __attribute__((always_inline)) void triad(float a, const float *x, const float *y, float *z,
                                                        size_t count) {
  for (size_t i = 0; i < count; i++) z[i] = x[i] + a * y[i];
}

// Eight sums, so that none waits for the one before.
static inline __attribute__((always_inline)) float read(const float *x, size_t count) {
  lanes8 sums[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  size_t i = 0;
  for (; i + 64 <= count; i += 64) {
    for (int part = 0; part < 8; part++) {
      lanes8 next;
      memcpy(&next, x + i + 8 * part, sizeof next);
      sums[part] += next;
    }
  }
  lanes8 total = 0;
  for (int part = 0; part < 8; part++) total += sums[part];
  float result = 0;
  for (int lane = 0; lane < 8; lane++) result += total[lane];
  for (; i < count; i++) result += x[i];
  return result;
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static void triad8(float a, const float *x, const float *y, float *z,
                                                       size_t count) {
  triad(a, x, y, z, count);
}

__attribute__((target("avx2,fma"))) static float read8(const float *x, size_t count) { return read(x, count); }

void slk_ceiling_triad(float a, const float *x, const float *y, float *z, size_t count) {
  if (slk_ceiling_lanes() > 4) return triad8(a, x, y, z, count);
  triad(a, x, y, z, count);
}

float slk_ceiling_read(const float *x, size_t count) {
  return slk_ceiling_lanes() > 4 ? read8(x, count) : read(x, count);
}
#else
void slk_ceiling_triad(float a, const float *x, const float *y, float *z, size_t count) { triad(a, x, y, z, count); }

float slk_ceiling_read(const float *x, size_t count) { return read(x, count); }
#endif
