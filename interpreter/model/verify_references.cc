// Ids of everything but expressions, rules and duties; see verifier.h.
#include <algorithm>

#include "model/verifier.h"

namespace cordon::model {
namespace {

void ReferAll(Verifier& v, const std::vector<InterpretationId>& ids, const std::string& where) {
  for (const InterpretationId id : ids) v.Refers(id, v.policy.interpretations, where + ": no interpretation");
}

void VerifyCategory(Verifier& v, const Category& category) {
  const std::string& where = category.name;
  v.Require(!category.nodes.empty() && !category.leaves.empty(), where + ": a category of nothing");
  for (std::size_t i = 0; i < category.leaves.size(); ++i) {
    const std::size_t node = category.leaves[i];
    const bool ok = node < category.nodes.size() && category.nodes[node].is_leaf() &&
                    category.nodes[node].first_leaf == i && category.nodes[node].end_leaf == i + 1;
    v.Require(ok, where + ": a leaf that is none");
  }
  for (const CategoryNode& node : category.nodes) {
    const bool ok = node.first_leaf < node.end_leaf && node.end_leaf <= category.leaves.size();
    v.Require(ok && (node.has_children || category.leaves[node.first_leaf] < category.nodes.size()),
              where + ": a symbol without leaves");
    if (ok && node.is_leaf()) {
      v.Require(&category.nodes[std::min(category.leaves[node.first_leaf], category.nodes.size() - 1)] == &node,
                where + ": a leaf out of order");
    }
  }
}

void VerifyFieldType(Verifier& v, const Type& type, const std::string& where) {
  if (type.kind == TypeKind::kCategory) v.Refers(type.category, v.policy.categories, where + ": no category");
  v.Require(IsScalar(type.kind), where + ": no single value");
}

void VerifyRecord(Verifier& v, const Record& record) {
  const std::string& where = record.name;
  v.Require(record.self.valid() && record.self.index < v.policy.num_variables, where + ": no element of its own");
  for (const Field& field : record.fields) VerifyFieldType(v, field.type, where + "." + field.name);
  v.RefersIfValid(record.named_by, record.fields, where + ": named by no field");
}

void VerifyFact(Verifier& v, const Fact& fact) {
  const Type& type = fact.type;
  const TypeKind kind = type.kind == TypeKind::kList ? type.element : type.kind;
  v.Require(kind != TypeKind::kGroup && kind != TypeKind::kList, fact.name + ": no fact's type");
  ReferAll(v, fact.interpretations, fact.name);
}

void VerifyTable(Verifier& v, const Table& table) {
  v.Refers(table.protocol, v.policy.protocols, table.name + ": no protocol");
  for (const RuleId row : table.rows) v.Refers(row, v.policy.rules, table.name + ": no row");
  for (const TablePart& part : table.parts) {
    for (const RuleId row : part.rows) v.Refers(row, v.policy.rules, table.name + ": no row");
  }
}

// The protocol's rows name it, and each other's.
void VerifyProtocol(Verifier& v, const Protocol& protocol, ProtocolId id) {
  const std::string& where = protocol.name;
  for (const OutputId output : protocol.outputs) {
    v.Require(v.policy.outputs[output.index].protocol == id, where + ": an output of another protocol");
  }
  for (const RuleId rule : protocol.rules) {
    v.Require(v.policy.rules[rule.index].protocol == id, where + ": a rule of another protocol");
  }
  v.Require(std::is_sorted(protocol.settings.begin(), protocol.settings.end()), where + ": unsorted settings");
  if (protocol.settings.empty() || !v.Refers(v.policy.setting, v.policy.facts, where + ": no setting")) return;
  const Type& type = v.policy.facts[v.policy.setting.index].type;
  if (type.kind != TypeKind::kCategory || !v.Refers(type.category, v.policy.categories, where + ": no settings"))
    return;
  const std::size_t num_settings = v.policy.categories[type.category.index].leaves.size();
  for (const std::size_t leaf : protocol.settings) v.Require(leaf < num_settings, where + ": no such setting");
}

void VerifySetting(Verifier& v) {
  if (!v.policy.setting.valid() || !v.Refers(v.policy.setting, v.policy.facts, "no setting")) return;
  const Type& type = v.policy.facts[v.policy.setting.index].type;
  v.Require(type.kind == TypeKind::kCategory && !type.or_none, "a setting that is no category");
  v.Require(!v.policy.facts[v.policy.setting.index].is_decision, "a setting that is somebody's decision");
}

}  // namespace

void VerifyReferences(Verifier& v) {
  if (!v.broken.empty()) return;
  const Policy& policy = v.policy;
  for (const Category& category : policy.categories) VerifyCategory(v, category);
  for (const Record& record : policy.records) VerifyRecord(v, record);
  for (const Fact& fact : policy.facts) VerifyFact(v, fact);
  for (const Action& action : policy.actions) {
    for (const ActionParameter& parameter : action.parameters) {
      if (parameter.type.kind != TypeKind::kGroup) VerifyFieldType(v, parameter.type, action.name);
    }
  }
  for (const Param& param : policy.params) ReferAll(v, param.interpretations, param.name);
  for (const Define& define : policy.defines) ReferAll(v, define.interpretations, define.name);
  for (const Interpretation& one : policy.interpretations) {
    for (const RoleId role : one.settled_by) v.Refers(role, policy.roles, one.id + ": settled by nobody");
  }
  for (const InterpretationPlace& place : policy.interpretation_places) {
    v.Refers(place.interpretation, policy.interpretations, place.path + ": no interpretation");
  }
  for (const Judgement& judgement : policy.judgements) {
    for (const RoleId role : judgement.with) v.Refers(role, policy.roles, "a judgement with nobody");
  }
  for (const Output& output : policy.outputs) {
    v.Refers(output.protocol, policy.protocols, output.name + ": no protocol");
    ReferAll(v, output.interpretations, output.name);
  }
  for (const Table& table : policy.tables) VerifyTable(v, table);
  VerifySetting(v);
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) VerifyProtocol(v, policy.protocols[i], ProtocolId(i));
}

}  // namespace cordon::model
