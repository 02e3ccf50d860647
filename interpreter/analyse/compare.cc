// Compares versions; see compare.h.
#include "analyse/compare.h"

#include <algorithm>
#include <map>

#include "analyse/aspects.h"
#include "analyse/edits.h"
#include "analyse/examples.h"
#include "analyse/pairing.h"
#include "analyse/regions.h"
#include "analyse/replay.h"
#include "analyse/telling.h"
#include "support/assert.h"

namespace cordon::analyse {

using symbolic::AnswerCase;
using symbolic::Encoder;
using symbolic::TermId;

namespace {

class Comparer {
 public:
  Comparer(const model::Policy& old_policy, const model::Policy& new_policy, const CompareOptions& options)
      : old_(old_policy), new_(new_policy), options_(options), renames_(RenamesOf(old_policy, new_policy)) {}

  Comparison Run() {
    result_.frame = symbolic::MakeFrame({&old_, &new_}, renames_);
    diff().old_version = VersionOf(old_);
    diff().new_version = VersionOf(new_);
    edits_ = ListEdits(old_, new_, renames_, {options_.text_at, options_.place_at});
    for (const ProtocolPair& pair : PairProtocols(old_, new_, renames_)) {
      if (!options_.protocol.empty() && pair.name != options_.protocol) continue;
      diff().protocols.push_back(pair.name);
      CompareProtocol(pair);
    }
    FillScope();
    for (const ListedEdit& listed : edits_) {
      if (options_.list_edits) diff().edits.push_back(listed.edit);
    }
    diff().verdict = !diff().transitions.empty() ? Verdict::kRefuted
                     : diff().undecided.empty()  ? Verdict::kProved
                                                 : Verdict::kUndecided;
    return std::move(result_);
  }

 private:
  Diff& diff() { return result_.diff; }

  static Version VersionOf(const model::Policy& policy) {
    return {policy.id, policy.version, policy.digest, policy.titles};
  }

  void CompareProtocol(const ProtocolPair& pair) {
    PairedProtocol paired = PairAspects(result_.terms, result_.frame, pair, renames_);
    symbolic::Axioms axioms;
    for (Encoder* encoder : {paired.old_encoder.get(), paired.new_encoder.get()}) {
      if (encoder != nullptr) encoder->AddRequires(axioms);
    }
    const Shared shared = SharedOf(paired);
    known_.clear();
    for (const PairedAspect& aspect : paired.aspects) CompareAspect(paired, aspect, axioms, shared);
  }

  // Rules that are the same term in both versions are told as one; what one version alone says is told apart.
  static Shared SharedOf(const PairedProtocol& paired) {
    Shared shared;
    const auto split = [&](const Encoder* own, const Encoder* other) {
      if (own == nullptr) return;
      for (const auto& [term, rules] : own->rules()) {
        const bool both = other != nullptr && other->rules().count(term) > 0;
        (both ? shared.both : shared.changed).insert(term);
      }
    };
    split(paired.old_encoder.get(), paired.new_encoder.get());
    split(paired.new_encoder.get(), paired.old_encoder.get());
    return shared;
  }

  static bool Same(const std::vector<AnswerCase>& a, const std::vector<AnswerCase>& b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const AnswerCase& one) {
             return std::any_of(b.begin(), b.end(),
                                [&](const AnswerCase& two) { return one.text == two.text && one.when == two.when; });
           });
  }

  void CompareAspect(const PairedProtocol& paired, const PairedAspect& aspect, const symbolic::Axioms& axioms,
                     const Shared& shared) {
    ++diff().num_aspects;
    if (Same(aspect.old_cases, aspect.new_cases)) {
      ++diff().num_identical;
      return;
    }
    const std::size_t first = diff().transitions.size();
    std::vector<TermId> roots;
    for (const auto* cases : {&aspect.old_cases, &aspect.new_cases}) {
      for (const AnswerCase& answer : *cases) roots.push_back(answer.when);
    }
    symbolic::Session session(result_.terms, result_.frame, axioms, roots, SessionOptionsOf("q"));
    for (const AnswerCase& before : aspect.old_cases) {
      for (const AnswerCase& after : aspect.new_cases) {
        if (before.text == after.text) continue;
        CompareAnswers(paired, aspect, before, after, axioms, shared, session);
      }
    }
    if (diff().transitions.size() == first) return;
    for (std::size_t i = first; i < diff().transitions.size(); ++i)
      diff().transitions[i].aspect = diff().aspects.size();
    diff().aspects.push_back(aspect.aspect);
  }

  void CompareAnswers(const PairedProtocol& paired, const PairedAspect& aspect, const AnswerCase& before,
                      const AnswerCase& after, const symbolic::Axioms& axioms, const Shared& shared,
                      symbolic::Session& session) {
    const TermId changes = result_.terms.And(before.when, after.when);
    if (result_.terms.IsFalse(changes)) return;
    const RegionCover& cover = CoverOf(changes, axioms, shared, session);
    for (const std::string& query : cover.undecided) {
      diff().undecided.push_back(
          {aspect.aspect.protocol + "." + aspect.aspect.name + ": " + before.text + " -> " + after.text, query,
           std::to_string(options_.effort)});
    }
    if (cover.regions.empty()) return;
    Transition transition;
    transition.from = before.text;
    transition.to = after.text;
    transition.complete = cover.complete;
    const Teller teller(result_.terms, result_.frame, paired, edits_, {options_.text_at, options_.place_at});
    for (const RegionCore& core : cover.regions) {
      Region region = teller.Tell(core, aspect);
      region.example = ExampleOf(paired, aspect, core, before.text, after.text);
      result_.regions.push_back({diff().transitions.size(), transition.regions.size(), core.condition});
      transition.regions.push_back(std::move(region));
    }
    diff().transitions.push_back(std::move(transition));
  }

  symbolic::SessionOptions SessionOptionsOf(const std::string& kind) {
    symbolic::SessionOptions options;
    options.effort = options_.effort;
    options.more_records = options_.more_records;
    options.log = options_.log;
    options.name = kind + std::to_string(++num_covers_);
    options.memory = memory_;
    return options;
  }

  // Many duties change with the answer that means them: what was found for one is known for all.
  const RegionCover& CoverOf(TermId changes, const symbolic::Axioms& axioms, const Shared& shared,
                             symbolic::Session& session) {
    const auto known = known_.find(changes);
    if (known != known_.end()) return known->second;
    RegionFinder finder(result_.terms, result_.frame, axioms, shared, SessionOptionsOf("r"));
    std::optional<RegionCover> adopted;
    for (const auto& [term, other] : known_) {
      if (!adopted) adopted = finder.Adopt(changes, other);
    }
    RegionCover cover = adopted ? *std::move(adopted) : finder.Cover(changes, session);
    for (RegionCore& region : cover.regions) {
      region.patient = Plainest(result_.terms, result_.frame, axioms, region.condition, region.patient, Day());
    }
    diff().num_queries += cover.num_queries;
    records_.resize(std::max(records_.size(), cover.records.size()));
    for (std::size_t i = 0; i < cover.records.size(); ++i) records_[i] = std::max(records_[i], cover.records[i]);
    return known_.emplace(changes, std::move(cover)).first->second;
  }

  // A day on which both could be in force, not the first.
  std::int64_t Day() const {
    std::int64_t day = calendar::MakeDate(2025, 3, 10)->days;
    for (const model::Policy* policy : {&old_, &new_}) {
      if (policy->in_force && policy->in_force->from.days > day) day = policy->in_force->from.days + 40;
    }
    return day;
  }

  Example ExampleOf(const PairedProtocol& paired, const PairedAspect& aspect, const RegionCore& core,
                    const std::string& from, const std::string& to) {
    Example example;
    example.as_of = calendar::Format(calendar::Date{core.patient.scalars[result_.frame.today.index]});
    example.old_answer = Replayed(paired, aspect, core, 0, from);
    example.new_answer = Replayed(paired, aspect, core, 1, to);
    const Teller teller(result_.terms, result_.frame, paired, edits_, {options_.text_at, options_.place_at});
    teller.FillExample(core, aspect, options_.document, example);
    return example;
  }

  // A timing of one patient: its date is a date.
  std::string DetailOf(const PairedAspect& aspect, const symbolic::Patient& patient) const {
    const auto text = [](std::int64_t number, bool is_time) {
      return is_time ? calendar::Format(calendar::Datetime{number}) : calendar::Format(calendar::Date{number});
    };
    if (aspect.due) {
      const std::int64_t number = symbolic::Evaluation(result_.terms, patient).Number(aspect.due->date);
      return aspect.due->what + " " + text(number, aspect.due->is_time);
    }
    const symbolic::Slots& due = result_.frame.due;
    const std::int64_t day = patient.scalars[due.value];
    const std::string& detail = aspect.aspect.detail;
    for (const auto& [any, is_time] :
         {std::pair(std::string("a date"), false), std::pair(std::string("a time"), true)}) {
      if (detail.size() < any.size() || detail.compare(detail.size() - any.size(), any.size(), any) != 0) continue;
      const std::int64_t minute = day * calendar::kMinutesPerDay + patient.scalars[due.minute];
      return detail.substr(0, detail.size() - any.size()) + text(is_time ? minute : day, is_time);
    }
    return detail;
  }

  // What the reference evaluator says of the example, which has to be what is claimed.
  std::string Replayed(const PairedProtocol& paired, const PairedAspect& aspect, const RegionCore& core,
                       std::size_t version, const std::string& claimed) {
    const auto& protocol = version == 0 ? paired.pair.old_id : paired.pair.new_id;
    if (!protocol) return claimed;
    const auto& output = version == 0 ? aspect.old_output : aspect.new_output;
    if (aspect.aspect.kind == AspectKind::kAssumption || (aspect.duty.empty() && !output)) return claimed;
    const Replay replay(result_.frame, version, *protocol, core.patient, {output, aspect.duty});
    std::vector<std::string> answers{claimed};
    if (aspect.aspect.kind == AspectKind::kOutput && output) answers = replay.AnswersOf(*output);
    if (aspect.aspect.kind == AspectKind::kDuty) answers = replay.StatesOf(aspect.duty);
    if (aspect.aspect.kind == AspectKind::kTiming) {
      const std::vector<std::string> details = replay.DetailsOf(aspect.duty);
      const bool stated = std::find(details.begin(), details.end(), DetailOf(aspect, core.patient)) != details.end();
      answers = {stated ? "stated" : "not stated"};
      CORDON_ASSERT(answers[0] == claimed);
      std::string all;
      for (const std::string& detail : details) all += (all.empty() ? "" : ", ") + detail;
      return all.empty() ? "none of that kind" : all;
    }
    const bool as_claimed =
        std::find(answers.begin(), answers.end(), claimed) != answers.end() || claimed.rfind("as decided in ", 0) == 0;
    CORDON_ASSERT(as_claimed);
    return replay.InWords(answers);
  }

  void FillScope() {
    Scope& scope = diff().scope;
    scope.first_day = calendar::Format(calendar::kFirstDate);
    scope.last_day = calendar::Format(calendar::kLastDate);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (records_[i] > 0) scope.bounds.push_back({result_.frame.lists[i].name, records_[i]});
    }
    for (const model::Policy* policy : {&old_, &new_}) {
      for (const model::Record& record : policy->records) {
        for (const model::Require& require : record.requires_) {
          std::string text = options_.text_at(require.span);
          if (text.rfind("require ", 0) == 0) text = text.substr(8);
          text = "every " + record.name + " has " + text;
          const auto& known = scope.assumptions;
          if (std::find(known.begin(), known.end(), text) == known.end()) scope.assumptions.push_back(text);
        }
      }
    }
    scope.not_compared = result_.frame.not_compared;
  }

  const model::Policy& old_;
  const model::Policy& new_;
  const CompareOptions& options_;
  symbolic::Renames renames_;
  Comparison result_;
  std::vector<ListedEdit> edits_;
  std::map<TermId, RegionCover> known_;
  std::vector<std::size_t> records_;
  std::size_t num_covers_ = 0;
  std::shared_ptr<symbolic::SolverMemory> memory_ = symbolic::MakeSolverMemory(result_.terms);
};

// The patients for whom an answer of one version becomes another of the other.
TermId AnyTransition(symbolic::Terms& terms, const PairedAspect& aspect) {
  std::vector<TermId> changes;
  for (const AnswerCase& before : aspect.old_cases) {
    for (const AnswerCase& after : aspect.new_cases) {
      if (before.text != after.text) changes.push_back(terms.And(before.when, after.when));
    }
  }
  return terms.Or(std::move(changes));
}

}  // namespace

Comparison Compare(const model::Policy& old_policy, const model::Policy& new_policy, const CompareOptions& options) {
  return Comparer(old_policy, new_policy, options).Run();
}

Verdict SameForEverybody(const model::Policy& old_policy, const model::Policy& new_policy) {
  const symbolic::Renames renames = RenamesOf(old_policy, new_policy);
  const symbolic::Frame frame = symbolic::MakeFrame({&old_policy, &new_policy}, renames);
  symbolic::Terms terms;
  symbolic::SessionOptions options;
  options.memory = symbolic::MakeSolverMemory(terms);
  Verdict verdict = Verdict::kProved;
  for (const ProtocolPair& pair : PairProtocols(old_policy, new_policy, renames)) {
    PairedProtocol paired = PairAspects(terms, frame, pair, renames);
    symbolic::Axioms axioms;
    for (Encoder* encoder : {paired.old_encoder.get(), paired.new_encoder.get()}) {
      if (encoder != nullptr) encoder->AddRequires(axioms);
    }
    for (const PairedAspect& aspect : paired.aspects) {
      const TermId changes = AnyTransition(terms, aspect);
      if (terms.IsFalse(changes)) continue;
      symbolic::Session session(terms, frame, axioms, {changes}, options);
      const symbolic::Answer answer = session.Find({changes}).answer;
      if (answer == symbolic::Answer::kYes) return Verdict::kRefuted;
      if (answer == symbolic::Answer::kGaveUp) verdict = Verdict::kUndecided;
    }
  }
  return verdict;
}

}  // namespace cordon::analyse
