/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/client/commands.h"
#include "cli/playing.h"
#include "client/practice/practice.h"

enum { MAX_PATHS = 1000 };

/* The clock's seed makes every practice another one. */
static int seed_of(const struct args *a, uint64_t *ret, struct err *e)
{
    const char *text = args_get(a, "seed");
    struct clock_reading now;
    char *end;
    clock_read(&now);
    *ret = (uint64_t)now.wall_ms;
    if (!text)
        return 0;
    *ret = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0'
               ? 0
               : err_set(e, ERR_USAGE, "--seed", _("a seed is a whole number"));
}

static int play(const struct args *a, struct deck *deck, uint64_t seed, struct err *e)
{
    struct practice *p = NULL;
    int r = practice_new(&p, deck, seed, e);
    if (r < 0)
        return r;
    struct app app = practice_app(p);
    r = playing_run(a, &app, e);
    practice_free(p);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *path[MAX_PATHS];
    struct deck_options o = {
        .path = path, .home = args_home(a), .form = args_get(a, "form"), .test = args_get(a, "test") != NULL};
    struct deck *deck = NULL;
    uint64_t seed;
    for (int i = 0; i < args_count(a); i++)
        path[o.n_paths++] = args_at(a, i);
    int r = seed_of(a, &seed, e);
    if (r == 0)
        r = deck_open(&deck, &o, e);
    return r == 0 ? play(a, deck, seed, e) : r;
}

const struct command cmd_practice = {
    .name = "practice",
    .args = "PATH…",
    .min_args = 1,
    .max_args = MAX_PATHS,
    .summary = N_("practise items with instant feedback, or see them as a candidate does"),
    .example = "kaochang-client practice data/practice",
    .options =
        (const struct command_option[]){
            {.name = "form", .arg = "ID", .help = N_("The form of a practice package; otherwise its first")},
            {.name = "test",
             .help = N_("Of a content package its test, with the test's own rules, not its items")},
            {.name = "seed",
             .arg = "NUMBER",
             .help = N_("Draw numbers and the order of choices from this, the same every time")},
            PLAYING_OPTIONS,
            {0}},
    .no_json = true,
    .run = run,
};
