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
    size_t cap, seen, passed;
    dev_t device;
    const struct scan_how *how;
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
    if (k->how->each)
        k->how->each(k->how->context, dir);
    DIR *d = fdopendir(dir);
    if (!d) {
        close(dir);
        return;
    }
    for (const struct dirent *x; (x = readdir(d));) {
        if (strcmp(x->d_name, ".") == 0 || strcmp(x->d_name, "..") == 0)
            continue;
        bool passing = is_passing(x->d_name);
        if (passing ? k->passed++ == MOST_PASSED : k->seen++ == MOST_ENTRIES)
            k->list->more = true;
        if (k->list->more)
            break;
        if (!passing)
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
        for (size_t i = 1, first = 0, number = 2; i < l->n; i++) {
            if (strcmp(l->file[first].name, l->file[i].name) != 0) {
                first = i;
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

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_first(const struct scan_how *how, const char *real)
{
    return how->n_first && bsearch(&real, how->first, how->n_first, sizeof real, by_text);
}

/* The others by name, so that it is the same ones each time. */
static void leave_out(struct found_list *l, const struct scan_how *how)
{
    size_t n = 0;
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < l->n; i++)
            if (l->file[i].why == WORKSPACE_NO_REASON && is_first(how, l->file[i].real) == first &&
                n++ >= JOURNAL_MAX_FILES)
                l->file[i].why = WORKSPACE_TOO_MANY;
}

/* The folder that holds it, reached without following a link; -1: none. */
static int open_parent(const char *folder, const char *real, const char **ret_base)
{
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char *path = mem_strdup(real), *at = path;
    for (char *slash; dir >= 0 && (slash = strchr(at, '/')); at = slash + 1) {
        *slash = '\0';
        int next = openat(dir, at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(dir);
        dir = next;
    }
    *ret_base = real + (at - path);
    free(path);
    return dir;
}

static int by_real(const void *a, const void *b)
{
    return strcmp(((const struct found *)a)->real, ((const struct found *)b)->real);
}

/* What the look did not come to, because there is too much. */
static void look_at_first(struct look *k, const char *folder)
{
    size_t seen = k->list->n;
    struct stat st;
    if (seen)
        qsort(k->list->file, seen, sizeof *k->list->file, by_real);
    for (size_t i = 0; i < k->how->n_first; i++) {
        struct found like = {.real = (char *)k->how->first[i]};
        const char *base;
        if ((seen && bsearch(&like, k->list->file, seen, sizeof like, by_real)) ||
            (i && strcmp(k->how->first[i - 1], like.real) == 0))
            continue;
        int dir = open_parent(folder, like.real, &base);
        if (dir >= 0 && fstatat(dir, base, &st, AT_SYMLINK_NOFOLLOW) == 0) {
            if (S_ISDIR(st.st_mode))
                add_folder(k, like.real, &st);
            else
                add(k, like.real, &st, WORKSPACE_NO_REASON);
        }
        if (dir >= 0)
            close(dir);
    }
}

int scan(struct found_list *ret, const char *folder, const struct scan_how *how, struct err *e)
{
    struct stat st;
    struct look k = {.list = ret, .how = how};
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
    if (how->n_first)
        qsort(how->first, how->n_first, sizeof *how->first, by_text);
    if (ret->more)
        look_at_first(&k, folder);
    if (ret->n)
        keep_apart(ret);
    leave_out(ret, how);
    return 0;
}

int scan_open(const char *folder, const char *real)
{
    const char *base;
    int dir = open_parent(folder, real, &base);
    int fd = dir < 0 ? -1 : openat(dir, base, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (dir >= 0)
        close(dir);
    return fd;
}
