// Reads lists with libcsv; see list.h.
//
// libcsv gives fields and rows by callback and knows no places, so that it is fed byte by byte, and the place of each
// field is kept here. Its strict mode refuses what other readers would guess at.
#include "statements/list.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "support/text.h"

namespace cordon::statements {
namespace {

using diagnostics::Code;
using diagnostics::Span;

constexpr std::size_t kLargest = 4 * 1024 * 1024;  // bytes of a list
constexpr std::size_t kMostFields = 200;           // in one row
constexpr std::size_t kMostReports = 20;           // of one list
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Field {
  std::string text;
  Span span;
};
struct Row {
  std::vector<Field> fields;   // at most kMostFields
  std::size_t num_fields = 0;  // of all
  Span span() const { return diagnostics::Cover(fields.front().span, fields.back().span); }
  bool is_empty() const {
    return std::all_of(fields.begin(), fields.end(), [](const Field& field) { return field.text.empty(); });
  }
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Takes one text apart into rows.
class Splitter {
 public:
  Splitter(diagnostics::SourceId source, std::string_view text) : source_(source), text_(text) {
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_blk_size(&parser_, 4096);
  }
  ~Splitter() { csv_free(&parser_); }
  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;

  // The rows that are not empty; nothing where the text is no CSV.
  std::optional<std::vector<Row>> Split(diagnostics::Sink& sink) {
    if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) begin_ = kByteOrderMark.size();
    for (at_ = begin_; at_ < text_.size(); ++at_) {
      if (csv_parse(&parser_, &text_[at_], 1, OnField, OnRow, this) == 1) continue;
      ReportQuote(sink);
      return std::nullopt;
    }
    if (csv_fini(&parser_, OnField, OnRow, this) != 0) {
      const std::size_t begin = FieldBegin();
      sink.Report(Code::kListNotCsv, Place(begin, begin + 1), "the quotation mark of this field is never closed",
                  "close it; a quotation mark inside a field is written twice");
      return std::nullopt;
    }
    return std::move(rows_);
  }

 private:
  static void OnField(void* text, std::size_t size, void* self) {
    static_cast<Splitter*>(self)->AddField({static_cast<const char*>(text), size});
  }
  static void OnRow(int, void* self) { static_cast<Splitter*>(self)->AddRow(); }

  Span Place(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  // Where the field that is being read begins, blanks left out.
  std::size_t FieldBegin() const {
    std::size_t begin = begin_;
    while (begin < at_ && IsBlank(text_[begin])) ++begin;
    return begin;
  }
  void AddField(std::string_view text) {
    const std::size_t begin = FieldBegin();
    std::size_t end = at_;
    while (end > begin && IsBlank(text_[end - 1])) --end;
    if (row_.fields.size() < kMostFields) row_.fields.push_back({Trimmed(text), Place(begin, end)});
    ++row_.num_fields;
    begin_ = at_ + 1;
  }
  void AddRow() {
    if (!row_.is_empty()) rows_.push_back(std::move(row_));
    row_ = {};
  }
  void ReportQuote(diagnostics::Sink& sink) const {
    const std::size_t begin = FieldBegin();
    const bool quoted = begin < at_ && text_[begin] == '"';
    sink.Report(Code::kListNotCsv, Place(quoted ? begin : at_, quoted ? at_ : at_ + 1),
                quoted ? "more follows behind the quotation mark that closes this field"
                       : "a quotation mark stands in a field that does not begin with one",
                "put the whole field in quotation marks, and write each one inside it twice");
  }

  diagnostics::SourceId source_;
  std::string_view text_;
  csv_parser parser_{};
  std::size_t at_ = 0;     // the byte that the parser is given
  std::size_t begin_ = 0;  // behind the last field
  Row row_;
  std::vector<Row> rows_;
};

bool CheckText(diagnostics::SourceId source, std::string_view text, diagnostics::Sink& sink) {
  const auto report = [&](std::size_t at, std::string message, std::string help) {
    const auto place = static_cast<std::uint32_t>(at);
    sink.Report(Code::kListText, {source, place, place}, std::move(message), std::move(help));
    return false;
  };
  if (text.size() > kLargest) {
    return report(0, fmt::format("the list has {} bytes; a list of statements has at most {}", text.size(), kLargest),
                  "is it another file? A guideline's list has some tens of kilobytes");
  }
  if (const auto at = support::FindInvalidUtf8(text)) {
    return report(*at, "the list is not UTF-8 text from here on",
                  "save it as UTF-8 (in a spreadsheet: CSV UTF-8) in the program that made it");
  }
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos) {
    return report(at, "a zero byte stands in the list, which is no text",
                  "save it as CSV UTF-8 in the program that made it");
  }
  return true;
}

// Whether the heading is divided by commas, and not by semicolons as some spreadsheets do.
bool CheckCommas(diagnostics::SourceId source, std::string_view text, diagnostics::Sink& sink) {
  const std::string_view heading = text.substr(0, text.find_first_of("\r\n"));
  if (heading.find(',') != std::string_view::npos || heading.find(';') == std::string_view::npos) return true;
  sink.Report(Code::kListColumns, {source, 0, static_cast<std::uint32_t>(heading.size())},
              "the heading is divided by semicolons, and a list of statements by commas",
              "save it with the comma as the field separator");
  return false;
}

// The columns of a heading by name, or nothing.
std::optional<std::map<std::string, std::size_t>> ReadHeading(const Row& heading, diagnostics::Sink& sink) {
  std::map<std::string, std::size_t> columns;
  bool good = true;
  if (heading.num_fields > kMostFields) {
    sink.Report(Code::kListColumns, heading.span(),
                fmt::format("the heading has {} columns; at most {} are read", heading.num_fields, kMostFields),
                "is it another file?");
    return std::nullopt;
  }
  for (std::size_t i = 0; i < heading.fields.size(); ++i) {
    const Field& field = heading.fields[i];
    if (field.text.empty() || columns.emplace(field.text, i).second) continue;
    sink.Report(Code::kListColumns, field.span, fmt::format("the heading has two columns `{}`", field.text),
                "give each column a name of its own");
    good = false;
  }
  if (columns.count("id") == 0) {
    sink.Report(Code::kListColumns, heading.span(), "the heading has no column `id`, by which a policy names each row",
                "begin the list with a heading such as `id,section,statement,strength`");
    good = false;
  }
  if (!good) return std::nullopt;
  return columns;
}

class Builder {
 public:
  Builder(const std::map<std::string, std::size_t>& columns, diagnostics::Sink& sink)
      : columns_(columns),
        sink_(sink),
        kind_(columns.count("question") == 0 ? EntryKind::kStatement : EntryKind::kOpenPoint) {}

  std::optional<Entry> Build(const Row& row, std::size_t width) {
    if (row.num_fields != width) {
      sink_.Report(Code::kListNotCsv, row.span(),
                   fmt::format("this row has {} field{}, and the heading has {}", row.num_fields,
                               row.num_fields == 1 ? "" : "s", width),
                   "a field that holds a comma stands in quotation marks; an empty field keeps its comma");
      return std::nullopt;
    }
    const Field& id = row.fields[columns_.at("id")];
    if (id.text.empty()) {
      sink_.Report(Code::kListNoId, row.span(), "this row has no id, so that no policy can name it",
                   "give it an id that no other row has, as `DK-041`");
      return std::nullopt;
    }
    const bool statement = kind_ == EntryKind::kStatement;
    return Entry{kind_,
                 id.text,
                 Get(row, "section"),
                 Get(row, statement ? "statement" : "question"),
                 Get(row, "strength"),
                 Get(row, "who"),
                 Get(row, "where"),
                 Get(row, "open"),
                 Get(row, "open_because"),
                 Get(row, "proposed"),
                 id.span};
  }

 private:
  std::string Get(const Row& row, const std::string& column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? "" : row.fields[found->second].text;
  }

  const std::map<std::string, std::size_t>& columns_;
  diagnostics::Sink& sink_;
  EntryKind kind_;
};

}  // namespace

std::optional<std::vector<Entry>> ReadList(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                           diagnostics::Sink& sink) {
  const std::string_view text = sources.text(source);
  if (!CheckText(source, text, sink) || !CheckCommas(source, text, sink)) return std::nullopt;
  const std::size_t num_before = sink.num_errors();
  const std::optional<std::vector<Row>> rows = Splitter(source, text).Split(sink);
  if (!rows) return std::nullopt;
  if (rows->empty()) {
    sink.Report(Code::kListColumns, {source, 0, 0}, "the list is empty",
                "begin it with a heading such as `id,section,statement,strength`");
    return std::nullopt;
  }
  const auto columns = ReadHeading(rows->front(), sink);
  if (!columns) return std::nullopt;
  Builder builder(*columns, sink);
  std::vector<Entry> entries;
  for (std::size_t i = 1; i < rows->size() && sink.num_errors() < num_before + kMostReports; ++i) {
    if (auto entry = builder.Build((*rows)[i], rows->front().num_fields)) entries.push_back(*std::move(entry));
  }
  if (sink.num_errors() > num_before) return std::nullopt;
  return entries;
}

void CheckTwice(const std::vector<Entry>& entries, diagnostics::Sink& sink) {
  const std::size_t num_before = sink.num_errors();
  std::map<std::string_view, const Entry*> seen;
  for (const Entry& entry : entries) {
    const auto [first, is_new] = seen.emplace(entry.id, &entry);
    if (is_new) continue;
    sink.Report(Code::kListedTwice, entry.span, fmt::format("`{}` is listed twice", entry.id),
                "give each row an id of its own", {{first->second->span, "the first is here"}});
    if (sink.num_errors() >= num_before + kMostReports) return;
  }
}

}  // namespace cordon::statements
