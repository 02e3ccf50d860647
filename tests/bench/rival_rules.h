// Rival: what the Danish guideline's `admission` concludes, written out by hand: the yardstick that Cordon is held to.
//
// For complete patients only, whose facts have the right form: nothing is checked, nothing is explained, and a change
// of the guideline is a change of this program. The clauses are those of policies/dk/cpo/2018-09-04/admission.cordon
// and facts.cordon. Months are stepped by a table, and each of the six answers is a text made once. Held against
// `cordon batch` by tests/bench/agreement.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::rival {

constexpr int kFirstYear = 1900;
constexpr int kNumMonths = 12 * 201;

constexpr bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// The day, counted from 1970-01-01, before the first of each month from 1900-01 on.
constexpr std::array<std::int32_t, kNumMonths + 1> MonthStarts() {
  constexpr std::array<int, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::array<std::int32_t, kNumMonths + 1> starts{};
  std::int32_t day = -25568;  // 1899-12-31
  for (int month = 0; month < kNumMonths; ++month) {
    starts[static_cast<std::size_t>(month)] = day;
    day +=
        kLengths[static_cast<std::size_t>(month % 12)] + (month % 12 == 1 && IsLeap(kFirstYear + month / 12) ? 1 : 0);
  }
  starts[kNumMonths] = day;
  return starts;
}
inline constexpr auto kMonthStarts = MonthStarts();

// A country is its two letters' last five bits.
constexpr std::uint16_t CountryOf(char first, char second) {
  return static_cast<std::uint16_t>((first & 31) << 5 | (second & 31));
}
constexpr std::array<bool, 1024> NordicCountries() {
  std::array<bool, 1024> nordic{};
  for (std::string_view code : {"DK", "SE", "NO", "FI", "IS", "FO", "GL", "AX"})
    nordic[CountryOf(code[0], code[1])] = true;
  return nordic;
}
inline constexpr auto kNordic = NordicCountries();

struct Contact {
  std::int32_t last : 31;
  std::uint32_t positive : 1;
};
struct Stay {
  std::int32_t admitted;    // minutes since 1970-01-01
  std::int32_t discharged;  // likewise
  std::uint16_t country;
  bool invasive;
};
struct Abroad {
  std::int32_t left : 31;
  std::uint32_t antibiotics : 1;
  std::uint16_t country;
};
enum Result : std::uint8_t { kPositive, kNegative, kPending };
struct Test {
  std::int32_t sampled : 30;
  std::uint32_t result : 2;
};

constexpr std::size_t kMostStays = 4;
constexpr std::size_t kMostOthers = 3;

// Two cache lines.
struct alignas(64) Patient {
  std::int32_t today = 0;
  std::int16_t month = 0;  // of today, from 1900-01 on
  std::uint8_t day = 0;    // of that month
  bool detected = false;
  bool planned = false;
  bool decided = false;
  bool decision = false;
  std::uint8_t num_contacts = 0;
  std::uint8_t num_stays = 0;
  std::uint8_t num_abroad = 0;
  std::uint8_t num_situations = 0;
  std::uint8_t num_tests = 0;
  std::array<Contact, kMostOthers> contacts;
  std::array<std::int32_t, kMostOthers> situations;  // their last days
  std::array<Test, kMostOthers> tests;
  std::array<Abroad, kMostOthers> abroad;
  std::array<Stay, kMostStays> stays;
};
static_assert(sizeof(Patient) == 128);

// What is concluded: bit 0 is `screen`, the others are `isolate_until_result`.
enum Isolate : std::uint8_t { kNo = 0, kYes = 2, kJudgement = 4 };
constexpr std::size_t kNumAnswers = 6;

inline std::int32_t MonthsBack(const Patient& patient, int months) {
  const auto month = static_cast<std::size_t>(patient.month - months);
  return std::min(kMonthStarts[month] + patient.day, kMonthStarts[month + 1]);
}

// What the risk situations say, taken together.
struct Risks {
  bool screen = false;
  bool isolate = false;
  bool special = false;
  std::int32_t last = INT32_MIN;  // the last day on which one of them lasted
};

inline Risks RisksOf(const Patient& patient) {
  const std::int32_t today = patient.today;
  const auto look_back = static_cast<std::uint32_t>(today - MonthsBack(patient, 6));
  const auto within = [&](std::int32_t day) { return static_cast<std::uint32_t>(today - day) <= look_back; };
  Risks risks;
  const auto note = [&](bool risk, std::int32_t day) { risks.last = risk && day > risks.last ? day : risks.last; };
  for (std::size_t i = 0; i < patient.num_contacts; ++i) {
    const Contact& contact = patient.contacts[i];
    const bool row_2 = contact.positive & within(contact.last);
    risks.screen |= row_2;
    note(row_2, contact.last);
  }
  for (std::size_t i = 0; i < patient.num_stays; ++i) {
    const Stay& stay = patient.stays[i];
    const std::int32_t day = stay.discharged / 1440;
    const bool abroad = within(day) & !kNordic[stay.country];
    const bool over_24_hours = stay.discharged - stay.admitted > 1440;
    const bool risk = abroad & (over_24_hours | stay.invasive);
    const bool row_3a = abroad & over_24_hours & (today - day <= 7);
    risks.screen |= risk;
    risks.isolate |= row_3a;
    note(risk, day);
  }
  for (std::size_t i = 0; i < patient.num_abroad; ++i) {
    const Abroad& stay = patient.abroad[i];
    const bool row_4 = stay.antibiotics & within(stay.left) & !kNordic[stay.country];
    risks.screen |= row_4;
    note(row_4, stay.left);
  }
  for (std::size_t i = 0; i < patient.num_situations; ++i) {
    const bool situation = within(patient.situations[i]);
    risks.special |= situation;
    note(situation, patient.situations[i]);
  }
  risks.screen |= risks.special;
  return risks;
}

inline std::uint8_t Conclude(const Patient& patient) {
  const std::int32_t today = patient.today;
  bool detected = patient.detected;
  bool this_month = false;
  std::int32_t last_negative = INT32_MIN;
  const std::int32_t month_back = patient.num_tests == 0 ? 0 : MonthsBack(patient, 1);
  for (std::size_t i = 0; i < patient.num_tests; ++i) {
    const Test& test = patient.tests[i];
    detected |= test.result == kPositive;
    this_month |= (test.sampled > month_back) & (test.sampled <= today);
    const bool negative = (test.result == kNegative) & (static_cast<std::uint32_t>(today - test.sampled) <= 28);
    last_negative = negative && test.sampled > last_negative ? test.sampled : last_negative;
  }
  if (detected) return static_cast<std::uint8_t>(kYes | (this_month ? 0 : 1));
  const Risks risks = RisksOf(patient);
  if (patient.planned && last_negative != INT32_MIN && risks.last <= last_negative) return kNo;
  const auto screen = static_cast<std::uint8_t>(risks.screen);
  if (risks.isolate) return kYes | screen;
  if (!risks.special) return kNo | screen;
  if (patient.decided) return static_cast<std::uint8_t>(patient.decision ? kYes : kNo) | screen;
  return kJudgement | screen;
}

// The lines' beginning, and by answer their end, behind the subject.
inline constexpr std::string_view kLineBegin = R"({"subject":")";
inline std::array<std::string, kNumAnswers> LineEnds() {
  constexpr std::array<std::string_view, 3> kIsolation = {"false", "true", R"({"status":"judgement"})"};
  std::array<std::string, kNumAnswers> ends;
  for (std::size_t i = 0; i < kNumAnswers; ++i) {
    ends[i] = std::string(R"(","screen":)") + ((i & 1) != 0 ? "true" : "false") + R"(,"isolate_until_result":)" +
              std::string(kIsolation[i >> 1]) + "}\n";
  }
  return ends;
}

}  // namespace cordon::rival
