// Transcripts: commands as a user types them, run inside the test against files in memory.
//
// A Folder holds the files that the commands see; RunCommand runs one line, `cordon check a.cordon < facts.json`,
// through cli::Run and gives back what it printed, line by line, and its exit status. The as-of date is fixed, and
// digests are masked as `sha256:…`, so that a transcript says what is claimed and nothing that changes by itself. What
// a command writes is in the folder of the next one; nothing can be written below `locked/`. Used by golden_test.cc and
// docs_test.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::tests {

// Path to content; paths are relative, with `/`.
using Folder = std::map<std::string, std::string>;

enum class Stream : unsigned char { kOut, kErr };

struct Line {
  Stream stream = Stream::kOut;
  std::string text;
  bool operator==(const Line&) const = default;
};

struct Printed {
  std::vector<Line> lines;  // both streams, in the order in which their lines were completed
  int status = 0;
};

// What `command` prints in `folder`. The first word is `cordon` or `./cordon`; words are split at spaces, and '…' and
// "…" keep one together. `< FILE` at the end is standard input, `> /dev/full` a standard output that takes nothing.
// Nothing where the command is not one of these.
std::optional<Printed> RunCommand(const std::string& command, Folder& folder);

// `text` with each {{repeat N "TEXT"}} written out. `\n` in TEXT is a line break.
std::string Generate(const std::string& text);

// The bytes that hexadecimal digits spell; spaces and line breaks stand between them.
std::string FromHex(const std::string& text);

// `text` with every `sha256:` and its digits as `sha256:…`.
std::string MaskDigests(std::string_view text);

// The repository's files below `folder` whose names end in one of `endings`, by their path from the root.
Folder ReadRepository(const std::string& folder, const std::vector<std::string>& endings);

// The content of one file of the repository, by its path from the root; fails the test where it can't be read.
std::string ReadRepositoryFile(const std::string& path);

// Whether expectations are to be rewritten instead of checked (CORDON_UPDATE is set).
bool IsUpdate();

// Writes `content` to one file of the repository. REQUIRES: IsUpdate().
void WriteRepositoryFile(const std::string& path, const std::string& content);

// `text` in lines; a last line break ends the last line and begins none.
std::vector<std::string> SplitLines(std::string_view text);

// Registers one test for each transcript, each document and each diagnostic code.
void RegisterGoldenTests();
void RegisterDocumentTests();
void RegisterCodeTests();
// And one for each table of docs/guidelines/.
void RegisterGuidelineTests();

}  // namespace cordon::tests
