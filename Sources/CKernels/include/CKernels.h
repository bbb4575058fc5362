// Vector kernels for what is not a matrix product.
//
// Each is written once, over vectors of sixteen lanes, and compiled for AVX-512, for AVX2 with FMA and for any
// processor; the best version that the processor can run is chosen when the program starts. Every version gives the
// same bits on every processor: sums run in sixteen lanes that are added in a fixed order, a product that is fused with
// a sum is written so (it rounds once everywhere, and the compiler fuses none by itself), and nothing hangs on an
// estimate of a reciprocal.
//
// Shapes are row-major. All pointers are to 32-bit floats unless they say otherwise and need no alignment.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Whether the processor has AVX2 and FMA.
int slk_has_avx2(void);
/// The instruction set of the version that is in use: "AVX-512", "AVX2" or "portable".
const char *slk_version(void);

/// What a thread does between two looks at what another is to write.
static inline void slk_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// y += a x
void slk_axpy(float a, const float *x, float *y, size_t count);
/// x *= a
void slk_scale(float a, float *x, size_t count);
/// bf16 numbers, given as their bits, to 32-bit floats.
void slk_widen(const uint16_t *x, float *y, size_t count);
/// 32-bit floats to bf16: to the nearest, ties to even; a NaN stays one.
void slk_round(const float *x, uint16_t *y, size_t count);
/// 32-bit floats to bf16: up or down at random, so that the mean is exact. Element `i` draws by `key` and `first + i`.
void slk_round_stochastic(const float *x, uint16_t *y, size_t count, uint32_t key, uint32_t first);
/// The sum of squares, in double precision.
double slk_sum_of_squares(const float *x, size_t count);

/// The constants of one Adam update; see `Adam`.
typedef struct {
  float beta2, one_minus_beta1, one_minus_beta2, epsilon;
  /// η / (1 - β₁ᵗ)
  float step_size;
  /// √(1 - β₂ᵗ)
  float root_correction;
  /// λ of Adam: added to the gradient as λ w.
  float gradient_decay;
  /// 1 - ηλ of AdamW: multiplies the weight first.
  float weight_factor;
} slk_adam_constants;

/// One Adam update of `count` elements; moments and weights in place.
void slk_adam(float *weight, const float *gradient, float *first, float *second, size_t count,
              const slk_adam_constants *constants);

/// RMSNorm: `y = x / √(mean(x²) + ε) · gain`; `inverse` receives the inverse root of each row.
void slk_rmsnorm_forward(const float *x, const float *gain, float *y, float *inverse, size_t rows, size_t columns,
                         float epsilon);
/// `residual += x`, and RMSNorm of that, in one pass; `copy`, if it is not null, receives the new residual too.
void slk_add_rmsnorm_forward(const float *x, const float *gain, float *residual, float *copy, float *y, float *inverse,
                             size_t rows, size_t columns, float epsilon);
/// RMSNorm again from the saved inverse roots.
void slk_rmsnorm_recompute(const float *x, const float *gain, const float *inverse, float *y, size_t rows,
                           size_t columns);
/// RMSNorm's gradient: `dx` and `dgain` are added to.
void slk_rmsnorm_backward(const float *dy, const float *x, const float *gain, const float *inverse, float *dx,
                          float *dgain, size_t rows, size_t columns);

/// Rotates the halves of each head of one row by a position's angles; `direction` is 1 forward and -1 back.
void slk_rotate(float *row, const float *cosines, const float *sines, size_t heads, size_t head_size, float direction);

/// SwiGLU: `y = gate · sigmoid(gate) · up`.
void slk_swiglu_forward(const float *gate, const float *up, float *y, size_t count);
/// SwiGLU's gradient from `dy`; `dgate` and `dup` may be `dy` itself or hold anything.
void slk_swiglu_backward(const float *dy, const float *gate, const float *up, float *dgate, float *dup, size_t count);

/// Causal softmax of a block of scores in place: row `i` keeps `first + i + 1` columns, the rest become 0.
/// `log_sum[i]` receives the logarithm of the row's sum of exponentials of `scale · score`.
void slk_causal_softmax(float *scores, float *log_sum, size_t log_sum_stride, size_t rows, size_t columns, size_t first,
                        float scale);
/// The same probabilities again from the saved logarithms.
void slk_causal_softmax_recompute(float *scores, const float *log_sum, size_t log_sum_stride, size_t rows,
                                  size_t columns, size_t first, float scale);
/// `ds = p (dp - delta) · scale`, written over `dp`; `delta` is one number a row.
void slk_softmax_backward(float *dp, const float *p, const float *delta, size_t rows, size_t columns, float scale);
/// The inner product of two rows.
float slk_dot(const float *x, const float *y, size_t count);

/// Cross-entropy of each row of logits against its target; -1 is ignored. `loss` receives a number a row (0 where
/// ignored).
void slk_cross_entropy_forward(const float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns);
/// Cross-entropy and its gradient times `scale`, written over the logits.
void slk_cross_entropy(float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns, float scale);

/// The cells of a map's table: one for magnitudes up to 2⁻²³, and one for each 1/128 of a binade up to 1.
#define SLK_MAP_SMALLEST 0x34000000
#define SLK_MAP_LARGEST 0x3F800000
#define SLK_MAP_SHIFT 16
/// The cells of each sign.
#define SLK_MAP_HALF 2945
/// The most elements of a block.
#define SLK_LARGEST_BLOCK 2048

/// The 256 numbers from -1 to 1 that 8-bit codes stand for, and how the nearest is found; see `QuantizationMap`.
typedef struct {
  /// The numbers, in ascending order.
  const float *values;
  /// The largest number that is nearest to an entry and not to the next one; infinite for the last.
  const float *bounds;
  /// The entry of the smallest number in each cell; the cells of numbers with a minus sign come second.
  const uint8_t *cells;
} slk_map;

/// The codes of a block: those of its elements divided by their largest magnitude, which is returned.
float slk_quantize(slk_map map, const float *x, uint8_t *codes, size_t count);
/// `x[i] = values[codes[i]] · absmax`
void slk_dequantize(slk_map map, const uint8_t *codes, float absmax, float *x, size_t count);

/// A block of one moment: its codes and its largest magnitude.
typedef struct {
  slk_map map;
  uint8_t *codes;
  float *absmax;
} slk_moment_block;

/// The constants of one block-wise Adam update; see `BlockwiseMoments`.
typedef struct {
  float beta1, beta2, one_minus_beta1, one_minus_beta2, epsilon;
  /// η / (1 - β₁ᵗ)
  float step_size;
  /// √(1 - β₂ᵗ)
  float root_correction;
  /// 1 - ηλ where the weight decays before the update, else 1.
  float factor_before;
  /// 1 - ηλ where it decays after the update, else 1.
  float factor_after;
} slk_blockwise_adam_constants;

/// One Adam update of a block of at most `SLK_LARGEST_BLOCK` elements, in place.
///
/// An element whose gradient is no finite number keeps its weight, and its moments become 0.
void slk_blockwise_adam(float *weight, const float *gradient, slk_moment_block first, slk_moment_block second,
                        size_t count, const slk_blockwise_adam_constants *constants);
/// Random numbers' key and name: the constant half of a Philox 4x32-10 counter.
typedef struct {
  uint32_t key[2], name[2];
} slk_stream;

/// Selection sampling among the candidates `first ..< end` of `bound`, of which `wanted` are still to be chosen;
/// `first` is even, and candidate `i` draws 64 bits of counter `i / 2`. `chosen` receives what is chosen, has room for
/// 8 numbers more than there are candidates, and the result is how many. Source: Knuth, TAOCP 2, algorithm 3.4.2S.
size_t slk_sample(slk_stream stream, uint64_t first, uint64_t end, uint64_t bound, uint64_t wanted, int32_t *chosen);

/// Where a sparse matrix has its entries: those of row `i` are `row_starts[i] ..< row_starts[i + 1]`, and their
/// columns, ascending, stand in `narrow`, or in `wide` if that is not null.
typedef struct {
  const int32_t *row_starts;
  const uint16_t *narrow;
  const int32_t *wide;
} slk_support;

/// Adds the entries `v` of the rows `first ..< last` to a dense matrix `w` of `columns` columns.
void slk_support_scatter_add(slk_support support, size_t first, size_t last, const float *v, float *w, size_t columns);
/// Adds to the entries `v` of the rows `first ..< last` what a dense matrix `w` of `columns` columns has in their
/// places.
void slk_support_gather_add(slk_support support, size_t first, size_t last, const float *w, size_t columns, float *v);

/// Tokens of a block of activations that is held feature-major: `[features, slk_block_tokens]`.
enum { slk_block_tokens = 64 };
/// Makes a feature-major block of up to 64 rows of `x`, `[tokens, columns]`; the tokens that are missing become 0.
void slk_to_features(const float *x, size_t tokens, size_t columns, float *features);
/// Writes, or adds if `adds` is not 0, a feature-major block to rows of `x`, `[tokens, columns]`.
void slk_from_features(const float *features, size_t tokens, size_t columns, float *x, int adds);

/// `y = x Sᵀ` of a sparse matrix of `rows` rows with entries `v`; `x` is feature-major, `y` is `[tokens, rows]`.
void slk_sparse_forward(slk_support support, size_t rows, const float *v, const float *x, float *y, size_t tokens);
/// The entries of a sparse matrix by columns: an entry's place is its number in that order.
typedef struct {
  /// The place of each column's first entry, and then the number of entries: `columns + 1` numbers.
  int32_t *starts;
  /// The row of the entry at each place.
  int32_t *rows;
  /// The place of each entry, the entries being counted by rows.
  int32_t *places;
} slk_columns;

/// Sorts a support by columns into `to`, and the values `v` into `values`, which are by places.
void slk_support_by_columns(slk_support support, size_t rows, size_t columns, const float *v, slk_columns to,
                            float *values);
/// `y[k] += x[places[k]]`
void slk_add_at_places(const int32_t *places, size_t count, const float *x, float *y);
/// For the columns `first ..< last`: writes `dx = dy S`, and `dvalues[place] += Σ_t dy[t, row] x[t, column]` for the
/// entry at each place; `dy`, `x` and `dx` are feature-major.
void slk_sparse_backward(slk_columns support, size_t first, size_t last, const float *values, const float *dy,
                         const float *x, float *dx, float *dvalues);
