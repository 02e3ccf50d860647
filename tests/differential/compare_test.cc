// The diff of two versions against patients, one by one: random small policies and one-step edits of them.
//
// Of every aspect, the patients over small domains are enumerated, as far as they are no more than kMostPatients; of
// aspects that read more, patients of chance are taken. Each has to be told rightly: see compared.h. A difference
// prints the seed and both policies.
#include <gtest/gtest.h>

#include <set>

#include "compared.h"
#include "random_patients.h"
#include "random_policies.h"

namespace cordon {
namespace {

using symbolic::Op;
using symbolic::Patient;
using symbolic::Sort;
using symbolic::TermId;
using testing::Compared;
using testing::Random;

constexpr unsigned kPairs = 500;
constexpr std::size_t kMostPatients = 6000;
constexpr unsigned kChancePatients = 1000;
constexpr unsigned kReplayed = 6;

unsigned NumPairs() { return std::getenv("CORDON_POLICIES_TO_TRY") == nullptr ? kPairs : testing::NumPolicies(); }

// ---- one-step edits of a policy's text

std::size_t Count(const std::string& text, const std::string& what, std::size_t from) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what, from); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// One occurrence of `from` after `begin` becomes `to`.
bool ReplaceOne(Random& random, std::string& text, std::size_t begin, const std::string& from, const std::string& to) {
  const std::size_t count = Count(text, from, begin);
  if (count == 0) return false;
  std::size_t at = text.find(from, begin);
  for (unsigned n = random.Below(static_cast<unsigned>(count)); n > 0; --n) at = text.find(from, at + 1);
  text.replace(at, from.size(), to);
  return true;
}

// The rules' texts, from one `  rule ` to the next.
std::vector<std::string> TakeRules(std::string& text) {
  std::vector<std::string> rules;
  const std::size_t begin = text.find("  rule ");
  for (std::size_t at = begin; at != std::string::npos;) {
    const std::size_t next = text.find("  rule ", at + 1);
    rules.push_back(text.substr(at, next == std::string::npos ? std::string::npos : next - at));
    at = next;
  }
  if (begin != std::string::npos) text.resize(begin);
  return rules;
}

void EditRules(Random& random, std::string& text) {
  std::vector<std::string> rules = TakeRules(text);
  const std::size_t i = random.Below(static_cast<unsigned>(rules.size()));
  switch (random.Below(4)) {
    case 0:
      rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    case 1:
      std::swap(rules[i], rules[random.Below(static_cast<unsigned>(rules.size()))]);
      break;
    case 2: {
      std::string other = testing::RandomPolicy(random);
      std::string rule = TakeRules(other)[0];
      rule.replace(rule.find("rule r") + 6, 1, "_more");
      if (rule.find("overrides") == std::string::npos) rules.push_back(rule);
      break;
    }
    default:
      std::reverse(rules.begin(), rules.end());
  }
  for (const std::string& rule : rules) text += rule;
}

void EditCondition(Random& random, std::string& text) {
  const std::size_t begin = text.find("protocol p");
  const std::string more = random.Pick({"a", "not b", "k is north", "d <= today", "m + n > 2",
                                        "some x in xs has (x.flag)", "count(xs) >= 3", "xs is not empty"});
  std::size_t at = text.find("    when ", begin);
  for (std::size_t n = random.Below(static_cast<unsigned>(Count(text, "    when ", begin))); n > 0; --n)
    at = text.find("    when ", at + 1);
  const std::size_t end = text.find('\n', at);
  std::string condition = text.substr(at + 9, end - at - 9);
  const unsigned how = random.Below(4);
  if (how == 0) condition = "(" + condition + ") and " + more;
  if (how == 1) condition = "(" + condition + ") or " + more;
  if (how == 2) condition = "not (not (" + condition + "))";
  if (how == 3) condition = "((" + condition + ") and a) or ((" + condition + ") and not a)";
  text.replace(at + 9, end - at - 9, condition);
}

bool EditToken(Random& random, std::string& text) {
  static const std::vector<std::pair<const char*, const char*>> kTokens = {
      {"within the last 1 day", "within the last 2 days"},
      {"within 1 day before d", "within 2 days before d"},
      {"more than 1 day ago", "more than 2 days ago"},
      {"more than 1 day before", "1 day or more before"},
      {"d < e", "d <= e"},
      {"f < d", "f <= d"},
      {"d = e", "d <= e"},
      {"d <= today", "d < today"},
      {"x.day = today", "x.day <= today"},
      {"x.day < d", "x.day <= d"},
      {" and ", " or "},
      {" or ", " and "},
      {">= 2", ">= 3"},
      {">= 2", "= 2"},
      {" = 1", " = 2"},
      {" = 1", " >= 1"},
      {"> 2", ">= 2"},
      {"m + n", "m + 2 * n"},
      {"is north", "is south"},
      {"is not south", "is not north"},
      {"{ east, south }", "{ east, far }"},
      {"some x", "no x"},
      {"every x", "some x"},
      {"no x in", "every x in"},
      {"latest", "earliest"},
      {"earliest", "latest"},
      {"not a", "a"},
      {"x.flag", "not x.flag"},
      {"o = yes", "o = no"},
      {"o exactly yes", "o = yes"},
      {"l = low", "l = high"},
      {"l = middle", "l exactly middle"},
      {"u = low", "u = middle"},
      {"must isolate", "should isolate"},
      {"should watch", "must watch"},
      {"should watch", "may watch"},
      {"judgement by ward decided in decided", "yes"},
      {"default no", "default yes"},
      {"    unless ", "    when "},
      {" drops o", ""},
      {"recent(d)", "recent(e)"},
  };
  const std::size_t begin = text.find("protocol p");
  for (int tries = 0; tries < 200; ++tries) {
    const auto& [from, to] = kTokens[random.Below(static_cast<unsigned>(kTokens.size()))];
    if (ReplaceOne(random, text, begin, from, to)) return true;
  }
  return false;
}

void EditFacts(Random& random, std::string& text) {
  switch (random.Below(4)) {
    case 0:
      ReplaceOne(random, text, 0, "  require day <= 2025-01-02\n", "  require day <= 2025-01-03\n");
      break;
    case 1:
      ReplaceOne(random, text, 0, "within the last 1 day\n", "within the last 2 days\n");
      break;
    case 2:
      ReplaceOne(random, text, 0, " assume no unless asked because \"x\"", "");
      break;
    default:
      ReplaceOne(random, text, 0, " assume empty unless asked because \"x\"", "");
  }
}

// Some pairs say the same: that is wanted.
std::string Edited(Random& random, std::string text) {
  const unsigned how = random.Below(10);
  if (how < 2) {
    EditRules(random, text);
  } else if (how < 4) {
    EditCondition(random, text);
  } else if (how < 5) {
    EditFacts(random, text);
  } else {
    EditToken(random, text);
  }
  return text;
}

// ---- patients over small domains

// The unknowns that an aspect's answers read.
struct Read {
  std::set<std::size_t> scalars;
  std::set<std::size_t> lists;
  std::int64_t most_counted = 1;  // so many records alike can be told apart from one more
};

Read ReadBy(const symbolic::Terms& terms, const analyse::PairedAspect& aspect) {
  Read read;
  std::set<TermId> seen;
  std::vector<TermId> open;
  for (const auto* cases : {&aspect.old_cases, &aspect.new_cases}) {
    for (const symbolic::AnswerCase& answer : *cases) open.push_back(answer.when);
  }
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const symbolic::Term& term = terms.at(id);
    if (term.op == Op::kScalar) read.scalars.insert(term.scalar.index);
    if (term.op == Op::kSome || term.op == Op::kCount) read.lists.insert(term.list.index);
    if (term.op == Op::kCount) read.most_counted = std::max(read.most_counted, term.number);
    open.insert(open.end(), term.args.begin(), term.args.end());
  }
  return read;
}

// With the day of kAsOf in the middle.
std::vector<std::int64_t> DomainOf(const symbolic::Unknown& unknown, std::int64_t days_around) {
  std::vector<std::int64_t> domain;
  std::int64_t low = unknown.range.low;
  std::int64_t high = unknown.range.high;
  if (unknown.sort == Sort::kDay) {
    low = testing::kAsOf.date.days - days_around;
    high = testing::kAsOf.date.days + days_around;
  }
  if (unknown.sort == Sort::kNumber) std::tie(low, high) = std::pair(-2, 4);
  if (unknown.sort == Sort::kText) high = 3;
  if (unknown.sort == Sort::kMinute) high = 0;
  for (std::int64_t value = low; value <= high; ++value) {
    if (!std::binary_search(unknown.gaps.begin(), unknown.gaps.end(), value)) domain.push_back(value);
  }
  return domain;
}

class Enumeration {
 public:
  Enumeration(Compared& compared, const Read& read) : plain_(symbolic::PlainPatient(compared.comparison().frame)) {
    const symbolic::Frame& frame = compared.comparison().frame;
    plain_.scalars[frame.today.index] = testing::kAsOf.date.days;
    for (const std::size_t scalar : read.scalars) {
      scalars_.push_back(scalar);
      domains_.push_back(DomainOf(frame.scalars[scalar], 2));
    }
    for (const std::size_t list : read.lists) AddLists(compared, list, read.most_counted);
  }

  // Of which there are so many; beyond `most`, more than that.
  std::size_t Size(std::size_t most) const {
    std::size_t size = 1;
    for (const auto& domain : domains_) size = std::min(most + 1, size * domain.size());
    for (const auto& lists : lists_) size = std::min(most + 1, size * lists.second.size());
    return size;
  }

  Patient At(std::size_t number) const {
    Patient patient = plain_;
    for (std::size_t i = 0; i < scalars_.size(); ++i) {
      patient.scalars[scalars_[i]] = domains_[i][number % domains_[i].size()];
      number /= domains_[i].size();
    }
    for (const auto& [list, choices] : lists_) {
      patient.lists[list] = choices[number % choices.size()];
      number /= choices.size();
    }
    return patient;
  }

  Patient Any(Random& random) const {
    Patient patient = plain_;
    for (std::size_t i = 0; i < scalars_.size(); ++i)
      patient.scalars[scalars_[i]] = domains_[i][random.Below(static_cast<unsigned>(domains_[i].size()))];
    for (const auto& [list, choices] : lists_)
      patient.lists[list] = choices[random.Below(static_cast<unsigned>(choices.size()))];
    return patient;
  }

 private:
  // Every list of records that are allowed, of each kind as many as can be told apart.
  void AddLists(Compared& compared, std::size_t list, std::int64_t most_alike) {
    std::vector<symbolic::Record> records{{}};
    for (const symbolic::Unknown& field : compared.comparison().frame.lists[list].fields) {
      std::vector<symbolic::Record> longer;
      for (const symbolic::Record& record : records) {
        for (const std::int64_t value : DomainOf(field, 1)) {
          longer.push_back(record);
          longer.back().push_back(value);
        }
      }
      records = std::move(longer);
    }
    std::vector<std::vector<symbolic::Record>> lists{{}};
    symbolic::Evaluation evaluation(compared.comparison().terms, plain_);
    for (const symbolic::Record& record : records) {
      bool allowed = true;
      for (const auto& [of, body] : compared.axioms().of_records)
        allowed = allowed && (of.index != list || evaluation.HoldsOf(body, record));
      if (!allowed) continue;
      std::vector<std::vector<symbolic::Record>> more;
      for (const auto& one : lists) {
        for (std::int64_t n = 0; n <= most_alike && lists.size() <= kMostPatients; ++n) {
          more.push_back(one);
          more.back().insert(more.back().end(), static_cast<std::size_t>(n), record);
        }
      }
      if (!more.empty()) lists = std::move(more);
    }
    lists_.emplace_back(list, std::move(lists));
  }

  Patient plain_;
  std::vector<std::size_t> scalars_;
  std::vector<std::vector<std::int64_t>> domains_;
  std::vector<std::pair<std::size_t, std::vector<std::vector<symbolic::Record>>>> lists_;
};

struct Tally {
  std::size_t pairs = 0;
  std::size_t equal = 0;
  std::size_t whole = 0;   // aspects of which all patients were enumerated
  std::size_t chance = 0;  // others
  std::size_t patients = 0;
  std::size_t listed = 0;  // transitions of enumerated aspects
  std::size_t unseen = 0;  // of these, those that no patient of the small domains shows
};

void CheckAspect(Random& random, Compared& compared, const analyse::PairedAspect& aspect, Tally& tally) {
  const Enumeration all(compared, ReadBy(compared.comparison().terms, aspect));
  const std::size_t size = all.Size(kMostPatients);
  const bool is_whole = size <= kMostPatients;
  (is_whole ? tally.whole : tally.chance) += 1;
  std::set<std::size_t> seen;
  for (std::size_t n = 0; n < (is_whole ? size : kChancePatients); ++n) {
    const Patient patient = is_whole ? all.At(n) : all.Any(random);
    const auto transition = compared.Check(aspect, patient);
    ++tally.patients;
    if (n < kReplayed || (transition && seen.count(*transition) == 0)) compared.AgreesWithReplay(patient);
    if (transition) seen.insert(*transition);
    if (::testing::Test::HasFailure()) return;
  }
  for (std::size_t i = 0; is_whole && i < compared.diff().transitions.size(); ++i) {
    const analyse::Aspect& listed = compared.diff().aspects[compared.diff().transitions[i].aspect];
    if (listed.kind != aspect.aspect.kind || listed.name != aspect.aspect.name || listed.detail != aspect.aspect.detail)
      continue;
    ++tally.listed;
    tally.unseen += seen.count(i) == 0 ? 1 : 0;
  }
}

void CheckPair(Random& random, Compared& compared, Tally& tally) {
  ++tally.pairs;
  tally.equal += compared.diff().verdict == analyse::Verdict::kProved ? 1 : 0;
  EXPECT_NE(compared.diff().verdict, analyse::Verdict::kUndecided);
  EXPECT_TRUE(compared.diff().undecided.empty());
  for (const analyse::Transition& transition : compared.diff().transitions) EXPECT_TRUE(transition.complete);
  for (const analyse::PairedProtocol& protocol : compared.protocols()) {
    for (const analyse::PairedAspect& aspect : protocol.aspects) {
      CheckAspect(random, compared, aspect, tally);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(CompareRandomPairs, EveryPatientOfSmallDomainsAndOthersOfChanceIsTold) {
  Tally tally;
  for (unsigned seed = testing::kFirstSeed; tally.pairs < NumPairs(); ++seed) {
    Random random(seed);
    const std::string old_text = testing::RandomPolicy(random);
    const std::string new_text = Edited(random, old_text);
    if (new_text == old_text) continue;
    const auto versions = testing::BuildVersions(old_text, new_text);
    if (!versions->old_policy || !versions->new_policy) continue;
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n---- old\n" + old_text + "\n---- new\n" + new_text);
    Compared compared(*versions);
    CheckPair(random, compared, tally);
    if (HasFailure()) return;
  }
  std::cout << tally.pairs << " pairs, " << tally.equal << " of them proved the same; aspects enumerated "
            << tally.whole << ", of chance " << tally.chance << "; " << tally.patients
            << " patients; transitions of enumerated aspects " << tally.listed
            << ", not shown by any enumerated patient " << tally.unseen << "\n";
  EXPECT_EQ(tally.unseen, 0U);
  EXPECT_GT(tally.equal, tally.pairs / 20);
  EXPECT_LT(tally.equal, tally.pairs * 19 / 20);
}

}  // namespace
}  // namespace cordon
