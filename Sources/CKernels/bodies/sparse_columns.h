// The backward products of a sparse matrix S with a block of tokens, by the columns of S.
//
// Both products of an entry want the same 64 gradients of its row: dx of its column takes them times the value, and the
// value's own gradient takes them times x. By columns, x and dx of the column stay in registers and the first cache level,
// and each entry costs one stream of loads instead of the three loads and a store that the two products take by rows.

void SLK(support_by_columns)(slk_support support, size_t rows, size_t columns, const float *v, slk_columns to,
                             float *values) {
  memset(to.starts, 0, (columns + 1) * sizeof *to.starts);
  size_t count = support.row_starts[rows];
  for (size_t k = 0; k < count; k++) to.starts[column_of(support, support.wide != 0, k) + 1]++;
  for (size_t column = 0; column < columns; column++) to.starts[column + 1] += to.starts[column];
  for (size_t row = 0; row < rows; row++)
    for (size_t k = support.row_starts[row]; k < (size_t)support.row_starts[row + 1]; k++) {
      int32_t place = to.starts[column_of(support, support.wide != 0, k)]++;
      to.rows[place] = (int32_t)row;
      to.places[k] = place;
      values[place] = v[k];
    }
  // Every start has moved to the next column's.
  memmove(to.starts + 1, to.starts, columns * sizeof *to.starts);
  to.starts[0] = 0;
}

void SLK(add_at_places)(const int32_t *places, size_t count, const float *x, float *y) {
  for (size_t k = 0; k < count; k++) y[k] += x[places[k]];
}

/// Adds a value times the gradients of a row to `total`; returns their products with x, eight sums that are left to add.
SLK_INLINE f8 take_gradients(const float *g, f8 value, const float *x, f8 total[block_vectors]) {
  f8 products = 0;
  for (int i = 0; i < block_vectors; i++) {
    f8 gradients = load(g + 8 * i);
    total[i] += value * gradients;
    products += gradients * load(x + 8 * i);
  }
  return products;
}

void SLK(sparse_backward_columns)(slk_columns support, size_t first, size_t last, const float *values, const float *dy,
                          const float *x, float *dx, float *dvalues) {
  for (size_t column = first; column < last; column++) {
    const float *own = x + column * block_tokens;
    size_t k = support.starts[column], end = support.starts[column + 1];
    f8 total[block_vectors];
    for (int i = 0; i < block_vectors; i++) total[i] = 0;
    // A sum across lanes costs as much as the products it ends; four at a time share theirs.
    for (; k + 4 <= end; k += 4) {
      f8 four[4];
      f4 before;
      for (int n = 0; n < 4; n++)
        four[n] = take_gradients(dy + (size_t)support.rows[k + n] * block_tokens, values[k + n], own, total);
      memcpy(&before, dvalues + k, sizeof before);
      before += sums_of_four(four);
      memcpy(dvalues + k, &before, sizeof before);
    }
    for (; k < end; k++)
      dvalues[k] += sum(take_gradients(dy + (size_t)support.rows[k] * block_tokens, values[k], own, total));
    for (int i = 0; i < block_vectors; i++) store(dx + column * block_tokens + 8 * i, total[i]);
  }
}
