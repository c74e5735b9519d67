/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/supervisor.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "client/agent/link.h"
#include "client/agent/waiting.h"
#include "client/screens/loop.h"

enum { SEAT_FD = 3, SHORT_LIFE_MS = 2000, MAX_SHORT_LIVES = 20, TEND_S = 5 };

/* Shared with the child. */
struct shared {
    struct seat_memory memory;
    struct err error;
};

struct supervisor {
    const struct seat_options *options;
    struct shared *shared;
    struct termios terminal;
    bool has_terminal, ending;
    pid_t child;
    int64_t started_ms;
    int short_lives;
    sigset_t signals, before;
};

static int64_t mono_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

/* The agent's connection as descriptor 3; -1 while there is no agent: the seat then looks for it. */
static int connection(const char *home)
{
    struct err e = {0};
    struct link *l = NULL;
    if (link_open(&l, home, &e) < 0)
        return -1;
    int fd = dup2(link_fd(l), SEAT_FD);
    if (link_fd(l) != SEAT_FD)
        link_close(l);
    return fd;
}

static int run_seat(const struct supervisor *v)
{
    const struct rlimit none = {0, 0};
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    prctl(PR_SET_DUMPABLE, 0); /* it holds the paper and the sub-keys: no core, no debugger of the same user */
    setrlimit(RLIMIT_CORE, &none);
    struct seat_options o = *v->options;
    o.memory = &v->shared->memory;
    o.fd = connection(o.home);
    struct seat *seat = seat_new(&o);
    struct app app = seat_app(seat);
    int r = loop_terminal(&app, &v->shared->error);
    seat_free(seat);
    return -r;
}

static int start(struct supervisor *v, struct err *e)
{
    if (v->has_terminal)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &v->terminal);
    v->started_ms = mono_ms();
    v->child = fork();
    if (v->child < 0)
        return err_sys(e, NULL, _("cannot start the screen program"));
    if (v->child == 0)
        _exit(run_seat(v));
    return 0;
}

/* A seat that was killed could not give the terminal back. */
static void give_terminal_back(const struct supervisor *v)
{
    static const char reset[] = "\033[?1000l\033[?1002l\033[?1006l\033[?1049l\033[0m\033[?25h";
    if (!v->has_terminal)
        return;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &v->terminal);
    if (write(STDOUT_FILENO, reset, sizeof reset - 1) < 0)
        return;
}

/* A seat that dies at once again and again is started more slowly, and in the end no more. */
static int start_again(struct supervisor *v, struct err *e)
{
    v->short_lives = mono_ms() - v->started_ms < SHORT_LIFE_MS ? v->short_lives + 1 : 0;
    if (v->short_lives > MAX_SHORT_LIVES) {
        err_set(e, ERR_BUG, NULL, _("the screen program was killed %d times in a row"), v->short_lives);
        return err_hint(e, _("all that was saved is on the disk; start the program again"));
    }
    if (v->short_lives > 2)
        sleep(1);
    return start(v, e);
}

/* The child's end: 1 goes on with a new one, 0 done, negative its error. */
static int child_ended(struct supervisor *v, int status, struct err *e)
{
    if (WIFEXITED(status)) {
        if (WEXITSTATUS(status) == 0)
            return 0;
        *e = v->shared->error;
        return -WEXITSTATUS(status);
    }
    if (v->ending) {
        give_terminal_back(v);
        return 0;
    }
    int r = start_again(v, e);
    if (r < 0)
        give_terminal_back(v);
    return r < 0 ? r : 1;
}

static int watch(struct supervisor *v, struct err *e)
{
    int status, r = 1;
    while (r == 1) {
        int signal = sigtimedwait(&v->signals, NULL, &(struct timespec){.tv_sec = TEND_S});
        if (signal < 0 && !v->ending) { /* nothing happened */
            (void)!waiting_start(v->options->home, NULL);
            continue;
        }
        if (signal == SIGHUP || signal == SIGTERM) {
            v->ending = true;
            kill(v->child, SIGTERM);
        }
        if (waitpid(v->child, &status, WNOHANG) == v->child)
            r = child_ended(v, status, e);
    }
    return r;
}

int supervise_seat(const struct seat_options *o, struct err *e)
{
    struct supervisor v = {.options = o};
    v.shared = mmap(NULL, sizeof *v.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (v.shared == MAP_FAILED)
        return err_sys(e, NULL, _("cannot start the screen program"));
    v.has_terminal = tcgetattr(STDIN_FILENO, &v.terminal) == 0;
    sigemptyset(&v.signals);
    sigaddset(&v.signals, SIGCHLD);
    sigaddset(&v.signals, SIGHUP);
    sigaddset(&v.signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &v.signals, &v.before);
    int r = start(&v, e);
    if (r == 0)
        r = watch(&v, e);
    sigprocmask(SIG_SETMASK, &v.before, NULL);
    munmap(v.shared, sizeof *v.shared);
    return r;
}
