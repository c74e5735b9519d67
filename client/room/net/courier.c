/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/net/courier.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/carry.h"
#include "exam-packages/secret.h"

enum { CONNECT_MS = 3000, IDLE_MS = 60000 };

struct trip {
    CURL *curl; /* NULL: free */
    int64_t id;
    struct bytes body, reply;
    char error[CURL_ERROR_SIZE];
};

struct courier {
    struct carry_pipe pipe;
    CURLM *multi;
    struct curl_slist *headers;
    struct bytes certificate, key; /* PEM */
    char *pin;                     /* of the last request: a connection is used again only under the same */
    struct trip trip[CARRY_AT_ONCE];
};

static size_t take(char *data, size_t one, size_t n, void *context)
{
    struct trip *t = context;
    (void)one;
    if (t->reply.n + n > API_MAX)
        return 0;
    bytes_add(&t->reply, data, n);
    return n;
}

static struct curl_blob blob_of(const struct bytes *b)
{
    return (struct curl_blob){.data = b->p, .len = b->n, .flags = CURL_BLOB_COPY};
}

static void set_limits(CURL *c, const struct carry_request *r)
{
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long)API_MAX);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)r->wait_ms);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(r->wait_ms < CONNECT_MS ? r->wait_ms : CONNECT_MS));
    curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(c, CURLOPT_TCP_KEEPIDLE, 5L);
    curl_easy_setopt(c, CURLOPT_TCP_KEEPINTVL, 5L);
}

/* Certificates of the other side prove nothing here: the pinned key does. */
static void set_tls(struct courier *co, CURL *c, const struct carry_request *r)
{
    struct curl_blob certificate = blob_of(&co->certificate), key = blob_of(&co->key);
    bool fresh = r->pin[0] == '\0' || !co->pin || strcmp(co->pin, r->pin) != 0;
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)(CURL_SSLVERSION_TLSv1_3 | CURL_SSLVERSION_MAX_TLSv1_3));
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, (long)fresh);
    curl_easy_setopt(c, CURLOPT_FORBID_REUSE, (long)(r->pin[0] == '\0'));
    if (r->pin[0] == '\0')
        return;
    curl_easy_setopt(c, CURLOPT_PINNEDPUBLICKEY, r->pin);
    curl_easy_setopt(c, CURLOPT_SSLCERT_BLOB, &certificate);
    curl_easy_setopt(c, CURLOPT_SSLCERTTYPE, "PEM");
    curl_easy_setopt(c, CURLOPT_SSLKEY_BLOB, &key);
    curl_easy_setopt(c, CURLOPT_SSLKEYTYPE, "PEM");
    free(co->pin);
    co->pin = mem_strdup(r->pin);
}

static void set_content(struct courier *co, struct trip *t, const struct carry_request *r)
{
    bytes_add(&t->body, r->body.p, r->body.n);
    curl_easy_setopt(t->curl, CURLOPT_URL, r->url);
    curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, co->headers);
    curl_easy_setopt(t->curl, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(t->curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(t->curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(t->curl, CURLOPT_PRIVATE, t);
    if (!r->post)
        return;
    curl_easy_setopt(t->curl, CURLOPT_POST, 1L);
    curl_easy_setopt(t->curl, CURLOPT_POSTFIELDS, t->body.p ? (const char *)t->body.p : "");
    curl_easy_setopt(t->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->body.n);
}

static void reply(struct courier *co, const struct carry_reply *r)
{
    carry_put_reply(r, &co->pipe.out);
    carry_pipe_flush(&co->pipe);
}

static void refuse(struct courier *co, int64_t id, const char *why)
{
    reply(co, &(struct carry_reply){.id = id, .error = why});
}

static void end_trip(struct courier *co, struct trip *t)
{
    curl_multi_remove_handle(co->multi, t->curl);
    curl_easy_cleanup(t->curl);
    bytes_release(&t->body);
    bytes_release(&t->reply);
    *t = (struct trip){0};
}

static struct trip *free_trip(struct courier *co)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (!co->trip[i].curl)
            return &co->trip[i];
    return NULL;
}

static bool may_be_asked_of_strangers(const struct carry_request *r)
{
    static const char path[] = "/1/introduction";
    size_t n = strlen(r->url);
    return !r->post && n > sizeof path - 1 && strcmp(r->url + n - (sizeof path - 1), path) == 0;
}

static void depart(struct courier *co, const struct carry_request *r)
{
    struct trip *t = free_trip(co);
    if (!t) {
        refuse(co, r->id, _("too many requests at once"));
        return;
    }
    if (r->pin[0] == '\0' && !may_be_asked_of_strangers(r)) {
        refuse(co, r->id, _("only an introduction is asked of somebody who is not known yet"));
        return;
    }
    t->curl = curl_easy_init();
    if (!t->curl) {
        refuse(co, r->id, _("not enough memory"));
        return;
    }
    t->id = r->id;
    set_limits(t->curl, r);
    set_tls(co, t->curl, r);
    set_content(co, t, r);
    curl_multi_add_handle(co->multi, t->curl);
}

static void cancel(struct courier *co, int64_t id)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (co->trip[i].curl && co->trip[i].id == id)
            end_trip(co, &co->trip[i]);
}

static void become(struct courier *co, const struct carry_who *w)
{
    bytes_release(&co->certificate);
    bytes_release(&co->key);
    bytes_add(&co->certificate, w->certificate.p, w->certificate.n);
    bytes_add(&co->key, w->key.p, w->key.n);
}

static int read_agent(struct courier *co, struct err *e)
{
    struct arena *a = arena_new();
    struct carry_message m;
    int r;
    carry_pipe_receive(&co->pipe);
    while ((r = carry_pipe_next(&co->pipe, a, &m, e)) == 1) {
        if (m.type == CARRY_WHO)
            become(co, &m.who);
        else if (m.type == CARRY_REQUEST)
            depart(co, &m.request);
        else if (m.type == CARRY_CANCEL)
            cancel(co, m.request.id);
        arena_reset(a);
    }
    arena_free(a);
    return r;
}

static void arrive(struct courier *co, struct trip *t, CURLcode how)
{
    long status = 0;
    struct carry_reply r = {.id = t->id};
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    if (how == CURLE_OK)
        r.body = bytes_span(&t->reply);
    else
        r.error = t->error[0] ? t->error : curl_easy_strerror(how);
    r.status = how == CURLE_OK && status >= 0 && status <= 999 ? status : 0;
    reply(co, &r);
    end_trip(co, t);
}

static void read_trips(struct courier *co)
{
    CURLMsg *m;
    int left;
    while ((m = curl_multi_info_read(co->multi, &left)) != NULL) {
        char *t = NULL;
        if (m->msg == CURLMSG_DONE && curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t) == CURLE_OK &&
            t)
            arrive(co, (struct trip *)t, m->data.result);
    }
}

static int serve(struct courier *co, struct err *e)
{
    int under_way, r = 0;
    while (r == 0 && !co->pipe.gone) {
        struct curl_waitfd agent = {.fd = co->pipe.fd, .events = CURL_WAIT_POLLIN};
        if (curl_multi_perform(co->multi, &under_way) != CURLM_OK)
            return err_set(e, ERR_BUG, NULL, _("the network library cannot go on"));
        read_trips(co);
        if (carry_pipe_is_full(&co->pipe))
            agent.events |= CURL_WAIT_POLLOUT;
        if (curl_multi_poll(co->multi, &agent, 1, IDLE_MS, NULL) != CURLM_OK)
            return err_set(e, ERR_BUG, NULL, _("the network library cannot go on"));
        carry_pipe_flush(&co->pipe);
        r = read_agent(co, e);
    }
    return r;
}

/* Proxies, key logs, configuration of the TLS library: only the language stays. */
static void forget_environment(void)
{
    char *language = getenv("LANGUAGE") ? mem_strdup(getenv("LANGUAGE")) : NULL;
    clearenv();
    if (language)
        setenv("LANGUAGE", language, 1);
    free(language);
}

int courier_run(int fd, struct err *e)
{
    struct courier *co = mem_alloc(sizeof *co);
    int r = 0;
    forget_environment();
    carry_pipe_init(&co->pipe, fd);
    co->headers =
        curl_slist_append(curl_slist_append(NULL, "Expect:"), "Content-Type: application/octet-stream");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(co->multi = curl_multi_init()))
        r = err_set(e, ERR_ENV, NULL, _("the network library cannot be used"));
    if (r == 0)
        r = serve(co, e);
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (co->trip[i].curl)
            end_trip(co, &co->trip[i]);
    curl_multi_cleanup(co->multi);
    curl_slist_free_all(co->headers);
    curl_global_cleanup();
    bytes_release(&co->certificate);
    bytes_release(&co->key);
    carry_pipe_release(&co->pipe);
    free(co->pin);
    free(co);
    return r;
}
