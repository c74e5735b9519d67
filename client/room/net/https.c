/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/net/https.h"

#include <errno.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/net/address.h"

enum { OK = 200, TOO_SLOW = 408, TOO_LARGE = 413, NO_METHOD = 405, MEMORY = 48 * 1024 };

/* One request, from its head to its answer. */
struct asked {
    struct MHD_Connection *connection;
    struct bytes body;
    uint8_t key[TLS_PUBLIC_KEY];
    bool has_key, too_large, waiting, again, last;
    int64_t until; /* mono: for the body to be here; then, while it waits, for the answer */
    struct asked *before, *after;
};

struct https {
    struct MHD_Daemon *daemon;
    struct https_answers answers;
    struct asked *asked;
    struct addresses peers;
    int64_t now; /* mono, of this turn */
    int fd, port;
};

static void link_asked(struct https *h, struct asked *q)
{
    q->after = h->asked;
    if (q->after)
        q->after->before = q;
    h->asked = q;
}

static void unlink_asked(struct https *h, struct asked *q)
{
    if (q->before)
        q->before->after = q->after;
    else
        h->asked = q->after;
    if (q->after)
        q->after->before = q->before;
}

/* The raw Ed25519 key of a certificate; false when it has none. */
static bool key_in(const gnutls_datum_t *der, uint8_t ret[TLS_PUBLIC_KEY])
{
    gnutls_datum_t x = {0};
    gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
    gnutls_x509_crt_t c = NULL;
    gnutls_pubkey_t key = NULL;
    bool is = gnutls_x509_crt_init(&c) == 0 && gnutls_x509_crt_import(c, der, GNUTLS_X509_FMT_DER) == 0 &&
              gnutls_pubkey_init(&key) == 0 && gnutls_pubkey_import_x509(key, c, 0) == 0 &&
              gnutls_pubkey_export_ecc_raw2(key, &curve, &x, NULL, GNUTLS_EXPORT_FLAG_NO_LZ) == 0 &&
              curve == GNUTLS_ECC_CURVE_ED25519 && x.size == TLS_PUBLIC_KEY;
    if (is)
        memcpy(ret, x.data, TLS_PUBLIC_KEY);
    gnutls_free(x.data);
    if (key)
        gnutls_pubkey_deinit(key);
    if (c)
        gnutls_x509_crt_deinit(c);
    return is;
}

/* The handshake has proved that the peer holds the secret of the certificate it shows. */
static bool key_of(struct MHD_Connection *c, uint8_t ret[TLS_PUBLIC_KEY])
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    unsigned n = 0;
    const gnutls_datum_t *list = info ? gnutls_certificate_get_peers(info->tls_session, &n) : NULL;
    return list && n > 0 && key_in(&list[0], ret);
}

static struct asked *begin(struct https *h, struct MHD_Connection *c)
{
    struct asked *q = mem_alloc(sizeof *q);
    *q = (struct asked){.connection = c, .until = h->now + HTTPS_BODY_MS};
    q->has_key = key_of(c, q->key);
    link_asked(h, q);
    return q;
}

static enum MHD_Result reply(struct MHD_Connection *c, int status, struct bytes *body)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(body->n, body->p, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "application/octet-stream");
    enum MHD_Result queued = MHD_queue_response(c, (unsigned)status, r);
    MHD_destroy_response(r);
    bytes_release(body);
    return queued;
}

static void receive(struct https *h, struct asked *q, const char *data, size_t n)
{
    if (!q->too_large && q->body.n + n > h->answers.most(h->answers.self, q->has_key ? q->key : NULL)) {
        q->too_large = true;
        bytes_release(&q->body);
    }
    if (!q->too_large)
        bytes_add(&q->body, data, n);
}

static enum MHD_Result answer(struct https *h, struct asked *q, const char *method, const char *path)
{
    const struct https_request request = {.method = method,
                                          .path = path,
                                          .key = q->has_key ? q->key : NULL,
                                          .body = bytes_span(&q->body),
                                          .again = q->again,
                                          .last = q->last};
    struct bytes out = {0};
    int64_t wait_ms = 0;
    if (q->too_large)
        return reply(q->connection, TOO_LARGE, &out);
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_POST) != 0)
        return reply(q->connection, NO_METHOD, &out);
    int status = h->answers.answer(h->answers.self, &request, &out, &wait_ms);
    if (status)
        return reply(q->connection, status, &out);
    bytes_release(&out);
    q->waiting = q->again = true;
    q->until = h->now + wait_ms;
    MHD_suspend_connection(q->connection);
    return MHD_YES;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *c, const char *path, const char *method,
                                  const char *version, const char *data, size_t *n, void **state)
{
    struct https *h = self;
    struct asked *q = *state;
    (void)version;
    if (!q) {
        *state = begin(h, c);
        return MHD_YES;
    }
    if (*n && h->now > q->until)
        return MHD_NO; /* drop by drop: the connection ends */
    if (!*n)
        return answer(h, q, method, path);
    receive(h, q, data, *n);
    *n = 0;
    return MHD_YES;
}

static void on_end(void *self, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
{
    struct asked *q = *state;
    (void)c;
    (void)why;
    if (!q)
        return;
    unlink_asked(self, q);
    bytes_release(&q->body);
    free(q);
    *state = NULL;
}

static enum MHD_Result may_connect(void *self, const struct sockaddr *from, socklen_t n)
{
    struct https *h = self;
    (void)n;
    return address_is_own(from) || addresses_count(&h->peers, from) < HTTPS_OF_ONE_ADDRESS ? MHD_YES : MHD_NO;
}

static void on_connection(void *self, struct MHD_Connection *c, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    struct https *h = self;
    const union MHD_ConnectionInfo *peer = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const union MHD_ConnectionInfo *tls = MHD_get_connection_info(c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    (void)state;
    if (peer)
        addresses_add(&h->peers, peer->client_addr, what == MHD_CONNECTION_NOTIFY_STARTED ? 1 : -1);
    if (tls && what == MHD_CONNECTION_NOTIFY_STARTED)
        gnutls_certificate_server_set_request(tls->tls_session, GNUTLS_CERT_REQUEST);
}

static void say_nothing(void *self, const char *format, va_list list)
{
    (void)self;
    (void)format;
    (void)list;
}

static int start(struct https *h, const struct secret *seed, struct err *e)
{
    struct bytes certificate = {0}, key = {0};
    int r = tls_certificate_make("kaochang", seed, &certificate, &key, e);
    unsigned flags = MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (r < 0)
        goto done;
    h->daemon = MHD_start_daemon(
        flags, 0, may_connect, h, on_request, h, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
        MHD_OPTION_LISTEN_SOCKET, h->fd, MHD_OPTION_NOTIFY_COMPLETED, on_end, h, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, h, MHD_OPTION_HTTPS_MEM_KEY, (const char *)key.p, MHD_OPTION_HTTPS_MEM_CERT,
        (const char *)certificate.p, MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3",
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTPS_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTPS_IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!h->daemon)
        r = err_set(e, ERR_ENV, NULL, _("the room service cannot be started"));
done:
    if (r < 0)
        close(h->fd);
    bytes_release(&certificate);
    bytes_release(&key);
    return r;
}

int https_open(struct https **ret, const char *address, const struct secret *seed,
               const struct https_answers *answers, struct err *e)
{
    struct https *h = mem_alloc(sizeof *h);
    *h = (struct https){.answers = *answers};
    int r = address_listen(address, &h->fd, &h->port, e);
    if (r == 0)
        r = start(h, seed, e);
    if (r < 0) {
        free(h);
        return r;
    }
    *ret = h;
    return 0;
}

static void resume(struct https *h, bool all)
{
    for (struct asked *q = h->asked; q; q = q->after) {
        bool over = all || h->now >= q->until;
        if (!q->waiting || !(over || (q->has_key && h->answers.ready(h->answers.self, q->key))))
            continue;
        q->waiting = false;
        q->last = over;
        MHD_resume_connection(q->connection);
    }
}

void https_close(struct https *h)
{
    if (!h)
        return;
    resume(h, true);
    MHD_stop_daemon(h->daemon);
    addresses_release(&h->peers);
    free(h);
}

int https_port(const struct https *h)
{
    return h->port;
}

int https_fd(const struct https *h)
{
    return MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int64_t https_wait_ms(const struct https *h, int64_t mono_ms)
{
    MHD_UNSIGNED_LONG_LONG own = 0;
    int64_t wait = MHD_get_timeout(h->daemon, &own) == MHD_YES ? (int64_t)own : -1;
    for (const struct asked *q = h->asked; q; q = q->after) {
        int64_t left = q->until > mono_ms ? q->until - mono_ms : 0;
        if (q->waiting && (wait < 0 || left < wait))
            wait = left;
    }
    return wait;
}

void https_turn(struct https *h, int64_t mono_ms)
{
    h->now = mono_ms;
    MHD_run(h->daemon);
    resume(h, false);
    MHD_run(h->daemon);
}
