// Readers: which rules and rows stand behind a declaration of a policy, because they are it or read it.
//
// A fact is read by the rules whose conditions name it, and by those that name a definition that does, at whatever
// remove; a parameter, a set, a group, an action, a category, a record and its fields in the same way. Rules are not
// followed further: who reads what a rule concludes is another matter. Found by the uses of names, since a parameter is
// no longer to be seen in the model. Tested by tests/golden/statements/tested.golden.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "check/references.h"
#include "compose/compose.h"
#include "model/model.h"

namespace cordon::statements {

class Readers {
 public:
  // `references` are those of `composed`, from which `policy` was made. Costs about its text.
  Readers(const model::Policy& policy, const compose::Composed& composed, const check::References& references);

  // The rules behind what is `what` ("fact", as model::Answer has it) and is called `path`, in order of declaration.
  // Costs at most the uses of names.
  std::vector<model::RuleId> Of(const std::string& what, const std::string& path) const;
  // The guarantees that read it, by path.
  std::vector<std::string> GuaranteesOf(const std::string& what, const std::string& path) const;

 private:
  struct Unit {
    std::string what;
    std::string path;
    diagnostics::Span extent;
    std::size_t around = 0;  // the unit that it stands in; its own number where there is none
  };

  void AddUnits(const compose::Composed& composed);
  std::size_t Innermost(const diagnostics::Span& span) const;
  std::vector<std::size_t> Ends(const std::string& what, const std::string& path) const;

  const model::Policy& policy_;
  std::vector<Unit> units_;                      // by place
  std::vector<std::vector<std::size_t>> users_;  // by unit
  std::map<std::pair<std::string, std::string>, std::size_t> unit_of_;
  std::map<std::string, std::vector<model::RuleId>> rules_of_;  // by path of a rule, row, table or protocol
};

}  // namespace cordon::statements
