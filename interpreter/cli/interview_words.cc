// The words of an interview in English and Danish; see interview_words.h. Tested by tests/golden/ask/.
#include "cli/interview_words.h"

#include <array>
#include <utility>

namespace cordon::cli {
namespace {

constexpr InterviewWords kEnglish = {
    .intro = "Answer each question, or type: ? where it is not known, skip, back, why, help or quit.",
    .from_chart = "From the chart: ",
    .is_there_any = "is there any?",
    .are_there_more = "Are there more? ({})",
    .setting = "In which care setting is this?",
    .yes_or_no = "yes or no",
    .whole_number = "a whole number",
    .number = "a number, as in 12.5",
    .text = "a text",
    .date = "a date, as in 2025-03-01; or imprecise: 2025-03, 2025, 2024-06/2024-09, ../2023",
    .datetime = "a date with a time, as in 2025-03-01T14:30; or imprecise: 2025-03-01, 2025-03, 2024-06/2024-09",
    .duration = "a length of time, as in 36 hours or 7 days",
    .period = "a number of months or years, as in 6 months",
    .one_of = "one of {}: its name or code, or how that begins",
    .or_none = ", or none",
    .assumed = "As long as nothing is noted this is taken to be: {}. `skip` leaves it so.",
    .source = "Source: ",
    .bears_on = "This bears on:",
    .also_open = "Also open:",
    .depends_on = "depends on: ",
    .first = "This is the first question.",
    .commands =
        "Type ? where the answer is not known; skip to leave the question; back to the question before; why for "
        "what it bears on; quit to stop.",
    .all_asked = "There is no more to ask.",
    .stopped = "Stopped. This is what is known so far.",
};

constexpr InterviewWords kDanish = {
    .intro =
        "Svar på hvert spørgsmål, eller skriv: ? hvis det ikke vides, spring over, tilbage, hvorfor, hjælp eller "
        "slut.",
    .from_chart = "Fra journalen: ",
    .is_there_any = "er der nogen?",
    .are_there_more = "Er der flere? ({})",
    .setting = "I hvilken del af sundhedsvæsenet er det?",
    .yes_or_no = "ja eller nej",
    .whole_number = "et helt tal",
    .number = "et tal, f.eks. 12.5",
    .text = "en tekst",
    .date = "en dato, f.eks. 2025-03-01; eller upræcist: 2025-03, 2025, 2024-06/2024-09, ../2023",
    .datetime = "en dato med klokkeslæt, f.eks. 2025-03-01T14:30; eller upræcist: 2025-03-01, 2025-03, 2024-06/2024-09",
    .duration = "et tidsrum, f.eks. 36 timer eller 7 dage",
    .period = "et antal måneder eller år, f.eks. 6 måneder",
    .one_of = "et af {}: navn eller kode, eller begyndelsen af det",
    .or_none = ", eller ingen",
    .assumed = "Så længe intet er noteret, regnes med: {}. `spring over` lader det blive ved det.",
    .source = "Kilde: ",
    .bears_on = "Det har betydning for:",
    .also_open = "Desuden er åbent:",
    .depends_on = "afhænger af: ",
    .first = "Dette er det første spørgsmål.",
    .commands =
        "Skriv ? hvis svaret ikke vides; spring over for at lade spørgsmålet ligge; tilbage til spørgsmålet før; "
        "hvorfor for at se, hvad det har betydning for; slut for at stoppe.",
    .all_asked = "Der er ikke mere at spørge om.",
    .stopped = "Stoppet. Dette vides indtil nu.",
};

constexpr std::array<std::pair<std::string_view, Spoken>, 21> kCommands = {
    {{"?", Spoken::kUnknown},          {"don't know", Spoken::kUnknown},
     {"don’t know", Spoken::kUnknown}, {"dont know", Spoken::kUnknown},
     {"not known", Spoken::kUnknown},  {"unknown", Spoken::kUnknown},
     {"ved ikke", Spoken::kUnknown},   {"vides ikke", Spoken::kUnknown},
     {"ukendt", Spoken::kUnknown},     {"skip", Spoken::kSkip},
     {"spring over", Spoken::kSkip},   {"back", Spoken::kBack},
     {"tilbage", Spoken::kBack},       {"why", Spoken::kWhy},
     {"hvorfor", Spoken::kWhy},        {"help", Spoken::kHelp},
     {"hjælp", Spoken::kHelp},         {"quit", Spoken::kQuit},
     {"exit", Spoken::kQuit},          {"slut", Spoken::kQuit},
     {"stop", Spoken::kQuit}}};

}  // namespace

const InterviewWords& WordsIn(std::string_view language) { return language == "da" ? kDanish : kEnglish; }

Spoken Understand(std::string_view line) {
  for (const auto& [word, spoken] : kCommands) {
    if (line == word) return spoken;
  }
  return Spoken::kAnswer;
}

}  // namespace cordon::cli
