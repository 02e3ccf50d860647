// Admissions: made-up patients of the Danish guideline's `admission`, as documents of the evaluation contract, one a
// line.
//
// For measuring, and for holding fast ways against each other: each row of skema 2 applies to about a tenth of the
// patients, and the edges of every condition are met often: exactly 24 hours and a minute more, 7 and 8 days, exactly
// 6 months and a day more, the ends of months, exactly four weeks and one month since a test, days after the as-of
// date. Nobody has counted these people. What a document says hangs on the options and its own number alone. Held
// against the evaluator and the hand-written rules by tests/bench/agreement.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace cordon::bench {

struct AdmissionOptions {
  std::uint64_t seed = 1;
  // Of each fact and each field of a record: how often it is unknown, half of these null and half absent. A care
  // setting, an as-of date and somebody's decision are as in other documents.
  std::size_t percent_unknown = 0;
  std::optional<std::size_t> num_stays;  // of hospital stays, in each document; nothing: 0 to 3
};

// Appends document `number` and a line break. All are accepted for the policy dk.cpo of 2018-09-04.
void AppendAdmission(std::uint64_t number, const AdmissionOptions& options, std::string& text);

}  // namespace cordon::bench
