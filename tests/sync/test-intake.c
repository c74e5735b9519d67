/* SPDX-License-Identifier: Apache-2.0 */
/* From the bundle on the stick to the row in the store: what is whole comes in, what is not leaves no trace. */
#include "sync/intake.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/signatures.h"
#include "sync/closing.h"
#include "tests/check.h"
#include "tests/sync/results.h"

struct office {
    struct results_room room;
    struct store *store;
    struct intake intake;
};

static struct err e;

static int set_up(void **state)
{
    struct office *o = calloc(1, sizeof *o);
    results_open(&o->room);
    char *path = world_path(&o->room.world, "store.db");
    assert_done(store_open(&o->store, path, DB_CREATE, &e), e);
    free(path);
    o->intake = (struct intake){.store = o->store, .trust = o->room.world.trust, .id = &o->room.world.results, .n_ids = 1};
    *state = o;
    return 0;
}

static int tear_down(void **state)
{
    struct office *o = *state;
    store_close(o->store);
    results_close(&o->room);
    free(o);
    return 0;
}

static char *digest(const struct office *o)
{
    uint8_t digest[32];
    char hex[65];
    assert_done(store_digest(o->store, digest, &e), e);
    return mem_strdup(hex_encode(hex, digest, sizeof digest));
}

static struct store_result result_of(const struct office *o, struct arena *a, const char *ticket)
{
    struct store_result *all = NULL;
    size_t n = 0;
    assert_done(store_results(o->store, "am", "kaochang-1", a, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].ticket, ticket) == 0)
            return all[i];
    fail_msg("no result of %s", ticket);
    return (struct store_result){0};
}

static void a_bundle_of_the_room_comes_in_whole(void **state)
{
    struct office *o = *state;
    struct arena *a = arena_new();
    const struct sat sat[] = {{.ticket = "420101", .answers = 5, .scored = true, .points = 80},
                              {.ticket = "420102", .answers = 3}};
    struct intake_result result;
    char *path = results_bundle(&o->room, "one.results", sat, 2, &o->room.world.station_key);
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    assert_false(result.held);
    assert_int_equal(result.counts.sittings, 2);
    assert_int_equal(result.counts.records, 1);
    struct store_result first = result_of(o, a, "420101"), second = result_of(o, a, "420102");
    assert_int_equal(first.mark, STORE_SCORED);
    assert_int_equal(first.points.milli, 80000);
    assert_string_equal(first.status, "handed-in");
    assert_true(first.attested);
    assert_int_equal(strlen(first.receipt) > 10, 1);
    assert_int_equal(second.mark, STORE_UNSCORED);
    char *before = digest(o);
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    assert_true(result.counts.known);
    char *after = digest(o);
    assert_string_equal(before, after);
    free(before);
    free(after);
    free(path);
    arena_free(a);
}

static void an_unsigned_end_is_not_attested(void **state)
{
    struct office *o = *state;
    struct arena *a = arena_new();
    const struct sat early = {.ticket = "420101", .answers = 2, .unsigned_end = true};
    const struct sat late = {.ticket = "420101", .answers = 4};
    struct intake_result result;
    char *one = results_bundle(&o->room, "early.results", &early, 1, &o->room.world.station_key);
    char *two = results_bundle(&o->room, "late.results", &late, 1, &o->room.world.station_key);
    assert_done(intake_bundle(&o->intake, one, &result, &e), e);
    assert_false(result_of(o, a, "420101").attested);
    assert_string_equal(result_of(o, a, "420101").status, "in-progress");
    assert_done(intake_bundle(&o->intake, two, &result, &e), e);
    assert_true(result_of(o, a, "420101").attested);
    assert_done(intake_bundle(&o->intake, one, &result, &e), e);
    assert_string_equal(result_of(o, a, "420101").status, "handed-in");
    free(one);
    free(two);
    arena_free(a);
}

static void a_spare_station_of_the_site_attests_and_the_sites_own_key_does_not(void **state)
{
    struct office *o = *state;
    struct arena *a = arena_new();
    const struct sat sat[] = {{.ticket = "420101", .answers = 2, .by_spare = true},
                              {.ticket = "420102", .answers = 2, .by_site = true}};
    struct intake_result result;
    char *path = results_bundle(&o->room, "one.results", sat, 2, &o->room.world.station_key);
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    assert_true(result_of(o, a, "420101").attested);
    assert_false(result_of(o, a, "420102").attested);
    free(path);
    arena_free(a);
}

static void a_room_brings_in_what_several_stations_signed(void **state)
{
    struct office *o = *state;
    struct arena *a = arena_new();
    const struct sat sat[] = {
        {.ticket = "420101", .answers = 2},
        {.ticket = "420102", .answers = 2, .by_spare = true},
        {.ticket = "420103", .answers = 2, .moved = MOVED_BY_ROOM, .scored = true, .points = 70}};
    struct intake_result result;
    o->room.by_machine = true;
    char *path = results_bundle(&o->room, "room.results", sat, 3, &o->room.machine);
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    assert_false(result.held);
    for (int i = 0; i < 3; i++) {
        struct store_result x = result_of(o, a, sat[i].ticket);
        assert_true(x.attested);
        assert_string_equal(x.status, "handed-in");
    }
    assert_int_equal(result_of(o, a, "420103").mark, STORE_SCORED);
    free(path);
    arena_free(a);
}

static void a_re_seat_that_no_room_ordered_is_not_attested(void **state)
{
    struct office *o = *state;
    struct arena *a = arena_new();
    const struct sat sat[] = {{.ticket = "420101", .answers = 2, .moved = MOVED_BY_NOBODY},
                              {.ticket = "420102", .answers = 2, .moved = MOVED_BY_STRANGER}};
    struct intake_result result;
    char *path = results_bundle(&o->room, "one.results", sat, 2, &o->room.world.station_key);
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    assert_false(result_of(o, a, "420101").attested);
    assert_false(result_of(o, a, "420102").attested);
    assert_string_equal(result_of(o, a, "420102").status, "handed-in");
    free(path);
    arena_free(a);
}

/* Each of them is refused with its reason, and the store is as before. */
static void what_does_not_fit_together_is_refused(void **state)
{
    struct office *o = *state;
    static const struct {
        struct sat sat;
        const char *words;
    } bad[] = {
        {{.ticket = "420101", .answers = 2, .other_session = true}, "of session pm"},
        {{.ticket = "420102", .answers = 2, .other_package = true}, "not what bundle.xml says"},
        {{.ticket = "420101", .answers = 2, .wrong_head = true}, "not what bundle.xml says"},
        {{.ticket = "420103", .answers = 2, .no_journal = true}, "not in the bundle"},
        {{.ticket = "420104", .answers = 2, .scored = true, .other_record = true}, "other work"},
    };
    struct intake_result result;
    char *before = digest(o);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *path = results_bundle(&o->room, "bad.results", &bad[i].sat, 1, &o->room.world.station_key);
        assert_refused(intake_bundle(&o->intake, path, &result, &e), ERR_DATA, bad[i].words, e);
        free(path);
    }
    const struct sat hidden = {.ticket = "420104", .answers = 2, .unlisted = true};
    char *path = results_bundle(&o->room, "bad.results", &hidden, 1, &o->room.world.station_key);
    assert_int_equal(intake_bundle(&o->intake, path, &result, &e), -ERR_DATA);
    free(path);
    char *after = digest(o);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void a_cut_or_edited_bundle_is_refused_everywhere(void **state)
{
    struct office *o = *state;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake_result result;
    char *path = results_bundle(&o->room, "one.results", &sat, 1, &o->room.world.station_key);
    struct bytes data = world_read(path);
    char *before = digest(o);
    for (size_t cut = 0; cut < data.n; cut += data.n / 23) {
        world_write(path, span_of(data.p, cut));
        int r = intake_bundle(&o->intake, path, &result, &e);
        assert_true(r == -ERR_DATA || r == -ERR_NO);
    }
    for (size_t at = 0; at < data.n; at += data.n / 37) {
        data.p[at] ^= 1;
        world_write(path, bytes_span(&data));
        int r = intake_bundle(&o->intake, path, &result, &e);
        assert_true(r == -ERR_DATA || r == -ERR_NO);
        data.p[at] ^= 1;
    }
    char *after = digest(o);
    assert_string_equal(before, after);
    world_write(path, bytes_span(&data));
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    bytes_release(&data);
    free(before);
    free(after);
    free(path);
}

static void a_bundle_signed_by_another_key_is_refused(void **state)
{
    struct office *o = *state;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake_result result;
    char *path = results_bundle(&o->room, "forged.results", &sat, 1, &o->room.world.stranger);
    assert_int_equal(intake_bundle(&o->intake, path, &result, &e), -ERR_NO);
    free(path);
}

/* The bundle is honest in itself, but another office's root vouches for its station. */
static void a_bundle_of_an_unknown_station_is_kept_in_quarantine(void **state)
{
    struct office *o = *state;
    struct results_room elsewhere;
    struct arena *a = arena_new();
    struct store_quarantined *held = NULL;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake_result result;
    size_t n = 0;
    results_open(&elsewhere);
    char *path = results_bundle(&elsewhere, "other.results", &sat, 1, &elsewhere.world.station_key);
    assert_done(intake_bundle(&o->intake, path, &result, &e), e);
    assert_true(result.held);
    assert_done(store_quarantine(o->store, a, &held, &n, &e), e);
    assert_int_equal(n, 1);
    assert_string_equal(held[0].reason, "unknown-key");
    struct intake known = {.store = o->store, .trust = elsewhere.world.trust, .id = &elsewhere.world.results, .n_ids = 1};
    assert_done(intake_bundle(&known, path, &result, &e), e);
    assert_false(result.held);
    assert_done(store_quarantine(o->store, a, &held, &n, &e), e);
    assert_int_equal(n, 0);
    free(path);
    results_close(&elsewhere);
    arena_free(a);
}

static size_t quarantined(const struct office *o, const char *reason)
{
    struct arena *a = arena_new();
    struct store_quarantined *all = NULL;
    size_t n = 0, found = 0;
    assert_done(store_quarantine(o->store, a, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        found += strcmp(all[i].reason, reason) == 0;
    arena_free(a);
    return found;
}

static void a_rooms_closing_speaks_for_the_whole_room(void **state)
{
    struct office *o = *state;
    const struct sat named = {.ticket = "420101", .answers = 2}, other = {.ticket = "420102", .answers = 2};
    struct intake_result result;
    char *by_station = results_bundle(&o->room, "station.results", &other, 1, &o->room.world.station_key);
    o->room.by_machine = true;
    o->room.closed_for = "301";
    char *by_room = results_bundle(&o->room, "room.results", &named, 1, &o->room.machine);
    assert_done(intake_bundle(&o->intake, by_station, &result, &e), e);
    assert_int_equal(result.counts.contradictory, 0);
    assert_done(intake_bundle(&o->intake, by_room, &result, &e), e);
    assert_int_equal(result.counts.contradictory, 1);
    assert_int_equal(quarantined(o, "close-unnamed"), 1);
    assert_done(intake_bundle(&o->intake, by_room, &result, &e), e);
    assert_int_equal(result.counts.contradictory, 0);
    free(by_room);
    free(by_station);
}

static void attack_a_closing_that_another_key_signed_refuses_the_bundle(void **state)
{
    struct office *o = *state;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake_result result;
    o->room.closed_for = "301";
    o->room.closed_by_stranger = true;
    char *path = results_bundle(&o->room, "one.results", &sat, 1, &o->room.world.station_key);
    assert_refused(intake_bundle(&o->intake, path, &result, &e), ERR_DATA, "is not signed by the machine", e);
    free(path);
}

static void attack_a_closing_of_another_room_refuses_the_bundle(void **state)
{
    struct office *o = *state;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake_result result;
    o->room.closed_for = "302";
    char *path = results_bundle(&o->room, "one.results", &sat, 1, &o->room.world.station_key);
    assert_refused(intake_bundle(&o->intake, path, &result, &e), ERR_DATA, "of another session, room", e);
    free(path);
}

static void revoke_key(const struct office *o, const struct minisign_secret *key)
{
    struct targets *next = NULL;
    struct revoked r = {
        .has_key = true, .serial = "", .since = "2026-11-23T00:00:00+08:00", .reason = "was stolen"};
    minisign_secret_public(key, &r.key);
    assert_done(trust_copy_targets(o->room.world.trust, &next, &e), e);
    assert_done(targets_revoke(next, &r, &e), e);
    assert_done(trust_amend(o->room.world.trust, next, &o->room.world.officer, 1, &e), e);
    targets_free(next);
}

/* As the office signs and keeps them. */
static char *write_admission(const struct office *o, const uint8_t bundle[32],
                             const struct minisign_secret *by)
{
    struct admission_side side = {.reason = "revoked-key", .ticket = ""};
    struct admission x = {.session = "am",
                          .date = "2026-11-24T09:00:00+08:00",
                          .why = "stolen after the exam",
                          .side = &side,
                          .n = 1};
    struct arena *a = arena_new();
    struct signatures s = {0};
    struct bytes document = {0};
    char comment[100];
    memcpy(side.hash, bundle, sizeof side.hash);
    assert_done(admission_write(&x, &document, &e), e);
    assert_done(signatures_make(&s, a, bytes_span(&document),
                                admission_comment("am", comment, sizeof comment), by, 1, &e),
                e);
    assert_done(signatures_save_document(o->room.world.dir, "admission-1.xml", bytes_span(&document), &s, &e),
                e);
    bytes_release(&document);
    arena_free(a);
    return world_path(&o->room.world, "admission-1.xml");
}

static void what_a_revoked_station_sends_later_waits_for_a_decision(void **state)
{
    struct office *o = *state;
    const struct sat early = {.ticket = "420101", .answers = 2}, late = {.ticket = "420102", .answers = 2};
    struct intake_result result;
    struct bundle *b = NULL;
    struct file_names kept = {0};
    char *one = results_bundle(&o->room, "one.results", &early, 1, &o->room.world.station_key);
    char *two = results_bundle(&o->room, "two.results", &late, 1, &o->room.world.station_key);
    char *aside = world_path(&o->room.world, "aside");
    o->intake.aside = aside;
    assert_done(intake_bundle(&o->intake, one, &result, &e), e);
    revoke_key(o, &o->room.world.station_key);
    assert_done(intake_bundle(&o->intake, one, &result, &e), e);
    assert_false(result.held); /* what came before stays */
    assert_true(result.counts.known);
    assert_done(intake_bundle(&o->intake, two, &result, &e), e);
    assert_true(result.held && result.revoked);
    assert_int_equal(quarantined(o, "revoked-key"), 1);
    assert_done(file_list(aside, &kept, &e), e);
    assert_int_equal(kept.n, 1);
    assert_done(bundle_open_untrusted(&b, two, &e), e);
    char *forged = write_admission(o, bundle_hash(b), &o->room.world.stranger);
    assert_int_equal(intake_admission(&o->intake, forged, &e), -ERR_NO);
    char *signed_by_officers = write_admission(o, bundle_hash(b), &o->room.world.officer);
    assert_done(intake_admission(&o->intake, signed_by_officers, &e), e);
    assert_done(intake_bundle(&o->intake, two, &result, &e), e);
    assert_false(result.held);
    assert_int_equal(result.counts.sittings, 1);
    assert_int_equal(quarantined(o, "revoked-key"), 0);
    bundle_close(b);
    file_names_free(&kept);
    free(signed_by_officers);
    free(forged);
    free(aside);
    free(one);
    free(two);
}

static void a_certificate_of_another_time_vouches_for_nothing(void **state)
{
    struct office *o = *state;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake_session inside = {"am", INT64_C(1795000000000), INT64_C(1795007200000)}, outside = inside;
    struct intake x = o->intake;
    struct intake_result result;
    char *path = results_bundle(&o->room, "one.results", &sat, 1, &o->room.world.station_key);
    outside.start_ms += INT64_C(86400000) * 1000;
    outside.end_ms += INT64_C(86400000) * 1000;
    x.session = &outside;
    x.n_sessions = 1;
    assert_done(intake_bundle(&x, path, &result, &e), e);
    assert_true(result.held);
    x.session = &inside;
    assert_done(intake_bundle(&x, path, &result, &e), e);
    assert_false(result.held);
    free(path);
}

static void another_identity_opens_nothing(void **state)
{
    struct office *o = *state;
    const struct sat sat = {.ticket = "420101", .answers = 2};
    struct intake x = o->intake;
    struct intake_result result;
    x.id = &o->room.world.site;
    char *path = results_bundle(&o->room, "one.results", &sat, 1, &o->room.world.station_key);
    assert_int_equal(intake_bundle(&x, path, &result, &e), -ERR_NO);
    x.id = &o->room.world.recovery;
    assert_done(intake_bundle(&x, path, &result, &e), e);
    free(path);
}

static char *write_roster(const struct office *o, const char *name, const struct minisign_secret *key, const char *comment)
{
    struct roster_room room = {.site = "S1", .id = "301", .name = "301", .seats = 2};
    struct roster_candidate c = {.ticket = "420101", .name = name, .id_number = "", .county = "东湖", .school = "一中",
                                 .site = "S1", .room = "301", .seat = 1, .form = "A"};
    struct roster whole = {.session = "am", .site = "", .room = &room, .n_rooms = 1, .candidate = &c, .n_candidates = 1};
    struct arena *a = arena_new();
    struct bytes document = {0};
    struct signatures s;
    assert_done(roster_write(&whole, &document, &e), e);
    assert_done(signatures_make(&s, a, bytes_span(&document), comment, key, 1, &e), e);
    assert_done(signatures_save_document(o->room.world.dir, "roster.xml", bytes_span(&document), &s, &e), e);
    bytes_release(&document);
    arena_free(a);
    return world_path(&o->room.world, "roster.xml");
}

static void only_an_officers_roster_counts(void **state)
{
    struct office *o = *state;
    struct arena *a = arena_new();
    char comment[80];
    char *path = write_roster(o, "王芳", &o->room.world.stranger, roster_comment("am", comment, sizeof comment));
    assert_int_equal(intake_roster(&o->intake, path, &e), -ERR_NO);
    free(path);
    path = write_roster(o, "王芳", &o->room.world.officer, roster_comment("pm", comment, sizeof comment));
    assert_int_equal(intake_roster(&o->intake, path, &e), -ERR_NO);
    free(path);
    path = write_roster(o, "王芳", &o->room.world.officer, roster_comment("am", comment, sizeof comment));
    assert_done(intake_roster(&o->intake, path, &e), e);
    assert_string_equal(result_of(o, a, "420101").name, "王芳");
    assert_int_equal(result_of(o, a, "420101").mark, STORE_ABSENT);
    struct bytes document = world_read(path);
    document.p[document.n / 2] ^= 1;
    world_write(path, bytes_span(&document));
    int r = intake_roster(&o->intake, path, &e);
    assert_true(r == -ERR_DATA || r == -ERR_NO);
    bytes_release(&document);
    free(path);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rooms_closing_speaks_for_the_whole_room, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attack_a_closing_that_another_key_signed_refuses_the_bundle, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(attack_a_closing_of_another_room_refuses_the_bundle, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_a_revoked_station_sends_later_waits_for_a_decision, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_bundle_of_the_room_comes_in_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unsigned_end_is_not_attested, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_spare_station_of_the_site_attests_and_the_sites_own_key_does_not,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_room_brings_in_what_several_stations_signed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_re_seat_that_no_room_ordered_is_not_attested, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_fit_together_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cut_or_edited_bundle_is_refused_everywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bundle_signed_by_another_key_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bundle_of_an_unknown_station_is_kept_in_quarantine, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_certificate_of_another_time_vouches_for_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_identity_opens_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_an_officers_roster_counts, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
