// Aligned memory from a jemalloc arena of its own, and what jemalloc says of that arena.
//
// jemalloc's flags are function-like macros, which Swift cannot see. Without HAVE_JEMALLOC the same functions serve
// memory from the system's allocator and every statistic is reported as not available.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Every block is aligned to this many bytes: a cache line, and a whole AVX-512 register.
#define SLT_ALIGNMENT 64

/// Whether jemalloc serves this build.
bool slt_has_jemalloc(void);

/// The version text of the allocator that serves this process.
const char *slt_allocator_version(void);

/// Creates an arena and returns its index, or -1 if there can be no more.
int slt_arena_create(void);

/// Gives an arena back. All its blocks must have been freed.
void slt_arena_destroy(int arena);

/// A block of `bytes` bytes, not cleared; NULL if there is no memory. `usable` receives the bytes that the allocator
/// really set aside.
void *slt_allocate(int arena, size_t bytes, size_t *usable);

/// Frees a block that `slt_allocate` gave.
void slt_free(void *block, size_t bytes);

/// The bytes that the allocator would set aside for a block of `bytes` bytes.
size_t slt_usable(size_t bytes);

/// Addresses of `bytes` bytes that read as zero and take memory only where they are written; NULL if there are none.
void *slt_reserve(size_t bytes);

/// Gives addresses back that `slt_reserve` gave.
void slt_unreserve(void *block, size_t bytes);

/// Brings the statistics below up to date.
void slt_refresh_statistics(void);

/// Bytes that an arena has handed out and not got back, as jemalloc itself counts them; -1 if unknown.
long long slt_arena_allocated(int arena);

/// Bytes of physical memory that an arena holds, as jemalloc counts them; -1 if unknown.
long long slt_arena_resident(int arena);

/// Addresses from `start` on, up to but not including `end`.
typedef struct {
  uintptr_t start;
  uintptr_t end;
} slt_range;

/// Writes the ranges of addresses that this process has mapped, ascending, those that touch joined into one; takes no
/// memory itself. Returns how many there are, of which at most `capacity` are written; -1 where the system does not
/// say.
int slt_mapped_ranges(slt_range *ranges, int capacity);

/// Bytes of the pages from `start` on, up to `end`, that are in physical memory; -1 if unknown. Both are multiples of
/// `slt_page_size`.
long long slt_resident_bytes(uintptr_t start, uintptr_t end);

/// Bytes of a page.
size_t slt_page_size(void);
