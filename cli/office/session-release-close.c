/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/releasing.h"
#include "office/release.h"

static int show(const struct bytes *code, const char *out, struct err *e)
{
    if (out)
        return file_put(out, 0600, bytes_span(code), e);
    fwrite(code->p, 1, code->n, stdout);
    if (code->n && code->p[code->n - 1] != '\n')
        putchar('\n');
    return 0;
}

static int release(const struct args *a, struct office *o, const struct age_identity *recovery, struct err *e)
{
    struct arena *arena = arena_new();
    struct office_session session;
    struct bytes code = {0};
    struct clock_reading now;
    clock_read(&now);
    int r = office_session_get(o, arena, args_at(a, 0), &session, e);
    if (r == 0)
        r = office_release_close(o, &session, now.wall_ms, recovery, &code, e);
    if (r == 0)
        r = releasing_note(a, o, &session, now.wall_ms, recovery, e);
    if (r == 0)
        r = show(&code, args_get(a, "out"), e);
    bytes_release(&code);
    arena_free(arena);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *path;
    struct office *o = NULL;
    struct age_identity recovery = {0};
    int r;
    if ((r = args_need(a, "identity", &path, e)) == 0 && (r = office_open(&o, args_home(a), e)) == 0 &&
        (r = age_identity_load(path, &recovery, e)) == 0)
        r = release(a, o, &recovery, e);
    age_identity_free(&recovery);
    office_close(o);
    return r;
}

static const struct command_option options[] = {
    {.name = "identity", .key = 'i', .arg = "FILE", .help = N_("The office's recovery identity (R)")},
    {.name = "out",
     .key = 'o',
     .arg = "FILE",
     .help = N_("Write the code to this file instead of showing it")},
    {.name = "anyway",
     .arg = "REASON",
     .help = N_("Give it out though rooms have not closed; the reason is kept, signed")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs what the rooms have said; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_session_release_close = {
    .name = "session release-close",
    .args = "ID",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Show the close code, once the last sitting is over and the rooms have closed"),
    .example = "kaochang session release-close am1 --identity keys/recovery.identity",
    .options = options,
    .no_json = true,
    .run = run,
};
