/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang mirror: a verified copy of a repository, for a site's stick or a county's server. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/fetching.h"
#include "cli/package/commands.h"
#include "exam-packages/repository.h"

/* The first time: the root by its fingerprint, as a station does. */
static int pin(const char *home, struct source *s, const char *typed, struct err *e)
{
    struct arena *arena = arena_new();
    struct span root;
    struct signatures by;
    char *seen = mem_printf("%s/trust/seen.xml", home);
    int r = repository_root(s, arena, &root, &by, e);
    if (r == 0)
        r = file_exists(seen) ? root_is(root, typed, e) : trust_pin(home, root, &by, typed, e);
    free(seen);
    arena_free(arena);
    return r;
}

static void tell_line(void *context, const char *name, bool is_new)
{
    (void)context;
    progress_end();
    printf(is_new ? _("%s: verified and copied\n") : _("%s: already there\n"), name);
}

static void tell_json(void *context, const char *name, bool is_new)
{
    json_t *line = json_pack("{s:s, s:b}", "copied", name, "new", (int)is_new);
    (void)context;
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

static int run(const struct args *a, struct err *e)
{
    struct fetching f;
    struct trust *t = NULL;
    struct clock_reading now;
    const char *home = args_home(a), *typed = args_get(a, "root");
    int last = args_count(a) - 1, r = 0, lock = -1;
    clock_read(&now);
    fetching_begin(&f, a);
    for (int i = 0; i < last && r == 0; i++)
        r = fetching_add(&f, args_at(a, i), e);
    if (r == 0 && source_is_url(args_at(a, last)))
        r = err_set(e, ERR_USAGE, args_at(a, last),
                    _("a copy is made in a folder; a web server then serves that folder"));
    if (r == 0 && typed)
        r = pin(home, f.source, typed, e);
    if (r == 0)
        r = trust_lock(home, &lock, e);
    if (r == 0)
        r = trust_load(&t, home, e);
    if (r == 0)
        r = repository_mirror(f.source, t, home, args_at(a, last), now.wall_ms, args_get(a, "prune") != NULL,
                              args_json(a) ? tell_json : tell_line, NULL, e);
    fetching_close(&f);
    if (r == 0 && !args_json(a))
        printf(_("%s: index version %lld, %zu packages\n"), args_at(a, last),
               (long long)trust_seen(t)->timestamp, trust_targets(t)->n_packages);
    trust_unlock(lock);
    trust_free(t);
    return r;
}

static const struct command_option options[] = {
    {.name = "root",
     .arg = "FINGERPRINT",
     .help = N_("The first time in a home of its own: the root's fingerprint as the office printed it")},
    {.name = "prune", .help = N_("Remove packages from the copy that are published no more")},
    FETCHING_OPTIONS,
    {0},
};

const struct command cmd_mirror = {
    .name = "mirror",
    .args = "FROM… TO",
    .min_args = 2,
    .max_args = SOURCE_MIRRORS + 1,
    .summary = N_("Copy a repository into a folder, verified; only what is missing is fetched"),
    .example = "kaochang mirror -C county http://exam.example/repo /media/usb/repo",
    .options = options,
    .run = run,
};
