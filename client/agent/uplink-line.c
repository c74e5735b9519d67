/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/uplink-line.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/program-path.h"
#include "client/agent/serve.h"
#include "client/agent/uplink.h"
#include "client/room/room-file.h"

enum { COURIER_FD = 3, AGAIN_MS = 5000, FULL_MS = 20 };

struct uplink_line {
    struct arena *arena;
    struct room_file file;
    char *program;
    /* in the agent's process */
    struct uplink *uplink;
    struct room *room;
    struct serve_extra *extra;
    struct carry_pipe pipe;
    struct bytes who; /* the message that a new courier gets first */
    pid_t child;
    int64_t again_ms, look_ms;
    struct timespec written; /* room.xml */
};

static _Noreturn void become_courier(const char *program, int fd)
{
    char *const argv[] = {(char *)"kaochang-room", (char *)"carry", NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGHUP, SIG_DFL); /* ignored where the agent was started by nohup */
    if (fd == COURIER_FD)
        fd = dup(fd);
    if (dup2(fd, COURIER_FD) == COURIER_FD)
        close_range(COURIER_FD + 1, ~0U, 0);
    execv(program, argv);
    _exit(127);
}

static void start_courier(struct uplink_line *l)
{
    int pair[2];
    if (!l->program || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return;
    l->child = fork();
    if (l->child == 0)
        become_courier(l->program, pair[1]);
    close(pair[1]);
    if (l->child < 0) {
        close(pair[0]);
        return;
    }
    carry_pipe_init(&l->pipe, pair[0]);
    l->extra->fd = pair[0];
    bytes_add(&l->pipe.out, l->who.p, l->who.n);
    carry_pipe_flush(&l->pipe);
}

static void end_courier(struct uplink_line *l)
{
    carry_pipe_release(&l->pipe);
    l->extra->fd = -1;
    if (l->child > 0) {
        kill(l->child, SIGKILL);
        while (waitpid(l->child, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    l->child = 0;
}

/* ---- what the uplink asks of its courier ---- */

static void who(void *self, const struct carry_who *w)
{
    struct uplink_line *l = self;
    bytes_release(&l->who);
    carry_put_who(w, &l->who);
    if (l->pipe.fd < 0)
        return;
    bytes_add(&l->pipe.out, l->who.p, l->who.n);
    carry_pipe_flush(&l->pipe);
}

static void send_request(void *self, const struct carry_request *r)
{
    struct uplink_line *l = self;
    if (l->pipe.fd < 0)
        return;
    carry_put_request(r, &l->pipe.out);
    carry_pipe_flush(&l->pipe);
}

static void cancel(void *self, int64_t id)
{
    struct uplink_line *l = self;
    if (l->pipe.fd < 0)
        return;
    carry_put_cancel(id, &l->pipe.out);
    carry_pipe_flush(&l->pipe);
}

/* ---- the agent's loop ---- */

static void take_replies(struct uplink_line *l)
{
    struct arena *a = arena_new();
    struct carry_message m;
    struct err e = {0};
    int r;
    carry_pipe_receive(&l->pipe);
    while ((r = carry_pipe_next(&l->pipe, a, &m, &e)) == 1) {
        if (m.type == CARRY_REPLY)
            uplink_take(l->uplink, &m.reply);
        arena_reset(a);
    }
    if (r < 0)
        l->pipe.gone = true;
    arena_free(a);
}

/* "kaochang-client enrol --room-service" while the agent runs. */
static void look_for_addresses(struct uplink_line *l)
{
    struct room_file file;
    struct stat st;
    char *path = path_join(l->room->home, "room.xml");
    bool changed = stat(path, &st) == 0 &&
                   (st.st_mtim.tv_sec != l->written.tv_sec || st.st_mtim.tv_nsec != l->written.tv_nsec);
    bool first = l->written.tv_sec == 0;
    if (changed)
        l->written = st.st_mtim;
    if (changed && !first && room_file_read(l->room->home, l->arena, &file, NULL) == 0 && file.n)
        uplink_services(l->uplink, file.service, file.n);
    free(path);
}

static void turn(void *self, const struct clock_reading *now)
{
    struct uplink_line *l = self;
    if (now->mono_ms >= l->look_ms) {
        l->look_ms = now->mono_ms + AGAIN_MS;
        look_for_addresses(l);
    }
    if (l->pipe.fd >= 0) {
        carry_pipe_flush(&l->pipe);
        take_replies(l);
        if (l->pipe.gone) {
            end_courier(l);
            l->again_ms = now->mono_ms + AGAIN_MS;
            uplink_lost(l->uplink, _("the program kaochang-room has ended"));
        }
    } else if (now->mono_ms >= l->again_ms) {
        l->again_ms = now->mono_ms + AGAIN_MS;
        start_courier(l);
        if (l->pipe.fd < 0)
            uplink_lost(l->uplink, _("there is no program kaochang-room on this machine"));
    }
    if (l->pipe.fd >= 0)
        uplink_turn(l->uplink);
}

static int64_t wait_ms(void *self)
{
    const struct uplink_line *l = self;
    int64_t wait = uplink_wait_ms(l->uplink);
    if (l->pipe.fd < 0) {
        int64_t again = l->again_ms - l->room->now.mono_ms;
        return again < 0 ? 0 : again;
    }
    return carry_pipe_is_full(&l->pipe) && wait > FULL_MS ? FULL_MS : wait;
}

static int begin(void *context, struct room *room, struct serve_extra *ret, struct err *e)
{
    struct uplink_line *l = context;
    const struct uplink_courier courier = {.self = l, .who = who, .send = send_request, .cancel = cancel};
    const struct uplink_options o = {.service = l->file.service, .n_services = l->file.n};
    *ret = (struct serve_extra){.self = l, .fd = -1, .wait_ms = wait_ms, .turn = turn};
    l->room = room;
    l->extra = ret;
    return uplink_new(&l->uplink, room, &o, &courier, e);
}

static void end(void *context)
{
    struct uplink_line *l = context;
    if (l->extra)
        end_courier(l);
    uplink_free(l->uplink);
    l->uplink = NULL;
    bytes_release(&l->who);
}

int uplink_line_new(struct uplink_line **ret, const char *home, struct agent_part *ret_part, struct err *e)
{
    struct uplink_line *l = mem_alloc(sizeof *l);
    *ret = NULL;
    l->arena = arena_new();
    l->pipe.fd = -1;
    int r = room_file_read(home, l->arena, &l->file, e);
    if (r < 0 || l->file.n == 0) {
        uplink_line_free(l);
        return r;
    }
    l->program = program_path("kaochang-room");
    *ret_part = (struct agent_part){.context = l, .begin = begin, .end = end};
    *ret = l;
    return 0;
}

void uplink_line_free(struct uplink_line *l)
{
    if (!l)
        return;
    arena_free(l->arena);
    free(l->program);
    free(l);
}
