// PatientWords: a patient in words, and as a `test` statement.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "facts/subject.h"
#include "symbolic/frame.h"
#include "symbolic/patient.h"

namespace cordon::analyse {

// What some conditions read: scalars of the frame, and fields of lists.
struct Read {
  std::set<std::size_t> scalars;
  std::set<std::pair<std::uint32_t, std::uint32_t>> fields;  // of a list
  std::set<std::uint32_t> lists;
};
Read ReadBy(const symbolic::Terms& terms, const std::vector<symbolic::TermId>& conditions);

// The facts of one version that conditions read, in order of declaration: name and value as the language writes it.
// All of them; or without what is plain, a `no` or an empty list or a symbol that `needed` does not read.
std::vector<std::pair<std::string, std::string>> AllFactsInWords(const symbolic::Frame& frame, std::size_t version,
                                                                 const Read& read, const symbolic::Patient& patient);
std::vector<std::pair<std::string, std::string>> FactsInWords(const symbolic::Frame& frame, std::size_t version,
                                                              const Read& read, const Read& needed,
                                                              const symbolic::Patient& patient);

// One cell as a policy's tests write it: `{ country: DE, admitted: 2025-03-01T12:00 }`, `[]`, `yes`.
std::string CellText(const model::Policy& policy, const model::Type& type, const facts::Cell& cell);

}  // namespace cordon::analyse
