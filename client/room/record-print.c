/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/print/print.h"
#include "client/room/record.h"
#include "client/screens/proctor-words.h"
#include "exam-packages/code.h"

enum { TIME_TEXT = 32 };

static const char *when(struct arena *a, int64_t wall_ms, const char *format)
{
    char *text = arena_alloc(a, TIME_TEXT);
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm local;
    if (wall_ms == 0 || !localtime_r(&seconds, &local) || strftime(text, TIME_TEXT, format, &local) == 0)
        return "-";
    return text;
}

/* In groups of eight digits. */
static const char *hex(struct arena *a, const uint8_t *p, size_t n)
{
    size_t room = 2 * n + n / 4 + 1, at = 0;
    char *text = arena_alloc(a, room);
    for (size_t i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, room - at, "%s%02x", i && i % 4 == 0 ? " " : "", p[i]);
    return text;
}

static const char *number(struct arena *a, int64_t n)
{
    return arena_printf(a, "%lld", (long long)n);
}

static void put_facts(struct print *p, const struct record *r, struct arena *a)
{
    const struct manifest *m = package_manifest(r->package);
    const char *const fact[][2] = {
        {_("Exam"), m->title},
        {_("Session"), m->session},
        {_("Site"), r->closed.site},
        {_("Room"), strcmp(r->closed.room, r->room_name) == 0
                        ? r->closed.room
                        : arena_printf(a, "%s  %s", r->closed.room, r->room_name)},
        {_("Window"),
         arena_printf(a, "%s - %s", when(a, m->start_ms, "%Y-%m-%d %H:%M"), when(a, m->end_ms, "%H:%M"))},
        {_("Machine"), r->machine},
        {_("Opened"), when(a, r->opened_ms, "%Y-%m-%d %H:%M:%S")},
        {_("Started"), when(a, r->started_ms, "%H:%M:%S")},
        {_("Closed"), when(a, r->closed_ms, "%H:%M:%S")},
        {_("Late"), number(a, (int64_t)r->late)},
        {r->lab ? _("Raters expected") : _("Registered"), number(a, r->closed.registered)},
        {r->lab ? _("Raters who came") : _("Sat"), number(a, r->closed.count)},
        {_("Absent"), number(a, r->closed.registered - r->closed.count)},
        {_("Violations"), number(a, (int64_t)r->violations)},
        {_("Cheating"), number(a, (int64_t)r->cheatings)},
    };
    print_facts(p, fact, sizeof fact / sizeof *fact);
}

static const char *status_text(const struct record_row *row)
{
    static const struct {
        const char *word, *text;
    } status[] = {{"handed-in", N_("handed in")},
                  {"forced-end", N_("time over or ended")},
                  {"damaged", N_("journal damaged")}};
    if (!row->sitting)
        return _("absent");
    for (size_t i = 0; i < sizeof status / sizeof *status; i++)
        if (strcmp(row->sitting->status, status[i].word) == 0)
            return _(status[i].text);
    return _("machine did not answer");
}

static const char *add(struct arena *a, const char *so_far, const char *more)
{
    return so_far[0] ? arena_printf(a, "%s%s %s", so_far, _(";"), more) : more;
}

static const char *remarks(const struct record_row *row, struct arena *a)
{
    const char *text = "";
    if (row->late)
        text = add(a, text, _("late"));
    if (row->extra_s)
        text = add(a, text, arena_printf(a, _("extra time %lld min"), (long long)row->extra_s / 60));
    if (row->interruptions)
        text = add(a, text, arena_printf(a, _("interrupted %zu times"), row->interruptions));
    if (row->sitting && row->sitting->epoch > 1)
        text = add(a, text, arena_printf(a, _("machine no. %lld"), (long long)row->sitting->epoch));
    if (row->breach != CONTROL_NO_BREACH)
        text = add(a, text, row->breach == CONTROL_CHEATING ? _("cheating") : _("violation"));
    return text;
}

static const char *receipt(const struct record_row *row, struct arena *a)
{
    bool ended = row->sitting && (strcmp(row->sitting->status, "handed-in") == 0 ||
                                  strcmp(row->sitting->status, "forced-end") == 0);
    return ended ? receipt_show(row->sitting->head, arena_alloc(a, RECEIPT_SHOWN)) : "";
}

static void put_candidates(struct print *p, const struct record *r, struct arena *a)
{
    const struct print_column column[] = {{r->lab ? _("Place") : _("Seat"), 5, true},
                                          {r->lab ? _("Rater") : _("Ticket"), 14, false},
                                          {_("Name"), 9, false},     {_("Status"), 11, false},
                                          {_("Began"), 9, false},    {_("Ended"), 9, false},
                                          {_("Receipt"), 25, false}, {_("Remarks"), 16, false}};
    enum { COLUMNS = sizeof column / sizeof *column };
    const char **cell = arena_array(a, r->n * COLUMNS + 1, sizeof *cell);
    for (size_t i = 0; i < r->n; i++) {
        const struct record_row *row = &r->row[i];
        const char *text[COLUMNS] = {row->seat,
                                     row->ticket,
                                     row->name,
                                     status_text(row),
                                     when(a, row->begun_ms, "%H:%M:%S"),
                                     when(a, row->ended_ms, "%H:%M:%S"),
                                     receipt(row, a),
                                     remarks(row, a)};
        memcpy(&cell[i * COLUMNS], text, sizeof text);
    }
    print_heading(p, 2, _("Candidates"));
    print_table(p, column, COLUMNS, cell, r->n);
}

static const char *note_text(const struct minute *m, struct arena *a)
{
    char note[256];
    return arena_strdup(a, minute_note_text(m->shown.kind, minutes_text(m, a), note, sizeof note));
}

static void put_minutes(struct print *p, const struct record *r, struct arena *a)
{
    const struct print_column column[] = {{_("No."), 5, true},      {_("Time"), 9, false},
                                          {_("What"), 14, false},   {_("Ticket"), 13, false},
                                          {_("Machine"), 9, false}, {_("Note"), 46, false}};
    enum { COLUMNS = sizeof column / sizeof *column };
    const char **cell = arena_array(a, r->minutes->n * COLUMNS + 1, sizeof *cell);
    for (size_t i = 0; i < r->minutes->n; i++) {
        const struct minute *m = &r->minutes->minute[i];
        const char *text[COLUMNS] = {number(a, m->shown.number),
                                     when(a, m->shown.wall_ms, "%H:%M:%S"),
                                     minute_kind_text(m->shown.kind),
                                     minute_whom_text(m->shown.ticket),
                                     m->shown.station,
                                     note_text(m, a)};
        memcpy(&cell[i * COLUMNS], text, sizeof text);
    }
    print_heading(p, 2, _("What happened"));
    print_table(p, column, COLUMNS, cell, r->minutes->n);
}

static void put_end(struct print *p, const struct record *r, struct arena *a)
{
    const char *const label[] = {_("Chief proctor"), _("Proctor"), _("Site"), _("Date")};
    print_heading(p, 2, _("Signed files"));
    print_paragraph(
        p,
        _("This record was drawn up from two signed files. Their BLAKE2b-256, as b2sum -l 256 prints it without the blanks:"));
    print_paragraph(p, arena_printf(a, "close.xml  %s", hex(a, r->close_hash, RECORD_HASH)));
    print_paragraph(p, arena_printf(a, "minutes.xml  %s", hex(a, r->minutes_hash, RECORD_HASH)));
    print_paragraph(p, arena_printf(a, _("Closing number, for the exam office by phone: %s"), r->number));
    print_signatures(p, label, sizeof label / sizeof *label);
}

int record_print(const struct record *r, struct bytes *out, struct err *e)
{
    struct arena *a = arena_new();
    const struct print_options o = {
        .title = arena_printf(a, _("Record of room %s, session %s"), r->closed.room, r->closed.session),
        .footer = arena_printf(a, "%s  %s  %s  close.xml %.17s", r->closed.session, r->closed.site,
                               r->closed.room, hex(a, r->close_hash, RECORD_HASH)),
        .made_ms = r->closed_ms};
    struct print *p = print_new(&o);
    print_heading(p, 1, _("Room record"));
    put_facts(p, r, a);
    put_candidates(p, r, a);
    put_minutes(p, r, a);
    put_end(p, r, a);
    int result = print_finish(p, out, e);
    print_free(p);
    arena_free(a);
    return result;
}
