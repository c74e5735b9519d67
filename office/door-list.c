/* SPDX-License-Identifier: Apache-2.0 */
#include "office/door-list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "office/door-list-internal.h"

static const char style[] =
    "@page{size:A4;margin:12mm}"
    "body{font:12pt/1.4 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"SimSun\",sans-serif;margin:0}"
    "section{break-after:page;padding:2mm}section:last-child{break-after:auto}"
    "h1{font-size:15pt;text-align:center;margin:0 0 1mm}h2{font-size:20pt;text-align:center;margin:0 0 2mm}"
    "p{text-align:center;margin:0 0 3mm;color:#333}"
    "table{border-collapse:collapse;width:100%}th,td{border:.25mm solid #444;padding:1mm 2mm;text-align:left}"
    "th{background:#eee;font-weight:600}td.n{text-align:right;font-variant-numeric:tabular-nums;width:3.5em}"
    "td.sign{width:9em}footer{margin-top:3mm;color:#444;font-size:10pt;text-align:right}";

const char *door_list_time(const struct office_session *s, int64_t group_ms, int64_t group, char *buf,
                           size_t size)
{
    char text[40];
    time_text(s->start_ms + (group - 1) * group_ms, s->utc_offset_min, text, sizeof text);
    snprintf(buf, size, "%.5s", text + 11);
    return buf;
}

static int by_place(const void *a, const void *b)
{
    const struct roster_candidate *x = *(const struct roster_candidate *const *)a;
    const struct roster_candidate *y = *(const struct roster_candidate *const *)b;
    int c = strcmp(x->site, y->site);
    if (c == 0)
        c = strcmp(x->room, y->room);
    return c ? c : (x->seat > y->seat) - (x->seat < y->seat);
}

struct door *doors_of(const struct roster *r, size_t *ret_n)
{
    const struct roster_candidate **all = mem_grow(NULL, r->n_candidates + 1, sizeof *all);
    struct door *door = mem_grow(NULL, r->n_candidates + 1, sizeof *door);
    size_t n = 0;
    for (size_t i = 0; i < r->n_candidates; i++)
        all[i] = &r->candidate[i];
    if (r->n_candidates)
        qsort(all, r->n_candidates, sizeof *all, by_place);
    for (size_t i = 0; i < r->n_candidates; i++) {
        const struct roster_room *room = roster_find_room(r, all[i]->site, all[i]->room);
        int64_t group, bench;
        roster_bench(room, all[i]->seat, &group, &bench);
        if (n == 0 || door[n - 1].room != room || door[n - 1].group != group)
            door[n++] = (struct door){.room = room, .group = group, .who = all + i};
        door[n - 1].n++;
    }
    if (n == 0)
        free(all);
    *ret_n = n;
    return door;
}

void doors_free(struct door *door, size_t n)
{
    if (n)
        free(door[0].who);
    free(door);
}

char *door_title(const struct door *door)
{
    bool named = strcmp(door->room->name, door->room->id) != 0;
    char *room = mem_printf("%s%s%s", door->room->id, named ? " " : "", named ? door->room->name : "");
    char *title = mem_printf(_("Room %s, group %lld"), room, (long long)door->group);
    free(room);
    return title;
}

char *door_facts(const struct door_list *d, const struct door *door)
{
    char date[40], from[16];
    time_text(d->session->start_ms, d->session->utc_offset_min, date, sizeof date);
    door_list_time(d->session, d->group_ms, door->group, from, sizeof from);
    return mem_printf(_("Site %s, %.10s, begins at %s, %zu candidates"), door->room->site, date, from,
                      door->n);
}

static void write_row(const struct door *door, const struct roster_candidate *c, struct bytes *out)
{
    int64_t group, bench;
    roster_bench(door->room, c->seat, &group, &bench);
    bytes_printf(out, "<tr><td class=\"n\">%lld</td>", (long long)bench);
    html_element(out, "td", c->ticket);
    html_element(out, "td", c->name);
    html_element(out, "td", c->school);
    bytes_str(out, "<td class=\"sign\"></td></tr>\n");
}

static void write_door(const struct door_list *d, const struct door *door, struct bytes *out)
{
    char *title = door_title(door), *facts = door_facts(d, door);
    bytes_str(out, "<section>\n");
    html_element(out, "h1", d->session->title);
    html_element(out, "h2", title);
    html_element(out, "p", facts);
    bytes_str(out, "\n<table>\n<tr>");
    for (const char *const *head = door_heads(); *head; head++)
        html_element(out, "th", _(*head));
    bytes_str(out, "</tr>\n");
    for (size_t i = 0; i < door->n; i++)
        write_row(door, door->who[i], out);
    bytes_str(out, "</table>\n");
    html_element(out, "footer", d->office);
    bytes_str(out, "\n</section>\n");
    free(title);
    free(facts);
}

const char *const *door_heads(void)
{
    static const char *const heads[] = {N_("Bench"),  N_("Ticket no."), N_("Name"),
                                        N_("School"), N_("Signature"),  NULL};
    return heads;
}

void door_list_html(const struct door_list *d, struct bytes *out)
{
    size_t n;
    struct door *door = doors_of(d->roster, &n);
    bytes_str(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n");
    html_element(out, "title", d->session->title);
    bytes_printf(out, "\n<style>%s</style></head>\n<body>\n", style);
    for (size_t i = 0; i < n; i++)
        write_door(d, &door[i], out);
    bytes_str(out, "</body></html>\n");
    doors_free(door, n);
}
