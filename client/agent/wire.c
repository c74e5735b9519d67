/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

static int no_agent(const char *home, struct err *e)
{
    err_set(e, ERR_NO, home, _("the session is not open on this station"));
    if (e)
        e->code = ERR_NO_AGENT;
    return err_hint(e, _("the proctor opens it, with the unlock code or with keys"));
}

/* A path of any length: the socket is named through a descriptor of its folder. */
static int address_of(const char *home, struct sockaddr_un *ret, int *ret_dir)
{
    char *run = path_join(home, "run");
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    *ret_dir = open(run, O_PATH | O_DIRECTORY | O_CLOEXEC);
    snprintf(ret->sun_path, sizeof ret->sun_path, "/proc/self/fd/%d/agent.sock", *ret_dir);
    free(run);
    return *ret_dir;
}

int wire_connect(const char *home, int *ret_fd, struct err *e)
{
    struct sockaddr_un address;
    int dir = -1, fd = -1, r = 0;
    if (address_of(home, &address, &dir) < 0)
        return no_agent(home, e);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
        r = no_agent(home, e);
        if (fd >= 0)
            close(fd);
    }
    close(dir);
    if (r == 0)
        *ret_fd = fd;
    return r;
}

int wire_listen(const char *home, int *ret_fd, struct err *e)
{
    struct sockaddr_un address;
    int dir = -1, r = 0;
    char *run = path_join(home, "run");
    r = file_mkdirs(run, true, e);
    free(run);
    if (r < 0)
        return r;
    if (address_of(home, &address, &dir) < 0)
        return err_sys(e, home, _("cannot open the folder run"));
    unlink(address.sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0177);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 64) < 0) {
        r = err_sys(e, home, _("cannot make the agent's socket"));
        if (fd >= 0)
            close(fd);
    }
    umask(before);
    close(dir);
    if (r == 0)
        *ret_fd = fd;
    return r;
}

int wire_send(int fd, struct span data, int passed_fd, struct err *e)
{
    struct iovec io = {.iov_base = (void *)(uintptr_t)data.p, .iov_len = data.n};
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1};
    if (passed_fd >= 0) {
        m.msg_control = control.space;
        m.msg_controllen = sizeof control.space;
        struct cmsghdr *c = CMSG_FIRSTHDR(&m);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(c), &passed_fd, sizeof passed_fd);
    }
    ssize_t n = sendmsg(fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0)
        return err_sys(e, NULL, _("the line is broken"));
    return (size_t)n == data.n ? 0 : err_set(e, ERR_ENV, NULL, _("the other side does not read"));
}

void wire_init(struct wire *w, int fd)
{
    int size = 1 << 20;
    *w = (struct wire){.fd = fd, .wait_ms = LINK_WAIT_MS, .passed_fd = -1};
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

void wire_release(struct wire *w)
{
    if (w->passed_fd >= 0)
        close(w->passed_fd);
    if (w->fd >= 0)
        close(w->fd);
    bytes_release(&w->in);
    *w = (struct wire){.fd = -1, .passed_fd = -1};
}

static void take_passed(struct wire *w, struct msghdr *m)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(sizeof(int)))
            continue;
        if (w->passed_fd >= 0)
            close(w->passed_fd);
        memcpy(&w->passed_fd, CMSG_DATA(c), sizeof w->passed_fd);
    }
}

void wire_receive(struct wire *w)
{
    uint8_t buffer[65536];
    struct iovec io = {.iov_base = buffer, .iov_len = sizeof buffer};
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct msghdr m = {.msg_iov = &io,
                       .msg_iovlen = 1,
                       .msg_control = control.space,
                       .msg_controllen = sizeof control.space};
    ssize_t n = recvmsg(w->fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n > 0) {
        take_passed(w, &m);
        bytes_add(&w->in, buffer, (size_t)n);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        w->gone = true;
    }
    explicit_bzero(buffer, sizeof buffer);
}

void wire_drop(struct wire *w, size_t n)
{
    if (n == 0)
        return;
    memmove(w->in.p, w->in.p + n, w->in.n - n);
    w->in.n -= n;
    explicit_bzero(w->in.p + w->in.n, n);
}

void wire_forget(struct wire *w)
{
    wire_drop(w, w->spent);
    w->spent = 0;
}

static void take_told(struct wire *w, struct span body)
{
    struct arena *a = arena_new();
    const char *text = "";
    size_t before = w->was_told ? strlen(w->told) : 0; /* one that was not asked for yet stays above it */
    if (message_get_text(body, a, &text, NULL) == 0) {
        if (before + 1 + strlen(text) >= sizeof w->told)
            before = 0;
        snprintf(w->told + before, sizeof w->told - before, "%s%s", before ? "\n" : "", text);
        w->was_told = true;
    }
    arena_free(a);
}

/* True for what comes without a question. */
static bool take_news(struct wire *w, enum message_type type, struct span body)
{
    switch (type) {
    case MESSAGE_CHANGED:
        return w->changed = true;
    case MESSAGE_STARTED:
        return w->started = true;
    case MESSAGE_MOVED:
        return w->moved = true;
    case MESSAGE_KEPT:
        w->has_kept = message_get_kept(body, &w->kept, NULL) == 0;
        return true;
    case MESSAGE_TOLD:
        take_told(w, body);
        return true;
    default:
        return false;
    }
}

/* Takes news away from the front; 1 when another message stands there whole. */
static int front(struct wire *w, enum message_type *ret_type, struct span *ret_body, size_t *ret_size,
                 struct err *e)
{
    int r;
    while ((r = message_next(bytes_span(&w->in), MESSAGE_MAX, ret_type, ret_body, ret_size, e)) == 1) {
        if (!take_news(w, *ret_type, *ret_body))
            return 1;
        wire_drop(w, *ret_size);
    }
    return r;
}

static int64_t now_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

static int broken(struct wire *w, struct err *e)
{
    w->gone = true;
    err_set(e, ERR_ENV, NULL, _("the agent does not answer any more"));
    if (e)
        e->code = ERR_NO_AGENT;
    return err_hint(e,
                    _("what is saved stays saved; the proctor opens the session again, as at the beginning"));
}

static int wait_for_reply(struct wire *w, enum message_type *ret_type, struct span *ret_body, struct err *e)
{
    int r;
    for (int64_t until = now_ms() + w->wait_ms; (r = front(w, ret_type, ret_body, &w->spent, e)) == 0;) {
        struct pollfd p = {.fd = w->fd, .events = POLLIN};
        int64_t left = until - now_ms();
        if (w->gone || left <= 0 || (poll(&p, 1, (int)left) < 0 && errno != EINTR))
            return broken(w, e);
        wire_receive(w);
    }
    return r < 0 ? r : 0;
}

int wire_ask(struct wire *w, const struct request *r, enum message_type wanted, struct span *ret_body,
             struct err *e)
{
    struct bytes out = {0};
    enum message_type type = MESSAGE_DONE;
    struct span body = {0};
    wire_forget(w);
    message_put_request(r, &out);
    int result = w->gone || wire_send(w->fd, bytes_span(&out), -1, NULL) < 0 ? broken(w, e) : 0;
    bytes_release(&out);
    if (result == 0)
        result = wait_for_reply(w, &type, &body, e);
    if (result < 0)
        return result;
    if (type == MESSAGE_REFUSED) {
        struct arena *a = arena_new();
        struct err carried;
        result = message_get_refused(body, a, &carried, e);
        arena_free(a);
        if (result == 0 && e)
            *e = carried;
        return result < 0 ? result : -(int)carried.kind;
    }
    if (type != wanted)
        return err_set(e, ERR_DATA, NULL, _("the message does not follow the protocol"));
    *ret_body = body;
    return 0;
}

void wire_poll(struct wire *w)
{
    enum message_type type;
    struct span body;
    size_t size = 0;
    if (w->gone)
        return;
    wire_forget(w);
    wire_receive(w);
    while (front(w, &type, &body, &size, NULL) == 1)
        wire_drop(w, size); /* a reply that nobody waits for any more */
}
