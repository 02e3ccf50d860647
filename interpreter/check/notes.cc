// Citations, interpretations and texts: what stands below declarations. See context.h.
//
// A text may hold the name of a parameter in braces; its value is put in as the text's own language writes it.
#include <algorithm>
#include <array>
#include <map>

#include "calendar/calendar.h"
#include "check/context.h"
#include "support/text.h"
#include "value/format.h"

namespace cordon::check {

namespace {

struct Unit {
  std::string_view english;
  std::string_view danish;
};
constexpr std::array<Unit, 14> kUnits = {{{"year", "år"},
                                          {"years", "år"},
                                          {"month", "måned"},
                                          {"months", "måneder"},
                                          {"week", "uge"},
                                          {"weeks", "uger"},
                                          {"day", "dag"},
                                          {"days", "dage"},
                                          {"hour", "time"},
                                          {"hours", "timer"},
                                          {"minute", "minut"},
                                          {"minutes", "minutter"},
                                          {"yes", "ja"},
                                          {"no", "nej"}}};

// Each word of `text` that is a unit, in Danish where that is the language.
std::string InLanguage(const std::string& text, std::string_view language) {
  if (language != "da") return text;
  std::string translated;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.english == word; });
    translated += unit == kUnits.end() ? word : std::string(unit->danish);
    if (end < text.size()) translated += ' ';
    begin = end + 1;
  }
  return translated;
}

std::string FormatValue(const value::Value& value, std::string_view language) {
  switch (value.kind) {
    case value::Kind::kBool:
    case value::Kind::kDuration:
    case value::Kind::kPeriod:
      return InLanguage(value::Format(value), language);
    case value::Kind::kInt:
    case value::Kind::kDecimal:
    case value::Kind::kText:
    case value::Kind::kDate:
    case value::Kind::kDatetime:
      return value::Format(value);
    case value::Kind::kSymbol:
    case value::Kind::kNone:
      break;
  }
  return {};
}

// Every `{name}` in the text as written.
void ReferInText(const Context& ctx, const syntax::LangText& text, const std::string& name, const Span& declaration) {
  const std::string_view written = ctx.sources.text(text.span);
  const std::string braced = "{" + name + "}";
  for (std::size_t at = written.find(braced); at != std::string_view::npos; at = written.find(braced, at + 1)) {
    const auto begin = static_cast<std::uint32_t>(text.span.begin + at + 1);
    Refer(ctx, {text.span.source, begin, begin + static_cast<std::uint32_t>(name.size())}, declaration);
  }
}

// What stands for `{name}`. Reports a name that is no parameter.
std::string Filling(Context& ctx, const syntax::LangText& text, const std::string& name,
                    const std::vector<std::string>& own) {
  if (std::find(own.begin(), own.end(), name) != own.end()) return "{" + name + "}";
  const auto found = ctx.values.find(name);
  if (found != ctx.values.end() && found->second.kind == NameKind::kParam) {
    const std::size_t index = found->second.index;
    ReferInText(ctx, text, name, found->second.span);
    if (ctx.params[index].progress != Progress::kDone) return {};
    return FormatValue(ctx.policy.params[index].value, text.language.text);
  }
  std::vector<std::string> candidates = own;
  for (const auto& [known, entry] : ctx.values) {
    if (entry.kind == NameKind::kParam) candidates.push_back(known);
  }
  ReportUnknown(ctx, Code::kUnknownTextName, text.span,
                "the text holds `{" + name + "}`, and there is no such parameter",
                NearestHelp(name, candidates, "a text may hold the name of a `param` in braces"));
  return {};
}

}  // namespace

model::Cites ResolveCites(Context& ctx, const syntax::File& file, const std::vector<syntax::Cite>& cites) {
  model::Cites resolved;
  const std::map<std::string, std::string>& known = ctx.cite_sources[&file];
  for (const syntax::Cite& cite : cites) {
    const auto found = known.find(cite.source.text);
    if (found != known.end()) {
      resolved.push_back(cite.place.empty() ? found->second : found->second + ", " + cite.place);
      continue;
    }
    std::vector<std::string> candidates;
    for (const auto& [name, text] : known) candidates.push_back(name);
    ReportUnknown(
        ctx, Code::kUnknownSource, cite.source.span, "the header has no source `" + cite.source.text + "`",
        NearestHelp(cite.source.text, candidates, "add `source " + cite.source.text + " \"…\"` to the header"));
  }
  return resolved;
}

InterpretationIds ResolveInterpretations(Context& ctx, const std::vector<syntax::Interpretation>& notes) {
  InterpretationIds ids;
  for (const syntax::Interpretation& note : notes) {
    if (note.text.empty()) {
      const auto found = ctx.interpretations.find(note.id.text);
      if (found == ctx.interpretations.end()) {
        ReportUnknown(ctx, Code::kUnknownDeclaration, note.id.span,
                      "no interpretation `" + note.id.text + "` is recorded",
                      NearestHelp(note.id.text, NamesOf(ctx.interpretations),
                                  "record it at the left margin, `interpretation " + note.id.text +
                                      " \"…\"`, or write its text here"));
        continue;
      }
      Refer(ctx, note.id.span, found->second.span);
      ids.emplace_back(found->second.index);
      continue;
    }
    const model::InterpretationId next(ctx.policy.interpretations.size());
    const auto [entry, added] = ctx.interpretation_ids.emplace(note.id.text + "\n" + note.text, next);
    if (added) ctx.policy.interpretations.push_back({note.id.text, note.text, note.span});
    ids.push_back(entry->second);
  }
  return ids;
}

void AddInterpretations(InterpretationIds& to, const InterpretationIds& more) {
  for (const model::InterpretationId id : more) {
    if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
  }
}

model::Texts PlainTexts(const std::vector<syntax::LangText>& texts) {
  model::Texts plain;
  for (const syntax::LangText& text : texts) plain.push_back({text.language.text, text.text});
  return plain;
}

model::Texts FilledTexts(Context& ctx, const std::vector<syntax::LangText>& texts,
                         const std::vector<std::string>& own) {
  model::Texts filled;
  for (const syntax::LangText& text : texts) {
    std::string result;
    std::size_t at = 0;
    while (at < text.text.size()) {
      const std::size_t open = text.text.find('{', at);
      const std::size_t close = open == std::string::npos ? open : text.text.find('}', open);
      if (close == std::string::npos) break;
      result += text.text.substr(at, open - at);
      result += Filling(ctx, text, text.text.substr(open + 1, close - open - 1), own);
      at = close + 1;
    }
    result += text.text.substr(std::min(at, text.text.size()));
    filled.push_back({text.language.text, std::move(result)});
  }
  return filled;
}

}  // namespace cordon::check
