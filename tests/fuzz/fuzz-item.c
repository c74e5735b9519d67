/* SPDX-License-Identifier: Apache-2.0 */
/* Item documents: read, shown, and scored with some responses. A view that was written passes its own check. */
#include <stdlib.h>

#include "paperbank/item/response.h"
#include "paperbank/item/view.h"
#include "scoring/evaluate.h"
#include "scoring/evidence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every response answered with its own first correct value and a text of no type. */
static struct response_set responses_for(const struct item *item, struct arena *a)
{
    struct response_set set = {.response = arena_array(a, item->n_declarations, sizeof *set.response)};
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        const char **value = arena_array(a, 2, sizeof *value);
        if (d->what != DECLARED_RESPONSE)
            continue;
        value[0] = d->n_correct ? d->correct[0].text : "1 2";
        value[1] = "A";
        set.response[set.n++] = (struct response){.identifier = d->identifier, .value = value, .n = 2};
    }
    return set;
}

static void check_view(const struct item *item)
{
    struct bytes view = {0};
    struct err e;
    if (item_deliverable(item, &e) == 0 && item_view_write(item, &view, &e) == 0 &&
        item_view_check("view", bytes_span(&view), &e) < 0 && item->n_problems == 0)
        abort();
    bytes_release(&view);
}

static void choose_order(const struct item *item, struct arena *a)
{
    for (const struct item_interaction *i = item->interaction; i; i = i->next) {
        item_choice_order(i, span_str("seed"), arena_array(a, i->n_choices, sizeof(uint32_t)));
        item_target_order(i, span_str("seed"), arena_array(a, i->n_targets, sizeof(uint32_t)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct item *item = NULL;
    struct outcome_set outcomes = {0};
    struct err e;
    points_t most;
    if (size > 100000 || item_read_lenient(&item, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    struct arena *a = arena_new();
    struct response_set set = responses_for(item, a);
    check_view(item);
    choose_order(item, a);
    if (item->body)
        item_node_text(item->body, a);
    if (item_sealed(item, &e) < 0 && e.kind != ERR_DATA)
        abort();
    if (item_max_score(item, &most, &e) == 0 && most.milli <= 0)
        abort();
    if (evaluate_item(item, &set, 1, a, &outcomes, &e) < 0 && e.kind != ERR_DATA)
        abort();
    evidence_text(item, &set, &set, true, a);
    arena_free(a);
    item_free(item);
    return 0;
}
