// Lists the mutants of a policy: those of its rows, then those of what it reads, each kind of step in a file of its
// own. See mutants.h.
#include "analyse/mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "analyse/expr_slots.h"
#include "analyse/expr_steps.h"
#include "analyse/phrases.h"
#include "analyse/reach.h"
#include "analyse/row_steps.h"
#include "model/print.h"
#include "support/sha256.h"

namespace cordon::analyse {
namespace {

using model::ExprId;

std::string RulePath(const model::Policy& policy, const model::Rule& rule) {
  return policy.protocols[rule.protocol.index].name + "." + rule.name;
}

// What says where an expression was written: two with the same one are copies, as a definition with parameters leaves
// at each use.
struct Written {
  std::uint32_t source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::size_t place = 0;  // among those that the same text was lowered to
  model::ExprKind kind = model::ExprKind::kConstant;
  std::int64_t number = 0;  // what it says itself
  auto operator<=>(const Written&) const = default;
};

// What an expression belongs to.
struct Owner {
  std::string path;
  std::string table;                  // of a row; else empty
  std::vector<std::size_t> settings;  // of its protocol
};

struct Site {
  ExprPlace place;
  Written written;
  Owner owner;
};

// Every expression that conclusions hang on, once, with where it stands.
class Sites {
 public:
  explicit Sites(const model::Policy& policy) : policy_(policy), known_(policy.exprs.size(), false) {}

  void Visit(ExprId root, const Owner& owner) {
    std::vector<Open> open = {{root, {}, 0}};
    while (!open.empty()) {
      const Open next = open.back();
      open.pop_back();
      Enter(next, owner, open);
    }
  }

  std::vector<Site> sites;

 private:
  struct Open {
    ExprId id;
    ExprId parent;
    std::size_t region = 0;  // index in regions_: what was lowered from one text
  };

  void Enter(const Open& next, const Owner& owner, std::vector<Open>& open) {
    if (!next.id.valid() || known_[next.id.index]) return;
    known_[next.id.index] = true;
    const model::Expr& expr = policy_.expr(next.id);
    std::size_t region = next.region;
    if (!next.parent.valid() || !(policy_.expr(next.parent).span == expr.span)) {
      region = regions_.size();
      regions_.push_back(0);
    }
    const std::int64_t number = expr.value.number + expr.count + expr.period.months + expr.period.minutes +
                                (expr.span.valid() ? 0 : next.id.index);
    const Written written{expr.span.source.index, expr.span.begin, expr.span.end,
                          regions_[region]++,     expr.kind,       number};
    sites.push_back({{next.id, next.parent, owner.settings}, written, owner});
    for (auto arg = expr.args.rbegin(); arg != expr.args.rend(); ++arg) open.push_back({*arg, next.id, region});
  }

  const model::Policy& policy_;
  std::vector<bool> known_;           // by ExprId
  std::vector<std::size_t> regions_;  // how many expressions each holds so far
};

class Lister {
 public:
  Lister(const model::Policy& policy, const diagnostics::Sources& sources)
      : policy_(policy), phrases_(sources), reach_(policy), sites_(policy) {}

  std::vector<Mutant> List() {
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (reach_.by_rules().facts[i]) AddRows(policy_.facts[i].name, StepsOf(policy_, model::FactId(i)));
    }
    for (std::size_t i = 0; i < policy_.outputs.size(); ++i) {
      const model::Output& output = policy_.outputs[i];
      AddRows(policy_.protocols[output.protocol.index].name + "." + output.name, StepsOf(policy_, model::OutputId(i)));
    }
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      AddRows(RulePath(policy_, policy_.rules[i]), StepsOf(policy_, model::RuleId(i)));
    }
    FindSites();
    AddExprs();
    DropEqual();
    Order();
    Name();
    return std::move(mutants_);
  }

 private:
  void AddRows(const std::string& path, std::vector<RowStep> steps) {
    for (RowStep& step : steps) {
      mutants_.push_back({{},
                          step.kind,
                          path,
                          std::move(step.old_text),
                          std::move(step.new_text),
                          step.span,
                          std::move(step.exprs),
                          std::move(step.added),
                          std::move(step.row)});
    }
  }

  void FindSites() {
    const Reads& read = reach_.by_rules();
    for (std::size_t i = 0; i < policy_.defines.size(); ++i) {
      if (read.defines[i]) sites_.Visit(policy_.defines[i].value, {policy_.defines[i].name, {}, {}});
    }
    for (const model::Record& record : policy_.records) {
      for (const model::Field& field : record.fields) {
        if (!field.derived.valid() || !read.exprs[field.derived.index]) continue;
        sites_.Visit(field.derived, {record.name + "." + field.name, {}, {}});
      }
    }
    for (const model::Output& output : policy_.outputs) {
      if (!output.means) continue;
      const Owner owner = OwnerIn(output.protocol, output.name, {});
      EachExprOfDuty(*output.means, [&](ExprId id) { sites_.Visit(id, owner); });
      SkipDueDates(*output.means);
    }
    for (const model::Rule& rule : policy_.rules) {
      const Owner owner = OwnerIn(rule.protocol, rule.name, rule.table);
      EachExprOfRule(rule, [&](ExprId id) { sites_.Visit(id, owner); });
      for (const model::Duty& duty : rule.duties) SkipDueDates(duty);
    }
  }

  Owner OwnerIn(model::ProtocolId id, const std::string& name, model::TableId table) const {
    const model::Protocol& protocol = policy_.protocols[id.index];
    const std::string lead = protocol.name + ".";
    return {lead + name, table.valid() ? lead + policy_.tables[table.index].name : std::string(), protocol.settings};
  }

  // Their period is changed together with the duty's.
  void SkipDueDates(const model::Duty& duty) {
    for (const model::Due& due : duty.dues) {
      if (due.kind == model::DueKind::kAfter) due_dates_.insert(due.date);
    }
  }

  void AddExprs() {
    std::map<Written, std::vector<const Site*>> copies;
    for (const Site& site : sites_.sites) copies[site.written].push_back(&site);
    for (const Site& site : sites_.sites) {
      const std::vector<const Site*>& same = copies[site.written];
      if (same.front() == &site && due_dates_.count(site.place.id) == 0) AddSteps(same);
    }
  }

  // A heading's expression is read by every row of its table.
  static std::string PathOf(const std::vector<const Site*>& copies) {
    const Owner& first = copies.front()->owner;
    const bool of_heading =
        first.path != copies.back()->owner.path && !first.table.empty() &&
        std::all_of(copies.begin(), copies.end(), [&](const Site* copy) { return copy->owner.table == first.table; });
    return of_heading ? first.table : first.path;
  }

  // All copies take the same step. Those that cannot take it stay as they are.
  void AddSteps(const std::vector<const Site*>& copies) {
    std::vector<Mutant> made;
    for (const Site* copy : copies) {
      std::vector<ExprStep> steps = StepsOf(policy_, phrases_, copy->place);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        ExprStep& step = steps[i];
        if (i >= made.size()) {
          made.push_back({{},
                          step.kind,
                          PathOf(copies),
                          std::move(step.old_text),
                          std::move(step.new_text),
                          step.span,
                          {},
                          {},
                          {}});
        }
        if (made[i].kind == step.kind) made[i].exprs.push_back(std::move(step.change));
      }
    }
    for (Mutant& mutant : made) {
      std::sort(mutant.exprs.begin(), mutant.exprs.end(),
                [](const ExprChange& a, const ExprChange& b) { return a.id < b.id; });
      mutants_.push_back(std::move(mutant));
    }
  }

  // A mutant that has the model of the policy itself, or of one listed before, is none.
  void DropEqual() {
    model::Policy bare = policy_;
    bare.tests.clear();
    std::set<std::string> seen = {support::Sha256(model::Print(bare))};
    std::vector<Mutant> different;
    for (Mutant& mutant : mutants_) {
      const bool is_new = seen.insert(support::Sha256(model::Print(Apply(bare, mutant)))).second;
      if (is_new) different.push_back(std::move(mutant));
    }
    mutants_ = std::move(different);
  }

  void Order() {
    const auto place = [](const Mutant& mutant) {
      return std::tuple(mutant.span.source.index, mutant.span.begin, mutant.span.end);
    };
    std::stable_sort(mutants_.begin(), mutants_.end(),
                     [&](const Mutant& a, const Mutant& b) { return place(a) < place(b); });
  }

  // From what the mutant says, so that a change elsewhere leaves it alone.
  void Name() {
    constexpr std::size_t kDigits = 6;
    std::map<std::string, std::size_t> used;
    for (Mutant& mutant : mutants_) {
      const std::string said = mutant.old_text + "\n" + mutant.new_text;
      const std::string id =
          fmt::format("{}/{}-{}", mutant.path, MutantKindName(mutant.kind), support::Sha256(said).substr(0, kDigits));
      const std::size_t number = ++used[id];
      mutant.id = number == 1 ? id : fmt::format("{}-{}", id, number);
    }
  }

  const model::Policy& policy_;
  const Phrases phrases_;
  const Reach reach_;
  Sites sites_;
  std::set<ExprId> due_dates_;
  std::vector<Mutant> mutants_;
};

}  // namespace

std::string_view MutantKindName(MutantKind kind) {
  switch (kind) {
    case MutantKind::kStrictness:
      return "strictness";
    case MutantKind::kBoundary:
      return "boundary";
    case MutantKind::kConstant:
      return "constant";
    case MutantKind::kNegation:
      return "negation";
    case MutantKind::kDropped:
      return "dropped";
    case MutantKind::kAndOr:
      return "and_or";
    case MutantKind::kQuantifier:
      return "quantifier";
    case MutantKind::kExtreme:
      return "extreme";
    case MutantKind::kMembership:
      return "membership";
    case MutantKind::kCount:
      return "count";
    case MutantKind::kValue:
      return "value";
    case MutantKind::kExactly:
      return "exactly";
    case MutantKind::kSilenced:
      return "silenced";
    case MutantKind::kRule:
      return "rule";
    case MutantKind::kOverride:
      return "override";
    case MutantKind::kModality:
      return "modality";
    case MutantKind::kDuty:
      return "duty";
    case MutantKind::kTiming:
      return "timing";
    case MutantKind::kDue:
      return "due";
    case MutantKind::kRecipient:
      return "recipient";
    case MutantKind::kQualifier:
      return "qualifier";
    case MutantKind::kArgument:
      return "argument";
    case MutantKind::kDefault:
      return "default";
    case MutantKind::kMode:
      return "mode";
    case MutantKind::kAssumption:
      return "assumption";
  }
  return {};
}

std::vector<Mutant> ListMutants(const model::Policy& policy, const diagnostics::Sources& sources) {
  return Lister(policy, sources).List();
}

}  // namespace cordon::analyse
