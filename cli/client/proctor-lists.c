/* SPDX-License-Identifier: Apache-2.0 */
/* --check, --minutes-list, --close: what the room says of itself at its end. */
#include <jansson.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/client/proctor.h"

static void dump(json_t *all)
{
    json_dumpf(all, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(all);
}

/* ---- --check ---- */

static void print_check_json(const struct control_check *k)
{
    json_t *list = json_array();
    for (size_t i = 0; i < k->n; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b, s:s}", "ticket", k->line[i].ticket,
                                              "seat", k->line[i].seat, "name", k->line[i].name, "fine",
                                              k->line[i].fine, "what", k->line[i].what));
    dump(json_pack("{s:I, s:I, s:I, s:I, s:I, s:o}", "registered", (json_int_t)k->registered, "sat",
                   (json_int_t)k->sat, "absent", (json_int_t)k->absent, "complete", (json_int_t)k->complete,
                   "missing", (json_int_t)k->missing, "candidates", list));
}

static void print_check_text(const struct control_check *k)
{
    printf(k->lab ? ngettext("%lld rater on the list, %lld came, %lld absent: %lld complete, %lld missing\n",
                             "%lld raters on the list, %lld came, %lld absent: %lld complete, %lld missing\n",
                             (unsigned long)k->registered)
                  : _("%lld on the list, %lld sat, %lld absent: %lld complete, %lld missing\n"),
           (long long)k->registered, (long long)k->sat, (long long)k->absent, (long long)k->complete,
           (long long)k->missing);
    for (size_t i = 0; i < k->n; i++) {
        proctor_print_padded(k->line[i].fine ? "==" : "!!", 4);
        proctor_print_padded(k->line[i].seat, 8);
        proctor_print_padded(k->line[i].ticket, 16);
        proctor_print_padded(k->line[i].name, 14);
        printf("%s\n", k->line[i].what);
    }
}

/* Also those who did not begin and are not marked absent. */
static int64_t open_lines(const struct control_check *k)
{
    int64_t n = 0;
    for (size_t i = 0; i < k->n; i++)
        n += !k->line[i].fine;
    return n;
}

int proctor_show_check(const struct args *a, struct control *c, struct err *e)
{
    struct arena *arena = arena_new();
    struct control_check k = {0};
    int r = control_check(c, arena, &k, e);
    if (r == 0 && args_json(a))
        print_check_json(&k);
    else if (r == 0)
        print_check_text(&k);
    if (r == 0 && open_lines(&k) > 0)
        r = args_json(a)
                ? err_set(e, ERR_NO, NULL, "%s", "")
                : err_set(e, ERR_NO, NULL, _("the collection is not complete: see the %lld lines with !!"),
                          (long long)open_lines(&k));
    arena_free(arena);
    return r;
}

/* ---- --minutes-list ---- */

static void print_minute_json(const struct control_minute *m)
{
    dump(json_pack("{s:I, s:I, s:s, s:s, s:s, s:s}", "number", (json_int_t)m->number, "wallMs",
                   (json_int_t)m->wall_ms, "kind", m->kind, "ticket", m->ticket, "station", m->station,
                   "text", m->text));
}

static void print_minute(const struct control_minute *m)
{
    char time[32];
    printf("%5lld  %s  ", (long long)m->number, time_text(m->wall_ms, 0, time, sizeof time));
    proctor_print_padded(m->kind, 18);
    proctor_print_padded(m->ticket, 16);
    proctor_print_padded(m->station, 8);
    printf("%s\n", m->text);
}

int proctor_show_minutes(const struct args *a, struct control *c, struct err *e)
{
    struct arena *arena = arena_new();
    int64_t last = 0;
    int r = 0;
    for (size_t n = 1; r == 0 && n > 0;) {
        struct control_minute *m = NULL;
        arena_reset(arena);
        r = control_minutes(c, last, arena, &m, &n, e);
        for (size_t i = 0; r == 0 && i < n; i++) {
            args_json(a) ? print_minute_json(&m[i]) : print_minute(&m[i]);
            last = m[i].number;
        }
    }
    arena_free(arena);
    return r;
}

/* ---- --close ---- */

static void print_closing(const struct control_closing *k)
{
    printf(k->lab
               ? ngettext(
                     "The room is closed: %lld rater on the list, %lld came, %lld absent, %lld ended by the "
                     "closing.\nRecord of closing: %s\n",
                     "The room is closed: %lld raters on the list, %lld came, %lld absent, %lld ended by the "
                     "closing.\nRecord of closing: %s\n",
                     (unsigned long)k->registered)
               : _("The room is closed: %lld on the list, %lld sat, %lld absent, %lld ended by the closing.\n"
                   "Record of closing: %s\n"),
           (long long)k->registered, (long long)k->sat, (long long)k->absent, (long long)k->forced, k->path);
    if (k->stranded)
        printf(
            _("%lld had begun at machines that did not answer; their work can still be collected from there.\n"),
            (long long)k->stranded);
    if (k->number[0])
        printf(_("Closing number, to be read to the exam office where nothing can be sent: %s\n"), k->number);
}

int proctor_close(const struct args *a, struct control *c, struct err *e)
{
    struct control_closing k = {0};
    int r = control_close_room(c, &k, e);
    if (r < 0)
        return r;
    if (args_json(a))
        dump(json_pack("{s:I, s:I, s:I, s:I, s:I, s:s, s:s}", "registered", (json_int_t)k.registered, "sat",
                       (json_int_t)k.sat, "absent", (json_int_t)k.absent, "forced", (json_int_t)k.forced,
                       "stranded", (json_int_t)k.stranded, "path", k.path, "number", k.number));
    else
        print_closing(&k);
    return 0;
}
