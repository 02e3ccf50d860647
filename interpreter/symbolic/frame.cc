// Joins the facts of versions; see frame.h.
#include "symbolic/frame.h"

#include <algorithm>
#include <set>

#include "model/print.h"
#include "support/assert.h"
#include "value/value.h"

namespace cordon::symbolic {

namespace {

using model::ExprKind;
using model::FactId;
using model::Policy;
using model::TypeKind;

// Texts that no version names: as many as could matter.
constexpr std::int64_t kFurtherTexts = 1'000'000;

Interval RangeOfKind(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
      return {0, 1};
    case TypeKind::kDate:
    case TypeKind::kDatetime:
      return {calendar::kFirstDate.days, calendar::kLastDate.days};
    case TypeKind::kDecimal:
      return {-value::kLargestNumber * value::kDecimalScale, value::kLargestNumber * value::kDecimalScale};
    case TypeKind::kInt:
    case TypeKind::kDuration:
    case TypeKind::kPeriod:
      return {-value::kLargestNumber, value::kLargestNumber};
    case TypeKind::kText:
      return {0, kFurtherTexts};
    case TypeKind::kCategory:
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      return {};
  }
  return {};
}

Sort SortOfKind(TypeKind kind) {
  if (kind == TypeKind::kBool) return Sort::kBool;
  if (kind == TypeKind::kCategory) return Sort::kSymbol;
  if (kind == TypeKind::kDate || kind == TypeKind::kDatetime) return Sort::kDay;
  return kind == TypeKind::kText ? Sort::kText : Sort::kNumber;
}

class Maker {
 public:
  Maker(const std::vector<const Policy*>& versions, const Renames& renames) : versions_(versions), renames_(renames) {}

  Frame Run() {
    frame_.today = ScalarId(AddScalar({"today", Sort::kDay, RangeOfKind(TypeKind::kDate), {}}));
    frame_.minute = ScalarId(AddScalar({"now", Sort::kMinute, {0, calendar::kMinutesPerDay - 1}, {}}));
    frame_.due.value = AddScalar({"due", Sort::kDay, RangeOfKind(TypeKind::kDate), {}});
    frame_.due.minute = AddScalar({"due time", Sort::kMinute, {0, calendar::kMinutesPerDay - 1}, {}});
    for (const Policy* policy : versions_) {
      VersionView view;
      view.policy = policy;
      frame_.versions.push_back(std::move(view));
    }
    for (std::size_t v = 0; v < versions_.size(); ++v) JoinCategories(v);
    for (std::size_t v = 0; v < versions_.size(); ++v) FindGivens(v);
    for (std::size_t v = 0; v < versions_.size(); ++v) JoinFacts(v);
    for (const Policy* policy : versions_) NoteTexts(*policy);
    for (const Policy* policy : versions_) NoteArguments(*policy);
    return std::move(frame_);
  }

 private:
  std::size_t AddScalar(Unknown unknown) {
    frame_.scalars.push_back(std::move(unknown));
    return frame_.scalars.size() - 1;
  }

  // What a thing of version `v` is called in the last version.
  std::string NameIn(std::size_t v, const std::string& name) const {
    if (v + 1 == versions_.size()) return name;
    const auto renamed = renames_.find(name);
    return renamed == renames_.end() ? name : renamed->second;
  }

  // ---- categories

  // Symbols that the first versions alone know are put in after the symbol that they follow there.
  void JoinCategories(std::size_t v) {
    const Policy& policy = *versions_[v];
    for (const model::Category& category : policy.categories) {
      const std::string name = NameIn(v, category.name);
      JointCategory& joint = Joint(name);
      std::size_t place = 0;
      for (const std::size_t node : category.leaves) {
        const std::string symbol = category.nodes[node].path;
        const auto found = std::find(joint.symbols.begin(), joint.symbols.end(), symbol);
        if (found == joint.symbols.end()) {
          joint.symbols.insert(joint.symbols.begin() + static_cast<std::ptrdiff_t>(place), symbol);
          ++place;
        } else {
          place = static_cast<std::size_t>(found - joint.symbols.begin()) + 1;
        }
      }
    }
    // Places are read once all are in.
    if (v + 1 < versions_.size()) return;
    for (std::size_t u = 0; u < versions_.size(); ++u) NumberLeaves(u);
  }

  void NumberLeaves(std::size_t v) {
    for (const model::Category& category : versions_[v]->categories) {
      const JointCategory& joint = Joint(NameIn(v, category.name));
      frame_.versions[v].categories.push_back(static_cast<std::size_t>(&joint - frame_.categories.data()));
      std::vector<std::int64_t> own;
      for (const std::size_t node : category.leaves) {
        const auto found = std::find(joint.symbols.begin(), joint.symbols.end(), category.nodes[node].path);
        own.push_back(found - joint.symbols.begin());
      }
      if (category.is_scale && !std::is_sorted(own.begin(), own.end())) {
        frame_.not_compared.push_back("the two versions order the scale `" + category.name + "` differently");
      }
      for (std::size_t symbol = 0; symbol < joint.symbols.size(); ++symbol) {
        if (std::find(own.begin(), own.end(), static_cast<std::int64_t>(symbol)) != own.end()) continue;
        gaps_[joint.name].push_back(static_cast<std::int64_t>(symbol));
        frame_.not_compared.push_back("`" + joint.symbols[symbol] + "` of `" + joint.name + "`, which " +
                                      (v == 0 ? "NEW" : "OLD") + " alone knows");
      }
      frame_.versions[v].leaves.push_back(std::move(own));
    }
  }

  JointCategory& Joint(const std::string& name) {
    for (JointCategory& category : frame_.categories) {
      if (category.name == name) return category;
    }
    frame_.categories.push_back({name, {}});
    return frame_.categories.back();
  }

  // ---- facts

  // The facts, and fields, of which it matters whether they are absent.
  void FindGivens(std::size_t v) {
    const Policy& policy = *versions_[v];
    for (const model::Fact& fact : policy.facts) {
      if (fact.assume || fact.is_decision) givens_.insert(NameIn(v, fact.name));
    }
    for (const model::Expr& expr : policy.exprs) {
      if (expr.kind != ExprKind::kIsKnown) continue;
      const model::Expr& what = policy.expr(expr.args[0]);
      if (what.kind == ExprKind::kFact) givens_.insert(NameIn(v, policy.facts[what.fact.index].name));
      if (what.kind != ExprKind::kField) continue;
      const model::Record& record = policy.records[policy.expr(what.args[0]).type.record.index];
      known_fields_.insert(record.name + "." + record.fields[what.field.index].name);
    }
  }

  void JoinFacts(std::size_t v) {
    const Policy& policy = *versions_[v];
    for (std::size_t i = 0; i < policy.facts.size(); ++i) {
      const model::Fact& fact = policy.facts[i];
      std::string name = NameIn(v, fact.name);
      std::size_t joint = Find(name);
      if (joint < frame_.facts.size() && !SameShape(frame_.facts[joint].type, v, fact.type)) {
        frame_.not_compared.push_back("the fact `" + name +
                                      "`, which is of another type in NEW: each version has its own");
        name += " (" + policy.version + ")";
        joint = frame_.facts.size();
      }
      if (joint == frame_.facts.size()) AddFact(v, name, fact);
      AddFields(v, joint, fact);
      frame_.versions[v].facts.push_back(joint);
      NumberFields(v, FactId(i), joint);
    }
  }

  std::size_t Find(const std::string& name) const {
    std::size_t i = 0;
    while (i < frame_.facts.size() && frame_.facts[i].name != name) ++i;
    return i;
  }

  // Types of different versions: by kind, and by the name of the category.
  bool SameShape(const model::Type& first, std::size_t v, const model::Type& own) const {
    if (first.kind != own.kind || first.or_none != own.or_none) return false;
    if (first.kind == TypeKind::kList && first.element != own.element) return false;
    if (!first.category.valid() || !own.category.valid()) return first.category.valid() == own.category.valid();
    return NameIn(0, versions_[0]->categories[first.category.index].name) ==
           NameIn(v, versions_[v]->categories[own.category.index].name);
  }

  void AddFact(std::size_t v, const std::string& name, const model::Fact& fact) {
    JointFact joint;
    joint.name = name;
    joint.version = v;
    joint.type = fact.type;
    if (fact.type.kind == TypeKind::kList) {
      joint.shape = FactShape::kList;
      joint.list = ListId(frame_.lists.size());
      frame_.lists.push_back({name, {}});
      if (fact.type.element != TypeKind::kRecord) {
        joint.fields.push_back(AddSlots(v, name, model::ElementType(fact.type), &frame_.lists.back(), false));
      }
    } else if (fact.type.kind == TypeKind::kRecord) {
      joint.shape = FactShape::kRecord;
    } else {
      joint.slots = AddSlots(v, name, fact.type, nullptr, false);
    }
    if (givens_.count(name) > 0) joint.slots.given = AddScalar({name + " is given", Sort::kBool, {0, 1}, {}});
    frame_.facts.push_back(std::move(joint));
  }

  // The fields of a record, or of a list's records, that no version before has declared.
  void AddFields(std::size_t v, std::size_t index, const model::Fact& fact) {
    if (!fact.type.record.valid()) return;
    const model::Record& record = versions_[v]->records[fact.type.record.index];
    for (const model::Field& field : record.fields) {
      if (field.derived.valid()) continue;
      const std::string name = NameInRecord(v, record, field);
      JointFact& joint = frame_.facts[index];
      if (std::find(joint.field_names.begin(), joint.field_names.end(), name) != joint.field_names.end()) continue;
      ListShape* list = joint.shape == FactShape::kList ? &frame_.lists[joint.list.index] : nullptr;
      const bool asked = known_fields_.count(record.name + "." + field.name) > 0;
      const Slots slots = AddSlots(v, joint.name + "." + name, field.type, list, asked);
      joint.field_names.push_back(name);
      joint.fields.push_back(slots);
    }
  }

  std::string NameInRecord(std::size_t v, const model::Record& record, const model::Field& field) const {
    const std::string whole = NameIn(v, record.name + "." + field.name);
    return whole.substr(whole.rfind('.') + 1);
  }

  void NumberFields(std::size_t v, FactId id, std::size_t joint) {
    const model::RecordId record_id = versions_[v]->facts[id.index].type.record;
    if (!record_id.valid()) return;
    const model::Record& record = versions_[v]->records[record_id.index];
    const std::vector<std::string>& names = frame_.facts[joint].field_names;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      if (record.fields[i].derived.valid()) continue;
      const auto found = std::find(names.begin(), names.end(), NameInRecord(v, record, record.fields[i]));
      frame_.versions[v].fields[{id.index, static_cast<std::uint32_t>(i)}] =
          static_cast<std::size_t>(found - names.begin());
    }
  }

  // The unknowns of a scalar: among the patient's, or among a list's fields.
  Slots AddSlots(std::size_t v, const std::string& path, const model::Type& type, ListShape* list, bool known) {
    const auto add = [&](Unknown unknown) {
      if (list == nullptr) return AddScalar(std::move(unknown));
      list->fields.push_back(std::move(unknown));
      return list->fields.size() - 1;
    };
    Slots slots;
    Unknown unknown{path, SortOfKind(type.kind), RangeOfKind(type.kind), {}};
    if (type.kind == TypeKind::kCategory) {
      const JointCategory& joint = Joint(NameIn(v, versions_[v]->categories[type.category.index].name));
      unknown.range = {0, static_cast<std::int64_t>(joint.symbols.size()) - 1};
      unknown.gaps = gaps_[joint.name];
    }
    slots.value = add(unknown);
    if (type.kind == TypeKind::kDatetime)
      slots.minute = add({path + " time", Sort::kMinute, {0, calendar::kMinutesPerDay - 1}, {}});
    if (type.or_none) slots.is_none = add({path + " is none", Sort::kBool, {0, 1}, {}});
    if (known) slots.given = add({path + " is given", Sort::kBool, {0, 1}, {}});
    return slots;
  }

  // ---- texts and arguments

  void NoteTexts(const Policy& policy) {
    const auto note = [&](const value::Value& value) {
      if (value.kind != value::Kind::kText) return;
      if (std::find(frame_.texts.begin(), frame_.texts.end(), value.text) != frame_.texts.end()) return;
      frame_.texts.push_back(value.text);
    };
    for (const model::Expr& expr : policy.exprs) note(expr.value);
    for (const model::Fact& fact : policy.facts) {
      if (fact.assume) note(fact.assume->value);
    }
    ForEachDuty(policy, [&](const model::Duty& duty) {
      for (const model::Argument& arg : duty.args) {
        if (const auto* value = std::get_if<value::Value>(&arg)) note(*value);
      }
    });
  }

  template <typename Visit>
  static void ForEachDuty(const Policy& policy, Visit visit) {
    for (const model::Output& output : policy.outputs) {
      if (output.means) visit(*output.means);
    }
    for (const model::Rule& rule : policy.rules) {
      for (const model::Duty& duty : rule.duties) visit(duty);
    }
  }

  void NoteArguments(const Policy& policy) {
    const std::size_t v = &policy == versions_[0] ? 0 : versions_.size() - 1;
    ForEachDuty(policy, [&](const model::Duty& duty) {
      for (std::size_t i = 0; i < duty.args.size(); ++i) {
        const auto* expr = std::get_if<model::ExprId>(&duty.args[i]);
        if (expr == nullptr) continue;
        const std::string& action = policy.actions[duty.action.index].name;
        const auto same = [&](const AnyArgument& any) { return any.action == action && any.position == i; };
        if (std::any_of(frame_.arguments.begin(), frame_.arguments.end(), same)) continue;
        const model::Type& type = policy.expr(*expr).type;
        const auto& parameters = policy.actions[duty.action.index].parameters;
        const std::string path = "the " + (i < parameters.size() ? parameters[i].name : "argument") + " of " + action;
        frame_.arguments.push_back({action, i, v, type, AddSlots(v, path, type, nullptr, false)});
      }
    });
  }

  const std::vector<const Policy*>& versions_;
  const Renames& renames_;
  Frame frame_;
  std::map<std::string, std::vector<std::int64_t>> gaps_;
  std::set<std::string> givens_;
  std::set<std::string> known_fields_;
};

}  // namespace

Frame MakeFrame(const std::vector<const Policy*>& versions, const Renames& renames) {
  CORDON_ASSERT(versions.size() == 1 || versions.size() == 2);
  return Maker(versions, renames).Run();
}

}  // namespace cordon::symbolic
