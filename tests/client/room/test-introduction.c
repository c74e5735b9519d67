/* SPDX-License-Identifier: Apache-2.0 */
/* Who is at the other end: an introduction is believed only whole, from the right office, site and room. */
#include "tests/check.h"

#include <stdlib.h>

#include "client/room/introduction.h"
#include "tests/client/room/room-kit.h"

static struct world world;
static struct arena *arena;
static struct err e;
static struct introduction got;

static struct introduction station_st01(void)
{
    return (struct introduction){.name = "st01", .site = "S1", .room = "301", .tls = {1, 2, 3}};
}

/* The packed introduction, signed by the station's key, with this certificate. */
static struct bytes made(const struct introduction *who, const struct certificate_chain *chain)
{
    struct bytes packed = {0};
    assert_done(introduction_make(who, &world.station_key, chain, &packed, &e), e);
    return packed;
}

static int check(const struct bytes *packed)
{
    return introduction_check(&got, NULL, arena, bytes_span(packed), world.trust, "S1", "301", &e);
}

static void refused(struct bytes packed, int kind, const char *words)
{
    assert_refused(check(&packed), kind, words, e);
    bytes_release(&packed);
}

static void a_station_is_known_by_what_it_shows(void **state)
{
    struct certificate_chain chain = kit_certificate(&world, arena, "station", "st01", "301");
    struct age_identity own = {0};
    struct introduction who = station_st01();
    struct minisign_public key, wanted;
    (void)state;
    assert_done(age_identity_new(&own, &e), e);
    who.has_recipient = true;
    age_identity_recipient(&own, &who.recipient);
    struct bytes packed = made(&who, &chain);
    assert_done(introduction_check(&got, &key, arena, bytes_span(&packed), world.trust, "S1", "301", &e), e);
    minisign_secret_public(&world.station_key, &wanted);
    assert_true(minisign_public_equal(&key, &wanted));
    assert_false(got.of_room);
    assert_string_equal(got.name, "st01");
    assert_memory_equal(got.tls, who.tls, sizeof who.tls);
    assert_true(got.has_recipient);
    assert_memory_equal(got.recipient.pk, who.recipient.pk, sizeof who.recipient.pk);
    bytes_release(&packed);
    age_identity_free(&own);
}

static void a_room_needs_a_certificate_of_a_room(void **state)
{
    struct certificate_chain room = kit_certificate(&world, arena, "room", "st01", "301");
    struct certificate_chain station = kit_certificate(&world, arena, "station", "st01", "301");
    struct introduction who = station_st01();
    (void)state;
    refused(made(&who, &room), ERR_NO, "what its certificate does not say");
    who.of_room = true;
    refused(made(&who, &station), ERR_NO, "what its certificate does not say");
    struct bytes packed = made(&who, &room);
    assert_done(check(&packed), e);
    assert_true(got.of_room);
    assert_false(got.has_recipient);
    bytes_release(&packed);
}

static void nobody_speaks_in_another_name(void **state)
{
    struct certificate_chain other = kit_certificate(&world, arena, "station", "st02", "301");
    struct certificate_chain elsewhere = kit_certificate(&world, arena, "station", "st01", "302");
    struct introduction who = station_st01();
    (void)state;
    refused(made(&who, &other), ERR_NO, "what its certificate does not say");
    refused(made(&who, &elsewhere), ERR_NO, "what its certificate does not say");
    who.room = "302";
    refused(made(&who, &elsewhere), ERR_NO, "another site or room");
}

static void a_changed_introduction_is_refused(void **state)
{
    struct certificate_chain chain = kit_certificate(&world, arena, "station", "st01", "301");
    struct introduction who = station_st01();
    struct bytes packed = made(&who, &chain);
    size_t accepted = 0;
    (void)state;
    for (size_t i = 0; i < packed.n; i += 3) {
        packed.p[i] ^= 4;
        if (check(&packed) == 0) { /* in a comment that nobody signs */
            assert_string_equal(got.name, who.name);
            assert_memory_equal(got.tls, who.tls, sizeof who.tls);
            accepted++;
        }
        packed.p[i] ^= 4;
    }
    assert_in_range(accepted, 0, 40);
    for (size_t n = 0; n < packed.n; n += 7)
        assert_int_not_equal(
            introduction_check(&got, NULL, arena, span_of(packed.p, n), world.trust, "S1", "301", &e), 0);
    bytes_release(&packed);
}

static void a_key_that_nobody_certified_is_refused(void **state)
{
    struct certificate_chain chain = kit_certificate(&world, arena, "station", "st01", "301");
    struct introduction who = station_st01();
    struct bytes packed = {0};
    (void)state;
    assert_done(introduction_make(&who, &world.stranger, &chain, &packed, &e), e);
    assert_true(check(&packed) < 0);
    bytes_release(&packed);
}

static void a_signature_made_for_something_else_is_refused(void **state)
{
    struct certificate_chain chain = kit_certificate(&world, arena, "station", "st01", "301");
    struct introduction who = station_st01();
    struct bytes packed = made(&who, &chain), forged = {0}, signature = {0};
    struct canon_reader r = canon_reader_of(bytes_span(&packed));
    struct span document = {0};
    (void)state;
    assert_true(canon_read_domain(&r, "kaochang/1 introduction") && canon_read_blob(&r, &document));
    assert_done(minisign_sign(&world.station_key, document, "kaochang/1 role=station", &signature, &e), e);
    canon_domain(&forged, "kaochang/1 introduction");
    canon_blob(&forged, document);
    canon_blob(&forged, bytes_span(&signature));
    assert_true(canon_read_blob(&r, &document));
    bytes_add(&forged, r.p, (size_t)(r.end - r.p));
    refused(forged, ERR_NO, "not made for an introduction");
    bytes_release(&packed);
    bytes_release(&signature);
}

static void the_tls_key_follows_from_the_station_key_and_is_not_it(void **state)
{
    struct secret one = {0}, two = {0}, other = {0};
    uint8_t a[32], b[32], c[32];
    (void)state;
    assert_done(introduction_tls_seed(&world.station_key, &one, a, &e), e);
    assert_done(introduction_tls_seed(&world.station_key, &two, b, &e), e);
    assert_done(introduction_tls_seed(&world.stranger, &other, c, &e), e);
    assert_true(secret_equal(&one, &two));
    assert_memory_equal(a, b, sizeof a);
    assert_memory_not_equal(a, c, sizeof a);
    assert_memory_not_equal(one.p, world.station_key.sk.p, 32);
    secret_free(&one);
    secret_free(&two);
    secret_free(&other);
}

static int begin(void **state)
{
    (void)state;
    world_new(&world, 1);
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    world_free(&world);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_station_is_known_by_what_it_shows),
        cmocka_unit_test(a_room_needs_a_certificate_of_a_room),
        cmocka_unit_test(nobody_speaks_in_another_name),
        cmocka_unit_test(a_changed_introduction_is_refused),
        cmocka_unit_test(a_key_that_nobody_certified_is_refused),
        cmocka_unit_test(a_signature_made_for_something_else_is_refused),
        cmocka_unit_test(the_tls_key_follows_from_the_station_key_and_is_not_it),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
