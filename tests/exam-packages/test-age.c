/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/age.h"
#include "tests/exam-packages/scratch.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer)
#define CAN_LIMIT_MEMORY 1 /* a sanitizer's shadow takes more than any limit */
#endif

enum { CHUNK = 65536, TAG = 16, QUICK = 4 };

static const char paper[] = "an exam paper";

struct pair {
    struct age_identity id;
    struct age_recipient to;
};

static struct pair new_pair(void)
{
    struct pair p = {0};
    struct err e;
    assert_done(age_identity_new(&p.id, &e), e);
    age_identity_recipient(&p.id, &p.to);
    return p;
}

static struct bytes sealed_to(const struct pair *p, struct span plain)
{
    struct bytes sealed = {0};
    struct err e;
    assert_done(age_seal(plain, &p->to, 1, &sealed, &e), e);
    return sealed;
}

static void what_is_sealed_opens_at_every_length_around_a_chunk(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 17};
    struct pair p = new_pair();
    uint8_t *text = mem_alloc(3 * CHUNK);
    for (size_t i = 0; i < 3 * CHUNK; i++)
        text[i] = (uint8_t)(i * 7);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct bytes plain = {0}, sealed = sealed_to(&p, span_of(text, lengths[i]));
        struct err e;
        assert_done(age_open(bytes_span(&sealed), &p.id, 1, &plain, &e), e);
        assert_non_null(plain.p);
        assert_true(span_equal(bytes_span(&plain), span_of(text, lengths[i])));
        bytes_release(&plain);
        bytes_release(&sealed);
    }
    free(text);
    age_identity_free(&p.id);
}

static void each_recipient_opens_it_and_nobody_else(void **state)
{
    (void)state;
    struct pair a = new_pair(), b = new_pair(), stranger = new_pair();
    struct age_recipient both[2] = {a.to, b.to};
    struct bytes sealed = {0}, plain = {0};
    struct err e;
    assert_done(age_seal(span_str(paper), both, 2, &sealed, &e), e);
    assert_done(age_open(bytes_span(&sealed), &a.id, 1, &plain, &e), e);
    bytes_release(&plain);
    assert_done(age_open(bytes_span(&sealed), &b.id, 1, &plain, &e), e);
    bytes_release(&plain);
    assert_refused(age_open(bytes_span(&sealed), &stranger.id, 1, &plain, &e), ERR_NO,
                   "none of the identities", e);
    assert_int_equal(e.code, AGE_NO_MATCH);
    assert_null(plain.p);
    bytes_release(&sealed);
    age_identity_free(&a.id);
    age_identity_free(&b.id);
    age_identity_free(&stranger.id);
}

static void sealing_twice_never_gives_the_same_bytes(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct bytes one = sealed_to(&p, span_str(paper)), two = sealed_to(&p, span_str(paper));
    assert_false(span_equal(bytes_span(&one), bytes_span(&two)));
    bytes_release(&one);
    bytes_release(&two);
    age_identity_free(&p.id);
}

static void a_wrong_code_opens_nothing(void **state)
{
    (void)state;
    struct bytes sealed = {0}, plain = {0};
    struct pair p = new_pair();
    struct err e;
    assert_done(age_seal_code(span_str(paper), span_str("7K3M9Q2XWZ4T"), QUICK, &sealed, &e), e);
    assert_refused(age_open_code(bytes_span(&sealed), span_str("7K3M9Q2XWZ4V"), &plain, &e), ERR_NO,
                   "does not open", e);
    assert_refused(age_open(bytes_span(&sealed), &p.id, 1, &plain, &e), ERR_NO, "none of the identities", e);
    assert_null(plain.p);
    assert_done(age_open_code(bytes_span(&sealed), span_str("7K3M9Q2XWZ4T"), &plain, &e), e);
    assert_true(span_equal(bytes_span(&plain), span_str(paper)));
    bytes_release(&plain);
    bytes_release(&sealed);
    age_identity_free(&p.id);
}

static void too_much_work_is_refused_before_it_is_done(void **state)
{
    (void)state;
    static const char head[] = "age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 19\n"
                               "gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY\n"
                               "--- IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc\n";
    struct bytes plain = {0};
    struct err e;
    assert_refused(age_open_code(span_str(head), span_str("password"), &plain, &e), ERR_DATA, "too much work",
                   e);
    assert_refused(age_seal_code(span_str(paper), span_str("password"), 19, &plain, &e), ERR_BUG,
                   "work factor", e);
}

static void the_memory_of_a_code_is_not_ours(void **state)
{
    (void)state;
    struct bytes sealed = {0}, plain = {0};
    struct rusage before, after;
    struct err e;
    getrusage(RUSAGE_SELF, &before);
    assert_done(age_seal_code(span_str(paper), span_str("7K3M9Q2XWZ4T"), AGE_CODE_LOG2N, &sealed, &e), e);
    assert_done(age_open_code(bytes_span(&sealed), span_str("7K3M9Q2XWZ4T"), &plain, &e), e);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
    bytes_release(&plain);
    bytes_release(&sealed);
}

#ifdef CAN_LIMIT_MEMORY
static rlim_t address_space(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%lu", &pages), 1);
    fclose(f);
    return (rlim_t)pages * 4096;
}

static void too_little_memory_for_a_code_is_said(void **state)
{
    (void)state;
    struct bytes sealed = {0}, plain = {0};
    struct rlimit had, tight;
    struct err e;
    assert_done(age_seal_code(span_str(paper), span_str("7K3M9Q2XWZ4T"), AGE_CODE_LOG2N, &sealed, &e), e);
    assert_int_equal(getrlimit(RLIMIT_AS, &had), 0);
    tight = (struct rlimit){.rlim_cur = address_space() + (16 << 20), .rlim_max = had.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_AS, &tight), 0);
    int r = age_open_code(bytes_span(&sealed), span_str("7K3M9Q2XWZ4T"), &plain, &e);
    assert_int_equal(setrlimit(RLIMIT_AS, &had), 0);
    assert_refused(r, ERR_ENV, "could not be derived", e);
    assert_non_null(strstr(e.hint, "64 MiB"));
    bytes_release(&sealed);
}
#endif

/* Every bit of every byte changed, and every beginning. */
static void no_changed_or_cut_file_opens(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct bytes sealed = sealed_to(&p, span_str(paper)), plain = {0};
    struct err e;
    for (size_t i = 0; i < sealed.n; i++)
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            sealed.p[i] ^= (uint8_t)bit;
            int r = age_open(bytes_span(&sealed), &p.id, 1, &plain, &e);
            assert_true(r == -ERR_DATA || r == -ERR_NO);
            assert_true(e.code >= AGE_HEADER && e.code <= AGE_PAYLOAD);
            assert_null(plain.p);
            sealed.p[i] ^= (uint8_t)bit;
        }
    for (size_t n = 0; n < sealed.n; n++) {
        assert_int_equal(age_open(span_of(sealed.p, n), &p.id, 1, &plain, &e), -ERR_DATA);
        assert_null(plain.p);
    }
    bytes_u8(&sealed, 0);
    assert_int_equal(age_open(bytes_span(&sealed), &p.id, 1, &plain, &e), -ERR_DATA);
    bytes_release(&sealed);
    age_identity_free(&p.id);
}

static void a_broken_file_leaves_no_output_and_no_temporary(void **state)
{
    (void)state;
    struct scratch s;
    struct pair p = new_pair();
    struct age_key key = {.id = &p.id, .n = 1};
    struct err e;
    scratch_open(&s);
    struct bytes sealed = sealed_to(&p, span_str(paper));
    char *in = scratch_path(&s, "in.age"), *out = scratch_path(&s, "out");
    for (size_t n = 0; n < sealed.n; n++) {
        scratch_put(&s, "in.age", span_of(sealed.p, n));
        assert_int_equal(age_open_file(in, out, 0600, &key, &e), -ERR_DATA);
        assert_string_equal(e.where, in);
        assert_int_equal(scratch_count(&s), 1);
    }
    scratch_put(&s, "in.age", bytes_span(&sealed));
    assert_done(age_open_file(in, out, 0600, &key, &e), e);
    struct bytes plain = scratch_get(&s, "out");
    assert_true(span_equal(bytes_span(&plain), span_str(paper)));
    bytes_release(&plain);
    bytes_release(&sealed);
    free(in);
    free(out);
    age_identity_free(&p.id);
    scratch_close(&s);
}

static void a_file_cut_in_its_second_chunk_leaves_what_was_there(void **state)
{
    (void)state;
    struct scratch s;
    struct pair p = new_pair();
    struct age_key key = {.id = &p.id, .n = 1};
    struct err e;
    uint8_t *text = mem_alloc(2 * CHUNK);
    scratch_open(&s);
    struct bytes sealed = sealed_to(&p, span_of(text, 2 * CHUNK));
    char *in = scratch_path(&s, "in.age"), *out = scratch_path(&s, "out");
    scratch_put(&s, "in.age", span_of(sealed.p, sealed.n - 1));
    scratch_put(&s, "out", span_str("as before"));
    assert_refused(age_open_file(in, out, 0600, &key, &e), ERR_DATA, "changed or cut", e);
    struct bytes before = scratch_get(&s, "out");
    assert_true(span_equal(bytes_span(&before), span_str("as before")));
    assert_int_equal(scratch_count(&s), 2);
    bytes_release(&before);
    bytes_release(&sealed);
    free(text);
    free(in);
    free(out);
    age_identity_free(&p.id);
    scratch_close(&s);
}

static void a_large_file_passes_through_little_memory(void **state)
{
    (void)state;
    enum { LARGE_MIB = 48 };
    struct scratch s;
    struct pair p = new_pair();
    struct age_key seal = {.to = &p.to, .n = 1}, open = {.id = &p.id, .n = 1};
    struct rusage before, after;
    struct err e;
    scratch_open(&s);
    char *plain = scratch_path(&s, "plain"), *sealed = scratch_path(&s, "sealed"),
         *again = scratch_path(&s, "again");
    FILE *f = fopen(plain, "wb");
    assert_non_null(f);
    assert_int_equal(fseek(f, LARGE_MIB << 20, SEEK_SET), 0);
    fputs("end", f);
    assert_int_equal(fclose(f), 0);
    getrusage(RUSAGE_SELF, &before);
    assert_done(age_seal_file(plain, sealed, 0600, &seal, &e), e);
    assert_done(age_open_file(sealed, again, 0600, &open, &e), e);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
    const char *const compare[] = {"cmp", "plain", "again", NULL};
    assert_int_equal(scratch_run(&s, compare), 0);
    free(plain);
    free(sealed);
    free(again);
    age_identity_free(&p.id);
    scratch_close(&s);
}

static void an_identity_file_with_comments_is_read(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct bytes file = {0};
    struct age_identity same = {0};
    struct age_identity *all = NULL;
    size_t n = 0;
    struct err e;
    bytes_str(&file, "# created: a day\r\n\n# public key: age1…\n");
    age_identity_text(&p.id, &file);
    bytes_str(&file, "\n");
    assert_done(age_identity_parse(bytes_span(&file), &same, &e), e);
    assert_true(secret_equal(&same.sk, &p.id.sk));
    age_identity_free(&same);
    age_identity_text(&p.id, &file);
    assert_refused(age_identity_parse(bytes_span(&file), &same, &e), ERR_DATA, "more than one", e);
    assert_done(age_identities_parse(bytes_span(&file), &all, &n, &e), e);
    assert_int_equal(n, 2);
    age_identities_free(all, n);
    bytes_release(&file);
    age_identity_free(&p.id);
}

static void a_recipient_reads_as_it_was_written(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct age_recipient same;
    char text[AGE_RECIPIENT_TEXT];
    struct err e;
    assert_done(age_recipient_parse(span_str(age_recipient_text(&p.to, text)), &same, &e), e);
    assert_memory_equal(same.pk, p.to.pk, sizeof same.pk);
    age_identity_free(&p.id);
}

static void a_mistyped_recipient_or_identity_is_refused(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct age_recipient to;
    struct age_identity id;
    char text[AGE_RECIPIENT_TEXT];
    struct bytes secret = {0};
    struct err e;
    age_recipient_text(&p.to, text);
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        text[i] ^= 1;
        assert_int_equal(age_recipient_parse(span_str(text), &to, &e), -ERR_DATA);
        text[i] ^= 1;
    }
    age_identity_text(&p.id, &secret);
    for (size_t i = 0; i < secret.n; i++) {
        secret.p[i] ^= 1;
        assert_int_equal(age_identity_parse(bytes_span(&secret), &id, &e), -ERR_DATA);
        secret.p[i] ^= 1;
    }
    for (size_t n = 0; n < secret.n; n++)
        assert_int_equal(age_identity_parse(span_of(secret.p, n), &id, &e), -ERR_DATA);
    assert_refused(age_recipient_parse(bytes_span(&secret), &to, &e), ERR_DATA, "not an age recipient", e);
    assert_refused(age_identity_parse(span_str(text), &id, &e), ERR_DATA, "not an age identity", e);
    bytes_release(&secret);
    age_identity_free(&p.id);
}

static void a_header_over_64_kib_is_refused(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct age_key key = {.id = &p.id, .n = 1};
    struct bytes file = {0}, plain = {0};
    struct err e;
    bytes_str(&file, "age-encryption.org/v1\n");
    while (file.n < AGE_HEADER_MAX)
        bytes_str(&file, "-> grease\n\n");
    bytes_str(&file, "--- IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc\n0123456789abcdef");
    assert_refused(age_open(bytes_span(&file), &p.id, 1, &plain, &e), ERR_DATA, "header", e);
    FILE *in = fmemopen(file.p, file.n, "rb"), *out = fopen("/dev/null", "wb");
    assert_refused(age_open_stream(in, out, &key, &e), ERR_DATA, "header", e);
    fclose(in);
    fclose(out);
    bytes_release(&file);
    age_identity_free(&p.id);
}

/* A sealed stream of that many full chunks and 5 bytes; *ret_head says where they begin. */
static struct bytes sealed_stream(const struct pair *p, size_t chunks, struct bytes *plain, size_t *ret_head)
{
    struct bytes sealed = {0};
    struct err e;
    uint8_t *at = bytes_more(plain, chunks * CHUNK + 5);
    for (size_t i = 0; i < plain->n; i++)
        at[i] = (uint8_t)(i / CHUNK + i);
    assert_done(age_seal(bytes_span(plain), &p->to, 1, &sealed, &e), e);
    *ret_head = sealed.n - chunks * (CHUNK + TAG) - 5 - TAG;
    return sealed;
}

/* Opens a stream whose chunk `broken` is the first that is not as it was: all before it come out, no more. */
static void gives_what_is_before(const struct pair *p, const struct bytes *file, const struct bytes *plain,
                                 size_t broken)
{
    struct age_key key = {.id = &p->id, .n = 1};
    struct err e = {0};
    char *out = NULL;
    size_t n = 0;
    FILE *in = fmemopen(file->p, file->n, "rb"), *to = open_memstream(&out, &n);
    assert_refused(age_open_stream(in, to, &key, &e), ERR_DATA, "changed or cut", e);
    assert_int_equal(e.code, AGE_PAYLOAD);
    fclose(in);
    fclose(to);
    assert_int_equal(n, broken * CHUNK);
    assert_true(n == 0 || memcmp(out, plain->p, n) == 0);
    free(out);
}

static void a_broken_chunk_anywhere_ends_a_long_stream_before_it(void **state)
{
    enum { CHUNKS = 13 };
    (void)state;
    struct pair p = new_pair();
    struct bytes plain = {0};
    size_t head, chunk = CHUNK + TAG;
    struct bytes file = sealed_stream(&p, CHUNKS, &plain, &head);
    for (size_t i = 0; i <= CHUNKS; i++) {
        file.p[head + i * chunk + 3] ^= 1;
        gives_what_is_before(&p, &file, &plain, i);
        file.p[head + i * chunk + 3] ^= 1;
    }
    bytes_release(&file);
    bytes_release(&plain);
    age_identity_free(&p.id);
}

static void chunks_that_changed_places_end_a_long_stream(void **state)
{
    enum { CHUNKS = 10 };
    (void)state;
    struct pair p = new_pair();
    struct bytes plain = {0};
    size_t head, chunk = CHUNK + TAG;
    struct bytes file = sealed_stream(&p, CHUNKS, &plain, &head);
    for (size_t i = 0; i + 1 < CHUNKS; i++) {
        struct bytes other = {0};
        bytes_add(&other, file.p, head + i * chunk);
        bytes_add(&other, file.p + head + (i + 1) * chunk, chunk);
        bytes_add(&other, file.p + head + i * chunk, chunk);
        bytes_add(&other, file.p + head + (i + 2) * chunk, file.n - head - (i + 2) * chunk);
        gives_what_is_before(&p, &other, &plain, i); /* two changed places */
        bytes_clear(&other);
        bytes_add(&other, file.p, head + (i + 1) * chunk);
        bytes_add(&other, file.p + head + i * chunk, file.n - head - i * chunk);
        gives_what_is_before(&p, &other, &plain, i + 1); /* one stands twice */
        bytes_clear(&other);
        bytes_add(&other, file.p, head + i * chunk);
        bytes_add(&other, file.p + head + (i + 1) * chunk, file.n - head - (i + 1) * chunk);
        gives_what_is_before(&p, &other, &plain, i); /* one is missing */
        bytes_release(&other);
    }
    bytes_release(&file);
    bytes_release(&plain);
    age_identity_free(&p.id);
}

static void a_full_disk_is_reported_as_such(void **state)
{
    (void)state;
    struct pair p = new_pair();
    struct age_key key = {.to = &p.to, .n = 1};
    struct err e;
    uint8_t *text = mem_alloc(2 * CHUNK);
    FILE *in = fmemopen(text, 2 * CHUNK, "rb"), *out = fopen("/dev/full", "wb");
    assert_true(in && out);
    assert_int_equal(age_seal_stream(in, out, &key, &e), -ERR_ENV);
    fclose(in);
    fclose(out);
    free(text);
    age_identity_free(&p.id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_opens_at_every_length_around_a_chunk),
        cmocka_unit_test(each_recipient_opens_it_and_nobody_else),
        cmocka_unit_test(sealing_twice_never_gives_the_same_bytes),
        cmocka_unit_test(a_wrong_code_opens_nothing),
        cmocka_unit_test(too_much_work_is_refused_before_it_is_done),
        cmocka_unit_test(the_memory_of_a_code_is_not_ours),
#ifdef CAN_LIMIT_MEMORY
        cmocka_unit_test(too_little_memory_for_a_code_is_said),
#endif
        cmocka_unit_test(no_changed_or_cut_file_opens),
        cmocka_unit_test(a_broken_file_leaves_no_output_and_no_temporary),
        cmocka_unit_test(a_file_cut_in_its_second_chunk_leaves_what_was_there),
        cmocka_unit_test(a_large_file_passes_through_little_memory),
        cmocka_unit_test(an_identity_file_with_comments_is_read),
        cmocka_unit_test(a_recipient_reads_as_it_was_written),
        cmocka_unit_test(a_mistyped_recipient_or_identity_is_refused),
        cmocka_unit_test(a_header_over_64_kib_is_refused),
        cmocka_unit_test(a_broken_chunk_anywhere_ends_a_long_stream_before_it),
        cmocka_unit_test(chunks_that_changed_places_end_a_long_stream),
        cmocka_unit_test(a_full_disk_is_reported_as_such),
    };
    return cmocka_run_group_tests_name("age", tests, NULL, NULL);
}
