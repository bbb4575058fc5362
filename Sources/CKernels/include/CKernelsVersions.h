// The versions of the kernels that the dispatch chooses from, so that tests can hold each against the others.
#pragma once
#include "CKernels.h"

/// One version of every kernel.
typedef struct {
  /// The instruction set.
  const char *version;
#define KERNEL(result, name, parameters, arguments) result(*name) parameters;
#include "CKernelsList.h"
#undef KERNEL
} slk_kernels;

enum { SLK_MOST_VERSIONS = 3 };
/// The versions that this processor can run, the one that the dispatch takes first and the portable one last; the
/// result is how many.
size_t slk_versions(const slk_kernels *versions[SLK_MOST_VERSIONS]);
/// The functions of `CKernels.h`.
const slk_kernels *slk_dispatched(void);
