// Phrases: what stands in the policy's files at a place, on one line, and how it would read with a small change.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/source.h"

namespace cordon::analyse {

class Phrases {
 public:
  explicit Phrases(const diagnostics::Sources& sources) : sources_(sources) {}

  // White space folded; empty for an invalid span.
  std::string Of(const diagnostics::Span& span) const;

  // `whole`, with `text` where `part` stands; nothing where `part` does not stand in it.
  std::optional<std::string> With(const diagnostics::Span& whole, const diagnostics::Span& part,
                                  std::string_view text) const;

  // `whole`, with `to` for every word or sign `from` that stands outside of `parts`; nothing where there is none. Of a
  // word that is left out the blank behind it goes too.
  std::optional<std::string> WithWord(const diagnostics::Span& whole, const std::vector<diagnostics::Span>& parts,
                                      std::string_view from, std::string_view to) const;

 private:
  bool Stands(const diagnostics::Span& span) const;

  const diagnostics::Sources& sources_;
};

}  // namespace cordon::analyse
