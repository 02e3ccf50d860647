// Counts and shows what many subjects' results were; see batch_summary.h.
#include "report/batch_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "report/batch_cells.h"
#include "report/diff_words.h"
#include "report/words.h"

namespace cordon::report {
namespace {

using Counts = std::map<std::string, std::uint64_t>;
using Document = nlohmann::ordered_json;
using evaluate::Status;
using model::Policy;

void AddAll(const Counts& from, Counts& to) {
  for (const auto& [name, count] : from) to[name] += count;
}

void CountOutput(const Policy& policy, const evaluate::OutputOutcome& outcome, std::uint64_t times,
                 OutputTally& tally) {
  const std::string answer =
      outcome.answer ? AnswerCell(policy, policy.outputs[outcome.output.index], *outcome.answer) : std::string();
  if (outcome.status == Status::kDetermined) {
    tally.determined[answer] += times;
  } else if (outcome.status == Status::kProvisional) {
    tally.provisional[answer] += times;
  } else {
    tally.others[std::string(StatusText(outcome.status))] += times;
  }
  for (const evaluate::Reason& reason : outcome.because) tally.rules[ReasonName(policy, reason)] += times;
  for (const std::string& need : outcome.needs) tally.needs[need] += times;
}

// ---- for people

constexpr std::size_t kMostShown = 20;

struct Row {
  std::string name;
  std::uint64_t count = 0;
};

// The most frequent first; of very many only those.
void AddRows(const std::string& margin, const Counts& counts, std::string_view prefix, std::string& text) {
  std::vector<Row> rows;
  for (const auto& [name, count] : counts) rows.push_back({std::string(prefix) + name, count});
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.count > b.count; });
  const std::size_t shown = std::min(rows.size(), kMostShown);
  for (std::size_t i = 0; i < shown; ++i) {
    text += fmt::format("{}{:<{}} {:>12}\n", margin, rows[i].name, 44 - margin.size(), rows[i].count);
  }
  if (rows.size() > shown) text += fmt::format("{}and {} more\n", margin, rows.size() - shown);
}

void AddPart(const std::string& title, const Counts& counts, std::string& text) {
  if (counts.empty()) return;
  text += fmt::format("    {}\n", title);
  AddRows("      ", counts, "", text);
}

void AddOutput(const std::string& name, const OutputTally& tally, std::string& text) {
  text += fmt::format("  {}\n", name);
  AddRows("    ", tally.determined, "", text);
  AddRows("    ", tally.provisional, "provisional: ", text);
  AddRows("    ", tally.others, "", text);
  AddPart("concluded by", tally.rules, text);
  AddPart("not known", tally.needs, text);
}

// ---- for programs

Document CountsOf(const Counts& counts) {
  Document document = Document::object();
  for (const auto& [name, count] : counts) document[name] = count;
  return document;
}

Document OutputOf(const OutputTally& tally) {
  return {{"determined", CountsOf(tally.determined)},
          {"provisional", CountsOf(tally.provisional)},
          {"others", CountsOf(tally.others)},
          {"rules", CountsOf(tally.rules)},
          {"needs", CountsOf(tally.needs)}};
}

Counts ReadCounts(const Document& document) {
  Counts counts;
  for (const auto& [name, count] : document.items()) counts[name] = count.get<std::uint64_t>();
  return counts;
}

std::vector<std::string> NamesOf(const Policy& policy, model::ProtocolId protocol) {
  std::vector<std::string> names;
  for (const model::OutputId id : policy.protocols[protocol.index].outputs)
    names.push_back(policy.outputs[id.index].name);
  return names;
}

const OutputTally& TallyOf(const Tally& tally, const std::string& name) {
  static const OutputTally kNothing;
  const auto found = tally.outputs.find(name);
  return found == tally.outputs.end() ? kNothing : found->second;
}

}  // namespace

void Tally::Add(const Tally& other) {
  subjects += other.subjects;
  refused += other.refused;
  AddAll(other.errors, errors);
  for (const auto& [name, from] : other.outputs) {
    OutputTally& to = outputs[name];
    AddAll(from.determined, to.determined);
    AddAll(from.provisional, to.provisional);
    AddAll(from.others, to.others);
    AddAll(from.rules, to.rules);
    AddAll(from.needs, to.needs);
  }
}

void Tally::Add(const Policy& policy, const evaluate::Conclusion& conclusion, std::uint64_t times) {
  for (const evaluate::OutputOutcome& outcome : conclusion.outputs) {
    CountOutput(policy, outcome, times, outputs[policy.outputs[outcome.output.index].name]);
  }
}

void Tally::Add(const facts::Refused& line) {
  ++refused;
  std::map<std::string, bool> codes;
  for (const diagnostics::Diagnostic& diagnostic : line.diagnostics) {
    codes[std::string(diagnostics::CodeText(diagnostic.code))] = true;
  }
  for (const auto& [code, given] : codes) ++errors[code];
}

std::string SummaryText(const Policy& policy, model::ProtocolId protocol, const Tally& tally) {
  std::string text =
      fmt::format("{} {}, {}: {}, {} in error\n", policy.id, policy.version, policy.protocols[protocol.index].name,
                  CountText(tally.subjects, "subject", "subjects"), CountText(tally.refused, "line", "lines"));
  for (const std::string& name : NamesOf(policy, protocol)) AddOutput(name, TallyOf(tally, name), text);
  if (tally.refused > 0) {
    text += "  lines in error\n";
    AddRows("    ", tally.errors, "", text);
  }
  return text;
}

std::string SummaryJson(const Policy& policy, model::ProtocolId protocol, const Tally& tally) {
  Document document = {{"policy", {{"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}}},
                       {"protocol", policy.protocols[protocol.index].name},
                       {"subjects", tally.subjects},
                       {"refused", tally.refused},
                       {"outputs", Document::object()}};
  for (const std::string& name : NamesOf(policy, protocol)) {
    document["outputs"][name] = OutputOf(TallyOf(tally, name));
  }
  document["errors"] = CountsOf(tally.errors);
  return document.dump(2) + "\n";
}

std::string TallyJson(const Tally& tally) {
  Document document = {{"subjects", tally.subjects}, {"refused", tally.refused}, {"errors", CountsOf(tally.errors)}};
  document["outputs"] = Document::object();
  for (const auto& [name, output] : tally.outputs) document["outputs"][name] = OutputOf(output);
  return document.dump();
}

std::optional<Tally> ReadTally(const std::string& text) {
  try {
    const Document document = Document::parse(text);
    Tally tally;
    tally.subjects = document.at("subjects").get<std::uint64_t>();
    tally.refused = document.at("refused").get<std::uint64_t>();
    tally.errors = ReadCounts(document.at("errors"));
    for (const auto& [name, output] : document.at("outputs").items()) {
      tally.outputs[name] = {ReadCounts(output.at("determined")), ReadCounts(output.at("provisional")),
                             ReadCounts(output.at("others")), ReadCounts(output.at("rules")),
                             ReadCounts(output.at("needs"))};
    }
    return tally;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace cordon::report
