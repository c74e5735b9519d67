/* SPDX-License-Identifier: Apache-2.0 */
#include "office/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#define SELECT_SESSION                                                                                                 \
    "SELECT s.id, s.title, s.exam, s.start_ms, s.end_ms, s.utc_offset_min,"                                           \
    " s.end_ms + 1000 * coalesce((SELECT max(extra_s) FROM candidate WHERE session = s.id), 0),"                      \
    " (SELECT count(*) FROM candidate WHERE session = s.id) FROM session AS s "

static const char get_sql[] = SELECT_SESSION "WHERE s.id = ?1";
static const char list_sql[] = SELECT_SESSION "ORDER BY s.start_ms, s.id";
static const char add_sql[] = "INSERT INTO session (id, title, exam, start_ms, end_ms, utc_offset_min)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char taken_sql[] = "SELECT count(*) FROM session WHERE id = ?1";

enum { MAX_WINDOW_MS_DAYS = 31 };

/* The offset at the end of a text that time_parse has accepted. */
static int offset_of(const char *time)
{
    size_t n = strlen(time);
    if (time[n - 1] == 'Z')
        return 0;
    const char *p = time + n - 6;
    int minutes = ((p[1] - '0') * 10 + p[2] - '0') * 60 + (p[4] - '0') * 10 + p[5] - '0';
    return *p == '-' ? -minutes : minutes;
}

static int parse_usage(const char *option, const char *text, int64_t *ret, struct err *e)
{
    struct err inner;
    if (time_parse(text, ret, &inner) < 0)
        return err_set(e, ERR_USAGE, option, "%s", inner.what);
    return 0;
}

int office_session_window(struct office_session *s, const char *start, const char *end, struct err *e)
{
    int r;
    if ((r = parse_usage("--start", start, &s->start_ms, e)) < 0 || (r = parse_usage("--end", end, &s->end_ms, e)) < 0)
        return r;
    if (s->end_ms <= s->start_ms)
        return err_set(e, ERR_USAGE, "--end", _("the session must end after it starts"));
    if (s->end_ms - s->start_ms > INT64_C(86400000) * MAX_WINDOW_MS_DAYS)
        return err_set(e, ERR_USAGE, "--end", _("a session lasts %d days at most"), MAX_WINDOW_MS_DAYS);
    s->utc_offset_min = offset_of(start);
    return 0;
}

static int check_new(struct office *o, const struct office_session *s, struct err *e)
{
    if (!path_is_plain_name(s->id)) {
        err_set(e, ERR_USAGE, s->id, _("not a usable session name"));
        return err_hint(e, _("letters, digits, point, hyphen and underscore; at most 100"));
    }
    if (!path_is_plain_name(s->exam))
        return err_set(e, ERR_USAGE, s->exam, _("not the name of an exam in the folder exams"));
    char *exam = office_session_exam_path(o, s, NULL);
    bool there = file_exists(exam);
    free(exam);
    if (!there) {
        err_set(e, ERR_USAGE, s->exam, _("there is no such exam in this office"));
        return err_hint(e, _("assemble it first: kaochang assemble BLUEPRINT -o exams/%s"), s->exam);
    }
    int64_t taken = 0;
    int r = db_get_int(office_db(o), &taken, 0, e, taken_sql, "t", s->id);
    if (r == 0 && taken)
        return err_set(e, ERR_USAGE, s->id, _("there is a session of this name already"));
    return r;
}

int office_session_add(struct office *o, const struct office_session *s, struct err *e)
{
    int r = check_new(o, s, e);
    if (r < 0)
        return r;
    char *folder = office_session_path(o, s->id, NULL);
    r = file_mkdirs(folder, true, e);
    free(folder);
    if (r < 0)
        return r;
    return db_run(office_db(o), e, add_sql, "tttiii", s->id, s->title, s->exam, s->start_ms, s->end_ms,
                  (int64_t)s->utc_offset_min);
}

static void take(struct db_stmt *q, struct arena *a, struct office_session *ret)
{
    *ret = (struct office_session){
        .id = arena_strdup(a, db_text(q, 0)),
        .title = arena_strdup(a, db_text(q, 1)),
        .exam = arena_strdup(a, db_text(q, 2)),
        .start_ms = db_int(q, 3),
        .end_ms = db_int(q, 4),
        .utc_offset_min = (int)db_int(q, 5),
        .last_end_ms = db_int(q, 6),
        .candidates = db_int(q, 7),
    };
}

static int no_such_session(struct office *o, const char *id, struct err *e)
{
    struct arena *a = arena_new();
    struct office_session *all = NULL;
    size_t n = 0;
    int r = office_session_list(o, a, &all, &n, e);
    if (r == 0) {
        struct bytes names = {0};
        for (size_t i = 0; i < n && i < 8; i++)
            bytes_printf(&names, " %s", all[i].id);
        r = err_set(e, ERR_USAGE, id, _("there is no such session"));
        r = n ? err_hint(e, _("sessions here:%s"), (const char *)names.p)
              : err_hint(e, _("this office has none yet: kaochang session new"));
        bytes_release(&names);
    }
    arena_free(a);
    return r;
}

int office_session_get(struct office *o, struct arena *a, const char *id, struct office_session *ret, struct err *e)
{
    struct db_stmt *q = NULL;
    int r = db_query(office_db(o), &q, e, get_sql, "t", id);
    if (r < 0)
        return r;
    r = db_step(q, e);
    if (r > 0)
        take(q, a, ret);
    db_done(q);
    if (r == 0)
        return no_such_session(o, id, e);
    return r < 0 ? r : 0;
}

int office_session_list(struct office *o, struct arena *a, struct office_session **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    int64_t n = 0;
    int r = db_get_int(office_db(o), &n, 0, e, "SELECT count(*) FROM session", "");
    if (r < 0 || (r = db_query(office_db(o), &q, e, list_sql, "")) < 0)
        return r;
    struct office_session *all = arena_array(a, (size_t)n + 1, sizeof *all);
    size_t found = 0;
    while ((r = db_step(q, e)) > 0 && found < (size_t)n)
        take(q, a, &all[found++]);
    db_done(q);
    if (r < 0)
        return r;
    *ret = all;
    *ret_n = found;
    return 0;
}

char *office_session_path(const struct office *o, const char *id, const char *file)
{
    char *folder = office_path(o, "sessions", id);
    if (!file)
        return folder;
    char *path = path_join(folder, file);
    free(folder);
    return path;
}

char *office_session_exam_path(const struct office *o, const struct office_session *s, const char *file)
{
    char *folder = office_path(o, "exams", s->exam);
    if (!file)
        return folder;
    char *path = path_join(folder, file);
    free(folder);
    return path;
}

int office_session_over(const struct office_session *s, int64_t now_ms, struct err *e)
{
    if (now_ms >= s->last_end_ms)
        return 0;
    char when[40];
    time_text(s->last_end_ms, s->utc_offset_min, when, sizeof when);
    err_set(e, ERR_NO, s->id, _("the session's last sitting, extra time included, ends at %s"), when);
    return err_hint(e, _("the close code is given out after that; look at this machine's clock too"));
}
