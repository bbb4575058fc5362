// Products of a sparse matrix S, held by rows, with a block of tokens.
//
// A non-zero meets one feature of every token. In a block that is held feature-major, [features, 64], these are 64
// floats side by side: four vectors that are loaded, multiplied and added without a gather, while what belongs to the
// row of S (four sums, or four vectors of gradients) stays in registers. A block of fewer tokens is filled up with
// zeros.

enum { block_tokens = slk_block_tokens, block_vectors = slk_block_tokens / lanes };

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

SLK_INLINE f4 load4(const float *p) {
  f4 v;
  memcpy(&v, p, sizeof v);
  return v;
}

/// Four columns of sixteen rows, which are `stride` floats apart.
SLK_INLINE void columns_of(const float *x, size_t stride, f16 column[4]) {
  f16 r[4], pairs[4];
  // Rows 4, 8 and 12 further on stand side by side, so that what remains is to transpose four by four.
  for (int i = 0; i < 4; i++) {
    const float *row = x + i * stride;
    f8 lower = __builtin_shufflevector(load4(row), load4(row + 4 * stride), 0, 1, 2, 3, 4, 5, 6, 7);
    f8 upper = __builtin_shufflevector(load4(row + 8 * stride), load4(row + 12 * stride), 0, 1, 2, 3, 4, 5, 6, 7);
    r[i] = __builtin_shufflevector(lower, upper, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }
  for (int i = 0; i < 4; i += 2) {
    pairs[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    pairs[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  }
  for (int i = 0; i < 2; i++) {
    column[2 * i] =
        __builtin_shufflevector(pairs[i], pairs[i + 2], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    column[2 * i + 1] =
        __builtin_shufflevector(pairs[i], pairs[i + 2], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
}

enum { tile_size = 16 };

/// Writes (or adds) the transpose of a tile of at most sixteen rows and columns; the strides are those of the rows.
///
/// What is added to is loaded before anything is stored, and `copies` has the rows copied side by side first: where a
/// stride is a multiple of 4 KiB, as of 1024 features, loads wait for stores to other rows, and a line that is wanted
/// four times is gone from the first cache level before the second.
SLK_INLINE void transpose_tile(const float *x, size_t stride, size_t rows, size_t columns, float *y, size_t y_stride,
                               int adds, int copies) {
  if (rows == tile_size && columns == tile_size) {
    f16 before[tile_size];
    float tile[tile_size * tile_size];
    if (adds)
      for (size_t i = 0; i < tile_size; i++) before[i] = load(y + i * y_stride);
    if (copies)
      for (size_t i = 0; i < tile_size; i++) store(tile + tile_size * i, load(x + i * stride));
#pragma clang loop unroll(full)
    for (size_t j = 0; j < tile_size; j += 4) {
      f16 column[4];
      columns_of(copies ? tile + j : x + j, copies ? tile_size : stride, column);
      for (size_t i = 0; i < 4; i++) store(y + (j + i) * y_stride, adds ? before[j + i] + column[i] : column[i]);
    }
  } else {
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++)
        y[j * y_stride + i] = adds ? y[j * y_stride + i] + x[i * stride + j] : x[i * stride + j];
  }
}

SLK_INLINE void turn_tokens(const float *x, size_t tokens, size_t columns, float *features, int copies) {
  for (size_t token = 0; token < tokens; token += tile_size)
    for (size_t column = 0; column < columns; column += tile_size)
      transpose_tile(x + token * columns + column, columns, at_most(tokens - token, tile_size),
                     at_most(columns - column, tile_size), features + column * block_tokens + token, block_tokens, 0,
                     copies);
}

void SLK(to_features)(const float *x, size_t tokens, size_t columns, float *features) {
  if (tokens < block_tokens) memset(features, 0, columns * block_tokens * sizeof(float));
  if (columns % 1024 == 0) turn_tokens(x, tokens, columns, features, 1);
  else turn_tokens(x, tokens, columns, features, 0);
}

void SLK(from_features)(const float *features, size_t tokens, size_t columns, float *x, int adds) {
  for (size_t token = 0; token < tokens; token += tile_size)
    for (size_t column = 0; column < columns; column += tile_size)
      transpose_tile(features + column * block_tokens + token, block_tokens, at_most(columns - column, tile_size),
                     at_most(tokens - token, tile_size), x + token * columns + column, columns, adds, 0);
}

// Rows whose sums wait in the first cache level until they are written out as rows of tokens, a cache line each. These
// lines lie far from each other, so they are asked for while the sums are made.
enum { waiting = tile_size };

SLK_INLINE void multiply_rows(slk_support support, int is_wide, size_t rows, const float *v, const float *features,
                              float *y, size_t tokens) {
  float sums[waiting * block_tokens];
  for (size_t first = 0; first < rows; first += waiting) {
    size_t count = at_most(rows - first, waiting);
    for (size_t row = 0; row < count; row++) {
      for (size_t token = row; token < tokens; token += count) __builtin_prefetch(y + token * rows + first, 1);
      size_t end = support.row_starts[first + row + 1];
      f16 total[block_vectors];
      for (int i = 0; i < block_vectors; i++) total[i] = 0;
      for (size_t k = support.row_starts[first + row]; k < end; k++) {
        const float *x = features + column_of(support, is_wide, k) * block_tokens;
        f16 value = v[k];
        for (int i = 0; i < block_vectors; i++) total[i] = fused(value, load(x + lanes * i), total[i]);
      }
      for (int i = 0; i < block_vectors; i++) store(sums + row * block_tokens + lanes * i, total[i]);
    }
    for (size_t token = 0; token < tokens; token += tile_size)
      transpose_tile(sums + token, block_tokens, count, at_most(tokens - token, tile_size), y + token * rows + first,
                     rows, 0, 0);
  }
}

void SLK(sparse_forward)(slk_support support, size_t rows, const float *v, const float *features, float *y,
                         size_t tokens) {
  BY_WIDTH(support, multiply_rows, rows, v, features, y, tokens);
}
