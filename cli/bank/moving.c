/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/moving.h"

#include <jansson.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"
#include "paperbank/bank/review.h"

struct moving {
    struct bank *bank;
    const char *to, *who, *note;
    int64_t at_ms;
    size_t moved, refused;
    bool json;
};

static void print_json(const struct moving *m, const char *id, const char *reason)
{
    json_t *o = json_pack("{s:s,s:b}", "item", id, "moved", reason == NULL);
    if (reason)
        json_object_set_new(o, "reason", json_string(reason));
    else
        json_object_set_new(o, "state", json_string(m->to));
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static int move_one(struct moving *m, const char *id, struct err *e)
{
    struct err why = {0};
    char text[900];
    int r = bank_review(m->bank, id, m->to, m->who, m->note, m->at_ms, &why);
    if (r == -ERR_NO || r == -ERR_DATA) {
        m->refused++;
        if (m->json)
            print_json(m, id, why.what);
        else
            fprintf(stderr, "%s\n", err_text(&why, text, sizeof text));
        return 0;
    }
    if (r < 0) {
        *e = why;
        return r;
    }
    m->moved++;
    if (m->json)
        print_json(m, id, NULL);
    return 0;
}

static int move_fitting(struct moving *m, const struct args *a, struct err *e)
{
    struct bank_filter filter;
    struct bank_item *item = NULL;
    size_t n = 0;
    struct arena *arena = arena_new();
    int r = filter_read(&filter, a, e);
    if (r == 0)
        r = bank_items(m->bank, &filter, arena, &item, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = move_one(m, item[i].id, e);
    arena_free(arena);
    return r;
}

int move_items(const struct args *a, const char *to, struct err *e)
{
    struct moving m = {.to = to, .note = args_get(a, "note"), .json = args_json(a)};
    struct clock_reading now;
    int r = person_option(a, &m.who, e);
    if (r == 0 && (args_count(a) == 0) != filter_given(a)) {
        err_set(e, ERR_USAGE, NULL, _("name items, or say by options which, not both"));
        r = err_hint(e, _("for example: --state draft --knowledge-point 3"));
    }
    if (r == 0)
        r = home_bank(&m.bank, a, false, e);
    if (r < 0)
        return r;
    clock_read(&now);
    m.at_ms = now.wall_ms;
    if (args_count(a) == 0)
        r = move_fitting(&m, a, e);
    for (int i = 0; r == 0 && i < args_count(a); i++)
        r = move_one(&m, args_at(a, i), e);
    bank_close(m.bank);
    if (r < 0)
        return r;
    fprintf(m.json ? stderr : stdout, _("%zu items are %s now, %zu were refused\n"), m.moved, _(to), m.refused);
    return m.refused ? err_set(e, ERR_NO, NULL, "%s", "") : 0;
}
