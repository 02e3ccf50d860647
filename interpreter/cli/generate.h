// Generate: `cordon test --generate`, the tests that a policy would need.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "model/model.h"

namespace cordon::cli {

// What the command line says of it.
struct GenerateRequest {
  bool generate = false;
  std::string protocol;  // this one alone; empty: all
};

// Reports E0890 for each of `others`, an option and whether it is given, where tests are to be generated; and E0891
// where a protocol is named and none are.
void CheckGenerateAlone(const GenerateRequest& request, const std::vector<std::pair<std::string_view, bool>>& others,
                        diagnostics::Sink& sink);

// The statements of each protocol as results, laid out, to stand in it. The status says whether it is undecided of some
// goal whether a patient meets it. Reports E0808.
void Generate(const model::Policy& policy, const diagnostics::Sources& sources, const std::string& protocol,
              diagnostics::Sink& sink, Ending& ending);

}  // namespace cordon::cli
