/* SPDX-License-Identifier: Apache-2.0 */
/* Sitting down: with the room's word, without it after two seconds, and what goes on here from another
 * machine; whatever a service answers, a candidate sits, answers and hands in. */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "exam-packages/journal-spill.h"
#include "tests/client/room/fake-room.h"

static struct fake f;
static struct err e;

#define CASE(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

static const struct request sign_in = {.type = MESSAGE_SIGN_IN, .ticket = "T001"};

/* ---- sitting down ---- */

static void a_candidate_waits_two_seconds_for_the_rooms_word_and_no_longer(void **state)
{
    enum message_type type;
    (void)state;
    fake_open(&f);
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    fake_pass(&f, UPLINK_CLAIM_MS - 100);
    assert_false(fake_late(&f, &type, NULL));
    fake_pass(&f, 100);
    assert_true(fake_late(&f, &type, NULL));
    assert_int_equal(type, MESSAGE_CANDIDATE);
}

static void nobody_waits_for_a_room_that_is_away(void **state)
{
    enum message_type type;
    (void)state;
    fake_open(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_true(fake_ask(&f, &sign_in, &type, NULL));
    assert_int_equal(type, MESSAGE_CANDIDATE);
}

static void a_room_that_dies_while_it_is_asked_keeps_nobody(void **state)
{
    enum message_type type;
    (void)state;
    fake_open(&f);
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_true(fake_late(&f, &type, NULL));
    assert_int_equal(type, MESSAGE_CANDIDATE);
}

static void refuse_claim(enum link_error code, const char *why)
{
    struct bytes body = {0};
    struct err no = {0};
    err_set(&no, ERR_NO, NULL, "%s", why);
    no.code = (int)code;
    message_put_refused(&no, &body);
    fake_answer(&f, fake_asked(&f, "/1/claim"), 409, span_of(body.p + MESSAGE_HEAD, body.n - MESSAGE_HEAD));
    bytes_release(&body);
}

static void elsewhere_once_said_holds_when_the_room_is_gone(void **state)
{
    enum message_type type;
    struct span body;
    struct err said;
    (void)state;
    fake_open(&f);
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    refuse_claim(ERR_OPEN_ELSEWHERE, "it is open at st07");
    assert_true(fake_late(&f, &type, &body));
    assert_int_equal(type, MESSAGE_REFUSED);
    assert_done(message_get_refused(body, f.a, &said, &e), e);
    assert_int_equal(said.code, ERR_OPEN_ELSEWHERE);
    assert_string_equal(said.what, "it is open at st07");
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_true(fake_ask(&f, &sign_in, &type, NULL));
    assert_int_equal(type, MESSAGE_REFUSED);
}

static void assert_begun_elsewhere(void)
{
    enum message_type type;
    struct span body;
    struct err said;
    assert_true(fake_ask(&f, &sign_in, &type, &body));
    assert_int_equal(type, MESSAGE_REFUSED);
    assert_done(message_get_refused(body, f.a, &said, &e), e);
    assert_int_equal(said.code, ERR_OPEN_ELSEWHERE);
}

static void what_the_room_knew_as_begun_is_not_begun_anew_when_it_is_gone(void **state)
{
    enum message_type type;
    (void)state;
    f.begun = "T001";
    fake_open(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_begun_elsewhere();
    fake_restart(&f);
    fake_open(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_begun_elsewhere();
    f.begun = NULL;
    fake_restart(&f);
    fake_open(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_true(fake_ask(&f, &sign_in, &type, NULL));
    assert_int_equal(type, MESSAGE_CANDIDATE);
}

static void a_resume_code_that_the_room_wants_reaches_it(void **state)
{
    enum message_type type;
    struct span body;
    struct err said;
    struct api_claim claim;
    (void)state;
    fake_open(&f);
    sitting_close(fake_sit(&f));
    fake_restart(&f);
    fake_open(&f);
    assert_done(room_refresh(f.room, fake_seat(&f, "T001"), &e), e);
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    assert_done(api_get_claim(fake_asked(&f, "/1/claim")->body, f.a, &claim, &e), e);
    assert_true(claim.fresh_agent && claim.epoch == 1 && claim.seq >= 1);
    refuse_claim(ERR_RESUME_CODE, "a code is needed");
    assert_true(fake_late(&f, &type, &body));
    assert_done(message_get_refused(body, f.a, &said, &e), e);
    assert_int_equal(said.code, ERR_RESUME_CODE);
    struct request with = sign_in;
    with.text = "ABCD-EFGH";
    assert_false(fake_ask(&f, &with, &type, NULL));
    assert_done(api_get_claim(fake_asked(&f, "/1/claim")->body, f.a, &claim, &e), e);
    assert_string_equal(claim.resume_code, "ABCD-EFGH");
}

/* ---- going on here ---- */

struct copying {
    struct journal_stored row[100];
    size_t n;
};

static int copy_row(void *context, const struct journal_stored *row, struct err *ret)
{
    struct copying *c = context;
    (void)ret;
    c->row[c->n] = *row;
    c->row[c->n].item = arena_strdup(f.a, row->item);
    c->row[c->n++].payload = span_of(arena_copy(f.a, row->payload.p, row->payload.n), row->payload.n);
    return 0;
}

/* What the room has of T001, who has sat at this machine and answered two items; then nothing of it is here.
 */
static struct api_part copied(struct copying *c, uint8_t ret_head[32])
{
    struct sitting *s = fake_sit(&f);
    struct seat *seat = fake_seat(&f, "T001");
    fake_write(&f, s, 0, "A");
    fake_write(&f, s, 1, "B");
    sitting_close(s);
    assert_done(room_refresh(f.room, seat, &e), e);
    struct journal *j = sitting_store_journal(seat->store);
    assert_done(journal_stored_after(j, 1, 0, 100, copy_row, c, &e), e);
    struct api_part p = {
        .ticket = "T001", .has_start = true, .start = *journal_epoch(j, 0), .row = c->row, .n = c->n};
    p.start.session = "am";
    p.start.ticket = "T001";
    p.start.form = "A";
    p.start.j_age = span_of(arena_copy(f.a, p.start.j_age.p, p.start.j_age.n), p.start.j_age.n);
    memcpy(ret_head, c->row[c->n - 1].hash, 32);
    line_leave(f.room, &f.line);
    room_forget(f.room, seat);
    static const char *const tail[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char *path = mem_printf("%s%s", seat->path, tail[i]);
        unlink(path);
        free(path);
    }
    char *spill = journal_spill_path(seat->path);
    unlink(spill);
    free(spill);
    return p;
}

static struct journal_order reseat_order(const struct copying *c, const uint8_t head[32])
{
    struct journal_order o = {
        .kind = JOURNAL_RESEAT, .fork_epoch = 1, .fork_seq = (int64_t)c->n, .reason = "keyboard"};
    struct minisign_public own;
    memcpy(o.fork_hash, head, 32);
    minisign_secret_public(&f.room->key, &own);
    memcpy(o.station, "Ed", 2);
    memcpy(o.station + 2, own.id, sizeof own.id);
    memcpy(o.station + 10, own.pk, sizeof own.pk);
    return o;
}

static enum message_type take(const struct api_claimed *claimed)
{
    enum message_type type = 0;
    struct bytes body = {0};
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    api_put_claimed(claimed, &body);
    fake_answer(&f, fake_asked(&f, "/1/claim"), 200, bytes_span(&body));
    assert_true(fake_late(&f, &type, NULL));
    bytes_release(&body);
    return type;
}

static void a_sitting_goes_on_here_with_all_that_the_room_has(void **state)
{
    struct copying c = {0};
    uint8_t head[32];
    (void)state;
    fake_open(&f);
    struct api_part part = copied(&c, head);
    struct journal_order o = reseat_order(&c, head);
    struct api_claimed claimed = {
        .verdict = API_TAKE, .order = fake_order(&f, &o, &f.key, &f.chain), .rows = {&part, 1}};
    assert_int_equal(take(&claimed), MESSAGE_CANDIDATE);
    struct seat *seat = fake_seat(&f, "T001");
    const struct journal *j = sitting_store_journal(seat->store);
    assert_int_equal(journal_epochs(j), 2);
    assert_int_equal(journal_epoch(j, 1)->fork_seq, c.n);
    assert_int_equal(seat->session.state, SITTING_ANSWERING);
    assert_int_equal(seat->session.item[1].state, ATTEMPT_ANSWERED);
    assert_int_equal(take(&claimed), MESSAGE_CANDIDATE); /* the answer was lost, and it is asked once more */
    assert_int_equal(journal_epochs(sitting_store_journal(seat->store)), 2);
    struct sitting *s = fake_sit(&f);
    fake_write(&f, s, 2, "C");
    fake_take_rows(&f);
    assert_int_equal(seat->kept.epoch, 2);
    sitting_close(s);
}

static void what_does_not_fit_its_order_does_not_go_on_here(void **state)
{
    struct copying c = {0};
    uint8_t head[32];
    struct certificate_chain station = kit_certify(&f.hall->world, f.a, &f.key, "room", "desk", "302");
    (void)state;
    fake_open(&f);
    struct api_part part = copied(&c, head);
    struct journal_order o = reseat_order(&c, head), other = o, fork = o;
    other.station[20] ^= 1;
    fork.fork_hash[0] ^= 1;
    const struct api_claimed bad[] = {
        {.verdict = API_TAKE, .order = fake_order(&f, &o, &f.key, &station), .rows = {&part, 1}},
        {.verdict = API_TAKE, .order = fake_order(&f, &other, &f.key, &f.chain), .rows = {&part, 1}},
        {.verdict = API_TAKE, .order = fake_order(&f, &fork, &f.key, &f.chain), .rows = {&part, 1}},
        {.verdict = API_TAKE, .order = span_str("no order"), .rows = {&part, 1}},
        {.verdict = API_TAKE, .order = fake_order(&f, &o, &f.key, &f.chain)},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (take(&bad[i]) != MESSAGE_REFUSED)
            fail_msg("the %zu. is accepted", i);
    const struct api_claimed good = {
        .verdict = API_TAKE, .order = fake_order(&f, &o, &f.key, &f.chain), .rows = {&part, 1}};
    assert_int_equal(take(&good), MESSAGE_CANDIDATE);
}

/* A long sitting comes in pieces; a piece that brings nothing new is the last one. */
static void what_is_too_long_for_one_answer_is_fetched_piece_by_piece(void **state)
{
    struct copying c = {0};
    uint8_t head[32];
    enum message_type type;
    struct api_claim asked;
    (void)state;
    fake_open(&f);
    struct api_part part = copied(&c, head);
    struct journal_order o = reseat_order(&c, head);
    struct span order = fake_order(&f, &o, &f.key, &f.chain);
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    for (size_t i = 0; i < c.n; i++) {
        struct api_part piece = part;
        struct bytes body = {0};
        piece.has_start = i == 0;
        piece.row = part.row + i;
        piece.n = 1;
        assert_done(api_get_claim(fake_asked(&f, "/1/claim")->body, f.a, &asked, &e), e);
        assert_int_equal(asked.seq, i);
        api_put_claimed(&(struct api_claimed){.verdict = API_TAKE, .order = order, .rows = {&piece, 1}},
                        &body);
        fake_pass(&f, UPLINK_CLAIM_MS / 2);
        fake_answer(&f, fake_asked(&f, "/1/claim"), 200, bytes_span(&body));
        assert_true(i + 1 == c.n || !fake_late(&f, &type, NULL));
        bytes_release(&body);
    }
    assert_true(fake_late(&f, &type, NULL));
    assert_int_equal(type, MESSAGE_CANDIDATE);
    assert_int_equal(journal_epochs(sitting_store_journal(fake_seat(&f, "T001")->store)), 2);
}

static void pieces_without_end_let_nobody_begin_a_second_exam(void **state)
{
    struct copying c = {0};
    uint8_t head[32];
    enum message_type type;
    (void)state;
    fake_open(&f);
    struct api_part part = copied(&c, head);
    struct journal_order o = reseat_order(&c, head);
    part.n--;
    const struct api_claimed less = {
        .verdict = API_TAKE, .order = fake_order(&f, &o, &f.key, &f.chain), .rows = {&part, 1}};
    struct bytes body = {0};
    api_put_claimed(&less, &body);
    assert_false(fake_ask(&f, &sign_in, &type, NULL));
    fake_answer(&f, fake_asked(&f, "/1/claim"), 200, bytes_span(&body));
    assert_false(fake_late(&f, &type, NULL));
    fake_answer(&f, fake_asked(&f, "/1/claim"), 200, bytes_span(&body)); /* the same once more */
    assert_true(fake_late(&f, &type, NULL));
    assert_int_equal(type, MESSAGE_REFUSED);
    assert_done(room_refresh(f.room, fake_seat(&f, "T001"), &e), e);
    assert_int_equal(journal_epochs(sitting_store_journal(fake_seat(&f, "T001")->store)), 1);
    bytes_release(&body);
}

/* ---- a hostile or garbled service ---- */

static void whatever_a_service_answers_a_candidate_sits_answers_and_hands_in(void **state)
{
    static const int64_t status[] = {200, 200, 200, 409, 403, 413, 500, 302, 0};
    struct rng r;
    uint8_t junk[600];
    enum message_type type;
    enum session_notice notice;
    struct sitting *s = NULL;
    (void)state;
    rng_seed(&r, 9);
    fake_open(&f);
    for (int i = 0; i < 3000; i++) {
        size_t n = rng_below(&r, sizeof junk);
        for (size_t k = 0; k < n; k++)
            junk[k] = rng_below(&r, 3) ? 0 : (uint8_t)rng_u64(&r);
        for (size_t k = f.n; k-- > 0;)
            if (!f.sent[k].gone) {
                fake_answer(&f, &f.sent[k], status[rng_below(&r, 9)], span_of(junk, n));
                break;
            }
        if (f.n > FAKE_SENT / 2)
            f.n = 0;
        fake_pass(&f, rng_below(&r, 300));
        if (!fake_reaches(&f) && fake_asks(&f, "/1/introduction") && rng_below(&r, 4) == 0) {
            fake_introduce(&f);
            if (fake_asks(&f, "/1/hello") && rng_below(&r, 2))
                fake_hello(&f);
        }
        if (i == 100) {
            if (!fake_ask(&f, &sign_in, &type, NULL)) {
                fake_pass(&f, UPLINK_CLAIM_MS);
                assert_true(fake_late(&f, &type, NULL));
            }
            assert_int_equal(type, MESSAGE_CANDIDATE);
            s = fake_sit(&f);
        }
        if (s && i % 100 == 0)
            fake_write(&f, s, (size_t)(i / 100) % 4, i % 200 ? "A" : "B");
    }
    for (int i = 0; i < 1000; i++) { /* handing in is possible after a quarter of an hour */
        f.now.mono_ms += 1000;
        assert_done(sitting_clock(s, &f.now, &notice, &e), e);
    }
    assert_done(sitting_hand_in(s, &f.now, &e), e);
    assert_true(fake_ask(&f, &(struct request){.type = MESSAGE_SEAL}, &type, NULL));
    assert_int_equal(type, MESSAGE_RECEIPT);
    sitting_close(s);
}

int main(void)
{
    fake_use(&f);
    const struct CMUnitTest tests[] = {
        CASE(a_candidate_waits_two_seconds_for_the_rooms_word_and_no_longer),
        CASE(nobody_waits_for_a_room_that_is_away),
        CASE(a_room_that_dies_while_it_is_asked_keeps_nobody),
        CASE(elsewhere_once_said_holds_when_the_room_is_gone),
        CASE(what_the_room_knew_as_begun_is_not_begun_anew_when_it_is_gone),
        CASE(a_resume_code_that_the_room_wants_reaches_it),
        CASE(a_sitting_goes_on_here_with_all_that_the_room_has),
        CASE(what_does_not_fit_its_order_does_not_go_on_here),
        CASE(what_is_too_long_for_one_answer_is_fetched_piece_by_piece),
        CASE(pieces_without_end_let_nobody_begin_a_second_exam),
        CASE(whatever_a_service_answers_a_candidate_sits_answers_and_hands_in),
    };
    return cmocka_run_group_tests(tests, fake_setup_all, fake_teardown_all);
}
