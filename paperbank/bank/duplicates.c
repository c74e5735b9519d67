/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/similar.h"

static const char sql_grams[] =
    "SELECT i.id, g.grams FROM item i JOIN item_version v ON v.item = i.id AND v.version = i.version "
    "JOIN item_gram g USING (number) WHERE i.state <> 'retired' ORDER BY i.id";

struct loaded {
    struct gram_record *record;
    const char **id;
    size_t n, room;
};

static void add(struct loaded *l, struct arena *a, const char *id, struct span grams)
{
    if (grams.n < sizeof(uint32_t))
        return;
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->record = mem_grow(l->record, l->room, sizeof *l->record);
        l->id = mem_grow(l->id, l->room, sizeof *l->id);
    }
    uint32_t n = (uint32_t)(grams.n / sizeof(uint32_t));
    uint32_t *gram = arena_array(a, n, sizeof *gram);
    for (uint32_t i = 0; i < n; i++)
        gram[i] = le32(grams.p + i * sizeof(uint32_t));
    l->id[l->n] = arena_strdup(a, id);
    l->record[l->n] = (struct gram_record){.gram = gram, .n = n, .index = (uint32_t)l->n};
    l->n++;
}

static int load(struct bank *b, struct arena *a, struct loaded *l, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_grams, "");
    while (r >= 0 && (r = db_step(s, e)) == 1)
        add(l, a, db_text(s, 0), db_blob(s, 1));
    db_done(s);
    return r;
}

int bank_duplicates(struct bank *b, int64_t threshold, size_t max, struct arena *a, struct bank_pair **ret,
                    size_t *ret_n, bool *ret_more, struct err *e)
{
    if (threshold < DUPLICATE_LEAST || threshold > 1000)
        return err_set(e, ERR_USAGE, NULL, _("the threshold is a number from 0.3 to 1"));
    struct arena *own = arena_new();
    struct loaded l = {0};
    struct similar_pair *pair = NULL;
    size_t n = 0;
    int r = load(b, own, &l, e);
    if (r == 0) {
        n = similar_pairs(l.record, l.n, (uint32_t)threshold, max, &pair, ret_more);
        *ret = arena_array(a, n + 1, sizeof **ret);
        for (size_t i = 0; i < n; i++)
            (*ret)[i] = (struct bank_pair){arena_strdup(a, l.id[pair[i].x]), arena_strdup(a, l.id[pair[i].y]),
                                           pair[i].measure};
        *ret_n = n;
    }
    free(pair);
    free(l.record);
    free(l.id);
    arena_free(own);
    return r;
}
