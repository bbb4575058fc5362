/// Up to sixteen elements of a row that has `room` elements, of which `width` are seen; the other lanes are -∞.
SLK_INLINE f16 load_seen(const float *x, size_t width, size_t room) {
  if (width == lanes || room < lanes) return load_part(x, width, -INFINITY);
  const i16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lane < (i16)(int32_t)width ? load(x) : (f16)-INFINITY;
}

SLK_INLINE float largest_of(const float *x, size_t count, size_t room) {
  f16 best = -INFINITY;
  EACH_VECTOR(j, width, count, { best = larger(load_seen(x + j, width, room - j), best); });
  return largest(best);
}

/// x = exp(scale·x - shift) in place for `count` elements, and 0 in the others of the `room`; returns the sum.
SLK_INLINE float exponentiate(float *x, size_t count, size_t room, float scale, float shift) {
  f16 total = 0;
  EACH_VECTOR(j, width, count, {
    f16 e = exponential(fused(load_seen(x + j, width, room - j), (f16)scale, (f16)-shift));
    store_part(x + j, e, at_most(room - j, lanes));
    total += e;
  });
  size_t written = at_most((count + lanes - 1) / lanes * lanes, room);
  memset(x + written, 0, (room - written) * sizeof(float));
  return sum(total);
}

// A row sees one element more than the one before, so most rows end within a vector: where the row goes on, the whole
// vector is taken and what is not seen is masked.
void SLK(causal_softmax)(float *scores, float *log_sum, size_t log_sum_stride, size_t rows, size_t columns,
                         size_t first, float scale) {
  for (size_t row = 0; row < rows; row++, scores += columns) {
    size_t seen = first + row + 1;
    float peak = largest_of(scores, seen, columns) * scale;
    float total = exponentiate(scores, seen, columns, scale, peak);
    log_sum[row * log_sum_stride] = peak + (float)logarithm(total);
    SLK(scale)(1.0f / total, scores, at_most((seen + lanes - 1) / lanes * lanes, columns));
  }
}

void SLK(causal_softmax_recompute)(float *scores, const float *log_sum, size_t log_sum_stride, size_t rows,
                                   size_t columns, size_t first, float scale) {
  for (size_t row = 0; row < rows; row++, scores += columns)
    exponentiate(scores, first + row + 1, columns, scale, log_sum[row * log_sum_stride]);
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
    float peak = largest_of(logits, columns, columns);
    float chosen = logits[target];
    float total = exponentiate(logits, columns, columns, 1, peak);
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
    float peak = largest_of(logits, columns, columns);
    f16 total = 0;
    EACH_VECTOR(j, width, columns, { total += exponential(load_part(logits + j, width, -INFINITY) - peak); });
    loss[row] = (float)logarithm(sum(total)) + (peak - logits[target]);
  }
}
