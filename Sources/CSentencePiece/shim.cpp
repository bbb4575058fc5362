#include "CSentencePiece.h"

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <unordered_map>
#include <vector>

struct slt_tokenizer {
  sentencepiece::SentencePieceProcessor processor;
};

namespace {

void report(const std::string &text, char *error, size_t error_bytes) {
  if (error_bytes == 0) return;
  const size_t count = std::min(text.size(), error_bytes - 1);
  std::memcpy(error, text.data(), count);
  error[count] = 0;
}

char *copied(const std::string &text, size_t *count) {
  // One byte more than asked for: an empty text is not a failure.
  char *bytes = static_cast<char *>(std::malloc(text.size() + 1));
  if (bytes == nullptr) throw std::bad_alloc();
  std::memcpy(bytes, text.data(), text.size());
  *count = text.size();
  return bytes;
}

// Runs `body`; an exception becomes an error text and the result `failure`.
template <typename Result, typename Body>
Result guarded(Result failure, char *error, size_t error_bytes, Body body) {
  try {
    return body();
  } catch (const std::exception &exception) {
    report(exception.what(), error, error_bytes);
  } catch (...) {
    report("unknown failure", error, error_bytes);
  }
  return failure;
}

class Sentences : public sentencepiece::SentenceIterator {
 public:
  Sentences(const char *text, const size_t *ends, size_t count) : text_(text), ends_(ends), count_(count) { take(); }

  bool done() const override { return index_ >= count_; }
  void Next() override {
    ++index_;
    take();
  }
  const std::string &value() const override { return value_; }
  sentencepiece::util::Status status() const override { return sentencepiece::util::Status(); }

 private:
  void take() {
    if (done()) return;
    const size_t start = index_ == 0 ? 0 : ends_[index_ - 1];
    value_.assign(text_ + start, ends_[index_] - start);
  }

  const char *text_;
  const size_t *ends_;
  size_t count_;
  size_t index_ = 0;
  std::string value_;
};

}  // namespace

char *slt_tokenizer_train(const char *const *keys, const char *const *values, size_t option_count, const char *text,
                          const size_t *ends, size_t sentence_count, size_t *model_bytes, char *error,
                          size_t error_bytes) {
  return guarded<char *>(nullptr, error, error_bytes, [&]() -> char * {
    std::unordered_map<std::string, std::string> options;
    for (size_t i = 0; i < option_count; ++i) options[keys[i]] = values[i];
    Sentences sentences(text, ends, sentence_count);
    std::string model;
    const auto status = sentencepiece::SentencePieceTrainer::Train(options, &sentences, &model);
    if (!status.ok()) {
      report(status.error_message(), error, error_bytes);
      return nullptr;
    }
    return copied(model, model_bytes);
  });
}

slt_tokenizer *slt_tokenizer_open(const void *model, size_t model_bytes, char *error, size_t error_bytes) {
  return guarded<slt_tokenizer *>(nullptr, error, error_bytes, [&]() -> slt_tokenizer * {
    auto tokenizer = std::make_unique<slt_tokenizer>();
    const auto status =
        tokenizer->processor.LoadFromSerializedProto(absl::string_view(static_cast<const char *>(model), model_bytes));
    if (!status.ok()) {
      report(status.error_message(), error, error_bytes);
      return nullptr;
    }
    return tokenizer.release();
  });
}

void slt_tokenizer_close(slt_tokenizer *tokenizer) { delete tokenizer; }

int32_t slt_tokenizer_piece_count(const slt_tokenizer *tokenizer) { return tokenizer->processor.GetPieceSize(); }
int32_t slt_tokenizer_pad_id(const slt_tokenizer *tokenizer) { return tokenizer->processor.pad_id(); }
int32_t slt_tokenizer_eos_id(const slt_tokenizer *tokenizer) { return tokenizer->processor.eos_id(); }
int32_t slt_tokenizer_bos_id(const slt_tokenizer *tokenizer) { return tokenizer->processor.bos_id(); }
int32_t slt_tokenizer_unk_id(const slt_tokenizer *tokenizer) { return tokenizer->processor.unk_id(); }

const int32_t *slt_tokenizer_encode(const slt_tokenizer *tokenizer, const char *text, size_t text_bytes, size_t *count,
                                    char *error, size_t error_bytes) {
  static_assert(sizeof(int) == sizeof(int32_t), "ids are handed over as they are");
  return guarded<const int32_t *>(nullptr, error, error_bytes, [&]() -> const int32_t * {
    thread_local std::vector<int> ids(1);
    const auto status = tokenizer->processor.Encode(absl::string_view(text, text_bytes), &ids);
    if (!status.ok()) {
      report(status.error_message(), error, error_bytes);
      return nullptr;
    }
    *count = ids.size();
    return ids.data();
  });
}

char *slt_tokenizer_decode(const slt_tokenizer *tokenizer, const int32_t *ids, size_t count, size_t *text_bytes,
                           char *error, size_t error_bytes) {
  return guarded<char *>(nullptr, error, error_bytes, [&]() -> char * {
    std::string text;
    const auto status = tokenizer->processor.Decode(std::vector<int>(ids, ids + count), &text);
    if (!status.ok()) {
      report(status.error_message(), error, error_bytes);
      return nullptr;
    }
    return copied(text, text_bytes);
  });
}

void slt_tokenizer_free_bytes(char *bytes) { std::free(bytes); }
