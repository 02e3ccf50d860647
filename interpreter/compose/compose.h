// Compose: a version that states only what it changes, put together with what it changes.
//
// "The base first, then all changes at once": every change names things of the base, so that neither the order of
// files nor of changes has a meaning. The result is the text of a policy as if written in one piece, and its syntax
// tree. Its spans lie in the composed texts; Origins leads back to the files as written.
// Source: docs/language/versions.md. Tested by tests/golden/versions and tests/unit/compose_test.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/check.h"
#include "check/references.h"
#include "compose/rope.h"
#include "diagnostics/diagnostic.h"
#include "model/model.h"
#include "syntax/ast.h"

namespace cordon::compose {

// One version as written: its own files.
struct Version {
  std::string id;       // `dk.cpo`
  std::string version;  // `2018-09-04`
  std::vector<syntax::File> files;
  std::string Name() const { return id + "@" + version; }
};

// One text of a composed policy.
struct Text {
  Rope rope;
  syntax::File tree;
};

// A name that a change took away, for messages about what still uses it.
struct Gone {
  std::string name;
  std::string what;
  std::string now;  // what it is called now; empty where it is removed
  Span change;
};

struct Composed {
  std::string id;
  std::string version;
  std::vector<Text> texts;
  std::vector<model::Change> changes;                       // lowest version first; in a version by path
  std::vector<model::BaseVersion> bases;                    // nearest first
  std::vector<Gone> gone;                                   // by the topmost version
  std::map<diagnostics::SourceId, std::string> written_in;  // a file as written -> its version's name
  std::map<std::string, std::string> libraries;             // what the libraries in use declare -> the library's name
  std::map<std::string, std::string> cites;                 // the sources that citations may name, with their texts
  std::string Name() const { return id + "@" + version; }
};

// What composing writes to.
struct Desk {
  diagnostics::Sources& sources;
  Origins& origins;
  diagnostics::Sink& sink;
};

// A version that stands alone, as it is.
Composed Root(const diagnostics::Sources& sources, Version version);

// `delta` put upon `base`. `references` are the uses of names in the base, for renames. Mistakes go to the sink, with
// spans in the files as written: E0451 to E0458. Nothing where there are any.
std::optional<Composed> Compose(Desk& desk, const Composed& base, const check::References& references,
                                const Version& delta);

// The header of a version: the first there is.
const syntax::PolicyHeader* HeaderOf(const std::vector<syntax::File>& files);

}  // namespace cordon::compose
