/* SPDX-License-Identifier: Apache-2.0 */
/* The number that a proctor reads to the office when a room is closed. */
#include "tests/check.h"

#include "base/bytes.h"
#include "exam-packages/close-number.h"

static const uint8_t key[CLOSE_KEY_BYTES] = {1, 2, 3};
static const uint8_t other_key[CLOSE_KEY_BYTES] = {1, 2, 4};

static struct close_record record(void)
{
    return (struct close_record){
        .session = "am1", .site = "S01", .room = "R301", .registered = 40, .count = 36};
}

static void make(struct span document, char ret[CLOSE_NUMBER_TEXT])
{
    struct close_record c = record();
    close_number_make(key, &c, document, ret);
}

/* python3: hashlib.blake2b(digest_size=32, key=…) over the canonical bodies, and Damm's table. */
static void the_number_is_the_one_of_the_format(void **state)
{
    (void)state;
    char number[CLOSE_NUMBER_TEXT], shown[CLOSE_NUMBER_SHOWN];
    make(span_str("<close>"), number);
    assert_string_equal(close_number_show(number, shown), "0425 0561 7953 6140 1188 0159 1571 4787");
}

static void a_number_is_read_as_it_was_shown_and_as_people_type_it(void **state)
{
    (void)state;
    char number[CLOSE_NUMBER_TEXT], read[CLOSE_NUMBER_TEXT], shown[CLOSE_NUMBER_SHOWN],
        typed[3 * CLOSE_NUMBER_SHOWN];
    struct err e;
    make(span_str("<close>"), number);
    assert_done(close_number_read(close_number_show(number, shown), read, &e), e);
    assert_string_equal(read, number);
    size_t n = 0;
    for (const char *p = number; *p; p++)
        n += (size_t)snprintf(typed + n, sizeof typed - n, "\xEF\xBC%c", *p - '0' + 0x90);
    assert_done(close_number_read(typed, read, &e), e);
    assert_string_equal(read, number);
    assert_refused(close_number_read("1234", read, &e), ERR_DATA, "has 32 digits", e);
    shown[3] = 'O';
    assert_refused(close_number_read(shown, read, &e), ERR_DATA, "digits only", e);
}

static void any_single_wrong_digit_and_any_swap_of_neighbours_is_noticed(void **state)
{
    (void)state;
    char number[CLOSE_NUMBER_TEXT], wrong[CLOSE_NUMBER_TEXT], read[CLOSE_NUMBER_TEXT];
    struct err e;
    make(span_str("<close>"), number);
    for (int i = 0; i < CLOSE_NUMBER_DIGITS; i++) {
        memcpy(wrong, number, sizeof wrong);
        for (char c = '0'; c <= '9'; c++) {
            wrong[i] = c;
            assert_int_equal(close_number_read(wrong, read, &e) == 0, c == number[i]);
        }
        memcpy(wrong, number, sizeof wrong);
        if (i + 1 == CLOSE_NUMBER_DIGITS || number[i] == number[i + 1])
            continue;
        wrong[i] = number[i + 1];
        wrong[i + 1] = number[i];
        assert_refused(close_number_read(wrong, read, &e), ERR_DATA, "a digit is wrong", e);
    }
}

static void it_is_of_one_room_and_one_count_only(void **state)
{
    (void)state;
    char number[CLOSE_NUMBER_TEXT];
    struct close_record c = record(), x;
    make(span_str("<close>"), number);
    assert_true(close_number_is_of_room(number, key, &c));
    assert_false(close_number_is_of_room(number, other_key, &c));
    x = c, x.count = 35;
    assert_false(close_number_is_of_room(number, key, &x));
    x = c, x.session = "pm1";
    assert_false(close_number_is_of_room(number, key, &x));
    x = c, x.site = "S02";
    assert_false(close_number_is_of_room(number, key, &x));
    x = c, x.room = "R302";
    assert_false(close_number_is_of_room(number, key, &x));
    x = c, x.package[0] = 1;
    assert_false(close_number_is_of_room(number, key, &x));
}

static void it_binds_the_record_that_comes_later(void **state)
{
    (void)state;
    char number[CLOSE_NUMBER_TEXT];
    make(span_str("<close>"), number);
    assert_true(close_number_is_of_record(number, key, span_str("<close>")));
    assert_false(close_number_is_of_record(number, key, span_str("<closf>")));
    assert_false(close_number_is_of_record(number, other_key, span_str("<close>")));
}

static void without_the_rooms_secret_there_is_none(void **state)
{
    (void)state;
    struct roster_room room = {.site = "S01", .id = "R301"};
    uint8_t k[CLOSE_KEY_BYTES];
    struct err e;
    assert_refused(close_key(&room, k, &e), ERR_ENV, "secret of the room", e);
    assert_refused(close_key(NULL, k, &e), ERR_ENV, "secret of the room", e);
    room.has_secret = true;
    assert_done(close_key(&room, k, &e), e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_is_the_one_of_the_format),
        cmocka_unit_test(a_number_is_read_as_it_was_shown_and_as_people_type_it),
        cmocka_unit_test(any_single_wrong_digit_and_any_swap_of_neighbours_is_noticed),
        cmocka_unit_test(it_is_of_one_room_and_one_count_only),
        cmocka_unit_test(it_binds_the_record_that_comes_later),
        cmocka_unit_test(without_the_rooms_secret_there_is_none),
    };
    return cmocka_run_group_tests_name("close-number", tests, NULL, NULL);
}
