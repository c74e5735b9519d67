/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/room.h"
#include "client/agent/serve.h"
#include "client/agent/wire.h"

struct ready { /* what the agent says to who started it */
    pid_t pid;
    struct err e;
};

/* Nobody but root reads this process: no core, no debugger of the same user. */
static void harden(void)
{
    const struct rlimit none = {0, 0};
    prctl(PR_SET_DUMPABLE, 0);
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk */
    umask(077);
}

static int open_signals(void)
{
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigaddset(&end, SIGINT);
    sigaddset(&end, SIGHUP);
    sigprocmask(SIG_BLOCK, &end, NULL);
    return signalfd(-1, &end, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* One that has closed its room still signs off: then its socket is gone, or goes at once. */
static bool is_ending(const char *home, int waited_ms)
{
    enum { AT_ONCE_MS = 1000, SIGNING_OFF_MS = 20000 };
    char *path = path_join(home, "run/agent.sock");
    bool ending = waited_ms < AT_ONCE_MS || (waited_ms < SIGNING_OFF_MS && !file_exists(path));
    free(path);
    return ending;
}

static bool lock_soon(const char *home, int fd)
{
    enum { STEP_MS = 50 };
    for (int waited_ms = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited_ms += STEP_MS) {
        if (errno != EWOULDBLOCK || !is_ending(home, waited_ms))
            return false;
        poll(NULL, 0, STEP_MS);
    }
    return true;
}

int agent_lock(const char *home, int *ret_fd, struct err *e)
{
    char *run = path_join(home, "run"), *path = path_join(run, "agent.lock");
    int r = file_mkdirs(run, true, e);
    int fd = r < 0 ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (r == 0 && fd < 0)
        r = err_sys(e, path, _("cannot open it"));
    if (r == 0 && !lock_soon(home, fd)) {
        r = err_set(e, ERR_NO, home, _("a session is open on this station already"));
        err_hint(e, _("close that room first"));
        close(fd);
    }
    if (r == 0)
        *ret_fd = fd;
    free(path);
    free(run);
    return r;
}

static void say_ready(int fd, const struct err *e)
{
    const struct ready ready = {.pid = getpid(), .e = *e};
    if (fd < 0)
        return;
    if (write(fd, &ready, sizeof ready) < 0)
        return; /* who started us is gone; the room is open all the same */
    close(fd);
}

static void remove_socket(const char *home)
{
    char *path = path_join(home, "run/agent.sock");
    unlink(path);
    free(path);
}

/* Opens the room and its socket; what was taken is given back when that fails, so that the next try finds it
 * free. */
static int open_all(const struct agent_start *s, struct room **ret, struct serve_extra *ret_extra,
                    int *ret_listener, int *ret_lock, struct err *e)
{
    struct clock_reading now;
    struct room *room = NULL;
    clock_read(&now);
    int r = agent_lock(s->home, ret_lock, e);
    if (r < 0)
        return r;
    r = room_new(&room, s, &now, e);
    if (r == 0 && s->part)
        r = s->part->begin(s->part->context, room, ret_extra, e);
    if (r == 0 && !s->waiting)
        r = room_unlock_code(room, s->code, e);
    if (r == 0)
        r = wire_listen(room->home, ret_listener, e);
    if (r < 0) {
        if (s->part && room)
            s->part->end(s->part->context);
        room_free(room);
        close(*ret_lock);
        return r;
    }
    *ret = room;
    return 0;
}

/* The socket in HOME is this agent's: its lock is the file that lies there. */
static bool is_here(const char *home, int lock)
{
    struct stat own, there;
    char *path = mem_printf("%s/run/agent.lock", home);
    bool here = fstat(lock, &own) == 0 && stat(path, &there) == 0 && own.st_ino == there.st_ino &&
                own.st_dev == there.st_dev;
    free(path);
    return here;
}

static int run(const struct agent_start *s, int ready_fd, struct err *e)
{
    struct room *room = NULL;
    struct serve_extra extra = {.fd = -1};
    int lock = -1, listener = -1;
    harden();
    int signals = open_signals();
    int r = open_all(s, &room, &extra, &listener, &lock, e);
    say_ready(ready_fd, e);
    if (r == 0) {
        extra.lock = lock;
        serve(room, listener, signals, &extra);
        if (is_here(room->home, lock))
            remove_socket(room->home);
        close(listener);
        if (s->part)
            s->part->end(s->part->context);
    }
    room_free(room);
    if (r == 0) /* the next agent finds the minutes let go of */
        close(lock);
    close(signals);
    return r;
}

int agent_run(const struct agent_start *s, int ready_fd)
{
    struct err e = {0};
    return run(s, ready_fd, &e);
}

int agent_run_here(const struct agent_start *s, struct err *e)
{
    return run(s, -1, e);
}

/* Nothing of the starter's stays open: a pipe or a terminal that the agent held would never end. Returns the
 * new ready_fd. */
static int to_nowhere(int ready_fd)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < 3; fd++)
        dup2(null, fd);
    dup3(ready_fd == 3 ? dup(ready_fd) : ready_fd, 3, O_CLOEXEC);
    close_range(4, ~0U, 0);
    return 3;
}

/* Twice forked, so that nobody has to wait for it. */
static _Noreturn void become_agent(const struct agent_start *s, int ready_fd)
{
    setsid();
    if (fork() != 0)
        _exit(0);
    _exit(-agent_run(s, to_nowhere(ready_fd)));
}

static int wait_until_ready(int fd, pid_t *ret_pid, struct err *e)
{
    struct ready ready = {0};
    ssize_t n;
    while ((n = read(fd, &ready, sizeof ready)) < 0 && errno == EINTR)
        continue;
    if (n != (ssize_t)sizeof ready)
        return err_set(e, ERR_BUG, NULL, _("the agent ended without a word"));
    if (ready.e.kind != ERR_NONE) {
        if (e)
            *e = ready.e;
        return -(int)ready.e.kind;
    }
    if (ret_pid)
        *ret_pid = ready.pid;
    return 0;
}

int agent_start(const struct agent_start *s, pid_t *ret_pid, struct err *e)
{
    int line[2];
    if (pipe2(line, O_CLOEXEC) < 0)
        return err_sys(e, NULL, _("cannot start the agent"));
    pid_t child = fork();
    if (child == 0) {
        close(line[0]);
        become_agent(s, line[1]);
    }
    close(line[1]);
    int r = child < 0 ? err_sys(e, NULL, _("cannot start the agent")) : wait_until_ready(line[0], ret_pid, e);
    close(line[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    return r;
}
