// Lines into columns; see column_reader.h.
#include "facts/column_reader.h"

#include <utility>

#include "facts/row_reader.h"
#include "support/assert.h"

namespace cordon::facts {

void Block::Refuse(std::uint32_t row, Refused why) {
  for (std::size_t i = row; i < lines.size(); ++i) {  // a row's line is never before its own number
    Line& line = lines[i];
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
  Impl(const model::Policy& policy, const Overrides& overrides)
      : policy_(policy), overrides_(overrides), rows_(policy, overrides) {}

  std::size_t Read(std::string_view text, std::uint64_t first, std::uint64_t begin, Block& block) {
    block.columns.Clear(kRowsInBlock);
    block.lines.clear();
    block.refused.clear();
    number = first;
    rows_.WriteTo(block.columns);
    // All up to here ends with a line break, where every walk over a line's bytes stops.
    const std::size_t ended = text.rfind('\n') + 1;
    std::size_t at = 0;
    for (; at < ended && block.lines.size() < kRowsInBlock; ++number) {
      const char* end = ReadRow(text.data() + at, begin + at, block);
      if (end == nullptr) {
        end = text.data() + text.find('\n', at);
        ReadLine({text.data() + at, end}, begin + at, block);
      }
      at = static_cast<std::size_t>(end - text.data()) + 1;
    }
    if (at < ended || at == text.size() || block.lines.size() == kRowsInBlock) return at;
    last_.assign(text.substr(at)).append("\n").append(kReadingPadding, '\0');
    if (ReadRow(last_.data(), begin + at, block) == nullptr) ReadLine(text.substr(at), begin + at, block);
    ++number;
    return text.size();
  }

  std::uint64_t number = 1;

 private:
  const char* ReadRow(const char* at, std::uint64_t begin, Block& block) {
    const auto row = static_cast<std::uint32_t>(block.columns.num_rows());
    const char* end = rows_.Read(at);
    if (end != nullptr) block.lines.push_back({number, begin, false, row});
    return end;
  }

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
  RowReader rows_;
  std::string last_;  // a last line without line break
};

ColumnReader::ColumnReader(const model::Policy& policy, const Overrides& overrides)
    : impl_(std::make_unique<Impl>(policy, overrides)) {}
ColumnReader::~ColumnReader() = default;
std::size_t ColumnReader::Read(std::string_view text, std::uint64_t number, std::uint64_t begin, Block& block) {
  return impl_->Read(text, number, begin, block);
}
std::uint64_t ColumnReader::next_number() const { return impl_->number; }

}  // namespace cordon::facts
