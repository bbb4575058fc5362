// SentencePiece behind a C interface: train, open, encode, decode.
//
// No exception leaves these functions. Every function that can fail writes a text that ends with a zero byte to `error`,
// which holds `error_bytes` bytes. A model may be used from several threads at once.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An open model.
typedef struct slt_tokenizer slt_tokenizer;

/// Trains a model. `keys` and `values` are the trainer's options; sentence `i` is the bytes of `text` from `ends[i - 1]`
/// (0 for the first) to `ends[i]`. Returns the serialized model, which `slt_tokenizer_free_bytes` frees, or NULL.
char *slt_tokenizer_train(const char *const *keys, const char *const *values, size_t option_count, const char *text,
                          const size_t *ends, size_t sentence_count, size_t *model_bytes, char *error,
                          size_t error_bytes);

/// Opens a serialized model; NULL if the bytes are not one.
slt_tokenizer *slt_tokenizer_open(const void *model, size_t model_bytes, char *error, size_t error_bytes);

/// Closes a model.
void slt_tokenizer_close(slt_tokenizer *tokenizer);

/// The number of pieces.
int32_t slt_tokenizer_piece_count(const slt_tokenizer *tokenizer);

/// The ids of the special pieces, -1 where the model has none.
int32_t slt_tokenizer_pad_id(const slt_tokenizer *tokenizer);
int32_t slt_tokenizer_eos_id(const slt_tokenizer *tokenizer);
int32_t slt_tokenizer_bos_id(const slt_tokenizer *tokenizer);
int32_t slt_tokenizer_unk_id(const slt_tokenizer *tokenizer);

/// Encodes UTF-8 text without any special piece. Returns the ids, which stay until the calling thread encodes again, and
/// their number; NULL if the text cannot be encoded.
const int32_t *slt_tokenizer_encode(const slt_tokenizer *tokenizer, const char *text, size_t text_bytes, size_t *count,
                                    char *error, size_t error_bytes);

/// Decodes ids to UTF-8 text, which `slt_tokenizer_free_bytes` frees; NULL if an id is outside the model.
char *slt_tokenizer_decode(const slt_tokenizer *tokenizer, const int32_t *ids, size_t count, size_t *text_bytes,
                           char *error, size_t error_bytes);

/// Frees what `slt_tokenizer_train` and `slt_tokenizer_decode` gave.
void slt_tokenizer_free_bytes(char *bytes);

#ifdef __cplusplus
}
#endif
