/* SPDX-License-Identifier: Apache-2.0 */
/* Wycheproof's vectors against the primitives that age and minisign stand on. "acceptable" X25519 vectors are
 * those with points of low order (which we refuse) or unusual encodings. */
#include "tests/check.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/mem.h"
#include "exam-packages/derive.h"
#include "tests/exam-packages/scratch.h"

typedef bool vector_check(const json_t *group, const json_t *vector);

static struct bytes field(const json_t *object, const char *name)
{
    const char *hex = json_string_value(json_object_get(object, name));
    assert_non_null(hex);
    struct bytes b = {0};
    size_t n = strlen(hex) / 2;
    uint8_t *raw = mem_alloc(n + 1);
    assert_true(hex_decode(raw, n, hex));
    bytes_add(&b, raw, n);
    free(raw);
    return b;
}

static const char *result_of(const json_t *vector)
{
    return json_string_value(json_object_get(vector, "result"));
}

/* Runs every vector of a file; returns how many. */
static int each_vector(const char *name, vector_check *fits)
{
    char *path = fixture_path(name);
    assert_non_null(path);
    json_error_t why;
    json_t *file = json_load_file(path, 0, &why);
    assert_non_null(file);
    size_t g, i;
    json_t *group, *vector;
    int n = 0;
    json_array_foreach(json_object_get(file, "testGroups"), g, group)
        json_array_foreach(json_object_get(group, "tests"), i, vector) {
            n++;
            if (!fits(group, vector))
                fail_msg("%s: vector %d (%s) came out otherwise", name,
                         (int)json_integer_value(json_object_get(vector, "tcId")), result_of(vector));
        }
    json_decref(file);
    free(path);
    return n;
}

static bool hkdf_fits(const json_t *group, const json_t *v)
{
    (void)group;
    struct bytes ikm = field(v, "ikm"), salt = field(v, "salt"), info = field(v, "info"),
                 okm = field(v, "okm");
    size_t n = (size_t)json_integer_value(json_object_get(v, "size"));
    bool valid = strcmp(result_of(v), "valid") == 0, same = false;
    if (n <= 255 * 32) {
        uint8_t *out = mem_alloc(n + 1);
        hkdf_sha256(out, n, bytes_span(&ikm), bytes_span(&salt), bytes_span(&info));
        same = n == okm.n && memcmp(out, okm.p, n) == 0;
        free(out);
    }
    bytes_release(&ikm);
    bytes_release(&salt);
    bytes_release(&info);
    bytes_release(&okm);
    return same == valid;
}

static bool hmac_fits(const json_t *group, const json_t *v)
{
    struct bytes key = field(v, "key"), message = field(v, "msg"), tag = field(v, "tag");
    size_t n = (size_t)json_integer_value(json_object_get(group, "tagSize")) / 8;
    uint8_t out[32];
    hmac_sha256(out, bytes_span(&key), bytes_span(&message));
    bool same = tag.n == n && memcmp(out, tag.p, n) == 0;
    bytes_release(&key);
    bytes_release(&message);
    bytes_release(&tag);
    return same == (strcmp(result_of(v), "valid") == 0);
}

static bool aead_opens(const struct bytes *key, const struct bytes *iv, const struct bytes *aad,
                       const struct bytes *sealed, const struct bytes *message)
{
    if (iv->n != crypto_aead_chacha20poly1305_ietf_NPUBBYTES || key->n != 32 || sealed->n < 16)
        return false;
    uint8_t *out = mem_alloc(sealed->n);
    bool same = crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed->p, sealed->n, aad->p,
                                                          aad->n, iv->p, key->p) == 0 &&
                sealed->n - 16 == message->n && memcmp(out, message->p, message->n) == 0;
    free(out);
    return same;
}

static bool aead_fits(const json_t *group, const json_t *v)
{
    (void)group;
    struct bytes key = field(v, "key"), iv = field(v, "iv"), aad = field(v, "aad"), message = field(v, "msg"),
                 sealed = field(v, "ct"), tag = field(v, "tag");
    bytes_add(&sealed, tag.p, tag.n);
    bool same = aead_opens(&key, &iv, &aad, &sealed, &message);
    bytes_release(&key);
    bytes_release(&iv);
    bytes_release(&aad);
    bytes_release(&message);
    bytes_release(&sealed);
    bytes_release(&tag);
    return same == (strcmp(result_of(v), "valid") == 0);
}

static bool ed25519_fits(const json_t *group, const json_t *v)
{
    struct bytes message = field(v, "msg"), signature = field(v, "sig");
    struct bytes pk = field(json_object_get(group, "publicKey"), "pk");
    bool good = signature.n == 64 && pk.n == 32 &&
                crypto_sign_verify_detached(signature.p, message.p, message.n, pk.p) == 0;
    bytes_release(&message);
    bytes_release(&signature);
    bytes_release(&pk);
    return good == (strcmp(result_of(v), "valid") == 0);
}

static bool x25519_fits(const json_t *group, const json_t *v)
{
    (void)group;
    struct bytes public = field(v, "public"), private = field(v, "private"), shared = field(v, "shared");
    uint8_t out[32] = {0};
    bool done = crypto_scalarmult(out, private.p, public.p) == 0;
    bool zero = sodium_is_zero(shared.p, shared.n), same = memcmp(out, shared.p, sizeof out) == 0;
    bytes_release(&public);
    bytes_release(&private);
    bytes_release(&shared);
    return zero ? !done : done && same;
}

static void all_vectors(const char *file, vector_check *fits, int at_least)
{
    assert_true(sodium_init() >= 0);
    assert_true(each_vector(file, fits) >= at_least);
}

static void our_hkdf_gives_what_rfc_5869_says(void **state)
{
    (void)state;
    all_vectors("age/wycheproof/hkdf_sha256_test.json", hkdf_fits, 80);
}

static void our_hmac_gives_the_right_tags(void **state)
{
    (void)state;
    all_vectors("age/wycheproof/hmac_sha256_test.json", hmac_fits, 170);
}

static void chacha20_poly1305_opens_only_what_is_whole(void **state)
{
    (void)state;
    all_vectors("age/wycheproof/chacha20_poly1305_test.json", aead_fits, 300);
}

static void ed25519_takes_no_malleable_signature(void **state)
{
    (void)state;
    all_vectors("age/wycheproof/ed25519_test.json", ed25519_fits, 150);
}

static void x25519_agrees_and_refuses_points_of_low_order(void **state)
{
    (void)state;
    all_vectors("age/wycheproof/x25519_test.json", x25519_fits, 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_hkdf_gives_what_rfc_5869_says),
        cmocka_unit_test(our_hmac_gives_the_right_tags),
        cmocka_unit_test(chacha20_poly1305_opens_only_what_is_whole),
        cmocka_unit_test(ed25519_takes_no_malleable_signature),
        cmocka_unit_test(x25519_agrees_and_refuses_points_of_low_order),
    };
    char *vectors = fixture_path("age/wycheproof");
    if (!vectors)
        return skip_program("the Wycheproof vectors are not in $FIXTURES");
    free(vectors);
    return cmocka_run_group_tests_name("wycheproof", tests, NULL, NULL);
}
