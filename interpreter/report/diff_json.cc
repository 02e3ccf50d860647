// Writes a difference as JSON; see diff_json.h. Tested by tests/unit/diff_report_test.cc.
#include "report/diff_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "report/diff_words.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using analyse::Whose;

Document TextsOf(const model::Texts& texts) {
  Document by_language = Document::object();
  for (const model::LangText& text : texts) by_language[text.language] = text.text;
  return by_language;
}

// Adds what is not empty: texts and lists of citations.
template <typename Text>
void Add(Document& document, const char* key, const Text& text) {
  if (!text.empty()) document[key] = text;
}

const char* ResultWord(DiffResult result) {
  switch (result) {
    case DiffResult::kNoChange:
      return "no change";
    case DiffResult::kChanged:
      return "changed";
    case DiffResult::kUndecided:
      return "undecided";
  }
  return "";
}

const char* VerdictWord(DiffResult result) {
  switch (result) {
    case DiffResult::kNoChange:
      return "PROVED";
    case DiffResult::kChanged:
      return "REFUTED";
    case DiffResult::kUndecided:
      return "UNDECIDED";
  }
  return "";
}

const char* WhoseWord(Whose whose) {
  switch (whose) {
    case Whose::kBoth:
      return "both";
    case Whose::kOld:
      return "old";
    case Whose::kNew:
      return "new";
  }
  return "";
}

void AddPlace(Document& document, const analyse::Place& place) {
  if (place.file.empty()) return;
  document["place"] = {{"file", place.file}};
  if (place.line > 0) document["place"]["line"] = place.line;
}

Document VersionOf(const analyse::Version& version) {
  Document document = {{"id", version.id}, {"version", version.version}, {"digest", version.digest}};
  if (!version.titles.empty()) document["title"] = TextsOf(version.titles);
  return document;
}

Document ConditionsOf(const std::vector<analyse::Condition>& conditions) {
  Document list = Document::array();
  for (const analyse::Condition& condition : conditions) {
    Document document = {{"version", WhoseWord(condition.whose)}};
    if (!condition.rule.empty()) {
      document["rule"] = condition.rule;
      document["applies"] = condition.holds;
    }
    Add(document, "text", condition.text);
    Add(document, "cite", condition.cites);
    list.push_back(std::move(document));
  }
  return list;
}

Document RulesOf(const std::vector<analyse::RuleText>& rules) {
  Document list = Document::array();
  for (const analyse::RuleText& rule : rules) {
    Document document = {{"version", WhoseWord(rule.whose)}, {"rule", rule.path}, {"cells", Document::array()}};
    for (const analyse::Cell& cell : rule.cells) {
      document["cells"].push_back({{"heading", cell.heading}, {"text", cell.text}, {"changed", cell.changed}});
    }
    Add(document, "cite", rule.cites);
    AddPlace(document, rule.place);
    list.push_back(std::move(document));
  }
  return list;
}

Document EditsOf(const std::vector<analyse::Edit>& edits) {
  Document list = Document::array();
  for (const analyse::Edit& edit : edits) {
    Document document = {{"path", edit.path}};
    Add(document, "old", edit.old_text);
    Add(document, "new", edit.new_text);
    Add(document, "because", edit.because);
    Add(document, "cite", edit.cites);
    AddPlace(document, edit.place);
    list.push_back(std::move(document));
  }
  return list;
}

// The subject's document is given as JSON, not as a text that holds JSON; if it is none, as the text.
Document ExampleOf(const analyse::Example& example) {
  Document document = Document::object();
  Add(document, "as_of", example.as_of);
  document["facts"] = Document::array();
  for (const auto& [fact, value] : example.facts) document["facts"].push_back({{"fact", fact}, {"value", value}});
  if (!example.document.empty()) {
    Document subject = Document::parse(example.document, nullptr, /*allow_exceptions=*/false);
    document["document"] = subject.is_discarded() ? Document(example.document) : std::move(subject);
  }
  Add(document, "test", example.test);
  document["old_answer"] = example.old_answer;
  document["new_answer"] = example.new_answer;
  return document;
}

Document RegionOf(const analyse::Region& region) {
  Document document = {{"id", region.id}, {"conditions", ConditionsOf(region.conditions)}};
  document["records"] = Document::array();
  for (const analyse::RecordConditions& records : region.records) {
    document["records"].push_back(
        {{"list", records.list}, {"element", records.element}, {"conditions", ConditionsOf(records.conditions)}});
  }
  document["others"] = ConditionsOf(region.others);
  document["rules"] = RulesOf(region.rules);
  document["edits"] = EditsOf(region.edits);
  document["example"] = ExampleOf(region.example);
  return document;
}

Document AspectOf(const AspectChanges& changes) {
  const analyse::Aspect& aspect = *changes.aspect;
  const std::string id = AspectTitle(aspect);
  Document document = {{"id", id}, {"kind", AspectKindText(aspect.kind)}};
  Add(document, "protocol", aspect.protocol);
  document["name"] = aspect.name;
  Add(document, "detail", aspect.detail);
  if (!aspect.texts.empty()) document["text"] = TextsOf(aspect.texts);
  document["transitions"] = Document::array();
  for (const analyse::Transition* transition : changes.transitions) {
    Document one = {{"id", id + ": " + transition->from + " -> " + transition->to},
                    {"from", transition->from},
                    {"to", transition->to},
                    {"complete", transition->complete},
                    {"regions", Document::array()}};
    for (const analyse::Region& region : transition->regions) one["regions"].push_back(RegionOf(region));
    document["transitions"].push_back(std::move(one));
  }
  return document;
}

Document UndecidedOf(const std::vector<analyse::Undecided>& all) {
  Document list = Document::array();
  for (const analyse::Undecided& one : all) {
    Document document = {{"query", one.query}};
    Add(document, "file", one.file);
    Add(document, "budget", one.budget);
    list.push_back(std::move(document));
  }
  return list;
}

Document ScopeOf(const analyse::Scope& scope) {
  Document document = Document::object();
  Add(document, "first_day", scope.first_day);
  Add(document, "last_day", scope.last_day);
  document["bounds"] = Document::array();
  for (const analyse::Bound& bound : scope.bounds) {
    document["bounds"].push_back({{"list", bound.list}, {"records", bound.records}});
  }
  document["assumptions"] = scope.assumptions;
  document["not_compared"] = scope.not_compared;
  return document;
}

}  // namespace

std::string DiffJson(const analyse::Diff& diff) {
  const DiffResult result = ResultOf(diff);
  Document document = {{"result", ResultWord(result)},       {"verdict", VerdictWord(result)},
                       {"complete", IsComplete(diff)},       {"old", VersionOf(diff.old_version)},
                       {"new", VersionOf(diff.new_version)}, {"protocols", diff.protocols}};
  document["counts"] = {{"compared", diff.num_aspects},      {"identical", diff.num_identical},
                        {"changed", diff.aspects.size()},    {"transitions", diff.transitions.size()},
                        {"regions", NumRegions(diff)},       {"queries", diff.num_queries},
                        {"undecided", diff.undecided.size()}};
  document["aspects"] = Document::array();
  for (const AspectChanges& changes : ChangesByAspect(diff)) document["aspects"].push_back(AspectOf(changes));
  document["undecided"] = UndecidedOf(diff.undecided);
  if (!diff.edits.empty()) document["edits"] = EditsOf(diff.edits);
  document["scope"] = ScopeOf(diff.scope);
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
