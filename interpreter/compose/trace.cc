// Replaces spans, one table of the model after another; see trace.h.
#include "compose/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace cordon::compose {
namespace {

bool IsAboutNames(diagnostics::Code code) { return diagnostics::CodeText(code).substr(0, 3) == "E02"; }

// Whether `name` stands in `text` between characters that are none of a name.
bool Mentions(std::string_view text, const std::string& name) {
  const auto in_name = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !in_name(text[at - 1])) && (end == text.size() || !in_name(text[end]))) return true;
  }
  return false;
}

void AddGone(const diagnostics::Sources& sources, const Composed& composed, const diagnostics::Diagnostic& diagnostic,
             std::vector<diagnostics::Note>& notes) {
  if (!IsAboutNames(diagnostic.code) || !diagnostic.span.valid()) return;
  const std::string_view text = sources.text(diagnostic.span);
  for (const Gone& gone : composed.gone) {
    if (!Mentions(text, gone.name)) continue;
    notes.push_back(
        {gone.change, gone.now.empty()
                          ? fmt::format("{} takes the {} `{}` away here", composed.Name(), gone.what, gone.name)
                          : fmt::format("{} calls the {} `{}` `{}`", composed.Name(), gone.what, gone.name, gone.now)});
  }
}

void AddChanges(const Origins& origins, const Composed& composed, const Span& span,
                std::vector<diagnostics::Note>& notes) {
  const Span traced = origins.Trace(span);
  for (const std::size_t row : origins.ChangesIn(span)) {
    if (row >= composed.changes.size()) continue;
    const model::Change& change = composed.changes[row];
    if (change.span.source == traced.source) continue;  // the message stands in the change itself
    notes.push_back({change.span, fmt::format("{} changes it here", change.version)});
  }
}

class Tracer {
 public:
  Tracer(const Origins& origins, const Composed& composed) : origins_(origins), composed_(composed) {}

  void operator()(Span& span) const { span = origins_.Trace(span); }
  template <typename T>
  void Each(std::vector<T>& things) const {
    for (T& thing : things) (*this)(thing.span);
  }
  void Duty(model::Duty& duty) const { (*this)(duty.span); }
  void Given(model::GivenValue& value) const {  // as deep as facts nest
    (*this)(value.span);
    for (model::GivenField& field : value.fields) {
      for (model::GivenValue& inner : field.value) Given(inner);
    }
    for (model::GivenValue& element : value.elements) Given(element);
  }
  void Test(model::Test& test) const {
    (*this)(test.span);
    Each(test.outputs);
    Each(test.duties);
    for (model::DutyExpectation& expected : test.duties) Duty(expected.duty);
    for (model::Given& given : test.setup.given) Given(given.value);
    const auto version = composed_.written_in.find(test.span.source);
    const bool own = version == composed_.written_in.end() || version->second == composed_.Name();
    test.inherited_from = own ? "" : version->second;
  }
  void Policy(model::Policy& policy) const {
    Each(policy.categories);
    Each(policy.records);
    for (model::Record& record : policy.records) {
      Each(record.fields);
      Each(record.requires_);
    }
    Each(policy.facts);
    Each(policy.groups);
    Each(policy.params);
    Each(policy.defines);
    Each(policy.protocols);
    for (model::Protocol& protocol : policy.protocols) Each(protocol.guarantees);
    Each(policy.outputs);
    for (model::Output& output : policy.outputs) {
      if (output.means) Duty(*output.means);
    }
    Each(policy.rules);
    for (model::Rule& rule : policy.rules) {
      Each(rule.parts);
      Each(rule.duties);
    }
    Each(policy.tables);
    Each(policy.judgements);
    Each(policy.interpretations);
    Each(policy.interpretation_places);
    for (model::Test& test : policy.tests) Test(test);
    Each(policy.releases);
    Each(policy.claims);
    Each(policy.answers);
    Each(policy.omissions);
    Each(policy.exprs);
  }

 private:
  const Origins& origins_;
  const Composed& composed_;
};

}  // namespace

void Forward(Desk& desk, const Composed& composed, const diagnostics::Sink& found) {
  for (const diagnostics::Diagnostic& diagnostic : found.diagnostics()) {
    std::vector<diagnostics::Note> notes;
    for (const diagnostics::Note& note : diagnostic.notes)
      notes.push_back({desk.origins.Trace(note.span), note.message});
    AddChanges(desk.origins, composed, diagnostic.span, notes);
    AddGone(desk.sources, composed, diagnostic, notes);
    desk.sink.Report(diagnostic.code, desk.origins.Trace(diagnostic.span), diagnostic.message, diagnostic.help,
                     std::move(notes));
  }
}

void Complete(const Origins& origins, const Composed& composed, model::Policy& policy) {
  Tracer(origins, composed).Policy(policy);
  policy.bases = composed.bases;
  policy.changes = composed.changes;
}

}  // namespace cordon::compose
