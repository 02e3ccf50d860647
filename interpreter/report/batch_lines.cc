// Writes many subjects' results; see batch_lines.h.
#include "report/batch_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "report/batch_cells.h"
#include "report/json.h"
#include "report/words.h"
#include "support/assert.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using evaluate::Detail;
using model::Policy;

constexpr std::string_view kSubject = "{\"subject\":\"";

// Whether a JSON text needs escapes: eight bytes at a time, each tested for `"`, `\`, and for being below 0x20.
bool NeedsEscapes(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kTops = 0x8080808080808080U;
  const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kTops; };
  std::size_t at = 0;
  std::uint64_t found = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    found |= has_zero(word ^ (kOnes * '"')) | has_zero(word ^ (kOnes * '\\'));
    found |= (word - kOnes * 0x20) & ~word & kTops;
  }
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) return true;
  }
  return found != 0;
}

char* Copy(std::string_view text, char* to) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

}  // namespace

void LineText::Append(std::string_view text) {
  Copy(text, Room(text.size()));
  Grow(text.size());
}

class LineWriter::Impl {
 public:
  Impl(const Policy& policy, model::ProtocolId protocol, const LineStyle& style)
      : policy_(policy),
        style_(style),
        num_outputs_(policy.protocols[protocol.index].outputs.size()),
        head_(style.detail == Detail::kFull ? LineHead(policy) : "") {
    CORDON_ASSERT(style.detail != Detail::kFull || style.format != LineFormat::kCsv);
    setting_.facts.resize(policy.facts.size());
  }

  void Begin(const facts::Block& block, const std::vector<std::uint32_t>& numbers, const evaluate::Batch& batch) {
    block_ = &block;
    numbers_ = &numbers;
    batch_ = &batch;
    if (!generation_ || *generation_ != batch.generation()) {
      generation_ = batch.generation();
      tails_.clear();
      rendered_.Clear();
    }
    if (tails_.size() < batch.num_conclusions()) tails_.resize(batch.num_conclusions());
  }

  void WriteRow(const facts::Line& line, LineText& out) {
    const std::string_view id = block_->columns.ids[line.index];
    const std::string_view tail = TailOf((*numbers_)[line.index]);
    if (style_.format == LineFormat::kCsv) {
      out.Append(CsvField(id));
      out.Append(tail);
    } else if (style_.detail == Detail::kFull) {
      WriteFull(line.index, id, tail, out);
    } else if (!id.empty() && !NeedsEscapes(id)) {
      char* const begin = out.Room(kSubject.size() + id.size() + 1 + tail.size());
      char* at = Copy(id, Copy(kSubject, begin));
      *at++ = '"';
      at = Copy(tail, at);
      out.Grow(static_cast<std::size_t>(at - begin));
    } else {
      out.Append(id.empty() ? fmt::format("{{\"line\":{}", line.number)
                            : fmt::format("{{\"subject\":{}", TextJson(std::string(id))));
      out.Append(tail);
    }
  }

  void WriteRefused(const facts::Line& line, std::string_view text, const std::string& subject, LineText& out) const {
    const facts::Refused& refused = block_->refused[line.index];
    if (style_.format == LineFormat::kCsv) {
      out.Append(CsvField(subject));
      out.Append(CsvRefused(refused, line.number, num_outputs_, style_.detail));
      return;
    }
    out.Append(fmt::format("{{\"line\":{}", line.number));
    if (!subject.empty()) out.Append(fmt::format(",\"subject\":{}", TextJson(subject)));
    out.Append(",\"errors\":[");
    for (std::size_t i = 0; i < refused.diagnostics.size(); ++i) {
      out.Append(i == 0 ? "" : ",");
      out.Append(ErrorJson(refused.diagnostics[i], text));
    }
    out.Append("]}\n");
  }

 private:
  struct Tail {
    std::uint32_t size = 0;  // 0: not rendered yet
    std::size_t begin = 0;
  };

  static std::string ErrorJson(const diagnostics::Diagnostic& diagnostic, std::string_view text) {
    std::string json = fmt::format("{{\"code\":\"{}\",\"message\":{}", diagnostics::CodeText(diagnostic.code),
                                   TextJson(diagnostic.message));
    if (!diagnostic.help.empty()) json += ",\"help\":" + TextJson(diagnostic.help);
    if (diagnostic.span.valid() && diagnostic.span.begin <= text.size()) {
      const std::string_view before = text.substr(0, diagnostic.span.begin);
      const bool is_text = !support::FindInvalidUtf8(before);
      json += fmt::format(",\"column\":{}", 1 + (is_text ? support::CountCodePoints(before) : before.size()));
    }
    return json + "}";
  }

  std::string_view TailOf(std::uint32_t number) {
    Tail& tail = tails_[number];
    if (tail.size == 0) {
      const std::string text = Render(batch_->conclusion(number));
      tail = {static_cast<std::uint32_t>(text.size()), rendered_.size()};
      rendered_.Append(text);
    }
    return rendered_.view().substr(tail.begin, tail.size);
  }

  // What follows the subject's own part, with the line break.
  std::string Render(const evaluate::Conclusion& conclusion) const {
    if (style_.format == LineFormat::kCsv) return CsvCells(policy_, conclusion.outputs, style_.detail);
    if (style_.detail == Detail::kFull) return LineTail(policy_, conclusion.outcome) + "\n";
    const bool reasons = style_.detail == Detail::kReasons;
    std::string text = reasons ? ",\"outputs\":{" : "";
    for (const evaluate::OutputOutcome& output : conclusion.outputs) {
      if (!text.ends_with('{')) text += ',';
      text += TextJson(policy_.outputs[output.output.index].name) + ':';
      text += reasons ? ReasonsJson(policy_, output) : CompactJson(policy_, output);
    }
    return text + (reasons ? "}}\n" : "}\n");
  }

  void WriteFull(std::uint32_t row, std::string_view id, std::string_view tail, LineText& out) {
    const facts::Columns& columns = block_->columns;
    model::Moment as_of{calendar::Date{columns.days[row]}, std::nullopt};
    if (facts::BitAt(columns.timed, row)) as_of.time = calendar::Datetime{columns.minutes[row]};
    out.Append(head_);
    if (!id.empty()) out.Append(fmt::format("\"subject\":{},", TextJson(std::string(id))));
    out.Append(fmt::format("\"as_of\":\"{}\",\"setting\":", MomentText(as_of)));
    const std::string setting = SettingOf(row);
    out.Append(setting.empty() ? "null" : TextJson(setting));
    out.Append(",");
    out.Append(tail);
  }

  std::string SettingOf(std::uint32_t row) {
    if (!policy_.setting.valid()) return {};
    const facts::FactColumn& column = block_->columns.facts[policy_.setting.index];
    if (!column.touched) return {};
    setting_.facts[policy_.setting.index] = block_->columns.Get(column.scalar, row);
    return SettingText(policy_, setting_);
  }

  const Policy& policy_;
  LineStyle style_;
  std::size_t num_outputs_;
  std::string head_;        // kFull: what comes before the subject
  facts::Subject setting_;  // kFull: of which only the setting is ever given
  const facts::Block* block_ = nullptr;
  const std::vector<std::uint32_t>* numbers_ = nullptr;
  const evaluate::Batch* batch_ = nullptr;
  std::optional<std::uint64_t> generation_;
  std::vector<Tail> tails_;  // by conclusion
  LineText rendered_;        // all of them
};

LineWriter::LineWriter(const Policy& policy, model::ProtocolId protocol, const LineStyle& style)
    : impl_(std::make_unique<Impl>(policy, protocol, style)) {}
LineWriter::~LineWriter() = default;

void LineWriter::Begin(const facts::Block& block, const std::vector<std::uint32_t>& numbers,
                       const evaluate::Batch& batch) {
  impl_->Begin(block, numbers, batch);
}
void LineWriter::WriteRow(const facts::Line& line, LineText& out) { impl_->WriteRow(line, out); }
void LineWriter::WriteRefused(const facts::Line& line, std::string_view text, const std::string& subject,
                              LineText& out) {
  impl_->WriteRefused(line, text, subject, out);
}

std::string TakenName(const Policy& policy, model::ProtocolId protocol, const LineStyle& style) {
  const bool csv = style.format == LineFormat::kCsv;
  if (!csv && style.detail != Detail::kValues) return {};
  for (const model::OutputId id : policy.protocols[protocol.index].outputs) {
    const std::string& name = policy.outputs[id.index].name;
    if (name == "subject" || (csv ? name == "error" : name == "line" || name == "errors")) return name;
  }
  return {};
}

}  // namespace cordon::report
