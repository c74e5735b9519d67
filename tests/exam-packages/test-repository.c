/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "tests/exam-packages/world.h"

static struct err e;
static const int64_t day = 86400000;

static void make(struct world *w, const char *session, int64_t version, const char *name, int n_officers)
{
    struct package_codes codes;
    char *path = world_path(w, name);
    world_package(w, session, version, path, n_officers, &codes);
    free(path);
}

static void publish(struct world *w, const char *name)
{
    char *path = name ? world_path(w, name) : NULL;
    assert_done(world_publish(w, path, WORLD_NOW, 1, &e), e);
    free(path);
}

static int pull_from(struct world *w, const char *folder, int64_t now)
{
    struct trust *t = NULL;
    assert_done(trust_load(&t, w->station, &e), e);
    int r = world_pull(folder, t, w->station, now, &e);
    trust_free(t);
    return r;
}

static void pull(struct world *w)
{
    assert_done(pull_from(w, w->repo, WORLD_NOW), e);
}

static int64_t version_here(struct world *w, const char *session)
{
    struct trust *t = NULL;
    struct package *p = NULL;
    char *path = mem_printf("%s/packages/%s.exam", w->station, session);
    int64_t version = 0;
    assert_done(trust_load(&t, w->station, &e), e);
    if (file_exists(path)) {
        assert_done(package_open(&p, path, t, &e), e);
        version = package_manifest(p)->version;
    }
    package_close(p);
    trust_free(t);
    free(path);
    return version;
}

/* A document of the repository, changed by the test. */
static void change(struct world *w, const char *name, const char *from, const char *to)
{
    char *path = path_join(w->repo, name);
    struct bytes old = world_read(path), new = {0};
    const char *hit = memmem(old.p, old.n, from, strlen(from));
    assert_non_null(hit);
    bytes_add(&new, old.p, (size_t)(hit - (const char *)old.p));
    bytes_str(&new, to);
    bytes_str(&new, hit + strlen(from));
    world_write(path, bytes_span(&new));
    bytes_release(&old);
    bytes_release(&new);
    free(path);
}

static void sign_again(struct world *w, const struct minisign_secret *key, const char *name,
                       const char *comment)
{
    char *path = path_join(w->repo, name), id[MINISIGN_ID_TEXT];
    char *signature_path = mem_printf("%s.%s.minisig", path, minisign_id_text(key->id, id));
    struct bytes data = world_read(path), signature = {0};
    assert_done(minisign_sign(key, bytes_span(&data), comment, &signature, &e), e);
    world_write(signature_path, bytes_span(&signature));
    bytes_release(&data);
    bytes_release(&signature);
    free(path);
    free(signature_path);
}

static void copy(struct world *w, const char *from, const char *to)
{
    char *a = path_join(w->repo, from), *b = path_join(w->repo, to);
    assert_done(file_copy(a, b, 0644, &e), e);
    free(a);
    free(b);
}

static void refused(struct world *w, const char *words)
{
    assert_refused(pull_from(w, w->repo, WORLD_NOW), ERR_NO, words, e);
}

/* Each case has a world with one published package, "am" version 1. */
static int begin(void **state)
{
    struct world *w = mem_alloc(sizeof *w);
    world_new(w, 1);
    w->practice = true;
    make(w, "am", 1, "am.exam", 1);
    publish(w, "am.exam");
    *state = w;
    return 0;
}

static int end(void **state)
{
    world_free(*state);
    free(*state);
    return 0;
}

static void what_is_published_is_pulled_once(void **state)
{
    struct world *w = *state;
    assert_int_equal(version_here(w, "am"), 0);
    pull(w);
    assert_int_equal(version_here(w, "am"), 1);
    pull(w);
    make(w, "pm", 1, "pm.exam", 1);
    publish(w, "pm.exam");
    pull(w);
    assert_int_equal(version_here(w, "am"), 1);
    assert_int_equal(version_here(w, "pm"), 1);
}

static void a_newer_version_replaces_and_an_older_one_is_not_published(void **state)
{
    struct world *w = *state;
    pull(w);
    make(w, "am", 2, "am2.exam", 1);
    publish(w, "am2.exam");
    publish(w, "am2.exam");
    pull(w);
    assert_int_equal(version_here(w, "am"), 2);
    char *old = world_path(w, "am.exam");
    assert_refused(world_publish(w, old, WORLD_NOW, 1, &e), ERR_NO, "version 2", e);
    free(old);
}

static void a_package_that_candidates_have_sat_with_is_not_replaced(void **state)
{
    struct world *w = *state;
    pull(w);
    char *journals = path_join(w->station, "sessions/am/journals"), *one = path_join(journals, "420101.journal");
    assert_done(file_mkdirs(journals, true, &e), e);
    world_write(one, span_str("a journal"));
    make(w, "am", 2, "am2.exam", 1);
    publish(w, "am2.exam");
    pull(w);
    assert_int_equal(version_here(w, "am"), 1);
    unlink(one);
    pull(w);
    assert_int_equal(version_here(w, "am"), 2);
    free(one);
    free(journals);
}

static void a_package_that_does_not_verify_is_not_published(void **state)
{
    struct world *w = *state;
    make(w, "pm", 1, "pm.exam", 0);
    char *path = world_path(w, "pm.exam");
    assert_refused(world_publish(w, path, WORLD_NOW, 1, &e), ERR_NO, "not a key of the role", e);
    free(path);
    pull(w);
}

static void a_wrong_fingerprint_is_refused_at_enrolment(void **state)
{
    struct world *w = *state;
    struct arena *a = arena_new();
    struct span root;
    struct signatures s;
    char *home = world_path(w, "other"), right[ROOT_FINGERPRINT_TEXT];
    struct source *from = source_of_folder(w->repo);
    assert_done(repository_root(from, a, &root, &s, &e), e);
    source_close(from);
    assert_refused(trust_pin(home, root, &s, "0000-0000-0000-0000-0000-0000-0000-0000", &e), ERR_NO,
                   "fingerprint", e);
    assert_refused(trust_pin(home, root, &s, "0000-0000", &e), ERR_USAGE, "32 hex digits", e);
    assert_done(trust_pin(home, root, &s, root_fingerprint(root, right), &e), e);
    arena_free(a);
    free(home);
}

static void a_root_with_a_foreign_signature_is_refused_at_enrolment(void **state)
{
    struct world *w = *state;
    struct signatures s = {0};
    struct arena *a = arena_new();
    char *home = world_path(w, "other");
    assert_done(signatures_make(&s, a, trust_root_document(w->trust), "kaochang/1 role=root version=1",
                                &w->stranger, 1, &e),
                e);
    assert_refused(trust_pin(home, trust_root_document(w->trust), &s, NULL, &e), ERR_NO,
                   "not a key of the role", e);
    arena_free(a);
    free(home);
}

static void attack_rollback(void **state)
{
    struct world *w = *state;
    char *old = world_path(w, "old");
    world_copy_tree(w->repo, old);
    publish(w, NULL);
    pull(w);
    assert_refused(pull_from(w, old, WORLD_NOW), ERR_NO, "already seen here", e);
    assert_int_equal(version_here(w, "am"), 1);
    free(old);
}

static void attack_freeze(void **state)
{
    struct world *w = *state;
    pull(w);
    assert_refused(pull_from(w, w->repo, WORLD_NOW + 400 * day), ERR_NO, "expired at", e);
    assert_int_equal(version_here(w, "am"), 1);
}

static void attack_mix_and_match_of_targets(void **state)
{
    struct world *w = *state;
    make(w, "pm", 1, "pm.exam", 1);
    publish(w, "pm.exam");
    copy(w, "2.targets.xml", "3.targets.xml");
    refused(w, "length or hash differ");
}

static void attack_mix_and_match_of_snapshots(void **state)
{
    struct world *w = *state;
    publish(w, NULL);
    copy(w, "1.snapshot.xml", "2.snapshot.xml");
    refused(w, "length or hash differ");
}

static void attack_timestamp_that_is_not_the_signed_one(void **state)
{
    struct world *w = *state;
    change(w, "timestamp.xml", "expiry=\"20", "expiry=\"30");
    refused(w, "differs from 1.timestamp.xml");
}

static void attack_edited_targets(void **state)
{
    struct world *w = *state;
    change(w, "2.targets.xml", "session=\"am\"", "session=\"xm\"");
    refused(w, "length or hash differ");
}

static void attack_index_signed_by_an_unknown_key(void **state)
{
    struct world *w = *state;
    char id[MINISIGN_ID_TEXT];
    char *own = mem_printf("%s/1.timestamp.xml.%s.minisig", w->repo, minisign_id_text(w->officer.id, id));
    assert_int_equal(unlink(own), 0);
    sign_again(w, &w->stranger, "1.timestamp.xml", "kaochang/1 role=timestamp version=1");
    refused(w, "not a key of the role");
    free(own);
}

static void attack_signature_for_another_role(void **state)
{
    struct world *w = *state;
    sign_again(w, &w->officer, "1.timestamp.xml", "kaochang/1 role=snapshot version=1");
    refused(w, "role=snapshot");
}

static void attack_threshold_missing(void **state)
{
    (void)state;
    struct world w;
    world_new(&w, 2);
    assert_done(world_publish(&w, NULL, WORLD_NOW, 2, &e), e);
    pull(&w);
    assert_refused(world_publish(&w, NULL, WORLD_NOW, 1, &e), ERR_NO, "has 1 of the 2 signatures", e);
    pull(&w);
    world_free(&w);
}

static void attack_wrong_length_of_a_package(void **state)
{
    struct world *w = *state;
    char *path = path_join(w->repo, "packages/am.1.exam");
    struct bytes data = world_read(path);
    bytes_u8(&data, 0);
    world_write(path, bytes_span(&data));
    refused(w, "has another length");
    world_write(path, span_of(data.p, data.n - 2));
    refused(w, "has another length");
    assert_int_equal(version_here(w, "am"), 0);
    bytes_release(&data);
    free(path);
}

static void attack_wrong_hash_of_a_package(void **state)
{
    struct world *w = *state;
    char *path = path_join(w->repo, "packages/am.1.exam");
    struct bytes data = world_read(path);
    data.p[data.n / 2] ^= 1;
    world_write(path, bytes_span(&data));
    refused(w, "length or hash differ");
    assert_int_equal(version_here(w, "am"), 0);
    bytes_release(&data);
    free(path);
}

static void attack_endless_index(void **state)
{
    struct world *w = *state;
    char *path = path_join(w->repo, "timestamp.xml");
    struct bytes data = {0};
    for (int i = 0; i < 100000; i++)
        bytes_str(&data, "          ");
    world_write(path, bytes_span(&data));
    assert_refused(pull_from(w, w->repo, WORLD_NOW), ERR_DATA, "larger than the limit", e);
    bytes_release(&data);
    free(path);
}

static void a_package_that_expired_is_not_pulled(void **state)
{
    struct world *w = *state;
    struct minisign_secret key = w->officer;
    int64_t late;
    assert_done(time_parse(WORLD_EXPIRY, &late, &e), e);
    assert_done(
        repository_publish(w->repo, w->trust, NULL, "2036-01-01T00:00:00+00:00", WORLD_NOW, &key, 1, &e), e);
    assert_refused(pull_from(w, w->repo, late + day), ERR_NO, "the package expired", e);
}

static void an_expired_package_leaves_the_next_index(void **state)
{
    struct world *w = *state;
    int64_t late;
    assert_done(time_parse(WORLD_EXPIRY, &late, &e), e);
    assert_done(world_publish(w, NULL, late + day, 1, &e), e);
    assert_int_equal(trust_targets(w->trust)->n_packages, 0);
    assert_done(pull_from(w, w->repo, late + day), e);
}

static void an_accepted_package_is_never_refused_at_exam_time(void **state)
{
    struct world *w = *state;
    struct trust *t = NULL;
    struct package *p = NULL;
    char *path = mem_printf("%s/packages/am.exam", w->station);
    pull(w);
    assert_done(trust_load(&t, w->station, &e), e);
    assert_done(package_open(&p, path, t, &e), e); /* no clock is asked */
    package_close(p);
    trust_free(t);
    free(path);
}

static void attack_a_rotation_of_the_root_is_skipped(void **state)
{
    struct world *w = *state;
    struct index *snapshot = NULL, *timestamp = NULL;
    struct bytes data, out = {0};
    char *path = path_join(w->repo, "1.snapshot.xml");
    data = world_read(path);
    assert_done(index_read(&snapshot, false, "s", bytes_span(&data), &e), e);
    snapshot->entry[INDEX_ROOT].version = 2;
    bytes_release(&data);
    assert_done(index_write(snapshot, &out, &e), e);
    world_write(path, bytes_span(&out));
    sign_again(w, &w->officer, "1.snapshot.xml", "kaochang/1 role=snapshot version=1");
    free(path);
    path = path_join(w->repo, "1.timestamp.xml");
    data = world_read(path);
    assert_done(index_read(&timestamp, true, "t", bytes_span(&data), &e), e);
    timestamp->entry[INDEX_SNAPSHOT] = index_entry_of(1, bytes_span(&out));
    bytes_release(&out);
    assert_done(index_write(timestamp, &out, &e), e);
    world_write(path, bytes_span(&out));
    sign_again(w, &w->officer, "1.timestamp.xml", "kaochang/1 role=timestamp version=1");
    copy(w, "1.timestamp.xml", "timestamp.xml");
    refused(w, "the step from version 1 to the next is missing");
    index_free(snapshot);
    index_free(timestamp);
    bytes_release(&data);
    bytes_release(&out);
    free(path);
}

static void a_document_changed_in_the_station_is_noticed(void **state)
{
    struct world *w = *state;
    struct trust *t = NULL;
    pull(w);
    char *path = path_join(w->station, "trust/1.root.xml");
    struct bytes data = world_read(path);
    data.p[data.n - 20] ^= 1;
    world_write(path, bytes_span(&data));
    assert_refused(trust_load(&t, w->station, &e), ERR_NO, "not the root document that was pinned", e);
    bytes_release(&data);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_published_is_pulled_once, begin, end),
        cmocka_unit_test_setup_teardown(a_newer_version_replaces_and_an_older_one_is_not_published, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_package_that_candidates_have_sat_with_is_not_replaced, begin, end),
        cmocka_unit_test_setup_teardown(a_package_that_does_not_verify_is_not_published, begin, end),
        cmocka_unit_test_setup_teardown(a_wrong_fingerprint_is_refused_at_enrolment, begin, end),
        cmocka_unit_test_setup_teardown(a_root_with_a_foreign_signature_is_refused_at_enrolment, begin, end),
        cmocka_unit_test_setup_teardown(attack_rollback, begin, end),
        cmocka_unit_test_setup_teardown(attack_freeze, begin, end),
        cmocka_unit_test_setup_teardown(attack_mix_and_match_of_targets, begin, end),
        cmocka_unit_test_setup_teardown(attack_mix_and_match_of_snapshots, begin, end),
        cmocka_unit_test_setup_teardown(attack_timestamp_that_is_not_the_signed_one, begin, end),
        cmocka_unit_test_setup_teardown(attack_edited_targets, begin, end),
        cmocka_unit_test_setup_teardown(attack_index_signed_by_an_unknown_key, begin, end),
        cmocka_unit_test_setup_teardown(attack_signature_for_another_role, begin, end),
        cmocka_unit_test(attack_threshold_missing),
        cmocka_unit_test_setup_teardown(attack_wrong_length_of_a_package, begin, end),
        cmocka_unit_test_setup_teardown(attack_wrong_hash_of_a_package, begin, end),
        cmocka_unit_test_setup_teardown(attack_endless_index, begin, end),
        cmocka_unit_test_setup_teardown(a_package_that_expired_is_not_pulled, begin, end),
        cmocka_unit_test_setup_teardown(an_expired_package_leaves_the_next_index, begin, end),
        cmocka_unit_test_setup_teardown(an_accepted_package_is_never_refused_at_exam_time, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_rotation_of_the_root_is_skipped, begin, end),
        cmocka_unit_test_setup_teardown(a_document_changed_in_the_station_is_noticed, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
