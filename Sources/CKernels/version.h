// One version of every kernel, for the file that includes this one: `SLK` gives the kernels their names, and
// `SLK_TARGET`, where it is defined, is the instruction set.
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CKernelsVersions.h"

#define KERNEL(result, name, parameters, arguments) static result SLK(name) parameters;
#include "CKernelsList.h"
#undef KERNEL

#ifdef SLK_TARGET
#pragma clang attribute push(__attribute__((target(SLK_TARGET))), apply_to = function)
#endif
#include "vectors.h"
#include "bodies/elementwise.h"
#include "bodies/precision.h"
#include "bodies/normalization.h"
#include "bodies/softmax.h"
#include "bodies/quantization.h"
#include "bodies/random.h"
#include "bodies/sparse.h"
#include "bodies/sparse_columns.h"
#ifdef SLK_TARGET
#pragma clang attribute pop
#endif

#define KERNEL(result, name, parameters, arguments) .name = SLK(name),
const slk_kernels SLK(kernels) = {
    .version = SLK_VERSION,
#include "CKernelsList.h"
};
#undef KERNEL
