// Prints one number for each kernel: a digest of the bits that it gives over odd sizes and unaligned pointers. Two
// processors whose versions of the kernels agree print the same lines; see `digests.sh`.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "CKernelsVersions.h"

enum { most = 300, rows = 3, sparse_rows = 21, room = rows * most * slk_block_tokens + 64 };

static float memory[8][room];
static const uint64_t basis = 0xCBF29CE484222325;
static uint64_t digest;

static void add(const void *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) digest = (digest ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3;
}

/// Made-up numbers from -2 to 2, which hang on the strip alone, from one float past its beginning.
static float *strip(int index) {
  uint32_t state = 0x9E3779B9u * (uint32_t)(index + 1);
  for (size_t i = 0; i < room; i++) {
    state = state * 1664525 + 1013904223;
    memory[index][i] = (float)(int32_t)(state >> 8) / 4194304.0f - 2.0f;
  }
  return memory[index] + 1;
}

static void report(const char *name) {
  printf("%-24s %016llx\n", name, (unsigned long long)digest);
  digest = basis;
}

/// Runs `call` for each size, and notes `count` floats of each of the first `outputs` strips `a`, `b`, `c`, `d`.
#define DIGEST(name, outputs, count, call)                                                    \
  do {                                                                                        \
    for (size_t n = 1; n <= most; n += n < 70 ? 1 : 23) {                                     \
      float *a = strip(0), *b = strip(1), *c = strip(2), *d = strip(3), *e = strip(4);        \
      for (size_t i = 0; i < (count); i++) d[i] = fabsf(d[i]);                                \
      (void)e;                                                                                \
      call;                                                                                   \
      float *strips[] = {a, b, c, d};                                                         \
      for (int s = 0; s < (outputs); s++) add(strips[s], (count) * sizeof(float));            \
    }                                                                                         \
    report(name);                                                                             \
  } while (0)

static void elementwise(const slk_kernels *k) {
  slk_adam_constants adam = {.999f, .1f, .001f, 1e-6f, .02f, .4f, .05f, .98f};
  DIGEST("axpy", 1, n, k->axpy(1.7f, b, a, n));
  DIGEST("scale", 1, n, k->scale(-.3f, a, n));
  DIGEST("widen", 1, n, k->widen((uint16_t *)b + 1, a, n));
  DIGEST("round", 1, n / 2, k->round(b, (uint16_t *)a, n));
  DIGEST("round_stochastic", 1, n / 2, k->round_stochastic(b, (uint16_t *)a, n, 5, 70));
  DIGEST("sum_of_squares", 1, 1, a[0] = (float)k->sum_of_squares(b, n));
  DIGEST("dot", 1, 1, a[0] = k->dot(b, c, n));
  DIGEST("adam", 4, n, k->adam(a, b, c, d, n, &adam));
  DIGEST("rmsnorm_forward", 2, rows * n, k->rmsnorm_forward(c, d, a, b, rows, n, 1e-3f));
  DIGEST("add_rmsnorm_forward", 4, rows * n, k->add_rmsnorm_forward(e, e + 7, a, b, c, d, rows, n, 1e-3f));
  DIGEST("rmsnorm_recompute", 1, rows * n, k->rmsnorm_recompute(b, c, d, a, rows, n));
  DIGEST("rmsnorm_backward", 2, rows * n, k->rmsnorm_backward(c, d, e, d + 7, a, b, rows, n));
  DIGEST("rotate", 1, rows * 2 * n, k->rotate(a, b, c, rows, 2 * n, -1));
  DIGEST("swiglu_forward", 1, n, for (size_t i = 0; i < n; i++) b[i] *= 50; k->swiglu_forward(b, c, a, n));
  DIGEST("swiglu_backward", 2, n, k->swiglu_backward(c, d, e, a, b, n));
}

static void softmax(const slk_kernels *k) {
  int32_t targets[rows] = {0, -1, 0};
  DIGEST("causal_softmax", 2, rows * n, if (n >= rows) k->causal_softmax(a, b, 2, rows, n, n - rows, .7f));
  DIGEST("causal_softmax_recompute", 1, rows * n,
         if (n >= rows) k->causal_softmax_recompute(a, b, 2, rows, n, n - rows, .7f));
  DIGEST("softmax_backward", 1, rows * n, k->softmax_backward(a, b, c, rows, n, .7f));
  DIGEST("cross_entropy", 2, rows * n, k->cross_entropy(a, targets, b, rows, n, .3f));
  DIGEST("cross_entropy_forward", 2, rows * n, k->cross_entropy_forward(a, targets, b, rows, n));
}

/// A map of made-up entries, the cube roots of which are evenly spaced.
static slk_map made_up_map(void) {
  static float values[256], bounds[256];
  static uint8_t cells[2 * SLK_MAP_HALF];
  for (int i = 0; i < 256; i++) {
    float t = (float)(i - 127) / 128;
    values[i] = t * t * t;
  }
  for (int i = 0; i < 256; i++) bounds[i] = i < 255 ? (values[i] + values[i + 1]) / 2 : INFINITY;
  for (int cell = 0; cell < 2 * SLK_MAP_HALF; cell++) {
    uint32_t bits = SLK_MAP_SMALLEST + ((uint32_t)(cell % SLK_MAP_HALF) << SLK_MAP_SHIFT);
    if (cell >= SLK_MAP_HALF) bits |= 0x80000000;
    float smallest;
    memcpy(&smallest, &bits, sizeof smallest);
    int entry = 0;
    while (smallest > bounds[entry]) entry++;
    cells[cell] = (uint8_t)entry;
  }
  return (slk_map){values, bounds, cells};
}

static void quantization(const slk_kernels *k) {
  slk_map map = made_up_map();
  slk_blockwise_adam_constants adam = {.9f, .999f, .1f, .001f, 1e-6f, .02f, .4f, .98f, .99f};
  float absmax[2] = {.5f, .25f};
  slk_moment_block first = {map, (uint8_t *)memory[5], absmax}, second = {map, (uint8_t *)memory[6], absmax + 1};
  DIGEST("quantize", 1, n / 4 + 1, a[n / 4] = k->quantize(map, b, (uint8_t *)a, n / 4 * 4));
  DIGEST("dequantize", 1, n, k->dequantize(map, (uint8_t *)b, .3f, a, n));
  memset(memory[5], 120, most);
  memset(memory[6], 200, most);
  DIGEST("blockwise_adam", 1, n, k->blockwise_adam(a, b, first, second, n, &adam); add(memory[5], n); add(memory[6], n);
         add(absmax, sizeof absmax));
}

static void sparse(const slk_kernels *k, size_t n) {
  static int32_t starts[sparse_rows + 1], wide[sparse_rows * most];
  int32_t count = 0;
  for (int row = 0; row < sparse_rows; row++, starts[row] = count)
    for (int column = 0; column < (int)n; column++)
      if (row % 5 != 0 && (row + column) % (row % 3 + 1) == 0) wide[count++] = column;
  slk_support s = {starts, NULL, wide};
  size_t tokens = (n - 1) % slk_block_tokens + 1;
  float *a = strip(0), *b = strip(1), *c = strip(2), *x = strip(3);
  k->to_features(a, tokens, n, x);
  add(x, n * slk_block_tokens * sizeof(float));
  k->from_features(x, tokens, n, b, 1);
  add(b, n * tokens * sizeof(float));
  k->sparse_forward(s, sparse_rows, c, x, b, tokens);
  add(b, sparse_rows * tokens * sizeof(float));
  static int32_t by_columns[most + 1], entry_rows[sparse_rows * most], places[sparse_rows * most];
  slk_columns columns = {by_columns, entry_rows, places};
  float *dy = strip(4), *dx = strip(0), *values = strip(5), *gradients = strip(6);
  k->support_by_columns(s, sparse_rows, n, c, columns, values);
  k->sparse_backward(columns, 0, n, values, dy, x, dx, gradients);
  add(dx, n * slk_block_tokens * sizeof(float));
  k->add_at_places(places, (size_t)count, gradients, c);
  add(c, (size_t)count * sizeof(float));
  k->support_scatter_add(s, 0, sparse_rows, c, b, n);
  k->support_gather_add(s, 0, sparse_rows, b, n, c);
  add(b, sparse_rows * n * sizeof(float));
  add(c, (size_t)count * sizeof(float));
}

int main(void) {
  const slk_kernels *versions[SLK_MOST_VERSIONS];
  size_t count = slk_versions(versions);
  for (size_t i = 0; i < count; i++) {
    printf("%s\n", versions[i]->version);
    digest = basis;
    elementwise(versions[i]);
    softmax(versions[i]);
    quantization(versions[i]);
    for (size_t n = 1; n <= most; n += n < 70 ? 1 : 23) sparse(versions[i], n);
    report("sparse");
  }
}
