/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/closing.h"

#include <string.h>

#include "sync/store-internal.h"

/* An end that the room had, or a sitting whose machine did not answer: then more may come. */
#define ENDED "cs.status NOT IN ('answering', 'paused', 'damaged')"
#define FITS                                                                                                 \
    "substr(x.chain, (cs.seq - 1) * 32 + 1, 32) = cs.head AND (x.head_seq = cs.seq OR NOT (" ENDED "))"
#define LONG_ENOUGH "x.candidate_id = ?1 AND x.exam_id = ?2 AND x.epoch = cs.epoch AND x.head_seq >= cs.seq"
#define DIFFERS                                                                                              \
    " cs.candidate_id = ?1 AND cs.exam_id = ?2 AND cs.status <> 'damaged' AND cs.seq > 0"                    \
    " AND EXISTS (SELECT 1 FROM epoch AS x WHERE " LONG_ENOUGH ")"                                           \
    " AND NOT EXISTS (SELECT 1 FROM epoch AS x WHERE " LONG_ENOUGH " AND " FITS ")"
#define INTO "INSERT INTO quarantine (candidate_id, exam_id, reason, epoch, side) SELECT "

static const char any_sql[] = "SELECT count(*) FROM closing WHERE exam_id = ?1";
/* Nothing has come, or less than the room had. Of a damaged journal anything will do. */
static const char missing_sql[] = INTO
    "cs.candidate_id, cs.exam_id, 'close-missing', cs.epoch, cs.head FROM closed_sitting AS cs"
    " WHERE cs.candidate_id = ?1 AND cs.exam_id = ?2 AND NOT EXISTS (SELECT 1 FROM epoch AS x"
    " WHERE x.candidate_id = ?1 AND x.exam_id = ?2"
    " AND (cs.status = 'damaged' OR (x.epoch = cs.epoch AND x.head_seq >= cs.seq))) ON CONFLICT DO NOTHING";
/* What came is not what the room had: both sides. */
static const char said_sql[] = INTO "cs.candidate_id, cs.exam_id, 'close-other', cs.epoch, cs.head"
                                    " FROM closed_sitting AS cs WHERE" DIFFERS " ON CONFLICT DO NOTHING";
static const char came_sql[] = INTO
    "x.candidate_id, x.exam_id, 'close-other', x.epoch, x.head_hash FROM closed_sitting AS cs JOIN epoch AS x"
    " ON " LONG_ENOUGH " WHERE" DIFFERS " ON CONFLICT DO NOTHING";
/* An end that the room's machine had is the end: a later epoch began after the closing. */
static const char later_sql[] = INTO
    "x.candidate_id, x.exam_id, 'close-other', x.epoch, x.head_hash FROM closed_sitting AS cs"
    " JOIN closing AS c ON c.exam_id = cs.exam_id AND c.closing_hash = cs.closing_hash AND c.whole = 1"
    " JOIN epoch AS x ON x.candidate_id = cs.candidate_id AND x.exam_id = cs.exam_id AND x.epoch > cs.epoch"
    " WHERE cs.candidate_id = ?1 AND cs.exam_id = ?2 AND " ENDED " ON CONFLICT DO NOTHING";
/* It comes from a room whose machine counted the others only. */
static const char unnamed_sql[] =
    INTO "x.candidate_id, x.exam_id, 'close-unnamed', x.epoch, x.head_hash FROM epoch AS x"
         " WHERE x.candidate_id = ?1 AND x.exam_id = ?2 AND EXISTS (SELECT 1 FROM source AS s"
         " JOIN bundle AS b ON b.exam_id = s.exam_id AND b.bundle_hash = s.bundle_hash"
         " JOIN closing AS c ON c.exam_id = b.exam_id AND c.site = b.site AND c.room = b.room AND c.whole = 1"
         " WHERE s.candidate_id = ?1 AND s.exam_id = ?2 AND NOT EXISTS (SELECT 1 FROM closed_sitting AS cs"
         " JOIN closing AS d ON d.exam_id = cs.exam_id AND d.closing_hash = cs.closing_hash AND d.whole = 1"
         " WHERE cs.candidate_id = ?1 AND cs.exam_id = ?2 AND d.site = b.site AND d.room = b.room))"
         " ON CONFLICT DO NOTHING";
/* The room announced another record than this one, and that one has not come. */
static const char announced_sql[] = INTO
    "cs.candidate_id, cs.exam_id, 'close-announced', cs.epoch, cs.closing_hash FROM closed_sitting AS cs"
    " JOIN closing AS c ON c.exam_id = cs.exam_id AND c.closing_hash = cs.closing_hash"
    " WHERE cs.candidate_id = ?1 AND cs.exam_id = ?2 AND NOT EXISTS (SELECT 1 FROM announced_record AS f"
    " WHERE f.exam_id = c.exam_id AND f.closing_hash = c.closing_hash)"
    " AND EXISTS (SELECT 1 FROM announced AS a WHERE a.exam_id = c.exam_id AND a.site = c.site"
    " AND a.room = c.room AND NOT EXISTS (SELECT 1 FROM announced_record AS f WHERE f.exam_id = a.exam_id"
    " AND f.id = a.id)) ON CONFLICT DO NOTHING";
static const char admit_sql[] =
    "DELETE FROM quarantine WHERE candidate_id = ?1 AND exam_id = ?2 AND EXISTS (SELECT 1 FROM admitted AS a"
    " WHERE a.candidate_id = ?1 AND a.exam_id = ?2 AND a.reason = quarantine.reason AND a.side = quarantine.side)";

int closing_rules(struct store *s, const char *ticket, const char *session, struct err *e)
{
    static const char *const rule[] = {missing_sql, said_sql,      came_sql, later_sql,
                                       unnamed_sql, announced_sql, admit_sql};
    int64_t any = 0;
    int r = db_get_int(s->db, &any, 0, e, any_sql, "t", session);
    for (size_t i = 0; r == 0 && any && i < sizeof rule / sizeof *rule; i++)
        r = db_run(s->db, e, rule[i], "tt", ticket, session);
    return r;
}

/* ---- everybody whom a room's closing may concern ---- */

static const char tickets_sql[] =
    "SELECT cs.candidate_id FROM closed_sitting AS cs JOIN closing AS c ON c.exam_id = cs.exam_id"
    " AND c.closing_hash = cs.closing_hash WHERE c.exam_id = ?1 AND c.site = ?2 AND c.room = ?3"
    " UNION SELECT s.candidate_id FROM bundle AS b JOIN source AS s ON s.exam_id = b.exam_id"
    " AND s.bundle_hash = b.bundle_hash WHERE b.exam_id = ?1 AND b.site = ?2 AND b.room = ?3 ORDER BY 1";

struct ticket {
    struct ticket *next;
    const char *id;
};

static int read_tickets(struct store *s, struct arena *a, const char *session, const char *site,
                        const char *room, struct ticket **ret, struct err *e)
{
    struct db_stmt *q = NULL;
    int r = db_query(s->db, &q, e, tickets_sql, "ttt", session, site, room);
    while (r == 0 && (r = db_step(q, e)) > 0) {
        struct ticket *t = arena_alloc(a, sizeof *t);
        t->id = arena_strdup(a, db_text(q, 0));
        *ret = t;
        ret = &t->next;
        r = 0;
    }
    db_done(q);
    return r;
}

int closing_derive_room(struct store *s, const char *session, const char *site, const char *room,
                        size_t *ret_contradictory, struct err *e)
{
    struct arena *a = arena_new();
    struct ticket *first = NULL;
    size_t contradictory = 0;
    int r = read_tickets(s, a, session, site, room, &first, e);
    for (const struct ticket *t = first; r == 0 && t; t = t->next) {
        bool before = false, after = false;
        r = quarantine_any(s, t->id, session, &before, e);
        if (r == 0)
            r = quarantine_derive(s, t->id, session, &after, e);
        contradictory += after && !before;
    }
    if (ret_contradictory)
        *ret_contradictory = contradictory;
    arena_free(a);
    return r;
}

/* ---- taking out ---- */

static const char list_sql[] = "SELECT site, room, closing_hash, whole, registered, sat FROM closing"
                               " WHERE exam_id = ?1 ORDER BY site, room, closing_hash";
static const char came_count_sql[] =
    "SELECT count(DISTINCT s.candidate_id) FROM bundle AS b JOIN source AS s ON s.exam_id = b.exam_id"
    " AND s.bundle_hash = b.bundle_hash WHERE b.exam_id = ?1 AND b.site = ?2 AND b.room = ?3";
static const char missing_count_sql[] =
    "SELECT count(*) FROM (SELECT DISTINCT candidate_id, exam_id FROM quarantine WHERE reason = 'close-missing') AS m";
static const char bundle_admitted_sql[] =
    "SELECT count(*) FROM admitted WHERE candidate_id = '' AND exam_id = ?1"
    " AND reason = 'revoked-key' AND side = ?2";

int store_closings(struct store *s, const char *session, struct arena *a, struct store_closing **ret,
                   size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    int64_t n = 0;
    int r = db_get_int(s->db, &n, 0, e, any_sql, "t", session);
    struct store_closing *all = arena_array(a, (size_t)(r < 0 ? 0 : n) + 1, sizeof *all);
    *ret_n = 0;
    if (r == 0)
        r = db_query(s->db, &q, e, list_sql, "t", session);
    while (r == 0 && (int64_t)*ret_n < n && (r = db_step(q, e)) > 0) {
        struct store_closing *x = &all[(*ret_n)++];
        struct span hash = db_blob(q, 2);
        *x = (struct store_closing){.site = arena_strdup(a, db_text(q, 0)),
                                    .room = arena_strdup(a, db_text(q, 1)),
                                    .whole = db_int(q, 3) != 0,
                                    .registered = db_int(q, 4),
                                    .sat = db_int(q, 5)};
        if (hash.n == sizeof x->hash)
            memcpy(x->hash, hash.p, hash.n);
        r = 0;
    }
    db_done(q);
    *ret = all;
    return r;
}

int store_came(struct store *s, const char *session, const char *site, const char *room, int64_t *ret,
               struct err *e)
{
    return db_get_int(s->db, ret, 0, e, came_count_sql, "ttt", session, site, room);
}

int store_missing(struct store *s, int64_t *ret, struct err *e)
{
    return db_get_int(s->db, ret, 0, e, missing_count_sql, "");
}

int store_bundle_admitted(struct store *s, const char *session, const uint8_t bundle[MERGE_HASH], bool *ret,
                          struct err *e)
{
    int64_t n = 0;
    int r = db_get_int(s->db, &n, 0, e, bundle_admitted_sql, "tb", session, span_of(bundle, MERGE_HASH));
    *ret = n > 0;
    return r;
}
