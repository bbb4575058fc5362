// Loops that do one thing as fast as the processor can: what the rest is measured against.
#pragma once
#include <stddef.h>

/// The numbers in a vector of the widest multiply-add that `slk_ceiling_fma` has for this processor.
int slk_ceiling_lanes(void);

/// `rounds` times a multiply-add of every lane of 12 vectors that hang on nothing but themselves; returns their sum.
///
/// A multiply-add takes 4 cycles and two can begin in each, so that 8 chains keep the units busy and 12 leave room.
/// Operations: `2 · 12 · lanes · rounds`.
float slk_ceiling_fma(int lanes, size_t rounds);

/// `y = x`: moves `8 · count` bytes.
void slk_ceiling_copy(const float *x, float *y, size_t count);

/// `z = x + a y`: moves `12 · count` bytes.
void slk_ceiling_triad(float a, const float *x, const float *y, float *z, size_t count);

/// The sum of `x`: moves `4 · count` bytes.
float slk_ceiling_read(const float *x, size_t count);
