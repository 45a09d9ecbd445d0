/*
 * Loaded before the C library, for file systems that are not at hand in a test: fchown and fchmod fail with the error number in
 * REFUSE_RIGHTS, link fails as on a file system without hard links if REFUSE_LINKS is set, and close fails for a temporary file,
 * as on NFS if the quota is used up, if REFUSE_CLOSE is set.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static int refuse(int error) {
  errno = error;
  return -1;
}

int fchown(int file, uid_t owner, gid_t group) {
  const char *error = getenv("REFUSE_RIGHTS");
  return error == NULL ? (int)syscall(SYS_fchown, file, owner, group) : refuse(atoi(error));
}

int fchmod(int file, mode_t mode) {
  const char *error = getenv("REFUSE_RIGHTS");
  return error == NULL ? (int)syscall(SYS_fchmod, file, mode) : refuse(atoi(error));
}

int link(const char *from, const char *to) {
  if (getenv("REFUSE_LINKS") != NULL) return refuse(EPERM);
  return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int is_temporary(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path);
  return length > 4 && memcmp(path + length - 4, ".tmp", 4) == 0;
}

/* Node closes files with this call instead of close. */
long syscall(long number, ...) {
  long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  va_list list;
  va_start(list, number);
  long words[6];
  for (int i = 0; i < 6; i++) words[i] = va_arg(list, long);
  va_end(list);
  int is_refused = number == SYS_close && getenv("REFUSE_CLOSE") != NULL && is_temporary((int)words[0]);
  long result = next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
  return is_refused ? refuse(EDQUOT) : result;
}
