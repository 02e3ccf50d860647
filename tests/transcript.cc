// Runs commands inside the test; see transcript.h.
#include "transcript.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <streambuf>

#include "calendar/calendar.h"
#include "cli/run.h"
#include "support/byte_stream.h"
#include "support/file_system.h"
#include "support/file_writer.h"

namespace cordon::tests {
namespace {

constexpr char kNoLineEnd[] = "\\ no line end";

// Collects what one stream is given into lines, in a list that both streams share.
class Recorder : public std::streambuf {
 public:
  Recorder(Stream stream, std::vector<Line>& lines) : stream_(stream), lines_(lines) {}

  // The rest that no line break ended.
  void Finish() {
    if (rest_.empty()) return;
    lines_.push_back({stream_, rest_});
    lines_.push_back({stream_, kNoLineEnd});
    rest_.clear();
  }

 private:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    if (c == '\n') {
      lines_.push_back({stream_, rest_});
      rest_.clear();
    } else {
      rest_ += traits_type::to_char_type(c);
    }
    return c;
  }

  Stream stream_;
  std::vector<Line>& lines_;
  std::string rest_;
};

// Writes files into a Folder.
class FolderWriter : public support::FileWriter {
 public:
  explicit FolderWriter(Folder& folder) : folder_(folder) {}
  std::optional<support::Failure> Write(const std::string& path, std::string_view content) const override {
    if (path.starts_with("locked/")) return support::Failure{"permission denied"};
    const auto inside = folder_.lower_bound(path + "/");
    if (inside != folder_.end() && inside->first.starts_with(path + "/")) return support::Failure{"is a directory"};
    folder_[path] = content;
    return std::nullopt;
  }

 private:
  Folder& folder_;
};

// The same for results that are streamed.
class FolderStreams : public support::MemoryStreamFiles {
 public:
  explicit FolderStreams(Folder& folder) : MemoryStreamFiles(folder) {}
  support::Result<std::unique_ptr<support::ByteWriter>> OpenToWrite(const std::string& path,
                                                                    std::uint64_t keep) const override {
    if (path.starts_with("locked/")) return support::Failure{"permission denied"};
    return MemoryStreamFiles::OpenToWrite(path, keep);
  }
};

// The words of a command line, or nothing where a quote is not closed.
std::optional<std::vector<std::string>> SplitWords(const std::string& command) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = 0;
  for (const char c : command) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        *word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      if (!word) word = "";
    } else if (c == ' ') {
      if (word) words.push_back(*word);
      word.reset();
    } else {
      if (!word) word = "";
      *word += c;
    }
  }
  if (quote != 0) return std::nullopt;
  if (word) words.push_back(*word);
  return words;
}

}  // namespace

std::optional<Printed> RunCommand(const std::string& command, Folder& folder) {
  std::optional<std::vector<std::string>> words = SplitWords(command);
  if (!words || words->empty() || (words->front() != "cordon" && words->front() != "./cordon")) return std::nullopt;
  words->erase(words->begin());
  std::string input;
  if (words->size() >= 2 && (*words)[words->size() - 2] == "<") {
    const auto found = folder.find(words->back());
    EXPECT_TRUE(found != folder.end()) << "there is no file " << words->back() << " to read from: " << command;
    if (found != folder.end()) input = found->second;
    words->resize(words->size() - 2);
  }
  const bool is_full = words->size() >= 2 && (*words)[words->size() - 2] == ">" && words->back() == "/dev/full";
  if (is_full) words->resize(words->size() - 2);
  Printed printed;
  Recorder out_lines(Stream::kOut, printed.lines);
  Recorder err_lines(Stream::kErr, printed.lines);
  const support::MemoryFileSystem files(folder);
  const FolderWriter writer(folder);
  std::istringstream in(input);
  std::ostream out(is_full ? nullptr : &out_lines);
  std::ostream err(&err_lines);
  const FolderStreams streams(folder);
  cli::Environment environment{files, in, out, err, false, "policies", *calendar::MakeDate(2025, 3, 1), &writer};
  environment.streams = &streams;
  printed.status = cli::Run(*words, environment);
  out_lines.Finish();
  err_lines.Finish();
  for (Line& line : printed.lines) line.text = MaskDigests(line.text);
  return printed;
}

std::string Generate(const std::string& text) {
  static const std::string kOpen = "{{repeat ";
  std::string generated;
  std::size_t at = 0;
  for (std::size_t found = text.find(kOpen); found != std::string::npos; found = text.find(kOpen, at)) {
    const std::size_t quote = text.find('"', found);
    const std::size_t close = text.find("\"}}", quote + 1);
    EXPECT_NE(close, std::string::npos) << "a {{repeat is not closed";
    if (close == std::string::npos) return generated;
    std::string piece = text.substr(quote + 1, close - quote - 1);
    for (std::size_t n = piece.find("\\n"); n != std::string::npos; n = piece.find("\\n", n)) piece.replace(n, 2, "\n");
    generated += text.substr(at, found - at);
    const long count = std::stol(text.substr(found + kOpen.size()));
    generated.reserve(generated.size() + piece.size() * static_cast<std::size_t>(count));
    if (piece.size() == 1) generated.append(static_cast<std::size_t>(count), piece[0]);
    for (long i = 0; piece.size() != 1 && i < count; ++i) generated += piece;
    at = close + 3;
  }
  return generated + text.substr(at);
}

std::string FromHex(const std::string& text) {
  std::string bytes;
  std::string digits;
  for (const char c : text) {
    if (c == ' ' || c == '\n') continue;
    digits += c;
    if (digits.size() < 2) continue;
    bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
    digits.clear();
  }
  EXPECT_TRUE(digits.empty()) << "an odd number of hexadecimal digits";
  return bytes;
}

std::string MaskDigests(std::string_view text) {
  static constexpr std::string_view kMark = "sha256:";
  std::string masked;
  std::size_t at = 0;
  for (std::size_t found = text.find(kMark); found != std::string_view::npos; found = text.find(kMark, at)) {
    const std::size_t digits = found + kMark.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789abcdef", digits), text.size());
    masked += text.substr(at, digits - at);
    if (end > digits) masked += "…";
    at = end;
  }
  masked += text.substr(at);
  return masked;
}

Folder ReadRepository(const std::string& folder, const std::vector<std::string>& endings) {
  Folder files;
  const std::filesystem::path root = CORDON_SOURCE_DIR;
  if (!std::filesystem::is_directory(root / folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    const std::string path = std::filesystem::relative(entry.path(), root).generic_string();
    const bool wanted = std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
      return std::string_view(path).ends_with(ending);
    });
    if (wanted && entry.is_regular_file()) files[path] = ReadRepositoryFile(path);
  }
  return files;
}

std::string ReadRepositoryFile(const std::string& path) {
  std::ifstream file(std::string(CORDON_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

bool IsUpdate() { return std::getenv("CORDON_UPDATE") != nullptr; }

void WriteRepositoryFile(const std::string& path, const std::string& content) {
  ASSERT_TRUE(IsUpdate());
  std::ofstream file(std::string(CORDON_SOURCE_DIR) + "/" + path, std::ios::binary);
  file << content;
  ASSERT_TRUE(file.good()) << path;
}

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace cordon::tests
