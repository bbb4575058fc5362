SLK_INLINE float largest_of(const float *x, size_t count) {
  f8 best = -INFINITY;
  size_t j = 0;
  for (; j + 8 <= count; j += 8) best = __builtin_elementwise_max(best, load(x + j));
  if (j < count) best = __builtin_elementwise_max(best, load_part(x + j, count - j, -INFINITY));
  return largest(best);
}

/// x = exp(scale·x - shift) in place; returns the sum.
SLK_INLINE float exponentiate(float *x, size_t count, float scale, float shift) {
  f8 total = 0;
  size_t j = 0;
  for (; j + 8 <= count; j += 8) {
    f8 e = exponential(load(x + j) * scale - shift);
    store(x + j, e);
    total += e;
  }
  if (j < count) {
    f8 e = exponential(load_part(x + j, count - j, -INFINITY) * scale - shift);
    store_part(x + j, e, count - j);
    total += e;
  }
  return sum(total);
}

SLK_INLINE void multiply(float *x, size_t count, float factor) {
  for (size_t j = 0; j < count; j++) x[j] *= factor;
}

void SLK(causal_softmax)(float *scores, float *log_sum, size_t log_sum_stride, size_t rows, size_t columns,
                                   size_t first, float scale) {
  for (size_t row = 0; row < rows; row++, scores += columns) {
    size_t valid = first + row + 1;
    float peak = largest_of(scores, valid) * scale;
    float total = exponentiate(scores, valid, scale, peak);
    log_sum[row * log_sum_stride] = peak + (float)log((double)total);
    multiply(scores, valid, 1.0f / total);
    memset(scores + valid, 0, (columns - valid) * sizeof(float));
  }
}

void SLK(causal_softmax_recompute)(float *scores, const float *log_sum, size_t log_sum_stride, size_t rows,
                                             size_t columns, size_t first, float scale) {
  for (size_t row = 0; row < rows; row++, scores += columns) {
    size_t valid = first + row + 1;
    exponentiate(scores, valid, scale, log_sum[row * log_sum_stride]);
    memset(scores + valid, 0, (columns - valid) * sizeof(float));
  }
}

void SLK(softmax_backward)(float *dp, const float *p, const float *delta, size_t rows, size_t columns,
                                     float scale) {
  for (size_t row = 0; row < rows; row++, dp += columns, p += columns)
    for (size_t j = 0; j < columns; j++) dp[j] = p[j] * (dp[j] - delta[row]) * scale;
}

void SLK(cross_entropy)(float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns,
                                  float scale) {
  for (size_t row = 0; row < rows; row++, logits += columns) {
    int32_t target = targets[row];
    if (target < 0) {
      loss[row] = 0;
      memset(logits, 0, columns * sizeof(float));
      continue;
    }
    float peak = largest_of(logits, columns);
    float chosen = logits[target];
    float total = exponentiate(logits, columns, 1, peak);
    loss[row] = (float)log((double)total) + (peak - chosen);
    multiply(logits, columns, scale / total);
    logits[target] -= scale;
  }
}

void SLK(cross_entropy_forward)(const float *logits, const int32_t *targets, float *loss, size_t rows,
                                          size_t columns) {
  for (size_t row = 0; row < rows; row++, logits += columns) {
    int32_t target = targets[row];
    loss[row] = 0;
    if (target < 0) continue;
    float peak = largest_of(logits, columns);
    f8 total = 0;
    size_t j = 0;
    for (; j + 8 <= columns; j += 8) total += exponential(load(logits + j) - peak);
    if (j < columns) total += exponential(load_part(logits + j, columns - j, -INFINITY) - peak);
    loss[row] = (float)log((double)sum(total)) + (peak - logits[target]);
  }
}
