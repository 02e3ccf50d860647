// Intern: nodes, each once; conditions simplified as they are made.
//
// Every maker returns a node in the lowest space that it can have: what reads no element is asked once a row, however
// deep it stands in a condition.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "program/program.h"

namespace cordon::program {

class Interner {
 public:
  explicit Interner(Program& program);

  BoolId Constant(bool truth);
  BoolId Not(BoolId arg);
  BoolId And(std::vector<BoolId> args);
  BoolId Or(std::vector<BoolId> args);
  BoolId Bool(BoolNode node);
  ScalarId Scalar(ScalarNode node);
  MaskId MaskOf(Mask mask);
  SpaceId SpaceOf(SpaceId parent, model::FactId list, BoolId guard);

  // The same node, for each entry of `space`. REQUIRES: `space` is the node's, or below it.
  BoolId At(BoolId node, SpaceId space);
  ScalarId At(ScalarId node, SpaceId space);
  // The deeper of two spaces, one of which lies below the other.
  SpaceId Deeper(SpaceId a, SpaceId b) const;

  const BoolNode& node(BoolId id) const { return program_.bools[id.index]; }
  const ScalarNode& node(ScalarId id) const { return program_.scalars[id.index]; }

 private:
  BoolId Connect(BoolKind kind, std::vector<BoolId> args);
  std::size_t DepthOf(SpaceId space) const;

  Program& program_;
  std::map<std::string, BoolId> bools_;
  std::map<std::string, ScalarId> scalars_;
  std::map<Mask, MaskId> masks_;
};

}  // namespace cordon::program
