/* SPDX-License-Identifier: Apache-2.0 */
/* A session that k of n proctors open together. */
#include "tests/check.h"

#include <stdlib.h>

#include "exam-packages/zip.h"
#include "tests/exam-packages/scratch.h"
#include "tests/exam-packages/world.h"

enum { PEOPLE = 4 };

static const char *const names[PEOPLE] = {"张敏", "李娜", "王伟", "赵静"};

/* One package that any two of three open; the fourth is a stranger. */
struct state {
    struct world w;
    struct age_identity id[PEOPLE];
    struct proctors_key list[PEOPLE];
    char *path;
    struct package_codes codes;
    struct package *p;
};

static struct err e;

static int begin(void **state)
{
    static struct state s;
    world_new(&s.w, 1);
    for (int i = 0; i < PEOPLE; i++) {
        assert_done(age_identity_new(&s.id[i], &e), e);
        s.list[i].name = names[i];
        age_identity_recipient(&s.id[i], &s.list[i].key);
    }
    s.w.proctors = (struct proctors){.list = s.list, .n = 3, .needed = 2};
    s.path = world_path(&s.w, "am.exam");
    world_package(&s.w, "am", 1, s.path, 1, &s.codes);
    assert_done(package_open(&s.p, s.path, s.w.trust, &e), e);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    for (int i = 0; i < PEOPLE; i++)
        age_identity_free(&s->id[i]);
    package_close(s->p);
    free(s->path);
    world_free(&s->w);
    return 0;
}

/* The keys of these people, in this order: "20" is the third and the first. */
static size_t bring(const struct state *s, const char *who, struct age_identity *ret)
{
    size_t n = 0;
    for (; *who; who++)
        ret[n++] = s->id[*who - '0'];
    return n;
}

static int unlock(const struct state *s, const char *who, struct age_identity *ret)
{
    struct age_identity keys[2 * PEOPLE];
    size_t n = bring(s, who, keys);
    return package_unlock_by_proctors(s->p, keys, n, ret, &e);
}

static void any_two_of_three_open_the_paper_in_any_order(void **state)
{
    struct state *s = *state;
    static const char *const groups[] = {"01", "10", "02", "20", "12", "21", "210"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct age_identity u = {0};
        struct bytes plain = {0};
        assert_done(unlock(s, groups[i], &u), e);
        assert_done(package_open_part(s->p, "paper.age", &u, &plain, &e), e);
        assert_refused(package_open_part(s->p, "key.age", &u, &plain, &e), ERR_NO, "", e);
        bytes_release(&plain);
        age_identity_free(&u);
    }
}

static void one_alone_opens_nothing_and_is_told_who_is_missing(void **state)
{
    struct state *s = *state;
    struct age_identity u = {0};
    assert_refused(unlock(s, "1", &u), ERR_NO, "1 of the 2 keys", e);
    assert_string_equal(e.hint, "it opens with the keys of 1 more of: 张敏, 王伟");
    assert_null(u.sk.p);
    assert_refused(unlock(s, "", &u), ERR_NO, "no proctor of this session", e);
}

static void the_same_key_twice_is_one(void **state)
{
    struct state *s = *state;
    struct age_identity u = {0};
    assert_refused(unlock(s, "22", &u), ERR_NO, "1 of the 2 keys", e);
    assert_done(unlock(s, "2202", &u), e);
    age_identity_free(&u);
}

static void a_stranger_s_key_counts_for_nothing(void **state)
{
    struct state *s = *state;
    struct age_identity u = {0};
    assert_refused(unlock(s, "3", &u), ERR_NO, "no proctor of this session", e);
    assert_refused(unlock(s, "31", &u), ERR_NO, "1 of the 2 keys", e);
    assert_done(unlock(s, "3130", &u), e);
    age_identity_free(&u);
}

static void no_code_opens_it_unless_one_was_made(void **state)
{
    struct state *s = *state;
    struct age_identity u = {0};
    struct package_codes codes;
    struct package *p = NULL;
    char *path = world_path(&s->w, "both.exam");
    assert_string_equal(s->codes.unlock, "");
    assert_false(package_has_code(s->p));
    assert_refused(package_unlock(s->p, "0000-0000-0000-0", &u, &e), ERR_USAGE, "no code opens this session",
                   e);
    s->w.with_code = true;
    world_package(&s->w, "am", 2, path, 1, &codes);
    s->w.with_code = false;
    assert_done(package_open(&p, path, s->w.trust, &e), e);
    assert_true(package_has_code(p));
    assert_done(package_unlock(p, codes.unlock, &u, &e), e);
    age_identity_free(&u);
    assert_done(package_unlock_by_proctors(p, s->id, 2, &u, &e), e);
    age_identity_free(&u);
    package_close(p);
    free(path);
}

static void put_identity(const struct state *s, const struct scratch *folder, const char *name, int who)
{
    struct bytes text = {0};
    age_identity_text(&s->id[who], &text);
    bytes_str(&text, "\n");
    scratch_put(folder, name, bytes_span(&text));
    bytes_release(&text);
}

static void plain_age_opens_what_two_proctors_open(void **state)
{
    struct state *s = *state;
    struct zip *zip = NULL;
    struct scratch folder;
    struct age_identity u = {0};
    struct age_recipient got;
    scratch_open(&folder);
    put_identity(s, &folder, "first", 0);
    put_identity(s, &folder, "third", 2);
    assert_done(zip_open_file(&zip, s->path, &e), e);
    scratch_put(&folder, "1-3.age", zip_get(zip, "unlock/1-3.age"));
    const char *const outer[] = {"age", "-d", "-i", "first", "-o", "inner.age", "1-3.age", NULL},
                      *const inner[] = {"age", "-d", "-i", "third", "-o", "U", "inner.age", NULL},
                      *const wrong[] = {"age", "-d", "-i", "third", "-o", "no", "1-3.age", NULL};
    assert_int_equal(scratch_run(&folder, outer), 0);
    assert_int_equal(scratch_run(&folder, inner), 0);
    assert_int_not_equal(scratch_run(&folder, wrong), 0);
    struct bytes text = scratch_get(&folder, "U");
    assert_done(age_identity_parse(bytes_span(&text), &u, &e), e);
    age_identity_recipient(&u, &got);
    assert_memory_equal(got.pk, package_manifest(s->p)->recipient[MANIFEST_U].pk, sizeof got.pk);
    bytes_release(&text);
    age_identity_free(&u);
    zip_close(zip);
    scratch_close(&folder);
}

/* ---- the groups ---- */

static void as_many_groups_as_the_format_allows(void **state)
{
    static const struct {
        int64_t needed;
        size_t n, groups;
    } cases[] = {{1, 1, 1},    {2, 3, 3},   {1, 32, 32},  {32, 32, 1},   {2, 16, 120},
                 {3, 10, 120}, {4, 9, 126}, {2, 17, 127}, {16, 32, 127}, {3, 2, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proctors p = {.n = cases[i].n, .needed = cases[i].needed};
        assert_int_equal(proctors_subsets(&p), cases[i].groups);
    }
}

static void each_group_has_a_part_of_its_own(void **state)
{
    struct proctors p = {.n = 9, .needed = 4};
    struct proctors_subset s;
    char before[PROCTORS_PART_TEXT] = "", name[PROCTORS_PART_TEXT];
    size_t n = 0;
    (void)state;
    proctors_first(&p, &s);
    do {
        proctors_part(&s, name);
        assert_true(strcmp(before, name) < 0);
        memcpy(before, name, sizeof before);
        n++;
    } while (proctors_next(&p, &s));
    assert_int_equal(n, 126);
    assert_string_equal(name, "unlock/6-7-8-9.age");
}

/* The parts stand in the order of their names, where 10 comes before 2. */
static void any_two_of_twelve_open_it(void **state)
{
    enum { TWELVE = 12 };
    struct state *s = *state;
    struct proctors before = s->w.proctors;
    struct proctors_key many[TWELVE];
    struct age_identity id[TWELVE] = {0}, u = {0};
    struct package_codes codes;
    struct package *p = NULL;
    char *path = world_path(&s->w, "many.exam"), name[TWELVE][8];
    for (int i = 0; i < TWELVE; i++) {
        snprintf(name[i], sizeof name[i], "p%02d", i);
        assert_done(age_identity_new(&id[i], &e), e);
        many[i].name = name[i];
        age_identity_recipient(&id[i], &many[i].key);
    }
    s->w.proctors = (struct proctors){.list = many, .n = TWELVE, .needed = 2};
    world_package(&s->w, "am", 1, path, 1, &codes);
    assert_done(package_open(&p, path, s->w.trust, &e), e);
    for (int i = 0; i + 1 < TWELVE; i++) {
        assert_done(package_unlock_by_proctors(p, id + i, 2, &u, &e), e);
        age_identity_free(&u);
    }
    package_close(p);
    s->w.proctors = before;
    for (int i = 0; i < TWELVE; i++)
        age_identity_free(&id[i]);
    free(path);
}

static void too_many_groups_are_refused_before_anything_is_made(void **state)
{
    struct state *s = *state;
    struct proctors p = {.list = s->list, .n = 17, .needed = 2};
    (void)state;
    assert_refused(proctors_check(&p, &e), ERR_DATA, "more than 126 groups", e);
    p.n = 33;
    assert_refused(proctors_check(&p, &e), ERR_DATA, "cannot open", e);
    p.n = 3;
    p.needed = 4;
    assert_refused(proctors_check(&p, &e), ERR_DATA, "4 of 3", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_two_of_three_open_the_paper_in_any_order),
        cmocka_unit_test(one_alone_opens_nothing_and_is_told_who_is_missing),
        cmocka_unit_test(the_same_key_twice_is_one),
        cmocka_unit_test(a_stranger_s_key_counts_for_nothing),
        cmocka_unit_test(no_code_opens_it_unless_one_was_made),
        cmocka_unit_test(plain_age_opens_what_two_proctors_open),
        cmocka_unit_test(as_many_groups_as_the_format_allows),
        cmocka_unit_test(each_group_has_a_part_of_its_own),
        cmocka_unit_test(any_two_of_twelve_open_it),
        cmocka_unit_test(too_many_groups_are_refused_before_anything_is_made),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
