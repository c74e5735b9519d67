/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/tools/keys.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

struct known {
    char *id;
    struct item *item;
};

struct keys {
    const char *exam;
    struct known *known;
    size_t n;
};

struct keys *keys_open(const char *exam)
{
    struct keys *k = mem_alloc(sizeof *k);
    k->exam = exam;
    return k;
}

void keys_close(struct keys *k)
{
    for (size_t i = 0; i < k->n; i++) {
        free(k->known[i].id);
        item_free(k->known[i].item);
    }
    free(k->known);
    free(k);
}

int keys_item(struct keys *k, const char *id, const struct item **ret, struct err *e)
{
    struct item *item = NULL;
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->known[i].id, id) == 0) {
            *ret = k->known[i].item;
            return 0;
        }
    char *path = mem_printf("%s/items/%s.xml", k->exam, id);
    int r = item_read_file(&item, path, e);
    free(path);
    if (r < 0)
        return r;
    k->known = mem_grow(k->known, k->n + 1, sizeof *k->known);
    k->known[k->n++] = (struct known){.id = mem_strdup(id), .item = item};
    *ret = item;
    return 0;
}

static void add(struct response *r, const char *value)
{
    r->value[r->n++] = value;
}

static void right_values(const struct item_declaration *d, struct response *r)
{
    for (size_t i = 0; d && i < d->n_correct; i++)
        add(r, d->correct[i].text);
    if (d && r->n == 0 && d->mapping && d->mapping->n)
        add(r, d->mapping->entry[0].key);
}

static bool is_right(const struct item_declaration *d, const char *identifier)
{
    for (size_t i = 0; d && i < d->n_correct; i++)
        if (strcmp(d->correct[i].text, identifier) == 0)
            return true;
    return false;
}

/* One of the choices that are not right; of several right ones the rest stays. */
static void wrong_choice(const struct item_interaction *i, const struct item_declaration *d, struct rng *rng,
                         struct response *r)
{
    size_t at = (size_t)rng_below(rng, i->n_choices);
    if (i->max_choices != 1)
        for (size_t c = 1; d && c < d->n_correct; c++)
            add(r, d->correct[c].text);
    for (size_t c = 0; c < i->n_choices; c++, at = (at + 1) % i->n_choices)
        if (!is_right(d, i->choice[at].identifier)) {
            add(r, i->choice[at].identifier);
            return;
        }
}

struct response_set keys_answer(const struct item *item, bool right, struct rng *rng, struct arena *a)
{
    enum { MAX_INTERACTIONS = 64, MAX_VALUES = 64 };
    static const char *const guess[] = {"不知道", "0", "=SUM(A1)", "Ctrl+Q"};
    struct response_set set = {.response = arena_array(a, MAX_INTERACTIONS, sizeof *set.response)};
    for (const struct item_interaction *i = item->interaction; i && set.n < MAX_INTERACTIONS; i = i->next) {
        const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, i->response);
        struct response *r = &set.response[set.n++];
        r->identifier = i->response;
        r->value = arena_array(a, MAX_VALUES, sizeof *r->value);
        if (right)
            right_values(d, r);
        else if (i->kind == INTERACTION_CHOICE && i->n_choices)
            wrong_choice(i, d, rng, r);
        else
            add(r, guess[rng_below(rng, sizeof guess / sizeof *guess)]);
    }
    return set;
}

double keys_chance(const char *id, double ability)
{
    uint64_t hash = 1469598103934665603u; /* FNV-1a */
    for (const char *c = id; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    struct rng r;
    rng_seed(&r, hash);
    double difficulty = 2.4 * rng_unit(&r) - 1.2;
    return 1 / (1 + exp(difficulty - ability));
}
