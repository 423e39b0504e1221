// Runs one program and reports what it took: seconds on the clock, seconds of processors, and the peak
// memory of its largest process. In C++ because Node's own clock would also see Node.
//   timed REPORT INPUT OUTPUT PROGRAM [ARGUMENT…]
// REPORT gets {"seconds","cpuSeconds","peakMemoryBytes","status"}; INPUT and OUTPUT become the
// program's streams. A program that was killed by signal N has status 128 + N.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

extern char** environ;

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

int refuse(const char* what, int error) {
  std::fprintf(stderr, "%s: %s\n", what, std::strerror(error));
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return refuse("timed REPORT INPUT OUTPUT PROGRAM", EINVAL);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, 0, argv[2], O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&streams, 1, argv[3], O_WRONLY | O_CREAT | O_TRUNC, 0600);

  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int error = posix_spawnp(&child, argv[4], &streams, nullptr, argv + 4, environ);
  if (error != 0) return refuse(argv[4], error);
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) return refuse("wait4", errno);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  std::FILE* const report = std::fopen(argv[1], "w");
  if (report == nullptr) return refuse(argv[1], errno);
  std::fprintf(report, "{\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"peakMemoryBytes\":%ld,\"status\":%d}\n", seconds,
               seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss * 1024,
               WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return std::fclose(report) == 0 ? 0 : refuse(argv[1], errno);
}
