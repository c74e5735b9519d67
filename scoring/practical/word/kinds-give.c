/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/word/kinds.h"

struct word_ask word_ask_of(const struct check_target *t, const struct locator *at, const char *argument,
                            struct arena *a, struct fact *ret, struct err *e)
{
    return (struct word_ask){
        .d = t->document, .t = t, .at = at, .argument = argument, .a = a, .ret = ret, .e = e};
}

int word_give(struct word_ask *q, enum fact_type type, int64_t n, const char *place)
{
    *q->ret = (struct fact){
        .state = FACT_FOUND, .value = {.type = type, .integer = n}, .place = arena_strdup(q->a, place)};
    return 0;
}

int word_give_text(struct word_ask *q, enum fact_type type, const char *text, const char *place)
{
    if (!text)
        return word_give_absent(q, place, "the file does not say");
    *q->ret = (struct fact){.state = FACT_FOUND,
                            .value = {.type = type, .text = arena_strdup(q->a, text)},
                            .place = arena_strdup(q->a, place)};
    return 0;
}

int word_give_list(struct word_ask *q, const char **item, size_t n, const char *place)
{
    *q->ret = (struct fact){.state = FACT_FOUND,
                            .value = {.type = FACT_LIST, .item = item, .n_items = n},
                            .place = arena_strdup(q->a, place)};
    return 0;
}

int word_give_absent(struct word_ask *q, const char *place, const char *why)
{
    *q->ret = (struct fact){.state = FACT_ABSENT, .place = arena_strdup(q->a, place), .why = why};
    return 0;
}

int word_give_unknown(struct word_ask *q, const char *place, const char *why)
{
    *q->ret = (struct fact){.state = FACT_UNKNOWN, .place = arena_strdup(q->a, place), .why = why};
    return 0;
}

int word_bad_locator(struct word_ask *q, const char *name)
{
    const char *value = locator_get(q->at, name);
    err_set(q->e, ERR_DATA, q->t->kind->name, _("\"%s\" is no place: %s"), value ? value : "", name);
    return err_hint(q->e,
                    _("numbers count from 1; sides are top, left, bottom, right, inside-h and inside-v"));
}

bool word_is(const struct word_ask *q, const char *kind)
{
    return strcmp(q->t->kind->name, kind) == 0;
}

void word_item_add(struct word_items *l, struct arena *a, const char *text)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 16;
        const char **more = arena_array(a, l->cap, sizeof *more);
        if (l->n)
            memcpy(more, l->item, l->n * sizeof *more);
        l->item = more;
    }
    l->item[l->n++] = arena_strdup(a, text);
}
