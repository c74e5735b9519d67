/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of the proctor's screens as calls of the agent. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/proctor-beside.h"
#include "client/screens/proctor-desk.h"

typedef int act_function(struct proctor_desk *d, const struct proctor_effect *x, struct err *e);

static int do_start(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    (void)x;
    return control_start_room(d->control, e);
}

static int do_extra(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_extra_time(d->control, x->ticket, x->minutes * 60, x->text, e);
}

static int do_pause(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_pause(d->control, x->ticket, true, x->text, e);
}

static int do_continue(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_pause(d->control, x->ticket, false, x->text, e);
}

static int do_reseat(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_reseat(d->control, x->ticket, x->station, x->text, e);
}

static int do_absent(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_presence(d->control, x->ticket, CONTROL_ABSENT, e);
}

static int do_absent_all(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    (void)x;
    return control_presence(d->control, CONTROL_ALL, CONTROL_ABSENT, e);
}

static int do_print(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    (void)x;
    return beside_print(d->p.record, e);
}

static int do_late(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_presence(d->control, x->ticket, CONTROL_LATE, e);
}

static int do_present(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_presence(d->control, x->ticket, CONTROL_PRESENT, e);
}

static int do_violation(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_breach(d->control, x->ticket, CONTROL_VIOLATION, x->article, x->text, e);
}

static int do_cheating(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_breach(d->control, x->ticket, CONTROL_CHEATING, x->article, x->text, e);
}

static int do_no_breach(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_breach(d->control, x->ticket, CONTROL_NO_BREACH, "", x->text, e);
}

static int do_incident(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_incident(d->control, x->ticket, x->text, e);
}

static int do_tell(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_tell(d->control, x->ticket, x->text, e);
}

static int do_end(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_force_end(d->control, x->ticket, x->text, e);
}

static int do_finish(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_finish(d->control, x->ticket, x->text, e);
}

static int do_admit(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_admit(d->control, x->station, true, e);
}

static int do_admit_all(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    (void)x;
    return control_admit(d->control, CONTROL_ALL, true, e);
}

static int do_refuse(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    return control_admit(d->control, x->station, false, e);
}

static int do_clear(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    (void)x;
    return control_clear(d->control, e);
}

/* ---- those with an answer to show ---- */

static int show_code(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    const char *code;
    struct arena *a = arena_new();
    int r = control_resume_code(d->control, x->ticket, x->text, a, &code, e);
    if (r == 0)
        proctor_code(&d->p, code);
    arena_free(a);
    return r;
}

static struct arena *fresh_lists(struct proctor_desk *d)
{
    arena_free(d->lists);
    d->lists = arena_new();
    d->p.check = (struct control_check){0};
    free(d->p.minute);
    d->p.minute = NULL;
    d->p.n_minutes = 0;
    return d->lists;
}

static int show_check(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    struct control_check k = {0};
    (void)x;
    int r = control_check(d->control, fresh_lists(d), &k, e);
    if (r == 0)
        proctor_checked(&d->p, &k);
    return r;
}

int perform_minutes(struct proctor_desk *d, struct err *e)
{
    struct control_minute *all = d->p.minute;
    size_t n = d->p.n_minutes, came = 1;
    int r = 0;
    while (r == 0 && came > 0) {
        struct control_minute *more = NULL;
        r = control_minutes(d->control, n > 0 ? all[n - 1].number : 0, d->lists, &more, &came, e);
        if (r < 0 || came == 0)
            break;
        all = mem_grow(all, n + came, sizeof *all);
        for (size_t i = 0; i < came; i++)
            all[n++] = more[i];
        d->p.minute = all;
        if (d->p.screen != PROCTOR_MINUTES)
            d->p.n_minutes = n;
    }
    if (r == 0 && (d->p.screen != PROCTOR_MINUTES || n > d->p.n_minutes))
        proctor_listed(&d->p, all, n);
    return r;
}

static int show_minutes(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    (void)x;
    fresh_lists(d);
    return perform_minutes(d, e);
}

static int close_room(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    struct control_closing k = {0};
    (void)x;
    int r = control_close_room(d->control, &k, e);
    if (r == 0)
        proctor_room_closed(&d->p, &k);
    return r;
}

static int show_record(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    const char *path;
    struct arena *a = arena_new();
    (void)x;
    int r = beside_record(d->home, d->p.room.session, a, &path, e);
    if (r == 0)
        proctor_recorded(&d->p, path);
    arena_free(a);
    return r;
}

/* Begun from the collection check: the check once more. */
static bool goes_on_checking(const struct proctor_desk *d, enum proctor_act_id act)
{
    return act == ACT_ABSENT_ALL && d->p.ask.from == PROCTOR_CHECK;
}

int perform(struct proctor_desk *d, const struct proctor_effect *x, struct err *e)
{
    static act_function *const plain[ACT_COUNT] = {
        [ACT_START] = do_start,
        [ACT_EXTRA] = do_extra,
        [ACT_PAUSE] = do_pause,
        [ACT_CONTINUE] = do_continue,
        [ACT_RESEAT] = do_reseat,
        [ACT_ABSENT] = do_absent,
        [ACT_LATE] = do_late,
        [ACT_PRESENT] = do_present,
        [ACT_VIOLATION] = do_violation,
        [ACT_CHEATING] = do_cheating,
        [ACT_NO_BREACH] = do_no_breach,
        [ACT_INCIDENT] = do_incident,
        [ACT_TELL] = do_tell,
        [ACT_END] = do_end,
        [ACT_FINISH] = do_finish,
        [ACT_ADMIT] = do_admit,
        [ACT_ADMIT_ALL] = do_admit_all,
        [ACT_REFUSE] = do_refuse,
        [ACT_CLEAR] = do_clear,
        [ACT_PRINT] = do_print,
        [ACT_ABSENT_ALL] = do_absent_all,
    };
    static act_function *const showing[ACT_COUNT] = {
        [ACT_CODE] = show_code,   [ACT_CHECK] = show_check,   [ACT_MINUTES] = show_minutes,
        [ACT_CLOSE] = close_room, [ACT_RECORD] = show_record,
    };
    if (showing[x->act])
        return showing[x->act](d, x, e);
    int r = plain[x->act](d, x, e);
    if (r == 0)
        proctor_done(&d->p, x->act);
    return r == 0 && goes_on_checking(d, x->act) ? show_check(d, x, e) : r;
}
