/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/http/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/http/answer.h"

enum { CONNECT_MS = 10000, PATIENCE_MS = 30000, LEAST_PER_SECOND = 512 };

struct place {
    CURL *curl;
    struct curl_slist *headers;
    char *url; /* without a slash at its end */
    char *authorities;
    int64_t bytes_per_second, patience_ms;
    int64_t date_ms;           /* of the last answer */
    int64_t paid_ms, paid_for; /* the rate: bytes since a moment */
    char error[CURL_ERROR_SIZE];
};

/* One request. */
struct trip {
    struct place *place;
    char *url;
    struct answer answer;
    struct bytes *whole; /* of a document: at most `max` */
    size_t max;
    struct source_piece *piece; /* of a package */
    int64_t asked_from;
    bool begun;
    struct err *e; /* why we broke it off: `result` */
    int result;
};

/* ---- the rate ---- */

static int64_t moment_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Libcurl's own limit (7.88) lets megabytes pass. Whoever waits here lets the line fill up to the server. */
static void keep_rate(struct place *p, size_t n)
{
    int64_t rate = p->bytes_per_second, now = moment_ms();
    if (rate == 0)
        return;
    int64_t due = p->paid_ms + p->paid_for * 1000 / rate;
    if (due < now) {
        p->paid_ms = now;
        p->paid_for = 0;
    } else {
        struct timespec wait = {.tv_sec = (due - now) / 1000, .tv_nsec = (due - now) % 1000 * 1000000};
        nanosleep(&wait, NULL);
    }
    p->paid_for += (int64_t)n;
}

/* What the kernel takes in advance is not held to any rate. */
static int take_little(void *context, curl_socket_t fd, curlsocktype purpose)
{
    int bytes = 65536;
    (void)context;
    (void)purpose;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    return CURL_SOCKOPT_OK;
}

/* ---- what comes ---- */

static size_t take_header(char *line, size_t one, size_t n, void *context)
{
    struct trip *t = context;
    (void)one;
    if (answer_line(&t->answer, line, n))
        return n;
    t->result = err_set(t->e, ERR_DATA, t->url, _("the server's headers do not end"));
    return 0;
}

/* Before the first byte of a package: where it belongs. */
static int place_body(struct trip *t)
{
    struct source_piece *p = t->piece;
    t->begun = true;
    if (t->answer.status == 206 && answer_fits(&t->answer, t->asked_from, p->size))
        return 0;
    if (t->answer.status == 206)
        return err_set(t->e, ERR_NO, t->url, _("the server sends another part than the one asked for"));
    return p->have > 0 ? source_piece_restart(p, t->e) : 0;
}

static int take_piece(struct trip *t, const char *data, size_t n)
{
    int r = t->begun ? 0 : place_body(t);
    return r < 0 ? r : source_piece_put(t->piece, t->url, data, n, t->e);
}

static int take_whole(struct trip *t, const char *data, size_t n)
{
    if (n > t->max - t->whole->n)
        return err_set(t->e, ERR_DATA, t->url, _("larger than the limit of %zu bytes"), t->max);
    bytes_add(t->whole, data, n);
    return 0;
}

static bool is_wanted(const struct trip *t)
{
    return t->answer.status == 200 || (t->answer.status == 206 && t->piece && t->asked_from > 0);
}

/* The text of an error page interests nobody. */
static size_t take_body(char *data, size_t one, size_t n, void *context)
{
    struct trip *t = context;
    (void)one;
    if (!is_wanted(t))
        return 0;
    keep_rate(t->place, n);
    t->result = t->piece ? take_piece(t, data, n) : take_whole(t, data, n);
    return t->result < 0 ? 0 : n;
}

/* ---- what is asked ---- */

static void set_manners(const struct place *p)
{
    CURL *c = p->curl;
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, p->headers);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, p->error);
    if (p->authorities)
        curl_easy_setopt(c, CURLOPT_CAINFO, p->authorities);
}

static long shorter(int64_t a, int64_t b)
{
    return (long)(a < b ? a : b);
}

/* A package may take long as long as it moves; a document may not take long. */
static void set_bounds(const struct place *p, const struct trip *t)
{
    CURL *c = p->curl;
    int64_t rate = p->bytes_per_second;
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, shorter(p->patience_ms, CONNECT_MS));
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)((p->patience_ms + 999) / 1000));
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)LEAST_PER_SECOND);
    if (rate)
        curl_easy_setopt(c, CURLOPT_SOCKOPTFUNCTION, take_little);
    if (!t->piece)
        curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
                         (long)(p->patience_ms + (int64_t)t->max * 1000 / (rate ? rate : LEAST_PER_SECOND)));
}

static void set_request(struct trip *t)
{
    CURL *c = t->place->curl;
    curl_easy_setopt(c, CURLOPT_URL, t->url);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    if (t->asked_from > 0) {
        char range[32];
        snprintf(range, sizeof range, "%lld-", (long long)t->asked_from);
        curl_easy_setopt(c, CURLOPT_RANGE, range);
    }
}

/* ---- what became of it ---- */

static int refused(const struct trip *t, struct err *e)
{
    int status = t->answer.status;
    if (status >= 300 && status < 400) {
        err_set(e, ERR_ENV, t->url, _("the server sends elsewhere (%d), which is not followed"), status);
        return err_hint(e, _("give the right address, if you trust where it sends"));
    }
    if (status == 416)
        return err_set(e, ERR_NO, t->url, _("has another length than the %lld bytes that the index names"),
                       (long long)t->piece->size);
    err_set(e, ERR_ENV, t->url,
            status == 404 || status == 410 ? _("the server has no such file (%d)")
                                           : _("the server refuses it (%d)"),
            status);
    if (e && (status == 404 || status == 410))
        e->code = SOURCE_ABSENT;
    return -ERR_ENV;
}

static int broken_off(const struct trip *t, struct err *e)
{
    if (t->piece)
        err_set(e, ERR_ENV, t->url, _("the line broke after %lld of %lld bytes"), (long long)t->piece->have,
                (long long)t->piece->size);
    else
        err_set(e, ERR_ENV, t->url, _("the line broke"));
    if (e)
        e->code = SOURCE_BROKEN_OFF;
    return err_hint(e, _("try again: what has come is kept"));
}

static int failed(const struct trip *t, CURLcode how, struct err *e)
{
    const char *detail = t->place->error[0] ? t->place->error : curl_easy_strerror(how);
    switch (how) {
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
        return broken_off(t, e);
    case CURLE_OPERATION_TIMEDOUT:
        err_set(e, ERR_ENV, t->url, _("the server says nothing, or too slowly: %s"), detail);
        if (e && t->begun)
            e->code = SOURCE_BROKEN_OFF;
        return -ERR_ENV;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        err_set(e, ERR_ENV, t->url, _("the server's certificate is not good: %s"), detail);
        return err_hint(e,
                        _("check the address and this machine's clock; --ca names authorities of your own"));
    default:
        err_set(e, ERR_ENV, t->url, _("cannot be fetched: %s"), detail);
        return err_hint(e, _("check the address and the network, and pull again: what has come is kept; a repository can also come on a USB stick"));
    }
}

static int run(struct trip *t, struct err *e)
{
    struct place *p = t->place;
    t->e = e;
    p->error[0] = '\0';
    set_manners(p);
    set_bounds(p, t);
    set_request(t);
    CURLcode how = curl_easy_perform(p->curl);
    p->date_ms = t->answer.date_ms ? t->answer.date_ms : p->date_ms;
    if (t->result < 0)
        return t->result;
    if (t->answer.status != 0 && !is_wanted(t))
        return refused(t, e);
    if (how != CURLE_OK)
        return failed(t, how, e);
    return t->piece && t->piece->have < t->piece->size ? broken_off(t, e) : 0;
}

/* ---- the kind ---- */

static int http_read(void *context, const char *name, size_t max, struct bytes *ret, struct err *e)
{
    struct place *p = context;
    struct bytes whole = {0};
    struct trip t = {.place = p, .url = mem_printf("%s/%s", p->url, name), .whole = &whole, .max = max};
    int r = run(&t, e);
    if (r == 0 && !whole.p)
        bytes_add(&whole, "", 0);
    if (r == 0)
        *ret = whole;
    else
        bytes_release(&whole);
    free(t.url);
    return r;
}

static int http_fetch(void *context, const char *name, struct source_piece *piece, struct err *e)
{
    struct place *p = context;
    if (piece->have == piece->size)
        return 0;
    struct trip t = {
        .place = p, .url = mem_printf("%s/%s", p->url, name), .piece = piece, .asked_from = piece->have};
    int r = run(&t, e);
    free(t.url);
    return r;
}

static struct source_clock http_clock(void *context)
{
    const struct place *p = context;
    return (struct source_clock){.ms = p->date_ms, .is_current = true};
}

static void http_close(void *context)
{
    struct place *p = context;
    curl_easy_cleanup(p->curl);
    curl_slist_free_all(p->headers);
    curl_global_cleanup();
    free(p->url);
    free(p->authorities);
    free(p);
}

static const struct source_kind http_kind = {
    .read = http_read,
    .fetch = http_fetch,
    .clock = http_clock,
    .close = http_close,
};

/* ---- the address ---- */

static bool has(CURLU *u, CURLUPart part)
{
    char *value = NULL;
    bool there = curl_url_get(u, part, &value, 0) == CURLUE_OK && value && *value;
    curl_free(value);
    return there;
}

static bool is_plain(const char *url)
{
    CURLU *u = curl_url();
    bool plain = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK && has(u, CURLUPART_HOST) &&
                 !has(u, CURLUPART_USER) && !has(u, CURLUPART_PASSWORD) && !has(u, CURLUPART_QUERY) &&
                 !has(u, CURLUPART_FRAGMENT);
    curl_url_cleanup(u);
    return plain;
}

static char *without_slash(const char *url)
{
    char *copy = mem_strdup(url);
    for (size_t n = strlen(copy); n > 0 && copy[n - 1] == '/';)
        copy[--n] = '\0';
    return copy;
}

int http_open(const char *url, const struct source_net *net, const struct source_kind **ret_kind,
              void **ret_place, struct err *e)
{
    if (!is_plain(url)) {
        err_set(e, ERR_USAGE, url, _("is not the address of a repository"));
        return err_hint(e, _("such as http://exam.example/repo: no user, no password, no ? and no #"));
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return err_set(e, ERR_ENV, NULL, _("the network library cannot be used"));
    struct place *p = mem_alloc(sizeof *p);
    p->curl = curl_easy_init();
    p->headers = curl_slist_append(NULL, "Accept: */*");
    p->url = without_slash(url);
    p->authorities = net && net->authorities ? mem_strdup(net->authorities) : NULL;
    p->bytes_per_second = net ? net->bytes_per_second : 0;
    p->patience_ms = net && net->patience_ms ? net->patience_ms : PATIENCE_MS;
    if (!p->curl || !p->headers) {
        http_close(p);
        return err_set(e, ERR_ENV, NULL, _("the network library cannot be used"));
    }
    *ret_kind = &http_kind;
    *ret_place = p;
    return 0;
}
