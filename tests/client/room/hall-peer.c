/* SPDX-License-Identifier: Apache-2.0 */
/* Stations that talk to the room service in bytes. */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "client/agent/line.h"
#include "client/room/seal.h"
#include "exam-packages/journal-spill.h"
#include "exam-packages/journal-order.h"
#include "tests/client/exam.h"
#include "tests/client/room/hall-kit.h"
#include "tests/client/room/room-kit.h"

void peer_forget(struct peer *p)
{
    sitting_store_close(p->store);
    if (p->session.item)
        session_release(&p->session);
    p->session = (struct session){0};
    p->store = NULL;
    unlink(p->path);
    journal_spill_forget(p->path);
    char *wal = mem_printf("%s-wal", p->path), *shm = mem_printf("%s-shm", p->path);
    unlink(wal);
    unlink(shm);
    free(wal);
    free(shm);
}

void peer_open(struct peer *p, struct service *s, const char *name)
{
    struct err e;
    *p = (struct peer){.service = s, .name = name, .arena = arena_new()};
    assert_done(minisign_new(&p->key, &e), e);
    assert_done(age_identity_new(&p->recipient, &e), e);
    assert_done(introduction_tls_seed(&p->key, &p->tls_seed, p->tls, &e), e);
    p->chain = kit_certify(s->exam.world, p->arena, &p->key, "station", name, "301");
    snprintf(p->path, sizeof p->path, "%s/%s.journal", s->exam.world->dir, name);
    peer_forget(p); /* of a test before */
}

void peer_close(struct peer *p)
{
    peer_forget(p);
    minisign_secret_free(&p->key);
    age_identity_free(&p->recipient);
    secret_free(&p->tls_seed);
    arena_free(p->arena);
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A few bytes changed, sometimes the end cut off. */
static void garble(struct bytes *body, uint32_t *state)
{
    for (uint32_t i = next(state) % 6; body->n && i > 0; i--)
        body->p[next(state) % body->n] = next(state) % 3 ? (uint8_t)next(state) : 0;
    if (body->n && next(state) % 8 == 0)
        body->n = next(state) % body->n;
}

/* What goes over the line, both ways, as bytes. */
static int call(struct peer *p, const char *path, struct bytes *body, struct span *ret)
{
    if (p->lie)
        garble(body, &p->lie);
    const struct hall_call c = {
        .method = "POST", .path = path, .key = p->tls, .body = bytes_span(body), .last = true};
    struct bytes out = {0};
    int64_t wait = 0;
    int status = hall_answer(p->service->hall, &c, &out, &wait);
    *ret = span_of(arena_copy(p->arena, out.n ? out.p : (const uint8_t *)"", out.n), out.n);
    p->refused = (struct err){0};
    if (status >= 400 && ret->n)
        assert_int_equal(message_get_refused(*ret, p->arena, &p->refused, &(struct err){0}), 0);
    bytes_release(&out);
    bytes_release(body);
    p->status = status;
    return p->lie ? 0 : status;
}

int peer_hello(struct peer *p)
{
    struct err e;
    struct introduction who = {.name = p->name, .site = "S1", .room = "301", .has_recipient = true};
    struct bytes body = {0};
    struct span answer;
    struct api_hello hello;
    memcpy(who.tls, p->tls, sizeof who.tls);
    age_identity_recipient(&p->recipient, &who.recipient);
    assert_done(introduction_make(&who, &p->key, &p->chain, &body, &e), e);
    int status = call(p, "/1/hello", &body, &answer);
    if (status == 200) {
        assert_done(api_get_hello(answer, p->arena, &hello, &e), e);
        assert_string_equal(hello.session, "am");
    }
    return status;
}

static void fill_seat(struct peer *p, struct api_seat *seat)
{
    uint8_t head[32];
    const struct journal *j = sitting_store_journal(p->store);
    *seat = (struct api_seat){.ticket = journal_epoch(j, 0)->ticket,
                              .connected = p->connected,
                              .spilled = p->spilled,
                              .used_ms = p->session.used_ms,
                              .trouble = ""};
    journal_head(j, &seat->epoch, &seat->seq, head);
}

int peer_ask_news(struct peer *p)
{
    struct err e;
    struct api_seat seat;
    struct api_state state = {.after = p->after,
                              .wall_ms = p->service->now.wall_ms,
                              .state = p->state,
                              .battery = 80,
                              .disk = p->disk,
                              .trouble = "",
                              .seat = &seat,
                              .n = p->store ? 1 : 0};
    struct bytes body = {0};
    struct span answer;
    if (p->store)
        fill_seat(p, &seat);
    api_put_state(&state, &body);
    int status = call(p, "/1/news", &body, &answer);
    if (status == 200)
        assert_done(api_get_news(answer, p->arena, &p->news, &e), e);
    return status;
}

int peer_claim(struct peer *p, const char *ticket, const char *code, bool fresh_agent)
{
    struct err e;
    struct api_claim claim = {.ticket = ticket, .resume_code = code, .fresh_agent = fresh_agent};
    struct bytes body = {0};
    struct span answer;
    claim.epoch = p->has.epoch;
    claim.seq = p->has.seq;
    memcpy(claim.head, p->has.hash, sizeof claim.head);
    if (p->store)
        journal_head(sitting_store_journal(p->store), &claim.epoch, &claim.seq, claim.head);
    api_put_claim(&claim, &body);
    int status = call(p, "/1/claim", &body, &answer);
    if (status == 200)
        assert_done(api_get_claimed(answer, p->arena, &p->claimed, &e), e);
    return status;
}

static int keep(void *context, const struct journal_stored *row, struct err *e)
{
    struct api_part *part = context;
    (void)e;
    part->row[part->n++] = *row;
    return 0;
}

/* Row by row, since what is read lives only during the call. */
struct copying {
    struct peer *peer;
    struct api_part part;
};

static int copy(void *context, const struct journal_stored *row, struct err *e)
{
    struct copying *c = context;
    struct journal_stored own = *row;
    own.item = arena_strdup(c->peer->arena, row->item);
    own.payload = span_of(arena_copy(c->peer->arena, row->payload.p, row->payload.n), row->payload.n);
    return keep(&c->part, &own, e);
}

int peer_send(struct peer *p, int64_t epoch, int64_t after)
{
    struct err e;
    struct journal *j = sitting_store_journal(p->store);
    size_t i = 0;
    while (i + 1 < journal_epochs(j) && journal_epoch(j, i)->epoch != epoch)
        i++;
    struct copying c = {.peer = p,
                        .part = {.ticket = journal_epoch(j, 0)->ticket,
                                 .has_start = after <= 0,
                                 .start = *journal_epoch(j, i),
                                 .row = arena_array(p->arena, 1000, sizeof *c.part.row)}};
    assert_done(journal_stored_after(j, c.part.start.epoch, after, after < 0 ? 0 : 1000, copy, &c, &e), e);
    c.part.has_seal = journal_epoch_seal(j, i, &c.part.seal);
    struct api_rows rows = {.part = &c.part, .n = 1};
    struct bytes body = {0};
    struct span answer;
    struct api_kept kept;
    api_put_rows(&rows, &body);
    int status = call(p, "/1/rows", &body, &answer);
    if (status == 200) {
        assert_done(api_get_kept(answer, p->arena, &kept, &e), e);
        assert_int_equal(kept.n, 1);
        p->kept = kept.sitting[0];
    }
    return status;
}

void peer_enter(struct peer *p)
{
    assert_int_equal(peer_hello(p), 200);
    assert_int_equal(peer_ask_news(p), 200);
    assert_true(p->news.n >= 1);
    assert_int_equal(p->news.command[0].kind, API_OPEN);
    p->after = p->news.command[0].number;
    p->state = ROOM_OPEN;
    assert_int_equal(peer_ask_news(p), 200);
    peer_carry_out(p);
}

static void open_journal(struct peer *p, const char *ticket)
{
    struct err e;
    const struct seat *seat = service_seat(p->service, ticket);
    assert_done(sitting_store_open(&p->store, p->path, NULL, NULL, &e), e);
    assert_done(sitting_store_unseal(p->store, &p->service->room->unlock, &e), e);
    session_init(&p->session, p->service->room->paper, seat->session.form, 0);
    assert_done(sitting_store_read(p->store, &p->session, NULL, &e), e);
    p->connected = true;
}

static void make_start(struct peer *p, const char *ticket, struct journal_epoch *ret, struct bytes *j_age)
{
    struct err e;
    struct minisign_public public;
    const struct journal_epoch fork = *ret;
    assert_done(room_epoch(p->service->room, service_seat(p->service, ticket), fork.epoch ? &fork : NULL, ret,
                           j_age, &e),
                e);
    minisign_secret_public(&p->key, &public);
    seal_station_key(&public, ret->station);
}

static void put(struct peer *p, const struct session_event *event)
{
    struct err e;
    assert_done(sitting_store_put(p->store, event, &p->service->now, &e), e);
    assert_done(session_apply(&p->session, event, &e), e);
}

void peer_begin(struct peer *p, const char *ticket)
{
    struct err e;
    struct journal_epoch first = {0};
    struct bytes j_age = {0};
    make_start(p, ticket, &first, &j_age);
    assert_done(journal_create(p->path, &first, NULL, &e), e);
    bytes_release(&j_age);
    open_journal(p, ticket);
    put(p, &(struct session_event){.kind = SESSION_START, .item = ""});
}

void peer_answer(struct peer *p, const char *item, const char *choice)
{
    struct bytes encoded = {0};
    struct response_set set = exam_choice(p->arena, choice);
    response_encode(&set, &encoded);
    put(p,
        &(struct session_event){.kind = SESSION_VISIT, .item = item, .used_ms = p->session.used_ms + 1000});
    put(p, &(struct session_event){.kind = SESSION_ANSWER,
                                   .item = item,
                                   .response = bytes_span(&encoded),
                                   .used_ms = p->session.used_ms + 1000});
    bytes_release(&encoded);
}

static void sign(struct peer *p)
{
    struct err e;
    struct journal *j = sitting_store_journal(p->store);
    struct bytes body = {0}, signature = {0};
    struct journal_seal seal = {.certificate = p->chain.certificate,
                                .certificate_signature = p->chain.signature};
    journal_head(j, &seal.epoch, &seal.seq, seal.head);
    journal_seal_body(journal_epoch(j, journal_epochs(j) - 1), seal.seq, seal.head, &body);
    assert_done(minisign_sign(&p->key, bytes_span(&body), "kaochang/1 role=station seal", &signature, &e), e);
    seal.signature = bytes_span(&signature);
    assert_done(journal_put_seal(j, &seal, &e), e);
    bytes_release(&body);
    bytes_release(&signature);
}

void peer_end(struct peer *p)
{
    put(p, &(struct session_event){.kind = SESSION_HAND_IN, .item = "", .used_ms = HOUR_MS / 2});
    sign(p);
}

static void put_order(struct peer *p, enum journal_kind kind, struct span order)
{
    struct err e;
    const struct sitting_store_act act = {.kind = kind, .order = order};
    assert_done(sitting_store_put_act(p->store, &p->session, &act, &p->key, &p->service->now, &e), e);
}

void peer_take(struct peer *p, const char *ticket)
{
    struct err e;
    struct journal_order order;
    struct journal *j = NULL;
    struct bytes j_age = {0};
    int64_t seq = 0;
    assert_int_equal(p->claimed.verdict, API_TAKE);
    assert_done(journal_order_read(&order, NULL, p->arena, p->claimed.order, &e), e);
    assert_done(journal_create(p->path, &p->claimed.rows.part[0].start, NULL, &e), e);
    assert_done(journal_open(&j, p->path, NULL, NULL, &e), e);
    for (size_t i = 0; i < p->claimed.rows.n; i++) {
        const struct api_part *part = &p->claimed.rows.part[i];
        if (part->has_start)
            assert_done(journal_take_epoch(j, &part->start, &e), e);
        assert_done(journal_unseal(j, &p->service->room->unlock, 1, &e), e);
        assert_done(journal_take(j, part->row, part->n, &seq, &e), e);
    }
    struct journal_epoch next = {.epoch = 1, .fork_epoch = order.fork_epoch, .fork_seq = order.fork_seq};
    memcpy(next.fork_hash, order.fork_hash, sizeof next.fork_hash);
    make_start(p, ticket, &next, &j_age);
    assert_done(journal_take_epoch(j, &next, &e), e);
    bytes_release(&j_age);
    journal_close(j);
    open_journal(p, ticket);
    put_order(p, JOURNAL_RESEAT, p->claimed.order);
}

void peer_carry_out(struct peer *p)
{
    struct err e;
    struct journal_order order;
    for (size_t i = 0; i < p->news.n; i++) {
        const struct api_command *c = &p->news.command[i];
        assert_true(c->number > p->after);
        p->after = c->number;
        if (c->kind == API_START)
            p->state = ROOM_RUNNING;
        if (c->kind == API_STOP)
            p->connected = false;
        if (c->kind == API_CLOSE)
            p->state = ROOM_CLOSED;
        if (c->kind != API_ORDER)
            continue;
        assert_done(journal_order_read(&order, NULL, p->arena, c->data, &e), e);
        if (sitting_store_has_serial(p->store, order.serial))
            continue;
        put_order(p, order.kind, c->data);
        if (order.kind == JOURNAL_FORCED_END)
            sign(p);
    }
}
