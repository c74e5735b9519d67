/* SPDX-License-Identifier: Apache-2.0 */
/* An archive is refused, or every name in it stays inside, and nothing grows past its bound. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/archive.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct archive *a)
{
    enum { MOST = 1 << 20 };
    struct err e;
    for (size_t i = 0; i < archive_count(a); i++) {
        struct bytes b = {0};
        const char *name = archive_name(a, i);
        if (*name == '/' || strncmp(name, "../", 3) == 0 || strstr(name, "/../") || strchr(name, '\\'))
            abort();
        if (archive_find(a, name) != (ssize_t)i)
            abort();
        if (archive_read(a, i, MOST, &b, &e) == 0 && (b.n > MOST || b.n != archive_size(a, i)))
            abort();
        bytes_release(&b);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct archive *a = NULL;
    struct err e;
    int fd = memfd_create("fuzz", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    char *path = mem_printf("/proc/self/fd/%d", fd);
    if (archive_open(&a, path, NULL, &e) == 0)
        read_all(a);
    archive_close(a);
    free(path);
    close(fd);
    return 0;
}
