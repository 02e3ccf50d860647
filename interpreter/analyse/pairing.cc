// Pairs by name; see pairing.h.
#include "analyse/pairing.h"

#include <algorithm>

namespace cordon::analyse {

using model::Policy;
using model::ProtocolId;
using symbolic::Renames;

Renames RenamesOf(const Policy& old_policy, const Policy& new_policy) {
  Renames renames;
  // Changes come lowest version first: those that OLD has too are behind it.
  const std::size_t shared = old_policy.changes.size();
  for (std::size_t i = std::min(shared, new_policy.changes.size()); i < new_policy.changes.size(); ++i) {
    const model::Change& change = new_policy.changes[i];
    if (change.kind != model::ChangeKind::kRename) continue;
    std::string to = change.new_path;
    const std::size_t dot = change.path.rfind('.');
    if (dot != std::string::npos && to.find('.') == std::string::npos) to = change.path.substr(0, dot + 1) + to;
    renames[change.path] = to;
  }
  return renames;
}

std::string NewPath(const Renames& renames, const std::string& path) {
  const auto whole = renames.find(path);
  if (whole != renames.end()) return whole->second;
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) return path;
  return NewPath(renames, path.substr(0, dot)) + path.substr(dot);
}

std::vector<ProtocolPair> PairProtocols(const Policy& old_policy, const Policy& new_policy, const Renames& renames) {
  std::vector<ProtocolPair> pairs;
  for (std::size_t i = 0; i < new_policy.protocols.size(); ++i) {
    pairs.push_back({std::nullopt, ProtocolId(i), new_policy.protocols[i].name});
  }
  for (std::size_t i = 0; i < old_policy.protocols.size(); ++i) {
    const std::string name = NewPath(renames, old_policy.protocols[i].name);
    const auto same = [&](const ProtocolPair& pair) { return pair.name == name; };
    const auto found = std::find_if(pairs.begin(), pairs.end(), same);
    if (found != pairs.end()) {
      found->old_id = ProtocolId(i);
    } else {
      pairs.push_back({ProtocolId(i), std::nullopt, name});
    }
  }
  return pairs;
}

std::string PathOf(const Policy& policy, model::RuleId rule) {
  const model::Rule& of = policy.rules[rule.index];
  return policy.protocols[of.protocol.index].name + "." + of.name;
}

}  // namespace cordon::analyse
