SLK_INLINE void scaled_row(const float *x, const float *gain, float inverse, float *y, size_t columns) {
  EACH_VECTOR(j, width, columns, {
    store_part(y + j, (load_part(x + j, width, 0) * inverse) * load_part(gain + j, width, 0), width);
  });
}

SLK_INLINE float inverse_root(float squares, size_t columns, float epsilon) {
  return 1.0f / sqrtf(squares / (float)columns + epsilon);
}

void SLK(rmsnorm_forward)(const float *x, const float *gain, float *y, float *inverse, size_t rows, size_t columns,
                          float epsilon) {
  for (size_t row = 0; row < rows; row++, x += columns, y += columns) {
    inverse[row] = inverse_root(SLK(dot)(x, x, columns), columns, epsilon);
    scaled_row(x, gain, inverse[row], y, columns);
  }
}

// The sum of the squares is made as `dot` makes it, so that the bits are those of the two steps one after the other.
void SLK(add_rmsnorm_forward)(const float *x, const float *gain, float *residual, float *copy, float *y,
                              float *inverse, size_t rows, size_t columns, float epsilon) {
  for (size_t row = 0; row < rows; row++, x += columns, residual += columns, y += columns) {
    f16 squares = 0;
    EACH_VECTOR(j, width, columns, {
      f16 v = load_part(residual + j, width, 0) + load_part(x + j, width, 0);
      store_part(residual + j, v, width);
      if (copy) store_part(copy + row * columns + j, v, width);
      squares = fused(v, v, squares);
    });
    inverse[row] = inverse_root(sum(squares), columns, epsilon);
    scaled_row(residual, gain, inverse[row], y, columns);
  }
}

void SLK(rmsnorm_recompute)(const float *x, const float *gain, const float *inverse, float *y, size_t rows,
                            size_t columns) {
  for (size_t row = 0; row < rows; row++)
    scaled_row(x + row * columns, gain, inverse[row], y + row * columns, columns);
}

void SLK(rmsnorm_backward)(const float *dy, const float *x, const float *gain, const float *inverse, float *dx,
                           float *dgain, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++, dy += columns, x += columns, dx += columns) {
    f16 products = 0;
    EACH_VECTOR(j, width, columns, {
      f16 scaled = load_part(dy + j, width, 0) * load_part(gain + j, width, 0);
      products = fused(scaled, load_part(x + j, width, 0), products);
    });
    f16 r = inverse[row];
    f16 mean = sum(products) * inverse[row] * inverse[row] / (float)columns;
    EACH_VECTOR(j, width, columns, {
      f16 d = load_part(dy + j, width, 0);
      f16 v = load_part(x + j, width, 0);
      f16 slope = fused(-v, mean, d * load_part(gain + j, width, 0));
      store_part(dx + j, fused(r, slope, load_part(dx + j, width, 0)), width);
      store_part(dgain + j, fused(d, v * r, load_part(dgain + j, width, 0)), width);
    });
  }
}

void SLK(rotate)(float *row, const float *cosines, const float *sines, size_t heads, size_t head_size,
                 float direction) {
  size_t half = head_size / 2;
  for (size_t head = 0; head < heads; head++, row += head_size)
    EACH_VECTOR(k, width, half, {
      f16 a = load_part(row + k, width, 0);
      f16 b = load_part(row + half + k, width, 0);
      f16 c = load_part(cosines + k, width, 0);
      f16 s = load_part(sines + k, width, 0) * direction;
      store_part(row + k, fused(a, c, -(b * s)), width);
      store_part(row + half + k, fused(b, c, a * s), width);
    });
}
