// Counts and prints; see question_table.h.
#include "question_table.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <sstream>
#include <vector>

#include "calendar/calendar.h"
#include "patients.h"
#include "questions.h"
#include "support/assert.h"

namespace cordon::bench {
namespace {

constexpr int kNameWidth = 44;
constexpr const char* kProtocol = "admission";
constexpr const char* kForm = "skema_1a";

// By way: the interview, the form until all is settled, the whole form.
constexpr std::size_t kNumWays = 3;
constexpr std::array<const char*, kNumWays> kWays = {"cordon ask", "skema 1a's order, until all is settled",
                                                     "skema 1a's order, to the end"};
using Counts = std::array<std::vector<std::size_t>, kNumWays>;

model::ProtocolId FindAdmission(const model::Policy& policy) {
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    if (policy.protocols[i].name == kProtocol) return model::ProtocolId(i);
  }
  CORDON_ASSERT(false);
}

Counts Count(const model::Policy& policy, const Options& options, Kind kind) {
  const model::ProtocolId protocol = FindAdmission(policy);
  const facts::Cell setting = InpatientSetting(policy);
  const std::vector<model::FactId> order = FormOrder(policy, protocol, kForm);
  const model::Moment as_of{*calendar::MakeDate(2025, 3, 1), std::nullopt};
  tests::Random random(options.seed);
  Counts counts;
  for (std::size_t i = 0; i < options.num_patients; ++i) {
    const facts::Subject patient = RandomPatient(policy, as_of, setting, kind, random);
    counts[0].push_back(Interview(policy, protocol, patient, options.look_ups).num_questions);
    counts[1].push_back(Form(policy, protocol, patient, options.look_ups, order, Stop::kWhenSettled).num_questions);
    counts[2].push_back(Form(policy, protocol, patient, options.look_ups, order, Stop::kAtTheEnd).num_questions);
  }
  for (std::vector<std::size_t>& way : counts) std::sort(way.begin(), way.end());
  return counts;
}

double MeanOf(const std::vector<std::size_t>& counts) {
  double sum = 0;
  for (const std::size_t count : counts) sum += static_cast<double>(count);
  return sum / static_cast<double>(counts.size());
}

// The least number that so many of 100 do not exceed. `counts` is sorted.
std::size_t Percentile(const std::vector<std::size_t>& counts, std::size_t percent) {
  return counts[(counts.size() * percent + 99) / 100 - 1];
}

void AddPart(const char* heading, const Counts& counts, std::ostringstream& text) {
  text << "\n"
       << std::left << std::setw(kNameWidth) << heading << std::right << std::setw(6) << "mean" << std::setw(8)
       << "median" << std::setw(17) << "90th percentile" << std::setw(7) << "ratio"
       << "\n";
  for (std::size_t way = 0; way < kNumWays; ++way) {
    text << std::left << std::setw(kNameWidth) << kWays[way] << std::right << std::fixed << std::setprecision(1)
         << std::setw(6) << MeanOf(counts[way]) << std::setw(8) << Percentile(counts[way], 50) << std::setw(17)
         << Percentile(counts[way], 90) << std::setprecision(2) << std::setw(7)
         << MeanOf(counts[way]) / std::max(MeanOf(counts[0]), 1.0) << "\n";
  }
}

}  // namespace

std::string Table(const model::Policy& policy, const Options& options) {
  std::ostringstream text;
  const bool all = options.look_ups == evaluate::LookUps::kAll;
  text << "Questions until no answer could settle more: " << policy.id << " " << policy.version << ", " << kProtocol
       << (all ? "" : ", assumptions kept") << "; " << options.num_patients << " patients, seed " << options.seed
       << "\n";
  AddPart("Ordinary patients", Count(policy, options, Kind::kOrdinary), text);
  AddPart("Yes as likely as no", Count(policy, options, Kind::kEven), text);
  return text.str();
}

}  // namespace cordon::bench
