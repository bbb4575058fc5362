typedef uint64_t u4 __attribute__((ext_vector_type(4)));
typedef int64_t s4 __attribute__((ext_vector_type(4)));

/// Philox 4x32-10 of four counters; their words are the lower halves of the lanes, and the upper ones are left over.
SLK_INLINE void philox(u4 word[4], uint32_t key0, uint32_t key1) {
  // The mask costs nothing: it says that a product of 32-bit numbers is meant, which is one instruction.
  const u4 lower = 0xFFFFFFFFu;
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    u4 product0 = (word[0] & lower) * (u4)0xD2511F53u, product1 = (word[2] & lower) * (u4)0xCD9E8D57u;
    word[0] = (product1 >> 32) ^ word[1] ^ (u4)key0;
    word[1] = product1;
    word[2] = (product0 >> 32) ^ word[3] ^ (u4)key1;
    word[3] = product0;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
}

// Few candidates are chosen, and each choice hangs on those before it. So the vectors only pass over the candidates
// whose draw is too large whatever has been chosen among these; eight that hold another go through the exact test one
// by one.
size_t SLK(sample)(slk_stream stream, uint64_t first, uint64_t end, uint64_t bound, uint64_t wanted, int32_t *chosen) {
  const u4 lower = 0xFFFFFFFFu;
  uint64_t most = (wanted << 32) / (bound - end + 1);
  s4 limit = (s4)(int64_t)(most < 0xFFFFFFFFu ? most : 0xFFFFFFFFu);
  size_t found = 0;
  for (uint64_t candidate = first; candidate < end; candidate += 8) {
    u4 counter = (u4)(candidate / 2) + (u4){0, 1, 2, 3};
    u4 word[4] = {counter & lower, counter >> 32, (u4)(uint64_t)stream.name[0], (u4)(uint64_t)stream.name[1]};
    philox(word, stream.key[0], stream.key[1]);
    u4 draws[2] = {(word[0] & lower) | word[1] << 32, (word[2] & lower) | word[3] << 32};
    if (!__builtin_reduce_or(((s4)(draws[0] >> 32) <= limit) | ((s4)(draws[1] >> 32) <= limit))) continue;
    for (uint64_t i = 0; i < 8; i++) {
      unsigned __int128 product = (unsigned __int128)draws[i % 2][i / 2] * (bound - candidate - i);
      int is_chosen = candidate + i < end && (uint64_t)(product >> 64) < wanted - found;
      chosen[found] = (int32_t)(candidate + i);
      found += is_chosen;
    }
  }
  return found;
}
