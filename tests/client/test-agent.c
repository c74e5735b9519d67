/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/agent-steps.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "client/agent/delay.h"
#include "client/agent/minutes.h"
#include "client/agent/wire.h"
#include "exam-packages/collect.h"
#include "exam-packages/journal-fold.h"

static void signed_by_the_station(struct fixture *f, const struct zip *inner, const char *name,
                                  struct span document)
{
    struct err e;
    struct station *s = NULL;
    struct minisign_secret key = {0};
    struct minisign_public public;
    char id[MINISIGN_ID_TEXT];
    assert_done(station_load(&s, f->hall.home, &e), e);
    assert_done(station_key(s, &key, &e), e);
    minisign_secret_public(&key, &public);
    const char *file = arena_printf(f->a, "%s.%s.minisig", name, minisign_id_text(public.id, id));
    assert_done(minisign_verify(document, zip_get(inner, file), &public, NULL, &e), e);
    minisign_secret_free(&key);
    station_free(s);
}

static void a_whole_exam_goes_through(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_closing closing;
    struct collection *made = NULL;
    struct bundle *b = NULL;
    int64_t open = -1;
    char receipt[22], *first = NULL, *second = NULL;
    struct clock_reading later = exam_clock(0);
    hall_unlock(&f->hall);
    struct link *one = connects(f), *two = connects(f);
    struct sitting *s1 = sits(f, one, "T001"), *s2 = sits(f, two, "T002");
    answers(f, s1, 0, "A");
    answers(f, s1, 1, "B");
    answers(f, s2, 0, "C");
    for (int i = 0; i < 100; i++) {
        enum session_notice n;
        later.mono_ms += 10000;
        assert_done(sitting_clock(s1, &later, &n, &e), e);
    }
    assert_done(sitting_hand_in(s1, &later, &e), e);
    assert_done(link_seal(one, receipt, &e), e);
    assert_string_equal(receipt, sitting_receipt(s1));
    struct control *c = proctor(f);
    assert_int_equal(status_of(f, c, "T001").state, SITTING_HANDED_IN);
    assert_string_equal(status_of(f, c, "T001").receipt, receipt);
    assert_int_equal(status_of(f, c, "T001").used_ms, 1000000);
    assert_int_equal(status_of(f, c, "T002").answered, 1);
    assert_true(status_of(f, c, "T002").connected);
    assert_int_equal(status_of(f, c, "T004").allowance_ms, 4200000);
    assert_done(control_close_room(c, &closing, &e), e);
    assert_int_equal(closing.registered, 4);
    assert_int_equal(closing.sat, 2);
    assert_int_equal(closing.absent, 2);
    assert_int_equal(closing.forced, 1);
    assert_true(file_exists(closing.path));
    assert_int_equal(link_poll(two), LINK_CHANGED);
    assert_done(sitting_catch_up(s2, NULL, &e), e);
    assert_int_equal(sitting_session(s2)->state, SITTING_FORCED_END);
    control_close(c);
    sitting_close(s1);
    sitting_close(s2);
    link_close(one);
    link_close(two);
    assert_done(collect_open(&made, f->hall.home, NULL, &open, &e), e);
    assert_int_equal(collect_count(made), 2);
    assert_int_equal(open, 0);
    assert_done(collect_write(made, NULL, 0, f->hall.world.dir, &first, &e), e);
    struct bytes before = world_read(first);
    assert_done(collect_write(made, NULL, 0, f->hall.world.dir, &second, &e), e);
    struct bytes after = world_read(second);
    assert_true(span_equal(bytes_span(&before), bytes_span(&after)));
    assert_done(bundle_open(&b, first, f->hall.world.pinned, &e), e);
    assert_int_equal(bundle_document_of(b)->n_sittings, 2);
    const struct zip *inner = NULL;
    assert_done(bundle_unseal(b, &f->hall.world.results, 1, &inner, &e), e);
    assert_non_null(zip_get(inner, "room/close.xml").p);
    struct minutes_document *minutes = NULL;
    struct span minutes_xml = zip_get(inner, "room/minutes.xml");
    assert_done(minutes_read(&minutes, "minutes.xml", minutes_xml, &e), e);
    assert_string_equal(minutes->head.machine, "st01");
    assert_string_equal(minutes->minute[0].shown.kind, "opened");
    assert_string_equal(minutes->minute[minutes->n - 1].shown.kind, "closed");
    assert_string_equal(minutes->minute[minutes->n - 1].shown.text,
                        "registered 4, sat 2, absent 2, forced 1");
    minutes_document_free(minutes);
    signed_by_the_station(f, inner, "room/minutes.xml", minutes_xml);
    struct journal *j = NULL;
    struct journal_work w = {0};
    assert_done(journal_open_bytes(&j, "T001", zip_get(inner, "journals/T001.journal"), &e), e);
    assert_done(journal_unseal(j, &f->hall.world.results, 1, &e), e);
    assert_done(journal_fold(j, &w, &e), e);
    assert_true(w.sealed);
    assert_string_equal(w.receipt, receipt);
    journal_work_release(&w);
    journal_close(j);
    bundle_close(b);
    struct bundle_file scores = {.name = "scores/T001.xml", .data = span_str("<score/>")};
    free(second);
    assert_done(collect_write(made, &scores, 1, NULL, &second, &e), e);
    assert_done(bundle_open(&b, second, f->hall.world.pinned, &e), e);
    assert_int_equal(bundle_document_of(b)->n_predecessors, 1);
    bundle_close(b);
    collect_close(made);
    bytes_release(&before);
    bytes_release(&after);
    free(first);
    free(second);
    assert_refused(unlock_with(f, f->hall.code, &e), ERR_NO, "closed", e);
    assert_int_equal(e.code, ERR_ROOM_CLOSED);
}

static void a_wrong_code_opens_nothing_and_costs_time_that_a_restart_does_not_save(void **state)
{
    struct fixture *f = *state;
    struct err e;
    char other[CODE_DATA + 1], shown[CODE_SHOWN];
    code_new(other);
    code_show(other, shown);
    assert_int_equal(unlock_with(f, "1234", &e), -ERR_DATA);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(unlock_with(f, shown, &e), -ERR_NO);
        assert_int_equal(e.code, ERR_WRONG_CODE);
    }
    assert_refused(unlock_with(f, f->hall.code, &e), ERR_NO, "wait", e);
    assert_int_equal(e.code, ERR_WAIT);
    usleep(1100000);
    hall_unlock(&f->hall);
}

static void a_wait_is_thirty_seconds_at_most(void **state)
{
    (void)state;
    assert_int_equal(delay_seconds(2), 0);
    assert_int_equal(delay_seconds(3), 1);
    assert_int_equal(delay_seconds(4), 2);
    assert_int_equal(delay_seconds(8), 30);
    assert_int_equal(delay_seconds(1000000), 30);
}

static void without_an_unlocked_session_nobody_sits(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link *l = NULL;
    assert_refused(link_open(&l, f->hall.home, &e), ERR_NO, "not open", e);
    assert_int_equal(e.code, ERR_NO_AGENT);
}

static void a_broken_package_is_not_opened(void **state)
{
    struct fixture *f = *state;
    struct err e;
    char *path = path_join(f->hall.home, "packages/am.exam");
    struct bytes data = world_read(path);
    data.p[data.n / 2] ^= 1;
    world_write(path, bytes_span(&data));
    assert_true(unlock_with(f, f->hall.code, &e) < 0);
    assert_true(e.kind == ERR_NO || e.kind == ERR_DATA);
    unlink(path);
    assert_refused(unlock_with(f, f->hall.code, &e), ERR_ENV, "no exam package", e);
    bytes_release(&data);
    free(path);
}

static void a_station_that_is_not_enrolled_opens_nothing(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct agent_start s = {.home = f->hall.world.office, .code = f->hall.code};
    assert_int_equal(agent_start(&s, NULL, &e), -ERR_ENV);
    assert_true(e.hint[0]);
}

static void one_room_is_open_at_a_time(void **state)
{
    struct fixture *f = *state;
    struct err e;
    pid_t first;
    hall_unlock(&f->hall);
    first = f->hall.agent;
    assert_refused(unlock_with(f, f->hall.code, &e), ERR_NO, "already", e);
    f->hall.agent = first;
}

static void only_tickets_of_this_room_sign_in(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    assert_int_equal(signs_in(f, l, "T777", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_UNKNOWN_TICKET);
    assert_int_equal(signs_in(f, l, "T009", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_OTHER_ROOM);
    assert_true(strstr(e.hint, "302") != NULL);
    assert_int_equal(signs_in(f, l, "../../etc/passwd", &e), -ERR_NO);
    assert_done(signs_in(f, l, "T001", &e), e);
    link_close(l);
}

static void the_candidate_reads_name_room_and_whether_the_clock_fits(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate c;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    assert_done(link_sign_in(l, "T004", "", f->a, &c, &e), e);
    assert_string_equal(c.name, "李明");
    assert_string_equal(c.room, "301");
    assert_string_equal(c.seat, "4");
    assert_int_equal(c.extra_s, 600);
    assert_int_equal(c.state, SITTING_NEW);
    struct clock_reading now;
    clock_read(&now);
    assert_int_equal(c.outside_window, now.wall_ms < c.window_start || now.wall_ms >= c.window_end);
    link_close(l);
}

static void a_ticket_is_used_at_one_place_until_its_program_is_gone(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct link *one = connects(f), *two = connects(f);
    assert_done(signs_in(f, one, "T001", &e), e);
    assert_int_equal(signs_in(f, two, "T001", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_OPEN_ELSEWHERE);
    link_close(one);
    assert_done(signs_in(f, two, "T001", &e), e);
    link_close(two);
}

static void nobody_starts_without_signing_in(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_terms terms;
    char receipt[22];
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    assert_int_equal(link_start(l, f->a, &terms, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_NOT_SIGNED_IN);
    assert_int_equal(link_seal(l, receipt, &e), -ERR_NO);
    link_close(l);
}

static void the_paper_comes_in_memory_that_cannot_be_changed(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_terms terms;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    assert_done(signs_in(f, l, "T001", &e), e);
    assert_done(link_start(l, f->a, &terms, &e), e);
    assert_int_equal(fcntl(terms.paper_fd, F_GET_SEALS),
                     F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    assert_true(write(terms.paper_fd, "x", 1) < 0);
    link_terms_wipe(&terms);
    link_close(l);
}

static void after_the_agent_was_killed_the_code_brings_every_answer_back(void **state)
{
    struct fixture *f = *state;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    answers(f, s, 0, "A");
    hall_kill_agent(&f->hall);
    answers(f, s, 1, "B");
    assert_int_equal(link_poll(l), LINK_GONE);
    sitting_close(s);
    link_close(l);
    hall_unlock(&f->hall);
    l = connects(f);
    s = sits(f, l, "T001");
    assert_int_equal(sitting_session(s)->state, SITTING_ANSWERING);
    assert_int_equal(session_counts(sitting_session(s)).answered, 2);
    assert_int_equal(sitting_session(s)->interruptions, 1);
    sitting_close(s);
    link_close(l);
}

static void extra_time_and_forced_end_reach_an_open_sitting(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    struct control *c = proctor(f);
    assert_done(control_extra_time(c, "T001", 300, "the mouse was broken", &e), e);
    assert_int_equal(link_poll(l), LINK_CHANGED);
    assert_done(sitting_catch_up(s, NULL, &e), e);
    assert_int_equal(session_allowance_ms(sitting_session(s)), 3900000);
    assert_refused(control_extra_time(c, "T001", 300, "", &e), ERR_USAGE, "reason", e);
    assert_int_equal(control_extra_time(c, "T001", INT64_MAX, "long", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_EXTRA_TIME);
    assert_int_equal(control_extra_time(c, "T002", 300, "not here", &e), -ERR_NO);
    assert_done(control_force_end(c, "T001", "was ill", &e), e);
    struct response_set set = exam_choice(f->a, "B");
    struct clock_reading now = exam_clock(2000);
    assert_int_equal(sitting_answer(s, 0, &set, &now, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_ENDED);
    assert_true(status_of(f, c, "T001").sealed);
    control_close(c);
    sitting_close(s);
    link_close(l);
}

static void an_absent_candidate_does_not_begin_until_the_mark_is_taken_back(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct control *c = proctor(f);
    assert_done(control_presence(c, "T002", CONTROL_ABSENT, &e), e);
    assert_int_equal(signs_in(f, l, "T002", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_MARKED_ABSENT);
    control_close(c);
    link_close(l);
    hall_kill_agent(&f->hall);
    hall_unlock(&f->hall);
    l = connects(f);
    c = proctor(f);
    assert_true(status_of(f, c, "T002").absent);
    assert_done(control_presence(c, "T002", CONTROL_PRESENT, &e), e);
    struct sitting *s = sits(f, l, "T002");
    assert_refused(control_presence(c, "T002", CONTROL_ABSENT, &e), ERR_NO, "has begun", e);
    sitting_close(s);
    control_close(c);
    link_close(l);
}

static void a_candidate_cannot_act_as_the_proctor(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control *c = NULL;
    struct span body;
    struct wire w;
    int fd = -1;
    char other[CODE_DATA + 1], shown[CODE_SHOWN];
    hall_unlock(&f->hall);
    code_new(other);
    code_show(other, shown);
    assert_int_equal(control_open(&c, f->hall.home, shown, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_WRONG_CODE);
    assert_done(wire_connect(f->hall.home, &fd, &e), e);
    wire_init(&w, fd);
    for (int type = MESSAGE_STATUS; type <= MESSAGE_CLOSE_ROOM; type++) {
        struct request r = {.type = (enum message_type)type, .ticket = "T001", .text = "x", .value = 1};
        assert_int_equal(wire_ask(&w, &r, MESSAGE_DONE, &body, &e), -ERR_NO);
        assert_int_equal(e.code, ERR_NOT_SIGNED_IN);
    }
    wire_release(&w);
}

static void no_message_stops_the_agent(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    for (unsigned seed = 0; seed < 300; seed++) {
        int fd = -1;
        uint8_t junk[300];
        assert_done(wire_connect(f->hall.home, &fd, &e), e);
        for (size_t i = 0; i < sizeof junk; i++)
            junk[i] = (uint8_t)((seed * 2654435761u + i * 40503u) >> (i % 13));
        if (seed % 3) { /* a believable head */
            put_le32(junk, seed % 3 == 1 ? 20 : 0xFFFFFFFF);
            junk[4] = (uint8_t)(seed % 12);
        }
        assert_int_equal(send(fd, junk, seed % sizeof junk, MSG_NOSIGNAL), seed % sizeof junk);
        close(fd);
    }
    struct link *l = connects(f);
    assert_done(signs_in(f, l, "T001", &e), e);
    link_close(l);
}

static void a_damaged_journal_is_named_and_does_not_keep_the_room_from_closing(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_closing closing;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    answers(f, s, 0, "A");
    sitting_close(s);
    link_close(l);
    hall_kill_agent(&f->hall);
    char *path = path_join(f->hall.home, "sessions/am/journals/T002.journal");
    world_write(
        path,
        span_str(
            "this is no journal at all, and long enough to be read as one, so that its header is looked at"));
    free(path);
    hall_unlock(&f->hall);
    struct control *c = proctor(f);
    assert_true(status_of(f, c, "T002").trouble[0]);
    assert_false(status_of(f, c, "T001").trouble[0]);
    assert_done(control_close_room(c, &closing, &e), e);
    assert_int_equal(closing.forced, 1);
    assert_int_equal(closing.sat, 2);
    control_close(c);
}

static void a_foreign_journal_neither_blinds_the_proctor_nor_keeps_the_room_open(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct desk d;
    struct control_closing closing;
    desk_open(&d);
    hall_unlock(&f->hall);
    char *path = path_join(f->hall.home, "sessions/am/journals/T002.journal");
    assert_done(journal_create(path, &d.start, NULL, &e), e); /* sealed to others, of another session */
    struct control *c = proctor(f);
    assert_true(status_of(f, c, "T002").trouble[0]);
    assert_false(status_of(f, c, "T001").trouble[0]);
    assert_done(control_close_room(c, &closing, &e), e);
    control_close(c);
    free(path);
    desk_close(&d);
}

static void what_was_written_after_the_end_stays_refused_and_unsigned(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_terms terms;
    struct clock_reading later = exam_clock(1000);
    struct journal_clock at = {.used_ms = 2000};
    struct journal_seal seal;
    struct journal *j = NULL;
    struct control_closing closing;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    assert_done(link_start(l, f->a, &terms, &e), e);
    for (enum session_notice n; sitting_session(s)->state == SITTING_ANSWERING; later.mono_ms += 10000)
        assert_done(sitting_clock(s, &later, &n, &e), e);
    sitting_close(s);
    assert_done(journal_open(&j, terms.journal, &terms.keys, NULL, &e), e); /* a changed program has the keys */
    assert_done(journal_read(j, NULL, NULL, &e), e);
    assert_done(journal_append(j, &at, JOURNAL_FLAG, "k001", (struct span){0}, &e), e);
    struct control *c = proctor(f);
    for (int i = 0; i < 3; i++)
        assert_true(status_of(f, c, "T001").trouble[0]);
    assert_done(control_close_room(c, &closing, &e), e);
    control_close(c);
    journal_close(j);
    assert_done(journal_open_file(&j, terms.journal, &e), e);
    assert_false(journal_epoch_seal(j, 0, &seal));
    journal_close(j);
    link_terms_wipe(&terms);
    link_close(l);
}

static void a_journal_under_another_ticket_does_not_spoil_the_rooms_bundle(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_closing closing;
    struct collection *made = NULL;
    int64_t open = 0;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    answers(f, s, 0, "A");
    sitting_close(s);
    link_close(l);
    struct control *c = proctor(f);
    assert_done(control_close_room(c, &closing, &e), e);
    control_close(c);
    char *from = path_join(f->hall.home, "sessions/am/journals/T001.journal");
    char *to = path_join(f->hall.home, "sessions/am/journals/T003.journal");
    assert_done(file_copy(from, to, 0600, &e), e);
    assert_done(collect_open(&made, f->hall.home, NULL, &open, &e), e);
    assert_int_equal(collect_count(made), 1);
    assert_string_equal(collect_at(made, 0)->ticket, "T001");
    assert_int_equal(open, 1);
    collect_close(made);
    free(from);
    free(to);
}

static void a_wait_written_into_the_future_does_not_lock_for_good(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct clock_reading now = exam_clock(0);
    char line[100], *path = path_join(f->hall.world.dir, "wrong-codes");
    snprintf(line, sizeof line, "9 %lld %s\n", (long long)now.mono_ms + 86400000, now.boot_id);
    world_write(path, span_str(line));
    assert_done(delay_before(f->hall.world.dir, &now, &e), e);
    assert_int_equal(delay_before(f->hall.world.dir, &now, &e), -ERR_NO); /* and counts on from here */
    assert_done(delay_clear(f->hall.world.dir, &e), e);
    free(path);
}

static void the_agent_stands_apart_from_who_started_it_and_leaves_no_core(void **state)
{
    struct fixture *f = *state;
    char path[64], line[200];
    bool no_core = false;
    hall_unlock(&f->hall);
    assert_int_not_equal(getsid(f->hall.agent), getsid(0));
    snprintf(path, sizeof path, "/proc/%d/limits", (int)f->hall.agent);
    FILE *limits = fopen(path, "r");
    assert_non_null(limits);
    while (fgets(line, sizeof line, limits))
        no_core = no_core || strncmp(line, "Max core file size        0 ", 28) == 0;
    fclose(limits);
    assert_true(no_core);
}

static void a_practice_package_opens_without_a_code(void **state)
{
    struct hall h;
    struct err e;
    struct link *l = NULL;
    struct control *c = NULL;
    struct link_candidate who;
    struct arena *a = arena_new();
    (void)state;
    hall_open_practice(&h);
    hall_unlock(&h);
    assert_done(link_open(&l, h.home, &e), e);
    assert_done(link_sign_in(l, "T001", "", a, &who, &e), e);
    assert_done(control_open(&c, h.home, "", &e), e);
    control_close(c);
    link_close(l);
    arena_free(a);
    hall_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_whole_exam_goes_through, begin),
        cmocka_unit_test_setup(a_wrong_code_opens_nothing_and_costs_time_that_a_restart_does_not_save, begin),
        cmocka_unit_test(a_wait_is_thirty_seconds_at_most),
        cmocka_unit_test_setup(without_an_unlocked_session_nobody_sits, begin),
        cmocka_unit_test_setup(a_broken_package_is_not_opened, begin),
        cmocka_unit_test_setup(a_station_that_is_not_enrolled_opens_nothing, begin),
        cmocka_unit_test_setup(one_room_is_open_at_a_time, begin),
        cmocka_unit_test_setup(only_tickets_of_this_room_sign_in, begin),
        cmocka_unit_test_setup(the_candidate_reads_name_room_and_whether_the_clock_fits, begin),
        cmocka_unit_test_setup(a_ticket_is_used_at_one_place_until_its_program_is_gone, begin),
        cmocka_unit_test_setup(nobody_starts_without_signing_in, begin),
        cmocka_unit_test_setup(the_paper_comes_in_memory_that_cannot_be_changed, begin),
        cmocka_unit_test_setup(after_the_agent_was_killed_the_code_brings_every_answer_back, begin),
        cmocka_unit_test_setup(extra_time_and_forced_end_reach_an_open_sitting, begin),
        cmocka_unit_test_setup(an_absent_candidate_does_not_begin_until_the_mark_is_taken_back, begin),
        cmocka_unit_test_setup(a_candidate_cannot_act_as_the_proctor, begin),
        cmocka_unit_test_setup(no_message_stops_the_agent, begin),
        cmocka_unit_test_setup(a_damaged_journal_is_named_and_does_not_keep_the_room_from_closing, begin),
        cmocka_unit_test_setup(a_foreign_journal_neither_blinds_the_proctor_nor_keeps_the_room_open, begin),
        cmocka_unit_test_setup(what_was_written_after_the_end_stays_refused_and_unsigned, begin),
        cmocka_unit_test_setup(a_journal_under_another_ticket_does_not_spoil_the_rooms_bundle, begin),
        cmocka_unit_test_setup(a_wait_written_into_the_future_does_not_lock_for_good, begin),
        cmocka_unit_test_setup(the_agent_stands_apart_from_who_started_it_and_leaves_no_core, begin),
        cmocka_unit_test(a_practice_package_opens_without_a_code),
    };
    return cmocka_run_group_tests_name("agent", tests, begin_all, end_all);
}
