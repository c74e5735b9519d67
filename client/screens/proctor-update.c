/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum { CODE_MAX_TYPED = 40, REASON_MAX = 150 };

static void want(struct proctor *p, struct proctor_effect *out, enum proctor_effect_kind kind,
                 int64_t seconds)
{
    *out = (struct proctor_effect){.wanted = true, .kind = kind, .seconds = seconds};
    p->busy = kind != PROCTOR_DO_LEAVE;
}

static void complain(struct proctor *p, const char *text)
{
    say(p->message, sizeof p->message, "%s", text);
    p->alarm = true;
}

/* ---- unlocking ---- */

static void unlock_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    if (k.code == K_F10)
        want(p, out, PROCTOR_DO_LEAVE, 0);
    else if (k.code == K_ENTER && p->code.n > 0)
        want(p, out, PROCTOR_DO_UNLOCK, 0);
    else if (k.code != K_CHAR || p->code.n < CODE_MAX_TYPED)
        field_key(&p->code, k, NULL);
}

/* ---- the room ---- */

static void show_cursor(struct proctor *p)
{
    int line = (int)p->cursor / proctor_columns(p), lines = proctor_lines(p);
    if (line < p->scroll)
        p->scroll = line;
    if (line >= p->scroll + lines)
        p->scroll = line - lines + 1;
}

static void move(struct proctor *p, int by)
{
    int64_t to = (int64_t)p->cursor + by;
    if (p->n == 0)
        return;
    p->cursor = (size_t)(to < 0 ? 0 : to >= (int64_t)p->n ? (int64_t)p->n - 1 : to);
    show_cursor(p);
}

static void next_hand(struct proctor *p)
{
    for (size_t step = 1; step <= p->n; step++) {
        size_t i = (p->cursor + step) % p->n;
        if (proctor_needs_hand(&p->row[i])) {
            p->cursor = i;
            show_cursor(p);
            return;
        }
    }
}

static void open_dialog(struct proctor *p, enum proctor_screen screen)
{
    field_clear(&p->minutes);
    field_clear(&p->reason);
    p->focus = 0;
    p->screen = screen;
}

static bool has_ended(const struct proctor_row *r)
{
    return r->state == ROW_HANDED_IN || r->state == ROW_ENDED;
}

static bool has_begun(const struct proctor_row *r)
{
    return r->state != ROW_NEW && r->state != ROW_ABSENT;
}

static void act(struct proctor *p, enum proctor_screen screen)
{
    const struct proctor_row *r = proctor_current(p);
    if (!r)
        return;
    if (screen == PROCTOR_ABSENT ? has_begun(r) : !has_begun(r) || has_ended(r)) {
        complain(p, screen == PROCTOR_ABSENT ? _("Only a candidate who has not begun can be marked absent.")
                                             : _("This needs a candidate who is sitting the exam."));
        return;
    }
    open_dialog(p, screen);
}

static void room_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    int columns = proctor_columns(p);
    switch (k.code) {
    case K_LEFT:
    case K_RIGHT:
        move(p, k.code == K_RIGHT ? 1 : -1);
        break;
    case K_UP:
    case K_DOWN:
        move(p, k.code == K_DOWN ? columns : -columns);
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        move(p, (k.code == K_PAGE_DOWN ? 1 : -1) * columns * proctor_lines(p));
        break;
    case K_TAB:
        next_hand(p);
        break;
    case K_F3:
        act(p, PROCTOR_EXTRA);
        break;
    case K_F5:
        act(p, PROCTOR_ABSENT);
        break;
    case K_F6:
        act(p, PROCTOR_END);
        break;
    case K_F4:
    case K_F7:
        complain(
            p,
            _("Moving a candidate to another machine, and messages, come with the room service, which this "
              "version does not have."));
        break;
    case K_F8:
        open_dialog(p, PROCTOR_CLOSE);
        break;
    case K_F10:
        want(p, out, PROCTOR_DO_LEAVE, 0);
        break;
    default:
        break;
    }
}

/* ---- dialogs ---- */

static struct field *dialog_field(struct proctor *p)
{
    return p->screen == PROCTOR_EXTRA && p->focus == 0 ? &p->minutes : &p->reason;
}

static void confirm_extra(struct proctor *p, struct proctor_effect *out)
{
    char *end;
    long minutes = strtol(p->minutes.text, &end, 10);
    if (p->minutes.n == 0 || *end || minutes < 1 || minutes > PROCTOR_MAX_MINUTES) {
        complain(p, _("Extra time is a whole number of minutes from 1 to 240."));
        p->focus = 0;
    } else if (p->reason.n == 0) {
        complain(p, _("Please write the reason; it goes into the minutes of the room."));
        p->focus = 1;
    } else
        want(p, out, PROCTOR_DO_EXTRA, minutes * 60);
}

static void confirm_dialog(struct proctor *p, struct proctor_effect *out)
{
    if (p->screen == PROCTOR_EXTRA)
        confirm_extra(p, out);
    else if (p->screen == PROCTOR_ABSENT)
        want(p, out, PROCTOR_DO_ABSENT, proctor_current(p)->state == ROW_NEW);
    else if (p->reason.n == 0)
        complain(p, _("Please write the reason; it goes into the minutes of the room."));
    else
        want(p, out, PROCTOR_DO_END, 0);
}

static void dialog_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    struct field *f = dialog_field(p);
    if (!proctor_current(p) || k.code == K_ESCAPE)
        p->screen = PROCTOR_ROOM;
    else if (k.code == K_ENTER)
        confirm_dialog(p, out);
    else if (p->screen == PROCTOR_EXTRA && (k.code == K_TAB || k.code == K_UP || k.code == K_DOWN))
        p->focus = !p->focus;
    else if (p->screen != PROCTOR_ABSENT && (k.code != K_CHAR || f->n < REASON_MAX))
        field_key(f, k, NULL);
}

/* ---- closing: the safe answer first ---- */

static void close_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    if (k.code == K_ESCAPE)
        p->screen = PROCTOR_ROOM;
    else if (k.code == K_LEFT || k.code == K_RIGHT)
        p->focus = k.code == K_RIGHT;
    else if (k.code == K_TAB)
        p->focus = !p->focus;
    else if (k.code == K_ENTER && p->focus == 0)
        p->screen = PROCTOR_ROOM;
    else if (k.code == K_ENTER)
        want(p, out, PROCTOR_DO_CLOSE, 0);
}

void proctor_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    *out = (struct proctor_effect){0};
    if (p->busy || p->width < FRAME_MIN_WIDTH || p->height < FRAME_MIN_HEIGHT)
        return;
    p->message[0] = '\0';
    switch (p->screen) {
    case PROCTOR_UNLOCK:
        unlock_key(p, k, out);
        break;
    case PROCTOR_ROOM:
        room_key(p, k, out);
        break;
    case PROCTOR_CLOSE:
        close_key(p, k, out);
        break;
    case PROCTOR_CLOSED:
        if (k.code == K_F10 || k.code == K_ENTER)
            want(p, out, PROCTOR_DO_LEAVE, 0);
        break;
    default:
        dialog_key(p, k, out);
    }
}

void proctor_click(struct proctor *p, struct target t)
{
    if (t.kind == TARGET_ITEM && p->screen == PROCTOR_ROOM && (size_t)t.index < p->n)
        p->cursor = (size_t)t.index;
}
