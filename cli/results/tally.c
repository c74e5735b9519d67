/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/tally.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/command.h"

static void complain(const char *path, const struct err *e)
{
    char text[1024];
    progress_end();
    fprintf(stderr, "%s%s%s\n", e->where[0] ? "" : path, e->where[0] ? "" : ": ",
            err_text(e, text, sizeof text));
}

int tally_refuse(struct tally *t, const char *path, int r, const struct err *own, struct err *e)
{
    bool unreadable = r == -ERR_ENV && strncmp(own->where, path, strlen(path)) == 0;
    if ((r == -ERR_ENV && !unreadable) || r == -ERR_BUG || r == -ERR_USAGE) {
        *e = *own;
        return r;
    }
    t->unreadable = t->unreadable || unreadable;
    complain(path, own);
    t->refused++;
    t->broken = t->broken || r == -ERR_DATA;
    return 0;
}

void tally_add(struct tally *t, const char *path, const struct intake_result *result)
{
    if (result->held) {
        progress_end();
        fprintf(
            stderr,
            result->revoked
                ? _("%s: signed with a revoked key; a copy is kept, and officers may let it in (\"kaochang quarantine "
                    "admit\")\n")
                : _("%s: signed with an unknown key; the bundle is kept in quarantine\n"),
            path);
        t->held++;
        return;
    }
    t->merged++;
    t->known += result->counts.known;
    t->sittings += result->counts.sittings;
    t->records += result->counts.records;
    t->contradictory += result->counts.contradictory;
}

void tally_print(const struct tally *t, bool json)
{
    if (json) {
        printf(
            "{\"bundles\": %zu, \"known\": %zu, \"sittings\": %zu, \"records\": %zu,"
            " \"contradictory\": %zu, \"held\": %zu, \"refused\": %zu, \"rosters\": %zu,"
            " \"plans\": %zu, \"decisions\": %zu, \"releases\": %zu, \"admissions\": %zu, \"withdrawals\": %zu,"
            " \"missing\": %lld}\n",
            t->merged, t->known, t->sittings, t->records, t->contradictory, t->held, t->refused, t->rosters,
            t->plans, t->decisions, t->releases, t->admissions, t->withdrawals, (long long)t->missing);
        return;
    }
    if (t->rosters)
        printf(ngettext("%zu roster\n", "%zu rosters\n", t->rosters), t->rosters);
    if (t->plans || t->decisions)
        printf(_("plans of lab exams: %zu; decisions: %zu\n"), t->plans, t->decisions);
    if (t->releases || t->admissions)
        printf(_("what rooms had said: %zu; let out of the quarantine: %zu\n"), t->releases, t->admissions);
    if (t->withdrawals)
        printf(ngettext("%zu package is withdrawn\n", "%zu packages are withdrawn\n", t->withdrawals),
               t->withdrawals);
    printf(_("bundles merged: %zu (known before: %zu); sittings: %zu; score records: %zu\n"), t->merged,
           t->known, t->sittings, t->records);
    if (t->missing)
        printf(ngettext(
                   "%lld sitting that a closing names has not come yet; \"kaochang quarantine\" lists it\n",
                   "%lld sittings that closings name have not come yet; \"kaochang quarantine\" lists them\n",
                   (unsigned long)t->missing),
               (long long)t->missing);
    if (t->contradictory || t->held)
        printf(_("in quarantine: sittings: %zu; bundles: %zu; \"kaochang quarantine\" lists them\n"),
               t->contradictory, t->held);
}

int tally_verdict(const struct tally *t, struct err *e)
{
    if (t->refused)
        return err_set(e, t->unreadable ? ERR_ENV : t->broken ? ERR_DATA : ERR_NO, NULL,
                       ngettext("%zu file was refused; the others are merged",
                                "%zu files were refused; the others are merged", t->refused),
                       t->refused);
    return t->held || t->contradictory ? err_set(e, ERR_NO, NULL, "%s", "") : 0;
}
