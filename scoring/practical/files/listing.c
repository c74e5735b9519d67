/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/files/listing.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void forget_names(struct listing *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->name[i]);
    free(l->name);
    l->name = NULL;
    l->n = l->cap = 0;
}

static void add(struct listing *l, const char *name)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 16;
        l->name = mem_grow(l->name, l->cap, sizeof *l->name);
    }
    l->name[l->n++] = mem_strdup(name);
}

const char *listing_read(struct listing *l, int fd, size_t max)
{
    l->fd = fd;
    DIR *d = l->stream = fdopendir(fd);
    if (!d)
        return "cannot be read";
    struct dirent *entry;
    while (errno = 0, (entry = readdir(d))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        l->n_seen++;
        if (l->n >= max) {
            forget_names(l);
            return LISTING_TOO_MANY;
        }
        add(l, entry->d_name);
    }
    if (errno) {
        forget_names(l);
        return "cannot be read";
    }
    if (l->n)
        qsort(l->name, l->n, sizeof *l->name, by_name);
    return NULL;
}

void listing_release(struct listing *l)
{
    forget_names(l);
    if (l->stream)
        closedir(l->stream);
    else
        close(l->fd);
}
