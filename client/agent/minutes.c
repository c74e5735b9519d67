/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/minutes.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "client/agent/fields.h"

enum { APPLICATION_ID = 0x4B434D31, VERSION = 1, MAX_WAITING = 20000 };
extern const char minutes_sql[];

struct minutes {
    struct db *db;
    int64_t last;
    /* what the disk has refused so far */
    struct arena *arena;
    struct minute *waiting;
    size_t n_waiting;
    int64_t *done;
    size_t n_done;
};

int minutes_open(struct minutes **ret, const char *path, const char *vfs, struct err *e)
{
    struct minutes *m = mem_alloc(sizeof *m);
    m->arena = arena_new();
    int r = db_open(&m->db, path, DB_CREATE, vfs, e);
    if (r == 0)
        r = db_prepare_store(m->db, APPLICATION_ID, VERSION, minutes_sql, e);
    if (r == 0)
        r = db_get_int(m->db, &m->last, 0, e, "SELECT coalesce(max(number), 0) FROM minute", "");
    if (r < 0) {
        minutes_close(m);
        return r;
    }
    *ret = m;
    return 0;
}

void minutes_close(struct minutes *m)
{
    if (!m)
        return;
    db_close(m->db);
    arena_free(m->arena);
    free(m->waiting);
    free(m->done);
    free(m);
}

int64_t minutes_last(const struct minutes *m)
{
    return m->last;
}

/* One line of text that any document can hold. */
static const char *plain(struct arena *a, const char *text)
{
    char *s = arena_strndup(a, text ? text : "", text ? strnlen(text, FIELD_MAX_TEXT) : 0);
    utf8_mend(s, '\0');
    for (char *p = s; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
        if (strncmp(p, "\xEF\xBF\xBE", 3) == 0 ||
            strncmp(p, "\xEF\xBF\xBF", 3) == 0) /* no characters of XML */
            memcpy(p, "   ", 3);
    }
    return s;
}

static int insert(struct minutes *m, const struct minute *what, struct err *e)
{
    const struct control_minute *s = &what->shown;
    return db_run(m->db, e, "INSERT INTO minute VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "iittttib",
                  s->number, s->wall_ms, s->kind, s->ticket, s->station, s->text, what->value,
                  what->data.n ? what->data : span_of("", 0));
}

static void forget_written(struct minutes *m)
{
    m->n_waiting = m->n_done = 0;
    arena_reset(m->arena);
}

int minutes_flush(struct minutes *m, struct err *e)
{
    int r = 0;
    if (m->n_waiting == 0 && m->n_done == 0)
        return 0;
    if ((r = db_begin(m->db, e)) < 0)
        return r;
    for (size_t i = 0; r == 0 && i < m->n_waiting; i++)
        r = insert(m, &m->waiting[i], e);
    for (size_t i = 0; r == 0 && i < m->n_done; i++)
        r = db_run(m->db, e, "INSERT OR IGNORE INTO done VALUES (?1)", "i", m->done[i]);
    if (r == 0)
        r = db_commit(m->db, e);
    if (r < 0) {
        db_rollback(m->db);
        return r;
    }
    forget_written(m);
    return 0;
}

int minutes_add(struct minutes *m, const struct minute *what)
{
    struct minute *own;
    const struct control_minute *s = &what->shown;
    if (m->n_waiting == MAX_WAITING) /* a disk that is full for the whole exam: the first ones count most */
        return 1;
    m->waiting = mem_grow(m->waiting, m->n_waiting + 1, sizeof *m->waiting);
    own = &m->waiting[m->n_waiting++];
    *own = (struct minute){.shown = {.number = ++m->last,
                                     .wall_ms = s->wall_ms,
                                     .kind = plain(m->arena, s->kind),
                                     .ticket = plain(m->arena, s->ticket),
                                     .station = plain(m->arena, s->station),
                                     .text = plain(m->arena, s->text)},
                           .value = what->value};
    if (what->data.n)
        own->data = span_of(arena_copy(m->arena, what->data.p, what->data.n), what->data.n);
    return minutes_flush(m, NULL) < 0;
}

int minutes_done(struct minutes *m, int64_t number)
{
    m->done = mem_grow(m->done, m->n_done + 1, sizeof *m->done);
    m->done[m->n_done++] = number;
    return minutes_flush(m, NULL) < 0;
}

/* ---- finding ---- */

struct found {
    struct arena *arena;
    struct minute *minute;
    size_t n, room, max;
};

static struct minute *add_found(struct found *f)
{
    if (f->n == f->room) {
        size_t room = f->room ? 2 * f->room : 64;
        struct minute *more = arena_array(f->arena, room, sizeof *more);
        if (f->n)
            memcpy(more, f->minute, f->n * sizeof *more);
        f->minute = more;
        f->room = room;
    }
    return &f->minute[f->n++];
}

static int find_stored(struct minutes *m, const struct minutes_query *q, struct found *f, struct err *e)
{
    struct db_stmt *row = NULL;
    int r = db_query(m->db, &row, e,
                     "SELECT number, wall_ms, kind, ticket, station, text, value, data,"
                     " number IN (SELECT number FROM done) FROM minute"
                     " WHERE number > ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR ticket = ?3)"
                     " ORDER BY number LIMIT ?4",
                     "itti", q->after, q->kind, q->ticket, f->max ? (int64_t)f->max : INT64_C(-1));
    while (r == 0 && (r = db_step(row, e)) == 1) {
        struct minute *to = add_found(f);
        struct span data = db_blob(row, 7);
        *to = (struct minute){.shown = {.number = db_int(row, 0),
                                        .wall_ms = db_int(row, 1),
                                        .kind = arena_strdup(f->arena, db_text(row, 2)),
                                        .ticket = arena_strdup(f->arena, db_text(row, 3)),
                                        .station = arena_strdup(f->arena, db_text(row, 4)),
                                        .text = arena_strdup(f->arena, db_text(row, 5))},
                              .value = db_int(row, 6),
                              .done = db_int(row, 8)};
        if (data.n)
            to->data = span_of(arena_copy(f->arena, data.p, data.n), data.n);
        r = 0;
    }
    db_done(row);
    return r;
}

static bool fits(const struct minutes_query *q, const struct control_minute *s)
{
    return s->number > q->after && (!q->kind || strcmp(q->kind, s->kind) == 0) &&
           (!q->ticket || strcmp(q->ticket, s->ticket) == 0);
}

static void find_waiting(const struct minutes *m, const struct minutes_query *q, struct found *f)
{
    for (size_t i = 0; i < m->n_waiting && (!f->max || f->n < f->max); i++) {
        const struct minute *from = &m->waiting[i];
        if (!fits(q, &from->shown))
            continue;
        struct minute *to = add_found(f);
        *to = *from;
        to->shown.kind = arena_strdup(f->arena, from->shown.kind);
        to->shown.ticket = arena_strdup(f->arena, from->shown.ticket);
        to->shown.station = arena_strdup(f->arena, from->shown.station);
        to->shown.text = arena_strdup(f->arena, from->shown.text);
        if (from->data.n)
            to->data = span_of(arena_copy(f->arena, from->data.p, from->data.n), from->data.n);
    }
}

int minutes_find(struct minutes *m, const struct minutes_query *q, struct arena *a, struct minute **ret,
                 size_t *ret_n, struct err *e)
{
    struct found f = {.arena = a, .max = q->max};
    int r = find_stored(m, q, &f, e);
    if (r < 0)
        return r;
    find_waiting(m, q, &f);
    for (size_t i = 0; i < f.n; i++)
        for (size_t k = 0; k < m->n_done; k++)
            f.minute[i].done = f.minute[i].done || f.minute[i].shown.number == m->done[k];
    *ret = f.minute;
    *ret_n = f.n;
    return 0;
}

const char *minutes_text(const struct minute *m, struct arena *a)
{
    const struct control_minute *s = &m->shown;
    const char *join = s->text[0] ? ": " : "";
    if (strcmp(s->kind, "extra-time") == 0)
        return arena_printf(a, "%+lld s%s%s", (long long)m->value, join, s->text);
    if (strcmp(s->kind, "clock-jump") == 0)
        return arena_printf(a, "%+lld s%s%s", (long long)m->value / 1000, join, s->text);
    if (strcmp(s->kind, "left-out") == 0)
        return arena_printf(a, "%lld: %s", (long long)m->value, s->text);
    if (strcmp(s->kind, "time-lags") == 0)
        return arena_printf(a, "%lld s%s%s", (long long)m->value, join, s->text);
    return s->text;
}
