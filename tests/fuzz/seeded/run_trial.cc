// The corpus, and what must be so of every command whatever it is given; see trial.h.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "calendar/calendar.h"
#include "cli/run.h"
#include "support/file_system.h"
#include "trial.h"

namespace cordon::tests {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<fs::path> Below(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ending) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The policies of a transcript: each of its `--- name.cordon` parts.
void AddTranscript(const std::string& text, Corpus& corpus) {
  std::istringstream lines(text);
  std::string line;
  std::string part;
  bool inside = false;
  const auto end = [&] {
    if (part.rfind("policy ", 0) == 0 && part.find("{{repeat") == std::string::npos) {
      corpus.policies.push_back({{"policy/policy.cordon", part}});
    }
    part.clear();
  };
  while (std::getline(lines, line)) {
    const bool begins = line.rfind("--- ", 0) == 0;
    if (begins || line.rfind("$ ", 0) == 0) {
      if (inside) end();
      inside = begins && line.size() > 7 && line.substr(line.size() - 7) == ".cordon";
    } else if (inside) {
      part += line + "\n";
    }
  }
}

struct Result {
  int status = 0;
  std::string out;
  std::string err;
  bool operator==(const Result&) const = default;
};

Result RunOnce(const Trial& trial, const std::vector<std::string>& command, std::size_t block_bytes = 1 << 20) {
  const support::MemoryFileSystem disk(trial.files);
  std::istringstream in(trial.input);
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{disk, in, out, err, false, "policies", *calendar::MakeDate(2020, 1, 1)};
  environment.block_bytes = block_bytes;
  const int status = cli::Run(command, environment);
  return {status, out.str(), err.str()};
}

// What is wrong, or nothing.
std::string Judge(const std::vector<std::string>& command, const Result& result) {
  const bool known = result.status == 0 || result.status == 2 || result.status == 3 || result.status == 4;
  if (!known) return "exit status " + std::to_string(result.status);
  const bool is_json = std::find(command.begin(), command.end(), "json") != command.end();
  if (!result.out.empty() && is_json && !nlohmann::json::accept(result.out)) return "the result is not JSON";
  bool has_code = false;
  if (is_json && result.err.starts_with("{")) {
    const auto document = nlohmann::json::parse(result.err, nullptr, false);
    if (!document.is_object() || !document.contains("diagnostics")) return "the messages are not JSON";
    for (const auto& diagnostic : document["diagnostics"]) has_code = has_code || diagnostic["severity"] == "error";
    return result.out.empty() && !has_code ? "exit status " + std::to_string(result.status) + " without a message" : "";
  }
  std::istringstream lines(result.err);
  std::string line;
  while (std::getline(lines, line)) {
    for (const char* lead : {"error", "warning", "note"}) {
      const std::size_t size = std::string(lead).size();
      if (line.rfind(lead, 0) == 0 && (line.size() <= size || line[size] != '[')) return "no code: " + line;
    }
    has_code = has_code || line.rfind("error[E", 0) == 0;
  }
  const bool silent = result.out.empty() && !has_code;
  return silent ? "exit status " + std::to_string(result.status) + " without a message" : "";
}

}  // namespace

Corpus ReadCorpus(const std::string& repository) {
  Corpus corpus;
  Files files;
  fs::path folder;
  const auto end = [&] {
    for (int i = 0; i < 4 && !files.empty(); ++i) corpus.policies.push_back(files);  // more often than small ones
    files.clear();
  };
  for (const fs::path& path : Below(repository + "/policies", ".cordon")) {
    if (path.parent_path() != folder) end();
    folder = path.parent_path();
    files["policy/" + path.filename().string()] = ReadFile(path);
  }
  end();
  for (const fs::path& path : Below(repository + "/stdlib", ".cordon")) corpus.snippets.push_back(ReadFile(path));
  for (const fs::path& path : Below(repository + "/tests/golden", ".golden")) AddTranscript(ReadFile(path), corpus);
  for (const Files& policy : corpus.policies) {
    for (const auto& [path, text] : policy) corpus.snippets.push_back(text);
  }
  return corpus;
}

std::string RunTrial(const Trial& trial) {
  bool again = true;  // the first command, to see that it says the same twice
  for (const std::vector<std::string>& command : trial.commands) {
    const Result result = RunOnce(trial, command);
    const std::string wrong = Judge(command, result);
    if (!wrong.empty()) return wrong + "\n" + result.out + result.err;
    if (again && !(RunOnce(trial, command) == result)) return "another answer the second time";
    again = false;
  }
  return {};
}

namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool IsBlank(const std::string& line) { return line.find_first_not_of(" \t\r") == std::string::npos; }

// The result of line `which` of the input where all others are blank.
std::string Alone(const Trial& trial, std::size_t which) {
  Trial alone = trial;
  alone.input = std::string(which, '\n') + Lines(trial.input)[which];
  return RunOnce(alone, alone.commands[0]).out;
}

}  // namespace

std::string RunBatchTrial(const Trial& trial) {
  if (trial.commands.empty()) return {};
  const Result whole = RunOnce(trial, trial.commands[0]);
  // A first line that breaks off is taken for the beginning of a document over several lines.
  if (whole.status == 64 && whole.err.find("[E0872]") != std::string::npos) return {};
  if (whole.status != 0 && whole.status != 3) return "exit status " + std::to_string(whole.status) + "\n" + whole.err;
  const std::vector<std::string> results = Lines(whole.out);
  std::vector<std::size_t> given;
  const std::vector<std::string> lines = Lines(trial.input);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!IsBlank(lines[i])) given.push_back(i);
  }
  if (results.size() != given.size())
    return std::to_string(given.size()) + " lines, " + std::to_string(results.size()) + " results\n" + whole.out;
  for (const std::string& result : results) {
    if (!nlohmann::json::accept(result)) return "this result is not JSON:\n" + result;
  }
  std::vector<std::string> cut = trial.commands[0];
  cut.insert(cut.end(), {"--threads", std::to_string(1 + trial.cut % 3)});
  if (RunOnce(trial, cut, 1 + trial.cut / 3 % 300).out != whole.out) return "other results where it is cut otherwise";
  if (given.empty()) return {};
  const std::size_t which = trial.cut % given.size();
  if (Alone(trial, given[which]) == results[which] + "\n") return {};
  return "line " + std::to_string(given[which] + 1) + " has another result alone:\n" + results[which] + "\n" +
         Alone(trial, given[which]);
}

}  // namespace cordon::tests
