// Declares every name in its namespace, and builds what needs no other name: categories, roles, events. See context.h.
#include <variant>

#include "check/context.h"
#include "check/statements.h"
#include "check/types.h"

namespace cordon::check {

namespace {

// Adds `nodes` below the path `above`, depth first. Recursion is bounded by the parser's limit on brackets.
void AddNodes(Context& ctx, model::Category& category, const std::vector<syntax::CategoryNode>& nodes,
              const std::string& above, std::vector<Span>& names) {
  std::map<std::string, Span> seen;
  for (const syntax::CategoryNode& written : nodes) {
    const auto [first, added] = seen.emplace(written.name.text, written.name.span);
    if (!added) {
      ctx.sink.Report(Code::kDuplicateName, written.name.span,
                      "`" + written.name.text + "` stands twice in the same place of `" + category.name + "`",
                      "take one of the two out", {{first->second, "the first is here"}});
      continue;
    }
    const std::size_t index = category.nodes.size();
    model::CategoryNode node;
    node.name = written.name.text;
    node.path = above.empty() ? node.name : above + "." + node.name;
    node.first_leaf = category.leaves.size();
    node.has_children = !written.children.empty();
    node.texts = PlainTexts(written.texts);
    const std::string path = node.path;
    category.nodes.push_back(std::move(node));
    names.push_back(written.name.span);
    if (written.children.empty()) {
      category.leaves.push_back(index);
    } else {
      AddNodes(ctx, category, written.children, path, names);
    }
    category.nodes[index].end_leaf = category.leaves.size();
  }
}

void DeclareCategory(Context& ctx, const syntax::Name& name, const std::vector<syntax::CategoryNode>& nodes,
                     const syntax::Notes& notes, bool is_scale) {
  if (!Declare(ctx, ctx.types, name, NameKind::kCategory, ctx.policy.categories.size())) return;
  model::Category category;
  category.name = name.text;
  category.is_scale = is_scale;
  category.span = name.span;
  CategoryInfo info;
  AddNodes(ctx, category, nodes, "", info.nodes);
  info.interpretations = ResolveInterpretations(ctx, notes.interpretations);
  ctx.policy.categories.push_back(std::move(category));
  ctx.categories.push_back(std::move(info));
}

// Enters the names of one file, declaration by declaration.
struct Declarer {
  Context& ctx;
  const syntax::File& file;
  bool in_library;

  void operator()(const syntax::PolicyHeader&) const {}
  void operator()(const syntax::LibraryHeader&) const {}
  void operator()(const syntax::Use&) const {}
  void operator()(const syntax::ClaimDecl&) const {}
  void operator()(const syntax::InterpretationDecl&) const {}  // entered before
  void operator()(const syntax::OmissionDecl&) const {}
  void operator()(const syntax::ChangeDecl&) const {}
  void operator()(const syntax::SubjectDecl& decl) const {
    Declare(ctx, ctx.subjects, decl.name, NameKind::kSubject, ctx.subjects.size());
  }
  void operator()(const syntax::CategoryDecl& decl) const {
    DeclareCategory(ctx, decl.name, decl.nodes, decl.notes, false);
  }
  void operator()(const syntax::ScaleDecl& decl) const {
    DeclareCategory(ctx, decl.name, decl.symbols, decl.notes, true);
  }
  void operator()(const syntax::SetDecl& decl) const {
    if (!Declare(ctx, ctx.sets, decl.name, NameKind::kSet, ctx.set_infos.size())) return;
    ctx.set_infos.push_back({{&file, &decl}, {}, {}, {}, Progress::kWaiting});
  }
  void operator()(const syntax::RoleDecl& decl) const {
    if (!Declare(ctx, ctx.roles, decl.name, NameKind::kRole, ctx.policy.roles.size())) return;
    ctx.policy.roles.push_back({decl.name.text, PlainTexts(decl.texts)});
  }
  void operator()(const syntax::EventDecl& decl) const {
    if (!Declare(ctx, ctx.events, decl.name, NameKind::kEvent, ctx.policy.events.size())) return;
    ctx.policy.events.push_back({decl.name.text, PlainTexts(decl.texts)});
  }
  void operator()(const syntax::RecordDecl& decl) const {
    if (!Declare(ctx, ctx.types, decl.name, NameKind::kRecord, ctx.records.size())) return;
    RecordInfo info;
    info.written = {&file, &decl};
    ctx.records.push_back(std::move(info));
    model::Record record;
    record.name = decl.name.text;
    record.self = model::VariableId(ctx.policy.num_variables++);
    record.span = decl.name.span;
    ctx.policy.records.push_back(std::move(record));
  }
  void operator()(const syntax::ParamDecl& decl) const {
    if (!Declare(ctx, ctx.values, decl.name, NameKind::kParam, ctx.params.size())) return;
    ctx.params.push_back({{&file, &decl}, Progress::kWaiting});
  }
  void operator()(const syntax::FactDecl& decl) const {
    if (!Declare(ctx, ctx.values, decl.name, NameKind::kFact, ctx.facts.size())) return;
    ctx.facts.push_back({{&file, &decl}, Progress::kWaiting, in_library});
  }
  void operator()(const syntax::GroupDecl& decl) const {
    if (!Declare(ctx, ctx.groups, decl.name, NameKind::kGroup, ctx.group_infos.size())) return;
    ctx.group_infos.push_back({{&file, &decl}});
  }
  void operator()(const syntax::ActionDecl& decl) const {
    if (!Declare(ctx, ctx.actions, decl.name, NameKind::kAction, ctx.action_infos.size())) return;
    ctx.action_infos.push_back({{&file, &decl}, Progress::kWaiting});
  }
  void operator()(const syntax::DefineDecl& decl) const {
    if (!Declare(ctx, ctx.values, decl.name, NameKind::kDefine, ctx.defines.size())) return;
    ctx.defines.push_back({{&file, &decl}, {}, Progress::kWaiting, {}, in_library});
  }
  void operator()(const syntax::ProtocolDecl& decl) const {
    if (in_library) {
      ctx.sink.Report(Code::kProtocolInLibrary, decl.name.span,
                      "the protocol `" + decl.name.text + "` stands in a library",
                      "a library holds what policies share; move the protocol to a policy");
      return;
    }
    if (!Declare(ctx, ctx.values, decl.name, NameKind::kProtocol, ctx.protocols.size())) return;
    ProtocolInfo info;
    info.written = {&file, &decl};
    ctx.protocols.push_back(std::move(info));
    model::Protocol protocol;
    protocol.name = decl.name.text;
    protocol.span = decl.name.span;
    ctx.policy.protocols.push_back(std::move(protocol));
  }
};

// Enters `name` in the protocol, unless the whole policy has it already.
bool DeclareInside(Context& ctx, ProtocolInfo& protocol, const syntax::Name& name, NameKind kind, std::size_t index) {
  const auto taken = ctx.values.find(name.text);
  if (taken == ctx.values.end()) return Declare(ctx, protocol.names, name, kind, index);
  return Declare(ctx, ctx.values, name, kind, index);  // reports the clash
}

void DeclareInsideProtocol(Context& ctx, std::size_t index) {
  ProtocolInfo& info = ctx.protocols[index];
  for (const syntax::Member& member : info.written.decl->members) {
    if (const auto* output = std::get_if<syntax::OutputDecl>(&member)) {
      if (!DeclareInside(ctx, info, output->name, NameKind::kOutput, ctx.outputs.size())) continue;
      ctx.outputs.push_back({{info.written.file, output}, Progress::kWaiting});
      model::Output made;
      made.name = output->name.text;
      made.protocol = model::ProtocolId(index);
      made.span = output->name.span;
      ctx.policy.protocols[index].outputs.push_back(model::OutputId(ctx.policy.outputs.size()));
      ctx.policy.outputs.push_back(std::move(made));
    } else if (const auto* define = std::get_if<syntax::DefineDecl>(&member)) {
      if (!DeclareInside(ctx, info, define->name, NameKind::kDefine, ctx.defines.size())) continue;
      ctx.defines.push_back({{info.written.file, define}, model::ProtocolId(index), Progress::kWaiting, {}, false});
    }
  }
}

}  // namespace

void DeclareNames(Context& ctx) {
  RecordInterpretations(ctx);
  for (const syntax::File& file : ctx.unit.libraries) {
    for (const syntax::Decl& decl : file.decls) std::visit(Declarer{ctx, file, true}, decl);
  }
  for (const syntax::File& file : ctx.unit.files) {
    for (const syntax::Decl& decl : file.decls) std::visit(Declarer{ctx, file, false}, decl);
  }
  if (SettingCategory(ctx)) {
    // The fact that every protocol may read. Its name is taken even where a policy declares it first.
    const auto taken = ctx.values.find("setting");
    if (taken != ctx.values.end()) {
      ctx.sink.Report(Code::kDuplicateName, taken->second.span,
                      "`setting` is the name of the care setting, which every protocol knows",
                      "give this another name");
      ctx.values.erase(taken);
    }
    ctx.values.emplace("setting", NameEntry{NameKind::kFact, ctx.facts.size(), {}});
    ctx.facts.push_back({{}, Progress::kWaiting, true});
  }
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) DeclareInsideProtocol(ctx, i);
}

}  // namespace cordon::check
