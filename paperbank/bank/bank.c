/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/bank.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"

extern const char bank_schema[];

static const char sql_items[] =
    "SELECT i.id, v.title, i.version, v.kind, v.stem, i.knowledge_point, i.level, i.facility, i.discrimination, "
    "i.expected_s, i.points, v.max_score FROM item i JOIN item_version v ON v.item = i.id AND v.version = i.version "
    "WHERE (?1 IS NULL OR i.knowledge_point = ?1 OR substr(i.knowledge_point, 1, length(?1) + 1) = ?1 || '.') "
    "AND (?2 IS NULL OR v.kind = ?2) AND (?3 IS NULL OR i.level = ?3) AND (?4 IS NULL OR i.id = ?4) ORDER BY i.id";
static const char sql_enemies[] =
    "SELECT item, enemy FROM enemy WHERE origin IN ('declared', 'confirmed') "
    "UNION SELECT enemy, item FROM enemy WHERE origin IN ('declared', 'confirmed') ORDER BY 1, 2";
static const char sql_declared[] =
    "SELECT item, enemy FROM enemy WHERE origin IN ('declared', 'confirmed') ORDER BY 1, 2";
static const char sql_xml[] =
    "SELECT d.xml FROM item_version v JOIN item_document d USING (number) WHERE v.item = ?1 AND v.version = ?2";
static const char sql_knowledge_points[] = "SELECT code, title FROM knowledge_point ORDER BY position";

int bank_open(struct bank **ret, const char *path, bool create, struct err *e)
{
    struct bank *b = mem_alloc(sizeof *b);
    if (!create && !file_exists(path)) {
        free(b);
        err_set(e, ERR_DATA, path, _("there is no item bank yet"));
        return err_hint(e, _("make one with: kaochang bank import FILE"));
    }
    int r = db_open(&b->db, path, create ? DB_CREATE : DB_WRITE, NULL, e);
    if (r == 0)
        r = db_prepare_store(b->db, BANK_APPLICATION_ID, BANK_FORMAT, bank_schema, e);
    if (r == 0)
        r = bank_upgrade(b, e);
    if (r < 0) {
        bank_close(b);
        return r;
    }
    *ret = b;
    return 0;
}

void bank_close(struct bank *b)
{
    if (!b)
        return;
    db_close(b->db);
    free(b);
}

static int64_t number(struct db_stmt *s, int column)
{
    return db_is_null(s, column) ? BANK_UNKNOWN : db_int(s, column);
}

static void take_item(struct db_stmt *s, struct arena *a, struct bank_item *i)
{
    *i = (struct bank_item){.id = arena_strdup(a, db_text(s, 0)),
                            .title = arena_strdup(a, db_text(s, 1)),
                            .version = db_int(s, 2),
                            .kind = arena_strdup(a, db_text(s, 3)),
                            .stem = arena_strdup(a, db_text(s, 4)),
                            .knowledge_point = arena_strdup(a, db_text(s, 5)),
                            .level = arena_strdup(a, db_text(s, 6)),
                            .facility = number(s, 7),
                            .discrimination = number(s, 8),
                            .expected_s = number(s, 9),
                            .points = points_milli(db_int(s, 10)),
                            .max_score = points_milli(db_int(s, 11))};
}

static void add_enemy(struct bank_item *i, struct arena *a, bool declared, const char *enemy)
{
    const char ***list = declared ? &i->declared : &i->enemy;
    size_t *n = declared ? &i->n_declared : &i->n_enemies;
    if ((*n & (*n - 1)) == 0) {
        const char **more = arena_array(a, *n ? 2 * *n : 1, sizeof *more);
        for (size_t k = 0; k < *n; k++)
            more[k] = (*list)[k];
        *list = more;
    }
    (*list)[(*n)++] = arena_strdup(a, enemy);
}

/* Both the items and the rows are sorted by id: one walk. */
static int take_enemies(struct bank *b, struct arena *a, struct bank_item *item, size_t n, bool declared, struct err *e)
{
    struct db_stmt *s = NULL;
    size_t i = 0;
    int r = db_query(b->db, &s, e, declared ? sql_declared : sql_enemies, "");
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        while (i < n && strcmp(item[i].id, db_text(s, 0)) < 0)
            i++;
        if (i < n && strcmp(item[i].id, db_text(s, 0)) == 0)
            add_enemy(&item[i], a, declared, db_text(s, 1));
    }
    db_done(s);
    return r;
}

static int load(struct bank *b, const struct bank_filter *filter, const char *id, struct arena *a,
                struct bank_item **ret, size_t *ret_n, struct err *e)
{
    const struct bank_filter any = {0};
    const struct bank_filter *f = filter ? filter : &any;
    struct bank_item *item = NULL;
    size_t n = 0, room = 0;
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_items, "tttt", f->knowledge_point, f->kind, f->level, id);
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        if (n == room) {
            room = room ? 2 * room : 64;
            item = mem_grow(item, room, sizeof *item);
        }
        take_item(s, a, &item[n++]);
    }
    db_done(s);
    if (r == 0)
        r = take_enemies(b, a, item, n, false, e);
    if (r == 0)
        r = take_enemies(b, a, item, n, true, e);
    if (r == 0) {
        *ret = n ? arena_copy(a, item, n * sizeof *item) : NULL;
        *ret_n = n;
    }
    free(item);
    return r;
}

int bank_items(struct bank *b, const struct bank_filter *filter, struct arena *a, struct bank_item **ret, size_t *ret_n,
               struct err *e)
{
    return load(b, filter, NULL, a, ret, ret_n, e);
}

int bank_item(struct bank *b, const char *id, struct arena *a, struct bank_item *ret, struct err *e)
{
    struct bank_item *item = NULL;
    size_t n = 0;
    int r = load(b, NULL, id, a, &item, &n, e);
    if (r < 0)
        return r;
    if (n == 0)
        return err_set(e, ERR_DATA, id, _("the bank has no such item"));
    *ret = item[0];
    return 0;
}

int bank_item_xml(struct bank *b, const char *id, int64_t version, struct arena *a, struct span *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_xml, "ti", id, version);
    if (r == 0)
        r = db_step(s, e);
    if (r == 1) {
        struct span xml = db_blob(s, 0);
        *ret = span_of(arena_copy(a, xml.p, xml.n), xml.n);
        r = 0;
    } else if (r == 0) {
        r = err_set(e, ERR_DATA, id, _("the bank has no version %lld of this item"), (long long)version);
    }
    db_done(s);
    return r;
}

int bank_knowledge_points(struct bank *b, struct arena *a, struct knowledge_point **ret, size_t *ret_n, struct err *e)
{
    int64_t n = 0;
    int r = db_get_int(b->db, &n, 0, e, "SELECT count(*) FROM knowledge_point", "");
    if (r < 0)
        return r;
    struct knowledge_point *list = arena_array(a, (size_t)n + 1, sizeof *list);
    struct db_stmt *s = NULL;
    size_t i = 0;
    r = db_query(b->db, &s, e, sql_knowledge_points, "");
    while (r >= 0 && (r = db_step(s, e)) == 1 && i < (size_t)n)
        list[i++] = (struct knowledge_point){arena_strdup(a, db_text(s, 0)), arena_strdup(a, db_text(s, 1))};
    db_done(s);
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = i;
    return 0;
}
