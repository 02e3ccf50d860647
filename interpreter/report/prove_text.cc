// Prints proofs; see prove_text.h. Tested by tests/golden/prove.
#include "report/prove_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "support/assert.h"

namespace cordon::report {

using analyse::Finding;
using analyse::Topic;
using analyse::Verdict;

namespace {

std::string_view TopicText(Topic topic) {
  switch (topic) {
    case Topic::kTables:
      return "tables";
    case Topic::kRules:
      return "rules";
    case Topic::kConflicts:
      return "conflicts";
    case Topic::kExceptions:
      return "exceptions";
    case Topic::kGuarantees:
      return "guarantees";
    case Topic::kClaims:
      return "claims";
    case Topic::kAudiences:
      return "audiences";
    case Topic::kCalendar:
      return "calendar";
  }
  CORDON_ASSERT(false);
}

// What it means that a question of the topic is proved.
std::string_view ProvedText(Topic topic) {
  switch (topic) {
    case Topic::kTables:
      return "no gap, or no overlap";
    case Topic::kRules:
      return "can apply, and can decide";
    case Topic::kConflicts:
      return "never in conflict";
    case Topic::kExceptions:
      return "never outvoted";
    case Topic::kGuarantees:
      return "hold";
    case Topic::kClaims:
      return "conform";
    case Topic::kAudiences:
      return "hear nothing of what is withheld";
    case Topic::kCalendar:
      return "rounding and the clock decide nothing";
  }
  CORDON_ASSERT(false);
}

std::string_view VerdictText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kProved:
      return "PROVED";
    case Verdict::kRefuted:
      return "REFUTED";
    case Verdict::kUndecided:
      return "UNDECIDED";
  }
  CORDON_ASSERT(false);
}

}  // namespace

std::string ProveText(const std::string& name, const analyse::Proof& proof) {
  std::string text = name + ", for every patient";
  for (const analyse::TopicResult& topic : proof.topics) {
    if (!analyse::IsPromise(topic.topic) || topic.proved + topic.refuted + topic.undecided == 0) continue;
    text += fmt::format(": what it promises is {}", VerdictText(proof.verdict));
    break;
  }
  text += "\n";
  for (const analyse::TopicResult& topic : proof.topics) {
    const std::size_t all = topic.proved + topic.refuted + topic.undecided + topic.noted;
    if (all == 0) continue;
    text +=
        fmt::format("  {:<10} {} of {} proved: {}", TopicText(topic.topic), topic.proved, all, ProvedText(topic.topic));
    if (topic.refuted > 0) text += fmt::format("; {} refuted", topic.refuted);
    if (topic.undecided > 0) text += fmt::format("; {} undecided", topic.undecided);
    if (topic.noted > 0) text += fmt::format("; of {} see below", topic.noted);
    text += "\n";
    for (const std::string& note : topic.notes) text += "    " + note + "\n";
  }
  return text;
}

std::string ProveJson(const std::string& name, const analyse::Proof& proof, const diagnostics::Sources& sources) {
  using Document = nlohmann::ordered_json;
  Document document{{"policy", name}, {"verdict", VerdictText(proof.verdict)}, {"queries", proof.num_queries}};
  document["topics"] = Document::array();
  for (const analyse::TopicResult& topic : proof.topics) {
    document["topics"].push_back({{"topic", TopicText(topic.topic)},
                                  {"proved", topic.proved},
                                  {"refuted", topic.refuted},
                                  {"undecided", topic.undecided},
                                  {"noted", topic.noted},
                                  {"notes", topic.notes}});
  }
  document["findings"] = Document::array();
  for (const Finding& finding : proof.findings) {
    Document own{{"topic", TopicText(finding.topic)},
                 {"verdict", VerdictText(finding.verdict)},
                 {"code", diagnostics::CodeText(finding.diagnostic.code)},
                 {"message", finding.diagnostic.message},
                 {"help", finding.diagnostic.help}};
    const diagnostics::Span& span = finding.diagnostic.span;
    if (span.valid()) {
      own["file"] = sources.name(span.source);
      own["line"] = sources.place(span.source, span.begin).line;
    }
    if (finding.shown) own["patient"] = finding.shown->words;
    if (finding.shown && !finding.shown->document.empty()) own["facts"] = Document::parse(finding.shown->document);
    if (!finding.query.empty()) own["query"] = finding.query;
    if (!finding.budget.empty()) own["budget"] = finding.budget;
    document["findings"].push_back(std::move(own));
  }
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
