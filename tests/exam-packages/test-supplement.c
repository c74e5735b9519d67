/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/station.h"
#include "tests/exam-packages/world.h"

/* An office with two officers who must both sign, a package that is published and pulled, and a folder for
 * supplements. */
struct state {
    struct world w;
    char *package_path, *folder;
    struct package *package;
    struct package_codes codes;
};

static struct err e;

static int begin(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    world_new(&s->w, 2);
    s->w.practice = true;
    s->package_path = world_path(&s->w, "am.exam");
    s->folder = world_path(&s->w, "supplements");
    world_package(&s->w, "am", 1, s->package_path, 2, &s->codes);
    assert_done(package_open(&s->package, s->package_path, s->w.trust, &e), e);
    assert_done(file_mkdirs(s->folder, false, &e), e);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    package_close(s->package);
    free(s->package_path);
    free(s->folder);
    world_free(&s->w);
    test_free(s);
    return 0;
}

/* The package's own list with one more candidate, or with another form for the first. */
static struct bytes list(const struct state *s, int64_t number, const char *form)
{
    struct roster *roster = NULL;
    struct bytes out = {0};
    assert_done(package_open_roster(s->package, "S1", &s->w.site, &roster, &e), e);
    roster->number = number;
    roster->candidate[0].form = form;
    assert_done(roster_write(roster, &out, &e), e);
    roster_free(roster);
    return out;
}

/* Writes FOLDER/am.NUMBER.KIND.exam, signed by the first n officers (0: by a stranger). */
static char *make(const struct state *s, enum supplement_kind kind, int64_t number, int n_officers,
                  const uint8_t *package)
{
    struct minisign_secret keys[2] = {n_officers ? s->w.officer : s->w.stranger, s->w.second};
    struct bytes plain = list(s, number, "B");
    struct package_site site = {.site = "S1", .roster = bytes_span(&plain)};
    struct supplement_input in = {.kind = kind,
                                  .session = "am",
                                  .number = number,
                                  .package = package,
                                  .date = "2026-11-20T09:00:00+08:00",
                                  .expiry = WORLD_EXPIRY,
                                  .reason = kind == SUPPLEMENT_WITHDRAWAL ? "试卷第 3 题有误" : "",
                                  .site = &site,
                                  .n_sites = kind == SUPPLEMENT_ROSTER,
                                  .officer = keys,
                                  .n_officers = n_officers ? (size_t)n_officers : 1};
    char *path = mem_printf("%s/am.%lld.%s.exam", s->folder, (long long)number, supplement_kind_name(kind));
    age_identity_recipient(&s->w.site, &site.to);
    age_identity_recipient(&s->w.recovery, &in.recovery);
    assert_done(supplement_build(&in, path, &e), e);
    bytes_release(&plain);
    return path;
}

static const char *form_of_the_first(const struct state *s, const struct trust *t)
{
    struct roster *roster = NULL;
    static char form[8];
    assert_done(supplements_roster(s->folder, t, s->package, "S1", &s->w.site, &roster, &e), e);
    snprintf(form, sizeof form, "%s", roster->candidate[0].form);
    assert_true(roster->room[0].has_secret);
    roster_free(roster);
    return form;
}

static void a_list_says_for_which_package_it_is_and_who_signed(void **state)
{
    struct state *s = *state;
    struct supplement *x = NULL;
    char *path = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    assert_true(supplement_is(path));
    assert_false(supplement_is(s->package_path));
    assert_done(supplement_open(&x, path, s->w.trust, &e), e);
    const struct supplement_document *d = supplement_document_of(x);
    assert_int_equal(d->kind, SUPPLEMENT_ROSTER);
    assert_int_equal(d->number, 1);
    assert_memory_equal(d->package, package_hash(s->package), sizeof d->package);
    assert_string_equal(supplement_signers(x), "officer, second");
    supplement_close(x);
    free(path);
}

static void as_many_officers_sign_as_sign_packages(void **state)
{
    struct state *s = *state;
    struct supplement *x = NULL;
    char *one = make(s, SUPPLEMENT_WITHDRAWAL, 1, 1, package_hash(s->package));
    assert_refused(supplement_open(&x, one, s->w.trust, &e), ERR_NO, "", e);
    assert_done(supplements_check(s->folder, s->w.trust, s->package, &e), e);
    free(one);
    char *stranger = make(s, SUPPLEMENT_WITHDRAWAL, 1, 0, package_hash(s->package));
    assert_refused(supplement_open(&x, stranger, s->w.trust, &e), ERR_NO, "", e);
    assert_done(supplements_check(s->folder, s->w.trust, s->package, &e), e);
    free(stranger);
}

static void an_edited_byte_anywhere_is_refused(void **state)
{
    struct state *s = *state;
    char *path = make(s, SUPPLEMENT_WITHDRAWAL, 1, 2, package_hash(s->package));
    struct bytes good = world_read(path);
    for (size_t i = 0; i < good.n; i++) {
        struct supplement *x = NULL;
        good.p[i] ^= 1;
        world_write(path, bytes_span(&good));
        if (supplement_open(&x, path, s->w.trust, &e) == 0)
            fail_msg("byte %zu can be edited", i);
        good.p[i] ^= 1;
    }
    bytes_release(&good);
    free(path);
}

static void a_supplement_is_no_package_and_a_package_no_supplement(void **state)
{
    struct state *s = *state;
    struct supplement *x = NULL;
    struct package *p = NULL;
    char *path = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    assert_refused(package_open(&p, path, s->w.trust, &e), ERR_NO, "supplement", e);
    assert_refused(supplement_open(&x, s->package_path, s->w.trust, &e), ERR_USAGE, "no supplement", e);
    free(path);
}

static void the_newest_list_of_a_site_counts(void **state)
{
    struct state *s = *state;
    assert_string_equal(form_of_the_first(s, s->w.trust), "A");
    free(make(s, SUPPLEMENT_ROSTER, 10, 2, package_hash(s->package)));
    free(make(s, SUPPLEMENT_ROSTER, 9, 2, package_hash(s->package)));
    struct roster *roster = NULL;
    assert_done(supplements_roster(s->folder, s->w.trust, s->package, "S1", &s->w.site, &roster, &e), e);
    assert_int_equal(roster->number, 10);
    roster_free(roster);
}

static void what_is_for_another_version_counts_for_nothing(void **state)
{
    struct state *s = *state;
    uint8_t other[32] = {1};
    free(make(s, SUPPLEMENT_ROSTER, 1, 2, other));
    free(make(s, SUPPLEMENT_WITHDRAWAL, 2, 2, other));
    assert_done(supplements_check(s->folder, s->w.trust, s->package, &e), e);
    assert_string_equal(form_of_the_first(s, s->w.trust), "A");
}

static void a_withdrawn_package_is_refused_with_reason_date_and_officers(void **state)
{
    struct state *s = *state;
    free(make(s, SUPPLEMENT_WITHDRAWAL, 3, 2, package_hash(s->package)));
    assert_refused(supplements_check(s->folder, s->w.trust, s->package, &e), ERR_NO, "试卷第 3 题有误", e);
    assert_int_equal(e.code, SUPPLEMENT_WITHDRAWN);
    assert_non_null(strstr(e.what, "2026-11-20"));
    assert_non_null(strstr(e.what, "officer, second"));
}

static void a_withdrawal_without_a_reason_is_not_made(void **state)
{
    struct state *s = *state;
    struct supplement_input in = {.kind = SUPPLEMENT_WITHDRAWAL,
                                  .session = "am",
                                  .number = 1,
                                  .package = package_hash(s->package),
                                  .date = "2026-11-20T09:00:00+08:00",
                                  .expiry = WORLD_EXPIRY,
                                  .reason = "",
                                  .officer = &s->w.officer,
                                  .n_officers = 1};
    assert_refused(supplement_build(&in, s->folder, &e), ERR_DATA, "a reason", e);
}

/* ---- publishing and pulling ---- */

static int pull(struct state *s)
{
    return world_pull(s->w.repo, s->w.pinned, s->w.station, WORLD_NOW, &e);
}

static void publish(struct state *s, const char *path)
{
    assert_done(world_publish(&s->w, path, WORLD_NOW, 2, &e), e);
}

static void a_supplement_is_pulled_with_its_package(void **state)
{
    struct state *s = *state;
    publish(s, s->package_path);
    assert_done(pull(s), e);
    char *path = make(s, SUPPLEMENT_WITHDRAWAL, 1, 2, package_hash(s->package));
    char *here = supplements_folder(s->w.station);
    publish(s, path);
    assert_done(supplements_check(here, s->w.pinned, s->package, &e), e);
    assert_done(pull(s), e);
    assert_refused(supplements_check(here, s->w.pinned, s->package, &e), ERR_NO, "试卷第 3 题有误", e);
    assert_done(pull(s), e);
    char *file = path_join(here, "am.1.withdrawal.exam");
    assert_int_equal(unlink(file), 0);
    assert_refused(supplements_check(here, s->w.pinned, s->package, &e), ERR_NO, "not on this machine", e);
    assert_done(pull(s), e);
    assert_refused(supplements_check(here, s->w.pinned, s->package, &e), ERR_NO, "试卷第 3 题有误", e);
    free(file);
    free(here);
    free(path);
}

/* `second` leaves the roles and is revoked; `stranger` comes in his place. */
static void replace_second(struct state *s)
{
    struct targets *next = NULL;
    struct minisign_secret keys[2] = {s->w.officer, s->w.second};
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    struct role *role = &next->role[TARGETS_ROLE_PACKAGE];
    struct revoked r = {.has_key = true, .serial = "", .since = WORLD_START, .reason = "lost"};
    struct role_key new = {.name = "stranger"};
    minisign_secret_public(&s->w.second, &r.key);
    minisign_secret_public(&s->w.stranger, &new.key);
    for (size_t i = 0; i < role->n; i++)
        if (minisign_public_equal(&role->key[i].key, &r.key))
            role->key[i] = new;
    next->role[TARGETS_ROLE_CERTIFICATE].key = role->key;
    next->role[TARGETS_ROLE_CERTIFICATE].n = role->n;
    assert_done(targets_revoke(next, &r, &e), e);
    assert_done(trust_amend(s->w.trust, next, keys, 2, &e), e);
    targets_free(next);
}

static void a_list_that_was_accepted_counts_after_its_officer_is_revoked(void **state)
{
    struct state *s = *state;
    struct roster *roster = NULL;
    publish(s, s->package_path);
    char *path = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    char *here = supplements_folder(s->w.station);
    publish(s, path);
    assert_done(pull(s), e);
    replace_second(s);
    publish(s, NULL);
    assert_done(pull(s), e);
    assert_done(supplements_roster(here, s->w.pinned, s->package, "S1", &s->w.site, &roster, &e), e);
    assert_string_equal(roster->candidate[0].form, "B");
    roster_free(roster);
    free(path);
    /* one that no index listed does not */
    path = make(s, SUPPLEMENT_ROSTER, 2, 2, package_hash(s->package));
    struct supplement *x = NULL;
    assert_refused(supplement_open(&x, path, s->w.pinned, &e), ERR_NO, "1 of the 2", e);
    free(here);
    free(path);
}

static void a_list_that_is_lost_is_not_passed_over_silently(void **state)
{
    struct state *s = *state;
    publish(s, s->package_path);
    char *path = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    publish(s, path);
    assert_done(pull(s), e);
    char *here = supplements_folder(s->w.station), *file = path_join(here, "am.1.roster.exam");
    struct roster *roster = NULL;
    assert_int_equal(unlink(file), 0);
    assert_refused(supplements_roster(here, s->w.pinned, s->package, "S1", &s->w.site, &roster, &e), ERR_ENV,
                   "supplement 1", e);
    free(file);
    free(here);
    free(path);
}

static void numbers_only_rise_and_the_package_comes_first(void **state)
{
    struct state *s = *state;
    char *second = make(s, SUPPLEMENT_ROSTER, 2, 2, package_hash(s->package));
    char *first = make(s, SUPPLEMENT_WITHDRAWAL, 1, 2, package_hash(s->package));
    assert_refused(world_publish(&s->w, second, WORLD_NOW, 2, &e), ERR_NO, "not published", e);
    publish(s, s->package_path);
    publish(s, second);
    publish(s, second);
    assert_refused(world_publish(&s->w, first, WORLD_NOW, 2, &e), ERR_NO, "supplement 2", e);
    free(first);
    free(second);
}

static void a_supplement_that_was_exchanged_in_the_repository_is_refused(void **state)
{
    struct state *s = *state;
    char *path = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    publish(s, s->package_path);
    publish(s, path);
    char *other = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    char *there = mem_printf("%s/packages/am.1.roster.exam", s->w.repo);
    assert_done(file_copy(other, there, 0644, &e), e);
    assert_refused(pull(s), ERR_NO, "", e);
    assert_null(trust_targets(s->w.pinned));
    free(there);
    free(other);
    free(path);
}

static void with_its_package_a_supplement_leaves_the_index(void **state)
{
    struct state *s = *state;
    char *path = make(s, SUPPLEMENT_ROSTER, 1, 2, package_hash(s->package));
    publish(s, s->package_path);
    publish(s, path);
    assert_int_equal(trust_targets(s->w.trust)->n_supplements, 1);
    assert_done(world_publish(&s->w, NULL, WORLD_NOW + 90LL * 86400 * 1000, 2, &e), e);
    assert_int_equal(trust_targets(s->w.trust)->n_packages, 0);
    assert_int_equal(trust_targets(s->w.trust)->n_supplements, 0);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_says_for_which_package_it_is_and_who_signed, begin, end),
        cmocka_unit_test_setup_teardown(as_many_officers_sign_as_sign_packages, begin, end),
        cmocka_unit_test_setup_teardown(an_edited_byte_anywhere_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_supplement_is_no_package_and_a_package_no_supplement, begin, end),
        cmocka_unit_test_setup_teardown(the_newest_list_of_a_site_counts, begin, end),
        cmocka_unit_test_setup_teardown(what_is_for_another_version_counts_for_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_withdrawn_package_is_refused_with_reason_date_and_officers, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_withdrawal_without_a_reason_is_not_made, begin, end),
        cmocka_unit_test_setup_teardown(a_supplement_is_pulled_with_its_package, begin, end),
        cmocka_unit_test_setup_teardown(a_list_that_was_accepted_counts_after_its_officer_is_revoked, begin, end),
        cmocka_unit_test_setup_teardown(a_list_that_is_lost_is_not_passed_over_silently, begin, end),
        cmocka_unit_test_setup_teardown(numbers_only_rise_and_the_package_comes_first, begin, end),
        cmocka_unit_test_setup_teardown(a_supplement_that_was_exchanged_in_the_repository_is_refused, begin,
                                        end),
        cmocka_unit_test_setup_teardown(with_its_package_a_supplement_leaves_the_index, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
