/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/escrow-page.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/print/print.h"
#include "exam-packages/code.h"
#include "exam-packages/secret.h"

/* The session's times as they are printed. */
struct times {
    char window[80], last[32];
};

static void times_of(const struct office_session *s, struct times *ret)
{
    char start[32], end[32];
    snprintf(ret->window, sizeof ret->window, "%s - %s",
             time_text(s->start_ms, s->utc_offset_min, start, sizeof start),
             time_text(s->end_ms, s->utc_offset_min, end, sizeof end));
    time_text(s->last_end_ms, s->utc_offset_min, ret->last, sizeof ret->last);
}

void escrow_text(const struct escrow *s, struct bytes *out)
{
    struct times t;
    char shown[CODE_SHOWN];
    times_of(s->session, &t);
    bytes_printf(out, _("ESCROW SHEET - %s\n\n"), s->office);
    bytes_printf(out, _("Session     %s  %s\n"), s->session->id, s->session->title);
    bytes_printf(out, _("Window      %s\n"), t.window);
    bytes_printf(out, _("Last end    %s\n\n"), t.last);
    if (s->unlock)
        bytes_printf(out, _("Unlock code   %s   passphrase of unlock.age   %s\n"),
                     code_show(s->unlock, shown), s->unlock);
    else
        bytes_str(
            out,
            _("Unlock code   none: proctors open this session with their keys (manifest.xml of the package "
              "names them)\n"));
    bytes_printf(out, _("Close code    %s   passphrase of close.age    %s\n\n"), code_show(s->close, shown),
                 s->close);
    bytes_str(
        out,
        s->unlock
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
                "  age -d -i U.identity paper.age > paper.zip\n"));
    secret_wipe(shown, sizeof shown);
}

static void code_page(struct print *p, const struct escrow *s, const char *title, const char *code,
                      const char *rule, const char *by_hand)
{
    struct times t;
    char shown[CODE_SHOWN];
    times_of(s->session, &t);
    const char *const facts[][2] = {{_("Session"), s->session->id},
                                    {_("Exam"), s->session->title},
                                    {_("Window"), t.window},
                                    {_("Last end"), t.last}};
    const char *const signers[] = {_("Sealed by"), _("Witness"), _("Opened by, when, why")};
    print_page_break(p);
    print_heading(p, 1, title);
    print_facts(p, facts, sizeof facts / sizeof *facts);
    print_heading(p, 1, code_show(code, shown));
    print_paragraph(p, rule);
    print_paragraph(p, by_hand);
    print_signatures(p, signers, sizeof signers / sizeof *signers);
    secret_wipe(shown, sizeof shown);
}

int escrow_pdf(const struct escrow *s, int64_t made_ms, struct bytes *out, struct err *e)
{
    const struct print_options options = {
        .title = _("Escrow sheet"), .footer = s->office, .made_ms = made_ms};
    struct print *p = print_new(&options);
    if (s->unlock)
        code_page(
            p, s, _("Escrow sheet: unlock code"), s->unlock,
            _("Folded, in an envelope of its own, sealed over the flap. It opens the paper: nobody reads it "
              "before the session begins."),
            _("With age alone: unzip FILE.exam unlock.age paper.age; age -d unlock.age > U.identity (the "
              "passphrase is the code's first twelve characters without hyphens); age -d -i U.identity "
              "paper.age > paper.zip"));
    code_page(
        p, s, _("Escrow sheet: close code"), s->close,
        _("Folded, in another envelope, kept in another place. It opens the scoring key: nobody reads it before "
          "the last end."),
        _("With age alone: unzip FILE.exam close.age key.age; age -d close.age > C.identity (the passphrase is "
          "the code's first twelve characters without hyphens); age -d -i C.identity key.age > key.zip"));
    int r = print_finish(p, out, e);
    print_free(p);
    return r;
}
