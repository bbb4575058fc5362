// Every kernel once: its result, its name, its parameters, and the arguments that pass them on. Whoever includes this
// file says with `KERNEL` what to make of them.
KERNEL(void, axpy, (float a, const float *x, float *y, size_t count), (a, x, y, count))
KERNEL(void, scale, (float a, float *x, size_t count), (a, x, count))
KERNEL(void, widen, (const uint16_t *x, float *y, size_t count), (x, y, count))
KERNEL(void, round, (const float *x, uint16_t *y, size_t count), (x, y, count))
KERNEL(void, round_stochastic, (const float *x, uint16_t *y, size_t count, uint32_t key, uint32_t first),
       (x, y, count, key, first))
KERNEL(double, sum_of_squares, (const float *x, size_t count), (x, count))
KERNEL(void, adam,
       (float *weight, const float *gradient, float *first, float *second, size_t count,
        const slk_adam_constants *constants),
       (weight, gradient, first, second, count, constants))
KERNEL(void, rmsnorm_forward,
       (const float *x, const float *gain, float *y, float *inverse, size_t rows, size_t columns, float epsilon),
       (x, gain, y, inverse, rows, columns, epsilon))
KERNEL(void, add_rmsnorm_forward,
       (const float *x, const float *gain, float *residual, float *copy, float *y, float *inverse, size_t rows,
        size_t columns, float epsilon),
       (x, gain, residual, copy, y, inverse, rows, columns, epsilon))
KERNEL(void, rmsnorm_recompute,
       (const float *x, const float *gain, const float *inverse, float *y, size_t rows, size_t columns),
       (x, gain, inverse, y, rows, columns))
KERNEL(void, rmsnorm_backward,
       (const float *dy, const float *x, const float *gain, const float *inverse, float *dx, float *dgain, size_t rows,
        size_t columns),
       (dy, x, gain, inverse, dx, dgain, rows, columns))
KERNEL(void, rotate,
       (float *row, const float *cosines, const float *sines, size_t heads, size_t head_size, float direction),
       (row, cosines, sines, heads, head_size, direction))
KERNEL(void, swiglu_forward, (const float *gate, const float *up, float *y, size_t count), (gate, up, y, count))
KERNEL(void, swiglu_backward,
       (const float *dy, const float *gate, const float *up, float *dgate, float *dup, size_t count),
       (dy, gate, up, dgate, dup, count))
KERNEL(void, causal_softmax,
       (float *scores, float *log_sum, size_t log_sum_stride, size_t rows, size_t columns, size_t first, float scale),
       (scores, log_sum, log_sum_stride, rows, columns, first, scale))
KERNEL(void, causal_softmax_recompute,
       (float *scores, const float *log_sum, size_t log_sum_stride, size_t rows, size_t columns, size_t first,
        float scale),
       (scores, log_sum, log_sum_stride, rows, columns, first, scale))
KERNEL(void, softmax_backward,
       (float *dp, const float *p, const float *delta, size_t rows, size_t columns, float scale),
       (dp, p, delta, rows, columns, scale))
KERNEL(float, dot, (const float *x, const float *y, size_t count), (x, y, count))
KERNEL(void, cross_entropy_forward,
       (const float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns),
       (logits, targets, loss, rows, columns))
KERNEL(void, cross_entropy,
       (float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns, float scale),
       (logits, targets, loss, rows, columns, scale))
KERNEL(float, quantize, (slk_map map, const float *x, uint8_t *codes, size_t count), (map, x, codes, count))
KERNEL(void, dequantize, (slk_map map, const uint8_t *codes, float absmax, float *x, size_t count),
       (map, codes, absmax, x, count))
KERNEL(void, blockwise_adam,
       (float *weight, const float *gradient, slk_moment_block first, slk_moment_block second, size_t count,
        const slk_blockwise_adam_constants *constants),
       (weight, gradient, first, second, count, constants))
KERNEL(size_t, sample,
       (slk_stream stream, uint64_t first, uint64_t end, uint64_t bound, uint64_t wanted, int32_t *chosen),
       (stream, first, end, bound, wanted, chosen))
KERNEL(void, support_scatter_add,
       (slk_support support, size_t first, size_t last, const float *v, float *w, size_t columns),
       (support, first, last, v, w, columns))
KERNEL(void, support_gather_add,
       (slk_support support, size_t first, size_t last, const float *w, size_t columns, float *v),
       (support, first, last, w, columns, v))
KERNEL(void, to_features, (const float *x, size_t tokens, size_t columns, float *features),
       (x, tokens, columns, features))
KERNEL(void, from_features, (const float *features, size_t tokens, size_t columns, float *x, int adds),
       (features, tokens, columns, x, adds))
KERNEL(void, sparse_forward,
       (slk_support support, size_t rows, const float *v, const float *x, float *y, size_t tokens),
       (support, rows, v, x, y, tokens))
KERNEL(void, support_by_columns,
       (slk_support support, size_t rows, size_t columns, const float *v, slk_columns to, float *values),
       (support, rows, columns, v, to, values))
KERNEL(void, add_at_places, (const int32_t *places, size_t count, const float *x, float *y), (places, count, x, y))
KERNEL(void, sparse_backward,
       (slk_columns support, size_t first, size_t last, const float *values, const float *dy, const float *x, float *dx,
        float *dvalues),
       (support, first, last, values, dy, x, dx, dvalues))
