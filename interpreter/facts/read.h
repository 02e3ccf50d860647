// ReadDocument: one JSON document of the evaluation contract, to a Subject.
//
// Source: the language manual, "Evaluation's contract".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::facts {

// What the command line says beside the document; each wins over the document.
struct Overrides {
  std::optional<model::Moment> as_of;
  std::optional<std::string> setting;
  std::optional<model::Moment> default_as_of;  // where neither the document nor the command line has one
  // Another version, for which the document is too: facts and fields that it alone declares are passed over.
  const model::Policy* other = nullptr;
};

// Reads the document in `source` against the facts of `policy`. Mistakes go to `sink` (E05xx), each with the JSON path
// in its message and its place in the document; several are reported in one run. Nothing where there was any.
std::optional<Subject> ReadDocument(const model::Policy& policy, const diagnostics::Sources& sources,
                                    diagnostics::SourceId source, const Overrides& overrides, diagnostics::Sink& sink);

// The document's as-of date, by which a policy's version is chosen before the document can be read against it. Nothing
// where the document has none that can be read; ReadDocument then says why.
std::optional<model::Moment> FindAsOf(const diagnostics::Sources& sources, diagnostics::SourceId source);

// The document's subject, by which a person knows whose it is where it is in error. Nothing where none can be read.
std::optional<std::string> FindSubject(const diagnostics::Sources& sources, diagnostics::SourceId source);

// Reads `2025-03-01` or `2025-03-01T14:30`.
std::optional<model::Moment> ParseMoment(std::string_view text);

}  // namespace cordon::facts
