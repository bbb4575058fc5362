// Products of a sparse matrix S, held by rows, with a block of tokens.
//
// A non-zero meets one feature of every token. In a block that is held feature-major, [features, 64], these are 64 floats
// side by side: eight vectors that are loaded, multiplied and added without a gather, while what belongs to the row of S
// (eight sums, or eight vectors of gradients) stays in registers. A block of fewer tokens is filled up with zeros.

enum { block_tokens = slk_block_tokens, block_vectors = slk_block_tokens / 8 };

SLK_INLINE size_t column_of(slk_support support, int is_wide, size_t k) {
  return is_wide ? (size_t)support.wide[k] : support.narrow[k];
}

// The width of the columns is a constant within `body`, so that each width has a loop of its own.
#define BY_WIDTH(support, body, ...) \
  ((support).wide ? body(support, 1, __VA_ARGS__) : body(support, 0, __VA_ARGS__))

SLK_INLINE void scatter_rows(slk_support support, int is_wide, size_t first, size_t last, const float *v,
                             float *w, size_t columns) {
  for (size_t row = first; row < last; row++)
    for (size_t k = support.row_starts[row]; k < (size_t)support.row_starts[row + 1]; k++)
      w[row * columns + column_of(support, is_wide, k)] += v[k];
}

void SLK(support_scatter_add)(slk_support support, size_t first, size_t last, const float *v, float *w,
                              size_t columns) {
  BY_WIDTH(support, scatter_rows, first, last, v, w, columns);
}

SLK_INLINE void gather_rows(slk_support support, int is_wide, size_t first, size_t last, const float *w,
                            size_t columns, float *v) {
  for (size_t row = first; row < last; row++)
    for (size_t k = support.row_starts[row]; k < (size_t)support.row_starts[row + 1]; k++)
      v[k] += w[row * columns + column_of(support, is_wide, k)];
}

void SLK(support_gather_add)(slk_support support, size_t first, size_t last, const float *w, size_t columns,
                             float *v) {
  BY_WIDTH(support, gather_rows, first, last, w, columns, v);
}

/// Transposes eight vectors of eight.
SLK_INLINE void transpose(f8 r[8]) {
  f8 pairs[8], fours[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    pairs[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      fours[i + 2 * j] = __builtin_shufflevector(pairs[i + j], pairs[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      fours[i + 2 * j + 1] = __builtin_shufflevector(pairs[i + j], pairs[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    r[i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    r[i + 4] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

void SLK(to_features)(const float *x, size_t tokens, size_t columns, float *features) {
  for (size_t token = 0; token < block_tokens; token += 8)
    for (size_t column = 0; column < columns; column += 8) {
      size_t width = columns - column < 8 ? columns - column : 8;
      f8 r[8];
      for (size_t i = 0; i < 8; i++) {
        const float *from = x + (token + i) * columns + column;
        r[i] = token + i >= tokens ? (f8)0.0f : width == 8 ? load(from) : load_part(from, width, 0);
      }
      transpose(r);
      for (size_t i = 0; i < width; i++) store(features + (column + i) * block_tokens + token, r[i]);
    }
}

/// Writes or adds `count` features to the tokens' rows, which are `stride` floats apart.
SLK_INLINE void spread(const float *features, size_t count, float *x, size_t tokens, size_t stride, int adds) {
  for (size_t token = 0; token < tokens; token += 8)
    for (size_t column = 0; column < count; column += 8) {
      size_t width = count - column < 8 ? count - column : 8;
      size_t height = tokens - token < 8 ? tokens - token : 8;
      f8 r[8];
      for (size_t i = 0; i < 8; i++) r[i] = i < width ? load(features + (column + i) * block_tokens + token) : (f8)0.0f;
      transpose(r);
      for (size_t i = 0; i < height; i++) {
        float *to = x + (token + i) * stride + column;
        if (width == 8) store(to, adds ? load(to) + r[i] : r[i]);
        else store_part(to, adds ? load_part(to, width, 0) + r[i] : r[i], width);
      }
    }
}

void SLK(from_features)(const float *features, size_t tokens, size_t columns, float *x, int adds) {
  spread(features, columns, x, tokens, columns, adds);
}

// Rows whose sums wait in the first cache level until they are written out as rows of tokens, a cache line each.
enum { waiting = 16 };

SLK_INLINE void multiply_rows(slk_support support, int is_wide, size_t rows, const float *v,
                              const float *features, float *y, size_t tokens) {
  float sums[waiting * block_tokens];
  for (size_t first = 0; first < rows; first += waiting) {
    size_t count = rows - first < waiting ? rows - first : waiting;
    for (size_t row = 0; row < count; row++) {
      size_t end = support.row_starts[first + row + 1];
      f8 total[block_vectors];
      for (int i = 0; i < block_vectors; i++) total[i] = 0;
      for (size_t k = support.row_starts[first + row]; k < end; k++) {
        const float *x = features + column_of(support, is_wide, k) * block_tokens;
        f8 value = v[k];
        for (int i = 0; i < block_vectors; i++) total[i] += value * load(x + 8 * i);
      }
      for (int i = 0; i < block_vectors; i++) store(sums + row * block_tokens + 8 * i, total[i]);
    }
    spread(sums, count, y + first, tokens, rows, 0);
  }
}

void SLK(sparse_forward)(slk_support support, size_t rows, const float *v, const float *features, float *y,
                         size_t tokens) {
  BY_WIDTH(support, multiply_rows, rows, v, features, y, tokens);
}

SLK_INLINE void scatter_gradients(slk_support support, int is_wide, size_t rows, const float *v, const float *dy,
                                  float *dx) {
  for (size_t row = 0; row < rows; row++) {
    size_t end = support.row_starts[row + 1];
    f8 g[block_vectors];
    for (int i = 0; i < block_vectors; i++) g[i] = load(dy + row * block_tokens + 8 * i);
    for (size_t k = support.row_starts[row]; k < end; k++) {
      float *to = dx + column_of(support, is_wide, k) * block_tokens;
      f8 value = v[k];
      for (int i = 0; i < block_vectors; i++) store(to + 8 * i, load(to + 8 * i) + value * g[i]);
    }
  }
}

void SLK(sparse_backward)(slk_support support, size_t rows, const float *v, const float *dy, float *dx,
                          size_t columns) {
  memset(dx, 0, columns * block_tokens * sizeof(float));
  BY_WIDTH(support, scatter_gradients, rows, v, dy, dx);
}

typedef float f4 __attribute__((ext_vector_type(4)));

/// The sums of four vectors, each added up in the order of `sum`.
SLK_INLINE f4 sums_of_four(const f8 r[4]) {
  f4 h[4];
  for (int i = 0; i < 4; i++) h[i] = r[i].lo + r[i].hi;
  f4 a = __builtin_shufflevector(h[0], h[1], 0, 4, 1, 5), b = __builtin_shufflevector(h[0], h[1], 2, 6, 3, 7);
  f4 c = __builtin_shufflevector(h[2], h[3], 0, 4, 1, 5), d = __builtin_shufflevector(h[2], h[3], 2, 6, 3, 7);
  f4 even = a + b, odd = c + d;
  return __builtin_shufflevector(even, odd, 0, 1, 4, 5) + __builtin_shufflevector(even, odd, 2, 3, 6, 7);
}

SLK_INLINE f8 products(const f8 g[block_vectors], const float *x) {
  f8 p[block_vectors];
  for (int i = 0; i < block_vectors; i++) p[i] = g[i] * load(x + 8 * i);
  return ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]));
}

SLK_INLINE void sample_rows(slk_support support, int is_wide, size_t first, size_t last, const float *dy,
                            const float *x, float *dv) {
  for (size_t row = first; row < last; row++) {
    size_t k = support.row_starts[row], end = support.row_starts[row + 1];
    f8 g[block_vectors];
    for (int i = 0; i < block_vectors; i++) g[i] = load(dy + row * block_tokens + 8 * i);
    // A sum across lanes costs as much as the product it ends; four at a time share theirs.
    for (; k + 4 <= end; k += 4) {
      f8 four[4];
      f4 before;
      for (int n = 0; n < 4; n++) four[n] = products(g, x + column_of(support, is_wide, k + n) * block_tokens);
      memcpy(&before, dv + k, sizeof before);
      before += sums_of_four(four);
      memcpy(dv + k, &before, sizeof before);
    }
    for (; k < end; k++) dv[k] += sum(products(g, x + column_of(support, is_wide, k) * block_tokens));
  }
}

void SLK(sparse_values_gradient)(slk_support support, size_t first, size_t last, const float *dy, const float *x,
                                 float *dv) {
  BY_WIDTH(support, sample_rows, first, last, dy, x, dv);
}
