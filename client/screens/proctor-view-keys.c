/* SPDX-License-Identifier: Apache-2.0 */
/* Opening with the keys of proctors: who has come, and what to do next. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"
#include "exam-packages/secret.h"

enum {
    FIELD_COLUMNS = 30,
    ROWS = 8,
    FEW_ROWS = 6,
    FEW = 18,
    NAME_COLUMNS = 16,
    MARK = 3,
    COLUMN = 36,
    WORDS = 14
};

static const char *what_to_do(const struct proctor *p, char *buf, size_t size)
{
    const struct proctor_keys *k = &p->keys;
    if (k->is_open)
        return _(
            "The session is open on this machine. To go on, any one of these proctors puts the stick with the "
            "key in.");
    if (p->waits)
        return say(
            buf, size,
            _("This machine waits for the room. When the room's machine is there, it opens by itself. To open "
              "it alone, %zu of these proctors put their sticks in, one after the other."),
            k->needed);
    if (p->stopped)
        return say(
            buf, size,
            _("The session's program has ended here. All that was saved is there: %zu of these proctors put "
              "their sticks in again."),
            k->needed);
    return say(
        buf, size,
        _("Any %zu of these %zu proctors open the session, each with the stick that holds the key. Put one in; "
          "when it is read, take it out and put in the next."),
        k->needed, k->n);
}

static void draw_holder(const struct proctor *p, struct grid *g, int x, int y, int columns, size_t i)
{
    const struct proctor_holder *h = &p->keys.holder[i];
    grid_text(g, x, y, MARK, h->read ? LOOK_GOOD : LOOK_QUIET, h->read ? "==" : ". ");
    int used = proctor_clip(g, x + MARK, y, NAME_COLUMNS, h->read ? LOOK_STRONG : LOOK_TEXT, h->name);
    if (h->read && columns > NAME_COLUMNS + MARK + WORDS)
        proctor_clip(g, x + MARK + (used < NAME_COLUMNS ? NAME_COLUMNS : used) + 1, y,
                     columns - NAME_COLUMNS - MARK - 2, LOOK_GOOD, _("key is read"));
}

/* In as many columns as it takes; returns the row after them. */
static int draw_holders(const struct proctor *p, struct grid *g, int y)
{
    int n = (int)p->keys.n, most = n > ROWS && n <= FEW ? FEW_ROWS : ROWS, columns = (n + most - 1) / most,
        rows = (n + columns - 1) / columns;
    int inside = g->width - 2 * FRAME_LEFT, width = columns == 1 ? COLUMN : inside / columns;
    int x = (g->width - width * columns) / 2;
    for (int i = 0; i < n; i++)
        draw_holder(p, g, x + i / rows * width, y + i % rows, width, (size_t)i);
    return y + rows;
}

static int draw_passphrase(const struct proctor *p, struct grid *g, int y, int end)
{
    char text[PROCTOR_TEXT];
    struct field shown = {0};
    struct field stars = {0};
    const struct field *typed = &p->keys.passphrase;
    y = frame_centred(
        g, y, end, LOOK_STRONG,
        say(text, sizeof text, _("The key %s has a passphrase. Its owner types it here:"), p->keys.locked));
    shown = *typed;
    for (size_t i = 0; i < shown.n; i++)
        if (((unsigned char)shown.text[i] & 0xc0) != 0x80) {
            stars.text[stars.n++] = '*';
            stars.cursor += i < shown.cursor;
        }
    secret_wipe(&shown, sizeof shown);
    frame_field(g, (g->width - FIELD_COLUMNS) / 2 - 1, y, FIELD_COLUMNS, &stars);
    return y + 1;
}

static int draw_count(const struct proctor *p, struct grid *g, int y, int end)
{
    char text[PROCTOR_TEXT];
    size_t read = proctor_keys_read(p);
    if (read >= p->keys.needed)
        return frame_centred(g, y, end, LOOK_GOOD,
                             p->keys.is_open
                                 ? _("The key is read. Press Enter.")
                                 : _("All keys that it takes are read. Press Enter to open the session."));
    return frame_centred(
        g, y, end, LOOK_TEXT,
        say(text, sizeof text, _("Keys read: %zu of %zu. Waiting for a stick..."), read, p->keys.needed));
}

static const char *keys_line(const struct proctor *p, char *buf, size_t size)
{
    const char *alt = p->function_keys ? "F10" : "Alt+0";
    char code[64] = "";
    if (p->keys.locked[0])
        return say(buf, size, _("Enter confirm  Backspace correct  Escape leave this key out  %s leave"),
                   alt);
    if (p->keys.has_code)
        say(code, sizeof code, _("  %s type the unlock code"), p->function_keys ? "F2" : "Alt+2");
    return say(buf, size, _("Enter open%s  %s leave"), code, alt);
}

void proctor_draw_keys(const struct proctor *p, struct grid *g)
{
    char text[2 * PROCTOR_TEXT];
    int end = g->height - 4, y = g->height / 2 - 9;
    y = frame_centred(g, y < 2 ? 2 : y, end, LOOK_STRONG, _("Open the session")) + 1;
    y = frame_paragraph(g, y, end, 2, LOOK_TEXT, what_to_do(p, text, sizeof text)) + 1;
    y = draw_holders(p, g, y) + 1;
    y = p->keys.locked[0] ? draw_passphrase(p, g, y, end) : draw_count(p, g, y, end);
    y += y + 3 <= end;
    if (p->busy)
        frame_centred(g, y, end, LOOK_QUIET,
                      p->keys.locked[0] ? _("Trying the passphrase...")
                                        : _("Opening the package... this takes a moment."));
    else if (p->message[0])
        frame_paragraph(g, y, end, 2, p->alarm ? LOOK_ALARM : LOOK_GOOD, p->message);
    frame_keys(g, g->height - 4, keys_line(p, text, sizeof text));
}
