/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/office/commands.h"
#include "office/session.h"

static void print_text(const struct office_session *s)
{
    char start[40], end[40];
    printf("%-16s %s  %s  %6lld  %s (%s)\n", s->id, time_text(s->start_ms, s->utc_offset_min, start, sizeof start),
           time_text(s->end_ms, s->utc_offset_min, end, sizeof end), (long long)s->candidates, s->title, s->exam);
}

static void print_json(const struct office_session *all, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        const struct office_session *s = &all[i];
        char start[40], end[40], last[40];
        json_array_append_new(
            list, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:I}", "id", s->id, "title", s->title, "exam", s->exam, "start",
                            time_text(s->start_ms, s->utc_offset_min, start, sizeof start), "end",
                            time_text(s->end_ms, s->utc_offset_min, end, sizeof end), "lastEnd",
                            time_text(s->last_end_ms, s->utc_offset_min, last, sizeof last), "candidates",
                            (json_int_t)s->candidates));
    }
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static int run(const struct args *a, struct err *e)
{
    struct office *o = NULL;
    int r = office_open(&o, args_home(a), e);
    if (r < 0)
        return r;
    struct arena *arena = arena_new();
    struct office_session *all = NULL;
    size_t n = 0;
    r = office_session_list(o, arena, &all, &n, e);
    if (r == 0 && args_json(a))
        print_json(all, n);
    else if (r == 0)
        for (size_t i = 0; i < n; i++)
            print_text(&all[i]);
    arena_free(arena);
    office_close(o);
    return r;
}

const struct command cmd_session_list = {
    .name = "session list", .args = "",
    .summary = N_("List the sessions with their windows and candidates"),
    .example = "kaochang session list -C office",
    .run = run,
};
