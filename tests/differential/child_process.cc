// Runs a child; see child_process.h.
#include "child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace cordon::testing {

namespace {

// In the child: never returns.
[[noreturn]] void Become(const std::vector<std::string>& command, int output) {
  std::vector<char*> args;
  for (const std::string& word : command) args.push_back(const_cast<char*>(word.c_str()));
  args.push_back(nullptr);
  dup2(output, STDOUT_FILENO);
  dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
  execvp(args[0], args.data());
  _exit(127);
}

}  // namespace

std::optional<std::string> FirstWordOf(const std::vector<std::string>& command, std::chrono::milliseconds limit) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  const pid_t child = fork();
  if (child < 0) return std::nullopt;
  if (child == 0) Become(command, ends[1]);
  close(ends[1]);
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::string output;
  bool ended = false;
  while (!ended) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd ready{ends[0], POLLIN, 0};
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) <= 0) break;
    char buffer[256];
    const ssize_t got = read(ends[0], buffer, sizeof buffer);
    ended = got <= 0;
    if (got > 0) output.append(buffer, static_cast<std::size_t>(got));
  }
  close(ends[0]);
  if (!ended) kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  if (!ended) return std::nullopt;
  std::istringstream words(output);
  std::string first;
  words >> first;
  return first;
}

bool IsInstalled(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace cordon::testing
