// Puts the parts of a compiled policy together, and takes them apart; see compiled.h.
#include "compiled/compiled.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "compiled/pack.h"
#include "compiled/unpack.h"
#include "model/verify.h"
#include "support/blake2b.h"
#include "support/text.h"

namespace cordon::compiled {
namespace {

using diagnostics::Code;

constexpr std::string_view kMark = "\x89\x43\x4f\x52\x44\x0d\x0a\x1a";
constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kLanguageAt = 12;
constexpr std::size_t kLengthAt = 16;
constexpr std::size_t kChecksumAt = 32;
constexpr std::size_t kHeaderSize = 64;

constexpr std::string_view kMend = "compile it again, from the policy's text, with `cordon compile POLICY -o FILE`";

void AppendFixed(std::string& bytes, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i));
}

std::uint64_t ReadFixed(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  }
  return number;
}

void AppendText(std::string& bytes, std::string_view text) {
  AppendNumber(bytes, text.size());
  bytes += text;
}

// Whether the header promises what this program can read, and the rest is what it promises.
bool CheckHeader(std::string_view bytes, const std::string& name, diagnostics::Sink& sink) {
  const auto refuse = [&](Code code, std::string message, std::string_view help = kMend) {
    sink.Report(code, {}, fmt::format("`{}` {}", name, message), std::string(help));
    return false;
  };
  if (bytes.substr(0, kMark.size()) != kMark.substr(0, bytes.size()) || bytes.empty()) {
    return refuse(Code::kNotCompiled, "is no compiled policy: it does not begin as one",
                  "`cordon compile POLICY -o FILE` writes one; the text of a policy is named without `.cordonc`");
  }
  if (bytes.size() < kHeaderSize) {
    return refuse(Code::kCompiledCut, fmt::format("is cut: it ends after {} bytes, within its header", bytes.size()));
  }
  if (const std::uint64_t format = ReadFixed(bytes, kFormatAt, 4); format != kFormat) {
    return refuse(Code::kCompiledFormat,
                  fmt::format("is of format {}, and this program reads format {}", format, kFormat),
                  "compile the policy's text again, with the program that is to read it");
  }
  if (const std::uint64_t language = ReadFixed(bytes, kLanguageAt, 4); language == 0 || language > kLanguage) {
    return refuse(
        Code::kCompiledLanguage,
        fmt::format("is of version {} of the language, and this program knows version {}", language, kLanguage),
        "use a program as new as the one that compiled it, or compile the text with this one");
  }
  const std::uint64_t length = ReadFixed(bytes, kLengthAt, 8);
  const std::size_t rest = bytes.size() - kHeaderSize;
  if (length != rest) {
    return refuse(Code::kCompiledCut, fmt::format("is {}: {} bytes stand behind its header, which announces {}",
                                                  rest < length ? "cut" : "continued", rest, length));
  }
  if (support::Blake2b({bytes.substr(0, kChecksumAt), bytes.substr(kHeaderSize)}) !=
      bytes.substr(kChecksumAt, kHeaderSize - kChecksumAt)) {
    return refuse(Code::kCompiledChanged, "was changed after it was compiled: its checksum is another one");
  }
  return true;
}

// A text; nothing where it is no UTF-8.
std::optional<std::string_view> UnpackText(Unpack& unpack) {
  const std::string_view text = unpack.Bytes(unpack.Count());
  if (support::FindInvalidUtf8(text)) return std::nullopt;
  return text;
}

struct Source {
  std::string_view name;
  std::string_view text;
};

// What stands in front of the policy; nothing where it does not fit.
std::optional<std::vector<Source>> UnpackTexts(Unpack& unpack) {
  std::vector<std::string_view> texts;
  for (std::size_t left = unpack.Count(); left > 0 && !unpack.broken(); --left) {
    const auto text = UnpackText(unpack);
    if (!text) return std::nullopt;
    texts.push_back(*text);
  }
  unpack.SetTexts(std::move(texts));
  std::vector<Source> sources;
  for (std::size_t left = unpack.Count(); left > 0 && !unpack.broken(); --left) {
    const auto name = UnpackText(unpack);
    const auto text = UnpackText(unpack);
    if (!name || !text) return std::nullopt;
    sources.push_back({*name, *text});
  }
  if (unpack.broken()) return std::nullopt;
  return sources;
}

}  // namespace

std::string Write(const model::Policy& policy, const diagnostics::Sources& sources, const SourceNames& names) {
  Pack pack;
  Fields(pack, policy);
  std::string content;
  AppendNumber(content, pack.texts().size());
  for (const std::string& text : pack.texts()) AppendText(content, text);
  AppendNumber(content, pack.sources().size());
  for (const diagnostics::SourceId source : pack.sources()) {
    const auto named = names.find(source);
    AppendText(content, named == names.end() ? sources.name(source) : named->second);
    AppendText(content, sources.text(source));
  }
  content += pack.bytes();
  std::string bytes(kMark);
  AppendFixed(bytes, kFormat, 4);
  AppendFixed(bytes, kLanguage, 4);
  AppendFixed(bytes, content.size(), 8);
  AppendFixed(bytes, 0, 8);
  bytes += support::Blake2b({bytes, content});
  return bytes + content;
}

std::optional<model::Policy> Read(std::string_view bytes, const std::string& name, diagnostics::Sources& sources,
                                  diagnostics::Sink& sink) {
  if (!CheckHeader(bytes, name, sink)) return std::nullopt;
  Unpack unpack(bytes.substr(kHeaderSize));
  const std::optional<std::vector<Source>> found = UnpackTexts(unpack);
  model::Policy policy;
  if (found) {
    std::vector<UnpackedSource> unpacked;
    for (const Source& source : *found) {
      unpacked.push_back({sources.Add(std::string(source.name), std::string(source.text)), source.text.size()});
    }
    unpack.SetSources(std::move(unpacked));
    Fields(unpack, policy);
  }
  const bool whole = found && !unpack.broken() && unpack.at_end();
  const std::vector<std::string> broken = whole ? model::Verify(policy) : std::vector<std::string>();
  if (whole && broken.empty()) return policy;
  sink.Report(Code::kCompiledBroken, {},
              whole ? fmt::format("`{}` holds no policy: {}", name, broken.front())
                    : fmt::format("`{}` holds no policy: what stands in it does not fit together", name),
              std::string(kMend));
  return std::nullopt;
}

}  // namespace cordon::compiled
