// Verifier: what the parts of Verify share; see verify.h. Only the sources beside it include this.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace cordon::model {

struct Verifier {
  const Policy& policy;
  std::vector<std::string> broken;

  void Require(bool holds, const std::string& what) {
    if (!holds) broken.push_back(what);
  }
  template <typename Id, typename Row>
  bool Refers(Id id, const std::vector<Row>& table, const std::string& what) {
    const bool ok = id.valid() && id.index < table.size();
    Require(ok, what);
    return ok;
  }
  template <typename Id, typename Row>
  void RefersIfValid(Id id, const std::vector<Row>& table, const std::string& what) {
    if (id.valid()) Refers(id, table, what);
  }
};

inline bool IsScalar(TypeKind kind) {
  return kind != TypeKind::kList && kind != TypeKind::kRecord && kind != TypeKind::kGroup;
}

// Whether the two differ in nothing but whether they can be none.
inline bool SameShape(const Type& a, const Type& b) {
  if (a.kind != b.kind) return false;
  const TypeKind kind = a.kind == TypeKind::kList ? a.element : a.kind;
  if (a.kind == TypeKind::kList && a.element != b.element) return false;
  if (kind == TypeKind::kCategory) return a.category == b.category;
  return kind != TypeKind::kRecord || a.record == b.record;
}

// Ids beside those of expressions, rules and duties, and rows that must agree with one another.
void VerifyReferences(Verifier& v);
// REQUIRES here and below: every id is good.
// Values and expressions: of the type that they stand for.
void VerifyValues(Verifier& v);
// Elements: read only where they are bound, as what they are bound to. Expressions: no deeper than can be walked.
void VerifyScopes(Verifier& v);
// Outputs, overrides and derived fields: none hangs on itself.
void VerifyOrder(Verifier& v);

}  // namespace cordon::model
