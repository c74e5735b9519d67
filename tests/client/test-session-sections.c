/* SPDX-License-Identifier: Apache-2.0 */
/* The way through a paper: free and linear sections, sections that are left for good. */
#include "tests/client/play.h"

static const struct paper_section plain[] = {{0}, {0}};
static const struct paper_section once[] = {{.once = true}, {0}, {.once = true}};
static const struct paper_section linear[] = {{.navigation = PAPER_LINEAR}, {0}};
static const struct paper_section one_way[] = {{.navigation = PAPER_LINEAR, .once = true},
                                               {.navigation = PAPER_LINEAR, .once = true},
                                               {.navigation = PAPER_LINEAR, .once = true}};
#define BEGIN(sections) play_begin(sections, sizeof sections / sizeof *sections, 0)

static void without_rules_every_item_is_open_at_any_time(void **state)
{
    (void)state;
    struct play *p = BEGIN(plain);
    assert_false(session_has_rules(&p->s));
    does(&p->s, 5);
    does(&p->s, 0);
    does(&p->s, 4);
    answers(&p->s, "k006", "B"); /* seen from elsewhere, as older programs did */
    assert_int_equal(session_leaves(&p->s, 0).loss, SESSION_LOSES_NOTHING);
    play_end(p);
}

static void sections_may_be_taken_in_any_order(void **state)
{
    (void)state;
    struct play *p = BEGIN(once);
    assert_int_equal(p->s.here, p->s.n_sections);
    does(&p->s, 7);
    does(&p->s, 4);
    does(&p->s, 1);
    assert_int_equal(p->s.section[0].state, SECTION_OPEN);
    assert_int_equal(p->s.section[1].state, SECTION_LEFT);
    assert_int_equal(p->s.section[2].state, SECTION_CLOSED);
    play_end(p);
}

static void a_section_that_is_left_for_good_stays_closed(void **state)
{
    (void)state;
    struct play *p = BEGIN(once);
    does(&p->s, 0);
    does(&p->s, 2);
    does(&p->s, 1);
    goes_to(&p->s, 3);
    assert_true(session_section_shut(&p->s, 0));
    for (size_t i = 0; i < 3; i++) {
        no_way_to(&p->s, i, ERR_SECTION_CLOSED);
        no_answer_to(&p->s, i, ERR_SECTION_CLOSED);
        assert_not_allowed(session_may_flag(&p->s, i, &e_), ERR_SECTION_CLOSED);
    }
    does(&p->s, 4);
    play_end(p);
}

static void a_section_that_may_be_entered_again_keeps_its_place(void **state)
{
    (void)state;
    struct play *p = BEGIN(once);
    does(&p->s, 4);
    goes_to(&p->s, 0);
    does(&p->s, 3);
    assert_int_equal(p->s.section[1].state, SECTION_OPEN);
    play_end(p);
}

static void before_a_section_is_left_for_good_it_is_said_what_is_unanswered(void **state)
{
    (void)state;
    struct play *p = BEGIN(once);
    assert_int_equal(session_leaves(&p->s, 0).loss, SESSION_LOSES_NOTHING);
    does(&p->s, 1);
    assert_int_equal(session_leaves(&p->s, 0).loss, SESSION_LOSES_NOTHING);
    struct session_leave leave = session_leaves(&p->s, 3);
    assert_int_equal(leave.loss, SESSION_LOSES_SECTION);
    assert_int_equal(leave.section, 0);
    assert_int_equal(leave.unanswered, 2);
    play_end(p);
}

static void a_linear_section_begins_with_its_first_item(void **state)
{
    (void)state;
    struct play *p = BEGIN(linear);
    no_way_to(&p->s, 1, ERR_LINEAR);
    no_way_to(&p->s, 2, ERR_LINEAR);
    does(&p->s, 0);
    play_end(p);
}

static void in_a_linear_section_only_the_present_item_and_the_next_are_open(void **state)
{
    (void)state;
    struct play *p = BEGIN(linear);
    does(&p->s, 0);
    no_way_to(&p->s, 2, ERR_LINEAR);
    no_answer_to(&p->s, 1, ERR_LINEAR);
    does(&p->s, 0);
    does(&p->s, 1);
    no_way_to(&p->s, 0, ERR_LINEAR);
    no_answer_to(&p->s, 0, ERR_LINEAR);
    assert_not_allowed(session_may_flag(&p->s, 0, &e_), ERR_LINEAR);
    does(&p->s, 2);
    play_end(p);
}

static void going_on_in_a_linear_section_gives_up_the_item(void **state)
{
    (void)state;
    struct play *p = BEGIN(linear);
    goes_to(&p->s, 0);
    assert_int_equal(session_leaves(&p->s, 0).loss, SESSION_LOSES_NOTHING);
    assert_int_equal(session_leaves(&p->s, 1).loss, SESSION_LOSES_ITEM);
    assert_int_equal(session_leaves(&p->s, 1).unanswered, 1);
    answers(&p->s, "k001", "A");
    assert_int_equal(session_leaves(&p->s, 1).unanswered, 0);
    assert_int_equal(session_leaves(&p->s, 3).loss, SESSION_LOSES_NOTHING);
    play_end(p);
}

static void a_linear_section_that_may_be_entered_again_goes_on_where_it_was(void **state)
{
    (void)state;
    struct play *p = BEGIN(linear);
    does(&p->s, 0);
    does(&p->s, 1);
    does(&p->s, 5);
    no_answer_to(&p->s, 1, ERR_ELSEWHERE);
    no_way_to(&p->s, 0, ERR_LINEAR);
    does(&p->s, 1);
    does(&p->s, 2);
    play_end(p);
}

static void neighbouring_linear_sections_are_one_way(void **state)
{
    (void)state;
    struct play *p = BEGIN(one_way);
    no_way_to(&p->s, 3, ERR_LINEAR);
    for (size_t i = 0; i < 9; i++) {
        does(&p->s, i);
        if (i % 3 < 2 && i < 6)
            no_way_to(&p->s, i - i % 3 + 3, ERR_LINEAR); /* the next section */
        if (i < 3)
            no_way_to(&p->s, 6, ERR_LINEAR); /* the one after it */
    }
    for (size_t i = 0; i < 6; i++)
        no_way_to(&p->s, i, ERR_SECTION_CLOSED);
    play_end(p);
}

static void a_linear_section_that_is_left_early_opens_the_next_one(void **state)
{
    (void)state;
    static const struct paper_section mixed[] = {
        {.navigation = PAPER_LINEAR, .once = true}, {.navigation = PAPER_LINEAR, .once = true}, {0}};
    struct play *p = BEGIN(mixed);
    does(&p->s, 0);
    no_way_to(&p->s, 3, ERR_LINEAR);
    struct session_leave leave = session_leaves(&p->s, 6);
    assert_int_equal(leave.loss, SESSION_LOSES_SECTION);
    assert_int_equal(leave.unanswered, 2);
    goes_to(&p->s, 6);
    does(&p->s, 3);
    play_end(p);
}

static void an_answer_to_a_section_with_rules_needs_the_candidate_there(void **state)
{
    (void)state;
    struct play *p = BEGIN(once);
    no_answer_to(&p->s, 0, ERR_ELSEWHERE);
    goes_to(&p->s, 3);
    no_answer_to(&p->s, 0, ERR_ELSEWHERE);
    does(&p->s, 0);
    play_end(p);
}

static void an_edited_journal_in_which_somebody_goes_back_is_refused(void **state)
{
    (void)state;
    struct play *p = BEGIN(once);
    static const struct session_event back = {.kind = SESSION_VISIT, .item = "k001", .used_ms = 30};
    static const struct session_event flag = {.kind = SESSION_FLAG, .item = "k001", .used_ms = 30};
    happens(&p->s, SESSION_VISIT, "k001", 10);
    happens(&p->s, SESSION_VISIT, "k004", 20);
    assert_not_allowed(session_apply(&p->s, &back, &e_), ERR_SECTION_CLOSED);
    assert_not_allowed(session_apply(&p->s, &flag, &e_), ERR_SECTION_CLOSED);
    assert_int_equal(p->s.section[0].state, SECTION_CLOSED);
    play_end(p);
}

static void only_the_moves_of_the_table_exist_for_sections(void **state)
{
    (void)state;
    int n = 0;
    for (int from = 0; from < SECTION_STATES; from++)
        for (int to = 0; to < SECTION_STATES; to++)
            n += section_may_move((enum section_state)from, (enum section_state)to);
    assert_int_equal(n, 4);
    for (int to = 0; to < SECTION_STATES; to++)
        assert_false(section_may_move(SECTION_CLOSED, (enum section_state)to));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_rules_every_item_is_open_at_any_time),
        cmocka_unit_test(sections_may_be_taken_in_any_order),
        cmocka_unit_test(a_section_that_is_left_for_good_stays_closed),
        cmocka_unit_test(a_section_that_may_be_entered_again_keeps_its_place),
        cmocka_unit_test(before_a_section_is_left_for_good_it_is_said_what_is_unanswered),
        cmocka_unit_test(a_linear_section_begins_with_its_first_item),
        cmocka_unit_test(in_a_linear_section_only_the_present_item_and_the_next_are_open),
        cmocka_unit_test(going_on_in_a_linear_section_gives_up_the_item),
        cmocka_unit_test(a_linear_section_that_may_be_entered_again_goes_on_where_it_was),
        cmocka_unit_test(neighbouring_linear_sections_are_one_way),
        cmocka_unit_test(a_linear_section_that_is_left_early_opens_the_next_one),
        cmocka_unit_test(an_answer_to_a_section_with_rules_needs_the_candidate_there),
        cmocka_unit_test(an_edited_journal_in_which_somebody_goes_back_is_refused),
        cmocka_unit_test(only_the_moves_of_the_table_exist_for_sections),
    };
    return cmocka_run_group_tests_name("session-sections", tests, NULL, NULL);
}
