/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/minisign.h"

static const char paper[] = "an exam paper\n", comment[] = "kaochang/1 role=package session=s1 version=1";

struct signer {
    struct minisign_secret secret;
    struct minisign_public public;
    struct bytes signature;
};

static struct signer new_signer(void)
{
    struct signer s = {0};
    struct err e;
    assert_done(minisign_new(&s.secret, &e), e);
    minisign_secret_public(&s.secret, &s.public);
    assert_done(minisign_sign(&s.secret, span_str(paper), comment, &s.signature, &e), e);
    return s;
}

static void forget(struct signer *s)
{
    minisign_secret_free(&s->secret);
    bytes_release(&s->signature);
}

static void a_signature_verifies_and_tells_its_trusted_comment(void **state)
{
    (void)state;
    struct signer s = new_signer();
    char *trusted = NULL;
    uint8_t id[8];
    struct err e;
    assert_done(minisign_verify(span_str(paper), bytes_span(&s.signature), &s.public, &trusted, &e), e);
    assert_string_equal(trusted, comment);
    assert_done(minisign_signature_id(bytes_span(&s.signature), id, &e), e);
    assert_memory_equal(id, s.public.id, sizeof id);
    free(trusted);
    forget(&s);
}

static void another_text_or_another_key_does_not_verify(void **state)
{
    (void)state;
    struct signer s = new_signer(), other = new_signer();
    struct minisign_public twin = other.public;
    struct err e;
    assert_refused(
        minisign_verify(span_str("another paper\n"), bytes_span(&s.signature), &s.public, NULL, &e), ERR_NO,
        "does not fit", e);
    assert_refused(minisign_verify(span_str(paper), bytes_span(&s.signature), &other.public, NULL, &e),
                   ERR_NO, "not by", e);
    memcpy(twin.id, s.public.id, sizeof twin.id);
    assert_refused(minisign_verify(span_str(paper), bytes_span(&s.signature), &twin, NULL, &e), ERR_NO,
                   "does not fit", e);
    forget(&s);
    forget(&other);
}

/* All but the words of the untrusted comment, which nothing covers: that is what its name says. */
static void no_changed_signature_file_verifies(void **state)
{
    (void)state;
    struct signer s = new_signer();
    struct err e;
    size_t free_from = strlen("untrusted comment: "), free_to = strcspn((char *)s.signature.p, "\n");
    for (size_t i = 0; i < s.signature.n; i++)
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            if (i >= free_from && i < free_to)
                continue;
            s.signature.p[i] ^= (uint8_t)bit;
            int r = minisign_verify(span_str(paper), bytes_span(&s.signature), &s.public, NULL, &e);
            assert_true(r == -ERR_NO || r == -ERR_DATA);
            s.signature.p[i] ^= (uint8_t)bit;
        }
    for (size_t n = 0; n < s.signature.n; n++)
        assert_int_equal(minisign_verify(span_str(paper), span_of(s.signature.p, n), &s.public, NULL, &e),
                         -ERR_DATA);
    bytes_str(&s.signature, "\n");
    assert_int_equal(minisign_verify(span_str(paper), bytes_span(&s.signature), &s.public, NULL, &e),
                     -ERR_DATA);
    forget(&s);
}

static void the_trusted_comment_of_another_signature_does_not_fit(void **state)
{
    (void)state;
    struct signer s = new_signer();
    struct bytes other = {0}, mixed = {0};
    struct err e;
    assert_done(minisign_sign(&s.secret, span_str("another paper\n"), "version=2", &other, &e), e);
    const char *ours = (char *)s.signature.p, *theirs = strstr((char *)other.p, "trusted comment: version");
    bytes_add(&mixed, ours, (size_t)(strstr(ours, "trusted comment: kaochang") - ours));
    bytes_str(&mixed, theirs);
    assert_refused(minisign_verify(span_str(paper), bytes_span(&mixed), &s.public, NULL, &e), ERR_NO,
                   "does not fit", e);
    bytes_release(&mixed);
    bytes_release(&other);
    forget(&s);
}

static void a_legacy_signature_is_refused_by_name(void **state)
{
    (void)state;
    static const char legacy[] =
        "untrusted comment: signature from minisign secret key\n"
        "RWRnOTLavD+7fBLkiN9illiMCzjZ23rsRtjwGdiDxDv2z+dT8PHDKGCnJ5E5/"
        "7vRUgnMOq3jLpeXr0y1Y2l9EVe30y2sqz6pAQg=\n"
        "trusted comment: x\n"
        "uSF0rOVO2/oNZUHdl9iN0yRiDC+RDL6GB8nhqhw1GK5KkoYaNiLP7zzxzqGREotK4FyuGsqLONbkV8TbveafAA==\n";
    struct minisign_public by = {0};
    struct err e;
    assert_refused(minisign_verify(span_str(paper), span_str(legacy), &by, NULL, &e), ERR_DATA, "old kind",
                   e);
}

static void a_key_id_prints_as_minisign_prints_it(void **state)
{
    (void)state;
    static const uint8_t id[8] = {0xdc, 0x4b, 0x79, 0x74, 0xfe, 0x51, 0xb9, 0x09};
    char text[MINISIGN_ID_TEXT];
    assert_string_equal(minisign_id_text(id, text), "09B951FE74794BDC");
}

static void a_public_key_reads_as_it_was_written(void **state)
{
    (void)state;
    struct signer s = new_signer();
    struct minisign_public same = {0};
    struct bytes file = {0};
    struct err e;
    minisign_public_write(&s.public, &file);
    assert_done(minisign_public_parse(bytes_span(&file), &same, &e), e);
    assert_true(minisign_public_equal(&same, &s.public));
    const char *line = strchr((char *)file.p, '\n') + 1;
    same = (struct minisign_public){0};
    assert_done(minisign_public_parse(span_of(line, strlen(line) - 1), &same, &e), e);
    assert_true(minisign_public_equal(&same, &s.public));
    for (size_t n = 0; n + 1 < file.n; n++)
        assert_int_equal(minisign_public_parse(span_of(file.p, n), &same, &e), -ERR_DATA);
    bytes_release(&file);
    forget(&s);
}

static void a_secret_key_without_password_reads_as_it_was_written(void **state)
{
    (void)state;
    struct signer s = new_signer();
    struct minisign_secret same = {0};
    struct bytes file = {0};
    bool locked = true;
    struct err e;
    assert_done(minisign_secret_write(&s.secret, NULL, &file, &e), e);
    assert_done(minisign_secret_locked(bytes_span(&file), &locked, &e), e);
    assert_false(locked);
    assert_done(minisign_secret_parse(bytes_span(&file), NULL, &same, &e), e);
    assert_true(secret_equal(&same.sk, &s.secret.sk));
    assert_memory_equal(same.id, s.secret.id, sizeof same.id);
    minisign_secret_free(&same);
    size_t from = (size_t)(strchr((char *)file.p, '\n') + 1 - (char *)file.p);
    for (size_t i = from; i < file.n; i++) {
        file.p[i] ^= 1;
        int r = minisign_secret_parse(bytes_span(&file), NULL, &same, &e);
        if (r == 0) { /* salt and work are there, and mean nothing without a password */
            assert_true(secret_equal(&same.sk, &s.secret.sk));
            minisign_secret_free(&same);
        }
        file.p[i] ^= 1;
    }
    for (size_t n = 0; n < file.n; n++)
        assert_int_equal(minisign_secret_parse(span_of(file.p, n), NULL, &same, &e), -ERR_DATA);
    bytes_release(&file);
    forget(&s);
}

static void a_secret_key_opens_only_with_its_password(void **state)
{
    (void)state;
    struct signer s = new_signer();
    struct minisign_secret same = {0};
    struct secret right = {0}, wrong = {0};
    struct bytes file = {0};
    bool locked = false;
    struct err e;
    assert_done(secret_copy(&right, span_str("correct horse"), &e), e);
    assert_done(secret_copy(&wrong, span_str("correct house"), &e), e);
    assert_done(minisign_secret_write(&s.secret, &right, &file, &e), e);
    assert_done(minisign_secret_locked(bytes_span(&file), &locked, &e), e);
    assert_true(locked);
    assert_refused(minisign_secret_parse(bytes_span(&file), NULL, &same, &e), ERR_USAGE, "needs its password",
                   e);
    assert_refused(minisign_secret_parse(bytes_span(&file), &wrong, &same, &e), ERR_NO, "wrong password", e);
    assert_done(minisign_secret_parse(bytes_span(&file), &right, &same, &e), e);
    assert_true(secret_equal(&same.sk, &s.secret.sk));
    minisign_secret_free(&same);
    secret_free(&right);
    secret_free(&wrong);
    bytes_release(&file);
    forget(&s);
}

static void a_trusted_comment_of_two_lines_is_not_signed(void **state)
{
    (void)state;
    struct signer s = new_signer();
    struct bytes out = {0};
    struct err e;
    assert_refused(minisign_sign(&s.secret, span_str(paper), "one\ntwo", &out, &e), ERR_DATA, "one line", e);
    char *long_one = mem_alloc(MINISIGN_TRUSTED_MAX + 2);
    memset(long_one, 'x', MINISIGN_TRUSTED_MAX + 1);
    assert_refused(minisign_sign(&s.secret, span_str(paper), long_one, &out, &e), ERR_DATA, "one line", e);
    assert_int_equal(out.n, 0);
    free(long_one);
    forget(&s);
}

/* RFC 7693 and Python's hashlib give the same: BLAKE2b-256, key 00 01 … 1f, over "kaochang/1 seal". */
static void a_sub_key_is_the_keyed_hash_of_its_label(void **state)
{
    (void)state;
    struct secret s = {0};
    uint8_t key[32];
    char hex[65];
    struct err e;
    assert_done(secret_new(&s, 32, &e), e);
    for (uint8_t i = 0; i < 32; i++)
        s.p[i] = i;
    derive_key(key, &s, "seal");
    assert_string_equal(hex_encode(hex, key, sizeof key),
                        "6b762f0dbab235911f6c4f9d43f239451bc1c3753a3ee1eda2b7ffd6eed26508");
    derive_key(key, &s, "chain");
    assert_string_equal(hex_encode(hex, key, sizeof key),
                        "0b2506908337ea6c4daecdffb4197dd37f934ea8c8d61162b48da6e6d98b27c9");
    secret_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signature_verifies_and_tells_its_trusted_comment),
        cmocka_unit_test(another_text_or_another_key_does_not_verify),
        cmocka_unit_test(no_changed_signature_file_verifies),
        cmocka_unit_test(the_trusted_comment_of_another_signature_does_not_fit),
        cmocka_unit_test(a_legacy_signature_is_refused_by_name),
        cmocka_unit_test(a_key_id_prints_as_minisign_prints_it),
        cmocka_unit_test(a_public_key_reads_as_it_was_written),
        cmocka_unit_test(a_secret_key_without_password_reads_as_it_was_written),
        cmocka_unit_test(a_secret_key_opens_only_with_its_password),
        cmocka_unit_test(a_trusted_comment_of_two_lines_is_not_signed),
        cmocka_unit_test(a_sub_key_is_the_keyed_hash_of_its_label),
    };
    return cmocka_run_group_tests_name("minisign", tests, NULL, NULL);
}
