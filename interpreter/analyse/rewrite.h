// Rewrite: a term with some of its parts replaced, for asking what would be if the policy said something a little else.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "symbolic/term.h"

namespace cordon::analyse {

class Rewriter {
 public:
  // `replace`: what a term becomes whose parts are rewritten already; nothing: it stays.
  using Replace = std::function<std::optional<symbolic::TermId>(symbolic::TermId)>;

  Rewriter(symbolic::Terms& terms, Replace replace) : terms_(terms), replace_(std::move(replace)) {}

  symbolic::TermId Of(symbolic::TermId id);

 private:
  symbolic::TermId Rebuilt(symbolic::TermId id);

  symbolic::Terms& terms_;
  Replace replace_;
  std::map<symbolic::TermId, symbolic::TermId> known_;
};

}  // namespace cordon::analyse
