/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/net/address.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { WAITING = 256, MAPPED = 10 };

static void bytes_of(const struct sockaddr *a, uint8_t ret[16])
{
    memset(ret, 0, 16);
    if (a->sa_family == AF_INET6) {
        memcpy(ret, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, 16);
    } else if (a->sa_family == AF_INET) {
        ret[MAPPED] = ret[MAPPED + 1] = 0xff;
        memcpy(ret + MAPPED + 2, &((const struct sockaddr_in *)(const void *)a)->sin_addr, 4);
    }
}

bool address_is_own(const struct sockaddr *a)
{
    static const uint8_t six[16] = {[15] = 1}, four[13] = {[MAPPED] = 0xff, 0xff, 127};
    uint8_t b[16];
    bytes_of(a, b);
    return memcmp(b, six, sizeof six) == 0 || memcmp(b, four, sizeof four) == 0;
}

static struct address_count *find(const struct addresses *a, const struct sockaddr *of, uint8_t b[16])
{
    bytes_of(of, b);
    for (size_t i = 0; i < a->n; i++)
        if (memcmp(a->list[i].address, b, 16) == 0)
            return &a->list[i];
    return NULL;
}

int addresses_count(const struct addresses *a, const struct sockaddr *of)
{
    uint8_t b[16];
    const struct address_count *c = find(a, of, b);
    return c ? c->n : 0;
}

void addresses_add(struct addresses *a, const struct sockaddr *of, int by)
{
    uint8_t b[16];
    struct address_count *c = find(a, of, b);
    if (!c) {
        if (a->n == a->room)
            a->list = mem_grow(a->list, a->room = 2 * a->room + 16, sizeof *a->list);
        c = &a->list[a->n++];
        c->n = 0;
        memcpy(c->address, b, 16);
    }
    c->n += by;
    if (c->n <= 0)
        *c = a->list[--a->n];
}

void addresses_release(struct addresses *a)
{
    free(a->list);
    *a = (struct addresses){0};
}

/* "HOST:PORT" or "[HOST]:PORT"; an empty host is every address. */
static int parse(const char *text, struct addrinfo **ret, struct err *e)
{
    const struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
                                   .ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM};
    const char *colon = strrchr(text, ':');
    char host[64] = "";
    size_t n = colon ? (size_t)(colon - text) : sizeof host;
    if (n < sizeof host && n > 0) {
        bool brackets = text[0] == '[' && n > 2 && text[n - 1] == ']';
        memcpy(host, text + brackets, n - 2 * (size_t)brackets);
    }
    if (n < sizeof host && getaddrinfo(host[0] ? host : NULL, colon + 1, &hints, ret) == 0)
        return 0;
    err_set(e, ERR_USAGE, text, _("this is no address with a port"));
    return err_hint(e, _("such as 192.168.1.10:8443, or :8443 for every address of this machine"));
}

static int port_of(int fd)
{
    struct sockaddr_storage got;
    socklen_t n = sizeof got;
    if (getsockname(fd, (struct sockaddr *)&got, &n) < 0)
        return 0;
    return ntohs(got.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&got)->sin6_port
                                           : ((struct sockaddr_in *)&got)->sin_port);
}

int address_listen(const char *text, int *ret_fd, int *ret_port, struct err *e)
{
    struct addrinfo *at = NULL;
    const int yes = 1;
    int r = parse(text, &at, e);
    if (r < 0)
        return r;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(fd, at->ai_addr, at->ai_addrlen) < 0 || listen(fd, WAITING) < 0) {
        r = err_sys(e, text, _("cannot listen there"));
        if (fd >= 0)
            close(fd);
    } else {
        *ret_fd = fd;
        *ret_port = port_of(fd);
    }
    freeaddrinfo(at);
    return r;
}
