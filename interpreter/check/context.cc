// Messages about names that every pass needs; see context.h.
#include "check/context.h"

#include "support/text.h"

namespace cordon::check {

std::string FoldedText(const Context& ctx, const Span& span) {
  std::string folded;
  bool blank = false;
  for (const char c : ctx.sources.text(span)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !folded.empty();
      continue;
    }
    if (blank) folded += ' ';
    blank = false;
    folded += c;
  }
  return folded;
}

std::string Joined(const syntax::QName& name) {
  std::string text;
  for (const syntax::Name& part : name.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

std::vector<std::string> NamesOf(const NameTable& table) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : table) names.push_back(name);
  return names;
}

std::string NearestHelp(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise) {
  const std::optional<std::string> nearest = support::FindNearest(word, candidates);
  return nearest ? "did you mean `" + *nearest + "`?" : std::move(otherwise);
}

void ReportUnknown(Context& ctx, Code code, const Span& span, const std::string& message, const std::string& help) {
  const auto [row, added] = ctx.unknown_name_of.emplace(message, ctx.unknown_names.size());
  if (added) ctx.unknown_names.push_back({code, message, help, {}});
  ctx.unknown_names[row->second].places.push_back(span);
}

void ReportUnknownNames(Context& ctx) {
  constexpr std::size_t kMostNotes = 3;
  const auto times = [](std::size_t n) { return n == 1 ? std::string("once") : std::to_string(n) + " times"; };
  for (const UnknownName& name : ctx.unknown_names) {
    std::vector<diagnostics::Note> notes;
    for (std::size_t i = 1; i < name.places.size() && i <= kMostNotes; ++i) {
      const std::size_t more = name.places.size() - 1 - i;
      const bool last = i == kMostNotes && more > 0;
      notes.push_back({name.places[i], last ? "here too, and " + times(more) + " more" : "here too"});
    }
    ctx.sink.Report(name.code, name.places[0], name.message, name.help, std::move(notes));
  }
}

std::string_view DescribeKind(NameKind kind) {
  switch (kind) {
    case NameKind::kFact:
      return "a fact";
    case NameKind::kDefine:
      return "a definition";
    case NameKind::kParam:
      return "a parameter";
    case NameKind::kProtocol:
      return "a protocol";
    case NameKind::kOutput:
      return "an output";
    case NameKind::kCategory:
      return "a category";
    case NameKind::kRecord:
      return "a record";
    case NameKind::kSet:
      return "a set";
    case NameKind::kRole:
      return "a role";
    case NameKind::kEvent:
      return "an event";
    case NameKind::kAction:
      return "an action";
    case NameKind::kGroup:
      return "a group";
    case NameKind::kSubject:
      return "a subject";
    case NameKind::kInterpretation:
      return "an interpretation";
    case NameKind::kRule:
      return "a rule or table";
  }
  return "a name";
}

bool Declare(Context& ctx, NameTable& table, const syntax::Name& name, NameKind kind, std::size_t index) {
  const auto [entry, added] = table.emplace(name.text, NameEntry{kind, index, name.span});
  if (added) return true;
  std::vector<diagnostics::Note> notes;
  if (entry->second.span.valid()) notes.push_back({entry->second.span, "the first declaration is here"});
  ctx.sink.Report(Code::kDuplicateName, name.span,
                  "`" + name.text + "` is already the name of " + std::string(DescribeKind(entry->second.kind)),
                  "give one of the two another name", std::move(notes));
  return false;
}

void Refer(const Context& ctx, const Span& use, const Span& declaration) {
  if (ctx.references != nullptr && declaration.valid()) ctx.references->uses.push_back({use, declaration});
}

void ReferToRule(const Context& ctx, model::ProtocolId protocol, const syntax::QName& name) {
  const ProtocolInfo& info = ctx.protocols[protocol.index];
  const auto rule = info.rule_names.find(name.parts[0].text);
  if (rule != info.rule_names.end()) Refer(ctx, name.parts[0].span, rule->second.span);
  const auto row = info.rules.find(Joined(name));
  if (name.parts.size() == 2 && row != info.rules.end()) {
    Refer(ctx, name.parts[1].span, ctx.policy.rules[row->second.index].span);
  }
}

std::optional<std::size_t> FindDeclared(Context& ctx, const NameTable& table, const syntax::Name& name,
                                        std::string_view what) {
  const auto found = table.find(name.text);
  if (found != table.end()) {
    Refer(ctx, name.span, found->second.span);
    return found->second.index;
  }
  const std::string kind(what);
  ReportUnknown(ctx, Code::kUnknownDeclaration, name.span, "there is no " + kind + " `" + name.text + "`",
                NearestHelp(name.text, NamesOf(table), "declare it: `" + kind + " " + name.text + " …`"));
  return std::nullopt;
}

}  // namespace cordon::check
