// The kernels for any processor. On AArch64 a vector of sixteen lanes is four registers, and products are fused in one
// instruction; an x86-64 processor without FMA calls a function for each, which is slow and gives the same bits.
#define SLK(name) slk_##name##_portable
#define SLK_VERSION "portable"
#include "version.h"
