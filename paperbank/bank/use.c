/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/use.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/metadata.h"

static const char sql_forget[] = "DELETE FROM item_use WHERE exam = ?1 AND session = ''";
static const char sql_use[] =
    "INSERT INTO item_use (item, version, exam, at_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
static const char sql_session[] =
    "INSERT INTO item_use (item, version, exam, session, at_ms, candidates) SELECT item, version, exam, ?2, "
    "?3, "
    "nullif(?4, -9223372036854775807 - 1) FROM item_use WHERE exam = ?1 AND session = '' "
    "ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms, candidates = excluded.candidates";
static const char sql_uses[] = "SELECT version, at_ms, candidates, exam, session, item FROM item_use "
                               "WHERE ?1 IS NULL OR item = ?1 ORDER BY item, at_ms, exam, session, version";
static const char sql_statistics[] = "SELECT version, at_ms, n, facility, discrimination, exam FROM "
                                     "item_statistic WHERE item = ?1 ORDER BY at_ms, exam, version";
static const char sql_mean[] = "SELECT (2 * sum(s.n * s.facility) + sum(s.n)) / (2 * sum(s.n)) FROM "
                               "item_statistic s JOIN item i ON i.id = s.item "
                               "AND i.version = s.version WHERE s.item = ?1 HAVING sum(s.n) > 0";

int bank_use_exam(struct bank *b, const char *exam, const struct bank_used *used, size_t n, int64_t at_ms,
                  struct err *e)
{
    if (!metadata_is_title(exam))
        return err_set(e, ERR_USAGE, NULL, _("\"%.100s\" is not the name of an exam"), exam);
    int r = db_begin(b->db, e);
    if (r < 0)
        return r;
    r = db_run(b->db, e, sql_forget, "t", exam);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = db_run(b->db, e, sql_use, "titi", used[i].item, used[i].version, exam, at_ms);
    if (r == 0)
        r = db_commit(b->db, e);
    if (r < 0)
        db_rollback(b->db);
    return r;
}

int bank_use_session(struct bank *b, const char *exam, const char *session, int64_t candidates, int64_t at_ms,
                     struct err *e)
{
    if (!metadata_is_title(session))
        return err_set(e, ERR_USAGE, NULL, _("\"%.100s\" is not the name of a session"), session);
    int r = db_run(b->db, e, sql_session, "ttii", exam, session, at_ms, candidates);
    if (r == 0 && db_changes(b->db) == 0)
        r = err_set(e, ERR_DATA, exam, _("the bank knows no exam of this name"));
    return r;
}

static int64_t number(struct db_stmt *s, int column)
{
    return db_is_null(s, column) ? BANK_UNKNOWN : db_int(s, column);
}

/* Room for one more in a list that doubles. */
static void *room_for(struct arena *a, void *list, size_t n, size_t size)
{
    if (n & (n - 1))
        return list;
    void *more = arena_array(a, n ? 2 * n : 1, size);
    if (n)
        memcpy(more, list, n * size);
    return more;
}

static int uses_of(struct bank *b, const char *id, struct arena *a, struct bank_use_row **ret, size_t *ret_n,
                   struct err *e)
{
    struct db_stmt *s = NULL;
    struct bank_use_row *list = NULL;
    size_t n = 0;
    int r = db_query(b->db, &s, e, sql_uses, "t", id);
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        list = room_for(a, list, n, sizeof *list);
        list[n++] = (struct bank_use_row){.version = db_int(s, 0),
                                          .at_ms = db_int(s, 1),
                                          .candidates = number(s, 2),
                                          .exam = arena_strdup(a, db_text(s, 3)),
                                          .session = arena_strdup(a, db_text(s, 4)),
                                          .item = arena_strdup(a, db_text(s, 5))};
    }
    db_done(s);
    *ret = list;
    *ret_n = n;
    return r;
}

int bank_uses(struct bank *b, const char *id, struct arena *a, struct bank_use_row **ret, size_t *ret_n,
              struct err *e)
{
    return uses_of(b, id, a, ret, ret_n, e);
}

int bank_all_uses(struct bank *b, struct arena *a, struct bank_use_row **ret, size_t *ret_n, struct err *e)
{
    return uses_of(b, NULL, a, ret, ret_n, e);
}

int bank_statistics(struct bank *b, const char *id, struct arena *a, struct bank_statistic **ret,
                    size_t *ret_n, int64_t *ret_mean, struct err *e)
{
    struct db_stmt *s = NULL;
    struct bank_statistic *list = NULL;
    size_t n = 0;
    int r = db_query(b->db, &s, e, sql_statistics, "t", id);
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        list = room_for(a, list, n, sizeof *list);
        list[n++] = (struct bank_statistic){db_int(s, 0), db_int(s, 1),  db_int(s, 2),
                                            db_int(s, 3), number(s, 4), arena_strdup(a, db_text(s, 5))};
    }
    db_done(s);
    *ret = list;
    *ret_n = n;
    return r < 0 ? r : db_get_int(b->db, ret_mean, BANK_UNKNOWN, e, sql_mean, "t", id);
}
