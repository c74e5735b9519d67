/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sheets/typing/run.h"

#include <stdlib.h>

#include "base/mem.h"

struct typing_run {
    struct typing t;
    struct sheet_log *log;
};

static void on_resize(void *self, int width, int height, bool function_keys)
{
    typing_resize(&((struct typing_run *)self)->t, width, height, function_keys);
}

static void on_key(void *self, struct key k)
{
    typing_key(&((struct typing_run *)self)->t, k);
}

static void on_click(void *self, struct target target)
{
    typing_click(&((struct typing_run *)self)->t, target);
}

static void on_time(void *self, const struct clock_reading *now)
{
    (void)self;
    (void)now;
}

static void on_perform(void *self, const struct clock_reading *now)
{
    struct typing_run *x = self;
    struct err e = {0};
    (void)now;
    if (!x->t.save)
        return;
    x->t.save = false;
    if (sheet_log_add(x->log, &x->t.sheet, &e) < 0)
        typing_refuse(&x->t, &e);
    else
        typing_was_saved(&x->t);
}

static void on_draw(void *self, struct grid *g)
{
    typing_draw(&((struct typing_run *)self)->t, g);
}

static bool on_done(void *self)
{
    return ((struct typing_run *)self)->t.done;
}

struct typing_run *typing_run_new(const struct sheet_list *list, struct sheet_log *log)
{
    struct typing_run *x = mem_alloc(sizeof *x);
    x->log = log;
    typing_init(&x->t, list, sheet_log_file(log));
    return x;
}

void typing_run_free(struct typing_run *x)
{
    free(x);
}

struct typing *typing_run_model(struct typing_run *x)
{
    return &x->t;
}

struct app typing_run_app(struct typing_run *x)
{
    return (struct app){.self = x,
                        .resize = on_resize,
                        .key = on_key,
                        .click = on_click,
                        .time = on_time,
                        .perform = on_perform,
                        .draw = on_draw,
                        .done = on_done};
}
