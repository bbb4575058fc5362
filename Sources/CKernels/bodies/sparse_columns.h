// The backward products of a sparse matrix S with a block of tokens, by the columns of S.
//
// Both products of an entry want the same 64 gradients of its row: dx of its column takes them times the value, and the
// value's own gradient takes them times x. By columns, x and dx of the column stay in registers, and an entry costs one
// stream of loads where the two products by rows cost three and one of stores.

SLK_INLINE void sort_by_columns(slk_support support, int is_wide, size_t rows, size_t columns, const float *v,
                                slk_columns to, float *values) {
  memset(to.starts, 0, (columns + 1) * sizeof *to.starts);
  size_t count = support.row_starts[rows];
  for (size_t k = 0; k < count; k++) to.starts[column_of(support, is_wide, k) + 1]++;
  for (size_t column = 0; column < columns; column++) to.starts[column + 1] += to.starts[column];
  for (size_t row = 0; row < rows; row++)
    for (size_t k = support.row_starts[row]; k < (size_t)support.row_starts[row + 1]; k++) {
      int32_t place = to.starts[column_of(support, is_wide, k)]++;
      to.rows[place] = (int32_t)row;
      to.places[k] = place;
      values[place] = v[k];
    }
  // Every start has moved to the next column's.
  memmove(to.starts + 1, to.starts, columns * sizeof *to.starts);
  to.starts[0] = 0;
}

void SLK(support_by_columns)(slk_support support, size_t rows, size_t columns, const float *v, slk_columns to,
                             float *values) {
  BY_WIDTH(support, sort_by_columns, rows, columns, v, to, values);
}

void SLK(add_at_places)(const int32_t *places, size_t count, const float *x, float *y) {
  for (size_t k = 0; k < count; k++) y[k] += x[places[k]];
}

/// The sums of four vectors, each added up in the order of `sum`.
SLK_INLINE f4 sums_of_four(const f16 r[4]) {
  f4 h[4];
  for (int i = 0; i < 4; i++) {
    f8 half = r[i].lo + r[i].hi;
    h[i] = half.lo + half.hi;
  }
  f4 a = __builtin_shufflevector(h[0], h[1], 0, 4, 1, 5), b = __builtin_shufflevector(h[0], h[1], 2, 6, 3, 7);
  f4 c = __builtin_shufflevector(h[2], h[3], 0, 4, 1, 5), d = __builtin_shufflevector(h[2], h[3], 2, 6, 3, 7);
  f4 even = a + b, odd = c + d;
  return __builtin_shufflevector(even, odd, 0, 1, 4, 5) + __builtin_shufflevector(even, odd, 2, 3, 6, 7);
}

// Entries ahead of the one at hand whose gradients are called for: they lie anywhere in the second cache level.
enum { ahead = 16 };

SLK_INLINE void call_for(const float *x) {
  for (int i = 0; i < block_tokens; i += 16) __builtin_prefetch(x + i);
}

/// Adds a value times the gradients of its row to `total`; returns their products with x, sums that are left to add up.
SLK_INLINE f16 take_gradients(const float *g, f16 value, const f16 x[block_vectors], f16 total[block_vectors]) {
  f16 gradients = load(g);
  f16 products = gradients * x[0];
  total[0] = fused(value, gradients, total[0]);
  for (int i = 1; i < block_vectors; i++) {
    gradients = load(g + lanes * i);
    total[i] = fused(value, gradients, total[i]);
    products = fused(gradients, x[i], products);
  }
  return products;
}

void SLK(sparse_backward)(slk_columns support, size_t first, size_t last, const float *values, const float *dy,
                          const float *x, float *dx, float *dvalues) {
  size_t final = support.starts[last];
  for (size_t column = first; column < last; column++) {
    size_t k = support.starts[column], end = support.starts[column + 1];
    f16 own[block_vectors], total[block_vectors];
    for (int i = 0; i < block_vectors; i++) {
      own[i] = load(x + column * block_tokens + lanes * i);
      total[i] = 0;
    }
    // A sum across lanes costs as much as the products it ends; four at a time share theirs.
    for (; k + 4 <= end; k += 4) {
      f16 four[4];
      f4 before;
      for (size_t n = 0; n < 4; n++) {
        if (k + n + ahead < final) call_for(dy + (size_t)support.rows[k + n + ahead] * block_tokens);
        four[n] = take_gradients(dy + (size_t)support.rows[k + n] * block_tokens, values[k + n], own, total);
      }
      memcpy(&before, dvalues + k, sizeof before);
      before += sums_of_four(four);
      memcpy(dvalues + k, &before, sizeof before);
    }
    for (; k < end; k++)
      dvalues[k] += sum(take_gradients(dy + (size_t)support.rows[k] * block_tokens, values[k], own, total));
    for (int i = 0; i < block_vectors; i++) store(dx + column * block_tokens + lanes * i, total[i]);
  }
}
