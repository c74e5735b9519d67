/* SPDX-License-Identifier: Apache-2.0 */
/* The actions of a case about a test: "select:ID", "respond:VALUES", "advance", "back", "skip", "end_part",
 * "next_part", "end_test", "wait:SECONDS". */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/points.h"
#include "cli/score/outcomes.h"
#include "cli/score/test-run.h"

static int move(struct test_run *run, enum test_move what, size_t slot, const struct response_set *responses,
                struct err *e)
{
    struct test_action a = {.move = what, .at_ms = run->now_ms, .slot = slot, .responses = responses};
    return test_move(run->delivery, &a, e);
}

/* Into the part that waits, and in a nonlinear one to its first item. */
static int be_somewhere(struct test_run *run, bool at_an_item, struct err *e)
{
    int r = 0;
    if (delivery_state(run->delivery) == DELIVERY_BETWEEN)
        r = move(run, MOVE_NEXT, 0, NULL, e);
    if (r == 0 && at_an_item && delivery_state(run->delivery) == DELIVERY_IN_PART &&
        delivery_current(run->delivery) < 0)
        r = move(run, MOVE_NEXT, 0, NULL, e);
    return r;
}

static int select_item(struct test_run *run, const char *id, struct err *e)
{
    int64_t slot = plan_find(run->plan, id);
    if (slot < 0)
        return err_set(e, ERR_NO, NULL, _("there is no item %.80s for this candidate"), id);
    int r = be_somewhere(run, false, e);
    if (r == 0 && delivery_current(run->delivery) != slot)
        r = move(run, MOVE_SELECT, (size_t)slot, NULL, e);
    return r;
}

static const struct item *current_item(const struct test_run *run)
{
    int64_t slot = delivery_current(run->delivery);
    return slot < 0 ? NULL : run->item[slot];
}

static const struct item_declaration *response_named(const struct item *item, const char *name, size_t n)
{
    for (size_t i = 0; item && i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->what == DECLARED_RESPONSE && strlen(d->identifier) == n &&
            strncmp(d->identifier, name, n) == 0)
            return d;
    }
    return NULL;
}

static const struct item_declaration *first_response(const struct item *item)
{
    for (size_t i = 0; item && i < item->n_declarations; i++)
        if (item->declaration[i].what == DECLARED_RESPONSE)
            return &item->declaration[i];
    return NULL;
}

/* One value, or for containers values with commas between them. */
static struct response values_of(struct arena *a, const char *name, const struct item_declaration *d,
                                 const char *text, size_t n)
{
    bool several = d && d->cardinality != CARDINALITY_SINGLE;
    struct response r = {.identifier = name, .value = arena_array(a, n + 1, sizeof *r.value)};
    for (size_t at = 0; at < n;) {
        size_t length = several ? strcspn(text + at, ",") : n - at;
        length = length > n - at ? n - at : length;
        r.value[r.n++] = arena_strndup(a, text + at, length);
        at += length + 1;
    }
    return r;
}

/* "VALUES", or "RESPONSE=VALUES" with semicolons between several. */
static struct response_set responses_of(struct test_run *run, const char *text)
{
    const struct item *item = current_item(run);
    struct response_set set = {.response = arena_array(run->arena, strlen(text) + 1, sizeof *set.response)};
    while (*text) {
        size_t name = strcspn(text, "=:;"), n;
        const struct item_declaration *d =
            text[name] && text[name] != ';' ? response_named(item, text, name) : NULL;
        bool named = d || (!item && text[name] == '=');
        const char *id = named ? arena_strndup(run->arena, text, name) : "RESPONSE";
        if (named)
            text += name + 1;
        else if ((d = first_response(item)))
            id = d->identifier;
        n = named ? strcspn(text, ";") : strlen(text);
        set.response[set.n++] = values_of(run->arena, id, d, text, n);
        text += n + (text[n] == ';');
    }
    return set;
}

static int respond(struct test_run *run, const char *text, struct err *e)
{
    size_t n = strcspn(text, ":");
    const char *id = arena_strndup(run->arena, text, n);
    int r = 0;
    if (text[n] == ':' && plan_find(run->plan, id) >= 0) {
        r = select_item(run, id, e);
        text += n + 1;
    }
    if (r == 0)
        r = be_somewhere(run, true, e);
    if (r < 0)
        return r;
    struct response_set set = responses_of(run, text);
    return move(run, MOVE_RESPOND, 0, &set, e);
}

static int wait_for(struct test_run *run, const char *seconds, struct err *e)
{
    points_t ms;
    if (points_parse(seconds, &ms, NULL) < 0 || ms.milli < 0)
        return err_set(e, ERR_DATA, NULL, _("\"%.40s\" is not a number of seconds"), seconds);
    run->now_ms += ms.milli;
    return move(run, MOVE_CLOCK, 0, NULL, e);
}

static int nothing(struct test_run *run, struct err *e)
{
    (void)run, (void)e;
    return 0;
}

static int advance(struct test_run *run, struct err *e)
{
    int r = delivery_state(run->delivery) == DELIVERY_BETWEEN ? be_somewhere(run, false, e) : 0;
    return r < 0 ? r : move(run, MOVE_NEXT, 0, NULL, e);
}

static int back(struct test_run *run, struct err *e)
{
    return move(run, MOVE_BACK, 0, NULL, e);
}

static int skip(struct test_run *run, struct err *e)
{
    int r = be_somewhere(run, true, e);
    return r < 0 ? r : move(run, MOVE_SKIP, 0, NULL, e);
}

static int end_part(struct test_run *run, struct err *e)
{
    int r = be_somewhere(run, false, e);
    return r < 0 ? r : move(run, MOVE_END_PART, 0, NULL, e);
}

static int next_part(struct test_run *run, struct err *e)
{
    int r = delivery_state(run->delivery) == DELIVERY_IN_PART ? move(run, MOVE_END_PART, 0, NULL, e) : 0;
    return r < 0 ? r : be_somewhere(run, false, e);
}

static int end_test(struct test_run *run, struct err *e)
{
    return move(run, MOVE_END_TEST, 0, NULL, e);
}

static const struct {
    const char *name;
    int (*bare)(struct test_run *run, struct err *e);
    int (*with)(struct test_run *run, const char *argument, struct err *e);
} actions[] = {
    {"select", NULL, select_item},
    {"respond", NULL, respond},
    {"answer", NULL, respond},
    {"wait", NULL, wait_for},
    {"advance", advance, NULL},
    {"next", advance, NULL},
    {"back", back, NULL},
    {"previous", back, NULL},
    {"skip", skip, NULL},
    {"end_part", end_part, NULL},
    {"next_part", next_part, NULL},
    {"enter_part", next_part, NULL},
    {"end_test", end_test, NULL},
    {"exit_test", end_test, NULL},
    {"start", nothing, NULL},
    {"enter_test", nothing, NULL},
    {"end_item", advance, NULL},
    {"next_item", advance, NULL},
    {"end_testpart", end_part, NULL},
    {"exit", end_test, NULL},
    {"end", end_test, NULL},
};

static int one_action(struct test_run *run, const char *text, struct err *e)
{
    size_t n = strcspn(text, ":");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strlen(actions[i].name) != n || strncmp(actions[i].name, text, n) != 0)
            continue;
        if (actions[i].bare)
            return actions[i].bare(run, e);
        return actions[i].with(run, text[n] ? text + n + 1 : "", e);
    }
    return err_set(e, ERR_DATA, NULL, _("\"%.60s\" is no action that is known"), text);
}

/* {"respond": {"RESPONSE": ["A"]}}, with "item" where it is not the current one. */
static int respond_by_json(struct test_run *run, const json_t *object, struct err *e)
{
    const char *item = json_string_value(json_object_get(object, "item"));
    struct response_set set = {0};
    const json_t *given = json_object_get(object, "respond");
    int r = item ? select_item(run, item, e) : 0;
    if (r == 0)
        r = be_somewhere(run, true, e);
    if (r == 0)
        r = responses_from_json(&set, run->arena, given ? given : json_object_get(object, "responses"), e);
    return r < 0 ? r : move(run, MOVE_RESPOND, 0, &set, e);
}

int test_run_actions(struct test_run *run, const json_t *line, json_t *answer, struct err *e)
{
    json_t *refused = json_array();
    const json_t *list = json_object_get(line, "actions");
    int r = 0;
    for (size_t i = 0; r == 0 && i < json_array_size(list); i++) {
        struct err told = {0};
        const json_t *action = json_array_get(list, i);
        r = json_is_object(action)
                ? respond_by_json(run, action, &told)
                : one_action(run, json_is_string(action) ? json_string_value(action) : "", &told);
        if (r == -ERR_NO) {
            json_array_append_new(refused, json_pack("{s:O,s:s}", "action", action, "reason", told.what));
            r = 0;
        } else if (r < 0)
            *e = told;
    }
    if (json_array_size(refused) > 0)
        json_object_set(answer, "refused", refused);
    json_decref(refused);
    return r;
}

/* What the line gives for the current item. */
static int respond_if_given(struct test_run *run, const json_t *responses, struct err *e)
{
    int64_t slot = delivery_current(run->delivery);
    const json_t *given = slot < 0 ? NULL : json_object_get(responses, run->plan->slot[slot].id);
    struct response_set set = {0};
    if (!given || delivery_slot_at(run->delivery, (size_t)slot)->attempts > 0)
        return 0;
    int r = responses_from_json(&set, run->arena, given, e);
    return r < 0 ? r : move(run, MOVE_RESPOND, 0, &set, e);
}

static int step(struct test_run *run, const json_t *responses, struct err *e)
{
    struct delivery *d = run->delivery;
    int r = respond_if_given(run, responses, e);
    run->now_ms += delivery_held(d, run->now_ms);
    if (r == 0 && (delivery_moves(d, run->now_ms) & MAY_NEXT))
        return move(run, MOVE_NEXT, 0, NULL, e);
    return r < 0 ? r : move(run, MOVE_END_PART, 0, NULL, e);
}

int test_run_walk(struct test_run *run, const json_t *line, struct err *e)
{
    const json_t *responses = json_object_get(line, "responses");
    int r = 0;
    while (r == 0 && delivery_state(run->delivery) != DELIVERY_ENDED)
        r = step(run, responses, e);
    return r;
}
