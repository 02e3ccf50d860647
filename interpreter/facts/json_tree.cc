// Reads JSON with simdjson, which stays inside this file; see json_tree.h.
//
// The parser works on demand: it hands out one token after another, each a pointer into the text, which is how every
// node gets its place. Where it gives up, `Explain` looks at the text there and says what a person would. Tested by
// tests/unit/facts_test.cc.
#include "facts/json_tree.h"

#include <fmt/format.h>

// Without exceptions the parser has no function that could throw: each result must be asked for its error.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <utility>

#include "support/text.h"

namespace cordon::facts {
namespace {

using diagnostics::Code;
using diagnostics::Span;
namespace ondemand = simdjson::ondemand;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The grammar of a JSON number (RFC 8259, section 6).
bool IsNumber(std::string_view text) {
  std::size_t at = 0;
  auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    return at > start;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const bool zero = at < text.size() && text[at] == '0';
  const std::size_t whole = at;
  if (!digits() || (zero && at > whole + 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!digits()) return false;
  }
  return at == text.size();
}

std::string_view Trimmed(std::string_view token) {
  while (!token.empty() && IsBlank(token.back())) token.remove_suffix(1);
  return token;
}

// Where the text between quotes that is still open at the end begins, or where a line break stands inside one: the
// parser finds both before it has a place to name.
struct OpenText {
  std::size_t begin;
  std::size_t end;
};
std::optional<OpenText> FindOpenText(std::string_view text) {
  std::optional<std::size_t> begin;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (!begin) {
      if (c == '"') begin = at;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) return OpenText{*begin, at};
    if (c == '\\') ++at;
    if (c == '"') begin.reset();
  }
  if (begin) return OpenText{*begin, text.size()};
  return std::nullopt;
}

class TreeReader {
 public:
  TreeReader(std::string_view text, diagnostics::SourceId source, std::size_t offset, diagnostics::Sink& sink)
      : text_(text), source_(source), offset_(offset), sink_(sink), padded_(text) {}

  std::optional<Node> Read() {
    if (const auto error = parser_.iterate(padded_).get(document_); error != simdjson::SUCCESS) {
      FailEarly(error);
      return std::nullopt;
    }
    ondemand::json_type type{};
    if (document_.type().get(type) != simdjson::SUCCESS) return Fail();
    if (type != ondemand::json_type::object && type != ondemand::json_type::array) return ReadRootScalar();
    ondemand::value value;
    if (document_.get_value().get(value) != simdjson::SUCCESS) return Fail();
    std::optional<Node> node = ReadNode(value, 1);
    if (!node) return node;
    const char* rest = nullptr;
    if (document_.current_location().get(rest) == simdjson::SUCCESS) return FailBehind(rest);
    return node;
  }

 private:
  // The span of `token`, which points into the parser's copy of the text.
  Span SpanOf(std::string_view token) const {
    const auto begin = static_cast<std::size_t>(token.data() - padded_.data()) + offset_;
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + token.size())};
  }
  Span SpanAt(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin + offset_), static_cast<std::uint32_t>(end + offset_)};
  }

  // A document that is one scalar is read no further than to name its place: no facts document is one.
  std::optional<Node> ReadRootScalar() {
    std::string_view token;
    if (document_.raw_json_token().get(token) != simdjson::SUCCESS) return Fail();
    token = Trimmed(token);
    if (!IsNumber(token) && token != "true" && token != "false" && token != "null" && token.front() != '"')
      return Fail();
    Node node;
    node.span = SpanOf(token);
    return node;
  }

  std::optional<Node> ReadNode(ondemand::value& value, std::size_t depth) {
    ondemand::json_type type{};
    const std::string_view token = Trimmed(value.raw_json_token());
    if (value.type().get(type) != simdjson::SUCCESS) return FailAt(SpanOf(token).begin - offset_);
    switch (type) {
      case ondemand::json_type::array:
        return depth > kDeepestDocument ? FailTooDeep(token) : ReadArray(value, depth);
      case ondemand::json_type::object:
        return depth > kDeepestDocument ? FailTooDeep(token) : ReadObject(value, depth);
      case ondemand::json_type::number:
      case ondemand::json_type::string:
      case ondemand::json_type::boolean:
      case ondemand::json_type::null:
        return ReadScalar(value, type, token);
    }
    return FailAt(SpanOf(token).begin - offset_);
  }

  std::optional<Node> ReadScalar(ondemand::value& value, ondemand::json_type type, std::string_view token) {
    Node node;
    node.span = SpanOf(token);
    const std::size_t begin = node.span.begin - offset_;
    if (type == ondemand::json_type::string) {
      node.kind = NodeKind::kText;
      std::string_view content;
      if (value.get_string().get(content) != simdjson::SUCCESS) return FailText(token);
      node.text = content;
      return node;
    }
    if (type == ondemand::json_type::number) {
      node.kind = NodeKind::kNumber;
      node.text = token;
      if (!IsNumber(token)) return FailNumber(token);
      return node;
    }
    if (type == ondemand::json_type::boolean) {
      node.kind = NodeKind::kBool;
      if (value.get_bool().get(node.truth) != simdjson::SUCCESS) return FailAt(begin);
      return node;
    }
    if (token != "null") return FailAt(begin);
    return node;
  }

  std::optional<Node> ReadArray(ondemand::value& value, std::size_t depth) {
    Node node;
    node.kind = NodeKind::kArray;
    node.span = SpanOf(value.raw_json_token().substr(0, 1));
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return Fail();
    for (auto element : array) {
      ondemand::value child;
      if (element.get(child) != simdjson::SUCCESS) return Fail();
      std::optional<Node> read = ReadNode(child, depth + 1);
      if (!read) return read;
      node.children.push_back(*std::move(read));
    }
    return node;
  }

  std::optional<Node> ReadObject(ondemand::value& value, std::size_t depth) {
    Node node;
    node.kind = NodeKind::kObject;
    node.span = SpanOf(value.raw_json_token().substr(0, 1));
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return Fail();
    for (auto member : object) {
      ondemand::field field;
      if (std::move(member).get(field) != simdjson::SUCCESS) return Fail();
      const char* raw = field.key().raw();
      std::string_view text;
      if (field.unescaped_key().get(text) != simdjson::SUCCESS)
        return FailAt(static_cast<std::size_t>(raw - padded_.data()) - 1);
      node.keys.push_back({std::string(text), KeySpan(raw)});
      std::optional<Node> read = ReadNode(field.value(), depth + 1);
      if (!read) return read;
      node.children.push_back(*std::move(read));
    }
    return node;
  }

  // `raw` points behind the key's opening quote.
  Span KeySpan(const char* raw) const {
    const auto begin = static_cast<std::size_t>(raw - padded_.data()) - 1;
    std::size_t end = begin + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    return SpanAt(begin, std::min(text_.size(), end + 1));
  }

  std::optional<Node> Report(Code code, Span span, std::string message, std::string help) {
    sink_.Report(code, span, std::move(message), std::move(help));
    return std::nullopt;
  }

  std::optional<Node> FailTooDeep(std::string_view token) {
    return Report(Code::kFactsTooDeep, SpanOf(token.substr(0, 1)),
                  fmt::format("arrays and objects nest more than {} deep here", kDeepestDocument),
                  "facts are a few levels deep: an object of facts, lists, records, fields");
  }

  std::optional<Node> FailNumber(std::string_view token) {
    return Report(Code::kFactsNotJson, SpanOf(token), fmt::format("`{}` is not a number of JSON", token),
                  "texts, dates and times stand in double quotes; numbers have no leading `+`, `.` or zeros");
  }

  // What the end of the document should be, and is not.
  std::optional<Node> FailBehind(const char* rest) {
    auto at = std::min(static_cast<std::size_t>(rest - padded_.data()), text_.size());
    while (at < text_.size() && IsBlank(text_[at])) ++at;
    return Report(Code::kFactsNotJson, SpanAt(at, text_.find_last_not_of(" \t\r\n") + 1),
                  "more stands here, behind the end of the document",
                  "one document holds the facts of one subject; leave out what follows its last `}`");
  }

  // A character past U+FFFF is written as two escapes, and one of them stands alone.
  static bool HasHalfCharacter(std::string_view token) {
    for (std::size_t at = 0; at + 5 < token.size(); ++at) {
      if (token[at] != '\\') continue;
      // U+D800 to U+DFFF
      const bool in_d = token[at + 1] == 'u' && (token[at + 2] == 'd' || token[at + 2] == 'D');
      const bool half = in_d && (token[at + 3] == '8' || token[at + 3] == '9' || IsLetter(token[at + 3]));
      if (half) return true;
      ++at;
    }
    return false;
  }

  std::optional<Node> FailText(std::string_view token) {
    if (HasHalfCharacter(token)) {
      return Report(Code::kFactsNotJson, SpanOf(token), "the text has a `\\ud…` escape that is half of a character",
                    "write the character itself, or both halves, as in `\\ud83d\\ude37`");
    }
    return Report(Code::kFactsNotJson, SpanOf(token), "the text has a `\\` that begins no escape of JSON",
                  "write `\\\\` for a backslash and `\\\"` for a quotation mark inside a text");
  }

  // The parser refused the text before it gave out a token.
  void FailEarly(simdjson::error_code error) {
    if (error == simdjson::EMPTY) {
      Report(Code::kFactsEmpty, SpanAt(0, 0), "the facts document is empty",
             "the least document is `{ \"facts\": {} }`");
      return;
    }
    if (const auto open = FindOpenText(text_)) {
      Report(Code::kFactsNotJson, SpanAt(open->begin, open->end), "the text is not closed on its line",
             "close it with `\"`");
      return;
    }
    const std::size_t last = text_.find_last_not_of(" \t\r\n");
    FailAt(last == std::string_view::npos ? 0 : last + 1);
  }

  // The parser gave up somewhere after the last token that it gave out.
  std::optional<Node> Fail() {
    const char* location = nullptr;
    if (document_.current_location().get(location) != simdjson::SUCCESS) return FailAt(text_.size());
    const auto at = static_cast<std::size_t>(location - padded_.data());
    return FailAt(std::min(at, text_.size()));
  }

  std::optional<Node> FailAt(std::size_t at) {
    while (at < text_.size() && IsBlank(text_[at])) ++at;
    if (at >= text_.size()) {
      return Report(Code::kFactsNotJson, SpanAt(text_.size(), text_.size()), "the document ends before it is complete",
                    "close every `{` with `}` and every `[` with `]`");
    }
    std::size_t end = at + 1;
    const bool word = IsLetter(text_[at]);
    while (end < text_.size() && ((word && (IsLetter(text_[end]) || IsDigit(text_[end]))) ||
                                  (static_cast<unsigned char>(text_[end]) & 0xc0U) == 0x80U)) {
      ++end;
    }
    const std::string_view seen = text_.substr(at, end - at);
    return Report(Code::kFactsNotJson, SpanAt(at, end), fmt::format("`{}` cannot stand here in JSON", seen),
                  Explain(at, seen));
  }

  // How to mend what stands at `at`.
  std::string Explain(std::size_t at, std::string_view seen) const {
    std::size_t before = at;
    while (before > 0 && IsBlank(text_[before - 1])) --before;
    const char previous = before > 0 ? text_[before - 1] : ' ';
    if (seen == "yes" || seen == "True" || seen == "TRUE") return "write `true`";
    if (seen == "no" || seen == "False" || seen == "FALSE") return "write `false`";
    if (seen == "unknown" || seen == "None" || seen == "NULL" || seen == "Null") return "write `null`";
    if (const auto nearest = support::FindNearest(seen, {"true", "false", "null"}); nearest && IsLetter(seen[0])) {
      return fmt::format("did you mean `{}`?", *nearest);
    }
    if (seen == "}" || seen == "]") {
      if (previous == ',') return "leave out the comma before it";
      return "each `{` is closed by `}` and each `[` by `]`, with a value after every `:`";
    }
    if (seen == "/" || seen == "#") return "JSON has no comments";
    if (seen == "'" || seen == "“" || seen == "”" || IsLetter(seen[0]))
      return "names and texts stand in double quotes, `\"…\"`";
    if (previous == '"' || previous == '}' || previous == ']' || IsDigit(previous) || IsLetter(previous)) {
      if (seen == "\"" || seen == "{" || seen == "[") return "a comma or a colon may be missing before it";
      return "after a value comes `,`, `}` or `]`";
    }
    return "a document is `{ \"subject\": …, \"as_of\": …, \"setting\": …, \"facts\": { … } }`";
  }

  std::string_view text_;
  diagnostics::SourceId source_;
  std::size_t offset_;
  diagnostics::Sink& sink_;
  simdjson::padded_string padded_;
  ondemand::parser parser_;
  ondemand::document document_;
};

}  // namespace

std::optional<Node> ReadTree(const diagnostics::Sources& sources, diagnostics::SourceId source,
                             diagnostics::Sink& sink) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  std::string_view text = sources.text(source);
  const auto at = [&](std::size_t offset) {
    return Span{source, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(offset)};
  };
  if (text.size() > kLargestDocument) {
    sink.Report(Code::kFactsTooLarge, at(0),
                fmt::format("the facts document has {} bytes; one subject's facts have at most {}", text.size(),
                            kLargestDocument),
                "a document holds the facts of one subject: give several subjects one document each");
    return std::nullopt;
  }
  if (const auto invalid = support::FindInvalidUtf8(text)) {
    sink.Report(Code::kFactsNotUtf8,
                {source, static_cast<std::uint32_t>(*invalid), static_cast<std::uint32_t>(*invalid + 1)},
                fmt::format("byte {} of the facts document is not UTF-8", *invalid + 1), "save the file as UTF-8");
    return std::nullopt;
  }
  std::size_t offset = 0;
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) offset = kByteOrderMark.size();
  text.remove_prefix(offset);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    sink.Report(Code::kFactsEmpty, at(offset), "the facts document is empty",
                "the least document is `{ \"facts\": {} }`");
    return std::nullopt;
  }
  return TreeReader(text, source, offset, sink).Read();
}

}  // namespace cordon::facts
