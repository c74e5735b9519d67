/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/mem.h"
#include "client/workspace/workspace-internal.h"

struct watched {
    int wd;
    size_t owner;
};
struct watch {
    int fd;
    struct watched *folder;
    size_t n;
};

struct watch *watch_new(void)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0)
        return NULL;
    struct watch *w = mem_alloc(sizeof *w);
    w->fd = fd;
    return w;
}

void watch_free(struct watch *w)
{
    if (!w)
        return;
    close(w->fd);
    free(w->folder);
    free(w);
}

static struct watched *find(const struct watch *w, int wd)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->folder[i].wd == wd)
            return &w->folder[i];
    return NULL;
}

bool watch_folder(struct watch *w, int dir, size_t owner)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", dir); /* this very folder, whatever its name is by now */
    int wd = w->n < MOST_WATCHES
                 ? inotify_add_watch(w->fd, path,
                                     IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                         IN_MOVED_TO | IN_ATTRIB | IN_EXCL_UNLINK | IN_ONLYDIR)
                 : -1;
    if (wd < 0)
        return false;
    if (!find(w, wd)) {
        w->folder = mem_grow(w->folder, w->n + 1, sizeof *w->folder);
        w->folder[w->n++] = (struct watched){.wd = wd};
    }
    find(w, wd)->owner = owner;
    return true;
}

static void forget(struct watch *w, int wd)
{
    struct watched *there = find(w, wd);
    if (there)
        *there = w->folder[--w->n];
}

static void tell(struct watch *w, const struct inotify_event *x, void (*each)(void *context, size_t owner),
                 void *context)
{
    const struct watched *there = find(w, x->wd);
    if (x->mask & IN_Q_OVERFLOW)
        each(context, SIZE_MAX);
    else if (there)
        each(context, there->owner);
    if (x->mask & IN_IGNORED)
        forget(w, x->wd);
}

void watch_read(struct watch *w, void (*each)(void *context, size_t owner), void *context)
{
    enum { ROUNDS = 16, BATCH = 64 * (sizeof(struct inotify_event) + NAME_MAX + 1) };
    _Alignas(struct inotify_event) char buf[BATCH];
    for (int round = 0; round < ROUNDS; round++) {
        ssize_t n = read(w->fd, buf, sizeof buf);
        if (n <= 0)
            return;
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *x = (const struct inotify_event *)(buf + at);
            tell(w, x, each, context);
            at += (ssize_t)(sizeof *x + x->len);
        }
    }
}
