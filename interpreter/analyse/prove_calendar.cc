// Days on which rounding decides, and nights on which the clock does; see prover.h.
//
// A step of months that lands on a day which does not exist falls back to the month's last day. Were it to go on to the
// day after instead, would somebody be answered differently? Lengths are counted between civil times; in the night in
// which the clock is changed an hour is missing or there twice. Were it counted, would somebody be? Who reads the
// answer knows of which days a guideline has to say what it means.
#include <fmt/format.h>

#include <algorithm>

#include "analyse/prover.h"
#include "analyse/rewrite.h"
#include "support/text.h"
#include "symbolic/months.h"

namespace cordon::analyse {

using symbolic::Answer;
using symbolic::AnswerCase;
using symbolic::Op;
using symbolic::Term;

namespace {

constexpr std::int64_t kHour = 60;
constexpr std::int64_t kYear = 365;
constexpr std::int64_t kDay = calendar::kMinutesPerDay;
constexpr std::int64_t kTwo = 2 * kHour;  // the clock is changed between two and three

// The two nights of a year: the last Sundays of March and October.
std::int64_t LastSunday(int year, unsigned month) {
  constexpr std::int64_t kThursday = 4;  // 1970-01-01
  const std::int64_t last = calendar::MakeDate(year, static_cast<int>(month), 31)->days;
  const std::int64_t weekday = ((last + kThursday) % 7 + 7) % 7;
  return last - weekday;
}

// The year of a day, by the calendar's own writing.
int YearOf(std::int64_t day) { return std::stoi(calendar::Format(calendar::Date{day}).substr(0, 4)); }

// Something that the calendar decides, in every protocol that reads it.
struct Decision {
  std::string what;
  std::vector<std::string> protocols;
  std::string example;
};

class CalendarProof {
 public:
  CalendarProof(Prover& prover, model::ProtocolId protocol, std::vector<Decision>& decisions)
      : prover_(prover), terms_(prover.terms()), encoder_(prover.encoder(protocol)), decisions_(decisions) {
    const model::Policy& policy = prover.policy();
    name_ = policy.protocols[protocol.index].name;
    for (const model::OutputId output : policy.protocols[protocol.index].outputs) {
      outcomes_.push_back(encoder_.Answers(output));
    }
    for (const symbolic::DutyCase& duty : prover.Duties(protocol)) outcomes_.push_back(duty.states);
  }

  void Run() {
    std::vector<TermId> steps;
    std::vector<TermId> lengths;
    std::set<TermId> seen;
    std::vector<TermId> open;
    for (const auto& cases : outcomes_) {
      for (const AnswerCase& answer : cases) open.push_back(answer.when);
    }
    while (!open.empty()) {
      const TermId id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      const Term& term = terms_.at(id);
      open.insert(open.end(), term.args.begin(), term.args.end());
      if (term.op == Op::kMonths) steps.push_back(id);
      if (term.op == Op::kLess0 && LengthIn(id)) lengths.push_back(id);
    }
    std::sort(steps.begin(), steps.end());
    std::sort(lengths.begin(), lengths.end());
    for (const TermId step : steps) Step(step);
    for (const TermId length : lengths) Night(length);
  }

 private:
  // ---- months

  void Step(TermId step) {
    const TermId day = terms_.at(step).args[0];
    const std::int64_t months = terms_.at(step).number;
    const TermId later =
        terms_.Plus(step, terms_.Choice(terms_.Cut(day, months), terms_.Constant(1), terms_.Constant(0)));
    const TermId decides = Changes([&](TermId id) -> std::optional<TermId> {
      if (id == step) return later;
      return std::nullopt;
    });
    const std::string text = TextAround(step);
    Tell(decides, text,
         fmt::format("the step of {} {} falls back to a month's last day, and that decides",
                     months < 0 ? -months : months, months == 1 || months == -1 ? "month" : "months"));
  }

  // ---- nights

  // The time that a comparison counts from, and to, where it is of a length between two civil times.
  struct Length {
    TermId from;
    TermId to;
    std::int64_t sign = 1;  // of the length in the sum
  };

  std::optional<Length> LengthIn(TermId id) {
    const Term sum = terms_.at(terms_.at(id).args[0]);
    if (sum.op != Op::kSum || sum.args.size() != 4) return std::nullopt;
    std::vector<TermId> sides(2, terms_.Constant(0));
    std::vector<int> days(2);
    std::vector<int> minutes(2);
    for (std::size_t i = 0; i < sum.args.size(); ++i) {
      const std::size_t side = sum.factors[i] > 0 ? 1 : 0;
      const std::int64_t factor = sum.factors[i] > 0 ? sum.factors[i] : -sum.factors[i];
      if (factor == kDay) ++days[side];
      if (factor == 1) ++minutes[side];
      sides[side] = terms_.Plus(sides[side], sum.args[i], factor);
    }
    if (days != std::vector{1, 1} || minutes != std::vector{1, 1}) return std::nullopt;
    // Minutes of no length at all: whether one time lies before another, which no night turns round.
    if (sum.number == 0 || sum.number == 1) return std::nullopt;
    const bool ends_above = sum.number < 0;
    return ends_above ? Length{sides[0], sides[1], 1} : Length{sides[1], sides[0], -1};
  }

  void Night(TermId comparison) {
    const std::optional<Length> length = LengthIn(comparison);
    const int year = YearOf(DayOf(prover_.policy()));
    const TermId sum = terms_.at(comparison).args[0];
    const TermId spring = Crosses(*length, LastSunday(year, 3));
    const TermId autumn = Crosses(*length, LastSunday(year, 10));
    const TermId missing = terms_.Choice(spring, terms_.Constant(kHour), terms_.Constant(0));
    const TermId twice = terms_.Choice(autumn, terms_.Constant(kHour), terms_.Constant(0));
    const TermId counted = terms_.LessEqual(terms_.Plus(terms_.Plus(sum, missing, -length->sign), twice, length->sign),
                                            terms_.Constant(0));
    const TermId decides = Changes([&](TermId id) -> std::optional<TermId> {
      if (id == comparison) return counted;
      return std::nullopt;
    });
    Tell(decides, TextAround(comparison),
         fmt::format(
             "the clock decides in the nights to {} and {}, and to the last Sundays of March and October of every year",
             calendar::Format(calendar::Date{LastSunday(year, 3)}),
             calendar::Format(calendar::Date{LastSunday(year, 10)})));
  }

  TermId Crosses(const Length& length, std::int64_t sunday) {
    return terms_.And(terms_.LessEqual(length.from, terms_.Constant(sunday * kDay + kTwo)),
                      terms_.LessEqual(terms_.Constant(sunday * kDay + kTwo + kHour), length.to));
  }

  // ---- both

  // Whether some answer is another where `replace` is done. Within four years, after which the calendar repeats.
  TermId Changes(const Rewriter::Replace& replace) {
    Rewriter rewriter(terms_, replace);
    std::vector<TermId> changes;
    for (const std::vector<AnswerCase>& cases : outcomes_) {
      std::vector<AnswerCase> others = cases;
      for (AnswerCase& other : others) other.when = rewriter.Of(other.when);
      changes.push_back(Difference(terms_, cases, others));
    }
    const TermId today =
        terms_.Scalar(prover_.frame().today, prover_.frame().scalars[prover_.frame().today.index].range);
    const std::int64_t first = DayOf(prover_.policy()) - kYear;
    return terms_.And(std::vector{terms_.LessEqual(terms_.Constant(first), today),
                                  terms_.LessEqual(today, terms_.Constant(first + symbolic::kCycleDays)),
                                  terms_.Or(std::move(changes))});
  }

  void Tell(TermId decides, const std::string& text, const std::string& how) {
    const Asked asked = prover_.Find(decides);
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kCalendar);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kCalendar, {}, fmt::format("{}: `{}`: {}", name_, text, how));
    }
    prover_.Counted(Topic::kCalendar);
    const std::string what = fmt::format("`{}`: {}", text, how);
    for (Decision& known : decisions_) {
      if (known.what == what) return known.protocols.push_back(name_);
    }
    const symbolic::Patient patient = prover_.Plain(decides, *asked.patient);
    decisions_.push_back({what, {name_}, prover_.Show(decides, patient).words});
  }

  // What the policy writes around a part of a term.
  std::string TextAround(TermId part) {
    std::string text;
    for (const auto& [term, origin] : encoder_.origins()) {
      if (terms_.at(term).op != Op::kLess0 || !Holds(term, part)) continue;
      const std::string own = InWords(prover_.policy(), prover_.options().text_at, origin.expr, true);
      if (text.empty() || own.size() < text.size()) text = own;
    }
    return text;
  }

  bool Holds(TermId term, TermId part) const {
    std::vector<TermId> open{term};
    while (!open.empty()) {
      const TermId id = open.back();
      open.pop_back();
      if (id == part) return true;
      const Term& at = terms_.at(id);
      open.insert(open.end(), at.args.begin(), at.args.end());
    }
    return false;
  }

  Prover& prover_;
  symbolic::Terms& terms_;
  symbolic::Encoder& encoder_;
  std::vector<Decision>& decisions_;
  std::string name_;
  std::vector<std::vector<AnswerCase>> outcomes_;
};

}  // namespace

void ProveCalendar(Prover& prover) {
  std::vector<Decision> decisions;
  for (std::size_t p = 0; p < prover.policy().protocols.size(); ++p) {
    CalendarProof(prover, model::ProtocolId(p), decisions).Run();
  }
  for (const Decision& decision : decisions) {
    prover.Note(Topic::kCalendar, fmt::format("{} (in {}); for example {}", decision.what,
                                              support::JoinWords(decision.protocols, "and"), decision.example));
  }
}

}  // namespace cordon::analyse
