// Answers: what a person types, or a program sends, for one value that was asked for.
//
// The same values as in a facts document, with what people are used to besides: `ja`, `tysk` for Germany, `today`.
// Source: the language manual, "Asking".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::facts {

// What a value is asked for: its type, its name in messages, and the day on which.
struct Asked {
  const model::Policy& policy;
  const model::Type& type;  // a scalar's
  std::string path;         // `hospital_stays[1].admitted`
  model::Moment as_of;
};

// Reads a typed answer: exact or imprecise. Symbols may be given by name, path or text in any language, in capitals or
// not, and by the beginning of any of these where it fits one symbol alone; an inner symbol stands for all below it.
// Mistakes go to `sink`: E0512 to E0515, as for facts documents.
std::optional<Cell> ReadTyped(const Asked& asked, std::string_view text, diagnostics::Sink& sink);

enum class MessageKind : std::uint8_t { kAnswer, kUnknown, kSkip, kBack, kWhy, kQuit };

// What a program says in an interview: `{"answer": VALUE}`, or one of the words `unknown`, `skip`, `back`, `why` and
// `quit` as in `{"back": true}`.
struct Message {
  MessageKind kind = MessageKind::kQuit;
  Cell answer;  // kAnswer
};

// Reads one message. Mistakes go to `sink`: those of a facts document's text (E0501 to E0505) and values (E0512 to
// E0515), and E0830.
std::optional<Message> ReadMessage(const Asked& asked, const diagnostics::Sources& sources,
                                   diagnostics::SourceId source, diagnostics::Sink& sink);

}  // namespace cordon::facts
