/* SPDX-License-Identifier: Apache-2.0 */
/* A look at a folder: which files it has. What the candidate's programs do meanwhile, and what a candidate
 * puts there on purpose, must not lead out of it: every step is relative to an open folder, and no link is
 * followed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "client/workspace/workspace-internal.h"

struct look {
    struct found_list *list;
    size_t cap, seen;
    dev_t device;
    scan_folder_fn *each;
    void *context;
};

void found_release(struct found_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->file[i].real);
        free(l->file[i].name);
    }
    free(l->file);
    *l = (struct found_list){0};
}

/* What office programs and others leave lying about while a file is open. */
static bool is_passing(const char *name)
{
    static const char *const pattern[] = {"~$*",    ".~lock.*#", "*.tmp", "*.TMP",        ".goutputstream-*",
                                          ".*.sw?", "*-shm",     ".nfs*", ".fuse_hidden*"};
    for (size_t i = 0; i < sizeof pattern / sizeof *pattern; i++)
        if (fnmatch(pattern[i], name, 0) == 0)
            return true;
    return false;
}

/* The name without what path_is_safe refuses. */
static char *mended(const char *real)
{
    char *name = mem_strdup(real);
    utf8_mend(name, '_');
    if (path_is_safe(name, JOURNAL_MAX_FILE_PATH))
        return name;
    char *out = mem_alloc(strlen(name) + 1), one[8];
    size_t n = 0;
    for (const char *p = name, *end = name + strlen(name); p < end;) {
        const char *from = p;
        bool slash = *p == '/';
        utf8_next(&p, end);
        memcpy(one, from, (size_t)(p - from));
        one[p - from] = '\0';
        bool fine = slash || strcmp(one, ".") == 0 || path_is_safe(one, sizeof one);
        memcpy(out + n, fine ? one : "_", fine ? (size_t)(p - from) : 1);
        n += fine ? (size_t)(p - from) : 1;
    }
    out[n] = '\0';
    free(name);
    return out;
}

static enum workspace_reason reason(const struct stat *st, const char *name)
{
    if (S_ISLNK(st->st_mode))
        return WORKSPACE_LINK;
    if (!S_ISREG(st->st_mode))
        return WORKSPACE_NO_FILE;
    if (!path_is_safe(name, JOURNAL_MAX_FILE_PATH))
        return WORKSPACE_TOO_DEEP;
    return st->st_size > JOURNAL_MAX_FILE ? WORKSPACE_TOO_LARGE : WORKSPACE_NO_REASON;
}

static void add(struct look *k, const char *real, const struct stat *st, enum workspace_reason why)
{
    if (k->list->n == k->cap) {
        k->cap = k->cap ? 2 * k->cap : 16;
        k->list->file = mem_grow(k->list->file, k->cap, sizeof *k->list->file);
    }
    struct found *f = &k->list->file[k->list->n++];
    *f = (struct found){.real = mem_strdup(real),
                        .name = mended(real),
                        .size = st->st_size,
                        .inode = st->st_ino,
                        .attributes = st->st_mode & 0222 ? 0 : JOURNAL_READ_ONLY,
                        .mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec};
    f->why = why ? why : reason(st, f->name);
}

/* There is nothing to read of it, and its time says only what its files say. */
static void add_folder(struct look *k, const char *real, const struct stat *st)
{
    struct stat plain = {.st_mode = S_IFREG | 0600, .st_ino = st->st_ino};
    add(k, real, &plain, WORKSPACE_NO_REASON);
    struct found *f = &k->list->file[k->list->n - 1];
    f->attributes = JOURNAL_FOLDER;
    f->known = f->stored = true;
}

static void look_into(struct look *k, int dir, const char *path, int depth);

static void enter(struct look *k, int parent, const char *name, const char *path, const struct stat *st,
                  int depth)
{
    int dir = depth < MOST_DEPTH && st->st_dev == k->device
                  ? openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
                  : -1;
    if (dir >= 0) {
        add_folder(k, path, st);
        look_into(k, dir, path, depth);
    } else
        add(k, path, st, depth < MOST_DEPTH ? WORKSPACE_UNREADABLE : WORKSPACE_TOO_DEEP);
}

static void take(struct look *k, int dir, const char *name, const char *path, int depth)
{
    struct stat st;
    char *below = *path ? mem_printf("%s/%s", path, name) : mem_strdup(name);
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        st.st_mode = 0; /* gone meanwhile */
    else if (S_ISDIR(st.st_mode))
        enter(k, dir, name, below, &st, depth + 1);
    else
        add(k, below, &st, WORKSPACE_NO_REASON);
    free(below);
}

/* Takes over `dir`. */
static void look_into(struct look *k, int dir, const char *path, int depth)
{
    if (k->each)
        k->each(k->context, dir);
    DIR *d = fdopendir(dir);
    if (!d) {
        close(dir);
        return;
    }
    for (const struct dirent *x; (x = readdir(d));) {
        if (strcmp(x->d_name, ".") == 0 || strcmp(x->d_name, "..") == 0 || is_passing(x->d_name))
            continue;
        if (k->seen == MOST_ENTRIES) {
            k->list->more = true;
            break;
        }
        k->seen++;
        take(k, dirfd(d), x->d_name, path, depth);
    }
    closedir(d);
}

static int by_name(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->real, y->real);
}

/* Two files whose names became one: the later ones get a number. */
static void keep_apart(struct found_list *l)
{
    bool again = true;
    for (int round = 0; again && round < 10; round++) {
        again = false;
        qsort(l->file, l->n, sizeof *l->file, by_name);
        for (size_t i = 1, number = 2; i < l->n; i++) {
            if (strcmp(l->file[i - 1].name, l->file[i].name) != 0) {
                number = 2;
                continue;
            }
            char *other = mem_printf("%s~%zu", l->file[i].name, number++);
            free(l->file[i].name);
            l->file[i].name = other;
            again = true;
            if (!path_is_safe(other, JOURNAL_MAX_FILE_PATH))
                l->file[i].why = WORKSPACE_TOO_DEEP;
        }
    }
    qsort(l->file, l->n, sizeof *l->file, by_name);
    for (size_t i = 1; i < l->n; i++)
        if (strcmp(l->file[i - 1].name, l->file[i].name) == 0)
            l->file[i].why = WORKSPACE_TOO_DEEP;
}

/* By name, so that it is the same ones each time. */
static void leave_out(struct found_list *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (l->file[i].why == WORKSPACE_NO_REASON && n++ >= JOURNAL_MAX_FILES)
            l->file[i].why = WORKSPACE_TOO_MANY;
}

int scan(struct found_list *ret, const char *folder, scan_folder_fn *each, void *context, struct err *e)
{
    struct stat st;
    struct look k = {.list = ret, .each = each, .context = context};
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *ret = (struct found_list){0};
    if (dir < 0 || fstat(dir, &st) < 0) {
        int r = err_sys(e, folder, _("cannot open the folder"));
        if (dir >= 0)
            close(dir);
        return r;
    }
    k.device = st.st_dev;
    look_into(&k, dir, "", 0);
    if (ret->n)
        keep_apart(ret);
    leave_out(ret);
    return 0;
}

int scan_open(const char *folder, const char *real)
{
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char *path = mem_strdup(real), *at = path;
    for (char *slash; dir >= 0 && (slash = strchr(at, '/')); at = slash + 1) {
        *slash = '\0';
        int next = openat(dir, at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(dir);
        dir = next;
    }
    int fd = dir < 0 ? -1 : openat(dir, at, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (dir >= 0)
        close(dir);
    free(path);
    return fd;
}
