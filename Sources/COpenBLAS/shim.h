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
