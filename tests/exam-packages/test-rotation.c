/* SPDX-License-Identifier: Apache-2.0 */
/* The keys change: the root step by step, officers, R and O; and what is revoked. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/exam-packages/world.h"
#include "tests/killing.h"

static struct err e;

/* The world, "am" version 1 published and pulled, and three more root keys. */
struct scene {
    struct world w;
    struct minisign_secret key[3]; /* of the new root */
    struct arena *arena;
    char *package;
};

static struct role_key holder(struct scene *s, const char *name, const struct minisign_secret *secret)
{
    struct role_key key = {.name = arena_strdup(s->arena, name)};
    minisign_secret_public(secret, &key.key);
    return key;
}

/* A root like the trusted one, of this version, with the new keys, two of which must sign; `officer` (NULL:
 * those that are) alone signs targets and index. */
static struct span new_root(struct scene *s, int64_t version, const struct minisign_secret *officer)
{
    static const char *const names[] = {"chen", "wu", "zhou"};
    struct root *root = NULL;
    struct bytes out = {0};
    struct role_key *keys = arena_array(s->arena, 3, sizeof *keys),
                    *one = arena_array(s->arena, 1, sizeof *one);
    assert_done(root_read(&root, "root.xml", trust_root_document(s->w.trust), &e), e);
    for (size_t i = 0; i < 3; i++)
        keys[i] = holder(s, names[i], &s->key[i]);
    root->version = version;
    root->role[ROOT_ROLE_ROOT] = (struct role){.name = "root", .threshold = 2, .key = keys, .n = 3};
    for (size_t i = ROOT_ROLE_TARGETS; officer && i < ROOT_ROLES; i++) {
        *one = holder(s, "fresh", officer);
        root->role[i].key = one;
        root->role[i].n = 1;
    }
    assert_done(root_write(root, &out, &e), e);
    struct span document = span_of(arena_copy(s->arena, out.p, out.n), out.n);
    bytes_release(&out);
    root_free(root);
    return document;
}

/* Signed by the world's root key (`old`), and the first n of the new ones. */
static struct signatures signed_by(struct scene *s, struct span document, int64_t version, bool old, size_t n)
{
    struct minisign_secret keys[4];
    struct signatures ret;
    size_t n_keys = 0;
    if (old)
        keys[n_keys++] = s->w.root;
    for (size_t i = 0; i < n; i++)
        keys[n_keys++] = s->key[i];
    assert_done(
        signatures_make(&ret, s->arena, document,
                        arena_printf(s->arena, "kaochang/1 role=root version=%lld", (long long)version), keys,
                        n_keys, &e),
        e);
    return ret;
}

static struct trust *load(const char *home)
{
    struct trust *t = NULL;
    assert_done(trust_load(&t, home, &e), e);
    return t;
}

static int try_to_rotate(struct scene *s, int64_t version, bool old, size_t n)
{
    struct trust *t = load(s->w.station);
    struct span document = new_root(s, version, NULL);
    struct signatures by = signed_by(s, document, version, old, n);
    int r = trust_rotate(t, document, &by, &e);
    trust_free(t);
    return r;
}

static int64_t root_here(struct scene *s)
{
    struct trust *t = load(s->w.station);
    int64_t version = trust_root(t)->version;
    trust_free(t);
    return version;
}

static int open_here(struct scene *s)
{
    struct trust *t = load(s->w.station);
    struct package *p = NULL;
    char *path = mem_printf("%s/packages/am.exam", s->w.station);
    int r = package_open(&p, path, t, &e);
    package_close(p);
    trust_free(t);
    free(path);
    return r;
}

static int pull(struct scene *s, const char *home)
{
    struct trust *t = load(home);
    int r = world_pull(s->w.repo, t, home, WORLD_NOW, &e);
    trust_free(t);
    return r;
}

static int begin(void **state)
{
    struct scene *s = mem_alloc(sizeof *s);
    struct package_codes codes;
    world_new(&s->w, 1);
    s->w.practice = true;
    s->arena = arena_new();
    for (size_t i = 0; i < 3; i++)
        assert_done(minisign_new(&s->key[i], &e), e);
    s->package = world_path(&s->w, "am.exam");
    world_package(&s->w, "am", 1, s->package, 1, &codes);
    assert_done(world_publish(&s->w, s->package, WORLD_NOW, 1, &e), e);
    assert_done(pull(s, s->w.station), e);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    for (size_t i = 0; i < 3; i++)
        minisign_secret_free(&s->key[i]);
    arena_free(s->arena);
    free(s->package);
    world_free(&s->w);
    free(s);
    return 0;
}

static void a_root_signed_by_the_old_and_the_new_threshold_is_taken(void **state)
{
    struct scene *s = *state;
    assert_done(try_to_rotate(s, 2, true, 2), e);
    assert_int_equal(root_here(s), 2);
    assert_done(open_here(s), e);
}

static void attack_a_root_rotation_is_skipped(void **state)
{
    struct scene *s = *state;
    assert_refused(try_to_rotate(s, 3, true, 3), ERR_NO, "the next one after 1 is wanted", e);
    assert_int_equal(root_here(s), 1);
}

static void attack_a_rotation_is_signed_by_the_old_threshold_only(void **state)
{
    struct scene *s = *state;
    assert_refused(try_to_rotate(s, 2, true, 0), ERR_NO, "not a key of the role", e);
    assert_refused(try_to_rotate(s, 2, true, 1), ERR_NO, "has 1 of the 2 signatures", e);
    assert_int_equal(root_here(s), 1);
}

static void attack_a_rotation_is_signed_by_the_new_threshold_only(void **state)
{
    struct scene *s = *state;
    assert_refused(try_to_rotate(s, 2, false, 3), ERR_NO, "not a key of the role", e);
    assert_int_equal(root_here(s), 1);
}

static void attack_the_threshold_of_a_rotation_is_missing(void **state)
{
    struct scene *s = *state;
    struct trust *t = NULL;
    assert_done(try_to_rotate(s, 2, true, 2), e);
    t = load(s->w.station);
    struct span document = new_root(s, 3, NULL);
    struct signatures one = signed_by(s, document, 3, false, 1), twice = one,
                      two = signed_by(s, document, 3, false, 2);
    twice.list[twice.n++] = one.list[0]; /* the same holder twice is one holder */
    assert_refused(trust_rotate(t, document, &one, &e), ERR_NO, "has 1 of the 2 signatures", e);
    assert_refused(trust_rotate(t, document, &twice, &e), ERR_NO, "has 1 of the 2 signatures", e);
    assert_done(trust_rotate(t, document, &two, &e), e);
    trust_free(t);
    assert_int_equal(root_here(s), 3);
}

static void attack_an_old_root_is_played_back(void **state)
{
    struct scene *s = *state;
    struct trust *t = NULL;
    assert_done(try_to_rotate(s, 2, true, 2), e);
    t = load(s->w.station);
    assert_refused(trust_rotate(t, trust_root_document(s->w.trust), trust_root_signatures(s->w.trust), &e),
                   ERR_NO, "an old root is being played back", e);
    trust_free(t);
    /* the retired key signs another second root, and a third */
    assert_refused(try_to_rotate(s, 2, true, 3), ERR_NO, "an old root is being played back", e);
    assert_refused(try_to_rotate(s, 3, true, 0), ERR_NO, "not a key of the role", e);
    assert_int_equal(root_here(s), 2);
}

static void attack_signatures_of_another_root_version(void **state)
{
    struct scene *s = *state;
    struct trust *t = load(s->w.station);
    struct span document = new_root(s, 2, NULL);
    struct signatures by = signed_by(s, document, 3, true, 2);
    assert_refused(trust_rotate(t, document, &by, &e), ERR_NO, "is for \"kaochang/1 role=root version=3\"",
                   e);
    trust_free(t);
}

static void attack_a_planted_file_does_not_become_the_root(void **state)
{
    struct scene *s = *state;
    struct trust *t = NULL;
    struct span document = new_root(s, 2, NULL);
    struct signatures by = signed_by(s, document, 2, false, 3);
    char *folder = path_join(s->w.station, "trust");
    assert_done(signatures_save_document(folder, "2.root.xml", document, &by, &e), e);
    assert_int_equal(root_here(s), 1);
    assert_done(signatures_save_document(folder, "1.root.xml", document, &by, &e), e);
    assert_refused(trust_load(&t, s->w.station, &e), ERR_NO, "not the root document that was pinned", e);
    free(folder);
}

/* Rotates the office to version 2, whose index the third new key signs alone. */
static void rotate_office(struct scene *s)
{
    struct span document = new_root(s, 2, &s->key[2]);
    struct signatures by = signed_by(s, document, 2, true, 2);
    assert_done(trust_check_root(s->w.trust, document, &by, &e), e);
    assert_done(trust_install(s->w.trust, document, &by, &e), e);
}

static int rotate_station(void *context)
{
    struct scene *s = context;
    struct trust *t = NULL;
    struct span document;
    struct signatures by;
    int r = trust_load(&t, s->w.station, &e);
    if (r == 0 && trust_root(t)->version == 1 &&
        (r = trust_root_at(s->w.trust, 2, s->arena, &document, &by, &e)) == 0)
        r = trust_rotate(t, document, &by, &e);
    trust_free(t);
    return r;
}

static void an_office_keeps_its_numbers_and_publishes_every_root(void **state)
{
    struct scene *s = *state;
    int64_t targets = trust_seen(s->w.trust)->targets;
    rotate_office(s);
    assert_int_equal(trust_seen(s->w.trust)->targets, targets);
    assert_refused(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), ERR_NO, "not a key of the role", e);
    assert_done(repository_publish(s->w.repo, s->w.trust, NULL, NULL, WORLD_NOW, &s->key[2], 1, &e), e);
    assert_int_equal(trust_seen(s->w.trust)->targets, targets + 1);
    for (int v = 1; v <= 2; v++) {
        char *path = mem_printf("%s/%d.root.xml", s->w.repo, v);
        assert_true(file_exists(path));
        free(path);
    }
    struct trust *again = load(s->w.office);
    assert_int_equal(trust_root(again)->version, 2);
    assert_int_equal(trust_targets(again)->version, targets + 1);
    trust_free(again);
}

static void between_the_rotation_and_the_next_pull_everything_goes_on(void **state)
{
    struct scene *s = *state;
    rotate_office(s);
    assert_done(rotate_station(s), e);
    assert_int_equal(root_here(s), 2);
    assert_done(open_here(s), e);
    assert_done(repository_publish(s->w.repo, s->w.trust, NULL, NULL, WORLD_NOW, &s->key[2], 1, &e), e);
    assert_done(pull(s, s->w.station), e);
    assert_done(open_here(s), e);
    struct trust *t = load(s->w.station);
    assert_int_equal(trust_seen(t)->kept, 0);
    assert_int_equal(trust_seen(t)->timestamp, 2);
    trust_free(t);
}

static void rotating_may_be_killed_anywhere(void **state)
{
    struct scene *s = *state;
    char *kept = world_path(&s->w, "kept");
    int status = -1, kills = 0;
    rotate_office(s);
    world_copy_tree(s->w.station, kept);
    for (;; kills++) {
        world_remove_tree(s->w.station);
        world_copy_tree(kept, s->w.station);
        if (run_until_change(kills + 1, rotate_station, s, &status))
            break;
        assert_done(open_here(s), e);
        assert_done(rotate_station(s), e);
        assert_int_equal(root_here(s), 2);
        assert_done(open_here(s), e);
    }
    assert_int_equal(status, 0);
    assert_true(kills > 10);
    free(kept);
}

/* A thief of the index keys shows huge numbers; once the keys have changed the office's own count again. */
static void attack_fast_forward_ends_with_the_rotation(void **state)
{
    struct scene *s = *state;
    struct trust *t = load(s->w.station);
    struct targets *far = NULL;
    struct bytes document = {0};
    struct signatures by;
    assert_done(trust_copy_targets(t, &far, &e), e);
    far->version = INT32_MAX;
    assert_done(targets_write(far, &document, &e), e);
    assert_done(signatures_make(&by, s->arena, bytes_span(&document),
                                "kaochang/1 role=targets version=2147483647", &s->w.officer, 1, &e),
                e);
    assert_done(trust_accept(t, bytes_span(&document), &by, INT32_MAX, INT32_MAX, &e), e);
    trust_free(t);
    targets_free(far);
    bytes_release(&document);
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_refused(pull(s, s->w.station), ERR_NO, "already seen here", e);
    rotate_office(s);
    assert_done(rotate_station(s), e);
    assert_done(repository_publish(s->w.repo, s->w.trust, NULL, NULL, WORLD_NOW, &s->key[2], 1, &e), e);
    assert_done(pull(s, s->w.station), e);
    assert_done(open_here(s), e);
}

static void attack_an_index_from_before_the_rotation(void **state)
{
    struct scene *s = *state;
    assert_done(try_to_rotate(s, 2, true, 2), e); /* the officers stay, the old index is well signed */
    assert_refused(pull(s, s->w.station), ERR_NO, "names an older root", e);
}

static void a_home_with_the_new_root_takes_the_old_fingerprint_of_its_office(void **state)
{
    struct scene *s = *state;
    struct span first = trust_root_document(s->w.trust);
    const struct signatures *by = trust_root_signatures(s->w.trust);
    struct span forged = new_root(s, 1, NULL);
    struct signatures by_forger = signed_by(s, forged, 1, false, 2);
    assert_done(try_to_rotate(s, 2, true, 2), e);
    assert_done(trust_pin(s->w.station, first, by, NULL, &e), e);
    assert_int_equal(root_here(s), 2);
    assert_refused(trust_pin(s->w.station, forged, &by_forger, NULL, &e), ERR_NO,
                   "already trusts another root", e);
}

/* The office's targets with `officer` gone from the roles; with `former` he counts for what is listed. */
static void remove_officer(struct scene *s, bool former, bool revoke)
{
    struct targets *next = NULL;
    struct role_key first, *second = arena_array(s->arena, 1, sizeof *second);
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    first = next->role[TARGETS_ROLE_PACKAGE].key[0];
    *second = next->role[TARGETS_ROLE_PACKAGE].key[1];
    for (size_t i = 0; i < TARGETS_ROLES; i++) {
        next->role[i].key = second;
        next->role[i].n = 1;
    }
    if (former)
        next->former = (struct role){.name = "former", .threshold = 1, .key = &first, .n = 1};
    if (revoke) {
        struct revoked r = {
            .has_key = true, .key = first.key, .serial = "", .since = WORLD_START, .reason = "lost"};
        assert_done(targets_revoke(next, &r, &e), e);
    }
    assert_done(trust_amend(s->w.trust, next, &s->w.officer, 1, &e), e);
    targets_free(next);
}

static void make(struct scene *s, const char *session, const char *path, int n_officers)
{
    struct package_codes codes;
    world_package(&s->w, session, 1, path, n_officers, &codes);
}

static void attack_a_revoked_officer_signs_a_package(void **state)
{
    struct scene *s = *state;
    char *path = world_path(&s->w, "pm.exam");
    remove_officer(s, false, true);
    make(s, "pm", path, 1);
    assert_refused(world_publish(&s->w, path, WORLD_NOW, 1, &e), ERR_NO, "not a key of the role", e);
    /* nor does a station take it that finds it in its folder */
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_done(pull(s, s->w.station), e);
    struct trust *t = load(s->w.station);
    struct package *p = NULL;
    assert_refused(package_open(&p, path, t, &e), ERR_NO, "not a key of the role", e);
    trust_free(t);
    free(path);
}

static void what_was_accepted_goes_on_after_its_officer_is_revoked(void **state)
{
    struct scene *s = *state;
    remove_officer(s, false, true);
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_done(pull(s, s->w.station), e);
    assert_done(open_here(s), e);
    struct package *p = NULL;
    assert_done(package_open(&p, s->package, s->w.trust, &e), e); /* the office scores it again years later */
    package_close(p);
}

static char *new_station(struct scene *s)
{
    char *home = world_path(&s->w, "late");
    assert_done(trust_pin(home, trust_root_document(s->w.trust), trust_root_signatures(s->w.trust), NULL, &e),
                e);
    return home;
}

static void a_new_station_takes_what_an_officer_signed_who_has_left(void **state)
{
    struct scene *s = *state;
    char *home = new_station(s), *path = world_path(&s->w, "pm.exam");
    remove_officer(s, false, false);
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_refused(pull(s, home), ERR_NO, "not a key of the role", e);
    struct targets *next = NULL;
    struct role_key key = holder(s, "officer", &s->w.officer);
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    next->former = (struct role){.name = "former", .threshold = 1, .key = &key, .n = 1};
    assert_done(trust_amend(s->w.trust, next, &s->w.officer, 1, &e), e);
    targets_free(next);
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_done(pull(s, home), e);
    /* for another package he does not count */
    make(s, "pm", path, 1);
    assert_refused(world_publish(&s->w, path, WORLD_NOW, 1, &e), ERR_NO, "not a key of the role", e);
    free(path);
    free(home);
}

static void attack_a_revoked_key_stays_in_a_role(void **state)
{
    struct scene *s = *state;
    struct targets *next = NULL;
    struct revoked r = {.has_key = true, .serial = "", .since = WORLD_START, .reason = "stolen"};
    minisign_secret_public(&s->w.officer, &r.key);
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    assert_done(targets_revoke(next, &r, &e), e);
    assert_refused(trust_amend(s->w.trust, next, &s->w.officer, 1, &e), ERR_DATA, "is revoked and stands in",
                   e);
    assert_refused(targets_revoke(next, &r, &e), ERR_NO, "already revoked", e);
    targets_free(next);
}

static void too_few_officers_change_no_targets(void **state)
{
    struct scene *s = *state;
    struct targets *next = NULL;
    int64_t before = trust_targets(s->w.trust)->version;
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    assert_refused(trust_amend(s->w.trust, next, &s->w.stranger, 1, &e), ERR_NO, "not a key of the role", e);
    assert_int_equal(trust_targets(s->w.trust)->version, before);
    struct trust *again = load(s->w.office);
    assert_int_equal(trust_targets(again)->version, before);
    trust_free(again);
    targets_free(next);
}

/* Revokes in the office. */
static void revoke_in_office(struct scene *s, const struct minisign_secret *key, const char *serial)
{
    struct targets *next = NULL;
    struct revoked r = {
        .has_key = key != NULL, .serial = serial, .since = WORLD_START, .reason = "the laptop was stolen"};
    if (key)
        minisign_secret_public(key, &r.key);
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    assert_done(targets_revoke(next, &r, &e), e);
    assert_done(trust_amend(s->w.trust, next, &s->w.officer, 1, &e), e);
    targets_free(next);
}

static void is_refused_as_revoked(int r)
{
    assert_int_equal(r, -ERR_NO);
    assert_int_equal(e.code, TRUST_REVOKED);
    assert_non_null(strstr(e.what, "the laptop was stolen"));
}

static void attack_a_revoked_stations_bundle(void **state)
{
    struct scene *s = *state;
    struct bundle *b = NULL;
    uint8_t hash[32];
    char *path = world_path(&s->w, "st01.results");
    world_bundle(&s->w, path, &s->w.station_key, hash);
    assert_done(bundle_open(&b, path, s->w.trust, &e), e);
    bundle_close(b);
    revoke_in_office(s, &s->w.station_key, "");
    is_refused_as_revoked(bundle_open(&b, path, s->w.trust, &e));
    assert_done(bundle_open_untrusted(&b, path, &e), e); /* it is not lost */
    bundle_close(b);
    free(path);
}

static void a_certificate_is_revoked_by_its_serial_and_read_for_who_judges(void **state)
{
    struct scene *s = *state;
    struct certificate_chain chain = world_certificate(&s->w, s->arena);
    struct certificate *c = NULL;
    const struct revoked *by = NULL;
    revoke_in_office(s, NULL, "0123456789abcdef");
    is_refused_as_revoked(trust_check_certificate(s->w.trust, &chain, &c, &e));
    assert_done(trust_read_certificate(s->w.trust, &chain, &c, &by, &e), e);
    assert_string_equal(c->name, "st01");
    assert_string_equal(by->serial, "0123456789abcdef");
    certificate_free(c);
}

static void attack_a_revoked_key_comes_under_another_id(void **state)
{
    struct scene *s = *state;
    struct certificate *c = NULL;
    revoke_in_office(s, &s->w.station_key, "");
    s->w.station_key.id[0] ^= 1;
    struct certificate_chain chain = world_certificate(&s->w, s->arena);
    is_refused_as_revoked(trust_check_certificate(s->w.trust, &chain, &c, &e));
}

static struct span put_certificate(struct scene *s, struct certificate *c, const struct minisign_secret *key,
                                   const struct minisign_secret *issuer, struct span *ret_signature)
{
    struct bytes document = {0}, signature = {0};
    char comment[64];
    minisign_secret_public(key, &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(minisign_sign(issuer, bytes_span(&document), certificate_comment(c, comment, sizeof comment),
                              &signature, &e),
                e);
    struct span ret = span_of(arena_copy(s->arena, document.p, document.n), document.n);
    *ret_signature = span_of(arena_copy(s->arena, signature.p, signature.n), signature.n);
    bytes_release(&document);
    bytes_release(&signature);
    certificate_free(c);
    return ret;
}

static void with_its_site_a_station_is_revoked(void **state)
{
    struct scene *s = *state;
    struct certificate *site = certificate_new(), *station = certificate_new(), *c = NULL;
    struct certificate_chain chain = {0};
    site->kind = CERTIFICATE_SITE;
    site->name = site->site = station->site = "S1";
    site->serial = "00000000000000aa";
    station->serial = "00000000000000bb";
    station->name = "spare";
    station->room = "301";
    site->from = station->from = "2026-01-01T00:00:00+08:00";
    site->until = station->until = "2026-12-31T00:00:00+08:00";
    chain.issuer = put_certificate(s, site, &s->key[0], &s->w.officer, &chain.issuer_signature);
    chain.certificate = put_certificate(s, station, &s->key[1], &s->key[0], &chain.signature);
    assert_done(trust_check_certificate(s->w.trust, &chain, &c, &e), e);
    certificate_free(c);
    revoke_in_office(s, &s->key[0], "");
    is_refused_as_revoked(trust_check_certificate(s->w.trust, &chain, &c, &e));
}

static void revocations_travel_with_the_next_pull(void **state)
{
    struct scene *s = *state;
    struct certificate_chain chain = world_certificate(&s->w, s->arena);
    struct certificate *c = NULL;
    revoke_in_office(s, &s->w.station_key, "");
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_done(pull(s, s->w.station), e);
    struct trust *t = load(s->w.station);
    is_refused_as_revoked(trust_check_certificate(t, &chain, &c, &e));
    trust_free(t);
    assert_done(open_here(s), e); /* its package goes on */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_root_signed_by_the_old_and_the_new_threshold_is_taken, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_root_rotation_is_skipped, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_rotation_is_signed_by_the_old_threshold_only, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_rotation_is_signed_by_the_new_threshold_only, begin, end),
        cmocka_unit_test_setup_teardown(attack_the_threshold_of_a_rotation_is_missing, begin, end),
        cmocka_unit_test_setup_teardown(attack_an_old_root_is_played_back, begin, end),
        cmocka_unit_test_setup_teardown(attack_signatures_of_another_root_version, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_planted_file_does_not_become_the_root, begin, end),
        cmocka_unit_test_setup_teardown(an_office_keeps_its_numbers_and_publishes_every_root, begin, end),
        cmocka_unit_test_setup_teardown(between_the_rotation_and_the_next_pull_everything_goes_on, begin,
                                        end),
        cmocka_unit_test_setup_teardown(rotating_may_be_killed_anywhere, begin, end),
        cmocka_unit_test_setup_teardown(attack_fast_forward_ends_with_the_rotation, begin, end),
        cmocka_unit_test_setup_teardown(attack_an_index_from_before_the_rotation, begin, end),
        cmocka_unit_test_setup_teardown(a_home_with_the_new_root_takes_the_old_fingerprint_of_its_office,
                                        begin, end),
        cmocka_unit_test_setup_teardown(attack_a_revoked_officer_signs_a_package, begin, end),
        cmocka_unit_test_setup_teardown(what_was_accepted_goes_on_after_its_officer_is_revoked, begin, end),
        cmocka_unit_test_setup_teardown(a_new_station_takes_what_an_officer_signed_who_has_left, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_revoked_key_stays_in_a_role, begin, end),
        cmocka_unit_test_setup_teardown(too_few_officers_change_no_targets, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_revoked_stations_bundle, begin, end),
        cmocka_unit_test_setup_teardown(a_certificate_is_revoked_by_its_serial_and_read_for_who_judges, begin,
                                        end),
        cmocka_unit_test_setup_teardown(attack_a_revoked_key_comes_under_another_id, begin, end),
        cmocka_unit_test_setup_teardown(with_its_site_a_station_is_revoked, begin, end),
        cmocka_unit_test_setup_teardown(revocations_travel_with_the_next_pull, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
