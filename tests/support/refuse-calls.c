/*
 * Loaded before the C library, for file systems that are not at hand in a test: fchown and fchmod fail with the error number in
 * REFUSE_RIGHTS, link fails as on a file system without hard links if REFUSE_LINKS is set.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
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
