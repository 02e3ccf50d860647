// The tables of a policy as text; see print.h.
#include "model/print.h"

#include <utility>

namespace cordon::model {

namespace {

struct Dump {
  const Policy& policy;
  std::string text;
  std::vector<VariableId> variables;  // of the rule or record being printed

  void Line(std::size_t depth, const std::string& line) { text += std::string(2 * depth, ' ') + line + "\n"; }
  void Texts(std::size_t depth, const char* what, const Texts& texts) {
    for (const LangText& one : texts) Line(depth, std::string(what) + " " + one.language + " \"" + one.text + "\"");
  }
  void Cites(std::size_t depth, const Cites& cites) {
    for (const std::string& cite : cites) Line(depth, "cite \"" + cite + "\"");
  }
  void Interpretations(std::size_t depth, const std::vector<InterpretationId>& ids) {
    for (const InterpretationId id : ids) Line(depth, "interpretation " + policy.interpretations[id.index].id);
  }
  std::string Roles(const std::vector<RoleId>& roles) {
    std::string joined;
    for (const RoleId role : roles) joined += (joined.empty() ? "" : ", ") + policy.roles[role.index].name;
    return joined;
  }
};

const char* RelationText(EventRelation relation) {
  switch (relation) {
    case EventRelation::kAt:
      return " at ";
    case EventRelation::kBefore:
      return " before ";
    case EventRelation::kAfter:
      return " after ";
    case EventRelation::kDuring:
      return " during ";
  }
  return "";
}

std::string DueText(Dump& dump, const Due& due) {
  const std::string date = due.date.valid() ? PrintExpr(dump.policy, due.date, dump.variables) : "";
  if (due.kind != DueKind::kEvery) return " due by " + date;
  return " every " + calendar::Format(due.period) + (date.empty() ? "" : " after " + date);
}

std::string ArgumentText(Dump& dump, const Argument& argument, const Type& type) {
  const Policy& policy = dump.policy;
  if (const auto* group = std::get_if<GroupId>(&argument)) return policy.groups[group->index].name;
  if (const auto* id = std::get_if<ExprId>(&argument)) return PrintExpr(policy, *id, dump.variables);
  return PrintValue(policy, std::get<value::Value>(argument), type);
}

// What stands behind a duty's action.
std::string QualifiersText(Dump& dump, const Duty& duty) {
  std::string text;
  if (duty.as_far_as_possible) text += " as far as possible";
  for (const EventTiming& timing : duty.timings) {
    text += RelationText(timing.relation) + dump.policy.events[timing.event.index].name;
  }
  for (const std::string& when : duty.when_texts) text += " \"" + when + "\"";
  for (const Due& due : duty.dues) text += DueText(dump, due);
  if (!duty.with.empty()) text += " with " + dump.Roles(duty.with);
  if (!duty.except.empty()) text += " except \"" + duty.except + "\"";
  if (!duty.to.empty()) text += " to " + dump.Roles(duty.to);
  if (duty.stands_while.valid()) text += " while " + PrintExpr(dump.policy, duty.stands_while, dump.variables);
  return text;
}

std::string DutyText(Dump& dump, const Duty& duty) {
  const Policy& policy = dump.policy;
  const Action& action = policy.actions[duty.action.index];
  std::string each;
  for (const ForEach& one : duty.each) {
    dump.variables.push_back(one.variable);
    const std::string variable = "x" + std::to_string(dump.variables.size());
    each += "for each " + variable + " in " + PrintExpr(policy, one.list, dump.variables) + ": ";
  }
  std::string text =
      each + policy.roles[duty.actor.index].name + " " + std::string(ModalityText(duty.modality)) + " " + action.name;
  for (std::size_t i = 0; i < duty.args.size(); ++i) {
    text += (i == 0 ? "(" : ", ") + ArgumentText(dump, duty.args[i], action.parameters[i].type);
  }
  if (!duty.args.empty()) text += ")";
  return text + QualifiersText(dump, duty);
}

void PrintCategories(Dump& dump) {
  for (const Category& category : dump.policy.categories) {
    dump.Line(0, (category.is_scale ? "scale " : "category ") + category.name);
    for (const CategoryNode& node : category.nodes) {
      std::size_t depth = 1;
      for (const char c : node.path) depth += c == '.' ? 1 : 0;
      dump.Line(depth, node.name);
      dump.Texts(depth + 1, "text", node.texts);
    }
  }
}

void PrintRecords(Dump& dump) {
  for (const Record& record : dump.policy.records) {
    const std::string named = record.named_by.valid() ? " named by " + record.fields[record.named_by.index].name : "";
    dump.Line(0, "record " + record.name + named);
    dump.variables = {record.self};
    for (const Field& field : record.fields) {
      const std::string derived =
          field.derived.valid() ? " = " + PrintExpr(dump.policy, field.derived, dump.variables) : "";
      dump.Line(1, field.name + " : " + PrintType(dump.policy, field.type) + derived);
      dump.Texts(2, "help", field.help);
    }
    for (const Require& require : record.requires_)
      dump.Line(1, "require " + PrintExpr(dump.policy, require.condition, dump.variables));
  }
}

void PrintFacts(Dump& dump) {
  const Policy& policy = dump.policy;
  for (const Fact& fact : policy.facts) {
    std::string line = "fact " + fact.name;
    if (fact.subject != "patient") line += " of " + fact.subject;
    line += " : " + PrintType(policy, fact.type);
    if (fact.recorded) line += " recorded";
    if (fact.is_decision) line += " decision";
    dump.Line(0, line);
    dump.Texts(1, "ask", fact.ask);
    dump.Texts(1, "help", fact.help);
    dump.Cites(1, fact.cites);
    if (fact.assume) {
      const std::string value = fact.assume->empty_list ? "empty" : PrintValue(policy, fact.assume->value, fact.type);
      dump.Line(1, "assume " + value + (fact.assume->unless_asked ? " unless asked" : "") + " because \"" +
                       fact.assume->because + "\"");
    }
    if (!fact.confidential_to.empty()) dump.Line(1, "confidential to " + dump.Roles(fact.confidential_to));
    dump.Interpretations(1, fact.interpretations);
  }
}

void PrintVocabulary(Dump& dump) {
  const Policy& policy = dump.policy;
  for (const Group& group : policy.groups) {
    std::string line = "group " + group.name + " =";
    for (std::size_t i = 0; i < group.facts.size(); ++i) {
      line += (i == 0 ? " " : ", ") + policy.facts[group.facts[i].index].name;
    }
    dump.Line(0, line);
    dump.Texts(1, "text", group.texts);
    dump.Cites(1, group.cites);
  }
  for (const Role& role : policy.roles) {
    dump.Line(0, "role " + role.name);
    dump.Texts(1, "text", role.texts);
  }
  for (const Event& event : policy.events) {
    dump.Line(0, "event " + event.name);
    dump.Texts(1, "text", event.texts);
  }
  for (const Action& action : policy.actions) {
    dump.Line(0, "action " + action.name);
    for (const ActionParameter& parameter : action.parameters) {
      dump.Line(1, parameter.name + " : " + PrintType(policy, parameter.type));
    }
    dump.Texts(1, "text", action.texts);
  }
  for (const Param& param : policy.params) {
    dump.Line(0, "param " + param.name + " = " + PrintValue(policy, param.value, {}));
    dump.Interpretations(1, param.interpretations);
  }
  for (const Define& define : policy.defines) {
    dump.Line(0, "define " + define.name + " : " + PrintType(policy, policy.expr(define.value).type) + " = " +
                     PrintExpr(policy, define.value));
    dump.Cites(1, define.cites);
    dump.Interpretations(1, define.interpretations);
  }
}

void PrintOutput(Dump& dump, const Output& output) {
  dump.Line(1, "output " + output.name + " : " + PrintType(dump.policy, output.type) +
                   (output.mode == Mode::kStrictest ? " strictest" : " unique"));
  if (output.default_value) dump.Line(2, "default " + PrintValue(dump.policy, *output.default_value, output.type));
  dump.Cites(2, output.default_cites);
  dump.variables.clear();
  if (output.means) dump.Line(2, "means " + DutyText(dump, *output.means));
  dump.Texts(2, "quote", output.quotes);
  dump.Interpretations(2, output.interpretations);
}

std::string JudgementText(Dump& dump, const Judgement& judgement) {
  const Policy& policy = dump.policy;
  std::string text = "judgement by " + policy.roles[judgement.by.index].name;
  if (!judgement.with.empty()) text += " with " + dump.Roles(judgement.with);
  if (judgement.weighing.valid()) text += " weighing " + policy.groups[judgement.weighing.index].name;
  if (judgement.decided_in.valid()) text += " decided in " + policy.facts[judgement.decided_in.index].name;
  return text;
}

void PrintRule(Dump& dump, const Rule& rule) {
  const Policy& policy = dump.policy;
  dump.Line(1, (rule.table.valid() ? "row " : "rule ") + rule.name);
  dump.variables.clear();
  if (rule.for_each) {
    dump.variables = {rule.for_each->variable};
    dump.Line(2, "for each x1 in " + PrintExpr(policy, rule.for_each->list, dump.variables));
  }
  for (const RuleId other : rule.overrides) dump.Line(2, "overrides " + policy.rules[other.index].name);
  for (const OutputId dropped : rule.drops_outputs) dump.Line(2, "drops " + policy.outputs[dropped.index].name);
  for (const ActionId dropped : rule.drops_actions) dump.Line(2, "drops " + policy.actions[dropped.index].name);
  if (!rule.because.empty()) dump.Line(2, "because \"" + rule.because + "\"");
  dump.Cites(2, rule.cites);
  dump.Interpretations(2, rule.interpretations);
  dump.Texts(2, "quote", rule.quotes);
  for (const Part& part : rule.parts) {
    dump.Line(2, "part `" + part.text + "`");
    dump.Line(3, PrintExpr(policy, part.condition, dump.variables));
  }
  for (const OutputConclusion& conclusion : rule.conclusions) {
    const Output& output = policy.outputs[conclusion.output.index];
    const auto* judgement = std::get_if<JudgementId>(&conclusion.value);
    dump.Line(2,
              "then " + output.name + (conclusion.exactly ? " exactly " : " = ") +
                  (judgement != nullptr ? JudgementText(dump, policy.judgements[judgement->index])
                                        : PrintValue(policy, std::get<value::Value>(conclusion.value), output.type)));
  }
  for (const Duty& duty : rule.duties) dump.Line(2, "then " + DutyText(dump, duty));
}

// The reasons that tables give; their rows stand among the rules.
void PrintTables(Dump& dump, const Protocol& protocol) {
  for (const Table& table : dump.policy.tables) {
    if (&dump.policy.protocols[table.protocol.index] != &protocol || table.because.empty()) continue;
    dump.Line(1, "table " + table.name);
    dump.Line(2, "because \"" + table.because + "\"");
  }
}

void PrintRelease(Dump& dump, const Release& release) {
  dump.Line(1, "release " + dump.policy.outputs[release.output.index].name + " to " + dump.Roles(release.to));
  dump.Texts(2, "as", release.texts);
  if (!release.because.empty()) dump.Line(2, "because \"" + release.because + "\"");
  dump.Cites(2, release.cites);
}

void PrintProtocols(Dump& dump) {
  const Policy& policy = dump.policy;
  for (const Protocol& protocol : policy.protocols) {
    std::string line = "protocol " + protocol.name + " about " + protocol.subject;
    for (std::size_t i = 0; i < protocol.settings.size(); ++i) {
      const CategoryId category = policy.facts[policy.setting.index].type.category;
      line += (i == 0 ? " in " : ", ") +
              PrintValue(policy, value::Value::Symbol(protocol.settings[i]), {TypeKind::kCategory, category, {}});
    }
    dump.Line(0, line);
    dump.Cites(1, protocol.cites);
    for (const OutputId id : protocol.outputs) PrintOutput(dump, policy.outputs[id.index]);
    PrintTables(dump, protocol);
    for (const RuleId id : protocol.rules) PrintRule(dump, policy.rules[id.index]);
    for (const Guarantee& guarantee : protocol.guarantees) {
      dump.Line(1, "guarantee " + guarantee.name + (guarantee.never ? " never " : " always ") +
                       PrintExpr(policy, guarantee.condition));
      dump.Cites(2, guarantee.cites);
    }
    for (const ReleaseId id : protocol.releases) PrintRelease(dump, policy.releases[id.index]);
  }
}

std::string GivenText(const Policy& policy, const GivenValue& given, const Type& type) {
  const auto moment = [&](std::int64_t number) {
    const bool date = type.kind == TypeKind::kDate;
    return date ? calendar::Format(calendar::Date{number}) : calendar::Format(calendar::Datetime{number});
  };
  switch (given.kind) {
    case GivenKind::kValue:
      return PrintValue(policy, given.value, type);
    case GivenKind::kRange:
      return moment(given.first) + " .. " + moment(given.last);
    case GivenKind::kSymbols:
      return PrintValue(policy, value::Value::Symbol(given.first_leaf), type) + " .. " +
             PrintValue(policy, value::Value::Symbol(given.end_leaf - 1), type);
    case GivenKind::kNull:
      return "unknown";
    case GivenKind::kAbsent:
      return "not asked";
    case GivenKind::kRecord: {
      std::string text;
      for (const GivenField& given_field : given.fields) {
        const Field& field = policy.records[type.record.index].fields[given_field.field.index];
        text += (text.empty() ? "" : ", ") + field.name + ": " + GivenText(policy, given_field.value[0], field.type);
      }
      return "{ " + text + " }";
    }
    case GivenKind::kList: {
      const Type element = ElementType(type);
      std::string text;
      for (const GivenValue& one : given.elements) text += (text.empty() ? "" : ", ") + GivenText(policy, one, element);
      return (given.open ? "at least [" : "[") + text + "]";
    }
  }
  return {};
}

std::string StatusText(ExpectedStatus status, const std::string& value) {
  switch (status) {
    case ExpectedStatus::kValue:
      return "= " + value;
    case ExpectedStatus::kProvisionally:
      return "is provisionally " + value;
    case ExpectedStatus::kUnknown:
      return "is unknown";
    case ExpectedStatus::kJudgement:
      return "is judgement";
    case ExpectedStatus::kProvisionalJudgement:
      return "is provisionally judgement";
    case ExpectedStatus::kNotCovered:
      return "is not covered";
    case ExpectedStatus::kConflict:
      return "is conflict";
  }
  return {};
}

std::string NeedsText(const std::vector<std::string>& needs) {
  std::string text;
  for (const std::string& need : needs) text += (text.empty() ? " needs " : ", ") + need;
  return text;
}

void PrintTest(Dump& dump, const Test& test) {
  const Policy& policy = dump.policy;
  dump.variables.clear();
  dump.Line(0, "test \"" + test.name + "\" of " + policy.protocols[test.protocol.index].name);
  if (!test.cases.empty()) dump.Line(1, "case of " + test.cases);
  if (test.setup.today) {
    const Moment& today = *test.setup.today;
    dump.Line(1, "today " + (today.time ? calendar::Format(*today.time) : calendar::Format(today.date)));
  }
  for (const Given& given : test.setup.given) {
    const Fact& fact = policy.facts[given.fact.index];
    dump.Line(1, "given " + fact.name + " = " + GivenText(policy, given.value, fact.type));
  }
  for (const OutputExpectation& expected : test.outputs) {
    const Output& output = policy.outputs[expected.output.index];
    std::string because;
    for (const RuleId rule : expected.because) {
      because += (because.empty() ? " because " : ", ") + policy.rules[rule.index].name;
    }
    const std::string value = PrintValue(policy, expected.value, output.type);
    dump.Line(1,
              "expect " + output.name + " " + StatusText(expected.status, value) + NeedsText(expected.needs) + because);
  }
  for (const DutyExpectation& expected : test.duties) {
    const std::string status = expected.status == ExpectedStatus::kUnknown
                                   ? " is unknown"
                                   : (expected.status == ExpectedStatus::kProvisionally ? " is provisional" : "");
    dump.Line(1, std::string("expect ") + (expected.absent ? "no duty " : "") + DutyText(dump, expected.duty) + status +
                     NeedsText(expected.needs));
  }
}

}  // namespace

std::string_view ModalityText(Modality modality) {
  switch (modality) {
    case Modality::kMust:
      return "must";
    case Modality::kMustNot:
      return "must not";
    case Modality::kShould:
      return "should";
    case Modality::kShouldNot:
      return "should not";
    case Modality::kMay:
      return "may";
    case Modality::kNeedNot:
      return "need not";
    case Modality::kMustConsider:
      return "must consider";
    case Modality::kShouldConsider:
      return "should consider";
    case Modality::kMayConsider:
      return "may consider";
  }
  return {};
}

std::string Print(const Policy& policy) {
  Dump dump{policy, {}, {}};
  dump.Line(0, "policy " + policy.id + " version " + policy.version);
  dump.Texts(1, "title", policy.titles);
  if (!policy.issuer.empty()) dump.Line(1, "issuer \"" + policy.issuer + "\"");
  if (policy.in_force) {
    dump.Line(1, "in force from " + calendar::Format(policy.in_force->from) +
                     (policy.in_force->until ? " to " + calendar::Format(*policy.in_force->until) : ""));
  }
  for (const Interpretation& interpretation : policy.interpretations) {
    dump.Line(1, "interpretation " + interpretation.id + " \"" + interpretation.text + "\"");
    for (const std::string& other : interpretation.alternatives) dump.Line(2, "instead of \"" + other + "\"");
    for (const RoleId role : interpretation.settled_by) {
      dump.Line(2, "to be settled by " + policy.roles[role.index].name);
    }
    if (interpretation.text_unavailable) dump.Line(2, "text unavailable");
    dump.Cites(2, interpretation.cites);
  }
  PrintCategories(dump);
  PrintRecords(dump);
  PrintFacts(dump);
  PrintVocabulary(dump);
  PrintProtocols(dump);
  for (const Test& test : policy.tests) PrintTest(dump, test);
  for (const Claim& claim : policy.claims) {
    dump.Line(0, std::string("claim conforms") + (claim.exactly ? " exactly" : ""));
    if (!claim.because.empty()) dump.Line(1, "because \"" + claim.because + "\"");
    dump.Cites(1, claim.cites);
  }
  for (const Answer& answer : policy.answers) {
    dump.Line(0, answer.what + " " + answer.path + " answers " + answer.statement);
  }
  for (const Omission& omission : policy.omissions) {
    dump.Line(0, "omit " + omission.statement + " because \"" + omission.because + "\"");
    dump.Cites(1, omission.cites);
  }
  return std::move(dump.text);
}

}  // namespace cordon::model
