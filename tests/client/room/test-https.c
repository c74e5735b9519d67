/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTPS of the room service, against our own courier and against clients that mean harm. */
#include "tests/check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sodium.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "client/room/carry.h"
#include "client/room/net/courier.h"
#include "client/room/net/https.h"
#include "client/room/tls-certificate.h"

enum { MOST = 1000, WAIT_MS = 300 };

/* ---- the service: says who asks; /wait is answered when /news was asked; /last waits until it may no longer
 * ---- */

struct echo {
    bool news;
};

static int answer(void *self, const struct https_request *q, struct bytes *out, int64_t *ret_wait_ms)
{
    struct echo *echo = self;
    char hex[2 * TLS_PUBLIC_KEY + 1] = "nobody";
    if (q->key)
        hex_encode(hex, q->key, TLS_PUBLIC_KEY);
    if (strcmp(q->path, "/news") == 0)
        echo->news = true;
    bool waits =
        (strcmp(q->path, "/wait") == 0 && !echo->news) || (strcmp(q->path, "/last") == 0 && !q->last);
    *ret_wait_ms = q->path[1] == 'w' ? 20000 : WAIT_MS;
    if (waits)
        return 0;
    if (strcmp(q->path, "/none") == 0)
        return 404;
    bytes_printf(out, "%s %s %s %zu%s", q->method, q->path, hex, q->body.n, q->again ? " again" : "");
    return 200;
}

static bool ready(void *self, const uint8_t key[TLS_PUBLIC_KEY])
{
    (void)key;
    return ((struct echo *)self)->news;
}

static size_t most(void *self, const uint8_t *key)
{
    (void)self;
    return key ? MOST : 10;
}

static int64_t mono(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

static void seed_of(struct secret *ret, uint8_t fill)
{
    struct err e;
    assert_done(secret_new(ret, 32, &e), e);
    memset(ret->p, fill, 32);
}

static pid_t service;
static int port;
static uint8_t service_key[TLS_PUBLIC_KEY];

static _Noreturn void serve_forever(int say)
{
    struct echo echo = {0};
    struct secret seed = {0};
    struct https *h = NULL;
    struct err e;
    const struct https_answers answers = {.self = &echo, .answer = answer, .ready = ready, .most = most};
    signal(SIGPIPE, SIG_IGN);
    seed_of(&seed, 7);
    if (https_open(&h, "127.0.0.1:0", &seed, &answers, &e) < 0)
        _exit(1);
    port = https_port(h);
    if (write(say, &port, sizeof port) != sizeof port)
        _exit(1);
    for (;;) {
        struct pollfd p = {.fd = https_fd(h), .events = POLLIN};
        poll(&p, 1, (int)https_wait_ms(h, mono()));
        https_turn(h, mono());
    }
}

static int start_service(void **state)
{
    int line[2];
    (void)state;
    assert_int_equal(pipe(line), 0);
    service = fork();
    if (service == 0)
        serve_forever(line[1]);
    close(line[1]);
    assert_int_equal(read(line[0], &port, sizeof port), sizeof port);
    close(line[0]);
    struct secret seed = {0};
    uint8_t secret[64];
    seed_of(&seed, 7);
    crypto_sign_seed_keypair(service_key, secret, seed.p);
    secret_free(&seed);
    return 0;
}

static int stop_service(void **state)
{
    (void)state;
    kill(service, SIGKILL);
    waitpid(service, NULL, 0);
    return 0;
}

/* ---- our own client ---- */

struct client {
    pid_t pid;
    struct carry_pipe pipe;
    struct arena *arena;
    char key[2 * TLS_PUBLIC_KEY + 1];
};

static void client_open(struct client *c, uint8_t fill)
{
    int pair[2];
    struct err e;
    struct secret seed = {0};
    struct bytes certificate = {0}, key = {0}, who = {0};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    c->arena = arena_new();
    c->pid = fork();
    if (c->pid == 0) {
        signal(SIGPIPE, SIG_IGN);
        dup2(pair[1], 3); /* and nothing of other clients */
        close_range(4, ~0U, 0);
        _exit(-courier_run(3, &e));
    }
    close(pair[1]);
    carry_pipe_init(&c->pipe, pair[0]);
    seed_of(&seed, fill);
    uint8_t public[TLS_PUBLIC_KEY], secret[64];
    crypto_sign_seed_keypair(public, secret, seed.p);
    hex_encode(c->key, public, sizeof public);
    assert_done(tls_certificate_make("st", &seed, &certificate, &key, &e), e);
    carry_put_who(&(struct carry_who){bytes_span(&certificate), bytes_span(&key)}, &who);
    bytes_add(&c->pipe.out, who.p, who.n);
    carry_pipe_flush(&c->pipe);
    bytes_release(&certificate);
    bytes_release(&key);
    bytes_release(&who);
    secret_free(&seed);
}

static void client_close(struct client *c)
{
    carry_pipe_release(&c->pipe);
    waitpid(c->pid, NULL, 0);
    arena_free(c->arena);
}

static void ask(struct client *c, int64_t id, const char *path, size_t body)
{
    char pin[TLS_PIN];
    static const uint8_t zeros[2 * MOST];
    const struct carry_request q = {.id = id,
                                    .url = arena_printf(c->arena, "https://127.0.0.1:%d%s", port, path),
                                    .pin = tls_pin(service_key, pin),
                                    .post = true,
                                    .wait_ms = 10000,
                                    .body = span_of(zeros, body)};
    carry_put_request(&q, &c->pipe.out);
    carry_pipe_flush(&c->pipe);
}

static struct carry_reply hear(struct client *c)
{
    struct carry_message m = {0};
    struct err e;
    int r = 0;
    while ((r = carry_pipe_next(&c->pipe, c->arena, &m, &e)) == 0) {
        struct pollfd p = {.fd = c->pipe.fd, .events = POLLIN};
        assert_int_equal(poll(&p, 1, 15000), 1);
        carry_pipe_flush(&c->pipe);
        carry_pipe_receive(&c->pipe);
        assert_false(c->pipe.gone);
    }
    assert_int_equal(r, 1);
    assert_int_equal(m.type, CARRY_REPLY);
    return m.reply;
}

static void assert_body(const struct carry_reply *r, const char *wanted)
{
    if (r->status != 200)
        fail_msg("status %d: %s", (int)r->status, r->error);
    assert_int_equal(r->body.n, strlen(wanted));
    assert_memory_equal(r->body.p, wanted, r->body.n);
}

/* It still answers, at once. */
static void assert_alive(void)
{
    struct client c;
    int64_t before = mono();
    client_open(&c, 99);
    ask(&c, 1, "/alive", 0);
    struct carry_reply r = hear(&c);
    assert_int_equal(r.status, 200);
    assert_true(mono() - before < 2000);
    client_close(&c);
}

static void test_key(void **state)
{
    struct client c;
    struct carry_reply r;
    (void)state;
    client_open(&c, 1);
    ask(&c, 5, "/a/path", 3);
    r = hear(&c);
    assert_int_equal(r.id, 5);
    assert_body(&r, arena_printf(c.arena, "POST /a/path %s 3", c.key));
    ask(&c, 6, "/none", 0);
    r = hear(&c);
    assert_int_equal(r.status, 404);
    client_close(&c);
}

static void test_large(void **state)
{
    struct client c;
    struct carry_reply r;
    (void)state;
    client_open(&c, 2);
    ask(&c, 1, "/x", MOST);
    r = hear(&c);
    assert_int_equal(r.status, 200);
    ask(&c, 2, "/x", MOST + 1);
    r = hear(&c);
    assert_int_equal(r.status, 413);
    client_close(&c);
}

static void test_waiting(void **state)
{
    struct client c, d;
    struct carry_reply r;
    (void)state;
    client_open(&c, 3);
    client_open(&d, 4);
    int64_t before = mono();
    ask(&c, 1, "/last", 0);
    r = hear(&c);
    assert_body(&r, arena_printf(c.arena, "POST /last %s 0 again", c.key));
    assert_true(mono() - before >= WAIT_MS);
    before = mono();
    ask(&c, 2, "/wait", 0);
    ask(&d, 1, "/other", 0); /* nobody else waits */
    r = hear(&d);
    assert_int_equal(r.status, 200);
    ask(&d, 2, "/news", 0);
    r = hear(&c);
    assert_int_equal(r.id, 2);
    assert_int_equal(r.status, 200);
    assert_true(mono() - before < 5000);
    client_close(&c);
    client_close(&d);
}

/* ---- others ---- */

static int connect_plainly(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    return fd;
}

static void test_garbage(void **state)
{
    uint8_t noise[4096];
    (void)state;
    for (unsigned i = 0; i < 50; i++) {
        int fd = connect_plainly();
        for (size_t k = 0; k < sizeof noise; k++)
            noise[k] = (uint8_t)((i * 2654435761u + k * 40503u) >> 7);
        if (i % 2) /* looks like a handshake at first */
            memcpy(noise, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
        assert_true(send(fd, noise, sizeof noise, MSG_NOSIGNAL) > 0);
        close(fd);
    }
    assert_alive();
}

static void test_plain_http(void **state)
{
    static const char request[] = "GET /1/introduction HTTP/1.1\r\nHost: x\r\n\r\n";
    char reply[1000];
    (void)state;
    int fd = connect_plainly();
    assert_true(send(fd, request, sizeof request - 1, MSG_NOSIGNAL) > 0);
    ssize_t n = recv(fd, reply, sizeof reply, 0);
    assert_true(n <= 0 || memcmp(reply, "HTTP", 4) != 0);
    close(fd);
    assert_alive();
}

static void test_many(void **state)
{
    int fd[200];
    (void)state;
    for (size_t i = 0; i < sizeof fd / sizeof *fd; i++) /* open, and say nothing */
        fd[i] = connect_plainly();
    assert_alive();
    for (size_t i = 0; i < sizeof fd / sizeof *fd; i++)
        close(fd[i]);
    assert_alive();
}

static void test_openssl(const char *arguments, const char *wanted)
{
    char command[500], line[400];
    bool found = false;
    snprintf(command, sizeof command,
             "printf 'GET /x HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | timeout 10 openssl "
             "s_client -connect "
             "127.0.0.1:%d -quiet %s 2>&1",
             port, arguments);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        found = found || strstr(line, wanted);
    pclose(f);
    if (!found)
        fail_msg("openssl s_client %s does not say \"%s\"", arguments, wanted);
}

static void test_tls(void **state)
{
    (void)state;
    if (access("/usr/bin/openssl", X_OK) != 0)
        return;
    test_openssl("-tls1_2", "unexpected eof");
    test_openssl("-tls1_3", "GET /x nobody 0");
    assert_alive();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a request comes with the key that its client has proved", test_key, start_service, stop_service,
         NULL},
        {"a body that is too large is refused", test_large, start_service, stop_service, NULL},
        {"who waits for news is answered when there is some, or at the end", test_waiting, start_service,
         stop_service, NULL},
        {"garbage hurts nobody", test_garbage, start_service, stop_service, NULL},
        {"there is no HTTP without TLS", test_plain_http, start_service, stop_service, NULL},
        {"many silent connections hurt nobody", test_many, start_service, stop_service, NULL},
        {"TLS 1.3 only; without a certificate one is nobody", test_tls, start_service, stop_service, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
