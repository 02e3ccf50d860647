// BatchInput: the facts of many subjects as they come in, and what their first bytes show.
//
// Tested by tests/golden/batch/.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "cli/batch_chunks.h"
#include "cli/run.h"
#include "diagnostics/diagnostic.h"
#include "support/byte_stream.h"

namespace cordon::cli {

class BatchInput : public support::ByteReader {
 public:
  // Opens `path`, or standard input for `-`, and reads its first bytes. Where that can't be done: E0701, and nothing.
  static std::unique_ptr<BatchInput> Open(const Environment& environment, const std::string& path,
                                          diagnostics::Sink& sink);
  // What messages call it.
  const std::string& name() const { return name_; }
  // Its first 64 KiB, or all.
  const std::string& beginning() const { return beginning_; }
  // In bytes; nothing where nobody knows.
  const std::optional<std::uint64_t>& size() const { return size_; }
  // Where the first line begins: after a mark of the byte order, where there is one.
  LinePlace start() const;

  // Goes on from there. REQUIRES: size() is known.
  std::optional<support::Failure> GoTo(const LinePlace& place);
  support::Result<std::size_t> Read(char* into, std::size_t size) override;

 private:
  const support::StreamFiles* streams_ = nullptr;
  std::string path_;
  std::string name_;
  std::unique_ptr<support::ByteReader> owned_;
  support::ByteReader* reader_ = nullptr;
  std::string beginning_;
  std::size_t at_ = 0;  // how much of the beginning has been read again
  std::optional<std::uint64_t> size_;
};

// Reports E0872 where the beginning of an input shows that it is not one document a line: one document over many lines,
// an array, compressed, UTF-16. True where nothing shows.
bool CheckLines(const BatchInput& input, diagnostics::Sink& sink);

}  // namespace cordon::cli
