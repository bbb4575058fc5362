// The nearest entry is found without a search. A number's sign, its exponent and 7 bits of its fraction name a cell so
// narrow that at most one boundary between two entries lies in it; the table of cells gives the entry of the cell's
// smallest number, and one comparison with that entry's bound tells whether it is the next one.
SLK_INLINE i8 map_cells(f8 x) {
  i8 bits;
  memcpy(&bits, &x, sizeof bits);
  i8 magnitude = bits & 0x7FFFFFFF;
  magnitude = __builtin_elementwise_max(magnitude, (i8)SLK_MAP_SMALLEST);
  magnitude = __builtin_elementwise_min(magnitude, (i8)SLK_MAP_LARGEST);
  return ((magnitude - SLK_MAP_SMALLEST) >> SLK_MAP_SHIFT) + ((bits >> 31) & SLK_MAP_HALF);
}

SLK_INLINE void encode_lanes(slk_map map, f8 x, uint8_t *codes, size_t count) {
  i8 cells = map_cells(x);
  int32_t cell[8];
  float value[8];
  memcpy(cell, &cells, sizeof cell);
  memcpy(value, &x, sizeof value);
  for (size_t lane = 0; lane < count; lane++) {
    uint8_t code = map.cells[cell[lane]];
    codes[lane] = (uint8_t)(code + (value[lane] > map.bounds[code]));
  }
}

SLK_INLINE f8 decode_lanes(slk_map map, const uint8_t *codes, size_t count) {
  float value[8] = {0};
  for (size_t lane = 0; lane < count; lane++) value[lane] = map.values[codes[lane]];
  return load(value);
}

SLK_INLINE f8 magnitudes(f8 x) { return __builtin_elementwise_abs(x); }

SLK_INLINE f8 larger(f8 x, f8 y) { return x > y ? x : y; }

// Below the smallest normal number the inverse would be infinite.
SLK_INLINE float inverse(float absmax) { return 1.0f / (absmax > 1e-38f ? absmax : 1e-38f); }

SLK_INLINE void encode(slk_map map, const float *x, float absmax, uint8_t *codes, size_t count) {
  float factor = inverse(absmax);
  size_t i = 0;
  for (; i + 8 <= count; i += 8) encode_lanes(map, load(x + i) * factor, codes + i, 8);
  if (i < count) encode_lanes(map, load_part(x + i, count - i, 0) * factor, codes + i, count - i);
}

float SLK(quantize)(slk_map map, const float *x, uint8_t *codes, size_t count) {
  f8 most = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) most = larger(magnitudes(load(x + i)), most);
  if (i < count) most = larger(magnitudes(load_part(x + i, count - i, 0)), most);
  float absmax = largest(most);
  encode(map, x, absmax, codes, count);
  return absmax;
}

void SLK(dequantize)(slk_map map, const uint8_t *codes, float absmax, float *x, size_t count) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) store(x + i, decode_lanes(map, codes + i, 8) * absmax);
  if (i < count) store_part(x + i, decode_lanes(map, codes + i, count - i) * absmax, count - i);
}

SLK_INLINE f8 chosen(i8 condition, f8 x, f8 y) { return condition ? x : y; }

SLK_INLINE void blockwise_adam_lanes(f8 *w, f8 g, f8 *m, f8 *v, const slk_blockwise_adam_constants *c) {
  i8 is_finite = magnitudes(g) < (f8)INFINITY;
  f8 first = *m * c->beta1 + g * c->one_minus_beta1;
  f8 second = *v * c->beta2 + (g * c->one_minus_beta2) * g;
  f8 denominator = __builtin_elementwise_sqrt(second) / c->root_correction + c->epsilon;
  f8 updated = (*w * c->factor_before - (first * c->step_size) / denominator) * c->factor_after;
  *m = chosen(is_finite, first, (f8)0);
  *v = chosen(is_finite, second, (f8)0);
  *w = chosen(is_finite, updated, *w);
}

/// Eight elements, or the `count` that are left, of a block's pass over its gradient.
SLK_INLINE void blockwise_adam_step(float *weight, const float *gradient, slk_moment_block first,
                                    slk_moment_block second, f8 *m, f8 *v, size_t at, size_t count,
                                    const slk_blockwise_adam_constants *constants) {
  f8 w = count == 8 ? load(weight + at) : load_part(weight + at, count, 0);
  f8 g = count == 8 ? load(gradient + at) : load_part(gradient + at, count, 0);
  *m = decode_lanes(first.map, first.codes + at, count) * *first.absmax;
  *v = decode_lanes(second.map, second.codes + at, count) * *second.absmax;
  blockwise_adam_lanes(&w, g, m, v, constants);
  if (count == 8) store(weight + at, w);
  else store_part(weight + at, w, count);
}

void SLK(blockwise_adam)(float *weight, const float *gradient, slk_moment_block first, slk_moment_block second,
                         size_t count, const slk_blockwise_adam_constants *constants) {
  float m[SLK_LARGEST_BLOCK], v[SLK_LARGEST_BLOCK];
  f8 most_m = 0, most_v = 0, m8, v8;
  for (size_t i = 0; i < count; i += 8) {
    if (i + 8 <= count) blockwise_adam_step(weight, gradient, first, second, &m8, &v8, i, 8, constants);
    else blockwise_adam_step(weight, gradient, first, second, &m8, &v8, i, count - i, constants);
    store(m + i, m8);
    store(v + i, v8);
    most_m = larger(magnitudes(m8), most_m);
    most_v = larger(v8, most_v);
  }
  *first.absmax = largest(most_m);
  *second.absmax = largest(most_v);
  encode(first.map, m, *first.absmax, first.codes, count);
  encode(second.map, v, *second.absmax, second.codes, count);
}
