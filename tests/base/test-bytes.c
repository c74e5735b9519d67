/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/canon.h"
#include "base/rng.h"

static void bytes_grow_and_end_with_a_zero(void **state)
{
    (void)state;
    struct bytes b = {0};
    for (int i = 0; i < 1000; i++)
        bytes_printf(&b, "%d,", i);
    assert_int_equal(b.n, 3890);
    assert_int_equal(b.p[b.n], 0);
    bytes_clear(&b);
    bytes_u32le(&b, 0x01020304);
    bytes_u64le(&b, 5);
    assert_int_equal(b.n, 12);
    assert_int_equal(b.p[0], 4);
    assert_int_equal(le32(b.p), 0x01020304);
    assert_int_equal(le64(b.p + 4), 5);
    bytes_release(&b);
    assert_null(b.p);
}

static void spans_are_ordered_bytewise_shorter_first(void **state)
{
    (void)state;
    assert_true(span_compare(span_str("a"), span_str("ab")) < 0);
    assert_true(span_compare(span_str("b"), span_str("ab")) > 0);
    assert_true(span_compare(span_str("\xE8"), span_str("z")) > 0);
    assert_true(span_equal(span_str(""), span_of(NULL, 0)));
}

static void hex_is_read_strictly(void **state)
{
    (void)state;
    uint8_t out[2];
    char text[5];
    assert_true(hex_decode(out, 2, "0aFF"));
    assert_string_equal(hex_encode(text, out, 2), "0aff");
    assert_false(hex_decode(out, 2, "0aF"));
    assert_false(hex_decode(out, 2, "0aFFF"));
    assert_false(hex_decode(out, 2, "0aFG"));
}

static void canonical_bytes_read_back_and_nothing_else_does(void **state)
{
    (void)state;
    struct bytes b = {0};
    canon_domain(&b, "kaochang/1 test");
    canon_text(&b, "考场");
    canon_text(&b, NULL);
    canon_int(&b, -7);
    struct arena *a = arena_new();
    for (size_t cut = 0; cut <= b.n; cut++) {
        struct canon_reader r = canon_reader_of(span_of(b.p, cut));
        const char *text;
        struct span none;
        int64_t v;
        bool ok = canon_read_domain(&r, "kaochang/1 test") && canon_read_text(&r, a, 100, &text) &&
                  canon_read_blob(&r, &none) && !none.p && canon_read_int(&r, &v) && canon_at_end(&r);
        assert_int_equal(ok, cut == b.n);
        if (ok) {
            assert_string_equal(text, "考场");
            assert_int_equal(v, -7);
        }
    }
    struct canon_reader other = canon_reader_of(bytes_span(&b));
    assert_false(canon_read_domain(&other, "kaochang/1 tests"));
    arena_free(a);
    bytes_release(&b);
}

static void an_arena_keeps_everything_until_it_is_freed(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char *text[2000];
    for (int i = 0; i < 2000; i++)
        text[i] = arena_printf(a, "%d %s", i, "词");
    char *big = arena_alloc(a, 100000);
    assert_int_equal(big[99999], 0);
    for (int i = 0; i < 2000; i++)
        assert_int_equal(strtol(text[i], NULL, 10), i);
    assert_true(arena_used(a) > 100000);
    arena_free(a);
}

static void the_same_seed_gives_the_same_numbers_everywhere(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 42);
    assert_true(rng_u64(&r) == UINT64_C(1546998764402558742));
    uint32_t order[10];
    for (uint32_t i = 0; i < 10; i++)
        order[i] = i;
    rng_shuffle(&r, order, 10);
    uint32_t seen = 0;
    for (int i = 0; i < 10; i++)
        seen |= 1u << order[i];
    assert_int_equal(seen, 0x3FF);
    for (int i = 0; i < 1000; i++) {
        assert_true(rng_below(&r, 7) < 7);
        double u = rng_unit(&r);
        assert_true(u >= 0 && u < 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_grow_and_end_with_a_zero),
        cmocka_unit_test(spans_are_ordered_bytewise_shorter_first),
        cmocka_unit_test(hex_is_read_strictly),
        cmocka_unit_test(canonical_bytes_read_back_and_nothing_else_does),
        cmocka_unit_test(an_arena_keeps_everything_until_it_is_freed),
        cmocka_unit_test(the_same_seed_gives_the_same_numbers_everywhere),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
