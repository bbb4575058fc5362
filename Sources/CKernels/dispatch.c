// The choice of a version, once, before the program begins; each kernel then jumps to it through a table.
#include "CKernelsVersions.h"

extern const slk_kernels slk_kernels_portable;

#if defined(__x86_64__)
extern const slk_kernels slk_kernels_avx2, slk_kernels_avx512;

int slk_has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static int has_avx512(void) {
  return slk_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
int slk_has_avx2(void) { return 0; }
#endif

size_t slk_versions(const slk_kernels *versions[SLK_MOST_VERSIONS]) {
  size_t count = 0;
#if defined(__x86_64__)
  if (has_avx512()) versions[count++] = &slk_kernels_avx512;
  if (slk_has_avx2()) versions[count++] = &slk_kernels_avx2;
#endif
  versions[count++] = &slk_kernels_portable;
  return count;
}

static const slk_kernels *in_use = &slk_kernels_portable;

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#endif
  const slk_kernels *versions[SLK_MOST_VERSIONS];
  slk_versions(versions);
  in_use = versions[0];
}

const char *slk_version(void) { return in_use->version; }

#define KERNEL(result, name, parameters, arguments) \
  result slk_##name parameters { return in_use->name arguments; }
#include "CKernelsList.h"
#undef KERNEL

const slk_kernels *slk_dispatched(void) {
#define KERNEL(result, name, parameters, arguments) .name = slk_##name,
  static const slk_kernels dispatched = {
      .version = "dispatched",
#include "CKernelsList.h"
  };
  return &dispatched;
}
