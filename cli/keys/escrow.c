/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys escrow: the sheet of a session's codes, to print, fold and lock away. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/keys/commands.h"
#include "cli/keys/escrow-page.h"
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

static bool is_pdf(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".pdf") == 0;
}

/* Into a new file of the owner's alone, or to the printer. */
static int put_sheet(const struct args *a, const struct escrow *s, struct err *e)
{
    const char *out = args_get(a, "output");
    struct bytes page = {0};
    struct clock_reading now;
    int r = 0;
    clock_read(&now);
    if (out && is_pdf(out))
        r = escrow_pdf(s, now.wall_ms, &page, e);
    else
        escrow_text(s, &page);
    if (r == 0 && out && file_exists(out)) {
        err_set(e, ERR_USAGE, out, _("is already there"));
        r = err_hint(
            e, _("print it and remove it, or give another name: an escrow sheet is never written over"));
    }
    if (r == 0 && out && (r = file_put_new(out, 0600, bytes_span(&page), e)) == 0)
        fprintf(stderr, _("%s: print it, and remove the file\n"), out);
    else if (r == 0 && !out)
        fwrite(page.p, 1, page.n, stdout);
    bytes_release(&page);
    return r;
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
        (r = open_code(o, id, "close-code.age", recovery, close, e)) == 0) {
        const struct escrow sheet = {
            .office = office_name(o), .session = &s, .unlock = *unlock ? unlock : NULL, .close = close};
        r = put_sheet(a, &sheet, e);
    }
    secret_wipe(unlock, sizeof unlock);
    secret_wipe(close, sizeof close);
    arena_free(arena);
    return r;
}

/* Codes on a screen are read by whoever stands behind. */
static int refuse_screen(const struct args *a, struct err *e)
{
    if (args_get(a, "output") || args_get(a, "show") || !isatty(STDOUT_FILENO))
        return 0;
    err_set(e, ERR_USAGE, NULL, _("the codes would stand on this screen"));
    return err_hint(e, _("print them: \"| lp\" or -o FILE.pdf; or --show them here"));
}

static int run(const struct args *a, struct err *e)
{
    struct office *o = NULL;
    struct age_identity recovery = {0};
    const char *identity = args_get(a, "identity");
    char *path = keyring_path(a, identity ? identity : "recovery", ".identity");
    int r = refuse_screen(a, e);
    if (r == 0)
        r = office_open(&o, args_home(a), e);
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
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("A new file, for its owner alone; as PDF when it ends in .pdf, a page for each envelope")},
    {.name = "show", .help = N_("Show the codes on this screen")},
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
