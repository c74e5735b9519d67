/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang pack: an assembled exam and a session's roster become a sealed, signed package. */
#include <jansson.h>
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/package/commands.h"
#include "cli/package/late.h"
#include "cli/package/packing.h"

static int write_sheet(const struct packing *p, const char *path, const char *shown, struct err *e)
{
    struct bytes text = {0};
    bytes_printf(&text, "%s\n%s\n%s\n%s\n", shown, p->input.session, p->input.title, p->input.start);
    int r = file_put(path, 0600, bytes_span(&text), e);
    bytes_release(&text);
    return r;
}

/* NULL where there are none. */
static json_t *proctors_json(const struct packing *p)
{
    const struct proctors *who = &p->input.proctors;
    if (who->n == 0)
        return NULL;
    json_t *names = json_array();
    for (size_t i = 0; i < who->n; i++)
        json_array_append_new(names, json_string(who->list[i].name));
    return json_pack("{s:I, s:o}", "needed", (json_int_t)who->needed, "names", names);
}

static void tell_proctors(const struct packing *p)
{
    const struct proctors *who = &p->input.proctors;
    if (who->n == 0)
        return;
    printf(_("opened by any %lld of these %zu proctors, with their keys:"), (long long)who->needed, who->n);
    for (size_t i = 0; i < who->n; i++)
        printf("  %zu %s", i + 1, who->list[i].name);
    putchar('\n');
}

static void tell(const struct packing *p, const struct args *a, const char *out, const char *shown)
{
    char hash[2 * PACKAGE_HASH_BYTES + 1];
    hex_encode(hash, p->codes.hash, sizeof p->codes.hash);
    if (args_json(a)) {
        json_t *j =
            json_pack("{s:s, s:s, s:I, s:s, s:i, s:s*, s:o*}", "file", out, "session", p->input.session,
                      "version", (json_int_t)p->input.version, "package", hash, "candidates",
                      (int)p->roster->n_candidates, "unlock", shown, "proctors", proctors_json(p));
        json_dumpf(j, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(j);
        return;
    }
    printf(_("%s: session %s, version %lld, %zu candidates, %zu sites\n"), out, p->input.session,
           (long long)p->input.version, p->roster->n_candidates, p->n_sites);
    printf(_("package hash %s\n"), hash);
    tell_proctors(p);
    if (shown)
        printf(_("unlock code  %s   (shown this once; the sealed copy is for \"kaochang keys escrow\")\n"),
               shown);
}

static int hand_out(const struct packing *p, const struct args *a, const char *out, struct err *e)
{
    const char *sheet = args_get(a, "unlock-sheet");
    char shown[CODE_SHOWN];
    int r = 0;
    bool has_code = *p->codes.unlock != '\0';
    if (has_code)
        code_show(p->codes.unlock, shown);
    if (sheet && has_code)
        r = write_sheet(p, sheet, shown, e);
    if (r == 0)
        tell(p, a, out, sheet || !has_code ? NULL : shown);
    secret_wipe(shown, sizeof shown);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct packing p = {0};
    const char *out;
    int r = args_need(a, "output", &out, e);
    if (r == 0 && args_get(a, "late"))
        return late_pack(a, out, e);
    if (r == 0)
        r = packing_gather(&p, a, args_at(a, 0), e);
    if (r == 0)
        r = packing_build(&p, a, out, e);
    if (r == 0)
        r = hand_out(&p, a, out, e);
    packing_release(&p);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "output", .key = 'o', .arg = "FILE.exam", .help = N_("The package to write")},
    {.name = "practice", .help = N_("A practice package: it opens without codes")},
    {.name = "expiry",
     .arg = "TIME",
     .help = N_("No pull after this time (default: 60 days after the last end)")},
    {.name = "unlock-sheet",
     .arg = "FILE",
     .help = N_("Write the unlock code to this file, for its owner alone, instead of showing it")},
    {.name = "proctor",
     .arg = "NAME[=SHOWN]",
     .help = N_(
         "A proctor whose key (NAME.recipient) opens the session with those of others; SHOWN is what he is "
         "called on the screens; repeatable")},
    {.name = "needed", .arg = "K", .help = N_("How many of these proctors open the session")},
    {.name = "with-code", .help = N_("Proctors open the session, and an unlock code does too")},
    {.name = "late",
     .arg = "CHANGES.csv",
     .help = N_(
         "Not a package, but a supplement to the published one: candidates who come late, other forms, seats")},
    {.name = "columns",
     .arg = "N",
     .help = N_("With --late: seats beside each other in a row (default 8); neighbours get no form twice")},
    {.name = "snake", .help = N_("With --late: every second row is numbered from right to left")},
    {.name = "reason", .arg = "TEXT", .help = N_("With --late: why; it is signed")},
    {.name = "version", .arg = "N", .help = N_("With --late: of the package (default: the published one)")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("With --late: opens the lists so far: the recovery identity R (default: those in keys)")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_pack = {
    .name = "pack",
    .args = "EXAM",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Build the sealed, signed package of a session"),
    .example = "kaochang pack grade1 --session am1 -o am1.exam",
    .options = options,
    .run = run,
};
