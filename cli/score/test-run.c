/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/test-run.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/score/outcomes.h"
#include "paperbank/item/expression/instance.h"

/* One that was read already; a template is drawn for each slot anew. */
static struct item *already_read(const struct test_run *run, size_t upto, const char *href)
{
    for (size_t i = 0; i < upto; i++)
        if (run->item[i] && strcmp(run->plan->slot[i].item->href, href) == 0 && !run->drawn[i])
            return run->item[i];
    return NULL;
}

/* Without a seed as evaluate_item draws with seed 0. */
static struct span seed_of(const struct test_run *run, const struct plan_slot *slot)
{
    static const uint8_t none[8];
    return run->seed ? span_str(arena_printf(run->arena, "%s/%s", run->seed, slot->id))
                     : span_of(none, sizeof none);
}

static int read_item(struct test_run *run, size_t i, struct err *e)
{
    const struct plan_slot *slot = &run->plan->slot[i];
    struct item *item = NULL, *drawn = NULL;
    run->item[i] = already_read(run, i, slot->item->href);
    char *path = path_join(run->folder, slot->item->href);
    int r = run->item[i] || !file_exists(path) ? 0 : item_read_file_lenient(&item, path, e);
    free(path);
    if (r < 0 || !item)
        return r;
    run->item[i] = item;
    if (run->seed && item_is_template(item) && slot->item->n_defaults == 0) {
        r = item_instantiate(&drawn, item, seed_of(run, slot), e);
        item_free(item);
        run->item[i] = drawn;
        run->drawn[i] = true;
    }
    if (run->item[i])
        run->owned[run->n_owned++] = run->item[i];
    return r;
}

int test_run_items(struct test_run *run, struct err *e)
{
    size_t n = run->plan->n_slots;
    int r = 0;
    run->item = arena_array(run->arena, n, sizeof(struct item *));
    run->drawn = arena_array(run->arena, n, sizeof *run->drawn);
    run->owned = arena_array(run->arena, n, sizeof(struct item *));
    run->given = arena_array(run->arena, n, sizeof *run->given);
    for (size_t i = 0; r == 0 && i < n; i++) {
        static const char name[] = "SCORE";
        r = read_item(run, i, e);
        run->given[i].item = run->item[i];
        if (run->item[i])
            continue;
        struct test_variable score = {name, BASE_FLOAT, CARDINALITY_SINGLE, value_float(run->arena, 0)};
        run->given[i].given = (struct test_variables){arena_copy(run->arena, &score, sizeof score), 1};
    }
    return r;
}

int test_run_start(struct test_run *run, struct err *e)
{
    size_t n = run->plan->n_slots;
    struct span *seed = arena_array(run->arena, n, sizeof *seed);
    for (size_t i = 0; i < n; i++)
        seed[i] = seed_of(run, &run->plan->slot[i]);
    run->later = arena_array(run->arena, n, sizeof(struct item *));
    run->scorer =
        (struct test_scorer){.item = (const struct item **)run->item, .drawn = run->later, .seed = seed};
    struct delivery_host host = test_scorer_host(&run->scorer);
    int r = delivery_new(&run->delivery, run->plan, run->given, &host, e);
    return r < 0 ? r : delivery_start(run->delivery, 0, e);
}

void test_run_release(struct test_run *run)
{
    delivery_free(run->delivery);
    for (size_t i = 0; i < run->n_owned; i++)
        item_free(run->owned[i]);
    for (size_t i = 0; run->later && i < run->plan->n_slots; i++)
        item_free(run->later[i]);
    plan_free(run->plan);
    test_close(run->test);
    arena_free(run->arena);
}

json_t *test_run_variables(struct arena *a, const struct test_variables *v)
{
    struct outcome_set set = {.outcome = arena_array(a, v->n, sizeof *set.outcome), .n = v->n};
    for (size_t i = 0; i < v->n; i++)
        set.outcome[i] = (struct outcome){.identifier = v->at[i].identifier,
                                          .base = v->at[i].base,
                                          .cardinality = v->at[i].cardinality,
                                          .value = v->at[i].value};
    return outcomes_json(&set, a);
}

/* Responses and template variables are not told. */
static json_t *outcomes_of_slot(struct test_run *run, size_t i)
{
    const struct state_slot *slot = &delivery_values(run->delivery)->slot[i];
    json_t *object = test_run_variables(run->arena, &slot->variables);
    json_object_del(object, "duration");
    json_object_del(object, "numAttempts");
    for (size_t k = 0; slot->item && k < slot->item->n_declarations; k++)
        if (slot->item->declaration[k].what != DECLARED_OUTCOME)
            json_object_del(object, slot->item->declaration[k].identifier);
    return object;
}

void test_run_result(struct test_run *run, json_t *answer)
{
    json_t *items = json_object();
    for (size_t i = 0; i < run->plan->n_slots; i++)
        json_object_set_new(items, run->plan->slot[i].id, outcomes_of_slot(run, i));
    json_object_set_new(answer, "items", items);
    json_object_set_new(answer, "test",
                        test_run_variables(run->arena, &delivery_values(run->delivery)->outcomes));
}

void test_run_path(struct test_run *run, json_t *answer)
{
    json_t *entered = json_array(), *skipped = json_object();
    size_t n;
    const size_t *slot = delivery_entered(run->delivery, &n);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(entered, json_string(run->plan->slot[slot[i]].id));
    for (size_t i = 0; i < run->plan->n_slots; i++) {
        enum slot_fate fate = delivery_slot_at(run->delivery, i)->fate;
        if (fate == SLOT_JUMPED || fate == SLOT_PRECONDITION)
            json_object_set_new(skipped, run->plan->slot[i].id,
                                json_string(fate == SLOT_JUMPED ? "branchRule" : "preCondition"));
    }
    json_object_set_new(answer, "entered_items", entered);
    json_object_set_new(answer, "skipped", skipped);
}

void test_run_absent(struct test_run *run, json_t *answer)
{
    json_t *absent = json_array();
    for (size_t i = 0; run->item && i < run->plan->n_slots; i++) {
        const char *href = run->plan->slot[i].item->href;
        bool told = run->item[i] != NULL;
        for (size_t k = 0; !told && k < json_array_size(absent); k++)
            told = strcmp(json_string_value(json_array_get(absent, k)), href) == 0;
        if (!told)
            json_array_append_new(absent, json_string(href));
    }
    if (json_array_size(absent) > 0)
        json_object_set(answer, "absent", absent);
    json_decref(absent);
}
