// Opens an input and looks at its beginning; see batch_input.h.
#include "cli/batch_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <istream>
#include <string_view>
#include <utility>

#include "support/assert.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;
using support::Failure;
using support::Result;

constexpr std::size_t kBeginning = std::size_t{64} << 10U;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// A stream of the library, where no other is handed in.
class StreamReader : public support::ByteReader {
 public:
  explicit StreamReader(std::istream& in) : in_(in) {}
  Result<std::size_t> Read(char* into, std::size_t size) override {
    try {
      in_.read(into, static_cast<std::streamsize>(size));
    } catch (const std::ios_base::failure&) {
      return Failure{"it is a folder, or closed"};
    }
    return static_cast<std::size_t>(in_.gcount());
  }

 private:
  std::istream& in_;
};

// The first line from `at` on that is not blank, and where the next begins.
std::string_view NextLine(std::string_view text, std::size_t& at) {
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first != std::string_view::npos) return line.substr(first);
  }
  return {};
}

// Whether more brackets are opened than closed, outside of texts.
bool IsOpen(std::string_view line) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (in_text && line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      in_text = !in_text;
    } else if (!in_text && (line[i] == '{' || line[i] == '[')) {
      ++depth;
    } else if (!in_text && (line[i] == '}' || line[i] == ']')) {
      --depth;
    }
  }
  return depth > 0;
}

}  // namespace

std::unique_ptr<BatchInput> BatchInput::Open(const Environment& environment, const std::string& path,
                                             diagnostics::Sink& sink) {
  auto input = std::make_unique<BatchInput>();
  input->streams_ = environment.streams;
  input->path_ = path;
  input->name_ = path == "-" ? "standard input" : path;
  std::optional<Failure> failure;
  if (path == "-") {
    if (environment.bulk_in == nullptr) input->owned_ = std::make_unique<StreamReader>(environment.in);
    input->reader_ = environment.bulk_in != nullptr ? environment.bulk_in : input->owned_.get();
  } else {
    CORDON_ASSERT(environment.streams != nullptr);
    auto opened = environment.streams->OpenToRead(path, 0);
    if (!opened.ok()) failure = opened.failure();
    if (opened.ok()) input->owned_ = std::move(opened).value();
    input->reader_ = input->owned_.get();
    const auto size = environment.streams->Size(path);
    if (size.ok()) input->size_ = size.value();
  }
  std::string& beginning = input->beginning_;
  beginning.resize(failure ? 0 : kBeginning);
  std::size_t filled = 0;
  while (!failure && filled < beginning.size()) {
    const auto count = input->reader_->Read(beginning.data() + filled, beginning.size() - filled);
    if (!count.ok()) failure = count.failure();
    if (!count.ok() || count.value() == 0) break;
    filled += count.value();
  }
  beginning.resize(filled);
  input->at_ = input->start().bytes;
  if (!failure) return input;
  sink.Report(Code::kFileUnreadable, {},
              path == "-" ? fmt::format("the facts cannot be read from standard input: {}", failure->message)
                          : fmt::format("the facts `{}` cannot be read: {}", path, failure->message),
              "`--facts` takes the path of a file with one document a line, or - for standard input");
  return nullptr;
}

LinePlace BatchInput::start() const {
  return {std::string_view(beginning_).starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0, 1};
}

std::optional<Failure> BatchInput::GoTo(const LinePlace& place) {
  CORDON_ASSERT(streams_ != nullptr && size_);
  auto opened = streams_->OpenToRead(path_, place.bytes);
  if (!opened.ok()) return opened.failure();
  owned_ = std::move(opened).value();
  reader_ = owned_.get();
  at_ = beginning_.size();
  return std::nullopt;
}

Result<std::size_t> BatchInput::Read(char* into, std::size_t size) {
  if (at_ >= beginning_.size()) return reader_->Read(into, size);
  const std::size_t count = std::min(size, beginning_.size() - at_);
  std::memcpy(into, beginning_.data() + at_, count);
  at_ += count;
  return count;
}

bool CheckLines(const BatchInput& input, diagnostics::Sink& sink) {
  const std::string_view text = input.beginning();
  auto refuse = [&](std::string_view what, std::string help) {
    sink.Report(Code::kFactsNotLines, {},
                fmt::format("the facts `{}` are {}, and not one document a line", input.name(), what), std::move(help));
    return false;
  };
  const std::string file = input.name() == "standard input" ? "FILE" : input.name();
  if (text.starts_with("\x1f\x8b"))
    return refuse("compressed", fmt::format("unpack them on the way: `zcat {} | cordon batch … --facts -`", file));
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    return refuse("UTF-16", fmt::format("write them as UTF-8: `iconv -f UTF-16 -t UTF-8 {}`", file));
  std::size_t at = input.start().bytes;
  const std::string_view first = NextLine(text, at);
  if (first.starts_with('['))
    return refuse("one JSON array", fmt::format("write each of its documents on a line: `jq -c '.[]' {}`", file));
  const bool whole_line = at <= text.size();
  const std::string_view second = NextLine(text, at);
  if (first.starts_with('{') && whole_line && IsOpen(first) && !second.empty() && !second.starts_with('{')) {
    return refuse(
        "a document over several lines",
        fmt::format("write each document on a line: `jq -c . {}`; for one subject there is `cordon eval`", file));
  }
  return true;
}

}  // namespace cordon::cli
