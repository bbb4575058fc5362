SLK_INLINE void scaled_row(const float *x, const float *gain, float inverse, float *y, size_t columns) {
  for (size_t j = 0; j < columns; j++) y[j] = (x[j] * inverse) * gain[j];
}

void SLK(rmsnorm_forward)(const float *x, const float *gain, float *y, float *inverse, size_t rows,
                                    size_t columns, float epsilon) {
  for (size_t row = 0; row < rows; row++, x += columns, y += columns) {
    f8 squares = 0;
    size_t j = 0;
    for (; j + 8 <= columns; j += 8) {
      f8 v = load(x + j);
      squares += v * v;
    }
    if (j < columns) {
      f8 v = load_part(x + j, columns - j, 0);
      squares += v * v;
    }
    inverse[row] = 1.0f / sqrtf(sum(squares) / (float)columns + epsilon);
    scaled_row(x, gain, inverse[row], y, columns);
  }
}

void SLK(rmsnorm_recompute)(const float *x, const float *gain, const float *inverse, float *y, size_t rows,
                                      size_t columns) {
  for (size_t row = 0; row < rows; row++)
    scaled_row(x + row * columns, gain, inverse[row], y + row * columns, columns);
}

void SLK(rmsnorm_backward)(const float *dy, const float *x, const float *gain, const float *inverse,
                                     float *dx, float *dgain, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++, dy += columns, x += columns, dx += columns) {
    f8 products = 0;
    size_t j = 0;
    for (; j + 8 <= columns; j += 8) products += load(dy + j) * load(gain + j) * load(x + j);
    if (j < columns) {
      size_t rest = columns - j;
      products += load_part(dy + j, rest, 0) * load_part(gain + j, rest, 0) * load_part(x + j, rest, 0);
    }
    float r = inverse[row];
    float mean = sum(products) * r * r / (float)columns;
    for (size_t k = 0; k < columns; k++) {
      dx[k] += r * (dy[k] * gain[k] - x[k] * mean);
      dgain[k] += dy[k] * (x[k] * r);
    }
  }
}

void SLK(rotate)(float *row, const float *cosines, const float *sines, size_t heads, size_t head_size,
                           float direction) {
  size_t half = head_size / 2;
  for (size_t head = 0; head < heads; head++, row += head_size) {
    for (size_t k = 0; k < half; k++) {
      float a = row[k], b = row[k + half], s = sines[k] * direction;
      row[k] = a * cosines[k] - b * s;
      row[k + half] = b * cosines[k] + a * s;
    }
  }
}
