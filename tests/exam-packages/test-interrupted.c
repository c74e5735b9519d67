/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing and pulling, killed before every single change of a file, and on a full disk: either the old
 * state or the new one is there and usable, and doing it again completes it. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/exam-packages/world.h"
#include "tests/killing.h"

static struct err e;

/* The world after version 1 was published and pulled; office, repo and station are put back from copies
 * before each try. */
struct scene {
    struct world w;
    char *package; /* version 2 */
};

static const char *const folders[] = {"office", "repo", "station"};

static void each_folder(struct scene *s, const char *from, const char *to)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *a = mem_printf("%s/%s%s", s->w.dir, from, folders[i]),
             *b = mem_printf("%s/%s%s", s->w.dir, to, folders[i]);
        world_remove_tree(b);
        world_copy_tree(a, b);
        free(a);
        free(b);
    }
}

static void keep(struct scene *s)
{
    char *kept = world_path(&s->w, "kept");
    assert_done(file_mkdirs(kept, false, &e), e);
    each_folder(s, "", "kept/");
    free(kept);
}

static void put_back(struct scene *s)
{
    each_folder(s, "kept/", "");
}

static int publish(void *context)
{
    struct scene *s = context;
    struct trust *office = NULL;
    int r = trust_load(&office, s->w.office, &e);
    if (r == 0)
        r = repository_publish(s->w.repo, office, s->package, NULL, WORLD_NOW, &s->w.officer, 1, &e);
    trust_free(office);
    return r;
}

static int pull(void *context)
{
    struct scene *s = context;
    struct trust *t = NULL;
    int r = trust_load(&t, s->w.station, &e);
    if (r == 0)
        r = world_pull(s->w.repo, t, s->w.station, WORLD_NOW, &e);
    trust_free(t);
    return r;
}

/* What the station would open in the exam room; fails the test when it does not verify. */
static int64_t version_here(struct scene *s)
{
    struct trust *t = NULL;
    struct package *p = NULL;
    char *path = mem_printf("%s/packages/am.exam", s->w.station);
    assert_done(trust_load(&t, s->w.station, &e), e);
    assert_done(package_open(&p, path, t, &e), e);
    int64_t version = package_manifest(p)->version;
    package_close(p);
    trust_free(t);
    free(path);
    return version;
}

static int begin(void **state)
{
    struct scene *s = mem_alloc(sizeof *s);
    struct package_codes codes;
    world_new(&s->w, 1);
    s->w.practice = true;
    s->package = world_path(&s->w, "am.exam");
    world_package(&s->w, "am", 1, s->package, 1, &codes);
    assert_done(publish(s), e);
    assert_done(pull(s), e);
    world_package(&s->w, "am", 2, s->package, 1, &codes);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    free(s->package);
    world_free(&s->w);
    free(s);
    return 0;
}

static void publishing_may_be_killed_anywhere(void **state)
{
    struct scene *s = *state;
    int status = -1, kills = 0;
    keep(s);
    for (;; kills++) {
        put_back(s);
        if (run_until_change(kills + 1, publish, s, &status))
            break;
        assert_done(pull(s), e);
        int64_t version = version_here(s);
        assert_true(version == 1 || version == 2);
        assert_done(publish(s), e);
        assert_done(pull(s), e);
        assert_int_equal(version_here(s), 2);
    }
    assert_int_equal(status, 0);
    assert_true(kills > 30);
}

static void pulling_may_be_killed_anywhere(void **state)
{
    struct scene *s = *state;
    int status = -1, kills = 0;
    assert_done(publish(s), e);
    keep(s);
    for (;; kills++) {
        put_back(s);
        if (run_until_change(kills + 1, pull, s, &status))
            break;
        int64_t version = version_here(s);
        assert_true(version == 1 || version == 2);
        assert_done(pull(s), e);
        assert_int_equal(version_here(s), 2);
    }
    assert_int_equal(status, 0);
    assert_true(kills > 10);
}

static void expect_no_leavings(const char *folder)
{
    struct file_names names = {0};
    assert_done(file_list(folder, &names, &e), e);
    for (size_t i = 0; i < names.n; i++)
        if (strstr(names.name[i], ".tmp-") || strstr(names.name[i], ".part"))
            fail_msg("%s/%s was left behind", folder, names.name[i]);
    file_names_free(&names);
}

static void a_full_disk_leaves_nothing_half_pulled(void **state)
{
    struct scene *s = *state;
    char *packages = path_join(s->w.station, "packages");
    assert_done(publish(s), e);
    keep(s);
    for (long bytes = 0; bytes < 6000; bytes += 500) {
        put_back(s);
        int r = run_with_full_disk(bytes, pull, s);
        assert_true(r == 0 || r == -ERR_ENV);
        assert_int_equal(version_here(s), r == 0 ? 2 : 1);
        expect_no_leavings(packages);
    }
    free(packages);
}

static void a_full_disk_leaves_the_repository_usable(void **state)
{
    struct scene *s = *state;
    keep(s);
    for (long bytes = 0; bytes < 6000; bytes += 500) {
        put_back(s);
        int r = run_with_full_disk(bytes, publish, s);
        assert_true(r == 0 || r == -ERR_ENV);
        expect_no_leavings(s->w.repo);
        assert_done(pull(s), e);
        assert_int_equal(version_here(s), r == 0 ? 2 : 1);
    }
}

static int build(void *context)
{
    struct scene *s = context;
    static const char *const forms[] = {"A"};
    struct package_codes codes;
    struct package_input in = {.practice = true,
                               .session = "am",
                               .title = "t",
                               .start = WORLD_START,
                               .end = WORLD_END,
                               .expiry = WORLD_EXPIRY,
                               .ruleset = "kaochang-1",
                               .version = 1,
                               .form = forms,
                               .n_forms = 1,
                               .paper = span_str("p"),
                               .key = span_str("k"),
                               .officer = &s->w.officer,
                               .n_officers = 1};
    age_identity_recipient(&s->w.recovery, &in.recovery);
    age_identity_recipient(&s->w.results, &in.results);
    return package_build(&in, s->package, &codes, &e);
}

static void a_full_disk_leaves_no_half_package(void **state)
{
    struct scene *s = *state;
    char *folder = world_path(&s->w, "built");
    assert_done(file_mkdirs(folder, false, &e), e);
    free(s->package);
    s->package = path_join(folder, "am.exam");
    for (long bytes = 0; bytes < 2000; bytes += 200) {
        assert_int_equal(run_with_full_disk(bytes, build, s), -ERR_ENV);
        assert_false(file_exists(s->package));
        expect_no_leavings(folder);
    }
    free(folder);
}

static int found(void *context)
{
    struct scene *s = context;
    struct role_key root = {.name = "root"}, officer = {.name = "officer"};
    struct trust_policy p = {.root = &root,
                             .n_roots = 1,
                             .root_threshold = 1,
                             .officer = &officer,
                             .n_officers = 1,
                             .officer_threshold = 1,
                             .expiry = "2036-01-01T00:00:00+00:00"};
    minisign_secret_public(&s->w.root, &root.key);
    minisign_secret_public(&s->w.officer, &officer.key);
    age_identity_recipient(&s->w.recovery, &p.recovery);
    age_identity_recipient(&s->w.results, &p.results);
    return trust_found(s->package, &p, &s->w.root, 1, &s->w.officer, 1, &e);
}

static void founding_an_office_may_be_killed_anywhere(void **state)
{
    struct scene *s = *state;
    struct trust *t = NULL;
    int status = -1, kills = 0;
    free(s->package);
    s->package = world_path(&s->w, "new-office");
    for (;; kills++) {
        world_remove_tree(s->package);
        if (run_until_change(kills + 1, found, s, &status))
            break;
        int r = trust_load(&t, s->package, &e);
        if (r < 0) {
            assert_done(found(s), e);
            assert_done(trust_load(&t, s->package, &e), e);
        }
        assert_non_null(trust_targets(t));
        trust_free(t);
    }
    assert_int_equal(status, 0);
    assert_true(kills > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(publishing_may_be_killed_anywhere, begin, end),
        cmocka_unit_test_setup_teardown(pulling_may_be_killed_anywhere, begin, end),
        cmocka_unit_test_setup_teardown(founding_an_office_may_be_killed_anywhere, begin, end),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_nothing_half_pulled, begin, end),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_repository_usable, begin, end),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_no_half_package, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
