// Check: the syntax trees of one policy version and its libraries, to the model.
//
// Looks up every name, gives every expression its type, lowers sugar (see model/model.h), and reports what does not
// fit: names E02xx, types E03xx, structure and tables E04xx, lints W06xx.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/references.h"
#include "diagnostics/diagnostic.h"
#include "model/model.h"
#include "syntax/ast.h"

namespace cordon::check {

// A policy version as read: its own files (one of which has the header), and the libraries they use, transitively.
struct Unit {
  std::vector<syntax::File> files;
  std::vector<syntax::File> libraries;
  std::string digest;        // of all their names and contents
  bool is_composed = false;  // the files stand upon another version, which the header's own line no longer says
};

// The model of `unit`, or nothing where anything is in error. Several independent mistakes are reported in one run;
// what only follows from another mistake is not. Where `references` is given, the uses of names are noted there.
// REQUIRES: the files parsed without errors.
std::optional<model::Policy> Check(const diagnostics::Sources& sources, const Unit& unit, diagnostics::Sink& sink,
                                   References* references = nullptr);

}  // namespace cordon::check
