/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "exam-packages/base64.h"
#include "exam-packages/bech32.h"

static const uint8_t raw[] = {0xfb, 0xff, 0xbf, 0x3e, 0x3f, 0x40, 0x00, 0x41, 0x7a, 0x2f};

static void base64_reads_as_it_was_written(void **state)
{
    (void)state;
    for (size_t n = 0; n <= sizeof raw; n++)
        for (int padded = 0; padded < 2; padded++) {
            struct bytes text = {0};
            uint8_t out[sizeof raw] = {0};
            base64_add(&text, span_of(raw, n), padded);
            assert_true(base64_read(bytes_span(&text), padded, out, n));
            assert_memory_equal(out, raw, n);
            assert_int_equal(base64_read(bytes_span(&text), !padded, out, n), n % 3 == 0);
            bytes_release(&text);
        }
}

/* Each of the 256 bytes in each place: only the one that was written there reads as the same. */
static void no_other_text_reads_as_the_same_bytes(void **state)
{
    (void)state;
    struct bytes text = {0};
    uint8_t out[sizeof raw];
    base64_add(&text, span_of(raw, sizeof raw), true);
    for (size_t i = 0; i < text.n; i++) {
        uint8_t right = text.p[i];
        for (int c = 0; c < 256; c++) {
            text.p[i] = (uint8_t)c;
            bool same =
                base64_read(bytes_span(&text), true, out, sizeof raw) && memcmp(out, raw, sizeof raw) == 0;
            assert_int_equal(same, c == right);
        }
        text.p[i] = right;
    }
    bytes_release(&text);
}

/* BIP 173's own valid checksums, with data parts of whole bytes. */
static void bech32_takes_the_examples_of_its_specification(void **state)
{
    (void)state;
    uint8_t out[64];
    assert_true(bech32_decode(span_str("A12UEL5L"), "a", out, 0));
    assert_true(bech32_decode(span_str("a12uel5l"), "a", out, 0));
    assert_false(bech32_decode(span_str("A12UeL5L"), "a", out, 0));
    assert_false(bech32_decode(span_str("A1G7SGD8"), "a", out, 0));
    assert_true(bech32_decode(span_str("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"), "abcdef", out, 20));
    static const uint8_t counted[20] = {0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf,
                                        0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf};
    assert_memory_equal(out, counted, sizeof counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_reads_as_it_was_written),
        cmocka_unit_test(no_other_text_reads_as_the_same_bytes),
        cmocka_unit_test(bech32_takes_the_examples_of_its_specification),
    };
    return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
