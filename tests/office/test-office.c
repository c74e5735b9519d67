/* SPDX-License-Identifier: Apache-2.0 */
/* The home of an office, its sessions, and the close code. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "office/release.h"
#include "office/roster-store.h"
#include "tests/check.h"
#include "tests/office/home.h"

static void a_used_folder_is_not_taken_for_a_new_office(void **state)
{
    (void)state;
    struct home h;
    struct err e;
    home_open(&h);
    assert_refused(office_create(h.dir, NULL, &e), ERR_USAGE, "not empty", e);
    home_close(&h);
}

static void only_its_owner_reads_an_office(void **state)
{
    (void)state;
    struct home h;
    struct stat st;
    home_open(&h);
    char *keys = office_path(h.office, "keys", NULL);
    assert_int_equal(stat(keys, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    free(keys);
    home_close(&h);
}

static void a_folder_that_is_no_office_is_told_as_such(void **state)
{
    (void)state;
    struct office *o = NULL;
    struct err e;
    assert_refused(office_open(&o, "/tmp", &e), ERR_USAGE, "not an exam office", e);
    assert_non_null(strstr(e.hint, "kaochang new"));
}

static void a_session_keeps_its_window_with_the_offset(void **state)
{
    (void)state;
    struct home h;
    home_open(&h);
    assert_int_equal(h.session.utc_offset_min, 480);
    assert_int_equal(h.session.end_ms - h.session.start_ms, 7200000);
    assert_int_equal(h.session.last_end_ms, h.session.end_ms);
    assert_string_equal(h.session.title, "教师计算机考试");
    home_close(&h);
}

static void an_impossible_session_is_refused(void **state)
{
    (void)state;
    struct home h;
    struct err e;
    home_open(&h);
    struct office_session s = h.session, other = h.session;
    assert_refused(office_session_add(h.office, &s, &e), ERR_USAGE, "already", e);
    s.id = "../x";
    assert_refused(office_session_add(h.office, &s, &e), ERR_USAGE, "not a usable session name", e);
    s.id = "pm1";
    s.exam = "nowhere";
    assert_refused(office_session_add(h.office, &s, &e), ERR_USAGE, "no such exam", e);
    assert_refused(office_session_window(&s, "2026-11-22T09:00:00+08:00", "2026-11-22T09:00:00+08:00", &e), ERR_USAGE,
                   "after it starts", e);
    assert_refused(office_session_window(&s, "tomorrow", "2026-11-22T09:00:00+08:00", &e), ERR_USAGE, "not a time", e);
    assert_refused(office_session_get(h.office, h.arena, "pm9", &other, &e), ERR_USAGE, "no such session", e);
    assert_non_null(strstr(e.hint, "am1"));
    home_close(&h);
}

static void seal_code(struct home *h, struct age_identity *recovery)
{
    struct age_recipient to;
    struct bytes sealed = {0};
    struct err e;
    assert_done(age_identity_new(recovery, &e), e);
    age_identity_recipient(recovery, &to);
    assert_done(age_seal(span_str("ABCD-EFGH-JKMN-P\n"), &to, 1, &sealed, &e), e);
    char *path = office_session_path(h->office, "am1", "close-code.age");
    assert_done(file_put(path, 0600, bytes_span(&sealed), &e), e);
    free(path);
    bytes_release(&sealed);
}

static void give_extra_time(struct home *h)
{
    struct roster *r = roster_new();
    struct err e;
    r->session = "am1";
    r->room = arena_array(r->arena, 1, sizeof *r->room);
    r->room[r->n_rooms++] = (struct roster_room){.site = "S01", .id = "R1", .name = "R1", .seats = 4};
    r->candidate = arena_array(r->arena, 1, sizeof *r->candidate);
    r->candidate[r->n_candidates++] =
        (struct roster_candidate){.ticket = "1", .name = "李华", .id_number = "", .county = "C", .school = "X",
                                  .site = "S01", .room = "R1", .seat = 1, .form = "A", .extra_s = 1800};
    assert_done(office_roster_save(h->office, r, &e), e);
    roster_free(r);
    home_reload(h);
}

static void the_close_code_is_not_shown_before_the_last_sitting_is_over(void **state)
{
    (void)state;
    struct home h;
    struct age_identity recovery, stranger;
    struct bytes code = {0};
    struct err e;
    home_open(&h);
    seal_code(&h, &recovery);
    give_extra_time(&h);
    int64_t end = h.session.end_ms, last = end + 1800000;
    assert_int_equal(h.session.last_end_ms, last);
    assert_refused(office_release_close(h.office, &h.session, end - 1, &recovery, &code, &e), ERR_NO,
                   "ends at 2026-11-22T11:30:00+08:00", e);
    assert_refused(office_release_close(h.office, &h.session, last - 1, &recovery, &code, &e), ERR_NO, "extra time", e);
    assert_int_equal(code.n, 0);
    assert_done(age_identity_new(&stranger, &e), e);
    assert_int_equal(office_release_close(h.office, &h.session, last, &stranger, &code, &e), -ERR_NO);
    assert_done(office_release_close(h.office, &h.session, last, &recovery, &code, &e), e);
    assert_string_equal((const char *)code.p, "ABCD-EFGH-JKMN-P\n");
    bytes_release(&code);
    age_identity_free(&stranger);
    age_identity_free(&recovery);
    home_close(&h);
}

static void without_a_package_there_is_no_close_code(void **state)
{
    (void)state;
    struct home h;
    struct age_identity recovery;
    struct bytes code = {0};
    struct err e;
    home_open(&h);
    assert_done(age_identity_new(&recovery, &e), e);
    assert_refused(office_release_close(h.office, &h.session, h.session.last_end_ms, &recovery, &code, &e), ERR_USAGE,
                   "no package", e);
    age_identity_free(&recovery);
    home_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_used_folder_is_not_taken_for_a_new_office),
        cmocka_unit_test(only_its_owner_reads_an_office),
        cmocka_unit_test(a_folder_that_is_no_office_is_told_as_such),
        cmocka_unit_test(a_session_keeps_its_window_with_the_offset),
        cmocka_unit_test(an_impossible_session_is_refused),
        cmocka_unit_test(the_close_code_is_not_shown_before_the_last_sitting_is_over),
        cmocka_unit_test(without_a_package_there_is_no_close_code),
    };
    return cmocka_run_group_tests_name("office", tests, NULL, NULL);
}
