/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "cli/office/drawing.h"

static int run(const struct args *a, struct err *e)
{
    struct drawing_desk d = {0};
    if (args_get(a, "verify"))
        return drawing_verify(a, e);
    int r = drawing_open(&d, a, e);
    if (r == 0)
        r = args_get(a, "commit") ? drawing_commit(&d, e) : drawing_reveal(&d, e);
    drawing_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("A session; repeatable: they are drawn together")},
    {.name = "commit", .help = N_("Fix the list and a seed, and sign their hashes; nothing is drawn yet")},
    {.name = "rooms",
     .arg = "CSV",
     .help = N_("Rooms: site, room, benches, groups, and columns, name, session")},
    {.name = "raters", .arg = "CSV", .help = N_("Raters: id, name, school, and site, session")},
    {.name = "unit",
     .arg = "ID=P1,P2",
     .help = N_("Experiments of a session; repeatable (default: all rubrics of the exam)")},
    {.name = "ratings", .arg = "N", .help = N_("Raters of each bench (default: as the exam's plan says)")},
    {.name = "watch", .arg = "N", .help = N_("Benches of one rater (default 4)")},
    {.name = "share",
     .arg = "FILE",
     .help = N_("A person's share of the seed, 64 hexadecimal digits; repeatable")},
    {.name = "officer",
     .arg = "KEY",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "reason",
     .arg = "TEXT",
     .help = N_("Why another draw replaces the last one; two officers sign")},
    {.name = "amend",
     .arg = "TEXT",
     .help = N_("Draw although the rosters changed after the commitment, and why; two officers sign")},
    {.name = "verify", .arg = "DRAW.xml", .help = N_("Draw again and compare; needs no office")},
    {.name = "list", .arg = "CSV", .help = N_("The list of the draw, for --verify")},
    {.name = "commitment", .arg = "XML", .help = N_("The commitment, for --verify")},
    {.name = "places",
     .arg = "CSV",
     .help = N_("The places as published: --verify names the first that differs")},
    {.name = "password-file", .arg = "FILE", .help = N_("The key's password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the key must have no password")},
    {0},
};

const struct command cmd_roster_draw = {
    .name = "roster draw",
    .args = "",
    .summary = N_("Draw rooms, groups, benches, experiments and raters of a lab-skills exam"),
    .example = "kaochang roster draw --commit --session am1 --rooms rooms.csv --raters raters.csv",
    .options = options,
    .no_json = true,
    .run = run,
};
