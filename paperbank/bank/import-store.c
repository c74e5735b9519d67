/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/import-store.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/indexing.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/task-files.h"

static const char sql_seen[] = "INSERT INTO import_seen (item, place) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
static const char sql_first[] = "SELECT place FROM import_seen WHERE item = ?1";
static const char sql_old[] = "SELECT i.version, i.state, i.knowledge_point, i.level, i.facility, "
                              "i.discrimination, i.expected_s, i.points, d.xml, m.irt_a, m.irt_b, m.irt_c, m.irt_normal, "
                              "m.attributes "
                              "FROM item i JOIN item_version v ON v.item = i.id AND v.version = i.version "
                              "JOIN item_document d USING (number) LEFT JOIN item_more m ON m.item = i.id "
                              "WHERE i.id = ?1";
static const char sql_old_enemies[] =
    "SELECT enemy, origin FROM enemy WHERE item = ?1 AND origin IN ('declared', 'confirmed') ORDER BY enemy";
static const char sql_version[] =
    "INSERT INTO item_version (item, version, import, kind, delivery, author, title, stem, max_score) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char sql_document[] = "INSERT INTO item_document (number, xml, original) VALUES (?1, ?2, ?3)";
static const char sql_item[] =
    "INSERT INTO item (id, version, knowledge_point, level, facility, discrimination, expected_s, points) "
    "VALUES (?1, ?2, ?3, ?4, nullif(?5, -9223372036854775807 - 1), nullif(?6, -9223372036854775807 - 1), "
    "nullif(?7, -9223372036854775807 - 1), ?8) ON CONFLICT (id) DO UPDATE SET version = excluded.version, "
    "knowledge_point = excluded.knowledge_point, level = excluded.level, facility = excluded.facility, "
    "discrimination = excluded.discrimination, expected_s = excluded.expected_s, points = excluded.points";
static const char sql_more[] =
    "INSERT INTO item_more (item, irt_a, irt_b, irt_c, irt_normal, attributes) "
    "VALUES (?1, nullif(?2, 0), ?3, ?4, ?5, ?6) ON CONFLICT (item) DO UPDATE SET irt_a = excluded.irt_a, "
    "irt_b = excluded.irt_b, irt_c = excluded.irt_c, irt_normal = excluded.irt_normal, "
    "attributes = excluded.attributes";
static const char sql_no_more[] = "DELETE FROM item_more WHERE item = ?1";
static const char sql_draft[] = "UPDATE item SET state = 'draft' WHERE id = ?1 AND state <> 'draft'";
static const char sql_review[] =
    "INSERT INTO review (item, version, at_ms, who, from_state, to_state, note) "
    "SELECT ?1, ?2, at_ms, ?3, ?4, 'draft', 'new version' FROM import WHERE id = ?5";
static const char sql_no_enemies[] = "DELETE FROM enemy WHERE item = ?1 AND origin = 'declared'";
static const char sql_enemy[] =
    "INSERT INTO enemy (item, enemy) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET origin = 'declared' "
    "WHERE origin IN ('proposed', 'refused')";
static const char sql_no_proposal[] =
    "DELETE FROM enemy WHERE item = ?2 AND enemy = ?1 AND origin = 'proposed'";

struct old {
    bool found, same_bytes; /* same_bytes: document and files */
    int64_t version;
    const char *state;
    struct item_metadata metadata;
};

int import_seen(struct import *im, const char *id, const char *place, struct arena *a, const char **ret_first,
                struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_run(im->bank->db, e, sql_seen, "tt", id, place);
    *ret_first = NULL;
    if (r < 0 || db_changes(im->bank->db) > 0)
        return r;
    r = db_query(im->bank->db, &s, e, sql_first, "t", id);
    if (r == 0 && (r = db_step(s, e)) == 1)
        *ret_first = arena_strdup(a, db_text(s, 0));
    db_done(s);
    return r < 0 ? r : 0;
}

static int64_t number(struct db_stmt *s, int column)
{
    return db_is_null(s, column) ? BANK_UNKNOWN : db_int(s, column);
}

static int find_old(struct import *im, const struct incoming *in, struct old *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(im->bank->db, &s, e, sql_old, "t", in->item->identifier);
    if (r == 0 && (r = db_step(s, e)) == 1)
        *ret = (struct old){.found = true,
                            .version = db_int(s, 0),
                            .state = arena_strdup(in->arena, db_text(s, 1)),
                            .same_bytes = span_equal(db_blob(s, 8), in->xml),
                            .metadata = {.knowledge_point = arena_strdup(in->arena, db_text(s, 2)),
                                         .level = arena_strdup(in->arena, db_text(s, 3)),
                                         .facility = number(s, 4),
                                         .discrimination = number(s, 5),
                                         .expected_s = number(s, 6),
                                         .irt = {db_int(s, 9), db_int(s, 10), db_int(s, 11), db_int(s, 12) != 0},
                                         .attributes = arena_strdup(in->arena, db_is_null(s, 13) ? "" : db_text(s, 13)),
                                         .points = points_milli(db_int(s, 7))}};
    db_done(s);
    if (r >= 0 && ret->same_bytes)
        r = task_files_same(im->bank, in->item->identifier, ret->version, in->files, &ret->same_bytes, e);
    return r < 0 ? r : 0;
}

/* What is given, and for the rest what was known. */
static struct item_metadata merged(struct item_metadata m, const struct item_metadata *old)
{
    if (!*m.knowledge_point)
        m.knowledge_point = old->knowledge_point;
    if (!*m.level)
        m.level = old->level;
    if (m.facility == BANK_UNKNOWN)
        m.facility = old->facility;
    if (m.discrimination == BANK_UNKNOWN)
        m.discrimination = old->discrimination;
    if (m.expected_s == BANK_UNKNOWN)
        m.expected_s = old->expected_s;
    if (!m.irt.a)
        m.irt = old->irt;
    if (!*m.attributes)
        m.attributes = old->attributes;
    if (!m.has_points)
        m.points = old->points;
    return m;
}

/* What is said, and for the rest what the bank knows. */
static struct item_metadata said(const struct incoming *in, const struct item_metadata *given, bool merges,
                                   const struct old *old)
{
    if (given) {
        struct item_metadata m = *given;
        if (!m.has_points)
            m.points = merges && in->max_score.milli ? points_milli(1000) : in->max_score;
        return merges && old->found ? merged(m, &old->metadata) : m;
    }
    if (old->found)
        return old->metadata;
    struct item_metadata none = metadata_none();
    none.points = in->max_score;
    return none;
}

/* What the bank shall know about the item from now on. */
static struct item_metadata wanted(const struct incoming *in, const struct item_metadata *given, bool merges,
                                   const struct old *old)
{
    struct item_metadata m = said(in, given, merges, old);
    const char *at = m.attributes;
    size_t n;
    if (!in->stimulus || metadata_attribute(&at, "stimulus", &n))
        return m;
    const char *more = arena_printf(in->arena, "%s stimulus=%s", m.attributes, in->stimulus);
    if (metadata_read_attributes(more, in->arena, &more) == NULL)
        m.attributes = more;
    return m;
}

static bool same_numbers(const struct item_metadata *m, const struct item_metadata *old)
{
    return strcmp(m->knowledge_point, old->knowledge_point) == 0 && strcmp(m->level, old->level) == 0 &&
           m->facility == old->facility && m->discrimination == old->discrimination &&
           m->expected_s == old->expected_s && m->points.milli == old->points.milli &&
           m->irt.a == old->irt.a && m->irt.b == old->irt.b && m->irt.c == old->irt.c &&
           m->irt.normal == old->irt.normal && strcmp(m->attributes, old->attributes) == 0;
}

/* Every enemy given is known, and every one that was declared is given; what people confirmed stays in any
 * case. */
static int same_enemies(struct import *im, const char *id, const struct item_metadata *m, bool *ret,
                        struct err *e)
{
    struct db_stmt *s = NULL;
    size_t at = 0;
    int r = db_query(im->bank->db, &s, e, sql_old_enemies, "t", id);
    *ret = true;
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        int order = at < m->n_enemies ? strcmp(m->enemy[at], db_text(s, 0)) : 1;
        if (order < 0 || (order > 0 && strcmp(db_text(s, 1), "declared") == 0))
            *ret = false;
        at += order == 0;
        if (!*ret)
            break;
    }
    *ret = *ret && at == m->n_enemies;
    db_done(s);
    return r < 0 ? r : 0;
}

static int store_version(struct import *im, const struct incoming *in, int64_t version, const struct old *old,
                         struct err *e)
{
    struct db *db = im->bank->db;
    const char *id = in->item->identifier;
    int r = db_run(db, e, sql_version, "tiittttti", id, version, im->id, in->kind, in->delivery, im->who,
                   in->title, in->stem, in->max_score.milli);
    int64_t row = db_last_id(db);
    if (r == 0)
        r = db_run(db, e, sql_document, "ibb", row, in->xml, in->original);
    if (r == 0)
        r = index_version(im->bank, row, in->item, e);
    if (r == 0)
        r = media_store(im->bank, id, version, in->pictures, e);
    if (r == 0)
        r = task_files_store(im->bank, id, version, in->files, e);
    if (r == 0 && old->found && strcmp(old->state, "draft") != 0 && strcmp(old->state, "retired") != 0) {
        r = db_run(db, e, sql_draft, "t", id);
        if (r == 0)
            r = db_run(db, e, sql_review, "titti", id, version, im->who, old->state, im->id);
    }
    return r;
}

static int store_enemies(struct import *im, const char *id, const struct item_metadata *m, struct err *e)
{
    struct db *db = im->bank->db;
    int r = db_run(db, e, sql_no_enemies, "t", id);
    for (size_t i = 0; r == 0 && i < m->n_enemies; i++) {
        r = db_run(db, e, sql_enemy, "tt", id, m->enemy[i]);
        if (r == 0)
            r = db_run(db, e, sql_no_proposal, "tt", id, m->enemy[i]);
    }
    return r;
}

int bank_store_more(struct bank *b, const char *id, const struct bank_irt *irt, const char *attributes,
                    struct err *e)
{
    if (!irt->a && !*attributes)
        return db_run(b->db, e, sql_no_more, "t", id);
    return db_run(b->db, e, sql_more, "tiiiit", id, irt->a, irt->b, irt->c, (int64_t)irt->normal, attributes);
}

static int tell(struct import *im, const struct prepared_item *p, const struct incoming *in, int64_t version,
                enum import_outcome outcome, struct err *e)
{
    const struct import_line l = {.file = p->file,
                                  .line = p->line,
                                  .element = "",
                                  .item = in->item->identifier,
                                  .version = version,
                                  .outcome = outcome,
                                  .reason = ""};
    return import_tell(im, &l, e);
}

int import_decide(struct import *im, const struct prepared_item *p, const struct incoming *in, struct err *e)
{
    const char *id = in->item->identifier;
    struct old old = {0};
    bool enemies_same = true;
    int r = find_old(im, in, &old, e);
    bool says_enemies = p->metadata && (!p->merges || p->metadata->n_enemies);
    if (r == 0 && says_enemies)
        r = same_enemies(im, id, p->metadata, &enemies_same, e);
    if (r < 0)
        return r;
    struct item_metadata m = wanted(in, p->metadata, p->merges, &old);
    if (old.same_bytes && enemies_same && same_numbers(&m, &old.metadata))
        return tell(im, p, in, old.version, IMPORT_UNCHANGED, e);
    int64_t version = !old.found ? 1 : old.same_bytes ? old.version : old.version + 1;
    enum import_outcome outcome = !old.found ? IMPORT_NEW : old.same_bytes ? IMPORT_UPDATED : IMPORT_VERSION;
    if (!old.same_bytes)
        r = store_version(im, in, version, &old, e);
    if (r == 0)
        r = db_run(im->bank->db, e, sql_item, "tittiiii", id, version, m.knowledge_point, m.level, m.facility,
                   m.discrimination, m.expected_s, m.points.milli);
    if (r == 0)
        r = bank_store_more(im->bank, id, &m.irt, m.attributes, e);
    if (r == 0 && says_enemies)
        r = store_enemies(im, id, &m, e);
    return r < 0 ? r : tell(im, p, in, version, outcome, e);
}
