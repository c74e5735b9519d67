/* SPDX-License-Identifier: Apache-2.0 */
/* A mirror that is a folder: of this machine, a stick, a mounted share. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/source.h"

static int absent_too(struct err *e, int error)
{
    if (e && (error == ENOENT || error == ENOTDIR))
        e->code = SOURCE_ABSENT;
    return -ERR_ENV;
}

static int folder_read(void *place, const char *name, size_t max, struct bytes *ret, struct err *e)
{
    char *path = path_join(place, name);
    int r = file_read(path, max, ret, e);
    if (r == -ERR_ENV)
        r = absent_too(e, file_exists(path) ? EIO : ENOENT);
    free(path);
    return r;
}

static int copy_rest(int fd, const char *path, struct source_piece *p, struct err *e)
{
    for (uint8_t chunk[65536];;) {
        ssize_t n = pread(fd, chunk, sizeof chunk, p->have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_sys(e, path, _("cannot read"));
        if (n == 0)
            break;
        int r = source_piece_put(p, path, chunk, (size_t)n, e);
        if (r < 0)
            return r;
    }
    if (p->have < p->size)
        return err_set(e, ERR_NO, path, _("has another length than the %lld bytes that the index names"),
                       (long long)p->size);
    return 0;
}

static int folder_fetch(void *place, const char *name, struct source_piece *p, struct err *e)
{
    char *path = path_join(place, name);
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), error = errno, r;
    if (fd < 0) {
        err_sys(e, path, _("cannot open"));
        r = absent_too(e, error);
    } else if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        r = err_set(e, ERR_DATA, path, _("not a regular file"));
    } else {
        r = copy_rest(fd, path, p, e);
    }
    if (fd >= 0)
        close(fd);
    free(path);
    return r;
}

static int folder_list(void *place, struct file_names *ret, struct err *e)
{
    return file_list(place, ret, e);
}

/* It was written no earlier than its newest document says. */
static struct source_clock folder_clock(void *place)
{
    struct stat st;
    char *path = path_join(place, "timestamp.xml");
    struct source_clock c = {0};
    if (stat(path, &st) == 0)
        c.ms = (int64_t)st.st_mtim.tv_sec * 1000;
    free(path);
    return c;
}

static const struct source_kind folder_kind = {
    .read = folder_read,
    .fetch = folder_fetch,
    .list = folder_list,
    .clock = folder_clock,
    .close = free,
};

int source_add_folder(struct source *s, const char *path, struct err *e)
{
    return source_add(s, path, &folder_kind, mem_strdup(path), e);
}

struct source *source_of_folder(const char *path)
{
    struct source *s = source_new();
    if (source_add_folder(s, path, NULL) < 0) {
        source_close(s);
        return NULL;
    }
    return s;
}
