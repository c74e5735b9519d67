/* SPDX-License-Identifier: Apache-2.0 */
#include "office/heard.h"

#include <string.h>

static const char add_sql[] = "INSERT INTO heard (session, site, room, number, hash, sat, at_ms)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
static const char drop_sql[] =
    "DELETE FROM heard WHERE session = ?1 AND site = ?2 AND room = ?3 AND number = ?4"
    " AND hash = ?5";
static const char count_sql[] = "SELECT count(*) FROM heard WHERE session = ?1";
static const char list_sql[] = "SELECT site, room, number, hash, sat, at_ms FROM heard WHERE session = ?1"
                               " ORDER BY site, room, number, hash";

static struct span hash_of(const struct heard *h)
{
    return h->phone ? span_str("") : span_of(h->hash, sizeof h->hash);
}

int office_heard_add(struct office *o, const char *session, const struct heard *h, struct err *e)
{
    return db_run(office_db(o), e, add_sql, "ttttbii", session, h->site, h->room, h->phone ? h->number : "",
                  hash_of(h), h->sat, h->at_ms);
}

int office_heard_drop(struct office *o, const char *session, const struct heard *h, struct err *e)
{
    return db_run(office_db(o), e, drop_sql, "ttttb", session, h->site, h->room, h->phone ? h->number : "",
                  hash_of(h));
}

static void take(struct arena *a, struct db_stmt *q, struct heard *h)
{
    const char *number = db_text(q, 2);
    struct span hash = db_blob(q, 3);
    *h = (struct heard){.site = arena_strdup(a, db_text(q, 0)),
                        .room = arena_strdup(a, db_text(q, 1)),
                        .phone = number[0] != '\0',
                        .sat = db_int(q, 4),
                        .at_ms = db_int(q, 5)};
    if (strlen(number) == CLOSE_NUMBER_DIGITS)
        memcpy(h->number, number, sizeof h->number);
    if (hash.n == sizeof h->hash)
        memcpy(h->hash, hash.p, hash.n);
}

int office_heard_list(struct office *o, struct arena *a, const char *session, struct heard **ret,
                      size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    int64_t n = 0;
    int r = db_get_int(office_db(o), &n, 0, e, count_sql, "t", session);
    struct heard *all = arena_array(a, (size_t)(r < 0 ? 0 : n) + 1, sizeof *all);
    *ret_n = 0;
    if (r == 0)
        r = db_query(office_db(o), &q, e, list_sql, "t", session);
    while (r == 0 && (int64_t)*ret_n < n && (r = db_step(q, e)) > 0) {
        take(a, q, &all[(*ret_n)++]);
        r = 0;
    }
    db_done(q);
    *ret = all;
    return r;
}
