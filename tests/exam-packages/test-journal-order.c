/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/canon.h"
#include "base/file.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/journal-order.h"
#include "tests/desk.h"
#include "tests/exam-packages/world.h"

#define SERIAL "000102030405060708090a0b0c0d0e0f"
#define OTHER_SERIAL "f00102030405060708090a0b0c0d0e0f"

/* An office, the machine of room 301 of site S1, and a candidate's desk in it. */
struct state {
    struct world world;
    struct desk desk;
    struct arena *arena;
    struct minisign_secret key;
    struct certificate *certificate;
    struct certificate_chain chain;
};
static struct err e;

static struct span kept(struct arena *a, struct bytes *b)
{
    struct span s = span_of(arena_copy(a, b->p, b->n), b->n);
    bytes_release(b);
    return s;
}

static void certify(struct state *s, const struct minisign_secret *by)
{
    struct bytes document = {0}, signature = {0};
    char comment[64];
    assert_done(certificate_write(s->certificate, &document, &e), e);
    assert_done(minisign_sign(by, bytes_span(&document),
                              certificate_comment(s->certificate, comment, sizeof comment), &signature, &e),
                e);
    s->chain.certificate = kept(s->arena, &document);
    s->chain.signature = kept(s->arena, &signature);
}

static int begin(void **state)
{
    struct state *s = calloc(1, sizeof *s);
    world_new(&s->world, 1);
    desk_open(&s->desk);
    s->arena = arena_new();
    assert_done(minisign_new(&s->key, &e), e);
    struct certificate *c = s->certificate = certificate_new();
    c->kind = CERTIFICATE_ROOM;
    c->serial = "00000000000000cc";
    c->name = "room301";
    c->site = "S1";
    c->room = "301";
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2026-12-31T00:00:00+08:00";
    minisign_secret_public(&s->key, &c->key);
    certify(s, &s->world.officer);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    certificate_free(s->certificate);
    minisign_secret_free(&s->key);
    arena_free(s->arena);
    desk_close(&s->desk);
    world_free(&s->world);
    free(s);
    return 0;
}

static struct journal_order five_minutes(void)
{
    return (struct journal_order){.kind = JOURNAL_EXTRA_TIME,
                                  .session = "S1",
                                  .ticket = "T001",
                                  .serial = SERIAL,
                                  .value = 300000,
                                  .wall_ms = 1800000000000,
                                  .reason = "the mouse was broken"};
}

static struct span packed(struct state *s, const struct journal_order *o)
{
    struct bytes out = {0};
    assert_done(journal_order_sign(o, &s->key, &s->chain, &out, &e), e);
    return kept(s->arena, &out);
}

/* The payload of an act with an order, signed by the station for that place. */
static struct span act_with(struct state *s, struct journal_act act, int64_t seq, struct span order)
{
    struct bytes body = {0}, signature = {0}, payload = {0};
    act.session = s->desk.start.session;
    act.ticket = s->desk.start.ticket;
    act.epoch = 1;
    act.seq = seq;
    journal_act_body(&act, &body);
    assert_done(
        minisign_sign(&s->desk.station, bytes_span(&body), "kaochang/1 role=station act", &signature, &e), e);
    journal_act_payload(bytes_span(&body), bytes_span(&signature), order, &payload);
    bytes_release(&body);
    bytes_release(&signature);
    return kept(s->arena, &payload);
}

static const struct journal_act as_ordered = {
    .kind = JOURNAL_EXTRA_TIME, .value = 300000, .reason = "the mouse was broken"};

/* Start, and then that many payloads as events of extra time, folded. */
static int fold(struct state *s, const struct span *payload, int n, struct journal_work *w)
{
    struct journal_clock at = {.used_ms = 500};
    struct journal *j = desk_journal(&s->desk);
    desk_add(j, 0, JOURNAL_START, "", "");
    for (int i = 0; i < n; i++)
        assert_done(journal_append(j, &at, JOURNAL_EXTRA_TIME, "", payload[i], &e), e);
    int r = journal_fold(j, w, &e);
    journal_close(j);
    return r;
}

static void an_order_is_read_as_it_was_signed(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes(), again = {0};
    struct journal_signed_order signed_order = {0};
    assert_done(journal_order_read(&again, &signed_order, s->arena, packed(s, &o), &e), e);
    assert_int_equal(again.kind, JOURNAL_EXTRA_TIME);
    assert_string_equal(again.serial, SERIAL);
    assert_string_equal(again.reason, o.reason);
    assert_int_equal(again.value, 300000);
    assert_done(journal_order_trusted(&signed_order, s->world.trust, "S1", "301", &e), e);
}

static void any_changed_byte_is_found(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes(), again;
    struct journal_signed_order signed_order;
    struct span whole = packed(s, &o);
    struct arena *a = arena_new();
    for (size_t i = 0; i < whole.n; i++) {
        ((uint8_t *)whole.p)[i] ^= 1;
        if (journal_order_read(&again, &signed_order, a, whole, &e) == 0 &&
            journal_order_trusted(&signed_order, s->world.trust, "S1", "301", &e) == 0 &&
            (again.value != o.value || strcmp(again.serial, o.serial) != 0 ||
             strcmp(again.reason, o.reason) != 0))
            fail_msg("byte %zu may be changed", i);
        ((uint8_t *)whole.p)[i] ^= 1;
        arena_reset(a);
    }
    for (size_t n = 0; n < whole.n; n++)
        assert_true(journal_order_read(&again, NULL, a, span_of(whole.p, n), &e) < 0);
    arena_free(a);
}

static void only_the_machine_of_a_room_gives_orders(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes(), again;
    s->certificate->kind = CERTIFICATE_STATION;
    certify(s, &s->world.officer);
    assert_refused(journal_order_read(&again, NULL, s->arena, packed(s, &o), &e), ERR_NO,
                   "may not give orders", e);
}

static void only_the_machine_of_this_room_and_of_this_office(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes(), again;
    struct journal_signed_order signed_order;
    assert_done(journal_order_read(&again, &signed_order, s->arena, packed(s, &o), &e), e);
    assert_refused(journal_order_trusted(&signed_order, s->world.trust, "S1", "302", &e), ERR_NO,
                   "another room", e);
    assert_refused(journal_order_trusted(&signed_order, s->world.trust, "S2", "301", &e), ERR_NO,
                   "another room", e);
    certify(s, &s->world.stranger);
    assert_done(journal_order_read(&again, &signed_order, s->arena, packed(s, &o), &e), e);
    assert_int_equal(journal_order_trusted(&signed_order, s->world.trust, "S1", "301", &e), -ERR_NO);
}

static void an_order_travels_in_the_act_that_carries_it_out(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes();
    struct span payload = act_with(s, as_ordered, 2, packed(s, &o));
    struct journal_work w = {0};
    assert_done(fold(s, &payload, 1, &w), e);
    assert_int_equal(w.extra_ms, 300000);
    assert_true(journal_work_has_serial(&w, SERIAL));
    assert_false(journal_work_has_serial(&w, OTHER_SERIAL));
    journal_work_release(&w);
}

static void an_act_that_is_not_what_was_ordered_is_refused(void **state)
{
    struct state *s = *state;
    struct journal_act act[] = {as_ordered, as_ordered, as_ordered, as_ordered};
    struct journal_order order[] = {five_minutes(), five_minutes(), five_minutes(), five_minutes()};
    act[0].value = 600000;
    act[1].reason = "because";
    order[2].ticket = "T002";
    order[3].kind = JOURNAL_VIOLATION;
    for (int i = 0; i < 4; i++) {
        struct journal_work w = {0};
        struct span payload = act_with(s, act[i], 2, packed(s, &order[i]));
        assert_refused(fold(s, &payload, 1, &w), ERR_DATA, "for something else", e);
        desk_close(&s->desk);
        desk_open(&s->desk);
    }
}

static void an_order_counts_once(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes(), other = five_minutes();
    struct journal_work w = {0};
    other.serial = OTHER_SERIAL;
    struct span first = packed(s, &o);
    const struct span twice[] = {act_with(s, as_ordered, 2, first), act_with(s, as_ordered, 3, first)};
    assert_refused(fold(s, twice, 2, &w), ERR_DATA, "carried out before", e);
    desk_close(&s->desk);
    desk_open(&s->desk);
    const struct span two[] = {act_with(s, as_ordered, 2, first),
                               act_with(s, as_ordered, 3, packed(s, &other))};
    assert_done(fold(s, two, 2, &w), e);
    assert_int_equal(w.extra_ms, 600000);
    assert_int_equal(w.n_serials, 2);
    journal_work_release(&w);
}

static void an_act_without_an_order_is_what_it_was(void **state)
{
    struct state *s = *state;
    struct bytes old = {0}, again = {0};
    struct journal_act act = {0};
    struct span body, signature;
    char *path = path_join(getenv("SOURCE_ROOT"), "tests/fuzz/corpus/journal/act");
    assert_done(file_read(path, 1 << 16, &old, &e), e);
    assert_done(journal_act_read(&act, s->arena, bytes_span(&old), &body, &signature, &e), e);
    assert_int_equal(act.order.n, 0);
    journal_act_payload(body, signature, act.order, &again);
    assert_true(span_equal(bytes_span(&old), bytes_span(&again)));
    canon_blob(&again, span_str("not an order"));
    assert_done(journal_act_read(&act, s->arena, bytes_span(&again), NULL, NULL, &e), e);
    canon_int(&again, 0);
    assert_int_equal(journal_act_read(&act, s->arena, bytes_span(&again), NULL, NULL, &e), -ERR_DATA);
    bytes_release(&old);
    bytes_release(&again);
    free(path);
}

static void a_re_seat_is_for_one_machine_and_one_place(void **state)
{
    struct state *s = *state;
    struct journal_order o = five_minutes(), again;
    struct journal_epoch start = s->desk.start;
    struct journal_act act = {.kind = JOURNAL_RESEAT, .reason = "smoke"};
    o.kind = act.kind;
    o.reason = act.reason;
    o.value = 0;
    o.fork_epoch = start.fork_epoch = 1;
    o.fork_seq = start.fork_seq = 7;
    start.epoch = 2;
    memset(o.fork_hash, 9, 32);
    memset(start.fork_hash, 9, 32);
    memcpy(o.station, start.station, sizeof o.station);
    assert_done(journal_order_read(&again, NULL, s->arena, packed(s, &o), &e), e);
    assert_done(journal_order_fits(&again, &act, &start, &e), e);
    start.station[30] ^= 1;
    assert_int_equal(journal_order_fits(&again, &act, &start, &e), -ERR_NO);
    start.station[30] ^= 1;
    start.fork_seq = 6;
    assert_int_equal(journal_order_fits(&again, &act, &start, &e), -ERR_NO);
}

static void what_is_no_order_is_not_signed(void **state)
{
    struct state *s = *state;
    struct journal_order o[] = {five_minutes(), five_minutes(), five_minutes(), five_minutes()};
    struct bytes out = {0};
    o[0].kind = JOURNAL_ANSWER;
    o[1].serial = "short";
    o[2].fork_seq = 3;
    o[3].kind = JOURNAL_RESEAT;
    for (int i = 0; i < 4; i++)
        assert_true(journal_order_sign(&o[i], &s->key, &s->chain, &out, &e) < 0);
    assert_int_equal(out.n, 0);
}

#define RULE(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(an_order_is_read_as_it_was_signed),
        RULE(any_changed_byte_is_found),
        RULE(only_the_machine_of_a_room_gives_orders),
        RULE(only_the_machine_of_this_room_and_of_this_office),
        RULE(an_order_travels_in_the_act_that_carries_it_out),
        RULE(an_act_that_is_not_what_was_ordered_is_refused),
        RULE(an_order_counts_once),
        RULE(an_act_without_an_order_is_what_it_was),
        RULE(a_re_seat_is_for_one_machine_and_one_place),
        RULE(what_is_no_order_is_not_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
