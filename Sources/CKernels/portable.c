// The kernels for any processor.
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#define SLK(name) slk_##name##_portable
#include "versions.h"
#include "vectors.h"
#include "bodies/elementwise.h"
#include "bodies/precision.h"
#include "bodies/normalization.h"
#include "bodies/softmax.h"
#include "bodies/quantization.h"
#include "bodies/random.h"
#include "bodies/sparse.h"
#include "bodies/sparse_columns.h"
