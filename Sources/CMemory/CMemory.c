#include "CMemory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void *slt_reserve(size_t bytes) {
  void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return block == MAP_FAILED ? NULL : block;
}

void slt_unreserve(void *block, size_t bytes) { munmap(block, bytes); }

#ifdef HAVE_JEMALLOC
#include <jemalloc/jemalloc.h>

// One automatic arena and no background thread: what is live is then a function of the program alone, and freed memory
// goes back at once, so that resident bytes follow live bytes.
const char *malloc_conf = "narenas:1,background_thread:false,dirty_decay_ms:0,muzzy_decay_ms:0";

bool slt_has_jemalloc(void) { return true; }

const char *slt_allocator_version(void) {
  const char *version = "unknown";
  size_t size = sizeof version;
  mallctl("version", &version, &size, NULL, 0);
  return version;
}

int slt_arena_create(void) {
  unsigned index = 0;
  size_t size = sizeof index;
  if (mallctl("arenas.create", &index, &size, NULL, 0) != 0) return -1;
  return (int)index;
}

void slt_arena_destroy(int arena) {
  char name[64];
  snprintf(name, sizeof name, "arena.%d.destroy", arena);
  mallctl(name, NULL, NULL, NULL, 0);
}

// Explicit arenas go without the thread cache: a freed block would else stay in the cache and count as allocated.
static int flags_of(int arena) { return MALLOCX_ALIGN(SLT_ALIGNMENT) | MALLOCX_ARENA((unsigned)arena) | MALLOCX_TCACHE_NONE; }

void *slt_allocate(int arena, size_t bytes, size_t *usable) {
  int flags = flags_of(arena);
  void *block = mallocx(bytes, flags);
  if (block && usable) *usable = sallocx(block, flags);
  return block;
}

size_t slt_usable(size_t bytes) { return nallocx(bytes, MALLOCX_ALIGN(SLT_ALIGNMENT)); }

void slt_free(void *block, size_t bytes) { sdallocx(block, bytes, MALLOCX_ALIGN(SLT_ALIGNMENT) | MALLOCX_TCACHE_NONE); }

void slt_refresh_statistics(void) {
  uint64_t epoch = 1;
  size_t size = sizeof epoch;
  mallctl("epoch", &epoch, &size, &epoch, size);
}

static long long statistic(int arena, const char *what) {
  char name[96];
  size_t value = 0, size = sizeof value;
  snprintf(name, sizeof name, "stats.arenas.%d.%s", arena, what);
  if (mallctl(name, &value, &size, NULL, 0) != 0) return -1;
  return (long long)value;
}

long long slt_arena_allocated(int arena) {
  long long small = statistic(arena, "small.allocated");
  long long large = statistic(arena, "large.allocated");
  return small < 0 || large < 0 ? -1 : small + large;
}

long long slt_arena_resident(int arena) { return statistic(arena, "resident"); }

#else

bool slt_has_jemalloc(void) { return false; }
const char *slt_allocator_version(void) { return "system"; }
int slt_arena_create(void) { return 0; }
void slt_arena_destroy(int arena) { (void)arena; }

size_t slt_usable(size_t bytes) { return (bytes + SLT_ALIGNMENT - 1) / SLT_ALIGNMENT * SLT_ALIGNMENT; }

void *slt_allocate(int arena, size_t bytes, size_t *usable) {
  (void)arena;
  size_t rounded = slt_usable(bytes);
  if (usable) *usable = rounded;
  return aligned_alloc(SLT_ALIGNMENT, rounded);
}

void slt_free(void *block, size_t bytes) {
  (void)bytes;
  free(block);
}

void slt_refresh_statistics(void) {}
long long slt_arena_allocated(int arena) { (void)arena; return -1; }
long long slt_arena_resident(int arena) { (void)arena; return -1; }
#endif
