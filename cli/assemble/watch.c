/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/assemble/watch.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/command.h"

static sigset_t interrupts(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    return set;
}

/* The first Ctrl-C is a wish, the second one is the system's. */
static void *wait_for_interrupt(void *context)
{
    struct watch *w = context;
    sigset_t set = interrupts();
    int signal;
    while (sigwait(&set, &signal) == 0 && !w->over) {
        if (w->stop) {
            pthread_sigmask(SIG_UNBLOCK, &set, NULL);
            raise(SIGINT);
        }
        w->stop = 1;
    }
    return NULL;
}

void watch_begin(struct watch *w)
{
    sigset_t set = interrupts();
    *w = (struct watch){0};
    pthread_sigmask(SIG_BLOCK, &set, &w->before);
    w->waits = pthread_create(&w->waiter, NULL, wait_for_interrupt, w) == 0;
    if (!w->waits)
        pthread_sigmask(SIG_SETMASK, &w->before, NULL);
}

void watch_end(struct watch *w)
{
    progress_end();
    if (!w->waits)
        return;
    w->over = 1;
    pthread_kill(w->waiter, SIGINT); /* wakes it */
    pthread_join(w->waiter, NULL);
    pthread_sigmask(SIG_SETMASK, &w->before, NULL);
    w->waits = false;
}

const char *watch_line(const struct work_progress *now, char *buf, size_t size)
{
    double gap = fabs(now->bound - now->incumbent) / fmax(fabs(now->incumbent), 1e-9);
    if (now->has_incumbent && now->has_bound && gap < 10)
        snprintf(buf, size, _("best %.5g, bound %.5g (%.2f %%)"), now->incumbent, now->bound, gap * 100);
    else if (now->has_incumbent && now->has_bound)
        snprintf(buf, size, _("best %.5g, bound %.5g"), now->incumbent, now->bound);
    else if (now->has_incumbent)
        snprintf(buf, size, _("best %.5g"), now->incumbent);
    else if (now->has_bound)
        snprintf(buf, size, _("no papers yet, bound %.5g"), now->bound);
    else
        snprintf(buf, size, "%s", _("no papers yet"));
    return buf;
}

void watch_progress(void *watch, const struct work_progress *now)
{
    struct watch *w = watch;
    char line[160];
    struct work_progress all = *now;
    if (now->has_bound)
        w->bound = now->bound;
    else if (now->has_incumbent && w->has_bound)
        all.bound = w->bound;
    w->has_bound = now->has_bound || (now->has_incumbent && w->has_bound);
    all.has_bound = w->has_bound;
    bool stage = !w->told_stage || strcmp(w->told_stage, now->stage) != 0;
    bool counted_anew = now->units < w->told_units; /* a part of the work */
    if (!stage && !counted_anew && now->units < w->told_units + WATCH_UNITS)
        return;
    w->told_stage = now->stage;
    w->told_units = now->units;
    char what[240];
    snprintf(what, sizeof what, "%s: %s  [%s]", gettext(now->stage), watch_line(&all, line, sizeof line),
             w->stop ? _("stopping") : _("Ctrl-C: stop and keep the best"));
    progress_line(what);
}

int watch_solve(const struct problem *p, const struct solve_options *o, struct solve_result *ret,
                struct err *e)
{
    struct watch w;
    struct solve_options watched = *o;
    watch_begin(&w);
    watched.stop = &w.stop;
    watched.progress = watch_progress;
    watched.context = &w;
    int r = solve(p, &watched, ret, e);
    watch_end(&w);
    return r;
}
