// Vector kernels for what is not a matrix product.
//
// Each is written once, over vectors of eight lanes, and compiled for AVX2 and for the plain instruction set; the loader
// picks. Sums run in eight lanes that are added in a fixed order, and no product is fused with a sum, so every version
// gives the same bits.
//
// Shapes are row-major. All pointers are to 32-bit floats unless they say otherwise and need no alignment.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Whether the processor has AVX2.
int slk_has_avx2(void);

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

/// Cross-entropy of each row of logits against its target; -1 is ignored. `loss` receives a number a row (0 where ignored).
void slk_cross_entropy_forward(const float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns);
/// Cross-entropy and its gradient times `scale`, written over the logits.
void slk_cross_entropy(float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns, float scale);

/// `w[index[k]] += v[k]`; the indices are all different.
void slk_scatter_add(float *w, const int32_t *index, const float *v, size_t count);
/// `v[k] += w[index[k]]`
void slk_gather_add(float *v, const int32_t *index, const float *w, size_t count);

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
