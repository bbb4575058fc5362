int sp_placeholder(void);
