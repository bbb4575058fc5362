// The nearest entry is found without a search. A number's sign, its exponent and 7 bits of its fraction name a cell so
// narrow that at most one boundary between two entries lies in it; the table of cells gives the entry of the cell's
// smallest number, and one comparison with that entry's bound tells whether it is the next one.
SLK_INLINE i16 map_cells(f16 x) {
  i16 bits;
  memcpy(&bits, &x, sizeof bits);
  i16 magnitude = bits & 0x7FFFFFFF;
  magnitude = __builtin_elementwise_max(magnitude, (i16)SLK_MAP_SMALLEST);
  magnitude = __builtin_elementwise_min(magnitude, (i16)SLK_MAP_LARGEST);
  return ((magnitude - SLK_MAP_SMALLEST) >> SLK_MAP_SHIFT) + ((bits >> 31) & SLK_MAP_HALF);
}

SLK_INLINE void encode_lanes(slk_map map, f16 x, uint8_t *codes, size_t count) {
  i16 cells = map_cells(x);
  int32_t cell[lanes];
  float value[lanes];
  memcpy(cell, &cells, sizeof cell);
  memcpy(value, &x, sizeof value);
  for (size_t lane = 0; lane < count; lane++) {
    uint8_t code = map.cells[cell[lane]];
    codes[lane] = (uint8_t)(code + (value[lane] > map.bounds[code]));
  }
}

SLK_INLINE f16 decode_lanes(slk_map map, const uint8_t *codes, size_t count) {
  float value[lanes] = {0};
  for (size_t lane = 0; lane < count; lane++) value[lane] = map.values[codes[lane]];
  return load(value);
}

SLK_INLINE f16 magnitudes(f16 x) { return __builtin_elementwise_abs(x); }

// Below the smallest normal number the inverse would be infinite.
SLK_INLINE float inverse(float absmax) { return 1.0f / (absmax > 1e-38f ? absmax : 1e-38f); }

SLK_INLINE void encode(slk_map map, const float *x, float absmax, uint8_t *codes, size_t count) {
  float factor = inverse(absmax);
  EACH_VECTOR(i, width, count, { encode_lanes(map, load_part(x + i, width, 0) * factor, codes + i, width); });
}

float SLK(quantize)(slk_map map, const float *x, uint8_t *codes, size_t count) {
  f16 most = 0;
  EACH_VECTOR(i, width, count, { most = larger(magnitudes(load_part(x + i, width, 0)), most); });
  float absmax = largest(most);
  encode(map, x, absmax, codes, count);
  return absmax;
}

void SLK(dequantize)(slk_map map, const uint8_t *codes, float absmax, float *x, size_t count) {
  EACH_VECTOR(i, width, count, { store_part(x + i, decode_lanes(map, codes + i, width) * absmax, width); });
}

SLK_INLINE f16 chosen(i16 condition, f16 x, f16 y) { return condition ? x : y; }

// The order is that of bitsandbytes, operation by operation, with no product fused.
SLK_INLINE void blockwise_adam_lanes(f16 *w, f16 g, f16 *m, f16 *v, const slk_blockwise_adam_constants *c) {
  i16 is_finite = magnitudes(g) < (f16)INFINITY;
  f16 first = *m * c->beta1 + g * c->one_minus_beta1;
  f16 second = *v * c->beta2 + (g * c->one_minus_beta2) * g;
  f16 denominator = __builtin_elementwise_sqrt(second) / c->root_correction + c->epsilon;
  f16 updated = (*w * c->factor_before - (first * c->step_size) / denominator) * c->factor_after;
  *m = chosen(is_finite, first, (f16)0);
  *v = chosen(is_finite, second, (f16)0);
  *w = chosen(is_finite, updated, *w);
}

void SLK(blockwise_adam)(float *weight, const float *gradient, slk_moment_block first, slk_moment_block second,
                         size_t count, const slk_blockwise_adam_constants *constants) {
  float moments[2][SLK_LARGEST_BLOCK];
  f16 most_m = 0, most_v = 0;
  EACH_VECTOR(i, width, count, {
    f16 w = load_part(weight + i, width, 0);
    f16 m = decode_lanes(first.map, first.codes + i, width) * *first.absmax;
    f16 v = decode_lanes(second.map, second.codes + i, width) * *second.absmax;
    blockwise_adam_lanes(&w, load_part(gradient + i, width, 0), &m, &v, constants);
    store_part(weight + i, w, width);
    store(moments[0] + i, m);
    store(moments[1] + i, v);
    most_m = larger(magnitudes(m), most_m);
    most_v = larger(v, most_v);
  });
  *first.absmax = largest(most_m);
  *second.absmax = largest(most_v);
  encode(first.map, moments[0], *first.absmax, first.codes, count);
  encode(second.map, moments[1], *second.absmax, second.codes, count);
}
