/* SPDX-License-Identifier: Apache-2.0 */
/* The beginning and the end of a room: the unlock code, the summary before closing and after. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"
#include "exam-packages/code.h"

enum { CODE_COLUMNS = 24, SIGNS = CODE_DATA + 1 };

static int code_signs(const struct proctor *p)
{
    int n = 0;
    for (const char *c = p->code.text; *c; c++)
        n += *c != '-' && *c != ' ';
    return n;
}

static void draw_feedback(const struct proctor *p, struct grid *g, int y, int limit)
{
    char text[2 * PROCTOR_TEXT], data[CODE_DATA + 1];
    struct err e = {0};
    int n = code_signs(p);
    if (p->busy)
        frame_centred(g, y, limit, LOOK_QUIET, _("Opening the package... this takes a moment."));
    else if (p->message[0])
        frame_centred(g, y, limit, LOOK_ALARM, p->message);
    else if (n > 0 && n < SIGNS)
        frame_centred(g, y, limit, LOOK_QUIET,
                      say(text, sizeof text, _("%d of %d characters"), n, (int)SIGNS));
    else if (n >= SIGNS && code_read(p->code.text, data, &e) == 0)
        frame_centred(g, y, limit, LOOK_GOOD, _("The check character fits. Press Enter."));
    else if (n >= SIGNS)
        frame_centred(g, y, limit, LOOK_WARN,
                      _("A character is mistyped: the check character does not fit."));
}

static const char *unlock_text(const struct proctor *p)
{
    if (p->waits)
        return _(
            "This machine waits for the room. When the room's machine is there, it opens by itself. Type the code "
            "only to open it alone.");
    if (p->stopped)
        return _(
            "The session's program has ended here. All that was saved is there: type the unlock code again.");
    if (p->serves)
        return _(
            "This is the room's machine. Type the unlock code that the exam office gave you: the room service starts with it.");
    return _("Type the unlock code that the exam office gave you, then press Enter.");
}

static const char *unlock_keys(const struct proctor *p, char *buf, size_t size)
{
    const char *leave = p->function_keys ? "F10" : "Alt+0";
    if (p->keys.n > 0)
        return say(buf, size, _("Enter open  Backspace correct  %s keys of proctors  %s leave"),
                   p->function_keys ? "F2" : "Alt+2", leave);
    return say(buf, size, _("Enter open  Backspace correct  %s leave"), leave);
}

void proctor_draw_unlock(const struct proctor *p, struct grid *g)
{
    char text[PROCTOR_TEXT];
    int end = g->height - 4, y = g->height / 2 - 6;
    y = frame_centred(g, y, end, LOOK_STRONG, _("Open the session")) + 1;
    y = frame_centred(g, y, end, LOOK_TEXT, unlock_text(p)) + 2;
    const char *label = _("Unlock code");
    int x = (g->width - CODE_COLUMNS) / 2 - 1, w = (int)text_width(label);
    grid_text(g, x - 2 - w, y, w, LOOK_TEXT, label);
    frame_field(g, x, y, CODE_COLUMNS, &p->code);
    draw_feedback(p, g, y + 2, end);
    frame_keys(g, g->height - 4, unlock_keys(p, text, sizeof text));
}

static int line(struct grid *g, int y, const char *label, int64_t n, enum look look)
{
    enum { LABEL_END = 44 };
    char text[32];
    grid_text_right(g, LABEL_END, y, LOOK_TEXT, label);
    grid_text(g, LABEL_END + 2, y, 12, look, say(text, sizeof text, "%lld", (long long)n));
    return y + 1;
}

static const char *next_text(const struct proctor *p)
{
    if (p->closing.stranded)
        return _(
            "Bring the machines that do not answer, or a USB copy of their journals, to the exam office: their work "
            "can still be collected.");
    if (p->room.service && *p->record)
        return _("When it is signed: the bundle onto the USB stick.");
    return p->room.service
               ? _("Next: the record of the room, to be printed and signed; then the bundle onto the USB stick.")
               : _("Next: kaochang-score session writes the result bundle; with the close code of the exam "
                   "office it also scores.");
}

static void draw_record(const struct proctor *p, struct grid *g, int y, int end)
{
    char text[PROCTOR_TEXT + sizeof p->record];
    int cut = g->cut;
    if (p->busy || p->message[0])
        proctor_draw_message(p, g, y, end);
    if (*p->record && !p->busy && !(p->message[0] && p->alarm))
        frame_paragraph(g, p->message[0] ? y + 1 : y, end, 2, LOOK_GOOD,
                        say(text, sizeof text,
                            p->can_print
                                ? _("The record of the room is drawn up: %s  Print it (F3), and sign it.")
                                : _("The record of the room is drawn up: %s  Print it on a machine with a "
                                    "printer, and sign it."),
                            p->record));
    g->cut = cut;
}

static const char *closed_keys(const struct proctor *p, char *buf, size_t size)
{
    const char *alt = p->function_keys ? "F" : "Alt+";
    char print[64] = "";
    if (*p->record && p->can_print)
        say(print, sizeof print, _("  %s3 print it"), alt);
    return say(buf, size, _("%s2 record of the room (PDF)%s  %s leave"), alt, print,
               p->function_keys ? "F10" : "Alt+0");
}

void proctor_draw_closed(const struct proctor *p, struct grid *g)
{
    const struct control_closing *c = &p->closing;
    char text[PROCTOR_TEXT + sizeof c->path];
    int end = g->height - 4, y = FRAME_BODY;
    y = frame_centred(g, y, end, LOOK_GOOD, _("The room is closed.")) + 1;
    y = line(g, y, c->lab ? _("raters on the list") : _("on the list"), c->registered, LOOK_STRONG);
    y = line(g, y, c->lab ? _("raters came") : _("sat the exam"), c->sat, LOOK_STRONG);
    y = line(g, y, _("absent"), c->absent, LOOK_STRONG);
    y = line(g, y, _("of them ended by this closing"), c->forced, LOOK_STRONG);
    if (c->stranded)
        y = line(g, y, _("begun, and their machines do not answer"), c->stranded, LOOK_ALARM);
    if (c->number[0])
        y = frame_centred(g, y, end, LOOK_STRONG,
                          say(text, sizeof text, _("Closing number  %s"), c->number));
    y = frame_paragraph(g, y + 1, end, 2, LOOK_TEXT,
                        say(text, sizeof text, _("Record of closing: %s"), c->path));
    y = frame_paragraph(g, y, end, 2, c->stranded ? LOOK_WARN : LOOK_TEXT, next_text(p));
    draw_record(p, g, y + 1, end);
    frame_keys(g, g->height - 4, closed_keys(p, text, sizeof text));
}
