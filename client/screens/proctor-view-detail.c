/* SPDX-License-Identifier: Apache-2.0 */
/* The lower part: who is under the cursor, what is wrong, what to do. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum { SEEN_MS = 5000, CLOCK_OFF_MS = 60000, NAME = 24, ROWS = 5 };

const char *proctor_machine_text(const char *name, const struct control_station *s, int64_t silent_ms,
                                 char *buf, size_t size)
{
    char battery[48] = "", clock[48] = "", disk[48] = "", seen[64] = "", time[32];
    if (s && s->battery >= 0)
        say(battery, sizeof battery, s->charging ? _("  battery %lld%%, plugged in") : _("  battery %lld%%"),
            (long long)s->battery);
    if (s && (s->clock_off_ms > CLOCK_OFF_MS || s->clock_off_ms < -CLOCK_OFF_MS))
        say(clock, sizeof clock, _("  clock %+lld min"), (long long)(s->clock_off_ms / 60000));
    if (s && s->disk != CONTROL_DISK_FINE)
        say(disk, sizeof disk, "  %s", disk_text(s->disk));
    if (silent_ms > SEEN_MS)
        say(seen, sizeof seen, _("  seen %s ago"), duration_text(silent_ms, time, sizeof time));
    return say(buf, size, "%s%s%s%s%s", name, seen, disk, battery, clock);
}

const char *proctor_marks_text(const struct control_candidate *c, char *buf, size_t size)
{
    return say(buf, size, "%s%s%s%s", c->late ? "  " : "", c->late ? _("late") : "", c->breach ? "  " : "",
               c->breach == CONTROL_CHEATING    ? _("cheating")
               : c->breach == CONTROL_VIOLATION ? _("violation")
                                                : "");
}

static void draw_name(const struct proctor_hand *h, struct grid *g, int y)
{
    const struct control_candidate *c = h->candidate;
    char name[PROCTOR_TEXT], text[2 * PROCTOR_TEXT], marks[96];
    say(name, sizeof name, "%.*s", (int)text_fit(c->name, NAME, NULL), c->name);
    proctor_marks_text(c, marks, sizeof marks);
    say(text, sizeof text, _("seat %s  %s  %s%s"), c->seat, name, c->ticket, marks);
    int used = proctor_clip(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG, text) + 2;
    proctor_machine_text(c->station, h->station, c->silent_ms, text, sizeof text);
    int room = frame_columns(g) - used, width = (int)text_width(text);
    if (width > 0 && room > 8)
        proctor_clip(g, width < room ? frame_end(g) - width : FRAME_LEFT + used, y, room, LOOK_QUIET, text);
}

static const char *interruptions(const struct control_candidate *c, char *buf, size_t size)
{
    return c->interruptions ? say(buf, size, _("  interrupted %lld x"), (long long)c->interruptions) : "";
}

const char *proctor_progress_text(const struct proctor_hand *h, char *buf, size_t size)
{
    const struct control_candidate *c = h->candidate;
    bool rater = proctor_is_rater(c);
    const char *state =
        h->kind == HAND_NONE ? seat_state_text(seat_state_of(c), rater) : proctor_hand_title(h);
    int64_t left = c->allowance_ms > c->used_ms ? c->allowance_ms - c->used_ms : 0;
    char time[32], times[48];
    if (!proctor_begun(c))
        return say(buf, size, "%s", state);
    if (rater)
        return say(buf, size, _("%s  rated %lld/%lld%s  %s"), state, (long long)c->answered,
                   (long long)c->items, interruptions(c, times, sizeof times),
                   proctor_ended(c) && c->receipt[0] ? c->receipt
                   : c->kept == CONTROL_NOTHING_YET  ? _("nothing rated yet")
                                                     : kept_text(c->kept));
    if (proctor_ended(c))
        return say(buf, size, _("%s  answered %lld/%lld  receipt %s"), state, (long long)c->answered,
                   (long long)c->items, c->receipt[0] ? c->receipt : "-");
    return say(buf, size, _("%s  %lld/%lld  left %s%s  %s"), state, (long long)c->answered,
               (long long)c->items, duration_text(left, time, sizeof time),
               interruptions(c, times, sizeof times), kept_text(c->kept));
}

static void draw_subject(const struct proctor_hand *h, struct grid *g, int y)
{
    char text[2 * PROCTOR_TEXT];
    if (h->candidate) {
        draw_name(h, g, y);
        proctor_clip(g, FRAME_LEFT + 2, y + 1, frame_columns(g) - 2,
                     h->kind == HAND_NONE ? LOOK_TEXT : LOOK_ALARM,
                     proctor_progress_text(h, text, sizeof text));
    } else if (h->station) {
        char name[PROCTOR_TEXT];
        say(name, sizeof name, _("machine %s"), h->station->name);
        proctor_machine_text(name, h->station, h->station->silent_ms, text, sizeof text);
        proctor_clip(g, FRAME_LEFT, y, frame_columns(g), LOOK_STRONG, text);
        proctor_clip(g, FRAME_LEFT + 2, y + 1, frame_columns(g) - 2, LOOK_WARN,
                     h->kind == HAND_NONE ? station_state_text(h->station->state) : proctor_hand_title(h));
    }
}

/* Of the room as a whole, when nobody needs a hand. */
static const char *room_advice(const struct proctor *p)
{
    if (p->room.outside_window)
        return _("The clock of this machine stands outside the session's time window. Please check the "
                 "clock; the exam goes on.");
    if (p->room.state == ROOM_OPEN)
        return p->room.lab ? _("Raters sign in and wait. When all are ready, F2 begins the exam.")
                           : _("Candidates sign in and wait. When all are ready, F2 begins the exam.");
    if (p->room.state == ROOM_CLOSED)
        return _("The room is closed.");
    return "";
}

static const char *advice(const struct proctor *p, const struct proctor_hand *h, char *buf, size_t size)
{
    const char *text = h->kind == HAND_NONE ? room_advice(p) : proctor_hand_advice(p, h->kind);
    if (h->kind == HAND_TROUBLE && h->candidate)
        return say(buf, size, "%s. %s", h->candidate->trouble, text);
    return text;
}

/* As much as there is room for; the rest ends in "..". */
static void draw_advice(const struct proctor *p, const struct proctor_hand *h, struct grid *g, int y,
                        int limit)
{
    char text[2 * sizeof p->message];
    if (p->message[0] || p->busy) {
        proctor_draw_message(p, g, y, limit);
        return;
    }
    int cut = g->cut;
    frame_paragraph(g, y, limit, 2, LOOK_TEXT, advice(p, h, text, sizeof text));
    if (h->kind == HAND_TROUBLE)
        g->cut = cut;
}

void proctor_draw_message(const struct proctor *p, struct grid *g, int y, int limit)
{
    int cut = g->cut;
    if (p->busy)
        frame_paragraph(g, y, limit, 2, LOOK_QUIET, _("One moment..."));
    else
        frame_paragraph(g, y, limit, 2, p->alarm ? LOOK_WARN : LOOK_GOOD, p->message);
    g->cut = cut;
}

static void draw_steps(const struct proctor *p, const struct proctor_hand *h, struct grid *g, int y)
{
    enum proctor_act_id steps[HAND_STEPS + 1];
    int x = FRAME_LEFT + 2;
    proctor_hand_steps(p, h, steps);
    for (int i = 0; steps[i]; i++) {
        char text[PROCTOR_TEXT];
        bool menu = steps[i] == MENU_SEAT;
        say(text, sizeof text, "%d %s", i + 1,
            menu ? (p->room.lab ? _("what is to be done for this rater...")
                                : _("what is to be done for this candidate..."))
                 : proctor_says(p, proctor_act_of(steps[i])->name));
        x = frame_button(g, x, y, i == 0, i, text) + 2;
    }
}

static void draw_line(const struct proctor_hand *h, struct grid *g, int y)
{
    char text[2 * PROCTOR_TEXT];
    const struct control_candidate *c = h->candidate;
    if (c)
        say(text, sizeof text, _("!! seat %s  %s  %s: %s"), c->seat, c->name, c->ticket,
            proctor_hand_title(h));
    else
        say(text, sizeof text, _("!! machine %s: %s"), h->station->name, proctor_hand_title(h));
    proctor_clip(g, FRAME_LEFT, y, frame_columns(g), LOOK_WARN, text);
}

/* On a larger screen: who else needs a hand. */
static void draw_others(const struct proctor *p, const struct proctor_hand *now, struct grid *g, int y,
                        int end)
{
    struct proctor_hands all;
    proctor_find_hands(p, &all);
    for (size_t i = 0; i < all.n && y < end; i++)
        if (all.hand[i].candidate != now->candidate || all.hand[i].station != now->station)
            draw_line(&all.hand[i], g, y++);
}

void proctor_draw_detail(const struct proctor *p, struct grid *g, const struct proctor_layout *l)
{
    const struct proctor_hand h = proctor_focus(p);
    bool roomy = l->end - l->detail > ROWS;
    int steps = l->detail + ROWS - 1 + roomy;
    draw_subject(&h, g, l->detail);
    draw_advice(p, &h, g, l->detail + 2, steps);
    draw_steps(p, &h, g, steps);
    draw_others(p, &h, g, steps + 2, l->end);
}
