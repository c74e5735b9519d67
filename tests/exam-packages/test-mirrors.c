/* SPDX-License-Identifier: Apache-2.0 */
/* Several mirrors of one repository, some of which lie; the way from root to root; copies; what is left after
 * a kill or on a full disk. Over folders: what a server can do besides is in tests/stories/pull-attacks.py.
 */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/exam-packages/world.h"
#include "tests/killing.h"

static struct err e;

/* "am" version 1 is published in repo, of which `other` is a copy, and version 2 in repo alone. */
struct scene {
    struct world w;
    char *other, *copy; /* folders */
    struct arena *arena;
    struct minisign_secret next; /* the root key to come */
    int notes;
};

static void count_note(void *context, const char *address, const struct err *why)
{
    struct scene *s = context;
    (void)address;
    s->notes += strstr(why->what, "clock") == NULL; /* the world's time is not today */
}

static struct source *mirrors(struct scene *s, const char *first, const char *second)
{
    struct source_watch w = {.note = count_note, .context = s};
    struct source *ret = source_of_folder(first);
    if (second)
        assert_done(source_add_folder(ret, second, &e), e);
    source_set_watch(ret, &w);
    s->notes = 0;
    return ret;
}

static int pull_from(struct scene *s, const char *first, const char *second)
{
    struct trust *t = NULL;
    struct source *from = mirrors(s, first, second);
    assert_done(trust_load(&t, s->w.station, &e), e);
    int r = repository_pull(from, t, s->w.station, WORLD_NOW, NULL, NULL, &e);
    trust_free(t);
    source_close(from);
    return r;
}

static int64_t version_here(struct scene *s)
{
    struct trust *t = NULL;
    struct package *p = NULL;
    char *path = mem_printf("%s/packages/am.exam", s->w.station);
    int64_t version = 0;
    assert_done(trust_load(&t, s->w.station, &e), e);
    if (file_exists(path)) {
        assert_done(package_open(&p, path, t, &e), e);
        version = package_manifest(p)->version;
    }
    package_close(p);
    trust_free(t);
    free(path);
    return version;
}

static void publish(struct scene *s, int64_t version)
{
    struct package_codes codes;
    char *path = world_path(&s->w, "am.exam");
    world_package(&s->w, "am", version, path, 1, &codes);
    assert_done(world_publish(&s->w, path, WORLD_NOW, 1, &e), e);
    free(path);
}

static int begin(void **state)
{
    struct scene *s = mem_alloc(sizeof *s);
    world_new(&s->w, 1);
    s->w.practice = true;
    s->arena = arena_new();
    s->other = world_path(&s->w, "other");
    s->copy = world_path(&s->w, "copy");
    assert_done(minisign_new(&s->next, &e), e);
    publish(s, 1);
    world_copy_tree(s->w.repo, s->other);
    publish(s, 2);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    minisign_secret_free(&s->next);
    arena_free(s->arena);
    free(s->other);
    free(s->copy);
    world_free(&s->w);
    free(s);
    return 0;
}

/* One byte of a file of a folder. */
static void spoil(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    struct bytes data = world_read(path);
    data.p[data.n / 2] ^= 1;
    world_write(path, bytes_span(&data));
    bytes_release(&data);
    free(path);
}

static void drop(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    assert_int_equal(unlink(path), 0);
    free(path);
}

static void the_newest_of_the_mirrors_counts(void **state)
{
    struct scene *s = *state;
    assert_done(pull_from(s, s->other, s->w.repo), e);
    assert_int_equal(version_here(s), 2);
    assert_refused(pull_from(s, s->other, NULL), ERR_NO, "already seen here", e);
}

static void attack_one_frozen_mirror_among_honest_ones_freezes_nobody(void **state)
{
    struct scene *s = *state;
    assert_done(pull_from(s, s->w.repo, NULL), e);
    publish(s, 3);
    assert_done(pull_from(s, s->other, s->w.repo), e);
    assert_int_equal(version_here(s), 3);
    assert_true(s->notes > 0);
}

static void attack_rollback_after_a_pull_that_failed(void **state)
{
    struct scene *s = *state;
    char *old = world_path(&s->w, "old");
    assert_done(pull_from(s, s->other, NULL), e);
    world_copy_tree(s->w.repo, old);
    publish(s, 3);
    drop(s->w.repo, "packages/am.3.exam");
    assert_refused(pull_from(s, s->w.repo, NULL), ERR_ENV, "cannot open", e);
    assert_int_equal(version_here(s), 1);
    assert_refused(pull_from(s, old, NULL), ERR_NO, "already seen here", e);
    assert_int_equal(version_here(s), 1);
    free(old);
}

static void what_one_mirror_lacks_another_gives(void **state)
{
    struct scene *s = *state;
    world_remove_tree(s->other);
    world_copy_tree(s->w.repo, s->other);
    drop(s->w.repo, "packages/am.2.exam");
    drop(s->other, "3.targets.xml");
    assert_done(pull_from(s, s->w.repo, s->other), e);
    assert_int_equal(version_here(s), 2);
    assert_true(s->notes > 0);
}

static void attack_a_spoiled_package_on_one_mirror_is_taken_from_the_other(void **state)
{
    struct scene *s = *state;
    world_remove_tree(s->other);
    world_copy_tree(s->w.repo, s->other);
    spoil(s->w.repo, "packages/am.2.exam");
    assert_done(pull_from(s, s->w.repo, s->other), e);
    assert_int_equal(version_here(s), 2);
    spoil(s->other, "packages/am.2.exam");
    drop(s->w.station, "packages/am.exam");
    assert_refused(pull_from(s, s->w.repo, s->other), ERR_NO, "length or hash differ", e);
    assert_int_equal(version_here(s), 0);
}

static void the_gravest_failure_is_told(void **state)
{
    struct scene *s = *state;
    spoil(s->w.repo, "2.timestamp.xml");
    assert_refused(pull_from(s, s->w.repo, "/nowhere"), ERR_NO, "differs from", e);
    assert_refused(pull_from(s, "/nowhere", s->w.repo), ERR_NO, "differs from", e);
    assert_int_equal(s->notes, 2);
}

static void too_many_mirrors_are_refused(void **state)
{
    struct scene *s = *state;
    struct source *from = source_new();
    for (int i = 0; i < SOURCE_MIRRORS; i++)
        assert_done(source_add_folder(from, s->w.repo, &e), e);
    assert_refused(source_add_folder(from, s->w.repo, &e), ERR_USAGE, "mirrors", e);
    source_close(from);
}

/* ---- the root ---- */

/* A root of that version with the next key, which the old one and the next sign, or the next alone. */
static struct span make_root(struct scene *s, int64_t version, bool old_signs, struct signatures *ret)
{
    struct root *root = NULL;
    struct bytes out = {0};
    struct minisign_secret keys[2] = {s->next, s->w.root};
    struct role_key holder = {.name = "next"};
    assert_done(root_read(&root, "root.xml", trust_root_document(s->w.trust), &e), e);
    minisign_secret_public(&s->next, &holder.key);
    root->version = version;
    root->role[ROOT_ROLE_ROOT] = (struct role){.name = "root", .threshold = 1, .key = &holder, .n = 1};
    assert_done(root_write(root, &out, &e), e);
    struct span document = span_of(arena_copy(s->arena, out.p, out.n), out.n);
    bytes_release(&out);
    root_free(root);
    const char *comment = arena_printf(s->arena, "kaochang/1 role=root version=%lld", (long long)version);
    assert_done(signatures_make(ret, s->arena, document, comment, keys, old_signs ? 2 : 1, &e), e);
    return document;
}

static void put_root(struct scene *s, const char *folder, int64_t version, bool old_signs)
{
    struct signatures by;
    struct span document = make_root(s, version, old_signs, &by);
    const char *name = arena_printf(s->arena, "%lld.root.xml", (long long)version);
    assert_done(signatures_save_document(folder, name, document, &by, &e), e);
}

static int64_t root_here(struct scene *s)
{
    struct trust *t = NULL;
    assert_done(trust_load(&t, s->w.station, &e), e);
    int64_t version = trust_root(t)->version;
    trust_free(t);
    return version;
}

static void pulling_follows_the_root_step_by_step(void **state)
{
    struct scene *s = *state;
    struct signatures by;
    assert_done(pull_from(s, s->w.repo, NULL), e);
    for (int64_t v = 2; v <= 3; v++) {
        struct span document = make_root(s, v, true, &by);
        assert_done(trust_install(s->w.trust, document, &by, &e), e);
    }
    assert_done(world_publish(&s->w, NULL, WORLD_NOW, 1, &e), e);
    assert_done(pull_from(s, s->w.repo, NULL), e);
    assert_int_equal(root_here(s), 3);
    assert_int_equal(version_here(s), 2);
}

static void attack_a_root_that_the_old_keys_did_not_sign(void **state)
{
    struct scene *s = *state;
    put_root(s, s->w.repo, 2, false);
    assert_refused(pull_from(s, s->w.repo, NULL), ERR_NO, "not a key of the role", e);
    assert_int_equal(root_here(s), 1);
    assert_done(pull_from(s, s->w.repo, s->other), e); /* another mirror knows of no such root */
    assert_int_equal(root_here(s), 1);
}

static void attack_a_root_rotation_is_skipped(void **state)
{
    struct scene *s = *state;
    put_root(s, s->w.repo, 3, true);
    assert_done(pull_from(s, s->w.repo, NULL), e);
    assert_int_equal(root_here(s), 1);
    struct signatures by;
    struct span third = make_root(s, 3, true, &by);
    assert_done(signatures_save_document(s->w.repo, "2.root.xml", third, &by, &e), e);
    assert_refused(pull_from(s, s->w.repo, NULL), ERR_NO, "the next one after 1 is wanted", e);
    assert_int_equal(root_here(s), 1);
}

/* ---- copies ---- */

static int copy_all(void *context)
{
    struct scene *s = context;
    struct trust *t = NULL;
    struct source *from = source_of_folder(s->w.repo);
    int r = trust_load(&t, s->w.station, &e);
    if (r == 0)
        r = repository_mirror(from, t, s->w.station, s->copy, WORLD_NOW, false, NULL, NULL, &e);
    trust_free(t);
    source_close(from);
    return r;
}

static void a_copy_serves_as_the_original_does(void **state)
{
    struct scene *s = *state;
    assert_done(copy_all(s), e);
    assert_done(pull_from(s, s->copy, NULL), e);
    assert_int_equal(version_here(s), 2);
}

static void a_copy_is_made_of_what_verifies_only(void **state)
{
    struct scene *s = *state;
    spoil(s->w.repo, "packages/am.2.exam");
    char *pointer = path_join(s->copy, "timestamp.xml");
    assert_refused(copy_all(s), ERR_NO, "length or hash differ", e);
    assert_false(file_exists(pointer));
    free(pointer);
}

/* The copy has version 1; what its readers see is that, or version 2. */
static void copying_may_be_killed_anywhere(void **state)
{
    struct scene *s = *state;
    char *station = world_path(&s->w, "station-kept");
    int status = -1, kills = 0;
    world_copy_tree(s->w.station, station);
    for (;; kills++) {
        world_remove_tree(s->copy);
        world_copy_tree(s->other, s->copy);
        if (run_until_change(kills + 1, copy_all, s, &status))
            break;
        world_remove_tree(s->w.station);
        world_copy_tree(station, s->w.station);
        assert_done(pull_from(s, s->copy, NULL), e);
        int64_t version = version_here(s);
        assert_true(version == 1 || version == 2);
        assert_done(copy_all(s), e);
        assert_done(pull_from(s, s->copy, NULL), e);
        assert_int_equal(version_here(s), 2);
    }
    assert_int_equal(status, 0);
    assert_true(kills > 30);
    free(station);
}

static void on_a_full_disk_the_copy_stays_what_it_was(void **state)
{
    struct scene *s = *state;
    char *station = world_path(&s->w, "station-kept");
    world_copy_tree(s->w.station, station);
    for (long bytes = 0; bytes < 6000; bytes += 500) {
        world_remove_tree(s->copy);
        world_copy_tree(s->other, s->copy);
        int r = run_with_full_disk(bytes, copy_all, s);
        assert_true(r == 0 || r == -ERR_ENV);
        struct file_names names = {0};
        char *packages = path_join(s->copy, "packages");
        assert_done(file_list(packages, &names, &e), e);
        for (size_t i = 0; i < names.n; i++)
            assert_null(strstr(names.name[i], ".part"));
        file_names_free(&names);
        free(packages);
        world_remove_tree(s->w.station); /* which made the copy, and remembers what it saw */
        world_copy_tree(station, s->w.station);
        assert_done(pull_from(s, s->copy, NULL), e);
        assert_int_equal(version_here(s), r < 0 ? 1 : 2);
        if (r == 0)
            break;
    }
    free(station);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_newest_of_the_mirrors_counts, begin, end),
        cmocka_unit_test_setup_teardown(attack_one_frozen_mirror_among_honest_ones_freezes_nobody, begin,
                                        end),
        cmocka_unit_test_setup_teardown(attack_rollback_after_a_pull_that_failed, begin, end),
        cmocka_unit_test_setup_teardown(what_one_mirror_lacks_another_gives, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_spoiled_package_on_one_mirror_is_taken_from_the_other, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_gravest_failure_is_told, begin, end),
        cmocka_unit_test_setup_teardown(too_many_mirrors_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(pulling_follows_the_root_step_by_step, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_root_that_the_old_keys_did_not_sign, begin, end),
        cmocka_unit_test_setup_teardown(attack_a_root_rotation_is_skipped, begin, end),
        cmocka_unit_test_setup_teardown(a_copy_serves_as_the_original_does, begin, end),
        cmocka_unit_test_setup_teardown(a_copy_is_made_of_what_verifies_only, begin, end),
        cmocka_unit_test_setup_teardown(copying_may_be_killed_anywhere, begin, end),
        cmocka_unit_test_setup_teardown(on_a_full_disk_the_copy_stays_what_it_was, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
