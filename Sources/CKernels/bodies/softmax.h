SLK_INLINE float largest_of(const float *x, size_t count) {
  f16 best = -INFINITY;
  EACH_VECTOR(j, width, count, { best = larger(load_part(x + j, width, -INFINITY), best); });
  return largest(best);
}

/// x = exp(scale·x - shift) in place; returns the sum.
SLK_INLINE float exponentiate(float *x, size_t count, float scale, float shift) {
  f16 total = 0;
  EACH_VECTOR(j, width, count, {
    f16 e = exponential(fused(load_part(x + j, width, -INFINITY), (f16)scale, (f16)-shift));
    store_part(x + j, e, width);
    total += e;
  });
  return sum(total);
}

void SLK(causal_softmax)(float *scores, float *log_sum, size_t log_sum_stride, size_t rows, size_t columns,
                         size_t first, float scale) {
  for (size_t row = 0; row < rows; row++, scores += columns) {
    size_t valid = first + row + 1;
    float peak = largest_of(scores, valid) * scale;
    float total = exponentiate(scores, valid, scale, peak);
    log_sum[row * log_sum_stride] = peak + (float)logarithm(total);
    SLK(scale)(1.0f / total, scores, valid);
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

void SLK(softmax_backward)(float *dp, const float *p, const float *delta, size_t rows, size_t columns, float scale) {
  for (size_t row = 0; row < rows; row++, dp += columns, p += columns)
    EACH_VECTOR(j, width, columns, {
      f16 slope = load_part(dp + j, width, 0) - delta[row];
      store_part(dp + j, load_part(p + j, width, 0) * slope * scale, width);
    });
}

void SLK(cross_entropy)(float *logits, const int32_t *targets, float *loss, size_t rows, size_t columns, float scale) {
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
    loss[row] = (float)logarithm(total) + (peak - chosen);
    SLK(scale)(scale / total, logits, columns);
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
    f16 total = 0;
    EACH_VECTOR(j, width, columns, { total += exponential(load_part(logits + j, width, -INFINITY) - peak); });
    loss[row] = (float)logarithm(sum(total)) + (peak - logits[target]);
  }
}
