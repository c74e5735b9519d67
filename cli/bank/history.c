/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/history.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"

/* The bank's word for what became of a file's item; "refused" alone is also said of other things. */
static const char *outcome_word(const char *word)
{
    return strcmp(word, "refused") == 0 ? _("not taken") : _(word);
}

static void print_words(const struct bank_event *v)
{
    char facility[32], discrimination[32];
    if (v->kind == EVENT_IMPORT)
        printf(_("%s from %s%s%s"), outcome_word(v->what), v->text, *v->detail ? ": " : "", v->detail);
    else if (v->kind == EVENT_REVIEW)
        printf(_("%s, was %s%s%s"), _(v->text), _(v->what), *v->detail ? ": " : "",
               strcmp(v->detail, "new version") == 0 ? _("new version") : v->detail);
    else if (v->kind == EVENT_EDIT)
        printf(_("%s: \"%s\" became \"%s\""), v->what, v->text, v->detail);
    else if (v->kind == EVENT_USE)
        printf(_("in exam %s%s%s"), v->what, *v->text ? ", " : "", v->text);
    else
        printf(_("results of %s: facility %s, discrimination %s"), v->what,
               thousandths_text(v->facility, facility, sizeof facility),
               thousandths_text(v->discrimination, discrimination, sizeof discrimination));
    if (v->number != BANK_UNKNOWN)
        printf(_(", %lld candidates"), (long long)v->number);
    if (*v->who)
        printf(_(", by %s"), v->who);
    putchar('\n');
}

static void print_event(const struct bank_event *v)
{
    char at[40];
    printf("%.16s  ", time_text(v->at_ms, 0, at, sizeof at));
    if (v->version)
        printf(_("version %lld: "), (long long)v->version);
    print_words(v);
}

static void put_thousandths(json_t *o, const char *name, int64_t v)
{
    if (v != BANK_UNKNOWN)
        json_object_set_new(o, name, json_real((double)v / 1000));
}

static void print_json(const struct bank_event *v)
{
    static const char *const kind[] = {"import", "review", "edit", "use", "statistic"};
    static const char *const what[] = {"outcome", "from", "field", "exam", "exam"};
    static const char *const text[] = {"place", "to", "before", "session", ""};
    static const char *const detail[] = {"reason", "note", "after", "", ""};
    char at[40];
    json_t *o =
        json_pack("{s:s,s:s,s:I,s:s}", "event", kind[v->kind], "at", time_text(v->at_ms, 0, at, sizeof at),
                  "version", (json_int_t)v->version, what[v->kind], v->what);
    if (*text[v->kind])
        json_object_set_new(o, text[v->kind], json_string(v->text));
    if (*detail[v->kind] && (*v->detail || v->kind == EVENT_EDIT))
        json_object_set_new(o, detail[v->kind], json_string(v->detail));
    if (*v->who)
        json_object_set_new(o, "by", json_string(v->who));
    if (v->number != BANK_UNKNOWN)
        json_object_set_new(o, "candidates", json_integer(v->number));
    put_thousandths(o, "facility", v->facility);
    put_thousandths(o, "discrimination", v->discrimination);
    json_dumpf(o, stdout, JSON_COMPACT | JSON_REAL_PRECISION(3));
    putchar('\n');
    json_decref(o);
}

static int print_events(const struct args *a, struct bank *bank, struct arena *arena, struct err *e)
{
    struct bank_event *event = NULL;
    size_t n = 0;
    int r = bank_history(bank, args_at(a, 0), arena, &event, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        args_json(a) ? print_json(&event[i]) : print_event(&event[i]);
    return r;
}

static int print_diff(const struct args *a, struct bank *bank, struct arena *arena, struct err *e)
{
    struct bank_item item = {0};
    struct bytes out = {0};
    int64_t from = 0, to = 0;
    int r = bank_item(bank, args_at(a, 0), arena, &item, e);
    if (r == 0)
        r = args_int(a, "to", 1, 1000000, item.version, &to, e);
    if (r == 0)
        r = args_int(a, "from", 1, 1000000, to > 1 ? to - 1 : 1, &from, e);
    if (r == 0)
        r = bank_diff(bank, item.id, from, to, &out, e);
    if (r == 0 && args_json(a)) {
        json_t *o = json_pack("{s:I,s:I,s:s}", "from", (json_int_t)from, "to", (json_int_t)to, "difference",
                              out.n ? (const char *)out.p : "");
        json_dumpf(o, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(o);
    } else if (r == 0 && out.n) {
        printf(_("version %lld and version %lld:\n%s"), (long long)from, (long long)to, (const char *)out.p);
    } else if (r == 0) {
        printf(_("version %lld and version %lld read the same\n"), (long long)from, (long long)to);
    }
    bytes_release(&out);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct bank *bank = NULL;
    int r = home_bank(&bank, a, false, e);
    if (r < 0)
        return r;
    struct arena *arena = arena_new();
    bool diff = args_get(a, "diff") || args_get(a, "from") || args_get(a, "to");
    r = diff ? print_diff(a, bank, arena, e) : print_events(a, bank, arena, e);
    bank_close(bank);
    arena_free(arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "diff",
     .help = N_("What the last version changed in text, choices and key, instead of the events")},
    {.name = "from", .arg = "N", .help = N_("The difference from this version")},
    {.name = "to", .arg = "N", .help = N_("The difference to this version")},
    {0},
};

const struct command cmd_bank_history = {
    .name = "bank history", .args = "ID", .min_args = 1, .max_args = 1,
    .summary = N_("Show what happened to an item: versions, reviews, changes, uses, results"),
    .example = "kaochang bank history -C office k001",
    .options = options,
    .run = run,
};
