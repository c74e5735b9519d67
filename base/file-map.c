/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file-map.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* Puts a page of zeros where the file has none any more; any other SIGBUS ends the process as ever. */
static void on_bus_error(int sig, siginfo_t *info, void *context)
{
    (void)context;
    int saved = errno;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    void *at = (void *)((uintptr_t)info->si_addr & ~(page - 1));
    if (info->si_code != BUS_ADRERR ||
        mmap(at, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        signal(sig, SIG_DFL);
    errno = saved;
}

int file_map_fd(int fd, const char *name, size_t size, struct span *ret, struct err *e)
{
    struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_NODEFER};
    *ret = span_of("", 0);
    if (size == 0)
        return 0;
    void *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return err_sys(e, name, _("cannot read"));
    sigaction(SIGBUS, &action, NULL);
    *ret = span_of(p, size);
    return 0;
}

int file_map(const char *path, size_t max, struct span *ret, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    int r = fstat(fd, &st) < 0 ? err_sys(e, path, _("cannot read")) : 0;
    if (r == 0 && !S_ISREG(st.st_mode))
        r = err_set(e, ERR_DATA, path, _("not a regular file"));
    if (r == 0 && (uint64_t)st.st_size > max)
        r = err_set(e, ERR_DATA, path, _("larger than the limit of %zu bytes"), max);
    if (r == 0)
        r = file_map_fd(fd, path, (size_t)st.st_size, ret, e);
    close(fd);
    return r;
}

void file_unmap(struct span map)
{
    if (map.n > 0)
        munmap((void *)map.p, map.n);
}
