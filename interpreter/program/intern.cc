// Nodes, each once; see intern.h.
#include "program/intern.h"

#include <algorithm>
#include <utility>

#include "support/assert.h"

namespace cordon::program {
namespace {

void Write(std::string& key, std::int64_t number) { key.append(reinterpret_cast<const char*>(&number), sizeof number); }

void Write(std::string& key, const Source& source) {
  Write(key, source.fact.index);
  Write(key, source.field ? static_cast<std::int64_t>(*source.field) : -1);
}

std::string KeyOf(const BoolNode& node) {
  std::string key;
  for (const std::uint32_t part : {static_cast<std::uint32_t>(node.kind), node.space.index, node.a.index, node.b.index,
                                   node.mask.index, node.over.index, node.output.index,
                                   static_cast<std::uint32_t>(node.test), static_cast<std::uint32_t>(node.truth)}) {
    Write(key, part);
  }
  Write(key, node.source);
  Write(key, node.count);
  Write(key, static_cast<std::int64_t>(node.value.kind));
  Write(key, node.value.number);
  for (BoolId arg : node.args) Write(key, arg.index);
  return key + node.value.text;
}

std::string KeyOf(const ScalarNode& node) {
  std::string key;
  for (const std::uint32_t part :
       {static_cast<std::uint32_t>(node.kind), static_cast<std::uint32_t>(node.type), node.space.index, node.a.index,
        node.b.index, node.condition.index, node.over.index, static_cast<std::uint32_t>(node.direction)}) {
    Write(key, part);
  }
  Write(key, node.source);
  Write(key, node.number);
  Write(key, node.period.months);
  Write(key, node.period.minutes);
  return key + node.text;
}

}  // namespace

Interner::Interner(Program& program) : program_(program) {
  if (program_.spaces.empty()) program_.spaces.emplace_back();
}

std::size_t Interner::DepthOf(SpaceId space) const {
  std::size_t depth = 0;
  for (SpaceId at = space; program_.spaces[at.index].parent.valid(); at = program_.spaces[at.index].parent) ++depth;
  return depth;
}

SpaceId Interner::Deeper(SpaceId a, SpaceId b) const { return DepthOf(a) >= DepthOf(b) ? a : b; }

BoolId Interner::Bool(BoolNode node) {
  const auto [found, is_new] = bools_.emplace(KeyOf(node), BoolId(program_.bools.size()));
  if (is_new) program_.bools.push_back(std::move(node));
  return found->second;
}

ScalarId Interner::Scalar(ScalarNode node) {
  const auto [found, is_new] = scalars_.emplace(KeyOf(node), ScalarId(program_.scalars.size()));
  if (is_new) program_.scalars.push_back(std::move(node));
  return found->second;
}

MaskId Interner::MaskOf(Mask mask) {
  const auto [found, is_new] = masks_.emplace(mask, MaskId(program_.masks.size()));
  if (is_new) program_.masks.push_back(std::move(mask));
  return found->second;
}

SpaceId Interner::SpaceOf(SpaceId parent, model::FactId list, BoolId guard) {
  for (std::size_t i = 1; i < program_.spaces.size(); ++i) {
    const Space& space = program_.spaces[i];
    if (space.parent == parent && space.list == list && space.guard == guard) return SpaceId(i);
  }
  program_.spaces.push_back({parent, list, guard});
  return SpaceId(program_.spaces.size() - 1);
}

BoolId Interner::Constant(bool truth) {
  BoolNode node;
  node.truth = truth;
  return Bool(std::move(node));
}

BoolId Interner::Not(BoolId arg) {
  const BoolNode& inner = node(arg);
  if (inner.kind == BoolKind::kConstant) return Constant(!inner.truth);
  if (inner.kind == BoolKind::kNot) return inner.args[0];
  BoolNode made;
  made.kind = BoolKind::kNot;
  made.space = inner.space;
  made.args = {arg};
  return Bool(std::move(made));
}

BoolId Interner::And(std::vector<BoolId> args) { return Connect(BoolKind::kAnd, std::move(args)); }
BoolId Interner::Or(std::vector<BoolId> args) { return Connect(BoolKind::kOr, std::move(args)); }

// Nested ones are one; what reads no element is connected first, and asked once a row.
BoolId Interner::Connect(BoolKind kind, std::vector<BoolId> args) {
  const bool neutral = kind == BoolKind::kAnd;
  std::vector<BoolId> flat;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const BoolNode& arg = node(args[i]);
    if (arg.kind == BoolKind::kConstant) {
      if (arg.truth != neutral) return Constant(!neutral);
    } else if (arg.kind == kind) {
      const std::vector<BoolId> inner = arg.args;
      args.insert(args.end(), inner.begin(), inner.end());
    } else {
      flat.push_back(args[i]);
    }
  }
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  if (flat.empty()) return Constant(neutral);
  SpaceId deepest = kRows;
  for (BoolId arg : flat) deepest = Deeper(node(arg).space, deepest);
  std::vector<BoolId> here;
  std::vector<BoolId> above;
  for (BoolId arg : flat) (node(arg).space == deepest ? here : above).push_back(arg);
  if (!above.empty()) here.push_back(At(Connect(kind, above), deepest));
  if (here.size() == 1) return here[0];
  BoolNode made;
  made.kind = kind;
  made.space = deepest;
  made.args = std::move(here);
  return Bool(std::move(made));
}

BoolId Interner::At(BoolId id, SpaceId space) {
  if (node(id).space == space) return id;
  if (node(id).kind == BoolKind::kConstant) {
    BoolNode made = node(id);
    made.space = space;
    return Bool(std::move(made));
  }
  const SpaceId parent = program_.spaces[space.index].parent;
  CORDON_ASSERT(parent.valid());
  BoolNode made;
  made.kind = BoolKind::kSpread;
  made.space = space;
  made.args = {At(id, parent)};
  return Bool(std::move(made));
}

ScalarId Interner::At(ScalarId id, SpaceId space) {
  if (node(id).space == space) return id;
  const ScalarNode above = node(id);
  ScalarNode made;
  if (above.kind == ScalarKind::kConstant || above.kind == ScalarKind::kNoValue) {
    made = above;
    made.space = space;
    return Scalar(std::move(made));
  }
  const SpaceId parent = program_.spaces[space.index].parent;
  CORDON_ASSERT(parent.valid());
  made.kind = ScalarKind::kSpread;
  made.type = above.type;
  made.space = space;
  made.a = At(id, parent);
  return Scalar(std::move(made));
}

}  // namespace cordon::program
