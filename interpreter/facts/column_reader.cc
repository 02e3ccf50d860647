// Lines into columns; see column_reader.h.
#include "facts/column_reader.h"

#include <algorithm>

#include "support/assert.h"

namespace cordon::facts {

void Block::Refuse(std::uint32_t row, Refused why) {
  for (Line& line : lines) {
    if (line.refused || line.index != row) continue;
    line.refused = true;
    line.index = static_cast<std::uint32_t>(refused.size());
    refused.push_back(std::move(why));
    return;
  }
  CORDON_ASSERT(false);
}

class ColumnReader::Impl {
 public:
  Impl(const model::Policy& policy, const Overrides& overrides) : policy_(policy), overrides_(overrides) {}

  std::size_t Read(std::string_view text, std::uint64_t first, std::uint64_t begin, Block& block) {
    block.columns.Clear(kRowsInBlock);
    block.lines.clear();
    block.refused.clear();
    number = first;
    std::size_t at = 0;
    for (; at < text.size() && block.lines.size() < kRowsInBlock; ++number) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      ReadLine(text.substr(at, end - at), begin + at, block);
      at = std::min(end + 1, text.size());
    }
    return at;
  }

  std::uint64_t number = 1;

 private:
  void ReadLine(std::string_view text, std::uint64_t begin, Block& block) {
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) return;
    diagnostics::Sources sources;
    const diagnostics::SourceId source = sources.Add("", std::string(text));
    diagnostics::Sink sink;
    const auto subject = ReadDocument(policy_, sources, source, overrides_, sink);
    Line line{number, begin, !subject, 0};
    if (subject) {
      line.index = static_cast<std::uint32_t>(block.columns.num_rows());
      block.columns.Append(*subject);
    } else {
      line.index = static_cast<std::uint32_t>(block.refused.size());
      block.refused.push_back({sink.diagnostics()});
    }
    block.lines.push_back(line);
  }

  const model::Policy& policy_;
  const Overrides& overrides_;
};

ColumnReader::ColumnReader(const model::Policy& policy, const Overrides& overrides)
    : impl_(std::make_unique<Impl>(policy, overrides)) {}
ColumnReader::~ColumnReader() = default;
std::size_t ColumnReader::Read(std::string_view text, std::uint64_t number, std::uint64_t begin, Block& block) {
  return impl_->Read(text, number, begin, block);
}
std::uint64_t ColumnReader::next_number() const { return impl_->number; }

}  // namespace cordon::facts
