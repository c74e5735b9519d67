/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang quarantine admit: officers let in what stands in quarantine because of a closing or a revoked key.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/keys/officers.h"
#include "cli/results/commands.h"
#include "cli/results/place.h"
#include "office/session.h"
#include "sync/closing.h"

enum { TIME_TEXT = 40, MIN_DIGITS = 8 };

struct admitting {
    const struct args *a;
    struct arena *arena;
    struct office *office;
    struct office_session session;
    struct store *store;
    struct trust *trust;
    struct admission admission;
};

/* Whether the command line means this row: its ticket, or the beginning of its bundle's hash. */
static bool is_meant(const struct args *a, const struct store_quarantined *x)
{
    const char *option = x->ticket[0] ? "ticket" : "bundle", *said;
    char side[2 * MERGE_HASH + 1];
    hex_encode(side, x->side, sizeof x->side);
    for (int i = 0; (said = args_each(a, option, i)); i++)
        if (x->ticket[0] ? strcmp(said, x->ticket) == 0
                         : strlen(said) >= MIN_DIGITS && strncmp(said, side, strlen(said)) == 0)
            return true;
    return false;
}

static int gather(struct admitting *x, struct err *e)
{
    struct store_quarantined *all = NULL;
    size_t n = 0;
    int r = store_quarantine(x->store, x->arena, &all, &n, e);
    x->admission.side = arena_array(x->arena, n + 1, sizeof *x->admission.side);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct admission_side *side = &x->admission.side[x->admission.n];
        if (strcmp(all[i].session, x->session.id) != 0 || !is_meant(x->a, &all[i]))
            continue;
        if (!admission_is_for(all[i].reason)) {
            err_set(e, ERR_NO, all[i].ticket, _("stands in quarantine for another reason, too: %s"),
                    all[i].reason);
            return err_hint(e, _("what contradicts itself is not settled by letting it in"));
        }
        *side = (struct admission_side){.reason = all[i].reason, .ticket = all[i].ticket};
        memcpy(side->hash, all[i].side, sizeof side->hash);
        x->admission.n++;
    }
    if (r == 0 && x->admission.n == 0) {
        err_set(e, ERR_USAGE, x->session.id, _("nothing in quarantine is meant by this"));
        r = err_hint(
            e, _("name tickets with --ticket, bundles with --bundle, as \"kaochang quarantine\" lists them"));
    }
    return r;
}

/* The first name that is free. */
static const char *new_name(struct arena *a, const char *folder)
{
    for (int i = 1;; i++) {
        const char *name = arena_printf(a, "admission-%d.xml", i);
        if (!file_exists(arena_printf(a, "%s/%s", folder, name)))
            return name;
    }
}

static int admit(struct admitting *x, struct err *e)
{
    char date[TIME_TEXT], comment[200], *folder = office_session_path(x->office, x->session.id, NULL);
    const char *name = new_name(x->arena, folder);
    struct bytes document = {0};
    struct clock_reading now;
    clock_read(&now);
    x->admission.session = x->session.id;
    x->admission.date = time_text(now.wall_ms, x->session.utc_offset_min, date, sizeof date);
    int r = admission_write(&x->admission, &document, e);
    if (r == 0)
        r = officers_sign(x->a, x->trust, folder, name, bytes_span(&document),
                          admission_comment(x->session.id, comment, sizeof comment), e);
    if (r == 0)
        r = store_put_admission(x->store, &x->admission, bytes_span(&document), e);
    if (r == 0)
        printf(_("%s/%s: sides let in: %zu\n"), folder, name, x->admission.n);
    bytes_release(&document);
    free(folder);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct admitting x = {.a = a, .arena = arena_new()};
    char *path = store_place(a);
    const char *session = NULL;
    int r;
    if ((r = args_need(a, "session", &session, e)) == 0 &&
        (r = args_need(a, "reason", &x.admission.why, e)) == 0 &&
        (r = office_open(&x.office, args_home(a), e)) == 0 &&
        (r = office_session_get(x.office, x.arena, session, &x.session, e)) == 0 &&
        (r = trust_load(&x.trust, args_home(a), e)) == 0 &&
        (r = store_open(&x.store, path, DB_WRITE, e)) == 0 && (r = gather(&x, e)) == 0)
        r = admit(&x, e);
    store_close(x.store);
    trust_free(x.trust);
    office_close(x.office);
    arena_free(x.arena);
    free(path);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "ticket", .arg = "TICKET", .help = N_("A candidate whose work counts as it came; repeatable")},
    {.name = "bundle",
     .arg = "HASH",
     .help = N_("A bundle of a revoked key, by the digits that are listed; repeatable")},
    {.name = "reason", .arg = "TEXT", .help = N_("Why; it is kept, signed")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {0},
};

const struct command cmd_quarantine_admit = {
    .name = "quarantine admit",
    .args = "",
    .summary = N_(
        "Officers let in what a closing, or a revoked key, keeps in quarantine: what they saw, and no more"),
    .example =
        "kaochang quarantine admit --session am1 --ticket 420108030217 --reason \"the disk was found\"",
    .options = options,
    .no_json = true,
    .run = run,
};
