void SLK(widen)(const uint16_t *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t bits = (uint32_t)x[i] << 16;
    memcpy(y + i, &bits, sizeof bits);
  }
}

// A NaN must not round to infinity: it keeps its upper bits and is made quiet. The select leaves the loop without a
// branch.
void SLK(round)(const float *x, uint16_t *y, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    uint32_t nearest = bits + 0x7FFF + ((bits >> 16) & 1);
    uint32_t rounded = (bits & 0x7FFFFFFF) > 0x7F800000 ? bits | 0x400000 : nearest;
    y[i] = (uint16_t)(rounded >> 16);
  }
}

// The bits of one element, from its index alone: a hash with two rounds of multiplication, so that any part of a tensor
// can be rounded on any worker. Source of the constants: Wellons' search of 32-bit integer hashes ("lowbias32").
SLK_INLINE uint32_t random_bits(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}

void SLK(round_stochastic)(const float *x, uint16_t *y, size_t count, uint32_t key, uint32_t first) {
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    uint32_t up = bits + (random_bits((first + (uint32_t)i) ^ key) & 0xFFFF);
    // Infinities and NaNs have no neighbours to choose from.
    uint32_t rounded = (bits & 0x7F800000) == 0x7F800000 ? bits | ((bits & 0x7FFFFF) != 0) << 22 : up;
    y[i] = (uint16_t)(rounded >> 16);
  }
}
