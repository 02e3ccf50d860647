// InterviewWords: what an interview says to a person beside the policy's own texts, by language.
//
// A policy's texts may be in any language; what stands around them is in Danish for `da` and in English for all others.
#pragma once

#include <string>
#include <string_view>

#include "evaluate/interview.h"
#include "model/model.h"

namespace cordon::cli {

struct InterviewWords {
  std::string_view intro;
  std::string_view from_chart;      // before a question that is looked up
  std::string_view is_there_any;    // of a list without a question of its own
  std::string_view are_there_more;  // `{}`: what the list is about
  std::string_view setting;         // asks for the care setting
  std::string_view yes_or_no;
  std::string_view whole_number;
  std::string_view number;
  std::string_view text;
  std::string_view date;
  std::string_view datetime;
  std::string_view duration;
  std::string_view period;
  std::string_view one_of;  // a category that is too long to show; `{}`: its name
  std::string_view or_none;
  std::string_view assumed;     // `{}`: the value that the policy assumes
  std::string_view source;      // before a citation
  std::string_view bears_on;    // heads what the question bears on
  std::string_view also_open;   // heads what else is open
  std::string_view depends_on;  // before what an open answer depends on
  std::string_view first;       // there is no way back
  std::string_view commands;    // what can be typed instead of an answer
  std::string_view all_asked;
  std::string_view stopped;
};

const InterviewWords& WordsIn(std::string_view language);

// What a person may type instead of an answer, in either language.
enum class Spoken : std::uint8_t { kAnswer, kUnknown, kSkip, kBack, kWhy, kHelp, kQuit };
Spoken Understand(std::string_view line);

}  // namespace cordon::cli
