/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys escrow: the sheet of a session's codes, to print, fold and lock away. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "exam-packages/code.h"
#include "office/session.h"

enum { SEALED_MAX = 64 << 10 };

static int open_code(const struct office *o, const char *session, const char *file,
                     const struct age_identity *recovery, char ret_data[CODE_DATA + 1], struct err *e)
{
    struct bytes sealed = {0}, plain = {0};
    char *path = office_session_path(o, session, file);
    int r = file_read(path, SEALED_MAX, &sealed, e);
    if (r < 0) {
        if (!file_exists(path))
            err_hint(e, _("\"kaochang pack\" makes it"));
        goto done;
    }
    r = age_open(bytes_span(&sealed), recovery, 1, &plain, e);
    if (r == 0) {
        plain.p[strcspn((const char *)plain.p, "\n")] = '\0';
        r = code_read((const char *)plain.p, ret_data, e);
    }
    if (r < 0)
        err_within(e, path);
done:
    bytes_release(&sealed);
    bytes_release(&plain);
    free(path);
    return r;
}

/* Empty where there is none: proctors open the session with their keys. */
static int open_unlock(const struct office *o, const char *session, const struct age_identity *recovery,
                       char ret_data[CODE_DATA + 1], struct err *e)
{
    char *unlock = office_session_path(o, session, "unlock-code.age"),
         *close = office_session_path(o, session, "close-code.age");
    bool by_keys = !file_exists(unlock) && file_exists(close);
    free(unlock);
    free(close);
    *ret_data = '\0';
    return by_keys ? 0 : open_code(o, session, "unlock-code.age", recovery, ret_data, e);
}

static void print_sheet(const struct office *o, const struct office_session *s, const char *unlock,
                        const char *close)
{
    char start[32], end[32], last[32], shown[CODE_SHOWN];
    printf(_("ESCROW SHEET - %s\n\n"), office_name(o));
    printf(_("Session     %s  %s\n"), s->id, s->title);
    printf(_("Window      %s - %s\n"), time_text(s->start_ms, s->utc_offset_min, start, sizeof start),
           time_text(s->end_ms, s->utc_offset_min, end, sizeof end));
    printf(_("Last end    %s\n\n"), time_text(s->last_end_ms, s->utc_offset_min, last, sizeof last));
    if (*unlock)
        printf(_("Unlock code   %s   passphrase of unlock.age   %s\n"), code_show(unlock, shown), unlock);
    else
        puts(_(
            "Unlock code   none: proctors open this session with their keys (manifest.xml of the package names "
            "them)"));
    printf(_("Close code    %s   passphrase of close.age    %s\n\n"), code_show(close, shown), close);
    fputs(
        *unlock
            ? _("The two codes are kept apart. The close code opens the scoring key: nobody reads it before the "
                "last end.\n"
                "Without any program of ours:\n"
                "  unzip FILE.exam unlock.age paper.age && age -d unlock.age > U.identity   (asks for the "
                "passphrase)\n"
                "  age -d -i U.identity paper.age > paper.zip\n")
            : _("The close code opens the scoring key: nobody reads it before the last end.\n"
                "Without any program of ours, with the keys of proctors 1 and 2:\n"
                "  unzip FILE.exam unlock/1-2.age paper.age\n"
                "  age -d -i 1.identity unlock/1-2.age | age -d -i 2.identity > U.identity\n"
                "  age -d -i U.identity paper.age > paper.zip\n"),
        stdout);
    secret_wipe(shown, sizeof shown);
}

static int sheet(const struct args *a, struct office *o, const struct age_identity *recovery, struct err *e)
{
    struct arena *arena = arena_new();
    struct office_session s;
    char unlock[CODE_DATA + 1], close[CODE_DATA + 1];
    const char *id;
    int r;
    if ((r = args_need(a, "session", &id, e)) == 0 && (r = office_session_get(o, arena, id, &s, e)) == 0 &&
        (r = open_unlock(o, id, recovery, unlock, e)) == 0 &&
        (r = open_code(o, id, "close-code.age", recovery, close, e)) == 0)
        print_sheet(o, &s, unlock, close);
    secret_wipe(unlock, sizeof unlock);
    secret_wipe(close, sizeof close);
    arena_free(arena);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct office *o = NULL;
    struct age_identity recovery = {0};
    const char *identity = args_get(a, "identity");
    char *path = keyring_path(a, identity ? identity : "recovery", ".identity");
    int r = office_open(&o, args_home(a), e);
    if (r == 0)
        r = age_identity_load(path, &recovery, e);
    if (r == 0)
        r = sheet(a, o, &recovery, e);
    age_identity_free(&recovery);
    office_close(o);
    free(path);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("The recovery identity R, a name or a file (default: recovery)")},
    {0},
};

const struct command cmd_keys_escrow = {
    .name = "keys escrow",
    .args = "",
    .summary = N_("Print the escrow sheet: the codes of a session, to be locked away"),
    .example = "kaochang keys escrow --session am1 | lp",
    .options = options,
    .no_json = true,
    .run = run,
};
