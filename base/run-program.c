/* SPDX-License-Identifier: Apache-2.0 */
#include "base/run-program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

enum { MAX_INPUT = 4096, MAX_COMPLAINT = 2048, LOOK_MS = 10 };

extern char **environ;

struct running {
    pid_t pid;
    int input[2], complaint; /* -1: none */
};

static int open_ends(struct running *r, const char *input, struct err *e)
{
    size_t n = input ? strlen(input) : 0;
    if (n > MAX_INPUT)
        return err_set(e, ERR_BUG, NULL, "%zu bytes of input for a program", n);
    if (pipe2(r->input, O_CLOEXEC) < 0)
        return err_sys(e, NULL, _("cannot start another program"));
    if (write(r->input[1], input ? input : "", n) != (ssize_t)n)
        return err_sys(e, NULL, _("cannot start another program"));
    close(r->input[1]);
    r->input[1] = -1;
    r->complaint = memfd_create("complaint", MFD_CLOEXEC);
    return r->complaint < 0 ? err_sys(e, NULL, _("cannot start another program")) : 0;
}

static int start(struct running *r, const char *path, char *const argv[], struct err *e)
{
    posix_spawn_file_actions_t to;
    posix_spawnattr_t how;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&to);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_adddup2(&to, r->input[0], 0);
    posix_spawn_file_actions_addopen(&to, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&to, r->complaint, 2);
    errno = posix_spawn(&r->pid, path, &to, &how, argv, environ);
    int result = errno ? err_sys(e, path, _("cannot start it")) : 0;
    posix_spawn_file_actions_destroy(&to);
    posix_spawnattr_destroy(&how);
    return result;
}

static int64_t mono_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int wait_for(struct running *r, const char *path, int64_t wait_ms, int *ret_status, struct err *e)
{
    const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000};
    int64_t until = mono_ms() + wait_ms;
    for (;;) {
        pid_t ended = waitpid(r->pid, ret_status, wait_ms ? WNOHANG : 0);
        if (ended == r->pid)
            return 0;
        if (ended < 0 && errno != EINTR)
            return err_sys(e, path, _("cannot wait for it"));
        if (wait_ms && mono_ms() >= until)
            break;
        nanosleep(&pause, NULL);
    }
    kill(r->pid, SIGKILL);
    waitpid(r->pid, ret_status, 0);
    return err_set(e, ERR_ENV, path, _("it did not end within %lld seconds"), (long long)(wait_ms / 1000));
}

/* Up to the line feed, which becomes an end. */
static char *next_line(char **rest)
{
    char *line = *rest, *feed = line ? strchr(line, '\n') : NULL;
    *rest = feed ? feed + 1 : NULL;
    if (feed)
        *feed = '\0';
    return line;
}

static int complain(const struct running *r, const char *path, int status, struct err *e)
{
    char text[MAX_COMPLAINT + 1] = "", *rest = text;
    ssize_t n = pread(r->complaint, text, MAX_COMPLAINT, 0);
    text[n > 0 ? n : 0] = '\0';
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    const char *what = next_line(&rest), *hint = next_line(&rest);
    if (!*what)
        return err_set(e, ERR_ENV, path,
                       WIFSIGNALED(status) ? _("it was ended by signal %d") : _("it ended with status %d"),
                       WIFSIGNALED(status) ? WTERMSIG(status) : code);
    err_set(e, code >= ERR_NO && code <= ERR_BUG ? (enum err_kind)code : ERR_ENV, NULL, "%s", what);
    return hint && *hint == ' ' ? err_hint(e, "%s", hint + strspn(hint, " ")) : -(int)e->kind;
}

int run_program(const char *path, char *const argv[], const char *input, int64_t wait_ms, struct err *e)
{
    struct running run = {.input = {-1, -1}, .complaint = -1};
    struct err own = {0};
    int status = 0, r = open_ends(&run, input, &own);
    if (r == 0)
        r = start(&run, path, argv, &own);
    if (r == 0)
        r = wait_for(&run, path, wait_ms, &status, &own);
    if (r == 0 && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        r = complain(&run, path, status, &own);
    const int open[] = {run.input[0], run.input[1], run.complaint};
    for (int i = 0; i < 3; i++)
        if (open[i] >= 0)
            close(open[i]);
    if (e)
        *e = own;
    return r;
}
