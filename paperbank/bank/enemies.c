/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/enemies.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/duplicates.h"
#include "paperbank/bank/review.h"
#include "paperbank/bank/search-words.h"
#include "paperbank/item/item.h"

static const char sql_list[] = "SELECT item, enemy, origin, reason, measure, who, at_ms FROM enemy WHERE ?1 "
                               "IS NULL OR origin = ?1 ORDER BY item, enemy";
static const char sql_known[] =
    "SELECT origin FROM enemy WHERE (item = ?1 AND enemy = ?2) OR (item = ?2 AND enemy = ?1) "
    "ORDER BY origin = 'declared' DESC LIMIT 1";
static const char sql_propose[] =
    "INSERT INTO enemy (item, enemy, origin, reason, measure, at_ms) "
    "SELECT ?1, ?2, 'proposed', ?3, nullif(?4, -9223372036854775807 - 1), ?5 WHERE NOT EXISTS "
    "(SELECT 1 FROM enemy WHERE (item = ?1 AND enemy = ?2) OR (item = ?2 AND enemy = ?1))";
static const char sql_decide[] = "UPDATE enemy SET origin = ?3, who = ?4, at_ms = ?5 WHERE ((item = ?1 AND "
                                 "enemy = ?2) OR (item = ?2 AND enemy = ?1)) "
                                 "AND origin <> 'declared'";
static const char sql_add[] =
    "INSERT INTO enemy (item, enemy, origin, who, at_ms) VALUES (?1, ?2, 'confirmed', ?3, ?4)";
static const char sql_keys[] = "SELECT i.id, i.knowledge_point, v.stem, d.xml FROM item i JOIN item_version "
                               "v ON v.item = i.id AND v.version = i.version "
                               "JOIN item_document d USING (number) WHERE i.state <> 'retired' AND v.kind IN "
                               "('single', 'fill') ORDER BY i.id";
static const char sql_stems[] = "SELECT i.id, i.knowledge_point, v.stem FROM item_search s CROSS JOIN "
                                "item_version v ON v.number = s.rowid "
                                "CROSS JOIN item i ON i.id = v.item AND i.version = v.version WHERE "
                                "s.item_search MATCH ?1 AND i.id <> ?2 "
                                "AND i.state <> 'retired' ORDER BY s.rowid LIMIT 6";

enum { MAX_PAIRS = 1000000, LEAST_KEY = 4, FEW_STEMS = 5 };

static int64_t number(struct db_stmt *s, int column)
{
    return db_is_null(s, column) ? BANK_UNKNOWN : db_int(s, column);
}

int bank_enemies(struct bank *b, const char *origin, struct arena *a, struct bank_enemy **ret, size_t *ret_n,
                 struct err *e)
{
    struct db_stmt *s = NULL;
    struct bank_enemy *list = NULL;
    size_t n = 0, room = 0;
    int r = db_query(b->db, &s, e, sql_list, "t", origin);
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        if (n == room) {
            room = room ? 2 * room : 64;
            list = mem_grow(list, room, sizeof *list);
        }
        list[n++] = (struct bank_enemy){arena_strdup(a, db_text(s, 0)),
                                        arena_strdup(a, db_text(s, 1)),
                                        arena_strdup(a, db_text(s, 2)),
                                        arena_strdup(a, db_text(s, 3)),
                                        number(s, 4),
                                        arena_strdup(a, db_text(s, 5)),
                                        number(s, 6)};
    }
    db_done(s);
    if (r == 0) {
        *ret = n ? arena_copy(a, list, n * sizeof *list) : NULL;
        *ret_n = n;
    }
    free(list);
    return r;
}

static int propose(struct bank *b, const char *item, const char *enemy, const char *reason, int64_t measure,
                   int64_t at_ms, size_t *n, struct err *e)
{
    int r = db_run(b->db, e, sql_propose, "tttii", item, enemy, reason, measure, at_ms);
    *n += r == 0 && db_changes(b->db) > 0;
    return r;
}

static int propose_duplicates(struct bank *b, int64_t threshold, int64_t at_ms, size_t *n, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_pair *pair = NULL;
    size_t n_pairs = 0;
    bool more = false;
    int r = bank_duplicates(b, threshold, MAX_PAIRS, a, &pair, &n_pairs, &more, e);
    for (size_t i = 0; r == 0 && i < n_pairs; i++)
        r = propose(b, pair[i].item, pair[i].other, "near-duplicate", pair[i].measure, at_ms, n, e);
    arena_free(a);
    return r;
}

/* The text of the one right choice or accepted answer, NULL if there is none or several. */
static const char *key_text(const struct item *item, struct arena *a)
{
    const struct item_interaction *in = item->interaction;
    const struct item_declaration *d =
        in && !in->next ? item_find(item, DECLARED_RESPONSE, in->response) : NULL;
    if (!d || d->n_correct != 1)
        return NULL;
    if (in->kind == INTERACTION_TEXT_ENTRY)
        return d->correct[0].text;
    for (size_t c = 0; in->kind == INTERACTION_CHOICE && c < in->n_choices; c++)
        if (strcmp(in->choice[c].identifier, d->correct[0].text) == 0 && in->choice[c].content)
            return item_node_text(in->choice[c].content, a);
    return NULL;
}

/* Folded, without spaces and punctuation; its length in code points. */
static size_t plain(struct arena *a, const char *text, const char **ret)
{
    const char *p = search_fold(a, text), *end = p + strlen(p);
    char *out = arena_alloc(a, strlen(p) + 1);
    size_t n = 0, at = 0;
    while (p < end) {
        const char *first = p;
        if (search_char_of(utf8_next(&p, end)) == SEARCH_SPACE)
            continue;
        memcpy(out + at, first, (size_t)(p - first));
        at += (size_t)(p - first);
        n++;
    }
    *ret = out;
    return n;
}

struct found {
    char *id[FEW_STEMS + 1];
    bool gives[FEW_STEMS + 1]; /* of the same knowledge point, and the key is in its stem */
    size_t n;
};

static int find_stems(struct bank *b, const char *query, const char *id, const char *point, const char *key,
                      struct arena *a, struct found *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_stems, "tt", query, id);
    while (r >= 0 && ret->n <= FEW_STEMS && (r = db_step(s, e)) == 1) {
        ret->id[ret->n] = arena_strdup(a, db_text(s, 0));
        const char *stem;
        plain(a, db_text(s, 2), &stem);
        ret->gives[ret->n++] = strcmp(db_text(s, 1), point) == 0 && strstr(stem, key);
    }
    db_done(s);
    return r < 0 ? r : 0;
}

static int propose_for_key(struct bank *b, const char *id, const char *point, const char *stem,
                           struct span xml, int64_t at_ms, struct arena *a, size_t *n, struct err *e)
{
    struct item *item = NULL;
    const char *plain_key, *plain_stem;
    struct found f = {0};
    int r = 0;
    if (item_read_lenient(&item, id, xml, NULL) < 0)
        return 0;
    const char *key = key_text(item, a), *query = key ? search_query(a, key) : NULL;
    if (query && plain(a, key, &plain_key) >= LEAST_KEY && plain(a, stem, &plain_stem) &&
        !strstr(plain_stem, plain_key))
        r = find_stems(b, query, id, point, plain_key, a, &f, e);
    for (size_t i = 0; r == 0 && f.n <= FEW_STEMS && i < f.n; i++)
        if (f.gives[i])
            r = propose(b, f.id[i], id, "gives-key", BANK_UNKNOWN, at_ms, n, e);
    item_free(item);
    return r;
}

static int propose_keys(struct bank *b, int64_t at_ms, size_t *n, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_keys, "");
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        struct arena *a = arena_new();
        const char *id = arena_strdup(a, db_text(s, 0)), *point = arena_strdup(a, db_text(s, 1));
        if (*point)
            r = propose_for_key(b, id, point, db_text(s, 2), db_blob(s, 3), at_ms, a, n, e);
        arena_free(a);
    }
    db_done(s);
    return r;
}

int bank_propose_enemies(struct bank *b, int64_t threshold, int64_t at_ms, size_t *ret_n, struct err *e)
{
    size_t n = 0;
    int r = db_begin(b->db, e);
    if (r < 0)
        return r;
    r = propose_duplicates(b, threshold, at_ms, &n, e);
    if (r == 0)
        r = propose_keys(b, at_ms, &n, e);
    if (r == 0)
        r = db_commit(b->db, e);
    if (r < 0)
        db_rollback(b->db);
    *ret_n = n;
    return r;
}

static int origin_of(struct bank *b, const char *item, const char *enemy, char *ret, size_t size,
                     struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_known, "tt", item, enemy);
    ret[0] = '\0';
    if (r == 0 && (r = db_step(s, e)) == 1)
        snprintf(ret, size, "%s", db_text(s, 0));
    db_done(s);
    return r < 0 ? r : 0;
}

static int decide(struct bank *b, const char *item, const char *enemy, bool confirm, const char *who,
                  int64_t at_ms, struct err *e)
{
    char origin[16];
    int r = origin_of(b, item, enemy, origin, sizeof origin, e);
    if (r < 0)
        return r;
    if (strcmp(origin, "declared") == 0) {
        err_set(e, ERR_NO, item, _("the metadata of the items declare them enemies"));
        return err_hint(e, _("to change that: kaochang bank edit ID --enemies …"));
    }
    if (!*origin && !confirm)
        return err_set(e, ERR_NO, item, _("nobody proposed %s as its enemy"), enemy);
    if (!*origin)
        return db_run(b->db, e, sql_add, "ttti", item, enemy, who, at_ms);
    return db_run(b->db, e, sql_decide, "tttti", item, enemy, confirm ? "confirmed" : "refused", who, at_ms);
}

int bank_decide_enemies(struct bank *b, const char *item, const char *enemy, bool confirm, const char *who,
                        int64_t at_ms, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_item one = {0}, other = {0};
    int r = bank_check_person(who, e);
    if (r == 0 && strcmp(item, enemy) == 0)
        r = err_set(e, ERR_USAGE, item, _("an item is not its own enemy"));
    if (r == 0)
        r = bank_item(b, item, a, &one, e);
    if (r == 0)
        r = bank_item(b, enemy, a, &other, e);
    if (r == 0)
        r = decide(b, item, enemy, confirm, who, at_ms, e);
    arena_free(a);
    return r;
}
