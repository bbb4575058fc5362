#include "CKernels.h"
void slk_placeholder(void) {}
