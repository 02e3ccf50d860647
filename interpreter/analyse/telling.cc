// Tells regions; see telling.h.
#include "analyse/telling.h"

#include <algorithm>
#include <functional>

#include "analyse/patient_words.h"
#include "analyse/words.h"
#include "model/rules.h"
#include "model/print.h"
#include "support/sha256.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

using symbolic::Encoder;

namespace {

std::string RuleCondition(const model::Rule& rule) {
  std::string text;
  for (const model::Part& part : rule.parts) text += (text.empty() ? "" : ", ") + part.text;
  return text.empty() ? "always" : text;
}

template <typename Item>
void Include(const Item& item, std::vector<Item>& items) {
  if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
}

// Whether a rule has a say in an aspect: concludes on its output or duty, or takes from what does.
bool Concerns(const Encoder& encoder, const symbolic::Frame& frame, model::RuleId id, const PairedAspect& aspect,
              const std::optional<model::OutputId>& output) {
  const model::Policy& policy = encoder.policy();
  const model::Rule& rule = policy.rules[id.index];
  if (aspect.aspect.kind == AspectKind::kOutput) return output && model::Takes(rule, *output);
  const auto is_duty = [&](const model::Duty& duty) {
    if (symbolic::DutyKey(policy, frame, duty, {}) == aspect.duty) return true;
    return std::any_of(duty.to.begin(), duty.to.end(),
                       [&](model::RoleId to) { return symbolic::DutyKey(policy, frame, duty, to) == aspect.duty; });
  };
  if (std::any_of(rule.duties.begin(), rule.duties.end(), is_duty)) return true;
  for (const model::OutputId meant : policy.protocols[encoder.protocol().index].outputs) {
    const auto& means = policy.outputs[meant.index].means;
    if (means && is_duty(*means) && model::Takes(rule, meant)) return true;
  }
  for (const model::RuleId other : rule.overrides) {
    for (const model::Duty& duty : policy.rules[other.index].duties) {
      if (is_duty(duty) && model::Takes(rule, duty.action)) return true;
    }
  }
  return false;
}

}  // namespace

// The rules that ask what a term says: those that have a say in the aspect, where any has.
std::vector<model::RuleId> Teller::RulesOf(const Encoder& encoder, TermId term, const PairedAspect& aspect) const {
  const auto found = encoder.rules().find(term);
  if (found == encoder.rules().end()) return {};
  const auto& output = &encoder == paired_.old_encoder.get() ? aspect.old_output : aspect.new_output;
  std::vector<model::RuleId> concerned;
  for (const model::RuleId id : found->second) {
    if (Concerns(encoder, frame_, id, aspect, output)) concerned.push_back(id);
  }
  return concerned.empty() ? found->second : concerned;
}

// The protocol's own setting, which goes without saying.
bool Teller::IsContext(const Literal& literal) const {
  for (Encoder* encoder : {paired_.new_encoder.get(), paired_.old_encoder.get()}) {
    if (encoder == nullptr) continue;
    const TermId inside = encoder->InSetting(encoder->protocol());
    if (ConditionOf(terms_, literal) == inside) return true;
  }
  return false;
}

const model::Cites& Teller::CitesOf(const Encoder& encoder, const Encoder::Origin& origin) const {
  static const model::Cites kNone;
  if (origin.define.valid() && !encoder.policy().defines[origin.define.index].cites.empty()) {
    return encoder.policy().defines[origin.define.index].cites;
  }
  return origin.rule.valid() ? encoder.policy().rules[origin.rule.index].cites : kNone;
}

// What either version says of a term, NEW before OLD.
std::string Teller::KnownWordsOf(TermId term, bool holds) const {
  for (const Encoder* encoder : {paired_.new_encoder.get(), paired_.old_encoder.get()}) {
    if (encoder == nullptr) continue;
    const auto rule = encoder->rules().find(term);
    if (rule != encoder->rules().end()) {
      return PathOf(encoder->policy(), rule->second.front()) + (holds ? " applies" : " does not apply");
    }
    const auto fact = encoder->assumptions().find(term);
    if (fact != encoder->assumptions().end()) {
      const std::string& name = encoder->policy().facts[fact->second.index].name;
      return name + (holds ? " was not asked for, and is assumed" : " is not assumed");
    }
    const auto sentence = encoder->duty_sentences().find(term);
    if (sentence != encoder->duty_sentences().end()) return (holds ? "" : "not: ") + sentence->second;
    const auto origin = encoder->origins().find(term);
    if (origin != encoder->origins().end()) {
      return InWords(encoder->policy(), texts_.text_at, origin->second.expr, holds != origin->second.turned);
    }
  }
  return {};
}

// A rule, by what it asks; else what a version says of it; else the term itself.
Condition Teller::TellLiteral(const Literal& literal, const PairedAspect& aspect) const {
  Condition condition;
  condition.holds = literal.holds;
  const Encoder* encoders[] = {paired_.new_encoder.get(), paired_.old_encoder.get()};
  bool in[] = {false, false};
  for (int i = 0; i < 2; ++i) {
    if (encoders[i] == nullptr) continue;
    const auto rule = encoders[i]->rules().find(literal.part);
    const auto origin = encoders[i]->origins().find(literal.part);
    const auto fact = encoders[i]->assumptions().find(literal.part);
    in[i] = rule != encoders[i]->rules().end() || origin != encoders[i]->origins().end() ||
            fact != encoders[i]->assumptions().end() || encoders[i]->duty_sentences().count(literal.part) > 0;
    const model::Policy& policy = encoders[i]->policy();
    if (rule != encoders[i]->rules().end() && condition.rule.empty()) {
      const model::RuleId id = RulesOf(*encoders[i], literal.part, aspect).front();
      condition.rule = PathOf(policy, id);
      condition.text = RuleCondition(policy.rules[id.index]);
      condition.cites = policy.rules[id.index].cites;
    }
    if (!condition.cites.empty()) continue;
    if (origin != encoders[i]->origins().end()) condition.cites = CitesOf(*encoders[i], origin->second);
    if (fact != encoders[i]->assumptions().end()) condition.cites = policy.facts[fact->second.index].cites;
  }
  condition.whose = in[0] && !in[1] ? Whose::kNew : in[1] && !in[0] ? Whose::kOld : Whose::kBoth;
  if (condition.text.empty()) {
    const KnownWords known = [this](TermId term, bool holds) { return KnownWordsOf(term, holds); };
    condition.text = InWords(terms_, frame_, known, literal.part, literal.holds);
  }
  return condition;
}

Region Teller::Tell(const RegionCore& core, const PairedAspect& aspect) const {
  Region region;
  for (const Literal& literal : core.around) region.conditions.push_back(TellLiteral(literal, aspect));
  for (const Literal& literal : core.cube) {
    if (IsContext(literal)) continue;
    Condition condition = TellLiteral(literal, aspect);
    const bool other_rule = !literal.holds && !condition.rule.empty();
    (other_rule ? region.others : region.conditions).push_back(std::move(condition));
  }
  for (const RegionRecord& record : core.records) {
    RecordConditions told;
    told.list = frame_.lists[record.list.index].name;
    told.element = "record";
    for (const Literal& literal : record.cube) told.conditions.push_back(TellLiteral(literal, aspect));
    region.records.push_back(std::move(told));
  }
  AddRules(core, aspect, region);
  std::string all = aspect.aspect.protocol + aspect.aspect.name + aspect.aspect.detail;
  for (const Condition& condition : region.conditions) all += "\n" + condition.rule + condition.text;
  for (const Condition& condition : region.others) all += "\nnot " + condition.rule;
  for (const RecordConditions& record : region.records) {
    for (const Condition& condition : record.conditions) all += "\n" + condition.text;
  }
  std::string name = aspect.aspect.name;
  for (char& c : name) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') c = '-';
  }
  region.id = name + "-" + support::Sha256(all).substr(0, 6);
  return region;
}

// The rules and definitions that parts of a condition stand in, by path.
std::vector<std::string> Teller::ThingsOf(const Cube& cube, const PairedAspect& aspect) const {
  std::vector<std::string> things;
  for (const Encoder* encoder : {paired_.new_encoder.get(), paired_.old_encoder.get()}) {
    if (encoder == nullptr) continue;
    for (const Literal& literal : cube) {
      for (const model::RuleId id : RulesOf(*encoder, literal.part, aspect)) {
        Include(PathOf(encoder->policy(), id), things);
      }
      const auto origin = encoder->origins().find(literal.part);
      if (origin == encoder->origins().end()) continue;
      if (origin->second.rule.valid()) Include(PathOf(encoder->policy(), origin->second.rule), things);
      if (origin->second.define.valid()) {
        Include(encoder->policy().defines[origin->second.define.index].name, things);
      }
    }
  }
  return things;
}

// What one version alone says of the region: the definition that it stands in, else the rule; and the parameters that
// are named there.
std::vector<std::string> Teller::ChangedThings(const Cube& cube) const {
  std::vector<std::string> things;
  const Encoder* encoders[] = {paired_.new_encoder.get(), paired_.old_encoder.get()};
  for (int i = 0; i < 2; ++i) {
    if (encoders[i] == nullptr) continue;
    const model::Policy& policy = encoders[i]->policy();
    for (const Literal& literal : cube) {
      const auto origin = encoders[i]->origins().find(literal.part);
      const bool shared = encoders[1 - i] != nullptr && encoders[1 - i]->origins().count(literal.part) > 0;
      if (origin == encoders[i]->origins().end() || shared) continue;
      std::string text;
      if (origin->second.define.valid()) {
        const model::Define& define = policy.defines[origin->second.define.index];
        Include(define.name, things);
        text = texts_.text_at(define.span) + texts_.text_at(policy.expr(define.value).span);
      } else if (origin->second.rule.valid()) {
        Include(PathOf(policy, origin->second.rule), things);
        text = RuleCondition(policy.rules[origin->second.rule.index]);
      }
      for (const model::Param& param : policy.params) {
        if (text.find(param.name) != std::string::npos) Include(param.name, things);
      }
    }
  }
  return things;
}

// Those that touch what one version alone says; else those that touch anything that decides the region; where none
// does, as where a parameter stands behind it all, every edit of what stands outside rules; where there is none of
// these either, every edit.
void Teller::AddEdits(const RegionCore& core, const PairedAspect& aspect, Region& region) const {
  Cube all = core.around;
  all.insert(all.end(), core.cube.begin(), core.cube.end());
  for (const RegionRecord& record : core.records) all.insert(all.end(), record.cube.begin(), record.cube.end());
  std::vector<std::string> things = ThingsOf(all, aspect);
  const std::vector<std::string> changed = ChangedThings(all);
  things.push_back(aspect.aspect.protocol + "." + aspect.aspect.name);
  if (aspect.aspect.kind == AspectKind::kAssumption) things.push_back(aspect.aspect.name);
  const auto add = [&](const std::function<bool(const ListedEdit&)>& wanted) {
    if (!region.edits.empty()) return;
    for (const ListedEdit& listed : edits_) {
      if (wanted(listed)) region.edits.push_back(listed.edit);
    }
  };
  const auto touches = [](const std::vector<std::string>& among) {
    return [&among](const ListedEdit& e) { return std::find(among.begin(), among.end(), e.thing) != among.end(); };
  };
  // Through another answer that changes.
  for (const Encoder* encoder : {paired_.new_encoder.get(), paired_.old_encoder.get()}) {
    const Encoder* other = encoder == paired_.new_encoder.get() ? paired_.old_encoder.get() : paired_.new_encoder.get();
    if (encoder == nullptr || other == nullptr) continue;
    for (const Literal& literal : core.cube) {
      const auto origin = encoder->origins().find(literal.part);
      if (origin == encoder->origins().end() || other->origins().count(literal.part) > 0) continue;
      const model::Expr& expr = encoder->policy().expr(origin->second.expr);
      if (expr.kind != model::ExprKind::kOutputIs) continue;
      const model::Output& output = encoder->policy().outputs[expr.output.index];
      const std::string path = encoder->policy().protocols[output.protocol.index].name + "." + output.name;
      const auto same = [&](const Edit& edit) { return edit.path == path; };
      if (std::any_of(region.edits.begin(), region.edits.end(), same)) continue;
      region.edits.push_back({path, "", "another answer, for the reasons told of it", "", {}, {}});
    }
  }
  add(touches(changed));
  add(touches(things));
  add([](const ListedEdit& e) { return e.thing.find('.') == std::string::npos; });
  add([](const ListedEdit&) { return true; });
}

// The rules that speak in one version, and those that were edited, side by side.
void Teller::AddRules(const RegionCore& core, const PairedAspect& aspect, Region& region) const {
  AddEdits(core, aspect, region);
  Cube speaking = core.around;
  for (const Literal& literal : core.cube) {
    if (literal.holds) speaking.push_back(literal);
  }
  const std::vector<std::string> spoken = ThingsOf(speaking, aspect);
  std::vector<std::string> things = spoken;
  for (const std::string& thing : ThingsOf(core.cube, aspect)) {
    const bool edited = std::any_of(edits_.begin(), edits_.end(), [&](const auto& e) { return e.thing == thing; });
    if (edited) Include(thing, things);
  }
  const auto find = [&](const Encoder* encoder, const std::string& path) -> std::optional<model::RuleId> {
    if (encoder == nullptr) return std::nullopt;
    for (const model::RuleId id : encoder->policy().protocols[encoder->protocol().index].rules) {
      if (PathOf(encoder->policy(), id) == path) return id;
    }
    return std::nullopt;
  };
  for (const std::string& thing : things) {
    const auto old_rule = find(paired_.old_encoder.get(), thing);
    const auto new_rule = find(paired_.new_encoder.get(), thing);
    RuleText before;
    RuleText after;
    if (old_rule) before = TextOf(paired_.old_encoder->policy(), *old_rule, Whose::kOld, texts_);
    if (new_rule) after = TextOf(paired_.new_encoder->policy(), *new_rule, Whose::kNew, texts_);
    MarkChanges(before, after);
    const auto differs = [](const RuleText& rule) {
      return std::any_of(rule.cells.begin(), rule.cells.end(), [](const Cell& cell) { return cell.changed; });
    };
    const bool told = std::find(spoken.begin(), spoken.end(), thing) != spoken.end();
    if (!told && !differs(before) && !differs(after)) continue;
    if (old_rule) region.rules.push_back(std::move(before));
    if (new_rule) region.rules.push_back(std::move(after));
  }
}

void Teller::FillExample(const RegionCore& core, const PairedAspect& aspect, const DocumentOf& document,
                         Example& example) const {
  const std::size_t last = paired_.new_encoder ? frame_.versions.size() - 1 : 0;
  std::vector<TermId> conditions{core.condition};
  for (const auto* cases : {&aspect.old_cases, &aspect.new_cases}) {
    for (const symbolic::AnswerCase& answer : *cases) conditions.push_back(answer.when);
  }
  const Read read = ReadBy(terms_, conditions);
  const Read needed = ReadBy(terms_, {core.condition});
  example.facts = FactsInWords(frame_, last, read, needed, core.patient);
  // What OLD alone asks for.
  for (auto& fact : FactsInWords(frame_, 0, read, needed, core.patient)) {
    const auto same = [&](const auto& known) { return known.first == fact.first; };
    if (std::none_of(example.facts.begin(), example.facts.end(), same)) example.facts.push_back(std::move(fact));
  }
  const facts::Subject subject = symbolic::SubjectOf(frame_, last, core.patient);
  if (document) example.document = document(*frame_.versions[last].policy, subject);
  example.test = TestText(core, aspect, read, example);
}

// A test that NEW's author may add; none where the aspect is nothing that a test states.
std::string Teller::TestText(const RegionCore& core, const PairedAspect& aspect, const Read& read,
                             const Example& example) const {
  const std::string& answer = example.new_answer;
  if (aspect.aspect.kind != AspectKind::kOutput || !aspect.new_output || answer.rfind("not known", 0) == 0) return {};
  const model::Policy& policy = paired_.new_encoder->policy();
  std::string expected = " = " + answer;
  if (answer.rfind("judgement ", 0) == 0) expected = " is judgement";
  if (answer == symbolic::kNotCovered) expected = " is not covered";
  if (answer == symbolic::kConflict) expected = " is conflict";
  std::string given;
  for (const auto& [fact, value] : AllFactsInWords(frame_, frame_.versions.size() - 1, read, core.patient)) {
    if (fact != "setting") given += (given.empty() ? "" : ",\n        ") + fact + " = " + value;
  }
  std::string text = "test \"" + aspect.aspect.name + ": " + example.old_answer + " -> " + answer + "\"\n";
  text += "  today " + example.as_of + "\n";
  if (!given.empty()) text += "  given " + given + "\n";
  return text + "  expect " + policy.outputs[aspect.new_output->index].name + expected + "\n";
}

}  // namespace cordon::analyse
