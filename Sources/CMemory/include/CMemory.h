// Aligned memory from a jemalloc arena of its own, and what jemalloc says of that arena.
//
// jemalloc's flags are function-like macros, which Swift cannot see. Without HAVE_JEMALLOC the same functions serve
// memory from the system's allocator and every statistic is reported as not available.
#pragma once
#include <stdbool.h>
#include <stddef.h>

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
