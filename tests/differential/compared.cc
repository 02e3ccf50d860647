// Holds a diff against patients; see compared.h.
#include "compared.h"

#include <sstream>

#include "analyse/pairing.h"
#include "analyse/replay.h"
#include "check/check.h"
#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "syntax/parse.h"

namespace cordon::testing {

using analyse::AspectKind;

namespace {

std::optional<model::Policy> Build(diagnostics::Sources& sources, const std::string& name, const std::string& text,
                                   std::string& problems) {
  diagnostics::Sink sink;
  check::Unit unit;
  unit.files.push_back(syntax::Parse(sources, sources.Add(name, text), sink));
  std::optional<model::Policy> policy;
  if (!sink.has_errors()) policy = check::Check(sources, unit, sink);
  if (!policy) problems += diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever);
  return policy;
}

std::string TheOne(const std::vector<symbolic::AnswerCase>& cases, symbolic::Evaluation& evaluation) {
  std::string text;
  for (const symbolic::AnswerCase& answer : cases) {
    if (evaluation.Holds(answer.when)) text += (text.empty() ? "" : " AND ") + answer.text;
  }
  return text;
}

bool SameAspect(const analyse::Aspect& a, const analyse::Aspect& b) {
  return a.kind == b.kind && a.protocol == b.protocol && a.name == b.name && a.detail == b.detail;
}

std::string NameOf(const analyse::Aspect& aspect) {
  switch (aspect.kind) {
    case AspectKind::kOutput:
      return aspect.protocol + "." + aspect.name;
    case AspectKind::kDuty:
      return aspect.protocol + " " + aspect.name;
    case AspectKind::kTiming:
      return aspect.protocol + " " + aspect.name + ": " + aspect.detail;
    case AspectKind::kAssumption:
      return aspect.protocol + " assumption " + aspect.name;
  }
  return "";
}

void AddWords(const analyse::Condition& condition, std::string& words) {
  const char* whose[] = {"both", "old", "new"};
  words += std::string("\n    ") + whose[static_cast<int>(condition.whose)] + " " +
           (condition.rule.empty() ? "" : condition.rule + (condition.holds ? " applies: " : " does not apply: ")) +
           condition.text;
}

}  // namespace

std::unique_ptr<Versions> BuildVersions(const std::string& old_text, const std::string& new_text) {
  auto versions = std::make_unique<Versions>();
  versions->old_policy = Build(versions->sources, "old.cordon", old_text, versions->problems);
  versions->new_policy = Build(versions->sources, "new.cordon", new_text, versions->problems);
  return versions;
}

std::unique_ptr<Versions> LoadVersions(const std::string& old_name, const std::string& new_name) {
  auto versions = std::make_unique<Versions>();
  const cli::Disk disk;
  std::istringstream in;
  std::ostringstream out;
  const cli::Environment environment{
      disk, in, out, out, false, CORDON_SOURCE_DIR "/policies", *calendar::MakeDate(2025, 3, 1)};
  diagnostics::Sink sink;
  const auto load = [&](const std::string& name) {
    return cli::LoadPolicy(environment, {name, environment.policies_root, environment.today}, versions->sources, sink);
  };
  versions->old_policy = load(old_name);
  versions->new_policy = load(new_name);
  if (!versions->old_policy || !versions->new_policy)
    versions->problems = diagnostics::RenderAll(sink, versions->sources, diagnostics::Colour::kNever);
  return versions;
}

Compared::Compared(const Versions& versions, analyse::CompareOptions options) {
  const diagnostics::Sources& sources = versions.sources;
  options.text_at = [&](const diagnostics::Span& span) {
    return span.valid() ? std::string(sources.text(span)) : std::string();
  };
  options.place_at = [&](const diagnostics::Span& span) {
    if (!span.valid()) return analyse::Place{};
    return analyse::Place{sources.name(span.source), sources.place(span.source, span.begin).line};
  };
  options.document = [](const model::Policy&, const facts::Subject&) { return std::string(); };
  comparison_ = analyse::Compare(*versions.old_policy, *versions.new_policy, options);
  const symbolic::Renames renames = analyse::RenamesOf(*versions.old_policy, *versions.new_policy);
  for (const analyse::ProtocolPair& pair :
       analyse::PairProtocols(*versions.old_policy, *versions.new_policy, renames)) {
    if (!options.protocol.empty() && pair.name != options.protocol) continue;
    protocols_.push_back(analyse::PairAspects(comparison_.terms, comparison_.frame, pair, renames));
    for (symbolic::Encoder* encoder : {protocols_.back().old_encoder.get(), protocols_.back().new_encoder.get()}) {
      if (encoder != nullptr) encoder->AddRequires(axioms_);
    }
  }
}

std::size_t Compared::IndexOf(const analyse::PairedAspect& aspect) const {
  std::size_t i = 0;
  while (i < diff().aspects.size() && !SameAspect(diff().aspects[i], aspect.aspect)) ++i;
  return i;
}

Compared::Change Compared::ChangeOf(const analyse::PairedAspect& aspect, symbolic::Evaluation& evaluation) const {
  return {TheOne(aspect.old_cases, evaluation), TheOne(aspect.new_cases, evaluation)};
}

std::optional<std::size_t> Compared::Check(const analyse::PairedAspect& aspect, const symbolic::Patient& patient) {
  symbolic::Evaluation evaluation(comparison_.terms, patient);
  return Check(aspect, evaluation);
}

std::optional<std::size_t> Compared::Check(const analyse::PairedAspect& aspect, symbolic::Evaluation& evaluation) {
  const Change change = ChangeOf(aspect, evaluation);
  const std::size_t index = IndexOf(aspect);
  std::optional<std::size_t> seen;
  for (std::size_t i = 0; i < diff().transitions.size(); ++i) {
    const analyse::Transition& transition = diff().transitions[i];
    if (transition.aspect == index && transition.from == change.from && transition.to == change.to) seen = i;
  }
  const std::string said = NameOf(aspect.aspect) + ": " + change.from + " -> " + change.to;
  EXPECT_EQ(change.differs(), seen.has_value()) << said << " is not listed";
  bool some = false;
  for (const analyse::RegionCondition& region : comparison_.regions) {
    if (diff().transitions[region.transition].aspect != index) continue;
    const bool holds = evaluation.Holds(region.condition);
    const bool is_own = seen == region.transition;
    EXPECT_TRUE(is_own || !holds) << said << ", yet region "
                                  << diff().transitions[region.transition].regions[region.region].id << " of "
                                  << diff().transitions[region.transition].from << " -> "
                                  << diff().transitions[region.transition].to << " holds";
    some = some || (is_own && holds);
  }
  const bool is_whole = seen && diff().transitions[*seen].complete;
  EXPECT_TRUE(!is_whole || some) << said << " lies in none of its regions";
  return seen;
}

void Compared::AgreesWithReplay(const symbolic::Patient& patient) {
  symbolic::Evaluation evaluation(comparison_.terms, patient);
  for (const analyse::PairedProtocol& protocol : protocols_) {
    for (std::size_t version = 0; version < 2; ++version) {
      const auto& id = version == 0 ? protocol.pair.old_id : protocol.pair.new_id;
      if (!id) continue;
      const analyse::Replay replay(comparison_.frame, version, *id, patient);
      for (const analyse::PairedAspect& aspect : protocol.aspects) {
        const std::string own = TheOne(version == 0 ? aspect.old_cases : aspect.new_cases, evaluation);
        const auto& output = version == 0 ? aspect.old_output : aspect.new_output;
        if (own.rfind("as decided in ", 0) == 0) continue;
        std::vector<std::string> replayed{own};
        if (aspect.aspect.kind == AspectKind::kOutput && output) replayed = replay.AnswersOf(*output);
        if (aspect.aspect.kind == AspectKind::kDuty) replayed = replay.StatesOf(aspect.duty);
        EXPECT_TRUE(std::find(replayed.begin(), replayed.end(), own) != replayed.end())
            << NameOf(aspect.aspect) << ": " << own << " in version " << version << ", replayed "
            << replay.InWords(replayed);
      }
    }
  }
}

std::vector<std::string> Compared::Transitions() const {
  std::vector<std::string> all;
  for (const analyse::Transition& transition : diff().transitions) {
    all.push_back(NameOf(diff().aspects[transition.aspect]) + ": " + transition.from + " -> " + transition.to);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string InWords(const analyse::Diff& diff) {
  std::string words;
  for (const analyse::Transition& transition : diff.transitions) {
    words += NameOf(diff.aspects[transition.aspect]) + ": " + transition.from + " -> " + transition.to +
             (transition.complete ? "\n" : " and perhaps more\n");
    for (const analyse::Region& region : transition.regions) {
      words += "  region " + region.id;
      for (const analyse::Condition& condition : region.conditions) AddWords(condition, words);
      for (const analyse::RecordConditions& record : region.records) {
        words += "\n    some " + record.element + " in " + record.list;
        for (const analyse::Condition& condition : record.conditions) AddWords(condition, words);
      }
      for (const analyse::Condition& condition : region.others) AddWords(condition, words);
      words += "\n";
    }
  }
  return words;
}

}  // namespace cordon::testing
