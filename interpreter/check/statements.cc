// What a policy says of the guideline's statements: the interpretations recorded at the margin and where each stands,
// what answers each statement, and what is left out. See statements.h.
#include "check/statements.h"

#include <string>
#include <variant>

#include "support/text.h"

namespace cordon::check {

namespace {

// Notes which statements one file answers and omits, and where interpretations stand.
class Collector {
 public:
  Collector(Context& ctx, const syntax::File& file) : ctx_(ctx), file_(file) {}

  void operator()(const syntax::PolicyHeader&) {}
  void operator()(const syntax::LibraryHeader&) {}
  void operator()(const syntax::Use&) {}
  void operator()(const syntax::ChangeDecl&) {}
  void operator()(const syntax::ClaimDecl&) {}
  void operator()(const syntax::InterpretationDecl&) {}
  void operator()(const syntax::SubjectDecl&) {}
  void operator()(const syntax::RoleDecl&) {}
  void operator()(const syntax::EventDecl&) {}
  void operator()(const syntax::OmissionDecl& d) {
    for (const syntax::StatementId& statement : d.statements) {
      ctx_.policy.omissions.push_back({statement.id, support::Join(d.notes.because, " "),
                                       ResolveCites(ctx_, file_, d.notes.cites), statement.span});
    }
  }
  void operator()(const syntax::CategoryDecl& d) { Add("category", d); }
  void operator()(const syntax::ScaleDecl& d) { Add("scale", d); }
  void operator()(const syntax::SetDecl& d) { Add("set", d); }
  void operator()(const syntax::RecordDecl& d) {
    Add("record", d);
    for (const syntax::FieldDecl& field : d.fields) Add("field", field, d.name.text + ".");
  }
  void operator()(const syntax::ParamDecl& d) { Add("parameter", d); }
  void operator()(const syntax::FactDecl& d) { Add("fact", d); }
  void operator()(const syntax::GroupDecl& d) { Add("group", d); }
  void operator()(const syntax::ActionDecl& d) { Add("action", d); }
  void operator()(const syntax::DefineDecl& d) { Add("definition", d, protocol_); }
  void operator()(const syntax::ProtocolDecl& d) {
    Add("protocol", d);
    protocol_ = d.name.text + ".";
    for (const syntax::Member& member : d.members) std::visit(*this, member);
    protocol_.clear();
  }
  void operator()(const syntax::OutputDecl& d) { Add("output", d, protocol_); }
  void operator()(const syntax::RuleDecl& d) { Add("rule", d, protocol_); }
  void operator()(const syntax::TableDecl& d) {
    Add("table", d, protocol_);
    for (const syntax::TablePart& part : d.parts) {
      for (const syntax::RowDecl& row : part.rows) Add("row", row, protocol_ + d.name.text + ".");
    }
  }
  void operator()(const syntax::GuaranteeDecl& d) {
    ResolveInterpretations(ctx_, d.notes.interpretations);  // which nothing else does
    Add("guarantee", d, protocol_);
  }
  void operator()(const syntax::ReleaseDecl& d) {
    ResolveInterpretations(ctx_, d.notes.interpretations);
    std::string path = protocol_ + "release";
    for (const syntax::Name& part : d.output.parts) path += "." + part.text;
    Put("release", path, d.notes);
  }
  void operator()(const syntax::ExampleDecl&) {}
  void operator()(const syntax::TestDecl&) {}
  void operator()(const syntax::CasesDecl&) {}

 private:
  template <typename Decl>
  void Add(const std::string& what, const Decl& decl, const std::string& holder = {}) {
    Put(what, holder + decl.name.text, decl.notes);
  }
  void Put(const std::string& what, const std::string& path, const syntax::Notes& notes) {
    for (const syntax::StatementId& statement : notes.answers) {
      ctx_.policy.answers.push_back({statement.id, what, path, statement.span});
    }
    for (const syntax::Interpretation& note : notes.interpretations) {
      const model::InterpretationId id = Find(note);
      if (id.valid()) ctx_.policy.interpretation_places.push_back({id, what, path, note.span});
    }
  }
  // Invalid where there is none, which was reported.
  model::InterpretationId Find(const syntax::Interpretation& note) const {
    if (note.text.empty()) {
      const auto found = ctx_.interpretations.find(note.id.text);
      return found == ctx_.interpretations.end() ? model::InterpretationId()
                                                 : model::InterpretationId(found->second.index);
    }
    const auto found = ctx_.interpretation_ids.find(note.id.text + "\n" + note.text);
    return found == ctx_.interpretation_ids.end() ? model::InterpretationId() : found->second;
  }

  Context& ctx_;
  const syntax::File& file_;
  std::string protocol_;  // `admission.`, inside a protocol
};

// Calls `visit` with each file, those of the libraries first, as the interpretations are numbered.
template <typename Visit>
void EachRecord(Context& ctx, const Visit& visit) {
  for (const auto* files : {&ctx.unit.libraries, &ctx.unit.files}) {
    for (const syntax::File& file : *files) {
      for (const syntax::Decl& decl : file.decls) {
        if (const auto* record = std::get_if<syntax::InterpretationDecl>(&decl)) visit(file, *record);
      }
    }
  }
}

}  // namespace

void RecordInterpretations(Context& ctx) {
  EachRecord(ctx, [&](const syntax::File&, const syntax::InterpretationDecl& decl) {
    const model::InterpretationId id(ctx.policy.interpretations.size());
    if (!Declare(ctx, ctx.interpretations, decl.name, NameKind::kInterpretation, id.index)) return;
    ctx.interpretation_ids.emplace(decl.name.text + "\n" + decl.text, id);
    ctx.policy.interpretations.push_back({decl.name.text, decl.text, decl.name.span, true, decl.alternatives});
  });
}

void CollectStatements(Context& ctx) {
  EachRecord(ctx, [&](const syntax::File& file, const syntax::InterpretationDecl& decl) {
    const auto found = ctx.interpretations.find(decl.name.text);
    model::Interpretation& made = ctx.policy.interpretations[found->second.index];
    made.text_unavailable = decl.text_unavailable;
    made.cites = ResolveCites(ctx, file, decl.cites);
    for (const syntax::Name& name : decl.settled_by) {
      const std::optional<std::size_t> role = FindDeclared(ctx, ctx.roles, name, "role");
      if (role) made.settled_by.emplace_back(*role);
    }
  });
  for (const syntax::File& file : ctx.unit.files) {
    for (const syntax::Decl& decl : file.decls) std::visit(Collector(ctx, file), decl);
  }
}

}  // namespace cordon::check
