/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tests/exam-packages/world.h"

static struct err e;

struct state {
    struct world w;
    char *path, *changed;
    uint8_t hash[BUNDLE_HASH_BYTES];
};

static int begin(void **state)
{
    struct state *s = mem_alloc(sizeof *s);
    world_new(&s->w, 1);
    s->path = world_path(&s->w, "st01.results");
    s->changed = world_path(&s->w, "changed.results");
    world_bundle(&s->w, s->path, &s->w.station_key, s->hash);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    free(s->path);
    free(s->changed);
    world_free(&s->w);
    free(s);
    return 0;
}

static void refused(struct state *s, int kind, const char *where, const char *words)
{
    struct bundle *b = NULL;
    assert_refused(bundle_open(&b, s->changed, s->w.trust, &e), kind, words, e);
    assert_null(b);
    if (!strstr(e.where, where))
        fail_msg("the place is \"%s\", not \"%s\"", e.where, where);
}

/* The same bundle with one entry's bytes replaced (data NULL: left out). */
static void with_entry(struct state *s, const char *name, struct span data)
{
    struct zip *z = NULL;
    struct zip_writer *w = NULL;
    assert_done(zip_open_file(&z, s->path, &e), e);
    assert_done(zip_writer_file(&w, s->changed, 0644, &e), e);
    for (size_t i = 0; i < zip_count(z); i++) {
        bool hit = strcmp(zip_name(z, i), name) == 0;
        if (!hit || data.p)
            assert_done(zip_add(w, zip_name(z, i), hit ? data : zip_part(z, i), &e), e);
    }
    assert_done(zip_finish(w, &e), e);
    zip_close(z);
}

static void a_bundle_verifies_without_being_opened(void **state)
{
    struct state *s = *state;
    struct bundle *b = NULL;
    assert_done(bundle_open(&b, s->path, s->w.trust, &e), e);
    const struct bundle_document *d = bundle_document_of(b);
    assert_string_equal(d->station, "st01");
    assert_int_equal(d->n_sittings, 2);
    assert_string_equal(d->sitting[1].ticket, "420102");
    assert_int_equal(d->sitting[1].epoch[0].seq, 60);
    assert_memory_equal(bundle_hash(b), s->hash, BUNDLE_HASH_BYTES);
    bundle_close(b);
}

static void both_office_identities_open_it_and_no_other(void **state)
{
    struct state *s = *state;
    const struct age_identity *ids[] = {&s->w.results, &s->w.recovery};
    const struct zip *inner = NULL;
    struct bundle *b = NULL;
    for (size_t i = 0; i < 2; i++) {
        assert_done(bundle_open(&b, s->path, s->w.trust, &e), e);
        assert_done(bundle_unseal(b, ids[i], 1, &inner, &e), e);
        assert_int_equal(zip_count(inner), 2);
        assert_true(span_equal(zip_get(inner, "journals/420102.journal"), span_str("two")));
        bundle_close(b);
    }
    assert_done(bundle_open(&b, s->path, s->w.trust, &e), e);
    assert_refused(bundle_unseal(b, &s->w.site, 1, &inner, &e), ERR_NO, "", e);
    bundle_close(b);
}

static void attack_signed_by_another_key_than_the_certified(void **state)
{
    struct state *s = *state;
    uint8_t hash[32];
    world_bundle(&s->w, s->changed, &s->w.stranger, hash);
    refused(s, ERR_NO, "bundle.xml", "not a key of the role");
}

static void attack_certificate_by_an_unknown_issuer(void **state)
{
    struct state *s = *state;
    struct minisign_secret officer = s->w.officer;
    uint8_t hash[32];
    struct bundle *b = NULL;
    s->w.officer = s->w.stranger;
    world_bundle(&s->w, s->changed, &s->w.station_key, hash);
    s->w.officer = officer;
    refused(s, ERR_NO, "certificate.xml", "not a key of the role");
    assert_done(bundle_open_untrusted(&b, s->changed, &e), e); /* for the quarantine */
    bundle_close(b);
}

static void attack_edited_results(void **state)
{
    struct state *s = *state;
    with_entry(s, "results.age", span_str("nothing"));
    refused(s, ERR_NO, "results.age", "bytes, but");
}

static void attack_edited_certificate(void **state)
{
    struct state *s = *state;
    with_entry(s, "certificate.xml", span_str("<certificate/>"));
    refused(s, ERR_NO, "certificate.xml", "");
}

static void attack_missing_part(void **state)
{
    struct state *s = *state;
    with_entry(s, "results.age", (struct span){0});
    refused(s, ERR_NO, "results.age", "not in the file");
}

static void attack_missing_signature(void **state)
{
    struct state *s = *state;
    char id[MINISIGN_ID_TEXT],
        *name = mem_printf("bundle.xml.%s.minisig", minisign_id_text(s->w.station_key.id, id));
    with_entry(s, name, (struct span){0});
    refused(s, ERR_NO, "bundle.xml", "has 0 of the 1 signatures");
    free(name);
}

static void a_package_is_no_bundle(void **state)
{
    struct state *s = *state;
    struct package_codes codes;
    s->w.practice = true;
    world_package(&s->w, "am", 1, s->changed, 1, &codes);
    refused(s, ERR_DATA, "changed.results", "does not begin with");
}

static void attack_any_flipped_bit(void **state)
{
    struct state *s = *state;
    struct bytes all = world_read(s->path);
    for (size_t i = 0; i < all.n; i++) {
        struct bundle *b = NULL;
        FILE *f = fopen(s->changed, "w");
        assert_non_null(f);
        all.p[i] ^= (uint8_t)(1u << i % 8);
        assert_int_equal(fwrite(all.p, 1, all.n, f), all.n);
        assert_int_equal(fclose(f), 0);
        all.p[i] ^= (uint8_t)(1u << i % 8);
        if (bundle_open(&b, s->changed, s->w.trust, &e) == 0)
            fail_msg("byte %zu of %zu may be changed", i, all.n);
    }
    bytes_release(&all);
}

/* A certificate by a site, which the office has certified for that site and time. */
struct vouched {
    struct arena *arena;
    struct certificate *site, *station;
    struct certificate_chain chain;
};

static struct span written(struct arena *a, struct certificate *c, const struct minisign_secret *by,
                           struct span *ret_signature)
{
    struct bytes document = {0}, signature = {0};
    char comment[64];
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(minisign_sign(by, bytes_span(&document), certificate_comment(c, comment, sizeof comment),
                              &signature, &e),
                e);
    *ret_signature = span_of(arena_copy(a, signature.p, signature.n), signature.n);
    struct span s = span_of(arena_copy(a, document.p, document.n), document.n);
    bytes_release(&document);
    bytes_release(&signature);
    return s;
}

static struct vouched vouch(struct state *s, const char *station_site, const char *until, bool site_kind)
{
    struct vouched v = {.arena = arena_new(), .site = certificate_new(), .station = certificate_new()};
    v.site->kind = site_kind ? CERTIFICATE_SITE : CERTIFICATE_STATION;
    v.site->serial = "00000000000000aa";
    v.site->name = v.site->site = "S1";
    v.site->room = site_kind ? "" : "301";
    v.site->from = v.station->from = "2026-01-01T00:00:00+08:00";
    v.site->until = "2026-12-31T00:00:00+08:00";
    v.station->serial = "00000000000000bb";
    v.station->name = "spare";
    v.station->site = station_site;
    v.station->room = "301";
    v.station->until = until;
    minisign_secret_public(&s->w.second, &v.site->key);
    minisign_secret_public(&s->w.station_key, &v.station->key);
    v.chain.issuer = written(v.arena, v.site, &s->w.officer, &v.chain.issuer_signature);
    v.chain.certificate = written(v.arena, v.station, &s->w.second, &v.chain.signature);
    return v;
}

static void vouched_free(struct vouched *v)
{
    certificate_free(v->site);
    certificate_free(v->station);
    arena_free(v->arena);
}

static void a_site_vouches_for_its_own_stations(void **state)
{
    struct state *s = *state;
    struct certificate *c = NULL;
    struct vouched v = vouch(s, "S1", "2026-06-30T00:00:00+08:00", true);
    assert_done(trust_check_certificate(s->w.trust, &v.chain, &c, &e), e);
    assert_string_equal(c->name, "spare");
    certificate_free(c);
    vouched_free(&v);
}

static void a_site_vouches_for_the_machine_of_its_room_which_vouches_for_nobody(void **state)
{
    struct state *s = *state;
    struct certificate *c = NULL;
    struct vouched v = vouch(s, "S1", "2026-06-30T00:00:00+08:00", true);
    v.station->kind = CERTIFICATE_ROOM;
    v.chain.certificate = written(v.arena, v.station, &s->w.second, &v.chain.signature);
    assert_done(trust_check_certificate(s->w.trust, &v.chain, &c, &e), e);
    assert_int_equal(c->kind, CERTIFICATE_ROOM);
    certificate_free(c);
    v.site->kind = CERTIFICATE_ROOM;
    v.site->room = "301";
    v.chain.issuer = written(v.arena, v.site, &s->w.officer, &v.chain.issuer_signature);
    assert_refused(trust_check_certificate(s->w.trust, &v.chain, &c, &e), ERR_NO, "may not certify", e);
    vouched_free(&v);
}

static void a_site_does_not_vouch_beyond_its_site_time_or_kind(void **state)
{
    struct state *s = *state;
    struct certificate *c = NULL;
    struct vouched v[] = {vouch(s, "S2", "2026-06-30T00:00:00+08:00", true),
                          vouch(s, "S1", "2027-06-30T00:00:00+08:00", true),
                          vouch(s, "S1", "2026-06-30T00:00:00+08:00", false)};
    for (size_t i = 0; i < 3; i++) {
        assert_refused(trust_check_certificate(s->w.trust, &v[i].chain, &c, &e), ERR_NO, "may not certify",
                       e);
        vouched_free(&v[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bundle_verifies_without_being_opened),
        cmocka_unit_test(both_office_identities_open_it_and_no_other),
        cmocka_unit_test(attack_signed_by_another_key_than_the_certified),
        cmocka_unit_test(attack_certificate_by_an_unknown_issuer),
        cmocka_unit_test(attack_edited_results),
        cmocka_unit_test(attack_edited_certificate),
        cmocka_unit_test(attack_missing_part),
        cmocka_unit_test(attack_missing_signature),
        cmocka_unit_test(a_package_is_no_bundle),
        cmocka_unit_test(attack_any_flipped_bit),
        cmocka_unit_test(a_site_vouches_for_its_own_stations),
        cmocka_unit_test(a_site_vouches_for_the_machine_of_its_room_which_vouches_for_nobody),
        cmocka_unit_test(a_site_does_not_vouch_beyond_its_site_time_or_kind),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
