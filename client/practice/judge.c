/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/judge.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/program-path.h"

#define PROGRAM "kaochang-score"

/* Descriptors of the process: what it reads item and responses from. */
enum { ITEM_FD = 3, RESPONSES_FD = 4, COMPLAINT_MAX = 2000 };

struct judge {
    char *program; /* NULL: not found */
};

struct judge *judge_new(void)
{
    struct judge *j = mem_alloc(sizeof *j);
    j->program = program_path(PROGRAM);
    return j;
}

void judge_free(struct judge *j)
{
    if (!j)
        return;
    free(j->program);
    free(j);
}

bool judge_there(const struct judge *j)
{
    return j->program != NULL;
}

/* ---- what goes in ---- */

static int memory_of(const char *name, struct span data, int *ret_fd, struct err *e)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    size_t done = 0;
    while (fd >= 0 && done < data.n) {
        ssize_t n = write(fd, data.p + done, data.n - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    *ret_fd = fd;
    return fd >= 0 && done == data.n ? 0 : err_sys(e, NULL, _("there is no memory for the check"));
}

static char *responses_text(const struct response_set *set)
{
    json_t *all = json_object();
    for (size_t i = 0; i < set->n; i++) {
        json_t *list = json_array();
        for (size_t k = 0; k < set->response[i].n; k++)
            json_array_append_new(list, json_string(set->response[i].value[k]));
        json_object_set_new(all, set->response[i].identifier, list);
    }
    char *text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    return text;
}

/* ---- the process ---- */

struct run {
    pid_t pid;
    int out[2], complaint[2], item, responses; /* descriptors; -1: none */
    struct bytes said, complained;
};

static void close_all(int *fd, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (fd[i] >= 0)
            close(fd[i]);
        fd[i] = -1;
    }
}

/* Moves the four descriptors out of the way first, so that none is overwritten before it is placed. */
static void become(const struct judge *j, const struct run *r, const char *seed)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int from[] = {null, r->out[1], r->complaint[1], r->item, r->responses};
    for (int i = 0; i < 5; i++)
        from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, 10);
    for (int i = 0; i < 5; i++)
        if (from[i] < 0 || dup2(from[i], i) < 0)
            _exit(127);
    execl(j->program, PROGRAM, "item", "/dev/fd/3", "--responses", "/dev/fd/4", "--feedback", "--seed", seed,
          (char *)NULL);
    _exit(127);
}

static int start(const struct judge *j, struct run *r, const char *seed, struct err *e)
{
    if (pipe2(r->out, O_CLOEXEC) < 0 || pipe2(r->complaint, O_CLOEXEC) < 0)
        return err_sys(e, j->program, _("cannot be started"));
    r->pid = fork();
    if (r->pid < 0)
        return err_sys(e, j->program, _("cannot be started"));
    if (r->pid == 0)
        become(j, r, seed);
    close_all(&r->out[1], 1);
    close_all(&r->complaint[1], 1);
    return 0;
}

/* Reads what is there; closes at the end, and when it is more than `most`. */
static void drain(int *fd, struct bytes *into, size_t most)
{
    char part[4096];
    ssize_t n = read(*fd, part, sizeof part);
    if (n > 0)
        bytes_add(into, part, (size_t)n);
    if (n <= 0 || into->n > most)
        close_all(fd, 1);
}

static int64_t mono_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

/* Until both pipes are closed and the process has ended; false when the time is over. */
static bool listen_to(struct run *r, int limit_ms)
{
    int64_t end = mono_ms() + limit_ms;
    int process = pidfd_open(r->pid, 0);
    bool ended = process < 0;
    while (r->out[0] >= 0 || r->complaint[0] >= 0 || !ended) {
        struct pollfd p[3] = {{.fd = r->out[0], .events = POLLIN},
                              {.fd = r->complaint[0], .events = POLLIN},
                              {.fd = ended ? -1 : process, .events = POLLIN}};
        int64_t left = end - mono_ms();
        if (left <= 0 || poll(p, 3, (int)left) == 0)
            break;
        if (p[0].revents)
            drain(&r->out[0], &r->said, VERDICT_MAX_BYTES);
        if (p[1].revents)
            drain(&r->complaint[0], &r->complained, COMPLAINT_MAX);
        ended = ended || p[2].revents;
    }
    if (process >= 0)
        close(process);
    return ended && r->out[0] < 0 && r->complaint[0] < 0;
}

static int refused(struct run *r, struct err *e)
{
    char text[300];
    size_t n = 0;
    for (; n < r->complained.n && n + 1 < sizeof text && r->complained.p[n] != '\n'; n++)
        text[n] = (char)(r->complained.p[n] < ' ' ? ' ' : r->complained.p[n]);
    text[n] = '\0';
    return err_set(e, ERR_DATA, NULL, n ? "%s" : _("kaochang-score refuses this item%s"), text);
}

static int ending(struct run *r, int limit_ms, struct err *e)
{
    bool in_time = listen_to(r, limit_ms);
    int status = 0;
    if (!in_time)
        kill(r->pid, SIGKILL);
    while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!in_time)
        return err_set(e, ERR_ENV, PROGRAM, _("it took longer than %d seconds and was stopped"),
                       (limit_ms + 999) / 1000);
    if (WIFSIGNALED(status))
        return err_set(e, ERR_ENV, PROGRAM, _("it was killed"));
    if (WEXITSTATUS(status) == 127)
        return err_set(e, ERR_ENV, PROGRAM, _("cannot be started"));
    return WEXITSTATUS(status) == 0 ? 0 : refused(r, e);
}

int judge_ask(const struct judge *j, const struct judge_question *q, struct arena *a, struct verdict *ret,
              struct err *e)
{
    if (!j->program)
        return err_set(e, ERR_ENV, NULL,
                       _("there is no kaochang-score on this machine, so nothing is checked"));
    struct run r = {.pid = -1, .out = {-1, -1}, .complaint = {-1, -1}, .item = -1, .responses = -1};
    char *text = responses_text(q->responses);
    int result = memory_of("item", q->item, &r.item, e);
    if (result == 0)
        result =
            memory_of("responses", span_of(text ? text : "{}", text ? strlen(text) : 2), &r.responses, e);
    if (result == 0)
        result = start(j, &r, q->seed, e);
    if (result == 0)
        result = ending(&r, q->limit_ms ? q->limit_ms : JUDGE_LIMIT_MS, e);
    if (result == 0)
        result = verdict_read(ret, a, bytes_span(&r.said), e);
    int fds[] = {r.out[0], r.out[1], r.complaint[0], r.complaint[1], r.item, r.responses};
    close_all(fds, sizeof fds / sizeof *fds);
    bytes_release(&r.said);
    bytes_release(&r.complained);
    free(text);
    return result;
}
