/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/fake-agent.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "client/agent/wire.h"
#include "tests/check.h"

static void put_refusal(enum err_kind kind, int code, const char *what, struct bytes *out)
{
    struct err e = {0};
    (void)err_set(&e, kind, NULL, "%s", what);
    e.code = code;
    message_put_refused(&e, out);
}

static void note(struct fake_agent *f, const struct request *r)
{
    f->type = r->type;
    f->value = r->value;
    snprintf(f->ticket, sizeof f->ticket, "%s", r->ticket);
    snprintf(f->text, sizeof f->text, "%s", r->text);
    f->acts++;
}

static void answer(struct fake_agent *f, const struct request *r, struct bytes *out)
{
    const struct control_closing closed = {.registered = 30, .sat = 28, .absent = 2, .path = "/close.xml"};
    if (r->type == MESSAGE_SIGN_IN)
        put_refusal(ERR_NO, f->locked ? ERR_NOT_OPEN : ERR_UNKNOWN_TICKET, "no", out);
    else if (r->type == MESSAGE_PROCTOR)
        message_put_plain(MESSAGE_DONE, out);
    else if (r->type == MESSAGE_STATUS)
        message_put_room(f->room, out);
    else if (r->type == MESSAGE_MINUTES)
        message_put_minutes(f->minute + r->value, f->n_minutes - (size_t)r->value, out);
    else {
        note(f, r);
        if (f->refusal)
            put_refusal(ERR_NO, 0, f->refusal, out);
        else if (r->type == MESSAGE_CHECK)
            message_put_check(f->check, out);
        else if (r->type == MESSAGE_RESUME_CODE)
            message_put_text(MESSAGE_TEXT, "7K2M-QX94", out);
        else if (r->type == MESSAGE_CLOSE_ROOM)
            message_put_closed(&closed, out);
        else
            message_put_plain(MESSAGE_DONE, out);
    }
}

/* One line, request by request, until it ends. */
static void serve_line(struct fake_agent *f, int fd)
{
    uint8_t in[MESSAGE_MAX_REQUEST + 16];
    size_t have = 0;
    for (ssize_t n; (n = read(fd, in + have, sizeof in - have)) > 0;) {
        struct err e = {0};
        enum message_type type;
        struct span body;
        size_t size;
        have += (size_t)n;
        if (message_next((struct span){in, have}, MESSAGE_MAX_REQUEST, &type, &body, &size, &e) != 1)
            continue;
        struct request r;
        struct arena *a = arena_new();
        struct bytes out = {0};
        if (message_get_request(type, body, a, &r, &e) == 0) {
            answer(f, &r, &out);
            (void)!write(fd, out.p, out.n);
        }
        bytes_release(&out);
        arena_free(a);
        have = 0;
    }
    close(fd);
}

static void *serve(void *self)
{
    struct fake_agent *f = self;
    for (int fd; (fd = accept(f->listen_fd, NULL, NULL)) >= 0;)
        serve_line(f, fd);
    return NULL;
}

void fake_agent_open(struct fake_agent *f)
{
    struct err e;
    snprintf(f->home, sizeof f->home, "/tmp/fake-agent-XXXXXX");
    assert_non_null(mkdtemp(f->home));
    assert_done(wire_listen(f->home, &f->listen_fd, &e), e);
    fcntl(f->listen_fd, F_SETFL, 0);
    assert_int_equal(pthread_create(&f->thread, NULL, serve, f), 0);
}

void fake_agent_close(struct fake_agent *f)
{
    char path[128];
    shutdown(f->listen_fd, SHUT_RDWR);
    pthread_join(f->thread, NULL);
    close(f->listen_fd);
    snprintf(path, sizeof path, "%s/run/agent.sock", f->home);
    unlink(path);
    snprintf(path, sizeof path, "%s/run", f->home);
    rmdir(path);
    rmdir(f->home);
}
