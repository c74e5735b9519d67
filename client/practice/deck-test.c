/* SPDX-License-Identifier: Apache-2.0 */
/* A test of a content package: its items are read once; each start selects and orders them anew. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/practice/deck.h"

static int open_file(void *context, const char *path, size_t max, struct bytes *ret, struct err *e)
{
    return package_source_read(context, path, max, ret, e);
}

static const struct deck_document *document_named(const struct deck *d, const char *name)
{
    for (size_t i = 0; i < d->n_documents; i++)
        if (strcmp(d->document[i]->name, name) == 0)
            return d->document[i];
    return NULL;
}

static int add_item(struct deck *d, struct package_source *package, const char *name, struct err *e)
{
    struct bytes data = {0};
    int r = package_source_read(package, name, item_limits.bytes, &data, e);
    if (r == 0)
        r = deck_add(d, &(struct deck_entry){.name = name, .package = package, .data = bytes_span(&data)}, e);
    bytes_release(&data);
    return r;
}

int deck_add_test(struct deck *d, struct package_source *package, const char *name, struct err *e)
{
    const struct test_source files = {.context = package, .open = open_file};
    struct bytes data = {0};
    if (d->n_documents > 0)
        return err_set(e, ERR_USAGE, name, _("a test is practised alone"));
    int r = package_source_read(package, name, test_limits.bytes, &data, e);
    if (r == 0)
        r = test_read(&d->test, name, name, bytes_span(&data), &files, e);
    for (size_t i = 0; r == 0 && i < d->test->n_nodes; i++) {
        const struct test_node *n = d->test->node[i];
        if (n->kind == TEST_ITEM && !document_named(d, n->href))
            r = add_item(d, package, n->href, e);
    }
    if (r == 0)
        d->title = *d->test->title ? d->test->title : d->test->identifier;
    bytes_release(&data);
    return r;
}

/* The nearest section that the candidate is told of. */
static const char *section_of(const struct plan_slot *slot)
{
    for (const struct plan_node *n = slot->place; n; n = n->parent)
        if (n->node->kind == TEST_SECTION && n->node->visible && *n->node->title)
            return n->node->title;
    return "";
}

int deck_draw_test(struct deck *d, const char *seed, struct err *e)
{
    int r = plan_make(&d->plan, d->test, span_str(seed), e);
    if (r == 0 && d->plan->n_slots > DECK_MAX_CARDS)
        r = err_set(e, ERR_DATA, d->test->name, _("at most %d items are practised at once"), DECK_MAX_CARDS);
    for (size_t i = 0; r == 0 && i < d->plan->n_slots; i++) {
        const struct plan_slot *slot = &d->plan->slot[i];
        char own[DECK_SEED];
        snprintf(own, sizeof own, "%.60s %.100s", seed, slot->id);
        r = deck_deal(&d->card[d->n], document_named(d, slot->item->href), section_of(slot), own, e);
        d->n += r == 0;
    }
    return r;
}
