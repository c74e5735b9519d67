/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client/room/carry.h"
#include "exam-packages/secret.h"

enum { PIECE = 1 << 16 };

void carry_pipe_init(struct carry_pipe *p, int fd)
{
    *p = (struct carry_pipe){.fd = fd};
    fcntl(fd, F_SETFL, O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void carry_pipe_release(struct carry_pipe *p)
{
    bytes_release(&p->in);
    bytes_release(&p->out);
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
    p->gone = true;
}

void carry_pipe_flush(struct carry_pipe *p)
{
    while (!p->gone && p->sent < p->out.n) {
        ssize_t n = send(p->fd, p->out.p + p->sent, p->out.n - p->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (n < 0)
            p->gone = true;
        else
            p->sent += (size_t)n;
    }
    bytes_release(&p->out);
    p->sent = 0;
}

bool carry_pipe_is_full(const struct carry_pipe *p)
{
    return !p->gone && p->out.n > 0;
}

void carry_pipe_receive(struct carry_pipe *p)
{
    uint8_t piece[PIECE];
    ssize_t n;
    while (!p->gone && p->in.n <= CARRY_MAX + p->spent) {
        n = recv(p->fd, piece, sizeof piece, MSG_DONTWAIT);
        if (n > 0) {
            bytes_add(&p->in, piece, (size_t)n);
            continue;
        }
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
            p->gone = true;
        break;
    }
    secret_wipe(piece, sizeof piece);
}

static void drop_spent(struct carry_pipe *p)
{
    if (p->spent == 0)
        return;
    size_t left = p->in.n - p->spent;
    memmove(p->in.p, p->in.p + p->spent, left);
    secret_wipe(p->in.p + left, p->spent);
    p->in.n = left;
    p->spent = 0;
}

int carry_pipe_next(struct carry_pipe *p, struct arena *a, struct carry_message *ret, struct err *e)
{
    drop_spent(p);
    return carry_next(bytes_span(&p->in), a, ret, &p->spent, e);
}
