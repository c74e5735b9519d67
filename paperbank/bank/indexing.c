/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/indexing.h"

#include <string.h>

#include "paperbank/bank/grams.h"
#include "paperbank/bank/search-words.h"
#include "paperbank/bank/words.h"

static const char sql_title[] = "INSERT INTO item_title (rowid, words) VALUES (?1, ?2)";
static const char sql_search[] = "INSERT INTO item_search (rowid, words) VALUES (?1, ?2)";
static const char sql_grams[] = "INSERT INTO item_gram (number, grams) VALUES (?1, ?2)";
static const char sql_clear[] =
    "INSERT INTO item_title (item_title) VALUES ('delete-all'); "
    "INSERT INTO item_search (item_search) VALUES ('delete-all'); DELETE FROM item_gram;";
static const char sql_documents[] = "SELECT v.number, v.item, d.xml FROM item_version v JOIN item_document d "
                                    "USING (number) ORDER BY v.number";
static const char sql_index[] = "INSERT INTO setting (name, value) VALUES ('index', ?1) ON CONFLICT (name) "
                                "DO UPDATE SET value = excluded.value";
static const char sql_is_fresh[] = "SELECT 1 FROM setting WHERE name = 'index' AND value = ?1";

static void add_choices(struct bytes *out, const struct item_choice *c, size_t n, struct arena *a)
{
    for (size_t i = 0; i < n; i++)
        if (c[i].content)
            search_words_add(out, item_node_text(c[i].content, a), a);
}

/* Choices and explanations. */
static void add_rest(struct bytes *out, const struct item *item, struct arena *a)
{
    for (const struct item_interaction *i = item->interaction; i; i = i->next) {
        add_choices(out, i->choice, i->n_choices, a);
        add_choices(out, i->target, i->n_targets, a);
    }
    for (size_t f = 0; f < item->n_feedbacks; f++)
        search_words_add(out, item_node_text(item->feedback[f].content, a), a);
}

static const char *words(const struct bytes *b)
{
    return b->p ? (const char *)b->p : "";
}

int index_version(struct bank *b, int64_t number, const struct item *item, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes title = {0}, all = {0}, grams = {0};
    search_words_add(&title, item->identifier, a);
    search_words_add(&title, item->title, a);
    bytes_add(&all, title.p, title.n);
    search_words_add(&all, item_stem(item, a), a);
    add_rest(&all, item, a);
    grams_add(&grams, item);
    int r = db_run(b->db, e, sql_title, "it", number, words(&title));
    if (r == 0)
        r = db_run(b->db, e, sql_search, "it", number, words(&all));
    if (r == 0)
        r = db_run(b->db, e, sql_grams, "ib", number,
                   span_of(grams.p ? grams.p : (const uint8_t *)"", grams.n));
    bytes_release(&title);
    bytes_release(&all);
    bytes_release(&grams);
    arena_free(a);
    return r;
}

/* What a later reader refuses stays in the bank, and is not found by words. */
static int index_document(struct bank *b, int64_t number, const char *id, struct span xml, struct err *e)
{
    struct item *item = NULL;
    if (item_read_lenient(&item, id, xml, NULL) < 0)
        return 0;
    int r = index_version(b, number, item, e);
    item_free(item);
    return r;
}

int index_all(struct bank *b, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_script(b->db, sql_clear, e);
    if (r == 0)
        r = db_query(b->db, &s, e, sql_documents, "");
    while (r >= 0 && (r = db_step(s, e)) == 1)
        r = index_document(b, db_int(s, 0), db_text(s, 1), db_blob(s, 2), e);
    db_done(s);
    return r < 0 ? r : db_run(b->db, e, sql_index, "t", SEARCH_WORDS_VERSION);
}

int index_if_stale(struct bank *b, struct err *e)
{
    int64_t fresh = 0;
    int r = db_get_int(b->db, &fresh, 0, e, sql_is_fresh, "t", SEARCH_WORDS_VERSION);
    if (r < 0 || fresh)
        return r;
    if ((r = db_begin(b->db, e)) < 0)
        return r;
    r = index_all(b, e);
    if (r == 0)
        r = db_commit(b->db, e);
    if (r < 0)
        db_rollback(b->db);
    return r;
}
