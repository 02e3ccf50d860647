// Makes admissions up, fact by fact; see admissions.h.
#include "admissions.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "calendar/calendar.h"
#include "random.h"

namespace cordon::bench {
namespace {

using calendar::Date;
using calendar::Datetime;
using calendar::kMinutesPerDay;

constexpr std::array<std::string_view, 12> kNordic = {"DK", "DK", "DK", "SE", "SE", "NO",
                                                      "NO", "FI", "IS", "FO", "GL", "AX"};
constexpr std::array<std::string_view, 36> kElsewhere = {
    "DE", "DE", "DE", "PL", "PL", "TR", "TR", "ES", "ES", "IT", "GB", "FR", "GR", "RO", "BG", "HR", "NL", "US",
    "TH", "TH", "IN", "PK", "EG", "MA", "IQ", "SY", "LB", "UA", "CN", "VN", "BR", "ZA", "RS", "SJ", "XK", "XZ"};
constexpr std::array<std::string_view, 6> kWards = {"other_ward", "haematology",      "general_intensive_care",
                                                    "burns",      "adult_psychiatry", "neonatal_intensive_care"};
constexpr std::array<std::string_view, 5> kSituations = {"outbreak_ward", "outbreak_institution", "poor_hygiene",
                                                         "dialysis", "antineoplastic"};

constexpr std::int64_t kFirstDay = 17897;  // 2019-01-01
constexpr std::size_t kNumDays = 731;      // to 2020-12-31, of which 2020 is a leap year
constexpr std::int64_t kLookBackMonths = 6;

// One document being written.
class Admission {
 public:
  Admission(std::uint64_t number, const AdmissionOptions& options, std::string& text)
      : options_(options), random_(options.seed * 0x9e6c63d0876a9a47U + number), text_(text) {
    as_of_ = {kFirstDay + Below(kNumDays)};
    if (random_.Percent(12)) as_of_ = LastDayOfMonth(as_of_);
    edge_ = AddMonths(as_of_, -kLookBackMonths);
  }

  void Write(std::uint64_t number) {
    text_ += R"({"subject":"p)" + std::to_string(number) + R"(","as_of":")" + Format(as_of_) +
             R"(","setting":"hospital.inpatient","facts":{)";
    first_ = true;
    const bool carrier = random_.Percent(8);
    Fact("cpo_ever_detected", [&] { Bool(carrier); });
    Contacts();
    Stays();
    StaysAbroad();
    Situations();
    Encounter();
    Tests(carrier);
    text_ += "}}\n";
  }

 private:
  static Date LastDayOfMonth(Date day) {
    const int of_month = std::stoi(Format(day).substr(8));
    const Date next = AddMonths(Date{day.days - of_month + 1}, 1);
    return {next.days - 1};
  }

  std::int64_t Below(std::size_t end) { return static_cast<std::int64_t>(random_.Below(end)); }
  std::int64_t Between(std::int64_t first, std::int64_t last) {
    return first + Below(static_cast<std::size_t>(last - first + 1));
  }
  template <std::size_t kSize>
  std::string_view OneOf(const std::array<std::string_view, kSize>& of) {
    return of[random_.Below(kSize)];
  }

  // ---- JSON

  void Name(std::string_view name) {
    if (!first_) text_ += ',';
    first_ = false;
    (text_ += '"').append(name) += "\":";
  }
  // A fact or field, which may turn out to be unknown.
  template <typename WriteValue>
  void Fact(std::string_view name, const WriteValue& write) {
    if (options_.percent_unknown == 0 || !random_.Percent(options_.percent_unknown)) {
      Name(name);
      write();
    } else if (random_.Percent(50)) {
      Name(name);
      text_ += "null";
    }
  }
  void Bool(bool yes) { text_ += yes ? "true" : "false"; }
  void Text(std::string_view text) { (text_ += '"').append(text) += '"'; }
  void OfDate(Date date) { Text(Format(date)); }
  template <typename WriteElement>
  void List(std::string_view name, std::size_t length, const WriteElement& write) {
    Fact(name, [&] {
      text_ += '[';
      for (std::size_t i = 0; i < length; ++i) {
        text_ += i == 0 ? "{" : ",{";
        first_ = true;
        write();
        text_ += '}';
      }
      text_ += ']';
      first_ = false;
    });
  }

  // ---- what the conditions look at

  std::string_view Country(std::size_t percent_nordic) {
    return random_.Percent(percent_nordic) ? OneOf(kNordic) : OneOf(kElsewhere);
  }

  // A day that lies within the last six months so often; both sides of that edge are met.
  Date DayOfRisk(std::size_t percent_within) {
    if (random_.Percent(1)) return {as_of_.days + Between(1, 9)};
    if (!random_.Percent(percent_within)) return random_.Percent(20) ? Date{edge_.days - 1} : DayBefore(edge_);
    if (random_.Percent(8)) return random_.Percent(50) ? edge_ : as_of_;
    return {Between(edge_.days, as_of_.days)};
  }
  Date DayBefore(Date day) { return {day.days - Between(1, 540)}; }

  void Contacts() {
    const std::size_t length = random_.Percent(62) ? 0 : 1 + random_.Below(2);
    List("household_contacts", length, [&] {
      Fact("cpo_positive", [&] { Bool(random_.Percent(35)); });
      Fact("last_contact", [&] { OfDate(DayOfRisk(60)); });
    });
  }

  // The minutes of a stay that is longer than 24 hours, shorter, or exactly as long.
  std::int64_t Length(std::size_t kind) {
    const bool at_edge = random_.Percent(10);
    if (kind == 0) return at_edge ? kMinutesPerDay + 1 : Between(kMinutesPerDay + 1, 20 * kMinutesPerDay);
    if (kind == 1) return at_edge ? kMinutesPerDay - 1 : Between(0, kMinutesPerDay - 1);
    return kMinutesPerDay;
  }

  // Where the length decides nothing else, whether 7 days have passed since does.
  Date DayOfDischarge(std::size_t kind) {
    if (kind != 0) return DayOfRisk(75);
    if (random_.Percent(20)) return DayOfRisk(20);
    const bool at_edge = random_.Percent(12);
    if (random_.Percent(50)) return {as_of_.days - (at_edge ? 7 : Between(0, 7))};
    return {at_edge ? as_of_.days - 8 : Between(edge_.days, as_of_.days - 8)};
  }

  void Stays() {
    constexpr std::array<std::size_t, 8> kLengths = {0, 0, 1, 1, 1, 2, 2, 3};
    const std::size_t length = options_.num_stays ? *options_.num_stays : kLengths[random_.Below(kLengths.size())];
    List("hospital_stays", length, [&] {
      const std::size_t kind = random_.Below(3);
      const Datetime discharged{DayOfDischarge(kind).days * kMinutesPerDay + Below(kMinutesPerDay)};
      const Datetime admitted{discharged.minutes - Length(kind)};
      Fact("country", [&] { Text(Country(25)); });
      Fact("admitted", [&] { Text(Format(admitted)); });
      Fact("discharged", [&] { Text(Format(discharged)); });
      Fact("invasive_procedure", [&] { Bool(random_.Percent(50)); });
    });
  }

  void StaysAbroad() {
    const std::size_t length = random_.Percent(70) ? 0 : 1 + random_.Below(2);
    List("stays_outside_nordic", length, [&] {
      Fact("country", [&] { Text(Country(15)); });
      Fact("left", [&] { OfDate(DayOfRisk(65)); });
      Fact("antibiotics", [&] { Bool(random_.Percent(45)); });
    });
  }

  void Situations() {
    const std::size_t length = random_.Percent(88) ? 0 : 1 + random_.Below(2);
    List("special_situations", length, [&] {
      Fact("kind", [&] { Text(OneOf(kSituations)); });
      Fact("last_day", [&] { OfDate(DayOfRisk(70)); });
    });
    if (random_.Percent(length == 0 ? 1 : 50)) {
      Name("isolation_decision");
      Bool(random_.Percent(50));
    }
  }

  void Encounter() {
    const std::size_t kind = random_.Below(20);
    planned_ = kind < 6;
    const std::string_view name = planned_    ? "planned"
                                  : kind < 17 ? "acute"
                                  : kind < 19 ? "inter_hospital_transfer"
                                              : "ward_move";
    Fact("encounter_kind", [&] { Text(name); });
    if (planned_) Fact("planned_admission", [&] { OfDate(as_of_); });
    Fact("ward_kind", [&] { Text(random_.Percent(50) ? kWards[0] : OneOf(kWards)); });
    Fact("accompanying_person", [&] { Bool(random_.Percent(4)); });
    Fact("dispensation_granted", [&] { Bool(random_.Percent(5)); });
    Fact("patient_self_reliant", [&] { Bool(random_.Percent(60)); });
    Fact("others_self_reliant", [&] { Bool(random_.Percent(60)); });
  }

  // The last four weeks and the last month have their edges here.
  Date DayOfSample() {
    if (random_.Percent(15)) return {as_of_.days - Between(27, 29)};
    if (random_.Percent(15)) return {AddMonths(as_of_, -1).days + Between(-1, 1)};
    if (random_.Percent(1)) return {as_of_.days + Between(1, 9)};
    return random_.Percent(60) ? Date{as_of_.days - Between(0, 35)} : DayBefore(as_of_);
  }

  void Tests(bool carrier) {
    const std::size_t percent = carrier ? 75 : planned_ ? 60 : 10;
    const std::size_t length = random_.Percent(percent) ? 1 + random_.Below(2) : 0;
    List("cpo_tests", length, [&] {
      Fact("sampled", [&] { OfDate(DayOfSample()); });
      const bool positive = random_.Percent(carrier ? 50 : 4);
      Fact("result", [&] { Text(positive ? "positive" : random_.Percent(85) ? "negative" : "pending"); });
    });
  }

  const AdmissionOptions& options_;
  tests::Random random_;
  std::string& text_;
  Date as_of_;
  Date edge_;  // the first day of the last six months
  bool planned_ = false;
  bool first_ = true;  // the next member is the first of its object
};

}  // namespace

void AppendAdmission(std::uint64_t number, const AdmissionOptions& options, std::string& text) {
  Admission(number, options, text).Write(number);
}

}  // namespace cordon::bench
