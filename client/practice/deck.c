/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/deck.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/item/expression/instance.h"

static struct deck *deck_new(void)
{
    struct arena *a = arena_new();
    struct deck *d = arena_alloc(a, sizeof *d);
    *d = (struct deck){.arena = a,
                       .title = "",
                       .card = arena_array(a, DECK_MAX_CARDS, sizeof *d->card),
                       .skipped = arena_array(a, DECK_MAX_SKIPPED, sizeof *d->skipped)};
    return d;
}

static void release(struct card *c)
{
    if (c->shown != c->source)
        item_free(c->shown);
    item_free(c->source);
}

void deck_free(struct deck *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n; i++)
        release(&d->card[i]);
    arena_free(d->arena);
}

void deck_skip(struct deck *d, const char *name, const struct err *e)
{
    char text[sizeof e->where + sizeof e->what + 8];
    bool says_where = e->where[0] && strncmp(e->where, name, strlen(name)) != 0;
    snprintf(text, sizeof text, "%s%s%s", says_where ? e->where : "", says_where ? ": " : "", e->what);
    if (d->n_skipped < DECK_MAX_SKIPPED)
        d->skipped[d->n_skipped] =
            (struct deck_skipped){.name = arena_strdup(d->arena, name), .why = arena_strdup(d->arena, text)};
    d->n_skipped++;
}

static int read_card(struct card *c, struct err *e)
{
    int r = item_read(&c->source, c->name, c->document, e);
    if (r == 0)
        r = item_deliverable(c->source, e);
    if (r < 0) {
        item_free(c->source);
        return r;
    }
    struct err unknown = {0};
    if (c->points.milli == 0 && item_max_score(c->source, &c->points, &unknown) < 0)
        c->points = points_milli(0);
    c->shown = c->source;
    return 0;
}

void deck_add(struct deck *d, const struct deck_entry *x)
{
    struct err e = {0};
    struct card c = {.name = arena_strdup(d->arena, x->name),
                     .section = arena_strdup(d->arena, x->section ? x->section : ""),
                     .points = x->points};
    c.document = span_of(arena_copy(d->arena, x->document.p, x->document.n), x->document.n);
    int r = d->n < DECK_MAX_CARDS ? read_card(&c, &e)
                                  : err_set(&e, ERR_DATA, NULL, _("at most %d items are practised at once"),
                                            DECK_MAX_CARDS);
    if (r < 0)
        deck_skip(d, c.name, &e);
    else
        d->card[d->n++] = c;
}

int deck_open(struct deck **ret, const struct deck_options *o, struct err *e)
{
    struct deck *d = deck_new();
    int r = 0;
    for (size_t i = 0; r == 0 && i < o->n_paths; i++)
        r = deck_add_path(d, o->path[i], o, e);
    if (r == 0 && d->n == 0) {
        r = err_set(e, ERR_DATA, d->n_skipped ? d->skipped[0].name : o->path[0], "%s",
                    d->n_skipped ? d->skipped[0].why : _("there is no item in it"));
        err_hint(e, _("name QTI items, folders or packages that hold some"));
    }
    if (r < 0)
        deck_free(d);
    else
        *ret = d;
    return r;
}

static int draw(struct card *c, uint64_t seed, struct err *e)
{
    if (c->shown != c->source)
        item_free(c->shown);
    c->shown = c->source;
    snprintf(c->seed, sizeof c->seed, "practice %llu %.100s", (unsigned long long)seed, c->source->identifier);
    return item_is_template(c->source) ? item_instantiate(&c->shown, c->source, span_str(c->seed), e) : 0;
}

void deck_draw(struct deck *d, uint64_t seed)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->n; i++) {
        struct err e = {0};
        if (draw(&d->card[i], seed, &e) < 0) {
            deck_skip(d, d->card[i].name, &e);
            release(&d->card[i]);
        } else {
            d->card[kept++] = d->card[i];
        }
    }
    d->n = kept;
}
