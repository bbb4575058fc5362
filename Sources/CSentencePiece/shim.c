#include "CSentencePiece.h"
int sp_placeholder(void) { return 0; }
