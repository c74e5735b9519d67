/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a program under test: while the file named by $FULL_DISK_WHILE exists, every write into a
 * path that has $FULL_DISK_OF in it (without that: "/journals/") fails as on a full disk. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at);

static bool is_full(int fd)
{
    char link[64], path[4096];
    const char *flag = getenv("FULL_DISK_WHILE"), *of = getenv("FULL_DISK_OF");
    if (!flag || access(flag, F_OK) != 0)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0)
        return false;
    path[n] = '\0';
    return strstr(path, of ? of : "/journals/") != NULL;
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
    if (is_full(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, p, n, at);
}
