// Finds the smallest changes; see why_not.h.
#include "analyse/why_not.h"

#include <algorithm>
#include <optional>

#include "analyse/examples.h"
#include "analyse/pairing.h"
#include "analyse/replay.h"
#include "analyse/way.h"
#include "support/assert.h"

namespace cordon::analyse {

using symbolic::Answer;
using symbolic::Evaluation;
using symbolic::Found;
using symbolic::Patient;
using symbolic::Session;
using symbolic::TermId;

namespace {

// More ways are not listed: then it is said that there are more.
constexpr std::size_t kMostWays = 10;

// What stays as it is, for telling what cannot hold together.
struct Fixed {
  TermId condition;
  std::string text;
};

// One number of changes, as conditions: each list that is known may gain so many records, each by itself.
struct Step {
  symbolic::Frame frame;
  std::vector<symbolic::OwnRecord> records;  // given, then new
  symbolic::Axioms axioms;
  std::vector<TermId> conditions;  // what is wanted last
  std::size_t num_wishes = 0;
  std::vector<TermId> changed;  // by place of Given, then by new record
};

class Finder {
 public:
  Finder(const WhyNotQuestion& question, const symbolic::Frame& frame, symbolic::Terms& terms,
         symbolic::Encoder& encoder, std::vector<Wanted> wanted)
      : question_(question), frame_(frame), terms_(terms), wanted_(std::move(wanted)) {
    for (const Wanted& one : wanted_) conditions_.push_back(ConditionOf(terms_, encoder, one));
    encoder.AddRequires(requires_);
    given_ = GivenOf(terms_, frame_, question_.subject, question_.freedom);
  }

  WhyNot Run() {
    Describe();
    if (IsReached(question_.subject)) {
      result_.result = WhyNotResult::kAlready;
      return std::move(result_);
    }
    const auto most = MostChanges();
    for (std::size_t k = 0; most && k <= *most; ++k) {
      if (FindWith(k)) break;
    }
    return std::move(result_);
  }

 private:
  void Describe() {
    const model::Policy& policy = question_.policy;
    result_.policy = policy.id;
    result_.version = policy.version;
    result_.digest = policy.digest;
    result_.protocol = policy.protocols[question_.protocol.index].name;
    const model::Moment& as_of = question_.subject.as_of;
    result_.as_of = as_of.time ? calendar::Format(*as_of.time) : calendar::Format(as_of.date);
    for (const Wanted& one : wanted_) {
      const Replay replay = Replayed(one, question_.subject);
      result_.wanted.push_back({one.name, one.answer, replay.InWords(AnswersOf(one, replay)), {}, {}});
    }
  }

  Replay Replayed(const Wanted& wanted, const facts::Subject& subject) const {
    Replay::Asked asked;
    if (wanted.output.valid()) asked.output = wanted.output;
    if (!wanted.output.valid()) asked.duty = wanted.name;
    return Replay(frame_, 0, question_.protocol, subject, asked);
  }

  static std::vector<std::string> AnswersOf(const Wanted& wanted, const Replay& replay) {
    return wanted.output.valid() ? replay.AnswersOf(wanted.output) : replay.StatesOf(wanted.name);
  }

  // Whether all that is wanted is concluded in every completion.
  bool IsReached(const facts::Subject& subject) const {
    return std::all_of(wanted_.begin(), wanted_.end(), [&](const Wanted& one) {
      const Replay replay = Replayed(one, subject);
      const auto answers = AnswersOf(one, replay);
      if (!replay.outcome().exact && answers.size() != 1) return false;
      return !answers.empty() &&
             std::all_of(answers.begin(), answers.end(), [&](const auto& text) { return IsWanted(one, text); });
    });
  }

  // ---- whether there is any way at all

  std::vector<bool> Open() const {
    std::vector<bool> open = given_.closed;
    open.flip();
    return open;
  }

  std::vector<Fixed> FixedFacts() {
    std::vector<Fixed> fixed;
    for (const GivenPlace& place : given_.places) {
      if (!place.keep) continue;
      const bool is_setting = place.place.fact == question_.policy.setting && place.place.kind == PlaceKind::kValue;
      const std::string text = place.place.kind == PlaceKind::kDay ? "the as-of date stays"
                               : is_setting                        ? "the care setting stays"
                                                                   : place.place.path + " is kept";
      fixed.push_back({terms_.Not(place.changed), text});
    }
    for (std::size_t i = 0; i < given_.keep.size(); ++i) {
      const TermId any = terms_.Some(symbolic::ListId(i), terms_.True());
      if (given_.keep[i]) fixed.push_back({terms_.Not(any), frame_.lists[i].name + " is kept"});
    }
    return fixed;
  }

  // So many changes are enough for some way; nothing where there is none, or the solver gives up.
  std::optional<std::size_t> MostChanges() {
    symbolic::Unroll unroll(terms_, given_.frame, given_.records, std::vector<bool>(frame_.lists.size(), true));
    axioms_ = unroll.Of(requires_);
    std::vector<Fixed> labelled = FixedFacts();
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      wishes_.push_back(unroll.Of(conditions_[i]));
      labelled.push_back({wishes_.back(), wanted_[i].name + " = " + wanted_[i].answer});
    }
    std::vector<TermId> query = given_.fixed;
    for (const Fixed& one : labelled) query.push_back(one.condition);
    Session session(terms_, given_.frame, axioms_, query, Options());
    const Found found = session.Find(query);
    std::optional<std::size_t> most;
    if (found.answer == Answer::kYes) most = NumChanges(*found.patient);
    if (found.answer == Answer::kNo) Impossible(session, labelled);
    result_.num_queries += session.num_checks();
    return most;
  }

  symbolic::SessionOptions Options() const {
    symbolic::SessionOptions options;
    options.effort = question_.effort;
    return options;
  }

  std::size_t NumChanges(const Patient& patient) const {
    Evaluation evaluation(terms_, patient);
    std::size_t changes = 0;
    for (const GivenPlace& place : given_.places) changes += evaluation.Holds(place.changed) ? 1 : 0;
    for (std::size_t i = 0; i < patient.lists.size(); ++i) {
      if (given_.closed[i]) changes += patient.lists[i].size();
    }
    return changes;
  }

  // What cannot hold together, without what is not needed for that.
  void Impossible(Session& session, std::vector<Fixed> labelled) {
    result_.result = WhyNotResult::kImpossible;
    for (std::size_t i = 0; i < labelled.size();) {
      std::vector<TermId> query = given_.fixed;
      for (std::size_t j = 0; j < labelled.size(); ++j) {
        if (j != i) query.push_back(labelled[j].condition);
      }
      if (session.Find(query).answer == Answer::kNo) {
        labelled.erase(labelled.begin() + static_cast<long>(i));
      } else {
        ++i;
      }
    }
    for (const Fixed& one : labelled) {
      auto& together = result_.together;
      if (std::find(together.begin(), together.end(), one.text) == together.end()) together.push_back(one.text);
    }
    AddHindrances();
  }

  void AddHindrances() {
    const model::Policy& policy = question_.policy;
    const Replay replay(frame_, 0, question_.protocol, question_.subject, Replay::Asked{});
    for (const evaluate::OutputOutcome& outcome : replay.outcome().outputs) {
      for (std::size_t i = 0; i < wanted_.size(); ++i) {
        if (wanted_[i].output != outcome.output) continue;
        for (const evaluate::Reason& reason : outcome.because) {
          const model::Output& output = policy.outputs[outcome.output.index];
          result_.wanted[i].concluded.push_back(
              reason.rule.valid() ? Hindrance{PathOf(policy, reason.rule), {}, policy.rules[reason.rule.index].cites}
                                  : Hindrance{output.name + ".default", {}, output.default_cites});
        }
        for (const evaluate::Failed& failed : outcome.why_not) {
          result_.wanted[i].missing.push_back(
              {PathOf(policy, failed.rule), FailedText(failed), policy.rules[failed.rule.index].cites});
        }
      }
    }
  }

  std::string FailedText(const evaluate::Failed& failed) const {
    if (failed.outside_setting) return "outside its setting";
    if (failed.overridden_by.valid()) return PathOf(question_.policy, failed.overridden_by) + " takes its place";
    if (failed.no_element) return "the list that it is about is empty";
    if (failed.part) return "not so: " + question_.policy.rules[failed.rule.index].parts[*failed.part].text;
    return "its conditions do not hold together";
  }

  // ---- ways of so many changes

  Step MakeStep(std::size_t k) {
    Step step;
    step.frame = given_.frame;
    step.records = given_.records;
    for (std::size_t i = 0; i < given_.closed.size(); ++i) {
      for (std::size_t n = 0; n < k && given_.closed[i] && !given_.keep[i]; ++n) {
        const std::string name = frame_.lists[i].name + "[new " + std::to_string(n + 1) + "]";
        step.records.push_back(symbolic::AddOwnRecord(step.frame, symbolic::ListId(i), name));
      }
    }
    symbolic::Unroll unroll(terms_, step.frame, step.records, Open());
    step.axioms = unroll.Of(requires_);
    step.conditions = given_.fixed;
    for (const GivenPlace& place : given_.places) {
      step.changed.push_back(place.changed);
      if (place.keep) step.conditions.push_back(terms_.Not(place.changed));
    }
    for (std::size_t i = given_.records.size(); i < step.records.size(); ++i) {
      const TermId there = unroll.There(step.records[i]);
      const bool follows = i > given_.records.size() && step.records[i].list == step.records[i - 1].list;
      // Which of the new ones is which has no meaning: they come in order.
      if (follows) step.conditions.push_back(terms_.Or(terms_.Not(there), unroll.There(step.records[i - 1])));
      step.changed.push_back(there);
    }
    step.conditions.push_back(AtMost(step.changed, k));
    for (const TermId wish : conditions_) step.conditions.push_back(unroll.Of(wish));
    step.num_wishes = conditions_.size();
    return step;
  }

  TermId AtMost(const std::vector<TermId>& conditions, std::size_t most) {
    std::vector<TermId> at_least(most + 2, terms_.False());
    at_least[0] = terms_.True();
    for (const TermId condition : conditions) {
      for (std::size_t n = most + 1; n > 0; --n) {
        at_least[n] = terms_.Or(at_least[n], terms_.And(at_least[n - 1], condition));
      }
    }
    return terms_.Not(at_least[most + 1]);
  }

  // Whether there is an end to it: ways were found, or the solver gave up.
  bool FindWith(std::size_t k) {
    const Step step = MakeStep(k);
    Session session(terms_, step.frame, step.axioms, step.conditions, Options());
    std::vector<TermId> query = step.conditions;
    result_.num_changes = k;
    bool ended = false;
    while (true) {
      const Found found = session.Find(query);
      if (found.answer != Answer::kYes) {
        result_.all = ended && found.answer == Answer::kNo && k > 0;
        ended = ended || found.answer == Answer::kGaveUp;
        break;
      }
      ended = true;
      if (result_.ways.size() == kMostWays) break;
      result_.result = WhyNotResult::kFound;
      query.push_back(AddWay(step, session, query, *found.patient));
    }
    result_.num_queries += session.num_checks();
    return ended;
  }

  // Adds a way that changes what `patient` changes; what is asked for others: not all of that.
  TermId AddWay(const Step& step, Session& session, const std::vector<TermId>& asked, Patient patient) {
    Evaluation evaluation(terms_, patient);
    std::vector<TermId> query = step.conditions;
    std::vector<TermId> differs;
    std::vector<std::size_t> changed;
    for (std::size_t i = 0; i < step.changed.size(); ++i) {
      const bool is_changed = evaluation.Holds(step.changed[i]);
      query.push_back(is_changed ? step.changed[i] : terms_.Not(step.changed[i]));
      if (!is_changed) continue;
      differs.push_back(step.changed[i]);
      if (i < given_.places.size()) changed.push_back(i);
    }
    bool nearest = true;
    for (const std::size_t i : changed) nearest = Near(given_.places[i], session, query, patient) && nearest;
    const analyse::Concludes concludes = [&](const facts::Subject& subject) { return IsReached(subject); };
    WayMaker maker(question_, frame_, given_, concludes);
    const Patient plain = Plain(step, patient, changed);
    Way way = maker.Make(plain, changed);
    way.nearest = nearest;
    result_.ways.push_back(std::move(way));
    return differs.empty() ? Otherwise(step, session, asked, maker.told()) : terms_.Not(terms_.And(differs));
  }

  // Where nothing that is known was changed: that what was told turns out so that it does not lead there by itself.
  // Then other things have to.
  TermId Otherwise(const Step& step, Session& session, const std::vector<TermId>& asked,
                   const std::vector<const FactPlace*>& told) {
    std::vector<TermId> query = asked;
    const auto first = query.begin() + static_cast<long>(step.conditions.size() - step.num_wishes);
    const TermId reached = terms_.And(std::vector<TermId>(first, first + static_cast<long>(step.num_wishes)));
    query.erase(first, first + static_cast<long>(step.num_wishes));
    query.push_back(terms_.Not(reached));
    const Found found = session.Find(query);
    if (found.answer != Answer::kYes) return terms_.False();
    std::vector<TermId> values;
    for (const FactPlace* place : told) {
      for (const std::size_t slot : {place->slots.value, place->slots.minute, place->slots.is_none}) {
        if (slot != symbolic::Slots::kNone) values.push_back(Equals(slot, *found.patient));
      }
    }
    return values.empty() ? terms_.False() : terms_.And(std::move(values));
  }

  TermId Equals(std::size_t slot, const Patient& patient) {
    const symbolic::Unknown& unknown = given_.frame.scalars[slot];
    const TermId scalar = terms_.Scalar(symbolic::ScalarId(slot), unknown.range);
    if (unknown.sort != symbolic::Sort::kBool) {
      return terms_.SameNumber(scalar, terms_.Constant(patient.scalars[slot]));
    }
    return patient.scalars[slot] != 0 ? terms_.Is(scalar) : terms_.Not(terms_.Is(scalar));
  }

  // ---- near values

  TermId Within(const GivenPlace& place, std::int64_t distance) {
    return terms_.And({terms_.Not(place.none), terms_.LessEqual(terms_.Constant(place.low - distance), place.number),
                       terms_.LessEqual(place.number, terms_.Constant(place.high + distance))});
  }

  // Moves a changed value as near to the given one as it can be, and asks for that from now on. False where the solver
  // gave up on the way.
  bool Near(const GivenPlace& place, Session& session, std::vector<TermId>& query, Patient& patient) {
    if (!place.number.valid() || Evaluation(terms_, patient).Holds(place.none)) return true;
    bool sure = true;
    const auto holds = [&](TermId condition) {
      std::vector<TermId> with = query;
      with.push_back(condition);
      Found found = session.Find(with);
      sure = sure && found.answer != Answer::kGaveUp;
      if (found.answer != Answer::kYes) return false;
      patient = *std::move(found.patient);
      return true;
    };
    if (const TermId past = InPast(place); past.valid() && holds(past)) query.push_back(past);
    std::int64_t too_near = -1;
    std::int64_t enough = DistanceOf(place, patient);
    for (std::int64_t step = 1; too_near + 1 < enough;) {
      // Near values first, in growing steps; then halfway between.
      const std::int64_t middle = too_near + (enough - too_near) / 2;
      const std::int64_t tried = std::min(middle, too_near + step);
      if (holds(Within(place, tried))) {
        enough = std::min(tried, DistanceOf(place, patient));
      } else {
        too_near = tried;
        step *= 2;
      }
    }
    const TermId earlier = terms_.SameNumber(place.number, terms_.Constant(place.low - enough));
    const TermId later = terms_.SameNumber(place.number, terms_.Constant(place.high + enough));
    const TermId pinned = holds(earlier) ? earlier : later;
    query.push_back(pinned);
    return (pinned == earlier || holds(later)) && sure;
  }

  // What has happened is not changed into what is to come, where that can be helped.
  TermId InPast(const GivenPlace& place) {
    const std::int64_t day = question_.subject.as_of.date.days;
    const bool is_time = place.type.kind == model::TypeKind::kDatetime;
    if (place.place.kind != PlaceKind::kValue) return {};
    if (!is_time && place.type.kind != model::TypeKind::kDate) return {};
    const std::int64_t last = is_time ? (day + 1) * calendar::kMinutesPerDay - 1 : day;
    return place.low > last ? TermId() : terms_.LessEqual(place.number, terms_.Constant(last));
  }

  std::int64_t DistanceOf(const GivenPlace& place, const Patient& patient) const {
    const std::int64_t value = Evaluation(terms_, patient).Number(place.number);
    return value < place.low ? place.low - value : std::max<std::int64_t>(value - place.high, 0);
  }

  // ---- plain values for the rest

  // The patient with new records in their lists again, and everything that does not matter plain.
  Patient Plain(const Step& step, const Patient& patient, const std::vector<std::size_t>& changed) {
    Patient own;
    own.scalars.assign(patient.scalars.begin(),
                       patient.scalars.begin() + static_cast<long>(given_.frame.scalars.size()));
    own.lists = patient.lists;
    for (std::size_t i = given_.records.size(); i < step.records.size(); ++i) {
      if (patient.scalars[step.records[i].there.index] == 0) continue;
      symbolic::Record record;
      for (const symbolic::ScalarId field : step.records[i].fields) record.push_back(patient.scalars[field.index]);
      own.lists[step.records[i].list.index].push_back(std::move(record));
    }
    std::vector<TermId> pinned = given_.fixed;
    pinned.insert(pinned.end(), wishes_.begin(), wishes_.end());
    for (std::size_t i = 0; i < given_.places.size(); ++i) {
      const bool is_changed = std::find(changed.begin(), changed.end(), i) != changed.end();
      pinned.push_back(is_changed ? PinnedTo(given_.places[i], own) : terms_.Not(given_.places[i].changed));
    }
    for (std::size_t i = 0; i < own.lists.size(); ++i) {
      if (!given_.closed[i]) continue;
      const auto size = static_cast<std::int64_t>(own.lists[i].size());
      const symbolic::ListId list(i);
      pinned.push_back(terms_.Count(list, terms_.True(), size));
      pinned.push_back(terms_.Not(terms_.Count(list, terms_.True(), size + 1)));
    }
    const TermId all = terms_.And(std::move(pinned));
    CORDON_ASSERT(Evaluation(terms_, own).Holds(all));
    return Plainest(terms_, given_.frame, axioms_, all, std::move(own), question_.subject.as_of.date.days);
  }

  TermId PinnedTo(const GivenPlace& place, const Patient& patient) {
    Evaluation evaluation(terms_, patient);
    if (!place.number.valid()) return place.changed;
    if (evaluation.Holds(place.none)) return terms_.And(place.changed, place.none);
    const TermId value = terms_.SameNumber(place.number, terms_.Constant(evaluation.Number(place.number)));
    return terms_.And({place.changed, terms_.Not(place.none), value});
  }

  const WhyNotQuestion& question_;
  const symbolic::Frame& frame_;
  symbolic::Terms& terms_;
  std::vector<Wanted> wanted_;
  std::vector<TermId> conditions_;  // of what is wanted, over lists
  symbolic::Axioms requires_;
  Given given_;
  symbolic::Axioms axioms_;     // over given records
  std::vector<TermId> wishes_;  // what is wanted, over given records
  WhyNot result_;
};

}  // namespace

std::optional<WhyNot> FindWays(const WhyNotQuestion& question, diagnostics::Sink& sink) {
  symbolic::Terms terms;
  const symbolic::Frame frame = symbolic::MakeFrame({&question.policy});
  symbolic::Encoder encoder(terms, frame, 0, question.protocol);
  std::vector<Wanted> wanted = ReadWanted(encoder, frame, question.wanted, sink);
  if (sink.has_errors() || wanted.empty()) return std::nullopt;
  return Finder(question, frame, terms, encoder, std::move(wanted)).Run();
}

}  // namespace cordon::analyse
