/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/sticks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/screens/frame.h"
#include "exam-packages/key-file.h"

enum { MAX_FOLDERS = 256, MAX_NAMES = 4096, MAX_KEYS = 64, DEPTH = 2, ROOTS = 8 };

/* A folder or a key file, as it was found: another one under the same path is another. */
struct found {
    char *path, *mark;
    bool is_key;
};

struct list {
    struct found *at;
    size_t n, folders, keys;
};

struct sticks {
    char *root[ROOTS];
    size_t n_roots;
    struct list seen;
    bool looked;
};

static void list_clear(struct list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->at[i].path);
        free(l->at[i].mark);
    }
    free(l->at);
    *l = (struct list){0};
}

static void list_add(struct list *l, const char *path, const struct stat *st, bool is_key)
{
    l->at = mem_grow(l->at, l->n + 1, sizeof *l->at);
    l->at[l->n++] = (struct found){
        .path = mem_strdup(path),
        .mark = is_key ? mem_printf("%jd %jd %jd %jd", (intmax_t)st->st_dev, (intmax_t)st->st_ino,
                                    (intmax_t)st->st_size, (intmax_t)st->st_mtime)
                       : mem_printf("%jd %jd", (intmax_t)st->st_dev, (intmax_t)st->st_ino),
        .is_key = is_key};
    l->folders += !is_key;
    l->keys += is_key;
}

static bool has(const struct list *l, const struct found *f)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->at[i].path, f->path) == 0 && strcmp(l->at[i].mark, f->mark) == 0)
            return true;
    return false;
}

/* ---- what is there ---- */

static bool is_key_name(const char *name)
{
    static const char ending[] = ".identity";
    size_t n = strlen(name), x = sizeof ending - 1;
    return n > x && name[0] != '.' && strcmp(name + n - x, ending) == 0;
}

static void look_into(struct list *now, const char *folder, int depth);

static void look_at(struct list *now, const char *path, const char *name, int depth)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return;
    if (S_ISREG(st.st_mode) && is_key_name(name) && now->keys < MAX_KEYS)
        list_add(now, path, &st, true);
    if (!S_ISDIR(st.st_mode) || depth == 0 || now->folders >= MAX_FOLDERS)
        return;
    list_add(now, path, &st, false);
    look_into(now, path, depth - 1);
}

static void look_into(struct list *now, const char *folder, int depth)
{
    DIR *d = opendir(folder);
    const struct dirent *entry;
    for (int i = 0; d && i < MAX_NAMES && (entry = readdir(d)); i++) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = path_join(folder, entry->d_name);
        look_at(now, path, entry->d_name, depth);
        free(path);
    }
    if (d)
        closedir(d);
}

/* Bounded, and never waiting for what is no file. */
static bool read_key(const char *path, struct bytes *ret)
{
    struct stat st;
    char text[4096];
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    bool fine = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    while (fine && ret->n <= KEY_FILE_MAX && (n = read(fd, text, sizeof text)) > 0)
        bytes_add(ret, text, (size_t)n);
    fine = fine && n == 0 && ret->n > 0;
    secret_wipe(text, sizeof text);
    if (fd >= 0)
        close(fd);
    if (!fine)
        bytes_release(ret);
    return fine;
}

/* ---- what is new ---- */

/* Forgets what is not there any more. */
static void drop_gone(struct list *seen, const struct list *now)
{
    struct list kept = {0};
    for (size_t i = 0; i < seen->n; i++) {
        struct found *f = &seen->at[i];
        if (has(now, f)) {
            kept.at = mem_grow(kept.at, kept.n + 1, sizeof *kept.at);
            kept.at[kept.n++] = *f;
        } else {
            free(f->path);
            free(f->mark);
        }
    }
    free(seen->at);
    *seen = kept;
}

static void remember(struct list *seen, const struct found *f)
{
    seen->at = mem_grow(seen->at, seen->n + 1, sizeof *seen->at);
    seen->at[seen->n++] =
        (struct found){.path = mem_strdup(f->path), .mark = mem_strdup(f->mark), .is_key = f->is_key};
}

/* A folder that came, unless there is a key in it or below. */
static bool is_without_key(const struct list *now, const struct found *folder)
{
    size_t n = strlen(folder->path);
    for (size_t i = 0; i < now->n; i++)
        if (now->at[i].is_key && strncmp(now->at[i].path, folder->path, n) == 0 && now->at[i].path[n] == '/')
            return false;
    return true;
}

static enum sticks_news new_folders(struct sticks *s, const struct list *now, char *name, size_t size)
{
    enum sticks_news news = STICKS_NOTHING;
    for (size_t i = 0; i < now->n; i++) {
        const struct found *f = &now->at[i];
        if (f->is_key || has(&s->seen, f))
            continue;
        remember(&s->seen, f);
        if (!s->looked || news != STICKS_NOTHING || !is_without_key(now, f))
            continue;
        news = STICKS_NO_KEY;
        say(name, size, "%s", path_base(f->path));
    }
    return news;
}

enum sticks_news sticks_look(struct sticks *s, char *name, size_t size, struct bytes *ret)
{
    struct list now = {0};
    enum sticks_news news = STICKS_NOTHING;
    for (size_t i = 0; i < s->n_roots; i++)
        look_into(&now, s->root[i], DEPTH);
    drop_gone(&s->seen, &now);
    for (size_t i = 0; i < now.n && news == STICKS_NOTHING; i++) {
        const struct found *f = &now.at[i];
        if (!f->is_key || has(&s->seen, f))
            continue;
        remember(&s->seen, f);
        say(name, size, "%s", path_base(f->path));
        news = read_key(f->path, ret) ? STICKS_KEY : STICKS_FAILED;
    }
    if (news == STICKS_NOTHING) {
        news = new_folders(s, &now, name, size);
        s->looked = true;
    }
    list_clear(&now);
    return news;
}

void sticks_forget(struct sticks *s)
{
    list_clear(&s->seen);
    s->looked = false;
}

struct sticks *sticks_new(const char *const *folder)
{
    static const char *const usual[] = {"/media", "/run/media", "/mnt", NULL};
    struct sticks *s = mem_alloc(sizeof *s);
    for (folder = folder && *folder ? folder : usual; *folder && s->n_roots < ROOTS; folder++)
        s->root[s->n_roots++] = mem_strdup(*folder);
    return s;
}

void sticks_free(struct sticks *s)
{
    if (!s)
        return;
    list_clear(&s->seen);
    for (size_t i = 0; i < s->n_roots; i++)
        free(s->root[i]);
    free(s);
}
