/* SPDX-License-Identifier: Apache-2.0 */
#include "office/tickets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "office/door-list.h"

static const char style[] =
    "@page{size:A4;margin:10mm}"
    "body{font:11pt/1.45 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"SimSun\",sans-serif;margin:0}"
    "main{display:grid;grid-template-columns:1fr 1fr;gap:4mm}"
    "section{border:.4mm solid #333;padding:3mm 4mm;min-height:58mm;break-inside:avoid;box-sizing:border-box}"
    "h2{font-size:11.5pt;text-align:center;margin:0 0 .5mm}p.what{text-align:center;margin:0 0 2mm;letter-spacing:.3em}"
    "p.office{text-align:right;margin:1mm 0 0;color:#444;font-size:9.5pt}"
    "table{border-collapse:collapse;width:100%}th{font-weight:normal;color:#444;text-align:left;width:5.5em;"
    "vertical-align:top}td{font-weight:600}td.ticket{font-size:13pt;letter-spacing:.04em}";

static int by_place(const void *a, const void *b)
{
    const struct roster_candidate *x = *(const struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(const struct roster_candidate *const *)b;
    int c = strcmp(x->site, y->site);
    if (c == 0)
        c = strcmp(x->room, y->room);
    return c ? c : (x->seat > y->seat) - (x->seat < y->seat);
}

static const struct roster_candidate **in_order(const struct roster *r)
{
    const struct roster_candidate **all = mem_grow(NULL, r->n_candidates + 1, sizeof *all);
    for (size_t i = 0; i < r->n_candidates; i++)
        all[i] = &r->candidate[i];
    qsort(all, r->n_candidates, sizeof *all, by_place);
    return all;
}

/* "2026-11-22 09:00 – 11:00", with the second day where there is one. */
static char *window_text(const struct office_session *s)
{
    char start[40], end[40];
    time_text(s->start_ms, s->utc_offset_min, start, sizeof start);
    time_text(s->end_ms, s->utc_offset_min, end, sizeof end);
    bool same_day = strncmp(start, end, 10) == 0;
    return mem_printf("%.10s %.5s – %.*s%s%.5s", start, start + 11, same_day ? 0 : 10, end,
                      same_day ? "" : " ", end + 11);
}

/* Where and when, as texts: of a seat, or of a bench with its group. */
struct when {
    bool lab;
    char seat[32], group[32], *time;
};

static struct when when_of(const struct tickets *t, const struct roster_candidate *c, const char *window)
{
    const struct roster_room *room = roster_find_room(t->roster, c->site, c->room);
    struct when w = {.lab = room && room->benches > 0};
    int64_t group, bench = c->seat;
    if (w.lab) {
        char begins[16];
        roster_bench(room, c->seat, &group, &bench);
        snprintf(w.group, sizeof w.group, "%lld", (long long)group);
        w.time = mem_printf("%.10s %s", window,
                            door_list_time(t->session, t->group_ms, group, begins, sizeof begins));
    } else {
        w.time = mem_strdup(window);
    }
    snprintf(w.seat, sizeof w.seat, "%lld", (long long)bench);
    return w;
}

static void row(struct bytes *out, const char *head, const char *text, const char *class)
{
    bytes_str(out, "<tr>");
    html_element(out, "th", head);
    bytes_printf(out, "<td%s>", class);
    html_text(out, text);
    bytes_str(out, "</td></tr>\n");
}

static void card(const struct tickets *t, const struct roster_candidate *c, const char *window,
                 struct bytes *out)
{
    struct when w = when_of(t, c, window);
    bytes_str(out, "<section>\n");
    html_element(out, "h2", t->session->title);
    bytes_str(out, "<p class=\"what\">");
    html_text(out, _("Admission ticket"));
    bytes_str(out, "</p>\n<table>\n");
    row(out, _("Ticket no."), c->ticket, " class=\"ticket\"");
    row(out, _("Name"), c->name, "");
    if (c->id_number[0])
        row(out, _("ID no."), c->id_number, "");
    row(out, _("School"), c->school, "");
    row(out, _("Site"), c->site, "");
    row(out, _("Room"), c->room, "");
    if (w.lab)
        row(out, _("Group"), w.group, "");
    row(out, w.lab ? _("Bench") : _("Seat"), w.seat, "");
    row(out, _("Time"), w.time, "");
    free(w.time);
    bytes_str(out, "</table>\n<p class=\"office\">");
    html_text(out, t->office);
    bytes_str(out, "</p>\n</section>\n");
}

void tickets_html(const struct tickets *t, struct bytes *out)
{
    const struct roster_candidate **all = in_order(t->roster);
    char *window = window_text(t->session);
    bytes_str(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>");
    html_text(out, t->session->title);
    bytes_printf(out, "</title>\n<style>%s</style></head>\n<body><main>\n", style);
    for (size_t i = 0; i < t->roster->n_candidates; i++)
        card(t, all[i], window, out);
    bytes_str(out, "</main></body></html>\n");
    free(window);
    free(all);
}

void tickets_text(const struct tickets *t, struct bytes *out)
{
    const struct roster_candidate **all = in_order(t->roster);
    char *window = window_text(t->session);
    for (size_t i = 0; i < t->roster->n_candidates; i++) {
        const struct roster_candidate *c = all[i];
        bytes_printf(out, "%s\n%s: %s\n%s: %s\n", t->session->title, _("Ticket no."), c->ticket, _("Name"),
                     c->name);
        if (c->id_number[0])
            bytes_printf(out, "%s: %s\n", _("ID no."), c->id_number);
        struct when w = when_of(t, c, window);
        bytes_printf(out, "%s: %s\n%s: %s\n%s: %s\n", _("School"), c->school, _("Site"), c->site, _("Room"),
                     c->room);
        if (w.lab)
            bytes_printf(out, "%s: %s\n", _("Group"), w.group);
        bytes_printf(out, "%s: %s\n%s: %s\n\f", w.lab ? _("Bench") : _("Seat"), w.seat, _("Time"), w.time);
        free(w.time);
    }
    free(window);
    free(all);
}
