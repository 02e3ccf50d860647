// Structural difference; see edits.h.
#include "analyse/edits.h"

#include <algorithm>
#include <map>

#include "model/print.h"

namespace cordon::analyse {

using model::Policy;

namespace {

std::string DutyText(const Policy& policy, const model::Duty& duty, const TextAt& text_at) {
  const std::string text = text_at(duty.span);
  if (!text.empty()) return text;
  return policy.roles[duty.actor.index].name + " " + std::string(model::ModalityText(duty.modality)) + " " +
         policy.actions[duty.action.index].name;
}

std::string ConclusionText(const Policy& policy, const model::OutputConclusion& conclusion) {
  const model::Output& output = policy.outputs[conclusion.output.index];
  if (const auto* value = std::get_if<value::Value>(&conclusion.value)) {
    return (conclusion.exactly ? "exactly " : "") + model::PrintValue(policy, *value, output.type);
  }
  const model::Judgement& judgement = policy.judgements[std::get<model::JudgementId>(conclusion.value).index];
  std::string text = "judgement by " + policy.roles[judgement.by.index].name;
  if (judgement.weighing.valid()) text += " weighing " + policy.groups[judgement.weighing.index].name;
  return text;
}

// A thing of a version as named texts.
struct Thing {
  std::string path;
  std::vector<std::pair<std::string, std::string>> texts;  // what -> how it is stated
  diagnostics::Span span;
};

class Lister {
 public:
  Lister(const Policy& policy, const EditTexts& texts, const symbolic::Renames* renames)
      : policy_(policy), texts_(texts), renames_(renames) {}

  std::vector<Thing> Run() {
    for (const model::Param& param : policy_.params) {
      const model::Type type = TypeOf(param.value);
      Add(param.name, {{"", model::PrintValue(policy_, param.value, type)}}, param.span);
    }
    for (const model::Fact& fact : policy_.facts) AddFact(fact);
    for (const model::Define& define : policy_.defines) {
      Add(define.name, {{"", texts_.text_at(policy_.expr(define.value).span)}}, define.span);
    }
    for (const model::Output& output : policy_.outputs) AddOutput(output);
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) AddRule(model::RuleId(i));
    return std::move(things_);
  }

 private:
  static model::Type TypeOf(const value::Value& value) {
    model::Type type;
    switch (value.kind) {
      case value::Kind::kInt:
        type.kind = model::TypeKind::kInt;
        break;
      case value::Kind::kDecimal:
        type.kind = model::TypeKind::kDecimal;
        break;
      case value::Kind::kText:
        type.kind = model::TypeKind::kText;
        break;
      case value::Kind::kDate:
        type.kind = model::TypeKind::kDate;
        break;
      case value::Kind::kDatetime:
        type.kind = model::TypeKind::kDatetime;
        break;
      case value::Kind::kDuration:
        type.kind = model::TypeKind::kDuration;
        break;
      case value::Kind::kPeriod:
        type.kind = model::TypeKind::kPeriod;
        break;
      case value::Kind::kBool:
      case value::Kind::kSymbol:
      case value::Kind::kNone:
        break;
    }
    return type;
  }

  void Add(const std::string& path, std::vector<std::pair<std::string, std::string>> texts,
           const diagnostics::Span& span) {
    things_.push_back({renames_ == nullptr ? path : NewPath(*renames_, path), std::move(texts), span});
  }

  void AddFact(const model::Fact& fact) {
    std::vector<std::pair<std::string, std::string>> texts{{"", model::PrintType(policy_, fact.type)}};
    if (fact.assume) {
      const std::string value =
          fact.assume->empty_list ? "empty" : model::PrintValue(policy_, fact.assume->value, fact.type);
      texts.emplace_back("assume", value + (fact.assume->unless_asked ? " unless asked" : ""));
    }
    Add(fact.name, std::move(texts), fact.span);
  }

  void AddOutput(const model::Output& output) {
    std::vector<std::pair<std::string, std::string>> texts;
    texts.emplace_back("", output.mode == model::Mode::kStrictest ? "strictest" : "unique");
    if (output.default_value) {
      texts.emplace_back("default", model::PrintValue(policy_, *output.default_value, output.type));
    }
    if (output.means) texts.emplace_back("means", DutyText(policy_, *output.means, texts_.text_at));
    Add(policy_.protocols[output.protocol.index].name + "." + output.name, std::move(texts), output.span);
  }

  void AddRule(model::RuleId id) {
    const model::Rule& rule = policy_.rules[id.index];
    std::vector<std::pair<std::string, std::string>> texts;
    for (std::size_t i = 0; i < rule.parts.size(); ++i) {
      texts.emplace_back("condition " + std::to_string(i + 1), rule.parts[i].text);
    }
    if (rule.for_each) texts.emplace_back("for each", texts_.text_at(policy_.expr(rule.for_each->list).span));
    for (const model::OutputConclusion& conclusion : rule.conclusions) {
      texts.emplace_back(policy_.outputs[conclusion.output.index].name, ConclusionText(policy_, conclusion));
    }
    for (std::size_t i = 0; i < rule.duties.size(); ++i) {
      texts.emplace_back("duty " + std::to_string(i + 1), DutyText(policy_, rule.duties[i], texts_.text_at));
    }
    std::string overrides;
    for (const model::RuleId other : rule.overrides) {
      overrides += (overrides.empty() ? "" : ", ") + policy_.rules[other.index].name;
    }
    if (!overrides.empty()) texts.emplace_back("overrides", overrides);
    Add(PathOf(policy_, id), std::move(texts), rule.span);
  }

  const Policy& policy_;
  const EditTexts& texts_;
  const symbolic::Renames* renames_;
  std::vector<Thing> things_;
};

std::string JoinedText(const Thing& thing) {
  std::string text;
  for (const auto& [what, stated] : thing.texts) {
    text += (text.empty() ? "" : "; ") + (what.empty() ? "" : what + ": ") + stated;
  }
  return text;
}

class Differ {
 public:
  Differ(const Policy& new_policy, std::size_t shared_changes, const EditTexts& texts)
      : new_policy_(new_policy), shared_changes_(shared_changes), texts_(texts) {}

  void Compare(const Thing& old_thing, const Thing& new_thing) {
    std::map<std::string, std::string> before(old_thing.texts.begin(), old_thing.texts.end());
    for (const auto& [what, stated] : new_thing.texts) {
      const auto known = before.find(what);
      const std::string old_text = known == before.end() ? "" : known->second;
      if (known != before.end()) before.erase(known);
      if (old_text != stated) Add(new_thing, what, old_text, stated, new_thing.span);
    }
    for (const auto& [what, stated] : old_thing.texts) {
      if (before.count(what) > 0) Add(new_thing, what, stated, "", new_thing.span);
    }
  }

  void Add(const Thing& thing, const std::string& what, const std::string& old_text, const std::string& new_text,
           const diagnostics::Span& span) {
    ListedEdit listed;
    listed.thing = thing.path;
    listed.edit.path = what.empty() ? thing.path : thing.path + "." + what;
    listed.edit.old_text = old_text;
    listed.edit.new_text = new_text;
    listed.edit.place = texts_.place_at(span);
    // The change that says so, with its reason.
    for (std::size_t i = shared_changes_; i < new_policy_.changes.size(); ++i) {
      const model::Change& change = new_policy_.changes[i];
      const bool about = change.path == thing.path || change.path.rfind(thing.path + ".", 0) == 0 ||
                         thing.path.rfind(change.path + ".", 0) == 0;
      if (!about || !listed.edit.because.empty()) continue;
      listed.edit.because = change.because;
      listed.edit.cites = change.cites;
    }
    edits.push_back(std::move(listed));
  }

  std::vector<ListedEdit> edits;

 private:
  const Policy& new_policy_;
  std::size_t shared_changes_;
  const EditTexts& texts_;
};

}  // namespace

std::vector<ListedEdit> ListEdits(const Policy& old_policy, const Policy& new_policy, const symbolic::Renames& renames,
                                  const EditTexts& texts) {
  std::vector<Thing> before = Lister(old_policy, texts, &renames).Run();
  const std::vector<Thing> after = Lister(new_policy, texts, nullptr).Run();
  std::map<std::string, const Thing*> by_path;
  for (const Thing& thing : before) by_path.emplace(thing.path, &thing);
  Differ differ(new_policy, std::min(old_policy.changes.size(), new_policy.changes.size()), texts);
  for (const Thing& thing : after) {
    const auto known = by_path.find(thing.path);
    if (known == by_path.end()) {
      differ.Add(thing, "", "", JoinedText(thing), thing.span);
    } else {
      differ.Compare(*known->second, thing);
      by_path.erase(known);
    }
  }
  for (const Thing& thing : before) {
    if (by_path.count(thing.path) > 0) differ.Add(thing, "", JoinedText(thing), "", thing.span);
  }
  return std::move(differ.edits);
}

RuleText TextOf(const Policy& policy, model::RuleId id, Whose whose, const EditTexts& texts) {
  const model::Rule& rule = policy.rules[id.index];
  RuleText text;
  text.whose = whose;
  text.path = PathOf(policy, id);
  if (rule.for_each) text.cells.push_back({"for each", texts.text_at(policy.expr(rule.for_each->list).span), false});
  for (std::size_t i = 0; i < rule.parts.size(); ++i) {
    text.cells.push_back({i == 0 ? "when" : "and", rule.parts[i].text, false});
  }
  for (const model::OutputConclusion& conclusion : rule.conclusions) {
    const std::string& name = policy.outputs[conclusion.output.index].name;
    text.cells.push_back({name, ConclusionText(policy, conclusion), false});
  }
  for (const model::Duty& duty : rule.duties) {
    text.cells.push_back({"then", DutyText(policy, duty, texts.text_at), false});
  }
  text.cites = rule.cites;
  text.place = texts.place_at(rule.span);
  return text;
}

void MarkChanges(RuleText& old_rule, RuleText& new_rule) {
  const auto mark = [](RuleText& rule, const RuleText& other) {
    for (Cell& cell : rule.cells) {
      cell.changed = std::none_of(other.cells.begin(), other.cells.end(), [&](const Cell& same) {
        return same.heading == cell.heading && same.text == cell.text;
      });
    }
  };
  mark(old_rule, new_rule);
  mark(new_rule, old_rule);
}

}  // namespace cordon::analyse
