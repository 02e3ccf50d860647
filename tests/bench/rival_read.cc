// Documents into structs, conclusions into lines; see rival_read.h. Knows simdjson.
#include "rival_read.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cordon::rival {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t kBlock = std::size_t{1} << 18;  // fits the second cache with the parser's index of it
constexpr std::size_t kLongestDocument = std::size_t{1} << 20;

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "cordon_rival: %s\n", what);
  std::exit(70);
}

// ---- values

int TwoDigits(const char* text) { return (text[0] - '0') * 10 + (text[1] - '0'); }
std::size_t MonthAt(const char* text) {
  return static_cast<std::size_t>((TwoDigits(text) * 100 + TwoDigits(text + 2) - kFirstYear) * 12 +
                                  TwoDigits(text + 5) - 1);
}
std::int32_t DayAt(const char* text) { return kMonthStarts[MonthAt(text)] + TwoDigits(text + 8); }
std::int32_t MinuteAt(const char* text) {
  return DayAt(text) * 1440 + TwoDigits(text + 11) * 60 + TwoDigits(text + 14);
}

// Where a value's text begins; of a string, behind its quotation mark.
template <typename Field>
const char* TokenOf(Field&& field) {
  return field.value().raw_json_token().value_unsafe().data();
}
template <typename Field>
const char* StringOf(Field&& field) {
  return TokenOf(field) + 1;
}
template <typename Field>
const char* KeyOf(Field&& field) {
  return field.key().value_unsafe().raw();
}

// Calls `read` with each element of a list and the place for it.
template <typename Field, typename Element, std::size_t kMost, typename Read>
std::uint8_t ReadList(Field&& field, std::array<Element, kMost>& elements, const Read& read) {
  std::size_t number = 0;
  for (auto object : field.value().get_array()) {
    if (number == kMost) Fail("a list is longer than a struct has room for");
    for (auto member : object.get_object()) read(member, elements[number]);
    ++number;
  }
  return static_cast<std::uint8_t>(number);
}

// ---- facts

template <typename Field>
void ReadContact(Field&& field, Contact& contact) {
  if (KeyOf(field)[0] == 'c') {
    contact.positive = TokenOf(field)[0] == 't';
  } else {
    contact.last = DayAt(StringOf(field));
  }
}

template <typename Field>
void ReadStay(Field&& field, Stay& stay) {
  switch (KeyOf(field)[0]) {
    case 'c': {
      const char* code = StringOf(field);
      stay.country = CountryOf(code[0], code[1]);
      break;
    }
    case 'a':
      stay.admitted = MinuteAt(StringOf(field));
      break;
    case 'd':
      stay.discharged = MinuteAt(StringOf(field));
      break;
    default:
      stay.invasive = TokenOf(field)[0] == 't';
  }
}

template <typename Field>
void ReadAbroad(Field&& field, Abroad& stay) {
  switch (KeyOf(field)[0]) {
    case 'c': {
      const char* code = StringOf(field);
      stay.country = CountryOf(code[0], code[1]);
      break;
    }
    case 'l':
      stay.left = DayAt(StringOf(field));
      break;
    default:
      stay.antibiotics = TokenOf(field)[0] == 't';
  }
}

template <typename Field>
void ReadSituation(Field&& field, std::int32_t& last_day) {
  if (KeyOf(field)[0] == 'l') last_day = DayAt(StringOf(field));
}

template <typename Field>
void ReadTest(Field&& field, Test& test) {
  if (KeyOf(field)[0] == 's') {
    test.sampled = DayAt(StringOf(field));
  } else {
    const char* result = StringOf(field);
    test.result = result[0] == 'n' ? kNegative : result[1] == 'o' ? kPositive : kPending;
  }
}

template <typename Field>
void ReadFact(Field&& field, Patient& patient) {
  const char* key = KeyOf(field);
  switch (key[0]) {
    case 'c':  // cpo_ever_detected, cpo_tests
      if (key[4] == 'e') {
        patient.detected = TokenOf(field)[0] == 't';
      } else {
        patient.num_tests = ReadList(field, patient.tests, [](auto&& member, Test& to) { ReadTest(member, to); });
      }
      break;
    case 'h':  // household_contacts, hospital_stays
      if (key[2] == 'u') {
        patient.num_contacts =
            ReadList(field, patient.contacts, [](auto&& member, Contact& to) { ReadContact(member, to); });
      } else {
        patient.num_stays = ReadList(field, patient.stays, [](auto&& member, Stay& to) { ReadStay(member, to); });
      }
      break;
    case 's':  // stays_outside_nordic, special_situations
      if (key[1] == 't') {
        patient.num_abroad = ReadList(field, patient.abroad, [](auto&& member, Abroad& to) { ReadAbroad(member, to); });
      } else {
        patient.num_situations =
            ReadList(field, patient.situations, [](auto&& member, std::int32_t& to) { ReadSituation(member, to); });
      }
      break;
    case 'e':  // encounter_kind
      patient.planned = StringOf(field)[0] == 'p';
      break;
    case 'i':  // isolation_decision
      patient.decided = true;
      patient.decision = TokenOf(field)[0] == 't';
      break;
    default:  // no output hangs on the others
      break;
  }
}

// Returns the subject, without its quotation marks.
template <typename Document>
std::string_view ReadDocument(Document&& document, Patient& patient) {
  std::string_view subject;
  patient.detected = patient.planned = patient.decided = false;
  for (auto field : document.get_object()) {
    const char* key = KeyOf(field);
    switch (key[0]) {
      case 's':  // subject, setting
        if (key[1] == 'u') {
          const std::string_view token = field.value().raw_json_token().value_unsafe();
          subject = token.substr(1, token.find('"', 1) - 1);
        }
        break;
      case 'a': {  // as_of
        const char* day = StringOf(field);
        patient.month = static_cast<std::int16_t>(MonthAt(day));
        patient.day = static_cast<std::uint8_t>(TwoDigits(day + 8));
        patient.today = kMonthStarts[static_cast<std::size_t>(patient.month)] + patient.day;
        break;
      }
      default:  // facts
        for (auto fact : field.value().get_object()) ReadFact(fact, patient);
    }
  }
  return subject;
}

const std::array<std::string, kNumAnswers> kLineEnds = LineEnds();

char* WriteLine(std::string_view subject, std::uint8_t answer, char* to) {
  std::memcpy(to, kLineBegin.data(), kLineBegin.size());
  to += kLineBegin.size();
  std::memcpy(to, subject.data(), subject.size());
  to += subject.size();
  const std::string& end = kLineEnds[answer];
  std::memcpy(to, end.data(), end.size());
  return to + end.size();
}

// Calls `take` with each document's subject and patient. REQUIRES: whole lines, with room behind them.
template <typename Take>
std::size_t ForEach(ondemand::parser& parser, const char* text, std::size_t size, const Take& take) {
  std::size_t number = 0;
  Patient patient;
  ondemand::document_stream documents;
  if (parser.iterate_many(text, size, std::max<std::size_t>(size, 64)).get(documents) != simdjson::SUCCESS) {
    Fail("a block is no JSON");
  }
  for (auto document : documents) {
    const std::string_view subject = ReadDocument(document, patient);
    take(subject, patient);
    ++number;
  }
  return number;
}

// The same over a text of any length, block by block.
template <typename Take>
std::size_t ForEachInText(std::string_view text, const Take& take) {
  ondemand::parser parser;
  parser.threaded = false;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(at + kBlock, text.size());
    if (end < text.size()) end = text.rfind('\n', end - 1) + 1;
    number += ForEach(parser, text.data() + at, end - at, take);
    at = end;
  }
  return number;
}

void WriteAll(int out, const char* from, std::size_t size) {
  while (size > 0) {
    const ssize_t written = write(out, from, size);
    if (written <= 0) Fail("the output can't be written");
    from += written;
    size -= static_cast<std::size_t>(written);
  }
}

}  // namespace

Text::Text(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY);
  struct stat about = {};
  if (file < 0 || fstat(file, &about) != 0) Fail("the file can't be opened");
  bytes_.resize(static_cast<std::size_t>(about.st_size) + simdjson::SIMDJSON_PADDING);
  for (ssize_t got = 1; got > 0; size_ += static_cast<std::size_t>(got)) {
    got = read(file, bytes_.data() + size_, static_cast<std::size_t>(about.st_size) - size_);
    if (got < 0) Fail("the file can't be read");
  }
  close(file);
}

std::size_t Pipeline(int in, int out) {
  std::vector<char> buffer(kBlock + kLongestDocument + simdjson::SIMDJSON_PADDING);
  std::vector<char> lines(2 * buffer.size());  // a document is at least half as long as its line
  ondemand::parser parser;
  parser.threaded = false;
  std::size_t have = 0;
  std::size_t number = 0;
  for (bool more = true; more;) {
    const ssize_t got = read(in, buffer.data() + have, std::min(kBlock, kBlock + kLongestDocument - have));
    if (got < 0) Fail("the input can't be read");
    more = got > 0;
    have += static_cast<std::size_t>(got);
    const std::size_t line_end = std::string_view(buffer.data(), have).rfind('\n');
    const std::size_t whole = more ? line_end + 1 : have;  // 0 where no line ends here
    if (more && have == kBlock + kLongestDocument && whole == 0) Fail("a document is too long");
    if (whole == 0) continue;
    char* to = lines.data();
    number += ForEach(parser, buffer.data(), whole, [&](std::string_view subject, const Patient& patient) {
      to = WriteLine(subject, Conclude(patient), to);
    });
    WriteAll(out, lines.data(), static_cast<std::size_t>(to - lines.data()));
    std::memmove(buffer.data(), buffer.data() + whole, have - whole);
    have -= whole;
  }
  return number;
}

std::size_t ReadOnly(std::string_view text) {
  return ForEachInText(text, [](std::string_view, const Patient& patient) {
    asm volatile("" : : "r"(&patient) : "memory");
  });
}

std::vector<Patient> ReadAll(std::string_view text) {
  std::vector<Patient> patients;
  ForEachInText(text, [&](std::string_view, const Patient& patient) { patients.push_back(patient); });
  return patients;
}

struct Decider::Impl {
  ondemand::parser parser;
  Patient patient;
  std::vector<char> line = std::vector<char>(kLongestDocument);
};

Decider::Decider() : impl_(new Impl) {}
Decider::~Decider() { delete impl_; }

std::string_view Decider::Decide(std::string_view document) {
  const simdjson::padded_string_view padded(document.data(), document.size(),
                                            document.size() + simdjson::SIMDJSON_PADDING);
  ondemand::document parsed;
  if (impl_->parser.iterate(padded).get(parsed) != simdjson::SUCCESS) Fail("a document is no JSON");
  const std::string_view subject = ReadDocument(parsed, impl_->patient);
  char* end = WriteLine(subject, Conclude(impl_->patient), impl_->line.data());
  return {impl_->line.data(), static_cast<std::size_t>(end - impl_->line.data())};
}

}  // namespace cordon::rival
