// The kernels for processors with AVX2.
#if defined(__x86_64__)
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#define SLK(name) slk_##name##_avx2
#include "versions.h"
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "vectors.h"
#include "bodies/elementwise.h"
#include "bodies/precision.h"
#include "bodies/normalization.h"
#include "bodies/softmax.h"
#include "bodies/quantization.h"
#include "bodies/random.h"
#include "bodies/sparse.h"
#include "bodies/sparse_columns.h"
#pragma clang attribute pop
#endif
