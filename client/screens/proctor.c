/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor.h"

#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"

enum { CELL_WIDTH = 19, ROOM_BELOW = 11 };

void proctor_init(struct proctor *p, int width, int height)
{
    *p = (struct proctor){.width = width, .height = height, .function_keys = true};
}

const struct proctor_row *proctor_current(const struct proctor *p)
{
    return p->cursor < p->n ? &p->row[p->cursor] : NULL;
}

bool proctor_needs_hand(const struct proctor_row *r)
{
    bool ended = r->state == ROW_HANDED_IN || r->state == ROW_ENDED;
    return r->state == ROW_STOPPED || (ended && !r->sealed);
}

struct proctor_counts proctor_count(const struct proctor *p)
{
    struct proctor_counts c = {0};
    for (size_t i = 0; i < p->n; i++) {
        c.state[p->row[i].state]++;
        c.hands += proctor_needs_hand(&p->row[i]);
    }
    return c;
}

int proctor_columns(const struct proctor *p)
{
    int columns = (p->width - 2 * FRAME_LEFT) / CELL_WIDTH;
    return columns < 1 ? 1 : columns;
}

int proctor_lines(const struct proctor *p)
{
    int lines = p->height - FRAME_BODY - ROOM_BELOW;
    return lines < 1 ? 1 : lines;
}

const char *proctor_state_text(enum row_state s)
{
    switch (s) {
    case ROW_NEW:
        return _("not begun");
    case ROW_ABSENT:
        return _("absent");
    case ROW_WORKING:
        return _("working");
    case ROW_STOPPED:
        return _("stopped");
    case ROW_PAUSED:
        return _("paused");
    case ROW_HANDED_IN:
        return _("handed in");
    default:
        return _("ended");
    }
}

/* ---- outcomes ---- */

static void tell(struct proctor *p, const char *message, bool alarm)
{
    say(p->message, sizeof p->message, "%s", message);
    p->alarm = alarm;
    p->busy = false;
}

void proctor_opened(struct proctor *p)
{
    p->screen = PROCTOR_ROOM;
    field_clear(&p->code);
    tell(p, "", false);
}

void proctor_done(struct proctor *p, const char *message)
{
    p->screen = PROCTOR_ROOM;
    tell(p, message, false);
}

void proctor_failed(struct proctor *p, const char *message)
{
    tell(p, message, true);
}

void proctor_room_closed(struct proctor *p, const struct proctor_closing *c)
{
    p->closing = *c;
    p->screen = PROCTOR_CLOSED;
    tell(p, "", false);
}

struct proctor_row *proctor_rows(struct proctor *p, struct proctor_row *row, size_t n)
{
    struct proctor_row *old = p->row;
    const struct proctor_row *before = proctor_current(p);
    size_t cursor = 0;
    for (size_t i = 0; before && i < n; i++)
        if (strcmp(row[i].ticket, before->ticket) == 0)
            cursor = i;
    p->row = row;
    p->n = n;
    p->cursor = cursor;
    return old;
}
