// Both versions of every kernel by name, so that tests can hold one against the other.
#pragma once
#include "CKernels.h"

#define SLK(name) slk_##name##_portable
#include "../versions.h"
#undef SLK

#if defined(__x86_64__)
#define SLK(name) slk_##name##_avx2
#include "../versions.h"
#undef SLK
#endif
