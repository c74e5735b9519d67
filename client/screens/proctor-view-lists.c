/* SPDX-License-Identifier: Apache-2.0 */
/* Collection check, machines, minutes: lists with the whole of the line under the cursor below them. */
#include <time.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

struct list_view {
    const char *title;
    void (*line)(const struct proctor *p, struct grid *g, int y, size_t i, bool focus);
    const char *(*whole)(const struct proctor *p, size_t i, char *buf,
                         size_t size); /* of the line under the cursor */
    const char *keys, *empty;
};

static void draw_list(const struct proctor *p, struct grid *g, const struct list_view *v)
{
    size_t n = proctor_list_size(p), cursor = (size_t)p->list_cursor;
    int rows = proctor_list_rows(p), y = FRAME_BODY + 2, foot = g->height - 8;
    char text[6 * PROCTOR_TEXT];
    proctor_draw_head(p, g);
    grid_text(g, FRAME_LEFT, FRAME_BODY, frame_columns(g), LOOK_TITLE, v->title);
    for (int i = 0; i < rows && (size_t)(p->list_scroll + i) < n; i++)
        v->line(p, g, y + i, (size_t)(p->list_scroll + i), p->list_scroll + i == p->list_cursor);
    if (n > (size_t)rows)
        grid_text_right(g, frame_end(g), FRAME_BODY, LOOK_QUIET,
                        say(text, sizeof text, _("%zu of %zu"), cursor + 1, n));
    if (n == 0)
        frame_paragraph(g, y, foot, 2, LOOK_QUIET, v->empty);
    frame_rule(g, foot);
    int cut = g->cut;
    if (p->message[0] || p->busy)
        proctor_draw_message(p, g, foot + 1, g->height - 3);
    else if (cursor < n)
        frame_paragraph(g, foot + 1, g->height - 3, 0, LOOK_TEXT, v->whole(p, cursor, text, sizeof text));
    g->cut = cut;
    frame_keys(g, g->height - 3, v->keys);
}

static int draw_cursor(struct grid *g, int y, bool focus)
{
    grid_text(g, FRAME_LEFT, y, 2, LOOK_CURSOR, focus ? "> " : "  ");
    return FRAME_LEFT + 2;
}

/* ---- collection check ---- */

static void check_line(const struct proctor *p, struct grid *g, int y, size_t i, bool focus)
{
    const struct control_check_line *k = &p->check.line[i];
    int x = draw_cursor(g, y, focus);
    grid_text(g, x, y, 2, k->fine ? LOOK_GOOD : LOOK_ALARM, k->fine ? "==" : "!!");
    proctor_clip(g, x + 3, y, 6, LOOK_STRONG, k->seat);
    proctor_clip(g, x + 10, y, 12, LOOK_TEXT, k->name);
    proctor_clip(g, x + 23, y, frame_end(g) - x - 23, k->fine ? LOOK_TEXT : LOOK_WARN, k->what);
}

static const char *check_whole(const struct proctor *p, size_t i, char *buf, size_t size)
{
    const struct control_check_line *k = &p->check.line[i];
    return say(buf, size, _("seat %s  %s  %s: %s"), k->seat, k->name, k->ticket, k->what);
}

void proctor_draw_check(const struct proctor *p, struct grid *g)
{
    const struct control_check *k = &p->check;
    char title[PROCTOR_TEXT];
    if (k->missing)
        say(title, sizeof title,
            k->lab ? ngettext("Collection check: %lld rater came, %lld complete, MISSING %lld",
                              "Collection check: %lld raters came, %lld complete, MISSING %lld",
                              (unsigned long)k->sat)
                   : _("Collection check: %lld sat, %lld complete, MISSING %lld"),
            (long long)k->sat, (long long)k->complete, (long long)k->missing);
    else
        say(title, sizeof title,
            k->lab ? ngettext("Collection check: %lld rater came, %lld complete, none missing",
                              "Collection check: %lld raters came, %lld complete, none missing",
                              (unsigned long)k->sat)
                   : _("Collection check: %lld sat, %lld complete, none missing"),
            (long long)k->sat, (long long)k->complete);
    const struct list_view v = {
        .title = title,
        .line = check_line,
        .whole = check_whole,
        .keys = _("Up/Down choose  Enter seat  F5 all absent  F8 close the room  Escape back"),
        .empty = _("Nobody has begun.")};
    draw_list(p, g, &v);
}

/* ---- machines ---- */

static const char *battery(const struct control_station *s, char *buf, size_t size)
{
    if (s->battery < 0)
        return say(buf, size, "%s", "-");
    return say(buf, size, s->charging ? _("%lld%% plugged in") : _("%lld%% battery"), (long long)s->battery);
}

static void station_line(const struct proctor *p, struct grid *g, int y, size_t i, bool focus)
{
    const struct control_station *s = &p->room.station[i];
    const struct control_candidate *c = proctor_candidate(p, s->ticket);
    char text[PROCTOR_TEXT];
    bool fine = s->state != CONTROL_ASKS && s->state != CONTROL_SILENT && s->disk == CONTROL_DISK_FINE;
    int x = draw_cursor(g, y, focus);
    proctor_clip(g, x, y, 10, LOOK_STRONG, s->name);
    proctor_clip(g, x + 11, y, 19, fine ? LOOK_TEXT : LOOK_WARN, station_state_text(s->state));
    proctor_clip(g, x + 31, y, 12, LOOK_TEXT, c ? c->name : *s->ticket ? s->ticket : "-");
    proctor_clip(g, x + 44, y, 14, LOOK_TEXT, disk_text(s->disk));
    proctor_clip(g, x + 59, y, frame_end(g) - x - 59, LOOK_TEXT,
                 s->battery < 0 ? "-" : battery(s, text, sizeof text));
}

static const char *station_whole(const struct proctor *p, size_t i, char *buf, size_t size)
{
    const struct control_station *s = &p->room.station[i];
    const struct control_candidate *c = proctor_candidate(p, s->ticket);
    char power[64], seen[32];
    return say(buf, size, _("machine %s: %s, %s; battery: %s; clock %+lld s; seen %s ago; %s %s"), s->name,
               station_state_text(s->state), disk_text(s->disk), battery(s, power, sizeof power),
               (long long)(s->clock_off_ms / 1000), duration_text(s->silent_ms, seen, sizeof seen),
               *s->ticket ? s->ticket : _("nobody sits there"), c ? c->name : "");
}

void proctor_draw_stations(const struct proctor *p, struct grid *g)
{
    const struct list_view v = {
        .title = _("Machines of the room"),
        .line = station_line,
        .whole = station_whole,
        .keys = _("Up/Down choose  Enter admit and more  Escape back"),
        .empty = _("No machine has called yet. Switch them on, and look after their network.")};
    draw_list(p, g, &v);
}

/* ---- minutes ---- */

static const char *hour(int64_t wall_ms, char *buf, size_t size)
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm local;
    if (!localtime_r(&t, &local) || strftime(buf, size, "%H:%M:%S", &local) == 0)
        buf[0] = '\0';
    return buf;
}

static const char *whose(const struct proctor *p, const struct control_minute *m, char *buf, size_t size)
{
    const struct control_candidate *c = proctor_candidate(p, m->ticket);
    return c ? say(buf, size, "%s %s", c->seat, c->name)
             : say(buf, size, "%s", *m->ticket ? minute_whom_text(m->ticket) : m->station);
}

static void minute_line(const struct proctor *p, struct grid *g, int y, size_t i, bool focus)
{
    const struct control_minute *m = &p->minute[i];
    char text[PROCTOR_TEXT];
    int x = draw_cursor(g, y, focus);
    grid_text(g, x, y, 8, LOOK_TEXT, hour(m->wall_ms, text, sizeof text));
    proctor_clip(g, x + 10, y, 18, LOOK_STRONG, minute_kind_text(m->kind));
    proctor_clip(g, x + 29, y, 14, LOOK_TEXT, whose(p, m, text, sizeof text));
    proctor_clip(g, x + 44, y, frame_end(g) - x - 44, LOOK_TEXT,
                 minute_note_text(m->kind, m->text, text, sizeof text));
}

static const char *minute_whole(const struct proctor *p, size_t i, char *buf, size_t size)
{
    const struct control_minute *m = &p->minute[i];
    char time[32], who[PROCTOR_TEXT], note[PROCTOR_TEXT];
    return say(buf, size, "%lld  %s  %s  %s  %s: %s", (long long)m->number,
               hour(m->wall_ms, time, sizeof time), whose(p, m, who, sizeof who), m->station,
               minute_kind_text(m->kind), minute_note_text(m->kind, m->text, note, sizeof note));
}

void proctor_draw_minutes(const struct proctor *p, struct grid *g)
{
    const struct list_view v = {.title = _("Minutes of the room"),
                                .line = minute_line,
                                .whole = minute_whole,
                                .keys = _("Up/Down PageUp PageDown Home End  Escape back"),
                                .empty = _("Nothing has happened yet.")};
    draw_list(p, g, &v);
}
