// Gathers and prints what a policy reads into its guideline; see interpretations.h. Tested by
// tests/golden/usage/interpretations.golden.
#include "report/interpretations.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/dependencies.h"
#include "report/page.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Where the digits from `at` on end, noughts before them left out.
std::string_view DigitsAt(std::string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == '0') ++at;
  const std::size_t begin = at;
  while (at < text.size() && IsDigit(text[at])) ++at;
  return text.substr(begin, at - begin);
}

// A2 before A10.
bool StandsBefore(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() && k < b.size()) {
    if (IsDigit(a[i]) && IsDigit(b[k])) {
      const std::string_view left = DigitsAt(a, i);
      const std::string_view right = DigitsAt(b, k);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
    } else if (a[i] != b[k]) {
      return a[i] < b[k];
    } else {
      ++i;
      ++k;
    }
  }
  if (a.size() - i != b.size() - k) return a.size() - i < b.size() - k;
  return a < b;  // A1 and A01
}

std::string OutputName(const model::Policy& policy, model::OutputId id) {
  const model::Output& output = policy.outputs[id.index];
  return policy.protocols[output.protocol.index].name + "." + output.name;
}

std::string RuleName(const model::Policy& policy, model::RuleId id) {
  const model::Rule& rule = policy.rules[id.index];
  return policy.protocols[rule.protocol.index].name + "." + rule.name;
}

std::string_view KindOf(const model::Policy& policy, model::RuleId id) {
  return policy.rules[id.index].table.valid() ? "row" : "rule";
}

std::string FirstLanguage(const model::Policy& policy) {
  return policy.languages.empty() ? std::string() : policy.languages.front();
}

std::string RolesText(const model::Policy& policy, const std::vector<model::RoleId>& roles) {
  std::vector<std::string> names;
  for (const model::RoleId role : roles) {
    names.emplace_back(RoleText(policy.roles[role.index], FirstLanguage(policy)));
  }
  return support::Join(names, ", ");
}

std::string CountText(std::size_t count, std::string_view one) {
  if (count == 0) return fmt::format("no {}s", one);
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string Heading(const model::Policy& policy, const Review& review) {
  const std::string interpretations = CountText(review.interpretations.size(), "interpretation");
  const std::string text = fmt::format("{} {}: {}", policy.id, policy.version, interpretations);
  return review.whole ? text + ", " + CountText(review.judgements.size(), "judgement") : text;
}

// ---- for people: what is said of each, as lines of a label and what follows it

using Quote = std::string (*)(const std::string& name);
std::string Plain(const std::string& name) { return name; }
std::string InBackticks(const std::string& name) { return "`" + name + "`"; }

struct Line {
  std::string label;  // may be empty
  std::string text;
};

std::string Quoted(const std::vector<std::string>& names, Quote quote) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quote(name));
  return support::Join(quoted, ", ");
}

// `prose` makes a text of the policy fit to stand in the page.
std::vector<Line> LinesOf(const model::Policy& policy, const InterpretationReview& review, Quote quote, Quote prose) {
  const model::Interpretation& interpretation = policy.interpretations[review.id.index];
  std::vector<Line> lines;
  for (const std::string& other : interpretation.alternatives) lines.push_back({"instead of", prose(other)});
  if (!interpretation.settled_by.empty()) {
    lines.push_back({"to be settled by", prose(RolesText(policy, interpretation.settled_by))});
  }
  if (!interpretation.cites.empty()) lines.push_back({"source", prose(CiteText(interpretation.cites))});
  std::vector<std::string> places;
  for (const model::InterpretationPlace& place : review.places) places.push_back(place.what + " " + quote(place.path));
  if (places.empty()) {
    lines.push_back({"", "on record; nothing refers to it"});
    return lines;
  }
  lines.push_back({"stands in", support::Join(places, ", ")});
  if (!review.outputs.empty()) lines.push_back({"touches", Quoted(review.outputs, quote)});
  for (std::size_t begin = 0; begin < review.duties.size();) {
    const model::ProtocolId protocol = review.duties[begin].protocol;
    std::vector<std::string> duties;
    while (begin < review.duties.size() && review.duties[begin].protocol == protocol) {
      duties.push_back(review.duties[begin++].duty);
    }
    lines.push_back({"touches the duties of " + quote(policy.protocols[protocol.index].name), Quoted(duties, quote)});
  }
  if (review.outputs.empty() && review.duties.empty()) lines.push_back({"", "touches no output and no duty"});
  return lines;
}

std::vector<Line> LinesOf(const model::Policy& policy, const JudgementReview& review, Quote quote, Quote prose) {
  const model::Judgement& judgement = policy.judgements[review.judgement.index];
  std::vector<Line> lines = {{"left to", prose(RolesText(policy, {judgement.by}))}};
  if (!judgement.with.empty()) lines.back().text += " with " + prose(RolesText(policy, judgement.with));
  lines.push_back({"under", std::string(KindOf(policy, review.rule)) + " " + quote(RuleName(policy, review.rule))});
  if (judgement.weighing.valid()) {
    std::vector<std::string> facts;
    for (const model::FactId fact : policy.groups[judgement.weighing.index].facts) {
      facts.push_back(policy.facts[fact.index].name);
    }
    lines.push_back({"weighing", Quoted(facts, quote)});
  }
  if (judgement.decided_in.valid()) {
    lines.push_back({"decided in", "fact " + quote(policy.facts[judgement.decided_in.index].name)});
  }
  const model::Cites& cites = policy.rules[review.rule.index].cites;
  if (!cites.empty()) lines.push_back({"source", prose(CiteText(cites))});
  return lines;
}

void AddLines(Page& page, const std::vector<Line>& lines) {
  for (const Line& line : lines) page.Paragraph(2, line.label.empty() ? line.text : line.label + ": " + line.text);
}

// A text of the policy in Markdown, with the signs escaped that would mean something there.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\`*_<>[]#|~").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string MarkdownLines(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) text += "- " + (line.label.empty() ? "" : line.label + ": ") + line.text + "\n";
  return text + "\n";
}

// ---- JSON

template <typename Id, typename Things>
Document Names(const std::vector<Id>& ids, const Things& things) {
  Document names = Document::array();
  for (const Id id : ids) names.push_back(things[id.index].name);
  return names;
}

Document PlacesOf(const InterpretationReview& review, const diagnostics::Sources& sources) {
  Document places = Document::array();
  for (const model::InterpretationPlace& place : review.places) {
    Document one = {{"kind", place.what}, {"path", place.path}};
    if (place.span.valid()) {
      one["file"] = sources.name(place.span.source);
      one["line"] = sources.place(place.span.source, place.span.begin).line;
    }
    places.push_back(std::move(one));
  }
  return places;
}

Document DocumentOf(const model::Policy& policy, const InterpretationReview& review,
                    const diagnostics::Sources& sources) {
  const model::Interpretation& interpretation = policy.interpretations[review.id.index];
  Document document = {{"id", interpretation.id}, {"text", interpretation.text}};
  if (!interpretation.alternatives.empty()) document["alternatives"] = interpretation.alternatives;
  if (!interpretation.settled_by.empty()) {
    document["to_be_settled_by"] = Names(interpretation.settled_by, policy.roles);
  }
  if (!interpretation.cites.empty()) document["cite"] = CiteText(interpretation.cites);
  document["places"] = PlacesOf(review, sources);
  document["outputs"] = review.outputs;
  document["duties"] = Document::array();
  for (const TouchedDuty& touched : review.duties) {
    document["duties"].push_back({{"protocol", policy.protocols[touched.protocol.index].name}, {"duty", touched.duty}});
  }
  return document;
}

Document DocumentOf(const model::Policy& policy, const JudgementReview& review) {
  const model::Judgement& judgement = policy.judgements[review.judgement.index];
  Document document = {{"output", OutputName(policy, review.output)}, {"by", policy.roles[judgement.by.index].name}};
  if (!judgement.with.empty()) document["with"] = Names(judgement.with, policy.roles);
  if (judgement.weighing.valid()) {
    document["weighing"] = Names(policy.groups[judgement.weighing.index].facts, policy.facts);
  }
  if (judgement.decided_in.valid()) document["decided_in"] = policy.facts[judgement.decided_in.index].name;
  document[std::string(KindOf(policy, review.rule))] = RuleName(policy, review.rule);
  const model::Cites& cites = policy.rules[review.rule.index].cites;
  if (!cites.empty()) document["cite"] = CiteText(cites);
  return document;
}

// Notes in `all`, which goes by InterpretationId, what each output and duty of the protocol can be touched by.
void AddTouched(const model::Policy& policy, model::ProtocolId protocol, std::vector<InterpretationReview>& all) {
  for (const model::Dependencies& one : model::FindDependencies(policy, protocol)) {
    for (const model::InterpretationId id : model::InterpretationsOf(policy, one)) {
      if (one.output.valid()) {
        all[id.index].outputs.push_back(OutputName(policy, one.output));
      } else {
        all[id.index].duties.push_back({protocol, one.duty});
      }
    }
  }
}

}  // namespace

Review ReviewOf(const model::Policy& policy) {
  Review review;
  for (std::size_t i = 0; i < policy.interpretations.size(); ++i) {
    review.interpretations.push_back({model::InterpretationId(i), {}, {}, {}});
  }
  for (const model::InterpretationPlace& place : policy.interpretation_places) {
    review.interpretations[place.interpretation.index].places.push_back(place);
  }
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    AddTouched(policy, model::ProtocolId(i), review.interpretations);
  }
  std::stable_sort(review.interpretations.begin(), review.interpretations.end(), [&](const auto& a, const auto& b) {
    return StandsBefore(policy.interpretations[a.id.index].id, policy.interpretations[b.id.index].id);
  });
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    for (const model::OutputConclusion& conclusion : policy.rules[i].conclusions) {
      const auto* judgement = std::get_if<model::JudgementId>(&conclusion.value);
      if (judgement != nullptr) review.judgements.push_back({model::RuleId(i), conclusion.output, *judgement});
    }
  }
  return review;
}

std::string ReviewText(const model::Policy& policy, const Review& review) {
  Page page(Emphasis::kNever);
  page.Paragraph(0, Heading(policy, review));
  for (const InterpretationReview& one : review.interpretations) {
    const model::Interpretation& interpretation = policy.interpretations[one.id.index];
    page.Gap();
    page.Paragraph(0, interpretation.id + ": " + interpretation.text);
    AddLines(page, LinesOf(policy, one, Plain, Plain));
  }
  if (!review.judgements.empty()) {
    page.Gap();
    page.Paragraph(0, "Left to somebody's judgement");
  }
  for (const JudgementReview& one : review.judgements) {
    page.Gap();
    page.Paragraph(0, OutputName(policy, one.output));
    AddLines(page, LinesOf(policy, one, Plain, Plain));
  }
  return page.text();
}

std::string ReviewMarkdown(const model::Policy& policy, const Review& review) {
  std::string text = fmt::format("# How `{}` {} reads its guideline\n\n", policy.id, Escaped(policy.version));
  if (const std::string_view title = TextIn(policy.titles, FirstLanguage(policy)); !title.empty()) {
    text += Escaped(std::string(title)) + "\n\n";
  }
  for (const InterpretationReview& one : review.interpretations) {
    const model::Interpretation& interpretation = policy.interpretations[one.id.index];
    text += fmt::format("## {}\n\n{}\n\n", Escaped(interpretation.id), Escaped(interpretation.text));
    text += MarkdownLines(LinesOf(policy, one, InBackticks, Escaped));
  }
  if (!review.judgements.empty()) text += "# What it leaves to somebody's judgement\n\n";
  for (const JudgementReview& one : review.judgements) {
    text += fmt::format("## `{}`\n\n", OutputName(policy, one.output));
    text += MarkdownLines(LinesOf(policy, one, InBackticks, Escaped));
  }
  text.pop_back();  // the empty line at the end
  return text;
}

std::string ReviewJson(const model::Policy& policy, const Review& review, const diagnostics::Sources& sources) {
  Document document = {{"policy", {{"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}}}};
  document["interpretations"] = Document::array();
  for (const InterpretationReview& one : review.interpretations) {
    document["interpretations"].push_back(DocumentOf(policy, one, sources));
  }
  if (review.whole) document["judgements"] = Document::array();
  for (const JudgementReview& one : review.judgements) document["judgements"].push_back(DocumentOf(policy, one));
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
