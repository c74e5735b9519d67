/* SPDX-License-Identifier: Apache-2.0 */
/* pty-type [--timeout SECONDS] {--expect TEXT --send LINE}… -- PROGRAM ARGUMENT…
 *
 * Runs a program on a terminal of its own and types each LINE with a return key when its TEXT has appeared
 * after the one before. What the program prints goes to standard output. Exit status: the program's; 124 when
 * time runs out, 125 when the program ended before all was typed, 126 when it could not be run. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/clock.h"

enum { STEPS_MAX = 64, TIME_OVER = 124, NOT_TYPED = 125, NOT_RUN = 126, USAGE = 2 };

struct step {
    const char *expect, *send;
};

struct typist {
    struct step step[STEPS_MAX];
    int n, at;
    int64_t seconds;
    char **command;
};

static int usage(void)
{
    fputs("usage: pty-type [--timeout SECONDS] {--expect TEXT --send LINE}... -- PROGRAM ARGUMENT...\n",
          stderr);
    return USAGE;
}

static bool parse(struct typist *t, int argc, char **argv)
{
    int i = 1;
    for (; i + 1 < argc && strcmp(argv[i], "--") != 0; i += 2) {
        if (strcmp(argv[i], "--timeout") == 0)
            t->seconds = strtol(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--expect") == 0 && t->n < STEPS_MAX)
            t->step[t->n].expect = argv[i + 1];
        else if (strcmp(argv[i], "--send") == 0 && t->n < STEPS_MAX && t->step[t->n].expect)
            t->step[t->n++].send = argv[i + 1];
        else
            return false;
    }
    if (i + 1 >= argc || strcmp(argv[i], "--") != 0 || t->seconds <= 0)
        return false;
    t->command = argv + i + 1;
    return true;
}

static bool type_line(int fd, const char *line)
{
    struct bytes keys = {0};
    bytes_printf(&keys, "%s\r", line);
    bool sent = write(fd, keys.p, keys.n) == (ssize_t)keys.n;
    bytes_release(&keys);
    return sent;
}

/* Types whatever is due now that `seen` has grown. */
static void type_due(struct typist *t, int fd, struct bytes *seen)
{
    while (t->at < t->n) {
        const char *expect = t->step[t->at].expect;
        const uint8_t *found = memmem(seen->p, seen->n, expect, strlen(expect));
        if (!found || !type_line(fd, t->step[t->at].send))
            return;
        size_t used = (size_t)(found - seen->p) + strlen(expect);
        memmove(seen->p, seen->p + used, seen->n - used);
        seen->n -= used;
        t->at++;
    }
}

static int64_t now_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

/* Passes output on until the program closes its terminal. False when the time is over. */
static bool converse(struct typist *t, int fd)
{
    struct bytes seen = {0};
    int64_t end = now_ms() + t->seconds * 1000;
    bool in_time = true;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int64_t left = end - now_ms();
        in_time = left > 0 && poll(&p, 1, (int)left) > 0;
        if (!in_time)
            break;
        char chunk[4096];
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        fwrite(chunk, 1, (size_t)n, stdout);
        bytes_add(&seen, chunk, (size_t)n);
        type_due(t, fd, &seen);
    }
    bytes_release(&seen);
    return in_time;
}

int main(int argc, char **argv)
{
    struct typist t = {.seconds = 60};
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    int fd = -1, status = 0;
    if (!parse(&t, argc, argv))
        return usage();
    pid_t child = forkpty(&fd, NULL, NULL, &size);
    if (child < 0) {
        perror("pty-type");
        return NOT_RUN;
    }
    if (child == 0) {
        execvp(t.command[0], t.command);
        perror(t.command[0]);
        _exit(NOT_RUN);
    }
    bool in_time = converse(&t, fd);
    if (!in_time)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (!in_time)
        return TIME_OVER;
    if (t.at < t.n)
        return NOT_TYPED;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
