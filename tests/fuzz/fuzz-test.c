/* SPDX-License-Identifier: Apache-2.0 */
/* Assessment tests: read, planned, walked from one end to the other with an answer here and there. */
#include <stdlib.h>

#include "paperbank/test/delivery.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every other file of the package is the document itself: sections in files of their own are then read too. */
static int open_itself(void *context, const char *path, size_t max, struct bytes *ret, struct err *e)
{
    const struct span *data = context;
    if (data->n > max)
        return err_set(e, ERR_DATA, path, "too large");
    bytes_add(ret, data->p, data->n);
    return 0;
}

static int score(void *context, const struct delivery *d, size_t slot, const struct response_set *responses,
                 struct arena *a, struct test_variables *ret, struct err *e)
{
    struct test_variable v = {"SCORE", BASE_FLOAT, CARDINALITY_SINGLE, value_float(a, (double)slot)};
    (void)context, (void)d, (void)responses, (void)e;
    *ret = (struct test_variables){arena_copy(a, &v, sizeof v), 1};
    return 0;
}

static int process(void *context, const struct delivery *d, struct test_state *state, struct err *e)
{
    (void)context, (void)d;
    return state_run(state, state->plan->test->outcome_processing, e);
}

static int move(struct delivery *d, int64_t now, struct err *e)
{
    const char *value = "A";
    struct response r = {.identifier = "RESPONSE", .value = &value, .n = 1};
    unsigned moves = delivery_moves(d, now);
    if (moves & MAY_RESPOND && now % 2 && delivery_respond(d, now, &(struct response_set){&r, 1}, e) == -ERR_DATA)
        return -ERR_DATA;
    now += delivery_held(d, now);
    int status = delivery_next(d, now, e);
    if (status == -ERR_NO)
        status = delivery_end_part(d, now, e);
    return status == -ERR_NO ? delivery_end_test(d, now, e) : status;
}

static void walk(const struct test_plan *p)
{
    struct arena *a = arena_new();
    struct test_item *items = arena_array(a, p->n_slots, sizeof *items);
    struct delivery_host host = {.score = score, .process = process};
    struct delivery *d = NULL;
    struct err e;
    for (size_t i = 0; i < p->n_slots; i++) {
        struct test_variable v = {"SCORE", BASE_FLOAT, CARDINALITY_SINGLE, value_float(a, 0)};
        items[i].given = (struct test_variables){arena_copy(a, &v, sizeof v), 1};
    }
    int r = delivery_new(&d, p, items, &host, &e);
    if (r == 0)
        r = delivery_start(d, 0, &e);
    for (int64_t now = 0; r == 0 && delivery_state(d) != DELIVERY_ENDED; now += 997) {
        if (now > 997 * 3 * (int64_t)(p->n_slots + p->n_parts + 1))
            abort(); /* every walk ends */
        r = move(d, now, &e);
    }
    if (r < 0 && e.kind != ERR_DATA)
        abort();
    delivery_free(d);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span all = span_of(data, size);
    struct test_source source = {.context = &all, .open = open_itself};
    struct test *t = NULL;
    struct test_plan *p = NULL;
    struct err e;
    if (size > 100000 || test_read_lenient(&t, "fuzz", "fuzz.xml", all, &source, &e) < 0)
        return 0;
    if (plan_make(&p, t, span_str("seed"), &e) == 0 && p->n_slots <= 200)
        walk(p);
    plan_free(p);
    test_close(t);
    return 0;
}
