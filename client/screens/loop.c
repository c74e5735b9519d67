/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/loop.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/term.h"

enum { TICK_MS = 200, UNTIL_MS = 20000, STEP_MS = 50 };

static void tell_time(const struct app *app, struct clock_reading *now)
{
    clock_again(now);
    app->time(app->self, now);
}

static void perform(const struct app *app, struct clock_reading *now)
{
    clock_again(now);
    app->perform(app->self, now);
}

static int64_t mono_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

static int watched(const struct app *app)
{
    return app->fd ? app->fd(app->self) : -1;
}

static bool is_busy(const struct app *app)
{
    return app->busy && app->busy(app->self);
}

static void hang_up(const struct app *app, struct clock_reading *now)
{
    if (app->hangup)
        app->hangup(app->self);
    perform(app, now);
}

/* ---- on a terminal ---- */

struct stage {
    const struct app *app;
    struct term *term;
    struct grid grid, shown; /* shown: what the terminal has */
    struct clock_reading now;
    int signals;
    bool over;
};

static void fit(struct stage *s)
{
    int width, height;
    term_size(s->term, &width, &height);
    grid_release(&s->grid);
    grid_release(&s->shown);
    grid_init(&s->grid, width, height);
    s->app->resize(s->app->self, width, height, term_has_function_keys(s->term));
}

static void show(struct stage *s)
{
    s->app->draw(s->app->self, &s->grid);
    if (grid_equal(&s->grid, &s->shown))
        return;
    term_show(s->term, &s->grid);
    if (!s->shown.cell)
        grid_init(&s->shown, s->grid.width, s->grid.height);
    grid_copy(&s->shown, &s->grid);
}

struct input {
    enum term_input what;
    struct key key;
    int x, y;
};

static struct input next_input(struct stage *s)
{
    struct input in = {0};
    in.what = term_read(s->term, &in.key, &in.x, &in.y);
    return in;
}

static void take(struct stage *s, const struct input *in)
{
    if (in->what == TERM_RESIZE)
        fit(s);
    if (in->what == TERM_KEY && in->key.code != K_NONE)
        s->app->key(s->app->self, in->key);
    if (in->what == TERM_CLICK)
        s->app->click(s->app->self, grid_target_at(&s->grid, in->x, in->y));
}

/* All input that is there. A change is shown before it is carried out, but of keys that came at once only the
 * last. */
static void take_input(struct stage *s)
{
    for (struct input in = next_input(s), next; in.what != TERM_NOTHING; in = next) {
        if (in.what == TERM_GONE) {
            s->over = true;
            return;
        }
        next = next_input(s);
        in.key.more = in.what == TERM_KEY && next.what == TERM_KEY && next.key.code != K_NONE;
        take(s, &in);
        if (!in.key.more)
            show(s);
        perform(s->app, &s->now);
        if (s->app->done(s->app->self))
            return;
        if (!in.key.more)
            show(s);
    }
}

static void wait_for_news(struct stage *s)
{
    struct pollfd p[3] = {{.fd = STDIN_FILENO, .events = POLLIN},
                          {.fd = s->signals, .events = POLLIN},
                          {.fd = watched(s->app), .events = POLLIN}};
    if (poll(p, 3, is_busy(s->app) ? 0 : TICK_MS) > 0 && (p[1].revents & POLLIN))
        s->over = true;
}

int loop_terminal(const struct app *app, struct err *e)
{
    struct stage s = {.app = app, .signals = -1};
    sigset_t ends;
    clock_read(&s.now);
    sigemptyset(&ends);
    sigaddset(&ends, SIGHUP);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    s.signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    int r = s.signals < 0 ? err_sys(e, NULL, _("cannot watch for signals")) : term_open(&s.term, e);
    if (r < 0)
        goto done;
    fit(&s);
    while (!s.over && !app->done(app->self)) {
        tell_time(app, &s.now);
        perform(app, &s.now);
        show(&s);
        wait_for_news(&s);
        take_input(&s);
    }
    hang_up(app, &s.now);
done:
    term_close(s.term);
    grid_release(&s.grid);
    grid_release(&s.shown);
    if (s.signals >= 0)
        close(s.signals);
    return r;
}

/* ---- from a script ---- */

struct player {
    const struct app *app;
    const struct script *script;
    struct grid grid;
    struct clock_reading now;
    FILE *dump;
};

static void set_size(struct player *p, int width, int height)
{
    grid_release(&p->grid);
    grid_init(&p->grid, width, height);
    p->app->resize(p->app->self, width, height, true);
}

static void settle(struct player *p)
{
    do {
        tell_time(p->app, &p->now);
        perform(p->app, &p->now);
        p->app->draw(p->app->self, &p->grid);
    } while (is_busy(p->app));
}

static void press(struct player *p, struct key k)
{
    p->app->key(p->app->self, k);
    settle(p);
}

static void type(struct player *p, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end)
        press(p, key_char(utf8_next(&text, end)));
}

static void pass_time(struct player *p, int64_t ms)
{
    struct pollfd fd = {.fd = watched(p->app), .events = POLLIN};
    poll(&fd, 1, (int)ms);
    settle(p);
}

static void wait_ms(struct player *p, int64_t ms)
{
    int64_t end = mono_ms() + ms;
    for (int64_t left = ms; left > 0; left = end - mono_ms())
        pass_time(p, left < STEP_MS ? left : STEP_MS);
    settle(p);
}

static bool holds(struct player *p, const char *text)
{
    struct bytes screen = {0};
    p->app->draw(p->app->self, &p->grid);
    grid_dump(&p->grid, &screen);
    bool found = strstr((const char *)screen.p, text) != NULL;
    bytes_release(&screen);
    return found;
}

static void wait_until(struct player *p, const char *text)
{
    int64_t end = mono_ms() + UNTIL_MS;
    settle(p);
    while (!holds(p, text) && mono_ms() < end && !p->app->done(p->app->self))
        pass_time(p, STEP_MS);
}

static void dump(struct player *p, const char *name)
{
    struct bytes screen = {0};
    p->app->draw(p->app->self, &p->grid);
    grid_dump(&p->grid, &screen);
    if (p->dump)
        fprintf(p->dump, "== %s %dx%d ==\n%s\n", name, p->grid.width, p->grid.height, (const char *)screen.p);
    bytes_release(&screen);
}

static int play(struct player *p, const struct script_step *s, struct err *e)
{
    switch (s->verb) {
    case SCRIPT_KEY:
        for (int i = 0; i < s->times && !p->app->done(p->app->self); i++)
            press(p, s->key);
        return 0;
    case SCRIPT_TEXT:
        type(p, s->text);
        return 0;
    case SCRIPT_WAIT:
        wait_ms(p, s->ms);
        return 0;
    case SCRIPT_DUMP:
        dump(p, s->text);
        return 0;
    case SCRIPT_SIZE:
        set_size(p, s->width, s->height);
        return 0;
    case SCRIPT_UNTIL:
        wait_until(p, s->text);
        break;
    case SCRIPT_EXPECT:
        break;
    }
    if (holds(p, s->text))
        return 0;
    dump(p, "unexpected");
    char where[200];
    snprintf(where, sizeof where, "%.150s:%u", p->script->name, s->line);
    return err_set(e, ERR_NO, where, _("the screen does not show \"%s\""), s->text);
}

int loop_script(const struct app *app, const struct script *script, FILE *out, struct err *e)
{
    struct player p = {.app = app, .script = script, .dump = out};
    int r = 0;
    clock_read(&p.now);
    set_size(&p, 80, 24);
    settle(&p);
    for (size_t i = 0; i < script->n && r == 0 && !app->done(app->self); i++)
        r = play(&p, &script->step[i], e);
    if (r == 0)
        dump(&p, "end");
    hang_up(app, &p.now);
    grid_release(&p.grid);
    return r;
}
