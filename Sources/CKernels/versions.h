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
void SLK(scatter_add)(float *w, const int32_t *index, const float *v, size_t count);
void SLK(gather_add)(float *v, const int32_t *index, const float *w, size_t count);
float SLK(quantize)(slk_map map, const float *x, uint8_t *codes, size_t count);
void SLK(dequantize)(slk_map map, const uint8_t *codes, float absmax, float *x, size_t count);
void SLK(blockwise_adam)(float *weight, const float *gradient, slk_moment_block first, slk_moment_block second, size_t
         count, const slk_blockwise_adam_constants *constants);
