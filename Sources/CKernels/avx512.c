// The kernels for x86-64 processors with AVX-512: a vector of sixteen lanes is one register, and there are 32 of them.
#if defined(__x86_64__)
#define SLK(name) slk_##name##_avx512
#define SLK_VERSION "AVX-512"
#define SLK_TARGET "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"
#include "version.h"
#endif
