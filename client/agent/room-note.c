/* SPDX-License-Identifier: Apache-2.0 */
/* Notes in the minutes. What a machine can repeat without end fills neither them nor the time of the agent:
 * each note is a sync of the disk, and what is signed at the closing holds MINUTES_MAX. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "client/agent/fields.h"
#include "client/agent/room.h"

enum { IN_A_ROW = 30, ONE_MORE_MS = 20000, MOST_REPEATERS = 4000, MOST_REPEATED = MINUTES_MAX / 2 };

/* One thing that repeats itself. */
struct repeater {
    const char *kind;
    char *ticket, *station;
    int64_t left, since_mono_ms; /* how often it may be noted now, as of then */
    int64_t left_out;
};

struct room_notes {
    struct repeater *of;
    size_t n;
};

/* What programs and machines cause by themselves; all else is what people did. */
static const char *repeated_kind(const char *kind)
{
    static const char *const kinds[] = {
        "sign-in",      "resumed",     "interrupted", "wrong-code", "wrong-resume-code",
        "clock-jump",   "disk-failed", "disk-back",   "damaged",    "spill-aside",
        "journal-gone", "opened",      "trouble",     "ordered",    "order-refused",
        "moved",        "cleared",     "kept",        "room-lost",  "room-reached",
        "room-refuses", "handed-key",  "disk",        "time-lags",  "told"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0)
            return kinds[i];
    return NULL;
}

static struct repeater *find(struct room_notes *n, const char *kind, const char *ticket, const char *station,
                             int64_t mono_ms)
{
    for (size_t i = 0; i < n->n; i++)
        if (n->of[i].kind == kind && strcmp(n->of[i].ticket, ticket) == 0 &&
            strcmp(n->of[i].station, station) == 0)
            return &n->of[i];
    if (n->n == MOST_REPEATERS)
        return &n->of[n->n - 1]; /* more than a room has: they share */
    n->of = mem_grow(n->of, n->n + 1, sizeof *n->of);
    n->of[n->n] = (struct repeater){.kind = kind,
                                    .ticket = mem_strdup(ticket),
                                    .station = mem_strdup(station),
                                    .left = IN_A_ROW,
                                    .since_mono_ms = mono_ms};
    return &n->of[n->n++];
}

static void grow_patience(struct repeater *t, int64_t mono_ms)
{
    int64_t more = (mono_ms - t->since_mono_ms) / ONE_MORE_MS;
    if (more <= 0)
        return;
    t->since_mono_ms += more * ONE_MORE_MS;
    t->left = t->left + more < IN_A_ROW ? t->left + more : IN_A_ROW;
}

static int64_t add(struct room *r, const char *kind, const char *ticket, const char *station, int64_t value,
                   const char *text)
{
    const struct control_minute shown = {
        .wall_ms = r->now.wall_ms, .kind = kind, .ticket = ticket, .station = station, .text = text};
    minutes_add(r->minutes, &(struct minute){.shown = shown, .value = value});
    return minutes_last(r->minutes);
}

static void note_left_out(struct room *r, struct repeater *t)
{
    if (t->left_out)
        add(r, "left-out", t->ticket, t->station, t->left_out, t->kind);
    t->left_out = 0;
}

bool room_may_note(struct room *r, const char *kind, const char *ticket, const char *station)
{
    const char *repeated = repeated_kind(kind);
    if (!repeated)
        return true;
    if (!r->notes)
        r->notes = mem_alloc(sizeof *r->notes);
    struct repeater *t = find(r->notes, repeated, ticket, station, r->now.mono_ms);
    grow_patience(t, r->now.mono_ms);
    if (t->left == 0 || minutes_last(r->minutes) >= MOST_REPEATED) {
        t->left_out++;
        return false;
    }
    t->left--;
    note_left_out(r, t);
    return true;
}

void room_note_left_out(struct room *r)
{
    for (size_t i = 0; r->notes && r->minutes && i < r->notes->n; i++)
        note_left_out(r, &r->notes->of[i]);
}

void room_notes_free(struct room_notes *n)
{
    for (size_t i = 0; n && i < n->n; i++) {
        free(n->of[i].ticket);
        free(n->of[i].station);
    }
    if (n)
        free(n->of);
    free(n);
}

void room_note(struct room *r, const char *kind, const struct seat *seat, const char *text, ...)
{
    char buffer[FIELD_MAX_TEXT + 1];
    va_list ap;
    va_start(ap, text);
    vsnprintf(buffer, sizeof buffer, text, ap);
    va_end(ap);
    room_note_value(r, kind, seat, 0, buffer);
}

int64_t room_note_value(struct room *r, const char *kind, const struct seat *seat, int64_t value,
                        const char *text)
{
    if (!r->minutes)
        return 0;
    const char *place = seat && r->hooks.place ? r->hooks.place(r->hooks.self, seat) : NULL;
    const char *ticket = seat ? seat->who->ticket : "", *station = place ? place : r->station->name;
    return room_may_note(r, kind, ticket, station) ? add(r, kind, ticket, station, value, text)
                                                   : minutes_last(r->minutes);
}
