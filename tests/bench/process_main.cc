// How long a process takes, and how much memory: of one run of a command.
//
//   cordon_process COMMAND ARGUMENT...
//
// Prints the milliseconds from before its start to its end, and the most KiB that were resident at a time. What the
// command prints goes to /dev/null; it may read standard input. Its exit status is passed on.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "timing.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: cordon_process COMMAND ARGUMENT...\n");
    return 64;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = 0;
  int status = 0;
  rusage usage = {};
  bool ran = false;
  const double nanoseconds = cordon::bench::NanosecondsOf([&] {
    ran = posix_spawnp(&process, argv[1], &actions, nullptr, argv + 1, environ) == 0 &&
          wait4(process, &status, 0, &usage) == process;
  });
  if (!ran) {
    std::fprintf(stderr, "cordon_process: %s cannot be run\n", argv[1]);
    return 69;
  }
  std::printf("%.3f %ld\n", nanoseconds / 1e6, usage.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
