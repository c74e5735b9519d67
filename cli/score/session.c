/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/session-key.h"
#include "exam-packages/collect.h"

struct scoring {
    struct arena *arena;
    struct collection *collection;
    int64_t open; /* sittings that stay behind */
    struct session_key key;
    struct bytes *record; /* one for each sitting; empty: not scored */
    struct bundle_file *file;
    size_t scored, failed;
};

static void release(struct scoring *s)
{
    for (size_t i = 0; s->record && i < collect_count(s->collection); i++)
        bytes_release(&s->record[i]);
    session_key_release(&s->key);
    collect_close(s->collection);
    arena_free(s->arena);
}

static int score(struct scoring *s, const struct collected *c, struct bytes *ret, struct err *e)
{
    struct journal *j = NULL;
    struct journal_work work = {0};
    int r = journal_open_bytes(&j, c->ticket, c->journal, e);
    if (r == 0 && (r = journal_unseal(j, s->key.id, s->key.n_ids, e)) == -ERR_NO && s->key.n_ids == 1)
        err_hint(e, _("give the unlock code too: --unlock-code"));
    if (r == 0)
        r = journal_fold(j, &work, e);
    if (r == 0)
        r = score_journal_work(s->key.part.key, j, &work, ret, e);
    journal_work_release(&work);
    journal_close(j);
    return r;
}

/* A sitting that cannot be scored is told and leaves without a record; it never stops the others. */
static void score_all(struct scoring *s)
{
    size_t n = collect_count(s->collection);
    struct err why;
    char text[900];
    s->record = arena_array(s->arena, n, sizeof *s->record);
    s->file = arena_array(s->arena, n, sizeof *s->file);
    for (size_t i = 0; s->key.part.key && i < n; i++) {
        const struct collected *c = collect_at(s->collection, i);
        progress(_("scoring"), (int64_t)i, (int64_t)n);
        if (score(s, c, &s->record[i], &why) < 0) {
            bytes_release(&s->record[i]);
            s->failed++;
            fprintf(stderr, _("%s is not scored: %s\n"), c->ticket, err_text(&why, text, sizeof text));
            continue;
        }
        s->file[s->scored++] = (struct bundle_file){arena_printf(s->arena, "scores/%s.xml", c->ticket),
                                                    bytes_span(&s->record[i])};
    }
    progress_end();
}

static void tell(const struct scoring *s, const struct args *a, const char *path)
{
    const char *session = collect_session(s->collection);
    size_t n = collect_count(s->collection);
    if (args_json(a)) {
        json_t *o = json_pack("{s:s, s:I, s:I, s:I, s:s}", "session", session, "sittings", (json_int_t)n,
                              "scored", (json_int_t)s->scored, "behind", (json_int_t)s->open, "bundle", path);
        json_dumpf(o, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(o);
        return;
    }
    if (s->key.part.key)
        printf(_("session %s: %zu of %zu sittings scored\n"), session, s->scored, n);
    else
        printf(_("session %s: %zu sittings, not scored: no close code was given; the office scores them\n"),
               session, n);
    if (s->open)
        printf(_("%lld sittings stay here: not closed, or damaged\n"), (long long)s->open);
    for (size_t i = 0; collect_behind(s->collection, i); i++)
        printf("  %s\n", collect_behind(s->collection, i));
    printf(_("bundle: %s\n"), path);
}

static int run(const struct args *a, struct err *e)
{
    struct scoring s = {.arena = arena_new()};
    char *path = NULL;
    int r = collect_open(&s.collection, args_at(a, 0), args_get(a, "session"), &s.open, e);
    if (r == 0 && collect_count(s.collection) == 0) {
        err_set(e, ERR_ENV, args_at(a, 0), _("no sitting is closed yet"));
        r = err_hint(e, _("kaochang-client export hands on the stranded ones; the office scores them"));
    }
    if (r == 0)
        r = session_key_open(&s.key, a, collect_package(s.collection), e);
    if (r == 0) {
        score_all(&s);
        r = collect_write(s.collection, s.file, s.scored, args_get(a, "output"), &path, e);
    }
    if (r == 0)
        tell(&s, a, path);
    if (r == 0 && s.failed)
        r = err_set(e, ERR_NO, NULL, _("%zu sittings could not be scored"), s.failed);
    free(path);
    release(&s);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "SESSION", .help = N_("The session, where the station has several")},
    {.name = "code",
     .arg = "CODE",
     .help = N_("The close code; - asks for it. Without: a bundle without scores")},
    {.name = "code-file", .arg = "FILE", .help = N_("The close code is the first line of this file")},
    {.name = "unlock-code",
     .arg = "CODE",
     .help = N_("The unlock code, for journals not sealed to the close key; - asks")},
    {.name = "unlock-code-file", .arg = "FILE", .help = N_("The unlock code is the first line of this file")},
    {.name = "output",
     .key = 'o',
     .arg = "FILE.results",
     .help = N_("Copy the bundle to this file or folder (a stick)")},
    {0},
};

const struct command cmd_score_session = {
    .name = "session",
    .args = "STATION",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("score every sitting of a closed session on this station, and write the result bundle"),
    .example = "kaochang-score session station --code-file close-code -o s1.results",
    .options = options,
    .run = run,
};
