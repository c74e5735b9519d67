/* SPDX-License-Identifier: Apache-2.0 */
/* Folders are made whole or not at all: beside their place, on the disk, then renamed. What stands in their
 * place is moved to ROOT/.old, never dropped. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/workspace/workspace-internal.h"
#include "exam-packages/derive.h"

static const char marker[] = ".sitting";
enum { MOST_ASIDE = 1000, MAX_MARKER = 400 };

static bool is_there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A path in ROOT/.old that is free; the folders above it are made. malloc'ed, NULL and *e where there is
 * none. */
static char *aside(const struct workspace *w, const char *name, struct err *e)
{
    char *old = path_join(w->root, ".old");
    int r = file_mkdirs(old, true, e);
    for (int i = 1; r == 0 && i < MOST_ASIDE; i++) {
        char *path = mem_printf("%s/%s.%d", old, name, i);
        if (!is_there(path)) {
            free(old);
            return path;
        }
        free(path);
    }
    if (r == 0)
        err_set(e, ERR_ENV, old, _("too many folders were moved aside"));
    free(old);
    return NULL;
}

static int move_aside(const struct workspace *w, const char *path, const char *name, struct err *e)
{
    if (!is_there(path))
        return 0;
    char *to = aside(w, name, e);
    if (!to)
        return -ERR_ENV;
    int r = rename(path, to) < 0 ? err_sys(e, path, _("cannot move the folder aside")) : 0;
    free(to);
    return r;
}

/* ---- ROOT/TICKET ---- */

/* "SESSION EPOCH\n" and the boot of the machine. */
static char *wanted_marker(const struct workspace *w)
{
    const struct journal_epoch *start = sitting_epoch(w->sitting);
    return mem_printf("%s %lld\n", start->session, (long long)start->epoch);
}

static bool read_marker(const char *path, const char *wanted, bool *ret_rebooted)
{
    struct bytes text = {0};
    struct clock_reading now;
    clock_read(&now);
    bool fits = file_read(path, MAX_MARKER, &text, NULL) == 0 && text.n >= strlen(wanted) &&
                memcmp(text.p, wanted, strlen(wanted)) == 0;
    *ret_rebooted = fits && strcmp((const char *)text.p + strlen(wanted), now.boot_id) != 0;
    bytes_release(&text);
    return fits;
}

static int write_marker(const char *path, const char *wanted, struct err *e)
{
    struct clock_reading now;
    clock_read(&now);
    char *text = mem_printf("%s%s", wanted, now.boot_id);
    int r = file_put(path, 0600, span_str(text), e);
    free(text);
    return r;
}

int place_home(struct workspace *w, struct err *e)
{
    char *path = path_join(w->home, marker), *wanted = wanted_marker(w);
    int r = file_mkdirs(w->root, true, e);
    bool fits = r == 0 && is_folder(w->home) && read_marker(path, wanted, &w->rebooted);
    if (r == 0 && !fits)
        r = move_aside(w, w->home, path_base(w->home), e);
    if (r == 0)
        r = file_mkdirs(w->home, true, e);
    if (r == 0 && (!fits || w->rebooted))
        r = write_marker(path, wanted, e);
    free(path);
    free(wanted);
    return r;
}

/* ---- files ---- */

static int make_parents(const char *folder, const char *name, struct err *e)
{
    int r = 0;
    char *path = mem_strdup(name);
    for (char *slash = strchr(path, '/'); r == 0 && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        char *dir = path_join(folder, path);
        if (mkdir(dir, 0700) < 0 && errno != EEXIST)
            r = err_sys(e, dir, _("cannot make the folder"));
        free(dir);
        *slash = '/';
    }
    free(path);
    return r;
}

static int write_all(int fd, struct span content)
{
    for (size_t done = 0; done < content.n;) {
        ssize_t n = write(fd, content.p + done, content.n - done);
        if (n <= 0)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

static int put(const char *folder, const char *name, struct span content, int64_t mtime_ms, struct err *e)
{
    int r = make_parents(folder, name, e);
    if (r < 0)
        return r;
    char *path = path_join(folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || write_all(fd, content) < 0)
        r = err_sys(e, path, _("cannot write the file"));
    const struct timespec at = {.tv_sec = mtime_ms / 1000, .tv_nsec = mtime_ms % 1000 * 1000000};
    if (fd >= 0 && mtime_ms && futimens(fd, (struct timespec[]){at, at}) < 0 && r == 0)
        r = err_sys(e, path, _("cannot write the file"));
    if (fd >= 0)
        close(fd);
    free(path);
    return r;
}

/* What was put there is known, so that it need not be read again. */
static void know(struct practical *p, const char *name, const uint8_t id[32], const uint8_t plain[32],
                 bool stored)
{
    for (size_t i = 0; i < p->list.n; i++) {
        struct found *f = &p->list.file[i];
        if (f->why || (f->attributes & JOURNAL_FOLDER) || strcmp(f->name, name) != 0)
            continue;
        f->known = true;
        f->stored = stored;
        memcpy(f->id, id, sizeof f->id);
        memcpy(f->plain, plain, sizeof f->plain);
    }
}

static int look(struct practical *p, const char *folder, struct err *e)
{
    found_release(&p->list);
    return scan(&p->list, folder, &(struct scan_how){0}, e);
}

/* ---- what the task gives ---- */

struct putting {
    const struct practical *p;
    const char *folder;
    const uint8_t *key;
    uint8_t (*id)[32];
};

static int put_given(void *context, size_t i, struct span content, struct err *e)
{
    const struct putting *x = context;
    int r = put(x->folder, x->p->task->file[i].path, content, 0, e);
    if (r == 0)
        journal_content_id(x->key, content, x->id[i]);
    return r;
}

static int put_start(struct workspace *w, struct practical *p, const char *folder, struct err *e)
{
    struct putting x = {p, folder, sitting_content_key(w->sitting),
                        mem_alloc((p->task->n + 1) * sizeof *x.id)};
    int r = given_each(w, p, put_given, &x, e);
    if (r == 0)
        r = look(p, folder, e);
    for (size_t i = 0; r == 0 && i < p->task->n; i++)
        know(p, p->task->file[i].path, x.id[i], p->given[i].hash, false);
    free(x.id);
    return r;
}

/* ---- what was collected ---- */

static int put_folder(const char *folder, const char *name, struct err *e)
{
    char *below = mem_printf("%s/", name); /* whose parents are the folder, too */
    int r = make_parents(folder, below, e);
    free(below);
    return r;
}

static int lock(const char *folder, const char *name, struct err *e)
{
    char *path = path_join(folder, name);
    int r = chmod(path, 0400) < 0 ? err_sys(e, path, _("cannot write the file")) : 0;
    free(path);
    return r;
}

static int put_collected(struct workspace *w, const struct journal_file *file, const char *folder,
                         uint8_t ret_plain[32], struct err *e)
{
    struct bytes content = {0};
    if (file->attributes & JOURNAL_FOLDER)
        return put_folder(folder, file->path, e);
    int r = sitting_file(w->sitting, file, &content, e);
    if (r == 0)
        r = put(folder, file->path, bytes_span(&content), file->mtime_ms, e);
    if (r == 0 && (file->attributes & JOURNAL_READ_ONLY))
        r = lock(folder, file->path, e);
    if (r == 0)
        blake2b_256(ret_plain, bytes_span(&content));
    bytes_release(&content);
    return r;
}

/* What was collected last; without that, what the task gives. */
static int fill(struct workspace *w, struct practical *p, const char *folder, struct err *e)
{
    const struct journal_snapshot *s = journal_files_of(sitting_files(w->sitting), p->task->item);
    int r = 0;
    if (!s)
        return put_start(w, p, folder, e);
    uint8_t(*plain)[32] = mem_alloc((s->n + 1) * sizeof *plain);
    for (size_t i = 0; r == 0 && i < s->n; i++)
        r = put_collected(w, &s->file[i], folder, plain[i], e);
    if (r == 0)
        r = look(p, folder, e);
    for (size_t i = 0; r == 0 && i < s->n; i++)
        know(p, s->file[i].path, s->file[i].id, plain[i], true);
    free(plain);
    return r;
}

static int make(struct workspace *w, struct practical *p, const char *folder, struct err *e)
{
    char *fresh = mem_printf("%s/.new-%s", w->home, path_base(folder));
    int r = move_aside(w, fresh, path_base(folder), e);
    if (r == 0 && mkdir(fresh, 0700) < 0)
        r = err_sys(e, fresh, _("cannot make the folder"));
    if (r == 0)
        r = fill(w, p, fresh, e);
    if (r == 0)
        r = file_sync_all(fresh, e);
    if (r == 0 && rename(fresh, folder) < 0)
        r = err_sys(e, folder, _("cannot make the folder"));
    free(fresh);
    return r;
}

/* After a power cut a file may be empty or gone that was collected whole. */
static int mend(struct workspace *w, const struct practical *p, const char *folder, struct err *e)
{
    const struct journal_snapshot *s = journal_files_of(sitting_files(w->sitting), p->task->item);
    uint8_t plain[32];
    int r = 0;
    for (size_t i = 0; r == 0 && s && i < s->n; i++) {
        char *path = path_join(folder, s->file[i].path);
        struct stat st;
        bool there = lstat(path, &st) == 0;
        if (there && S_ISREG(st.st_mode) && st.st_size == 0 && s->file[i].size > 0)
            there = unlink(path) < 0;
        if (!there)
            r = put_collected(w, &s->file[i], folder, plain, e);
        free(path);
    }
    return r;
}

bool place_is_there(const struct practical *p)
{
    return is_folder(p->folder);
}

int place_item(struct workspace *w, struct practical *p, struct err *e)
{
    if (p->folder && is_folder(p->folder))
        return 0;
    int r = given_know(w, p, e);
    if (r < 0)
        return r;
    char *folder = mem_printf("%s/%02zu-%s", w->home, p->item + 1, p->task->item);
    r = is_folder(folder)  ? (w->rebooted ? mend(w, p, folder, e) : 0)
        : is_there(folder) ? move_aside(w, folder, path_base(folder), e)
                           : 0;
    if (r == 0 && !is_folder(folder))
        r = make(w, p, folder, e);
    if (r < 0) {
        free(folder);
        return r;
    }
    free(p->folder);
    p->folder = folder;
    return 0;
}

/* ---- again ---- */

static int move_all(const char *from, const char *to, struct err *e)
{
    struct dirent *x;
    int r = 0;
    DIR *d = opendir(from);
    if (!d)
        return err_sys(e, from, _("cannot open the folder"));
    int target = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (r == 0 && (x = readdir(d)))
        if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0 &&
            renameat(dirfd(d), x->d_name, target, x->d_name) < 0)
            r = err_sys(e, from, _("cannot move the folder aside"));
    if (target >= 0)
        close(target);
    closedir(d);
    return r;
}

int place_again(struct workspace *w, struct practical *p, struct err *e)
{
    char *name = mem_printf("%s-%s", path_base(w->home), path_base(p->folder));
    char *to = aside(w, name, e);
    int r = to ? 0 : -ERR_ENV;
    if (r == 0 && mkdir(to, 0700) < 0)
        r = err_sys(e, to, _("cannot make the folder"));
    if (r == 0)
        r = move_all(p->folder, to, e);
    if (r == 0)
        r = put_start(w, p, p->folder, e);
    free(name);
    free(to);
    return r;
}
