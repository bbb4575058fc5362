// The kernels for x86-64 processors with AVX2 and FMA: a vector of sixteen lanes is two registers.
#if defined(__x86_64__)
#define SLK(name) slk_##name##_avx2
#define SLK_VERSION "AVX2"
#define SLK_TARGET "avx2,fma"
#include "version.h"
#endif
