// Fields: what each row of the model consists of, in the order in which a compiled policy holds it.
//
// One list serves writing (pack.h) and reading (unpack.h). A binding names every field of its row, so that the compiler
// refuses a list that has forgotten one. Whoever changes a list, or an order, raises kFormat in compiled.h; the unit
// test of the layout says so. Tested by tests/unit/compiled_test.cc.
#pragma once

#include <concepts>
#include <type_traits>

#include "model/model.h"

namespace cordon::compiled {

template <typename Given, typename Row>
concept Like = std::same_as<std::remove_const_t<Given>, Row>;

// Gives all fields of `row` to `archive`.
#define CORDON_FIELDS(Row, ...)                \
  template <typename Archive, Like<Row> Given> \
  void Fields(Archive& archive, Given& row) {  \
    auto& [__VA_ARGS__] = row;                 \
    archive(__VA_ARGS__);                      \
  }

// The last value of each enumeration: nothing after it is one.
template <typename Enum>
constexpr Enum kLast = Enum::kNothingIsKnownOfThisOne;
#define CORDON_LAST(Enum, value) \
  template <>                    \
  inline constexpr Enum kLast<Enum> = Enum::value

CORDON_LAST(value::Kind, kNone);
CORDON_LAST(model::TypeKind, kGroup);
CORDON_LAST(model::ExprKind, kOutputIs);
CORDON_LAST(model::OutputTest, kConflict);
CORDON_LAST(model::Modality, kMayConsider);
CORDON_LAST(model::EventRelation, kDuring);
CORDON_LAST(model::DueKind, kEvery);
CORDON_LAST(model::Mode, kUnique);
CORDON_LAST(model::ChangeKind, kRename);
#undef CORDON_LAST

CORDON_FIELDS(calendar::Date, days)
CORDON_FIELDS(calendar::Period, months, minutes)
CORDON_FIELDS(value::Value, kind, number, text)
CORDON_FIELDS(model::LangText, language, text)
CORDON_FIELDS(model::Type, kind, category, record, element, or_none)
CORDON_FIELDS(model::CategoryNode, name, path, first_leaf, end_leaf, texts, has_children)
CORDON_FIELDS(model::Category, name, is_scale, nodes, leaves, span)
CORDON_FIELDS(model::Field, name, type, derived, help, span)
CORDON_FIELDS(model::Require, condition, span)
CORDON_FIELDS(model::Record, name, self, fields, requirements, named_by, span)
CORDON_FIELDS(model::Assume, empty_list, value, unless_asked, because)
CORDON_FIELDS(model::Fact, name, subject, type, recorded, is_decision, assume, ask, help, confidential_to, cites,
              interpretations, span)
CORDON_FIELDS(model::Group, name, facts, texts, cites, span)
CORDON_FIELDS(model::Role, name, texts)
CORDON_FIELDS(model::Event, name, texts)
CORDON_FIELDS(model::ActionParameter, name, type)
CORDON_FIELDS(model::Action, name, parameters, texts)
CORDON_FIELDS(model::Param, name, value, interpretations, span)
CORDON_FIELDS(model::Define, name, value, cites, interpretations, span)
CORDON_FIELDS(model::Interpretation, id, text, span, recorded, alternatives, settled_by, text_unavailable, cites)
CORDON_FIELDS(model::Expr, kind, type, span, args, value, fact, field, define, variable, output, test, leaves, period,
              direction, count)
CORDON_FIELDS(model::EventTiming, relation, event)
CORDON_FIELDS(model::ForEach, variable, list)
CORDON_FIELDS(model::Due, kind, date, period)
CORDON_FIELDS(model::Duty, actor, modality, action, args, each, as_far_as_possible, timings, when_texts, dues,
              stands_while, with, except, to, span)
CORDON_FIELDS(model::Judgement, by, with, weighing, decided_in, span)
CORDON_FIELDS(model::OutputConclusion, output, value, exactly)
CORDON_FIELDS(model::Part, condition, text, span)
CORDON_FIELDS(model::Rule, name, protocol, table, row_name, for_each, parts, conclusions, duties, overrides,
              drops_outputs, drops_actions, because, cites, quotes, interpretations, span)
CORDON_FIELDS(model::TablePart, rows, independent)
CORDON_FIELDS(model::Table, name, protocol, rows, because, span, parts, with_gaps, first_row_wins, in_setting)
CORDON_FIELDS(model::Output, name, protocol, type, mode, default_value, default_cites, means, texts, quotes,
              interpretations, span)
CORDON_FIELDS(model::Guarantee, name, never, condition, cites, span)
CORDON_FIELDS(model::Release, output, to, texts, because, cites, span)
CORDON_FIELDS(model::Claim, exactly, because, cites, span)
CORDON_FIELDS(model::InterpretationPlace, interpretation, what, path, span)
CORDON_FIELDS(model::Answer, statement, what, path, span)
CORDON_FIELDS(model::Omission, statement, because, cites, span)
CORDON_FIELDS(model::Protocol, name, subject, settings, outputs, rules, guarantees, releases, cites, span)
CORDON_FIELDS(model::BaseVersion, id, version, adapted, text_unavailable, until)
CORDON_FIELDS(model::Change, kind, path, new_path, because, cites, version, span)
CORDON_FIELDS(model::InForce, from, until)
#undef CORDON_FIELDS

// All but the tests, which belong to the text.
template <typename Archive, Like<model::Policy> Given>
void Fields(Archive& archive, Given& policy) {
  auto& [id, version, digest, titles, issuer, in_force, languages, categories, records, facts, groups, roles, events,
         actions, params, defines, protocols, outputs, rules, tables, judgements, interpretations,
         interpretation_places, tests, releases, claims, answers, omissions, bases, changes, exprs, num_variables,
         setting] = policy;
  static_cast<void>(tests);
  archive(id, version, digest, titles, issuer, in_force, languages, categories, records, facts, groups, roles, events);
  archive(actions, params, defines, protocols, outputs, rules, tables, judgements, interpretations);
  archive(interpretation_places, releases, claims, answers, omissions, bases, changes, exprs, num_variables, setting);
}

// Whether values of `T` are rows with fields.
template <typename Archive, typename T>
concept HasFields = requires(Archive& archive, T& row) {
  Fields(archive, row);
};

}  // namespace cordon::compiled
