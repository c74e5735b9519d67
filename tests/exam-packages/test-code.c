/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "base/bytes.h"
#include "base/rng.h"
#include "exam-packages/code.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { SHOWN_CODE = 16, SHOWN_RECEIPT = 21 };

static void a_code_reads_as_it_was_shown(void **state)
{
    (void)state;
    struct err e;
    for (int i = 0; i < 200; i++) {
        char data[CODE_DATA + 1], read[CODE_DATA + 1], shown[CODE_SHOWN];
        code_new(data);
        assert_int_equal(strlen(data), CODE_DATA);
        assert_int_equal(strspn(data, letters), CODE_DATA);
        assert_int_equal(strlen(code_show(data, shown)), SHOWN_CODE);
        assert_done(code_read(shown, read, &e), e);
        assert_string_equal(read, data);
    }
}

static void two_new_codes_differ(void **state)
{
    (void)state;
    char a[CODE_DATA + 1], b[CODE_DATA + 1];
    code_new(a);
    code_new(b);
    assert_string_not_equal(a, b);
}

/* Worked by hand: with one 1 at place i the check is alpha^(i-12), and alpha^-12 = alpha^19 = 6 (x^2 + x). */
static void the_check_is_the_one_of_the_format(void **state)
{
    (void)state;
    char shown[CODE_SHOWN];
    assert_string_equal(code_show("000000000000", shown), "0000-0000-0000-0");
    assert_string_equal(code_show("100000000000", shown), "1000-0000-0000-6");
    assert_string_equal(code_show("000000000001", shown), "0000-0000-0001-J");
}

static void what_people_write_is_read(void **state)
{
    (void)state;
    char shown[CODE_SHOWN], read[CODE_DATA + 1];
    struct err e;
    code_show("01AB1C0DEFGH", shown);
    char typed[64];
    snprintf(typed, sizeof typed, " oLab Ic0d - efgh %c ", shown[SHOWN_CODE - 1]);
    assert_done(code_read(typed, read, &e), e);
    assert_string_equal(read, "01AB1C0DEFGH");
    assert_done(code_read("01ab1c0defgh", read, &e), e);
    assert_string_equal(read, "01AB1C0DEFGH");
}

/* Over random codes, every place and every other character, the check's own too. */
static void any_single_wrong_character_is_noticed(void **state)
{
    (void)state;
    struct err e;
    for (int round = 0; round < 20; round++) {
        char data[CODE_DATA + 1], read[CODE_DATA + 1], shown[CODE_SHOWN];
        code_new(data);
        code_show(data, shown);
        for (int i = 0; i < SHOWN_CODE; i++) {
            char right = shown[i];
            if (right == '-')
                continue;
            for (const char *c = letters; *c; c++) {
                shown[i] = *c;
                assert_int_equal(code_read(shown, read, &e), *c == right ? 0 : -ERR_DATA);
            }
            shown[i] = right;
        }
    }
}

/* Every pair of characters at every pair of neighbouring places, across the hyphens too. */
static void any_swap_of_neighbours_is_noticed(void **state)
{
    (void)state;
    struct err e;
    char read[CODE_DATA + 1], shown[CODE_SHOWN];
    for (int at = 0; at + 1 < CODE_DATA; at++)
        for (const char *a = letters; *a; a++)
            for (const char *b = letters; *b; b++) {
                char data[] = "7K3M9Q2XWZ4T";
                data[at] = *a;
                data[at + 1] = *b;
                code_show(data, shown);
                int i = at + at / 4, k = at + 1 + (at + 1) / 4;
                shown[i] = *b;
                shown[k] = *a;
                assert_int_equal(code_read(shown, read, &e), *a == *b ? 0 : -ERR_DATA);
            }
    for (int round = 0; round < 500; round++) {
        char data[CODE_DATA + 1];
        code_new(data);
        code_show(data, shown);
        char check = shown[SHOWN_CODE - 1], last = shown[SHOWN_CODE - 3];
        shown[SHOWN_CODE - 1] = last;
        shown[SHOWN_CODE - 3] = check;
        assert_int_equal(code_read(shown, read, &e), last == check ? 0 : -ERR_DATA);
    }
}

static void what_is_no_code_is_refused_with_a_reason(void **state)
{
    (void)state;
    char read[CODE_DATA + 1];
    struct err e;
    assert_refused(code_read("", read, &e), ERR_DATA, "too short", e);
    assert_refused(code_read("7K3M-9Q2X", read, &e), ERR_DATA, "too short", e);
    assert_refused(code_read("7K3M-9Q2X-WZ4T-00", read, &e), ERR_DATA, "too long", e);
    assert_refused(code_read("7K3M-9Q2X-WZ4U-0", read, &e), ERR_DATA, "character 14", e);
    assert_refused(code_read("7K3M_9Q2X_WZ4T", read, &e), ERR_DATA, "character 5", e);
    assert_refused(code_read("七K3M9Q2XWZ4T", read, &e), ERR_DATA, "character 1", e);
}

static void a_receipt_carries_its_80_bits(void **state)
{
    (void)state;
    struct rng r;
    struct err e;
    rng_seed(&r, 1);
    for (int round = 0; round < 200; round++) {
        uint8_t bits[RECEIPT_BYTES], read[RECEIPT_BYTES];
        char shown[RECEIPT_SHOWN];
        for (int i = 0; i < RECEIPT_BYTES; i++)
            bits[i] = (uint8_t)rng_u64(&r);
        assert_int_equal(strlen(receipt_show(bits, shown)), SHOWN_RECEIPT);
        assert_done(receipt_read(shown, read, &e), e);
        assert_memory_equal(bits, read, sizeof bits);
        int at = (int)rng_below(&r, 16);
        at += at / 4;
        shown[at] = shown[at] == 'Z' ? 'Y' : 'Z';
        assert_refused(receipt_read(shown, read, &e), ERR_DATA, "check character", e);
    }
    assert_refused(receipt_read("0000-0000-0000-0000", (uint8_t[RECEIPT_BYTES]){0}, &e), ERR_DATA,
                   "too short", e);
}

static void a_receipt_is_written_from_the_most_significant_bit(void **state)
{
    (void)state;
    static const uint8_t bits[RECEIPT_BYTES] = {0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf};
    char shown[RECEIPT_SHOWN];
    receipt_show(bits, shown);
    shown[SHOWN_RECEIPT - 2] = '\0';
    assert_string_equal(shown, "0123-4567-89AB-CDEF");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_reads_as_it_was_shown),
        cmocka_unit_test(two_new_codes_differ),
        cmocka_unit_test(the_check_is_the_one_of_the_format),
        cmocka_unit_test(what_people_write_is_read),
        cmocka_unit_test(any_single_wrong_character_is_noticed),
        cmocka_unit_test(any_swap_of_neighbours_is_noticed),
        cmocka_unit_test(what_is_no_code_is_refused_with_a_reason),
        cmocka_unit_test(a_receipt_carries_its_80_bits),
        cmocka_unit_test(a_receipt_is_written_from_the_most_significant_bit),
    };
    return cmocka_run_group_tests_name("code", tests, NULL, NULL);
}
