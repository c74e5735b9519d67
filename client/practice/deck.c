/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/deck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/item/expression/instance.h"
#include "paperbank/item/stimulus.h"

static struct deck *deck_new(void)
{
    struct arena *a = arena_new();
    struct deck *d = arena_alloc(a, sizeof *d);
    *d = (struct deck){.arena = a,
                       .title = "",
                       .document = arena_array(a, DECK_MAX_CARDS, sizeof *d->document),
                       .card = arena_array(a, DECK_MAX_CARDS, sizeof *d->card),
                       .skipped = arena_array(a, DECK_MAX_SKIPPED, sizeof *d->skipped)};
    return d;
}

static void drop_cards(struct deck *d)
{
    for (size_t i = 0; i < d->n; i++) {
        item_free(d->card[i].shown);
        item_free(d->card[i].before);
        bytes_release(&d->card[i].drawn);
    }
    d->n = 0;
    plan_free(d->plan);
    d->plan = NULL;
}

void deck_free(struct deck *d)
{
    if (!d)
        return;
    drop_cards(d);
    test_close(d->test);
    for (size_t i = 0; i < d->n_documents; i++)
        item_free(d->document[i]->item);
    for (size_t i = 0; i < d->n_packages; i++)
        package_source_close(d->package[i]);
    free(d->package);
    arena_free(d->arena);
}

void deck_keep(struct deck *d, struct package_source *package)
{
    if (d->n_packages == d->package_room) {
        d->package_room = d->package_room ? 2 * d->package_room : 4;
        d->package = mem_grow(d->package, d->package_room, sizeof *d->package);
    }
    d->package[d->n_packages++] = package;
}

/* ---- reading ---- */

void deck_skip(struct deck *d, const char *name, const struct err *e)
{
    char text[sizeof e->where + sizeof e->what + 8];
    bool says_where = e->where[0] && !strstr(e->where, name);
    snprintf(text, sizeof text, "%s%s%s", says_where ? e->where : "", says_where ? ": " : "", e->what);
    if (d->n_skipped < DECK_MAX_SKIPPED)
        d->skipped[d->n_skipped] =
            (struct deck_skipped){.name = arena_strdup(d->arena, name), .why = arena_strdup(d->arena, text)};
    d->n_skipped++;
}

/* What the item names of others comes into it, for the scorer too. */
static int with_stimuli(struct deck *d, struct deck_document *x, struct err *e)
{
    struct bytes xml = {0};
    if (!item_has_stimuli(x->item))
        return 0;
    int r = item_put_stimuli(x->item, x->package, x->name, &xml, e);
    if (r == 0) {
        item_free(x->item);
        x->item = NULL;
        x->data = span_of(arena_copy(d->arena, xml.p, xml.n), xml.n);
        r = item_read(&x->item, x->name, x->data, e);
    }
    bytes_release(&xml);
    return r;
}

static int read_document(struct deck *d, struct deck_document *x, struct err *e)
{
    struct err unknown = {0};
    int r = item_read(&x->item, x->name, x->data, e);
    if (r == 0)
        r = with_stimuli(d, x, e);
    if (r == 0)
        r = item_deliverable(x->item, e);
    if (r == 0 && x->points.milli == 0 && item_max_score(x->item, &x->points, &unknown) < 0)
        x->points = points_milli(0);
    return r;
}

int deck_add(struct deck *d, const struct deck_entry *x, struct err *e)
{
    if (d->n_documents == DECK_MAX_CARDS)
        return err_set(e, ERR_DATA, NULL, _("at most %d items are practised at once"), DECK_MAX_CARDS);
    struct deck_document *own = arena_alloc(d->arena, sizeof *own);
    *own = (struct deck_document){.name = arena_strdup(d->arena, x->name),
                                  .package = x->package,
                                  .data = span_of(arena_copy(d->arena, x->data.p, x->data.n), x->data.n),
                                  .points = x->points};
    int r = read_document(d, own, e);
    if (r < 0)
        item_free(own->item);
    else
        d->document[d->n_documents++] = own;
    return r;
}

void deck_try(struct deck *d, const struct deck_entry *x)
{
    struct err e = {0};
    if (deck_add(d, x, &e) < 0)
        deck_skip(d, x->name, &e);
}

int deck_open(struct deck **ret, const struct deck_options *o, struct err *e)
{
    struct deck *d = deck_new();
    int r = 0;
    for (size_t i = 0; r == 0 && i < o->n_paths; i++)
        r = deck_add_path(d, o->path[i], o, e);
    if (r == 0 && d->n_documents == 0) {
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

/* ---- dealing ---- */

int deck_deal(struct card *c, const struct deck_document *document, const char *section, const char *seed,
              struct err *e)
{
    *c = (struct card){.document = document, .section = section};
    snprintf(c->seed, sizeof c->seed, "%s", seed);
    return item_instantiate(&c->shown, document->item, span_str(c->seed), e);
}

int deck_redeal(struct card *c, const struct item_default *start, size_t n, struct err *e)
{
    struct item *drawn = NULL;
    struct item_draw how = {
        .seed = span_str(c->seed), .start = start, .n_starts = n, .document = &c->drawn};
    bytes_clear(&c->drawn);
    int r = item_drawn_from(&drawn, c->document->item, &how, e);
    if (r < 0)
        return r;
    if (c->before)
        item_free(c->shown);
    else
        c->before = c->shown;
    c->shown = drawn;
    return 0;
}

struct span deck_document_of(const struct card *c)
{
    return c->drawn.n ? bytes_span(&c->drawn) : c->document->data;
}

static void drop_document(struct deck *d, size_t i)
{
    item_free(d->document[i]->item);
    memmove(&d->document[i], &d->document[i + 1], (--d->n_documents - i) * sizeof *d->document);
}

static void draw_items(struct deck *d, const char *seed)
{
    for (size_t i = 0; i < d->n_documents;) {
        struct err e = {0};
        char own[DECK_SEED];
        snprintf(own, sizeof own, "%.60s %.100s", seed, d->document[i]->item->identifier);
        if (deck_deal(&d->card[d->n], d->document[i], "", own, &e) == 0) {
            d->n++;
            i++;
        } else {
            deck_skip(d, d->document[i]->name, &e);
            drop_document(d, i);
        }
    }
}

int deck_draw(struct deck *d, uint64_t seed, struct err *e)
{
    char text[64];
    snprintf(text, sizeof text, "practice %llu", (unsigned long long)seed);
    drop_cards(d);
    if (d->test)
        return deck_draw_test(d, text, e);
    draw_items(d, text);
    if (d->n > 0)
        return 0;
    return err_set(e, ERR_DATA, d->skipped[0].name, "%s", d->skipped[0].why);
}
