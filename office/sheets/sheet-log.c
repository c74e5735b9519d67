/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "office/sheets/sheet-file.h"

struct sheet_log {
    char *path;
    int fd;
    off_t end; /* of the last whole line */
    struct sheet_file *f;
};

static int begin_new(const char *path, const struct sheet_file *f, struct err *e)
{
    uint8_t head[32] = {0};
    struct bytes out = {0};
    int r = sheet_file_begin(f, head, &out, e);
    if (r == 0)
        r = file_put_new(path, 0600, bytes_span(&out), e);
    bytes_release(&out);
    return r;
}

static int check_same(const struct sheet_log *l, const struct sheet_file *wanted, struct err *e)
{
    const struct sheet_file *f = l->f;
    if (f->kind != wanted->kind)
        err_set(e, ERR_USAGE, l->path,
                _("this file is of the other kind: typed sheets and a third look are kept apart"));
    else if (strcmp(f->session, wanted->session) != 0)
        err_set(e, ERR_USAGE, l->path, _("this file is of the session %s"), f->session);
    else if (strcmp(f->clerk, wanted->clerk) != 0)
        err_set(e, ERR_USAGE, l->path, _("this file is %s's"), f->clerk);
    else
        return 0;
    return err_hint(e, _("each person and session has a file of its own"));
}

/* A line that was being written when the power went was never told as saved. */
static int cut_torn(struct sheet_log *l, struct err *e)
{
    off_t end = lseek(l->fd, 0, SEEK_END);
    if (end < 0)
        return err_sys(e, l->path, _("cannot be read"));
    l->end = end - (off_t)l->f->torn;
    if (l->f->torn && (ftruncate(l->fd, l->end) < 0 || fsync(l->fd) < 0))
        return err_sys(e, l->path, _("cannot be written"));
    return 0;
}

static int take(struct sheet_log *l, const struct sheet_file *wanted, struct err *e)
{
    l->fd = open(l->path, O_RDWR | O_CLOEXEC);
    if (l->fd < 0)
        return err_sys(e, l->path, _("cannot be opened"));
    if (flock(l->fd, LOCK_EX | LOCK_NB) < 0)
        return err_set(e, ERR_NO, l->path, _("another program is typing into this file"));
    int r = sheet_file_load(&l->f, l->path, e);
    if (r == 0)
        r = check_same(l, wanted, e);
    return r == 0 ? cut_torn(l, e) : r;
}

int sheet_log_open(struct sheet_log **ret, const char *path, enum sheet_file_kind kind, const char *session,
                   const char *clerk, struct err *e)
{
    const struct sheet_file wanted = {.kind = kind, .session = session, .clerk = clerk};
    struct sheet_log *l = mem_alloc(sizeof *l);
    l->path = mem_strdup(path);
    l->fd = -1;
    int r = file_exists(path) ? 0 : begin_new(path, &wanted, e);
    if (r == 0)
        r = take(l, &wanted, e);
    if (r < 0)
        sheet_log_close(l);
    else
        *ret = l;
    return r;
}

void sheet_log_close(struct sheet_log *l)
{
    if (!l)
        return;
    if (l->fd >= 0)
        close(l->fd);
    sheet_file_free(l->f);
    free(l->path);
    free(l);
}

const struct sheet_file *sheet_log_file(const struct sheet_log *l)
{
    return l->f;
}

static int write_all(struct sheet_log *l, struct span line, struct err *e)
{
    for (size_t done = 0; done < line.n;) {
        ssize_t n = pwrite(l->fd, line.p + done, line.n - done, l->end + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_sys(e, l->path, _("cannot be written"));
        done += (size_t)n;
    }
    return fsync(l->fd) < 0 ? err_sys(e, l->path, _("cannot be written")) : 0;
}

static void keep(struct sheet_file *f, const struct sheet *s)
{
    f->sheet = mem_grow(f->sheet, f->n + 1, sizeof *f->sheet);
    struct sheet *x = &f->sheet[f->n++];
    *x = *s;
    x->rater = arena_strdup(f->arena, s->rater);
    x->rating.rubric = arena_strdup(f->arena, s->rating.rubric);
    x->rating.reason = arena_strdup(f->arena, s->rating.reason);
    x->rating.note = arena_strdup(f->arena, s->rating.note);
}

int sheet_log_add(struct sheet_log *l, const struct sheet *s, struct err *e)
{
    uint8_t head[32];
    struct bytes line = {0};
    memcpy(head, l->f->head, sizeof head);
    int r = sheet_file_line(s, l->f->n + 1, head, &line, e);
    if (r == 0 && (r = write_all(l, bytes_span(&line), e)) < 0)
        (void)!ftruncate(l->fd, l->end);
    if (r == 0) {
        l->end += (off_t)line.n;
        memcpy(l->f->head, head, sizeof head);
        keep(l->f, s);
    }
    bytes_release(&line);
    return r;
}
