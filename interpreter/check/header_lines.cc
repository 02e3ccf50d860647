// What a policy's header and files say of themselves: times in force, titles, characters that nobody sees.
// See context.h.
#include <optional>
#include <set>
#include <string_view>

#include "check/context.h"

namespace cordon::check {

namespace {

void CheckInForce(Context& ctx, const syntax::InForce& in_force) {
  if (!in_force.until || in_force.from.days <= in_force.until->days) return;
  ctx.sink.Report(Code::kInForceBackwards, in_force.span,
                  "the policy is in force from " + calendar::Format(in_force.from) + " to " +
                      calendar::Format(*in_force.until) + ", which lies before",
                  "write the earlier date first: `in force from " + calendar::Format(*in_force.until) + " to " +
                      calendar::Format(in_force.from) + "`");
}

void CheckTitles(Context& ctx, const syntax::PolicyHeader& header) {
  std::set<std::string> languages;
  for (const syntax::LangText& title : header.titles) {
    const std::string& language = title.language.text;
    if (title.text.find_first_not_of(' ') == std::string::npos) {
      ctx.sink.Report(Code::kUnfitHeaderText, title.span, "the title in `" + language + "` is empty",
                      "write what the guideline is called, or leave the line out");
    }
    if (languages.insert(language).second) continue;
    ctx.sink.Report(Code::kUnfitHeaderText, title.span, "the policy has a second title in `" + language + "`",
                    "take one of the two out, or say which language this one is in");
  }
  if (!header.issuer || header.issuer->find_first_not_of(' ') != std::string::npos) return;
  ctx.sink.Report(Code::kUnfitHeaderText, header.name.span, "the issuer is empty",
                  "write who issued the guideline, or leave the line out");
}

// The length of the character at `at` where it is one that nobody sees: a control character, or one that turns the
// direction of the text about, so that it reads otherwise than the program does.
std::optional<std::size_t> InvisibleAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0);
  if (first == 0x7F || (first < 0x20 && first != '\n' && first != '\r' && first != '\t')) return 1;
  if (first == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;
  if (first != 0xE2) return std::nullopt;
  const bool turns = (byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) ||
                     (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
  return turns ? std::optional<std::size_t>(3) : std::nullopt;
}

void CheckCharacters(Context& ctx, const syntax::File& file) {
  const std::string_view text = ctx.sources.text(file.source);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::optional<std::size_t> length = InvisibleAt(text, at);
    if (!length) continue;
    ctx.sink.Report(Code::kInvisibleCharacter,
                    Span{file.source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + *length)},
                    "a character stands here that nobody sees", "delete it, and type the text around it again");
    return;  // one is enough: most come in swarms
  }
}

bool SaysSomething(const syntax::Decl& decl) {
  return !std::holds_alternative<syntax::PolicyHeader>(decl) && !std::holds_alternative<syntax::Use>(decl);
}

}  // namespace

void CheckHeaderLines(Context& ctx) {
  for (const syntax::File& file : ctx.unit.files) {
    CheckCharacters(ctx, file);
    for (const syntax::Decl& decl : file.decls) {
      const auto* header = std::get_if<syntax::PolicyHeader>(&decl);
      if (header == nullptr) continue;
      if (header->in_force) CheckInForce(ctx, *header->in_force);
      CheckTitles(ctx, *header);
    }
  }
}

void CheckSaysSomething(Context& ctx) {
  const syntax::PolicyHeader* header = nullptr;
  bool says_something = false;
  for (const syntax::File& file : ctx.unit.files) {
    for (const syntax::Decl& decl : file.decls) {
      says_something = says_something || SaysSomething(decl);
      if (const auto* found = std::get_if<syntax::PolicyHeader>(&decl)) header = found;
    }
  }
  if (header == nullptr || says_something || header->revises || header->adapts || ctx.unit.is_composed) return;
  ctx.sink.Report(Code::kNothingDeclared, header->name.span,
                  "the policy `" + Joined(header->name) + "` has a header and declares nothing",
                  "declare facts with `fact …`, and what follows from them with `protocol …`");
}

}  // namespace cordon::check
