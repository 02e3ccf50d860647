// Reads one document of the evaluation contract; see read.h.
//
// The document is first read as a tree (json_tree.h), so that a text which is no JSON is one mistake; then the tree is
// walked along the policy's declarations, which bound the depth. What is not given stays kAbsent.
// Tested by tests/unit/facts_test.cc.
#include "facts/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "facts/json_tree.h"
#include "facts/scalar.h"
#include "support/assert.h"
#include "support/text.h"

namespace cordon::facts {
namespace {

using diagnostics::Code;
using diagnostics::Span;
using model::Type;
using model::TypeKind;

// Where a value stands, as messages write it: `facts.hospital_stays[1].country`. Lives on the stack of the walk.
struct Path {
  const Path* parent = nullptr;
  std::string_view name;
  std::size_t index = 0;  // an element's, from 1; 0 for a key

  std::string Text() const {
    const std::string before = parent == nullptr ? "" : parent->Text();
    if (index > 0) return fmt::format("{}[{}]", before, index);
    return before.empty() ? std::string(name) : fmt::format("{}.{}", before, name);
  }
};

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto nearest = support::FindNearest(word, candidates);
  return nearest ? fmt::format("did you mean `{}`?", *nearest) : std::string();
}

class DocumentReader {
 public:
  DocumentReader(const model::Policy& policy, const Overrides& overrides, diagnostics::Sink& sink)
      : policy_(policy), overrides_(overrides), sink_(sink) {}

  std::optional<Subject> Read(const Node& root) {
    if (root.kind != NodeKind::kObject) {
      sink_.Report(Code::kFactsNotObject, root.span, "the document is not an object",
                   "a document is `{ \"subject\": …, \"as_of\": …, \"setting\": …, \"facts\": { … } }`");
      return std::nullopt;
    }
    const std::size_t num_before = sink_.num_errors();
    Subject subject = Unasked(policy_, {});
    CheckDuplicates(root, nullptr);
    ReadKeys(root, subject);
    SettleAsOf(root, subject);
    if (overrides_.setting) ReadSetting(*overrides_.setting, Span{}, subject);
    if (sink_.num_errors() > num_before) return std::nullopt;
    return subject;
  }

 private:
  void Report(Code code, Span span, const Path& path, std::string_view message, std::string help) {
    sink_.Report(code, span, fmt::format("`{}` {}", path.Text(), message), std::move(help));
  }

  // ---- the document's own keys

  void ReadKeys(const Node& root, Subject& subject) {
    for (std::size_t i = 0; i < root.keys.size(); ++i) {
      const Key& key = root.keys[i];
      const Node& node = root.children[i];
      if (key.text == "subject") {
        ReadId(node, subject);
      } else if (key.text == "as_of") {
        ReadAsOf(node);
      } else if (key.text == "setting") {
        ReadDocumentSetting(node, subject);
      } else if (key.text == "facts") {
        ReadFacts(node, subject);
      } else {
        UnknownKey(key);
      }
    }
  }

  void UnknownKey(const Key& key) {
    std::string help = DidYouMean(key.text, {"subject", "as_of", "setting", "facts"});
    for (const model::Fact& fact : policy_.facts) {
      if (fact.name == key.text) help = "facts stand inside `facts`";
    }
    if (help.empty()) help = "a document has the keys `subject`, `as_of`, `setting` and `facts`";
    sink_.Report(Code::kUnknownFactsKey, key.span, fmt::format("`{}` is no key of a facts document", key.text),
                 std::move(help));
  }

  void ReadId(const Node& node, Subject& subject) {
    if (node.kind == NodeKind::kText) {
      subject.id = node.text;
    } else if (node.kind != NodeKind::kNull) {
      Report(Code::kWrongFactType, node.span, {nullptr, "subject"},
             fmt::format("is {}, and it must be a text", Describe(node)), "write it in double quotes");
    }
  }

  void ReadAsOf(const Node& node) {
    if (node.kind == NodeKind::kNull) return;
    if (node.kind == NodeKind::kText) document_as_of_ = ParseMoment(node.text);
    if (document_as_of_) return;
    as_of_in_error_ = true;
    Type type;
    type.kind = node.kind == NodeKind::kText && node.text.size() > 10 ? TypeKind::kDatetime : TypeKind::kDate;
    const auto scalar = ReadScalar(policy_, type, node);
    if (const Fault* fault = std::get_if<Fault>(&scalar)) {
      Report(fault->code, node.span, {nullptr, "as_of"}, fault->message,
             "write it as in `2025-03-01` or `2025-03-01T14:30`");
    } else {
      Report(Code::kWrongFactType, node.span, {nullptr, "as_of"},
             fmt::format("is {}, and it must be one day, or one day with a time", Describe(node)),
             "write it as in `2025-03-01` or `2025-03-01T14:30`");
    }
  }

  void SettleAsOf(const Node& root, Subject& subject) {
    if (overrides_.as_of) {
      subject.as_of = *overrides_.as_of;
    } else if (document_as_of_) {
      subject.as_of = *document_as_of_;
    } else if (overrides_.default_as_of) {
      subject.as_of = *overrides_.default_as_of;
    } else if (!as_of_in_error_) {
      sink_.Report(Code::kNoAsOf, root.span, "the document has no `as_of`, and every answer depends on the date",
                   "add `\"as_of\": \"2025-03-01\"`");
    }
  }

  // The command line's setting wins over the document's, which must still be a setting.
  void ReadDocumentSetting(const Node& node, Subject& subject) {
    if (node.kind == NodeKind::kNull) {
      if (policy_.setting.valid()) subject.facts[policy_.setting.index].state = CellState::kNull;
    } else if (node.kind == NodeKind::kText) {
      ReadSetting(node.text, node.span, subject);
    } else {
      Report(Code::kWrongFactType, node.span, {nullptr, "setting"},
             fmt::format("is {}, and it must be a text", Describe(node)),
             "name a care setting, as in \"hospital.inpatient\"");
    }
  }

  // `span` is invalid for the command line's.
  void ReadSetting(const std::string& name, Span span, Subject& subject) {
    const std::string_view where = span.valid() ? "setting" : "--setting";
    if (!policy_.setting.valid()) {
      sink_.Report(Code::kUnknownSetting, span,
                   fmt::format("`{}` is `{}`, and the policy knows no care settings", where, name),
                   "leave the setting out, or let the policy say `use std.settings`");
      return;
    }
    const Type& type = policy_.facts[policy_.setting.index].type;
    auto symbol = ReadSymbol(policy_.categories[type.category.index], name);
    if (const Fault* fault = std::get_if<Fault>(&symbol)) {
      sink_.Report(Code::kUnknownSetting, span, fmt::format("`{}` {}", where, fault->message), fault->help);
      return;
    }
    Cell& cell = subject.facts[policy_.setting.index];
    cell = std::get<Cell>(std::move(symbol));
    cell.span = span;
  }

  // ---- facts

  void ReadFacts(const Node& node, Subject& subject) {
    const Path path{nullptr, "facts"};
    if (node.kind != NodeKind::kObject) {
      Report(Code::kWrongFactType, node.span, path, fmt::format("is {}, and it must be an object", Describe(node)),
             "write `\"facts\": { \"name\": value, … }`");
      return;
    }
    CheckDuplicates(node, &path);
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::optional<std::size_t> fact = FindFact(node.keys[i].text);
      if (!fact) {
        if (!IsOfOther(node.keys[i].text)) UnknownFact(node.keys[i]);
        continue;
      }
      subject.facts[*fact] = ReadCell(policy_.facts[*fact].type, node.children[i], {&path, node.keys[i].text});
    }
  }

  std::optional<std::size_t> FindFact(std::string_view name) const {
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (policy_.facts[i].name == name && i != policy_.setting.index) return i;
    }
    return std::nullopt;
  }

  bool IsOfOther(std::string_view fact) const {
    if (overrides_.other == nullptr) return false;
    const auto& facts = overrides_.other->facts;
    return std::any_of(facts.begin(), facts.end(), [&](const model::Fact& own) { return own.name == fact; });
  }
  bool IsOfOther(const std::string& record, std::string_view field) const {
    if (overrides_.other == nullptr) return false;
    for (const model::Record& own : overrides_.other->records) {
      if (own.name != record) continue;
      return std::any_of(own.fields.begin(), own.fields.end(),
                         [&](const model::Field& one) { return one.name == field; });
    }
    return false;
  }

  void UnknownFact(const Key& key) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (i != policy_.setting.index) names.push_back(policy_.facts[i].name);
    }
    std::string help = DidYouMean(key.text, names);
    if (key.text == "setting" && policy_.setting.valid()) help = "the setting stands beside `facts`, not inside it";
    sink_.Report(Code::kUnknownFact, key.span,
                 fmt::format("`facts.{}`: the policy `{}` has no such fact", key.text, policy_.id), std::move(help));
  }

  Cell ReadCell(const Type& type, const Node& node, const Path& path) {
    if (node.kind == NodeKind::kNull) {
      Cell cell;
      cell.state = CellState::kNull;
      cell.span = node.span;
      return cell;
    }
    if (type.kind == TypeKind::kList) return ReadList(type, node, path);
    if (type.kind == TypeKind::kRecord) return ReadRecord(type, node, path);
    auto scalar = ReadScalar(policy_, type, node);
    if (const Fault* fault = std::get_if<Fault>(&scalar)) {
      Report(fault->code, node.span, path, fault->message, fault->help);
      return {};
    }
    return std::get<Cell>(std::move(scalar));
  }

  void WrongType(const Type& type, const Node& node, const Path& path, std::string help) {
    Report(Code::kWrongFactType, node.span, path,
           fmt::format("is {}, and it must be {}", Describe(node), DescribeType(policy_, type)), std::move(help));
  }

  Cell ReadRecord(const Type& type, const Node& node, const Path& path) {
    const model::Record& record = policy_.records[type.record.index];
    Cell cell;
    cell.state = CellState::kRecord;
    cell.span = node.span;
    cell.children.resize(record.fields.size());
    if (node.kind != NodeKind::kObject) {
      WrongType(type, node, path, {});
      return cell;
    }
    CheckDuplicates(node, &path);
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::optional<std::size_t> field = FindField(record, node.keys[i], path);
      if (field)
        cell.children[*field] = ReadCell(record.fields[*field].type, node.children[i], {&path, node.keys[i].text});
    }
    return cell;
  }

  // The field that `key` names, if it may be given; reports where not.
  std::optional<std::size_t> FindField(const model::Record& record, const Key& key, const Path& path) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      const model::Field& field = record.fields[i];
      if (field.name == key.text) {
        if (!field.derived.valid()) return i;
        Report(Code::kDerivedFieldGiven, key.span, {&path, key.text},
               "is given, and the policy derives it from the other fields", "leave it out");
        return std::nullopt;
      }
      if (!field.derived.valid()) names.push_back(field.name);
    }
    if (IsOfOther(record.name, key.text)) return std::nullopt;
    std::string help = DidYouMean(key.text, names);
    if (help.empty()) {
      for (std::string& name : names) name = fmt::format("`{}`", name);
      help = fmt::format("it has {}", support::JoinWords(names, "and"));
    }
    sink_.Report(Code::kUnknownFactField, key.span,
                 fmt::format("`{}`: a `{}` has no such field", Path{&path, key.text}.Text(), record.name),
                 std::move(help));
    return std::nullopt;
  }

  Cell ReadList(const Type& type, const Node& node, const Path& path) {
    if (node.kind == NodeKind::kObject) return ReadOpenList(type, node, path);
    Cell cell;
    cell.state = CellState::kList;
    cell.span = node.span;
    if (node.kind != NodeKind::kArray) {
      WrongType(type, node, path,
                "a list is `[ … ]`; one that may hold more is `{ \"known\": [ … ], \"open\": true }`");
      return cell;
    }
    const Type element = ElementType(type);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      cell.children.push_back(ReadCell(element, node.children[i], {&path, {}, i + 1}));
    }
    return cell;
  }

  // `{ "known": [ … ], "open": true }`.
  Cell ReadOpenList(const Type& type, const Node& node, const Path& path) {
    Cell cell;
    cell.state = CellState::kList;
    CheckDuplicates(node, &path);
    bool has_known = false;
    bool has_open = false;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const Key& key = node.keys[i];
      const Node& child = node.children[i];
      const Path here{&path, key.text};
      if (key.text == "known" && child.kind == NodeKind::kArray) {
        has_known = true;
        cell.children = ReadList(type, child, path).children;
      } else if (key.text == "open" && child.kind == NodeKind::kBool) {
        has_open = true;
        cell.open = child.truth;
      } else if (key.text == "known" || key.text == "open") {
        has_known = has_known || key.text == "known";
        has_open = has_open || key.text == "open";
        Report(Code::kWrongFactType, child.span, here,
               fmt::format("is {}, and it must be {}", Describe(child),
                           key.text == "known" ? "a list" : "`true` or `false`"),
               {});
      } else {
        Report(Code::kUnknownFactField, key.span, here, "is no part of a list that may hold more",
               "such a list is `{ \"known\": [ … ], \"open\": true }`, any other `[ … ]`");
        has_known = has_open = true;
      }
    }
    if (!has_known || !has_open) {
      WrongType(type, node, path,
                "a list is `[ … ]`; one that may hold more is `{ \"known\": [ … ], \"open\": true }`");
    }
    cell.span = node.span;
    return cell;
  }

  void CheckDuplicates(const Node& node, const Path* path) {
    std::set<std::string_view> seen;
    for (const Key& key : node.keys) {
      if (seen.insert(key.text).second) continue;
      Report(Code::kDuplicateFactsKey, key.span, {path, key.text}, "is given twice", "keep the one that is right");
    }
  }

  const model::Policy& policy_;
  const Overrides& overrides_;
  diagnostics::Sink& sink_;
  std::optional<model::Moment> document_as_of_;
  bool as_of_in_error_ = false;
};

}  // namespace

std::optional<Subject> ReadDocument(const model::Policy& policy, const diagnostics::Sources& sources,
                                    diagnostics::SourceId source, const Overrides& overrides, diagnostics::Sink& sink) {
  const std::optional<Node> root = ReadTree(sources, source, sink);
  if (!root) return std::nullopt;
  return DocumentReader(policy, overrides, sink).Read(*root);
}

namespace {

// The text of a member of the document itself; nothing where it has none, or is no document at all.
std::optional<std::string> FindText(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                    std::string_view key) {
  diagnostics::Sink ignored;  // ReadDocument reports the same mistakes
  const std::optional<Node> root = ReadTree(sources, source, ignored);
  if (!root) return std::nullopt;
  for (std::size_t i = 0; i < root->keys.size(); ++i) {
    if (root->keys[i].text == key && root->children[i].kind == NodeKind::kText) return root->children[i].text;
  }
  return std::nullopt;
}

}  // namespace

std::optional<model::Moment> FindAsOf(const diagnostics::Sources& sources, diagnostics::SourceId source) {
  const std::optional<std::string> text = FindText(sources, source, "as_of");
  return text ? ParseMoment(*text) : std::nullopt;
}

std::optional<std::string> FindSubject(const diagnostics::Sources& sources, diagnostics::SourceId source) {
  return FindText(sources, source, "subject");
}

std::optional<model::Moment> ParseMoment(std::string_view text) {
  if (const auto date = calendar::ParseDate(text)) return model::Moment{*date, std::nullopt};
  if (const auto time = calendar::ParseDatetime(text)) return model::Moment{calendar::DayOf(*time), *time};
  return std::nullopt;
}

}  // namespace cordon::facts
