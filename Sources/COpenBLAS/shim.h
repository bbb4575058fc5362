#pragma once
#include <cblas.h>
#include <openblas_config.h>

// LAPACK routines that OpenBLAS carries. Debian ships their C interface in another package, so the Fortran symbols are
// declared here; every argument goes by address and matrices are column-major.
void sgesdd_(const char *jobz, const int *m, const int *n, float *a, const int *lda, float *s, float *u, const int *ldu,
             float *vt, const int *ldvt, float *work, const int *lwork, int *iwork, int *info);
void sgeqrf_(const int *m, const int *n, float *a, const int *lda, float *tau, float *work, const int *lwork, int *info);
void sorgqr_(const int *m, const int *n, const int *k, float *a, const int *lda, const float *tau, float *work,
             const int *lwork, int *info);

// OpenBLAS's own work buffers: every product takes one for as long as it runs. The library exports these functions,
// and no header of it declares them; a build that hides them links all the same.
extern void *blas_memory_alloc(int) __attribute__((weak));
extern void blas_memory_free(void *) __attribute__((weak));

/// Takes a buffer as a product would, mapping it if it is the first to need it; NULL where the functions are hidden.
static inline void *slb_take_buffer(void) {
  return blas_memory_alloc && blas_memory_free ? blas_memory_alloc(0) : 0;
}

/// Gives a buffer back; OpenBLAS keeps it mapped for the next product.
static inline void slb_give_back_buffer(void *buffer) { blas_memory_free(buffer); }
