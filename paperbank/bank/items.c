/* SPDX-License-Identifier: Apache-2.0 */
/* Lists, pages and searches of items. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/search-words.h"

#define COLUMNS                                                                                                   \
    "SELECT i.id, v.title, i.version, v.kind, v.stem, i.knowledge_point, i.level, i.facility, i.discrimination, " \
    "i.expected_s, i.points, v.max_score, i.state, v.delivery, "                                                  \
    "(SELECT count(DISTINCT exam) FROM item_use u WHERE u.item = i.id), "                                         \
    "(SELECT max(at_ms) FROM item_use u WHERE u.item = i.id), "                                                   \
    "EXISTS (SELECT 1 FROM item_file f WHERE f.item = i.id AND f.version = i.version), "                             \
    "m.irt_a, m.irt_b, m.irt_c, m.irt_normal, m.attributes "
#define OF_ITEMS "FROM item i JOIN item_version v ON v.item = i.id AND v.version = i.version "
/* The parameters that fit_types and a filter's fields stand for. */
#define FITS                                                                                                           \
    "(?1 IS NULL OR i.knowledge_point = ?1 OR substr(i.knowledge_point, 1, length(?1) + 1) = ?1 || '.') "              \
    "AND (?2 IS NULL OR v.kind = ?2) AND (?3 IS NULL OR i.level = ?3) AND (?4 IS NULL OR i.state = ?4) "               \
    "AND (?5 IS NULL OR v.delivery = ?5) AND (?6 = 0 OR (i.facility >= ?7 AND i.facility <= ?8)) "                     \
    "AND (?9 = 0 OR (?9 = 1) = EXISTS (SELECT 1 FROM item_use u WHERE u.item = i.id)) "

#define WITH_MORE "LEFT JOIN item_more m ON m.item = i.id "
static const char sql_items[] = COLUMNS OF_ITEMS WITH_MORE "WHERE " FITS "ORDER BY i.id LIMIT ?10 OFFSET ?11";
static const char sql_item[] = COLUMNS OF_ITEMS WITH_MORE "WHERE i.id = ?1";
static const char sql_count[] = "SELECT count(*) " OF_ITEMS "WHERE " FITS;
/* Where nothing is asked of the version: a tenth of the pages. */
static const char sql_count_items[] =
    "SELECT count(*) FROM item i LEFT JOIN (SELECT NULL AS kind, NULL AS delivery) v WHERE " FITS;
#define SEARCH(table)                                                                                                  \
    "SELECT s.rowid, i.id FROM " table " s CROSS JOIN item_version v ON v.number = s.rowid "                           \
    "CROSS JOIN item i ON i.id = v.item AND i.version = v.version WHERE s." table " MATCH ?10 AND " FITS               \
    "ORDER BY s.rowid"
static const char sql_search_title[] = SEARCH("item_title");
static const char sql_search_all[] = SEARCH("item_search");
static const char sql_enemies[] =
    "SELECT item, enemy FROM enemy WHERE origin IN ('declared', 'confirmed') "
    "UNION SELECT enemy, item FROM enemy WHERE origin IN ('declared', 'confirmed') ORDER BY 1, 2";
static const char sql_declared[] =
    "SELECT item, enemy FROM enemy WHERE origin IN ('declared', 'confirmed') ORDER BY 1, 2";
static const char sql_enemies_of[] =
    "SELECT item, enemy FROM enemy WHERE item = ?1 AND origin IN ('declared', 'confirmed') "
    "UNION SELECT enemy, item FROM enemy WHERE enemy = ?1 AND origin IN ('declared', 'confirmed') ORDER BY 1, 2";
static const char sql_declared_of[] =
    "SELECT item, enemy FROM enemy WHERE item = ?1 AND origin IN ('declared', 'confirmed') ORDER BY 1, 2";

enum { FEW = 50 }; /* items whose enemies are asked for one by one */

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
                            .max_score = points_milli(db_int(s, 11)),
                            .state = arena_strdup(a, db_text(s, 12)),
                            .delivery = arena_strdup(a, db_text(s, 13)),
                            .exams = db_int(s, 14),
                            .last_use_ms = number(s, 15),
                            .practical = db_int(s, 16) != 0,
                            .irt = {db_int(s, 17), db_int(s, 18), db_int(s, 19), db_int(s, 20) != 0},
                            .attributes = arena_strdup(a, db_is_null(s, 21) ? "" : db_text(s, 21))};
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
static int take_enemies(struct db_stmt *s, struct arena *a, struct bank_item *item, size_t n, bool declared, struct err *e)
{
    size_t i = 0;
    int r;
    while ((r = db_step(s, e)) == 1) {
        while (i < n && strcmp(item[i].id, db_text(s, 0)) < 0)
            i++;
        if (i < n && strcmp(item[i].id, db_text(s, 0)) == 0)
            add_enemy(&item[i], a, declared, db_text(s, 1));
    }
    return r;
}

static int enemies_of(struct bank *b, struct arena *a, struct bank_item *item, bool declared, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, declared ? sql_declared_of : sql_enemies_of, "t", item->id);
    if (r == 0)
        r = take_enemies(s, a, item, 1, declared, e);
    db_done(s);
    return r;
}

static int all_enemies(struct bank *b, struct arena *a, struct bank_item *item, size_t n, bool declared, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, declared ? sql_declared : sql_enemies, "");
    if (r == 0)
        r = take_enemies(s, a, item, n, declared, e);
    db_done(s);
    return r;
}

static int add_enemies(struct bank *b, struct arena *a, struct bank_item *item, size_t n, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && n <= FEW && i < n; i++)
        if ((r = enemies_of(b, a, &item[i], false, e)) == 0)
            r = enemies_of(b, a, &item[i], true, e);
    if (r == 0 && n > FEW && (r = all_enemies(b, a, item, n, false, e)) == 0)
        r = all_enemies(b, a, item, n, true, e);
    return r;
}

static int take_all(struct db_stmt *s, struct arena *a, struct bank_item **ret, size_t *ret_n, struct err *e)
{
    struct bank_item *item = NULL;
    size_t n = 0, room = 0;
    int r;
    while ((r = db_step(s, e)) == 1) {
        if (n == room) {
            room = room ? 2 * room : 64;
            item = mem_grow(item, room, sizeof *item);
        }
        take_item(s, a, &item[n++]);
    }
    if (r == 0) {
        *ret = n ? arena_copy(a, item, n * sizeof *item) : NULL;
        *ret_n = n;
    }
    free(item);
    return r;
}

static int list(struct bank *b, const struct bank_filter *f, int64_t limit, int64_t offset, struct arena *a,
                struct bank_item **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_items, "tttttiiiiii", f->knowledge_point, f->kind, f->level, f->state, f->delivery,
                     (int64_t)f->has_facility, f->facility_from, f->facility_to, (int64_t)f->use, limit, offset);
    if (r == 0)
        r = take_all(s, a, ret, ret_n, e);
    db_done(s);
    return r == 0 ? add_enemies(b, a, *ret, *ret_n, e) : r;
}

int bank_items(struct bank *b, const struct bank_filter *filter, struct arena *a, struct bank_item **ret, size_t *ret_n,
               struct err *e)
{
    const struct bank_filter any = {0};
    return list(b, filter ? filter : &any, -1, 0, a, ret, ret_n, e);
}

int bank_count(struct bank *b, const struct bank_filter *filter, int64_t *ret, struct err *e)
{
    const struct bank_filter any = {0}, *f = filter ? filter : &any;
    const char *sql = f->kind || f->delivery ? sql_count : sql_count_items;
    return db_get_int(b->db, ret, 0, e, sql, "tttttiiii", f->knowledge_point, f->kind, f->level, f->state, f->delivery,
                      (int64_t)f->has_facility, f->facility_from, f->facility_to, (int64_t)f->use);
}

int bank_item(struct bank *b, const char *id, struct arena *a, struct bank_item *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_item, "t", id);
    if (r == 0 && (r = db_step(s, e)) == 1)
        take_item(s, a, ret);
    db_done(s);
    if (r == 0)
        return err_set(e, ERR_DATA, id, _("the bank has no such item"));
    return r < 0 ? r : add_enemies(b, a, ret, 1, e);
}

/* The versions found so far, in order of rank. */
struct hits {
    int64_t *number;
    char **id;
    size_t n, wanted;
    struct arena *arena;
};

static bool has_hit(const struct hits *h, int64_t number)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->number[i] == number)
            return true;
    return false;
}

static int search(struct bank *b, const char *sql, const struct bank_filter *f, const char *query, struct hits *h, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql, "tttttiiiit", f->knowledge_point, f->kind, f->level, f->state, f->delivery,
                     (int64_t)f->has_facility, f->facility_from, f->facility_to, (int64_t)f->use, query);
    while (r >= 0 && h->n < h->wanted && (r = db_step(s, e)) == 1)
        if (!has_hit(h, db_int(s, 0))) {
            h->number[h->n] = db_int(s, 0);
            h->id[h->n++] = arena_strdup(h->arena, db_text(s, 1));
        }
    db_done(s);
    return r < 0 ? r : 0;
}

static int find_words(struct bank *b, const struct bank_filter *f, struct hits *h, struct err *e)
{
    const char *query = search_query(h->arena, f->text);
    int r = query ? search(b, sql_search_title, f, query, h, e) : 0;
    return r == 0 && query && h->n < h->wanted ? search(b, sql_search_all, f, query, h, e) : r;
}

static int find_by_text(struct bank *b, const struct bank_filter *f, size_t offset, size_t limit, struct arena *a,
                        struct bank_item **ret, size_t *ret_n, bool *ret_more, struct err *e)
{
    struct hits h = {.wanted = offset + limit + 1, .arena = a};
    h.number = arena_array(a, h.wanted, sizeof *h.number);
    h.id = arena_array(a, h.wanted, sizeof *h.id);
    int r = find_words(b, f, &h, e);
    size_t n = h.n > offset ? h.n - offset : 0;
    *ret_more = n > limit;
    n = n > limit ? limit : n;
    *ret = arena_array(a, n + 1, sizeof **ret);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = bank_item(b, h.id[offset + i], a, &(*ret)[i], e);
    *ret_n = n;
    return r;
}

int bank_find(struct bank *b, const struct bank_filter *filter, size_t offset, size_t limit, struct arena *a,
              struct bank_item **ret, size_t *ret_n, bool *ret_more, struct err *e)
{
    const struct bank_filter any = {0}, *f = filter ? filter : &any;
    limit = limit < 1 ? 1 : limit > BANK_MAX_PAGE ? BANK_MAX_PAGE : limit;
    if (f->text)
        return find_by_text(b, f, offset < BANK_MAX_PAGE ? offset : BANK_MAX_PAGE, limit, a, ret, ret_n, ret_more, e);
    int r = list(b, f, (int64_t)limit + 1, (int64_t)offset, a, ret, ret_n, e);
    *ret_more = r == 0 && *ret_n > limit;
    *ret_n -= r == 0 && *ret_more;
    return r;
}
