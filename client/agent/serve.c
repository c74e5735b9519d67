/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/serve.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "client/agent/line.h"

enum { SIGNAL, LISTEN, EXTRA, FIRST_LINE, MAX_LINES = 1024, LOOK_MS = 5000 };

struct server {
    struct room *room;
    struct line *line[MAX_LINES];
    size_t n;
};

/* Only programs of the same user are let in. */
static bool is_ours(int fd)
{
    struct ucred peer = {0};
    socklen_t n = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 && peer.uid == geteuid();
}

static void accept_line(struct server *s, int listen_fd)
{
    int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    if (s->n == MAX_LINES || !is_ours(fd)) {
        close(fd);
        return;
    }
    struct line *l = mem_alloc(sizeof *l);
    wire_init(&l->wire, fd);
    s->line[s->n++] = l;
}

static void end_line(struct server *s, size_t i)
{
    struct line *l = s->line[i];
    line_leave(s->room, l);
    wire_release(&l->wire);
    free(l);
    s->line[i] = s->line[--s->n];
}

static void send_reply(struct line *l, struct bytes *out, int passed_fd)
{
    if (out->n && wire_send(l->wire.fd, bytes_span(out), passed_fd, NULL) < 0)
        l->wire.gone = true;
    bytes_release(out);
}

static void answer(struct server *s, struct line *l, enum message_type type, struct span body)
{
    struct bytes out = {0};
    int passed_fd = -1;
    line_handle(s->room, l, type, body, &out, &passed_fd);
    send_reply(l, &out, passed_fd);
}

/* Requests that have come whole; none while one is to be answered later. */
static void answer_all(struct server *s, struct line *l)
{
    enum message_type type;
    struct span body;
    size_t size = 0;
    int r = 0;
    while (!l->waiting && !l->wire.gone &&
           (r = message_next(bytes_span(&l->wire.in), MESSAGE_MAX_REQUEST, &type, &body, &size, NULL)) == 1) {
        answer(s, l, type, body);
        wire_drop(&l->wire, size);
    }
    if (r < 0)
        l->wire.gone = true;
}

static void read_line(struct server *s, struct line *l)
{
    wire_receive(&l->wire);
    if (l->wire.passed_fd >= 0) { /* nobody hands us files */
        close(l->wire.passed_fd);
        l->wire.passed_fd = -1;
    }
    if (l->waiting && l->wire.in.n > MESSAGE_MAX_REQUEST)
        l->wire.gone = true;
    answer_all(s, l);
}

static void resume_line(struct server *s, struct line *l)
{
    struct bytes out = {0};
    int passed_fd = -1;
    line_resume(s->room, l, &out, &passed_fd);
    send_reply(l, &out, passed_fd);
    answer_all(s, l);
}

static void read_clock(struct server *s)
{
    struct clock_reading now;
    clock_read(&now);
    room_clock(s->room, &now);
}

static int sooner(int64_t a, int64_t b)
{
    return (int)(b >= 0 && b < a ? b : a);
}

/* How long nothing needs to be done. */
static int idle_ms(struct server *s, const struct serve_extra *extra)
{
    struct clock_reading now;
    int wait = LOOK_MS;
    clock_read(&now);
    for (size_t i = 0; i < s->n; i++)
        wait = sooner(wait, line_wait_ms(s->line[i], now.mono_ms));
    return extra->wait_ms ? sooner(wait, extra->wait_ms(extra->self)) : wait;
}

/* Waits for something to happen; false when a signal asks to end. */
static bool turn(struct server *s, int listen_fd, int signal_fd, const struct serve_extra *extra)
{
    struct pollfd p[MAX_LINES + FIRST_LINE] = {[SIGNAL] = {.fd = signal_fd, .events = POLLIN},
                                               [LISTEN] = {.fd = listen_fd, .events = POLLIN},
                                               [EXTRA] = {.fd = extra->fd, .events = POLLIN}};
    size_t n = s->n;
    for (size_t i = 0; i < n; i++)
        p[FIRST_LINE + i] = (struct pollfd){.fd = s->line[i]->wire.fd, .events = POLLIN};
    if (poll(p, FIRST_LINE + n, idle_ms(s, extra)) < 0)
        return true;
    read_clock(s);
    for (size_t i = 0; i < n; i++)
        if (p[FIRST_LINE + i].revents)
            read_line(s, s->line[i]);
    if (extra->turn)
        extra->turn(extra->self, &s->room->now);
    for (size_t i = 0; i < n; i++)
        if (line_is_due(s->line[i], s->room->now.mono_ms))
            resume_line(s, s->line[i]);
    for (size_t i = s->n; i-- > 0;)
        if (s->line[i]->wire.gone)
            end_line(s, i);
    if (p[LISTEN].revents)
        accept_line(s, listen_fd);
    room_look(s->room);
    return p[SIGNAL].revents == 0;
}

/* The disk of the home came back as another file system, and an agent was started there. */
static bool is_replaced(const struct room *r, int lock)
{
    struct stat own, other;
    char *path = mem_printf("%s/run/agent.lock", r->home);
    bool moved = lock > 0 && fstat(lock, &own) == 0 && stat(path, &other) == 0 &&
                 (own.st_ino != other.st_ino || own.st_dev != other.st_dev);
    int fd = moved ? open(path, O_RDWR | O_CLOEXEC) : -1;
    bool held = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0;
    if (fd >= 0)
        close(fd);
    free(path);
    return held;
}

void serve(struct room *r, int listen_fd, int signal_fd, const struct serve_extra *extra)
{
    static const struct serve_extra none = {.fd = -1};
    extra = extra ? extra : &none;
    struct server *s = mem_alloc(sizeof *s);
    s->room = r;
    while (r->state != ROOM_CLOSED && !is_replaced(r, extra->lock) && turn(s, listen_fd, signal_fd, extra))
        continue;
    while (s->n)
        end_line(s, s->n - 1);
    free(s);
}
