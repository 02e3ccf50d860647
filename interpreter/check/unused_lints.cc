// Warnings about declarations that nothing uses, and interpretations whose id stands for two texts; see lints.h.
//
// What the model keeps is looked for there; sets and parameters, which are gone from it, among the names that the files
// spell. A test's use counts: what it names cannot be taken out. Tested by tests/golden/lints/unused.golden.
#include <map>
#include <set>

#include "check/lints.h"

namespace cordon::check {

namespace {

struct Used {
  std::set<std::uint32_t> roles;
  std::set<std::uint32_t> events;
  std::set<std::uint32_t> actions;
  std::set<std::uint32_t> groups;
};

void AddDuty(const model::Duty& duty, Used& used) {
  used.roles.insert(duty.actor.index);
  for (const model::RoleId role : duty.with) used.roles.insert(role.index);
  for (const model::RoleId role : duty.to) used.roles.insert(role.index);
  used.actions.insert(duty.action.index);
  for (const model::EventTiming& timing : duty.timings) used.events.insert(timing.event.index);
  for (const model::Argument& argument : duty.args) {
    if (const auto* group = std::get_if<model::GroupId>(&argument)) used.groups.insert(group->index);
  }
}

void AddJudgement(const model::Judgement& judgement, Used& used) {
  used.roles.insert(judgement.by.index);
  for (const model::RoleId role : judgement.with) used.roles.insert(role.index);
  if (judgement.weighing.valid()) used.groups.insert(judgement.weighing.index);
}

// The roles and actions that head a column, whether or not a cell speaks.
void AddHeadings(const Context& ctx, Used& used) {
  for (const ProtocolInfo& info : ctx.protocols) {
    for (const syntax::Member& member : info.written.decl->members) {
      const auto* table = std::get_if<syntax::TableDecl>(&member);
      if (table == nullptr) continue;
      for (const syntax::TablePart& part : table->parts) {
        for (const syntax::OutHead& head : part.outputs) {
          const auto role = ctx.roles.find(head.role.text);
          const auto action = ctx.actions.find(head.action.text);
          if (role != ctx.roles.end()) used.roles.insert(static_cast<std::uint32_t>(role->second.index));
          if (action != ctx.actions.end()) used.actions.insert(static_cast<std::uint32_t>(action->second.index));
        }
      }
    }
  }
}

Used FindUsed(const Context& ctx) {
  const model::Policy& policy = ctx.policy;
  Used used;
  for (const model::Rule& rule : policy.rules) {
    for (const model::Duty& duty : rule.duties) AddDuty(duty, used);
    for (const model::ActionId action : rule.drops_actions) used.actions.insert(action.index);
  }
  for (const model::Output& output : policy.outputs) {
    if (output.means) AddDuty(*output.means, used);
  }
  for (const model::Judgement& judgement : policy.judgements) AddJudgement(judgement, used);
  for (const model::Interpretation& interpretation : policy.interpretations) {
    for (const model::RoleId role : interpretation.settled_by) used.roles.insert(role.index);
  }
  for (const model::Fact& fact : policy.facts) {
    for (const model::RoleId role : fact.confidential_to) used.roles.insert(role.index);
  }
  for (const model::Release& release : policy.releases) {
    for (const model::RoleId role : release.to) used.roles.insert(role.index);
  }
  for (const model::Test& test : policy.tests) {
    for (const model::DutyExpectation& expected : test.duties) AddDuty(expected.duty, used);
  }
  AddHeadings(ctx, used);
  return used;
}

bool InLibrary(const Context& ctx, const Span& span) {
  for (const syntax::File& file : ctx.unit.libraries) {
    if (file.source == span.source) return true;
  }
  return false;
}

void Report(Context& ctx, std::string_view what, const std::string& name, const Span& span) {
  if (!span.valid() || InLibrary(ctx, span)) return;
  ctx.sink.Report(Code::kUnusedDeclaration, span, "nothing uses the " + std::string(what) + " `" + name + "`",
                  "use it, or take it out");
}

void LintNames(Context& ctx, const NameTable& names, const std::set<std::uint32_t>& used, std::string_view what) {
  for (const auto& [name, entry] : names) {
    if (!used.contains(static_cast<std::uint32_t>(entry.index))) Report(ctx, what, name, entry.span);
  }
}

// Sets and parameters: by the names in expressions, and by `{name}` in texts.
void LintSpelled(Context& ctx) {
  std::set<std::string> spelled;
  const auto add = [&](const syntax::File& file) {
    for (const syntax::Expr& expr : file.exprs) {
      if (!expr.name.parts.empty()) spelled.insert(expr.name.parts[0].text);
    }
  };
  for (const syntax::File& file : ctx.unit.files) add(file);
  for (const syntax::File& file : ctx.unit.libraries) add(file);
  const auto in_texts = [&](const std::string& name) {
    const std::string braced = "{" + name + "}";
    for (const syntax::File& file : ctx.unit.files) {
      if (ctx.sources.text(file.source).find(braced) != std::string_view::npos) return true;
    }
    return false;
  };
  for (const auto& [name, entry] : ctx.sets) {
    // A set that cites the guideline is the guideline's own term, whether or not a rule needs it.
    const bool cited = !ctx.set_infos[entry.index].written.decl->notes.cites.empty();
    if (!cited && !spelled.contains(name)) Report(ctx, "set", name, entry.span);
  }
  for (const auto& [name, entry] : ctx.values) {
    if (entry.kind != NameKind::kParam || spelled.contains(name) || in_texts(name)) continue;
    Report(ctx, "parameter", name, entry.span);
  }
}

void LintFields(Context& ctx) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> read;
  std::set<std::uint32_t> records;  // those of which anything is read at all
  for (const model::Expr& expr : ctx.policy.exprs) {
    if (expr.kind != model::ExprKind::kField) continue;
    const model::RecordId record = ctx.policy.expr(expr.args[0]).type.record;
    read.emplace(record.index, expr.field.index);
    records.insert(record.index);
  }
  for (std::size_t i = 0; i < ctx.policy.records.size(); ++i) {
    const model::Record& record = ctx.policy.records[i];
    const auto index = static_cast<std::uint32_t>(i);
    if (!records.contains(index) || InLibrary(ctx, record.span)) continue;
    for (std::size_t k = 0; k < record.fields.size(); ++k) {
      if (read.contains({index, static_cast<std::uint32_t>(k)}) || record.named_by == model::FieldId(k)) continue;
      ctx.sink.Report(Code::kUnusedDeclaration, record.fields[k].span,
                      "nothing reads the field `" + record.fields[k].name + "` of `" + record.name + "`",
                      "use it, or take it out; where it only tells elements apart: `record " + record.name +
                          " named by " + record.fields[k].name + "`");
    }
  }
}

void LintInterpretations(Context& ctx) {
  std::map<std::string, const model::Interpretation*> first;
  for (const model::Interpretation& note : ctx.policy.interpretations) {
    const auto [entry, added] = first.emplace(note.id, &note);
    if (added) continue;
    const std::string name = "the interpretation `" + note.id + "`";
    if (entry->second->recorded) {
      ctx.sink.Report(Code::kInterpretationTwice, note.span, name + " has another text here than where it is recorded",
                      "leave the text out here, `interpretation " + note.id + "`, or give one of the two another id",
                      {{entry->second->span, "it is recorded here"}});
      continue;
    }
    ctx.sink.Report(Code::kInterpretationTwice, note.span, name + " has another text here than before",
                    "record it once at the left margin, and write `interpretation " + note.id +
                        "` here and there; or give one of the two an id of its own",
                    {{entry->second->span, "the first is here"}});
  }
}

}  // namespace

void LintUnused(Context& ctx) {
  const Used used = FindUsed(ctx);
  LintNames(ctx, ctx.roles, used.roles, "role");
  LintNames(ctx, ctx.events, used.events, "event");
  LintNames(ctx, ctx.actions, used.actions, "action");
  LintNames(ctx, ctx.groups, used.groups, "group");
  LintSpelled(ctx);
  LintFields(ctx);
  LintInterpretations(ctx);
}

}  // namespace cordon::check
