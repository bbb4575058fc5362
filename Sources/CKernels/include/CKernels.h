#pragma once
void slk_placeholder(void);
