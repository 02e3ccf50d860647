// Writes ways to a wanted answer as JSON; see why_not_json.h. Tested by tests/golden/why_not.
#include "report/why_not_json.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using analyse::WhyNotResult;

const char* ResultWord(WhyNotResult result) {
  switch (result) {
    case WhyNotResult::kAlready:
      return "already";
    case WhyNotResult::kFound:
      return "found";
    case WhyNotResult::kImpossible:
      return "impossible";
    case WhyNotResult::kUndecided:
      return "undecided";
  }
  return "";
}

Document ChangesOf(const std::vector<analyse::FactChange>& changes) {
  Document list = Document::array();
  for (const analyse::FactChange& change : changes) {
    Document document = {{"path", change.path}};
    if (!change.before.empty()) document["before"] = change.before;
    if (!change.after.empty()) document["after"] = change.after;
    for (const model::LangText& text : change.texts) document["text"][text.language] = text.text;
    list.push_back(std::move(document));
  }
  return list;
}

Document HindrancesOf(const std::vector<analyse::Hindrance>& rules) {
  Document list = Document::array();
  for (const analyse::Hindrance& rule : rules) {
    Document document = {{"rule", rule.path}};
    if (!rule.text.empty()) document["why_not"] = rule.text;
    document["cite"] = rule.cites;
    list.push_back(std::move(document));
  }
  return list;
}

}  // namespace

std::string WhyNotJson(const analyse::WhyNot& why_not) {
  Document document = {{"result", ResultWord(why_not.result)},
                       {"policy", {{"id", why_not.policy}, {"version", why_not.version}, {"digest", why_not.digest}}},
                       {"protocol", why_not.protocol},
                       {"as_of", why_not.as_of},
                       {"wanted", Document::array()}};
  for (const analyse::WantedNow& wanted : why_not.wanted) {
    Document one = {{"name", wanted.name}, {"answer", wanted.answer}, {"now", wanted.now}};
    if (why_not.result == WhyNotResult::kImpossible) {
      one["concluded_by"] = HindrancesOf(wanted.concluded);
      one["not_concluded_by"] = HindrancesOf(wanted.missing);
    }
    document["wanted"].push_back(std::move(one));
  }
  document["changes"] = why_not.num_changes;
  document["complete"] = why_not.all;
  document["ways"] = Document::array();
  for (const analyse::Way& way : why_not.ways) {
    Document subject = Document::parse(way.document, nullptr, /*allow_exceptions=*/false);
    document["ways"].push_back({{"turns_out", ChangesOf(way.turns_out)},
                                {"changes", ChangesOf(way.changes)},
                                {"nearest", way.nearest},
                                {"document", std::move(subject)}});
  }
  if (why_not.result == WhyNotResult::kImpossible) document["together"] = why_not.together;
  document["queries"] = why_not.num_queries;
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
