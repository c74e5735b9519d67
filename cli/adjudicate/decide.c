/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang adjudicate decide, kaochang appeal decide: writes a decision, to be signed. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/adjudicate/case-text.h"
#include "cli/adjudicate/commands.h"
#include "cli/adjudicate/deciding.h"
#include "exam-packages/decision-file.h"

static const char *who_signs(enum decision_kind kind)
{
    static const char *const text[] = {
        [DECISION_CHANGE] = N_("the chief and two raters of the room"),
        [DECISION_CHIEF] = N_("the chief and a rater of the room"),
        [DECISION_RECHECK] = N_("two raters of the room, or the chief"),
        [DECISION_STATUS] = N_("the chief"),
        [DECISION_SHEET] = N_("the two who typed"),
        [DECISION_APPEAL] = N_("the chief and an officer of the office"),
    };
    return _(text[kind]);
}

static int write_one(const struct args *a, enum decision_kind kind, struct err *e)
{
    struct docket d = {0};
    const struct lab_case *c;
    struct decision *x = NULL;
    struct bytes text = {0};
    const char *out;
    int r = args_need(a, "output", &out, e);
    if (r < 0 || (r = docket_open(&d, a, e)) < 0)
        return r;
    if ((r = docket_case(&d, args_at(a, 0), &c, e)) == 0 && (r = deciding(&d, c, kind, a, &x, e)) == 0 &&
        (r = decision_file_put(out, x, e)) == 0) {
        case_decided(x, &text);
        printf(_("%s: %s of %s: %s\n"), out, docket_kind(kind), c->ticket, (const char *)text.p);
        printf(_("to be signed by %s: kaochang adjudicate sign %s -s KEY\n"), who_signs(kind), out);
    }
    bytes_release(&text);
    decision_free(x);
    docket_close(&d);
    return r;
}

static int run_decide(const struct args *a, struct err *e)
{
    const char *name;
    enum decision_kind kind;
    int r = args_need(a, "kind", &name, e);
    if (r < 0)
        return r;
    if (!decision_kind_parse(name, &kind) || kind == DECISION_SHEET)
        return err_set(e, ERR_USAGE, name, _("--kind is change, chief, recheck, status or appeal"));
    return write_one(a, kind, e);
}

static int run_appeal(const struct args *a, struct err *e)
{
    return write_one(a, DECISION_APPEAL, e);
}

#define WHAT_IS_DECIDED                                                                                      \
    {.name = "session", .arg = "ID", .help = N_("The session")},                                             \
        {.name = "total", .arg = "POINTS", .help = N_("The new mark")},                                      \
        {.name = "step",                                                                                     \
         .arg = "N:POINTS",                                                                                  \
         .help = N_("Step N is worth this now; repeatable. Of a single rating the new mark follows")},       \
        {.name = "status",                                                                                   \
         .arg = "STATUS",                                                                                    \
         .help = N_("The new status: rated, absent, exempt, postponed, breach, cheating or void")},          \
        {.name = "article", .arg = "TEXT", .help = N_("Of a breach its article; of an exemption its name")}, \
        {.name = "reason", .arg = "TEXT", .help = N_("Why: never empty")},                                   \
        {.name = "video",                                                                                    \
         .arg = "FILE",                                                                                      \
         .help = N_("A recording: its hash is taken, the file stays where it is")},                          \
        {.name = "video-at",                                                                                 \
         .arg = "PLACE",                                                                                     \
         .help = N_("Where the recording is kept (default: the file's name)")},                              \
        {.name = "date", .arg = "DAY", .help = N_("The day, such as 2026-11-22 (default: today)")},          \
        {.name = "store",                                                                                    \
         .arg = "FILE",                                                                                      \
         .help = N_("The central store (default: store.db in the office's home)")},                          \
    {                                                                                                        \
        .name = "output", .key = 'o', .arg = "FILE", .help = N_("The decision; never written over")          \
    }

static const struct command_option decide_options[] = {
    {.name = "kind", .arg = "KIND", .help = N_("change, chief, recheck, status or appeal")},
    WHAT_IS_DECIDED,
    {0},
};
static const struct command_option appeal_options[] = {WHAT_IS_DECIDED, {0}};

const struct command cmd_adjudicate_decide = {
    .name = "adjudicate decide",
    .args = "TICKET",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Write what was decided about one candidate, to be signed by all who must"),
    .example =
        "kaochang adjudicate decide 420101260001 --session lab1 --kind change --total 17.5 --reason \"step 4 was "
        "rated twice\" -o d1.xml",
    .options = decide_options,
    .no_json = true,
    .run = run_decide,
};

const struct command cmd_appeal_decide = {
    .name = "appeal decide",
    .args = "TICKET",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Write what the arbitration committee decided, to be signed by the chief and an officer"),
    .example =
        "kaochang appeal decide 420101260001 --session lab1 --total 18 --reason \"seen in the recording\" --video "
        "camera3.mp4 -o a1.xml",
    .options = appeal_options,
    .no_json = true,
    .run = run_appeal,
};
