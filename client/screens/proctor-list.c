/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of the lists: collection check, machines, minutes. */
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

static void to_line(struct proctor *p, int to)
{
    int n = (int)proctor_list_size(p), rows = proctor_list_rows(p);
    p->list_cursor = to >= n ? n - 1 : to;
    p->list_cursor = p->list_cursor < 0 ? 0 : p->list_cursor;
    if (p->list_cursor < p->list_scroll)
        p->list_scroll = p->list_cursor;
    if (p->list_cursor >= p->list_scroll + rows)
        p->list_scroll = p->list_cursor - rows + 1;
}

static void back(struct proctor *p)
{
    p->screen = PROCTOR_ROOM;
    p->at = AT_FIRST_HAND;
}

/* Of the check: the seat in the room. Of the machines: what can be done there. */
static void enter(struct proctor *p, struct proctor_effect *out)
{
    size_t i = (size_t)p->list_cursor;
    if (p->screen == PROCTOR_CHECK && i < p->check.n && proctor_candidate(p, p->check.line[i].ticket)) {
        const struct proctor_hand h = proctor_hand_of(p, proctor_candidate(p, p->check.line[i].ticket));
        p->screen = PROCTOR_ROOM;
        proctor_go_to(p, &h, AT_SEAT);
    } else if (p->screen == PROCTOR_STATIONS && i < p->room.n_stations) {
        const struct proctor_hand h = {.kind = HAND_NONE, .station = &p->room.station[i]};
        proctor_go_to(p, &h, AT_STATION);
        proctor_begin(p, MENU_STATION, out);
    }
}

void proctor_list_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    int rows = proctor_list_rows(p);
    switch (k.code) {
    case K_UP:
    case K_DOWN:
        to_line(p, p->list_cursor + (k.code == K_DOWN ? 1 : -1));
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        to_line(p, p->list_cursor + (k.code == K_PAGE_DOWN ? rows : -rows));
        break;
    case K_HOME:
    case K_END:
        to_line(p, k.code == K_END ? (int)proctor_list_size(p) : 0);
        break;
    case K_ENTER:
        enter(p, out);
        break;
    case K_F5:
        if (p->screen == PROCTOR_CHECK)
            proctor_begin(p, ACT_ABSENT_ALL, out);
        break;
    case K_F8:
        if (p->screen == PROCTOR_CHECK)
            proctor_begin(p, ACT_CLOSE, out);
        break;
    case K_ESCAPE:
    case K_F10:
        back(p);
        break;
    default:
        break;
    }
}
