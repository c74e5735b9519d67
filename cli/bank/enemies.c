/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/enemies.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"
#include "paperbank/bank/duplicates.h"

static void print_json(const struct bank_enemy *x)
{
    json_t *o = json_pack("{s:s,s:s,s:s}", "item", x->item, "enemy", x->enemy, "origin", x->origin);
    if (*x->reason)
        json_object_set_new(o, "reason", json_string(x->reason));
    if (x->measure != BANK_UNKNOWN)
        json_object_set_new(o, "measure", json_real((double)x->measure / 1000));
    if (*x->who)
        json_object_set_new(o, "by", json_string(x->who));
    json_dumpf(o, stdout, JSON_COMPACT | JSON_REAL_PRECISION(3));
    putchar('\n');
    json_decref(o);
}

static const char *origin_word(const char *origin)
{
    if (strcmp(origin, "declared") == 0)
        return _("declared");
    if (strcmp(origin, "proposed") == 0)
        return _("proposed");
    return strcmp(origin, "confirmed") == 0 ? _("confirmed") : _("refused");
}

static void print_words(const struct bank_enemy *x)
{
    char text[32];
    printf("%s  %s  %s", x->item, x->enemy, origin_word(x->origin));
    if (strcmp(x->reason, "near-duplicate") == 0)
        printf(_(", near-duplicate %s"), thousandths_text(x->measure, text, sizeof text));
    else if (strcmp(x->reason, "gives-key") == 0)
        printf(_(", the stem of %s holds the key of %s"), x->item, x->enemy);
    if (*x->who)
        printf(_(", by %s"), x->who);
    putchar('\n');
}

static int list(const struct args *a, struct bank *bank, struct err *e)
{
    struct arena *arena = arena_new();
    struct bank_enemy *x = NULL;
    size_t n = 0;
    int r = bank_enemies(bank, args_get(a, "origin"), arena, &x, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        args_json(a) ? print_json(&x[i]) : print_words(&x[i]);
    arena_free(arena);
    return r;
}

static int propose(const struct args *a, struct bank *bank, int64_t at_ms, struct err *e)
{
    int64_t threshold = 0;
    size_t n = 0;
    int r = thousandths_option(a, "threshold", DUPLICATE_LEAST, 1000, DUPLICATE_THRESHOLD, &threshold, e);
    if (r == 0)
        r = bank_propose_enemies(bank, threshold, at_ms, &n, e);
    if (r == 0 && args_json(a))
        printf("{\"proposed\":%zu}\n", n);
    else if (r == 0)
        printf(_("%zu pairs proposed; see them with --origin proposed\n"), n);
    return r;
}

static int decide(const struct args *a, struct bank *bank, int64_t at_ms, struct err *e)
{
    const char *who = NULL;
    bool accept = strcmp(args_at(a, 0), "accept") == 0;
    int r = person_option(a, &who, e);
    return r == 0 ? bank_decide_enemies(bank, args_at(a, 1), args_at(a, 2), accept, who, at_ms, e) : r;
}

static int check_use(const struct args *a, struct err *e)
{
    const char *verb = args_count(a) ? args_at(a, 0) : "", *origin = args_get(a, "origin");
    static const char *const origins[] = {"declared", "proposed", "confirmed", "refused"};
    bool good = !origin, pair = strcmp(verb, "accept") == 0 || strcmp(verb, "refuse") == 0;
    for (size_t i = 0; origin && i < sizeof origins / sizeof *origins; i++)
        good = good || strcmp(origin, origins[i]) == 0;
    if (!good) {
        err_set(e, ERR_USAGE, NULL, _("--%s %s: there is no such word"), "origin", origin);
        return err_hint(e, _("one of: %s"), "declared proposed confirmed refused");
    }
    if (args_count(a) == 0 || (pair && args_count(a) == 3) ||
        (strcmp(verb, "propose") == 0 && args_count(a) == 1))
        return 0;
    return err_set(e, ERR_USAGE, NULL, _("nothing, or one of: propose, accept ID ID, refuse ID ID"));
}

static int run(const struct args *a, struct err *e)
{
    struct clock_reading now;
    struct bank *bank = NULL;
    int r = check_use(a, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    clock_read(&now);
    if (r == 0 && args_count(a) == 0)
        r = list(a, bank, e);
    else if (r == 0 && args_count(a) == 1)
        r = propose(a, bank, now.wall_ms, e);
    else if (r == 0)
        r = decide(a, bank, now.wall_ms, e);
    bank_close(bank);
    return r;
}

static const struct command_option options[] = {
    {.name = "origin", .arg = "WORD", .help = N_("Only declared, proposed, confirmed or refused pairs")},
    {.name = "threshold",
     .arg = "T",
     .help = N_("For propose: how alike two items must be, 0.8 if not said")},
    {.name = "by", .arg = "NAME", .help = N_("Who accepts or refuses")},
    {0},
};

const struct command cmd_bank_enemies = {
    .name = "bank enemies", .args = "[propose | accept ID ID | refuse ID ID]", .max_args = 3,
    .summary = N_("Show enemy items, look for new ones, accept or refuse what was found"),
    .example = "kaochang bank enemies -C office accept k001 k017 --by 李四",
    .options = options,
    .run = run,
};
