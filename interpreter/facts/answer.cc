// Reads typed answers and messages; see answer.h. Tested by tests/golden/ask/answers.golden, messages.golden.
#include "facts/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>
#include <vector>

#include "facts/json_tree.h"
#include "facts/scalar.h"
#include "support/text.h"

namespace cordon::facts {
namespace {

using diagnostics::Code;
using model::TypeKind;
using Scalar = std::variant<Cell, Fault>;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// In small letters, as far as English and the Nordic languages go.
std::string Fold(std::string_view text) {
  std::string folded(text);
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded[i] >= 'A' && folded[i] <= 'Z') folded[i] = static_cast<char>(folded[i] - 'A' + 'a');
    const auto byte = static_cast<unsigned char>(folded[i]);
    const bool latin = i > 0 && static_cast<unsigned char>(folded[i - 1]) == 0xc3;
    if (latin && byte >= 0x80 && byte <= 0x9e && byte != 0x97) folded[i] = static_cast<char>(byte + 0x20);
  }
  return folded;
}

Node TextNode(std::string_view text) {
  Node node;
  node.kind = NodeKind::kText;
  node.text = text;
  return node;
}

// Whether `text` is a number as JSON spells it, without an exponent.
bool IsNumber(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  const auto is_digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), IsDigit);
  };
  return is_digits(whole) && (point == text.size() || is_digits(fraction));
}

// ---- by type

Scalar TypedBool(std::string_view text) {
  Cell cell;
  cell.state = CellState::kKnown;
  const std::string word = Fold(text);
  for (const std::string_view yes : {"yes", "y", "ja", "j", "true"}) {
    cell.value = value::Value::Bool(true);
    if (word == yes) return cell;
  }
  for (const std::string_view no : {"no", "n", "nej", "false"}) {
    cell.value = value::Value::Bool(false);
    if (word == no) return cell;
  }
  return Fault{Code::kWrongFactType, fmt::format("is {}, and it must be yes or no", Describe(TextNode(text))), {}};
}

Scalar TypedNumber(const Asked& asked, std::string_view text) {
  Node node = TextNode(text);
  const bool is_number = IsNumber(text);
  if (is_number) node.kind = NodeKind::kNumber;
  Scalar scalar = ReadScalar(asked.policy, asked.type, node);
  Fault* fault = std::get_if<Fault>(&scalar);
  if (fault != nullptr && !is_number) {
    fault->help = asked.type.kind == TypeKind::kInt ? "write its digits, as in `12`"
                                                    : "write its digits, with a point before decimals, as in `12.5`";
  }
  return scalar;
}

Scalar TypedDate(const Asked& asked, std::string_view text) {
  const std::string word = Fold(text);
  calendar::Date day = asked.as_of.date;
  if (word == "yesterday" || word == "i går") day = calendar::Shift(day, {0, calendar::kMinutesPerDay}, -1);
  const bool is_word = day != asked.as_of.date || word == "today" || word == "i dag";
  return ReadScalar(asked.policy, asked.type, TextNode(is_word ? calendar::Format(day) : std::string(text)));
}

// A length of time in English, as policies and documents write it, or in Danish.
Scalar TypedLength(const Asked& asked, std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kDanish = {{{"minut", "minutes"},
                                                                                             {"minutter", "minutes"},
                                                                                             {"time", "hours"},
                                                                                             {"timer", "hours"},
                                                                                             {"dag", "days"},
                                                                                             {"dage", "days"},
                                                                                             {"døgn", "days"},
                                                                                             {"uge", "weeks"},
                                                                                             {"uger", "weeks"},
                                                                                             {"måned", "months"},
                                                                                             {"måneder", "months"},
                                                                                             {"år", "years"}}};
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string unit = Fold(Trim(text.substr(blank)));
  for (const auto& [danish, english] : kDanish) {
    if (unit == danish)
      return ReadScalar(asked.policy, asked.type, TextNode(fmt::format("{} {}", text.substr(0, blank), english)));
  }
  return ReadScalar(asked.policy, asked.type, TextNode(text));
}

Scalar TypedText(const Asked& asked, std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return ReadScalar(asked.policy, asked.type, TextNode(is_quoted ? text.substr(1, text.size() - 2) : text));
}

// The names that a person may call a symbol by.
std::vector<std::string> NamesOf(const model::CategoryNode& node) {
  std::vector<std::string> names = {Fold(node.path), Fold(node.name)};
  for (const model::LangText& text : node.texts) names.push_back(Fold(text.text));
  return names;
}

using Fits = bool (*)(const std::string& name, const std::string& word);
bool IsSame(const std::string& name, const std::string& word) { return name == word; }
bool Begins(const std::string& name, const std::string& word) { return name.compare(0, word.size(), word) == 0; }

std::vector<const model::CategoryNode*> FindSymbols(const model::Category& category, const std::string& word,
                                                    Fits fits) {
  std::vector<const model::CategoryNode*> found;
  for (const model::CategoryNode& node : category.nodes) {
    const std::vector<std::string> names = NamesOf(node);
    if (std::any_of(names.begin(), names.end(), [&](const std::string& name) { return fits(name, word); }))
      found.push_back(&node);
  }
  return found;
}

Scalar TypedSymbol(const Asked& asked, std::string_view text) {
  constexpr std::size_t kMostShown = 12;
  const model::Category& category = asked.policy.categories[asked.type.category.index];
  const std::string word = Fold(text);
  std::vector<const model::CategoryNode*> found = FindSymbols(category, word, IsSame);
  if (found.empty() && !word.empty()) found = FindSymbols(category, word, Begins);
  // All that lies below one symbol that fits goes with it.
  if (found.size() > 1) {
    const model::CategoryNode& top = *found.front();
    const bool below = std::all_of(found.begin(), found.end(), [&](const model::CategoryNode* node) {
      return node->path == top.path || Begins(node->path, top.path + ".");
    });
    if (below) found.resize(1);
  }
  if (found.size() == 1) return ReadScalar(asked.policy, asked.type, TextNode(found.front()->path));
  if (found.empty()) return ReadScalar(asked.policy, asked.type, TextNode(text));
  std::vector<std::string> names;
  for (const model::CategoryNode* node : found) names.push_back(fmt::format("`{}`", node->path));
  if (names.size() > kMostShown) {
    const std::size_t more = names.size() - kMostShown;
    names.resize(kMostShown);
    names.push_back(fmt::format("{} more", more));
  }
  return Fault{Code::kNotInCategory,
               fmt::format("is {}, which fits several of `{}`", Describe(TextNode(text)), category.name),
               "write more of it: " + support::JoinWords(names, "or")};
}

Scalar TypedScalar(const Asked& asked, std::string_view text) {
  const std::string word = Fold(text);
  if (asked.type.or_none && (word == "none" || word == "ingen"))
    return ReadScalar(asked.policy, asked.type, TextNode("none"));
  switch (asked.type.kind) {
    case TypeKind::kBool:
      return TypedBool(text);
    case TypeKind::kInt:
    case TypeKind::kDecimal:
      return TypedNumber(asked, text);
    case TypeKind::kText:
      return TypedText(asked, text);
    case TypeKind::kDate:
    case TypeKind::kDatetime:
      return TypedDate(asked, text);
    case TypeKind::kDuration:
    case TypeKind::kPeriod:
      return TypedLength(asked, text);
    case TypeKind::kCategory:
      return TypedSymbol(asked, text);
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      break;
  }
  return TypedText(asked, text);
}

std::optional<Cell> CellOrReport(const Asked& asked, diagnostics::Span span, Scalar scalar, diagnostics::Sink& sink) {
  if (const Fault* fault = std::get_if<Fault>(&scalar)) {
    sink.Report(fault->code, span, fmt::format("`{}` {}", asked.path, fault->message), fault->help);
    return std::nullopt;
  }
  return std::get<Cell>(std::move(scalar));
}

// ---- messages

constexpr std::array<std::pair<std::string_view, MessageKind>, 5> kWords = {{{"unknown", MessageKind::kUnknown},
                                                                             {"skip", MessageKind::kSkip},
                                                                             {"back", MessageKind::kBack},
                                                                             {"why", MessageKind::kWhy},
                                                                             {"quit", MessageKind::kQuit}}};

std::optional<Message> Refuse(const Node& node, std::string message, diagnostics::Sink& sink) {
  sink.Report(Code::kNoInterviewMessage, node.span, std::move(message),
              "send `{\"answer\": …}`, or one of `unknown`, `skip`, `back`, `why` and `quit` as in `{\"back\": true}`");
  return std::nullopt;
}

}  // namespace

std::optional<Cell> ReadTyped(const Asked& asked, std::string_view text, diagnostics::Sink& sink) {
  return CellOrReport(asked, {}, TypedScalar(asked, Trim(text)), sink);
}

std::optional<Message> ReadMessage(const Asked& asked, const diagnostics::Sources& sources,
                                   diagnostics::SourceId source, diagnostics::Sink& sink) {
  const std::optional<Node> root = ReadTree(sources, source, sink);
  if (!root) return std::nullopt;
  if (root->kind != NodeKind::kObject || root->keys.size() != 1)
    return Refuse(*root, "a message is an object with one key", sink);
  const Key& key = root->keys.front();
  const Node& node = root->children.front();
  if (key.text == "answer") {
    if (node.kind == NodeKind::kNull) return Message{MessageKind::kUnknown, {}};
    std::optional<Cell> cell = CellOrReport(asked, node.span, ReadScalar(asked.policy, asked.type, node), sink);
    if (!cell) return std::nullopt;
    return Message{MessageKind::kAnswer, *std::move(cell)};
  }
  for (const auto& [word, kind] : kWords) {
    if (key.text != word) continue;
    if (node.kind == NodeKind::kBool && node.truth) return Message{kind, {}};
    return Refuse(node, fmt::format("`{}` is {}, and it must be `true`", word, Describe(node)), sink);
  }
  return Refuse(*root, fmt::format("`{}` is no message to an interview", key.text), sink);
}

}  // namespace cordon::facts
