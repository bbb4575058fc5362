// The declarations of one version of every kernel; `SLK` gives the version its name.
void SLK(axpy)(float a, const float *x, float *y, size_t count);
void SLK(scale)(float a, float *x, size_t count);
void SLK(widen)(const uint16_t *x, float *y, size_t count);
void SLK(round)(const float *x, uint16_t *y, size_t count);
void SLK(round_stochastic)(const float *x, uint16_t *y, size_t count, uint32_t key, uint32_t first);
double SLK(sum_of_squares)(const float *x, size_t count);
void SLK(adam)(float *weight, const float *gradient, float *first, float *second, size_t count, const
         slk_adam_constants *constants);
void SLK(rmsnorm_forward)(const float *x, const float *gain, float *y, float *inverse, size_t rows, size_t columns,
         float epsilon);
void SLK(rmsnorm_recompute)(const float *x, const float *gain, const float *inverse, float *y, size_t rows, size_t
         columns);
void SLK(rmsnorm_backward)(const float *dy, const float *x, const float *gain, const float *inverse, float *dx, float
         *dgain, size_t rows, size_t columns);
void SLK(rotate)(float *row, const float *cosines, const float *sines, size_t heads, size_t head_size, float
         direction);
void SLK(swiglu_forward)(const float *gate, const float *up, float *y, size_t count);
void SLK(swiglu_backward)(const float *dy, const float *gate, const float *up, float *dgate, float *dup, size_t
         count);
void SLK(causal_softmax)(float *scores, float *log_sum, size_t log_sum_stride, size_t rows, size_t columns, size_t
         first, float scale);
void SLK(causal_softmax_recompute)(float *scores, const float *log_sum, size_t log_sum_stride, size_t rows, size_t
         columns, size_t first, float scale);
void SLK(softmax_backward)(float *dp, const float *p, const float *delta, size_t rows, size_t columns, float scale);
float SLK(dot)(const float *x, const float *y, size_t count);
void SLK(cross_entropy_forward)(const float *logits, const int32_t *targets, float *loss, size_t rows, size_t
         columns);
void SLK(cross_entropy)(float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns, float scale);
float SLK(quantize)(slk_map map, const float *x, uint8_t *codes, size_t count);
void SLK(dequantize)(slk_map map, const uint8_t *codes, float absmax, float *x, size_t count);
void SLK(blockwise_adam)(float *weight, const float *gradient, slk_moment_block first, slk_moment_block second, size_t
         count, const slk_blockwise_adam_constants *constants);
size_t SLK(sample)(slk_stream stream, uint64_t first, uint64_t end, uint64_t bound, uint64_t wanted, int32_t *chosen);
void SLK(support_scatter_add)(slk_support support, size_t first, size_t last, const float *v, float *w, size_t
         columns);
void SLK(support_gather_add)(slk_support support, size_t first, size_t last, const float *w, size_t columns, float
         *v);
void SLK(to_features)(const float *x, size_t tokens, size_t columns, float *features);
void SLK(from_features)(const float *features, size_t tokens, size_t columns, float *x, int adds);
void SLK(sparse_forward)(slk_support support, size_t rows, const float *v, const float *x, float *y, size_t tokens);
void SLK(support_by_columns)(slk_support support, size_t rows, size_t columns, const float *v, slk_columns to, float
         *values);
void SLK(add_at_places)(const int32_t *places, size_t count, const float *x, float *y);
void SLK(sparse_backward_columns)(slk_columns support, size_t first, size_t last, const float *values, const float
         *dy, const float *x, float *dx, float *dvalues);
void SLK(sparse_backward)(slk_support support, size_t rows, const float *v, const float *dy, float *dx, size_t
         columns);
void SLK(sparse_values_gradient)(slk_support support, size_t first, size_t last, const float *dy, const float *x,
         float *dv);
