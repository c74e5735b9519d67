/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: an item, then after a zero byte lines "IDENTIFIER value" of responses. Compiled, drawn and run:
 * the limits hold, the same seed gives the same outcomes, and a slice that passes for a sealed exam draws
 * what the whole draws. */
#include <stdlib.h>
#include <string.h>

#include "paperbank/item/expression/instance.h"
#include "paperbank/item/view.h"
#include "scoring/evaluate.h"
#include "scoring/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_LINES = 64 };

/* Each line adds a value to its response. */
static struct response_set read_responses(char *text, struct arena *a)
{
    struct response_set set = {.response = arena_array(a, MAX_LINES, sizeof *set.response)};
    for (char *line = strsep(&text, "\n"), *value; line && set.n < MAX_LINES; line = strsep(&text, "\n")) {
        if (!(value = strchr(line, ' ')))
            continue;
        *value++ = '\0';
        const struct response *old = response_find(&set, line);
        struct response *r = old ? &set.response[old - set.response] : &set.response[set.n++];
        if (!old)
            *r = (struct response){.identifier = line, .value = arena_array(a, MAX_LINES, sizeof *r->value)};
        if (r->n < MAX_LINES)
            r->value[r->n++] = value;
    }
    return set;
}

static void same_outcomes(const struct outcome_set *x, const struct outcome_set *y, struct arena *a)
{
    if (x->n != y->n)
        abort();
    for (size_t i = 0; i < x->n; i++) {
        if (x->outcome[i].value.n != y->outcome[i].value.n)
            abort();
        for (size_t k = 0; k < x->outcome[i].value.n; k++)
            if (strcmp(datum_text(a, &x->outcome[i].value.at[k]),
                       datum_text(a, &y->outcome[i].value.at[k])) != 0)
                abort();
    }
}

static void run_twice(const struct item *item, const struct response_set *given, struct arena *a)
{
    struct evaluator *ev = evaluator_new(item);
    struct outcome_set first = {0}, second = {0};
    struct err e = {0};
    int r = evaluator_run(ev, given, span_str("seed"), a, &first, &e);
    if (r < 0 && e.kind != ERR_DATA)
        abort();
    if (evaluator_run(ev, given, span_str("seed"), a, &second, &e) != r)
        abort();
    if (r == 0)
        same_outcomes(&first, &second, a);
    evaluator_free(ev);
}

static char *drawn_text(const struct item *item, struct arena *a)
{
    struct item *drawn = NULL;
    struct err e = {0};
    if (item_instantiate(&drawn, item, span_str("seed"), &e) < 0)
        return NULL;
    if (drawn->template_processing)
        abort();
    char *text = item_node_text(drawn->body, a);
    item_free(drawn);
    return text;
}

static void draw_slice(const struct item *item, struct arena *a)
{
    struct bytes b = {0};
    struct item *view = NULL;
    struct err e = {0};
    if (item->n_problems == 0 && item_sealed(item, &e) == 0 && item_view_write(item, &b, &e) == 0 &&
        item_read(&view, "view", bytes_span(&b), &e) == 0) {
        const char *whole = drawn_text(item, a), *slice = drawn_text(view, a);
        if (whole && slice && strcmp(whole, slice) != 0)
            abort();
    }
    item_free(view);
    bytes_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct item *item = NULL;
    struct err e = {0};
    const uint8_t *end = memchr(data, 0, size);
    size_t n = end ? (size_t)(end - data) : size;
    if (size > 100000 || item_read_lenient(&item, "fuzz", span_of(data, n), &e) < 0)
        return 0;
    struct arena *a = arena_new();
    char *rest = end ? arena_strndup(a, (const char *)end + 1, size - n - 1) : arena_strdup(a, "");
    struct response_set given = read_responses(rest, a);
    run_twice(item, &given, a);
    if (item_is_template(item)) {
        drawn_text(item, a);
        draw_slice(item, a);
    }
    if (score_try_key(item, &e) < 0 && e.kind != ERR_DATA)
        abort();
    arena_free(a);
    item_free(item);
    return 0;
}
