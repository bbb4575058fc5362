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
