/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes out at any moment while our own files are written: each is afterwards the old one or the new
 * one, whole, and after "done" was said it is the new one. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/agent/minutes.h"
#include "exam-packages/collect.h"
#include "exam-packages/journal-fold.h"
#include "tests/client/hall.h"
#include "tests/recording/image-tree.h"
#include "tests/recording/image.h"

static struct err e;

static void tell(const char *name, const struct record *r, const struct image_result *found)
{
    printf("# %s: %zu operations, %ld images, %ld guilty\n", name, r->n - r->n_before, found->images,
           found->guilty);
    if (found->guilty)
        printf("# the first: %s\n", found->first);
}

static void none_is_guilty(const char *name, const struct record *r, const struct image_plan *plan,
                           image_check_fn *check, void *context)
{
    struct image_result found = image_each(r, plan, check, context);
    tell(name, r, &found);
    if (found.guilty)
        fail_msg("%ld of %ld images: %s", found.guilty, found.images, found.first);
    assert_true(found.images > 20);
}

/* ---- base/file.h ---- */

enum said_of_files { SAID_OLD, SAID_NEW, SAID_KEY, SAID_DEEP, SAID_COPY, SAID_MANY };

static struct span letters(char letter, size_t n)
{
    static uint8_t text[20000];
    memset(text, letter, n);
    return span_of(text, n);
}

static char *in(const char *dir, const char *name)
{
    return path_join(dir, name);
}

static void puts_files(const char *dir)
{
    char *a = in(dir, "a"), *key = in(dir, "key"), *deep = in(dir, "x/y/z"), *below = in(dir, "x/y/z/f"),
         *copy = in(dir, "copy"), *one = in(dir, "one"), *two = in(dir, "two"), *names = in(dir, "names");
    assert_done(file_put(a, 0644, letters('1', 10000), &e), e);
    record_said(SAID_OLD);
    assert_done(file_put(a, 0644, letters('2', 12000), &e), e);
    record_said(SAID_NEW);
    assert_done(file_put_new(key, 0600, letters('k', 100), &e), e);
    record_said(SAID_KEY);
    assert_done(file_mkdirs(deep, true, &e), e);
    assert_done(file_put(below, 0600, letters('f', 5000), &e), e);
    record_said(SAID_DEEP);
    assert_done(file_copy(a, copy, 0644, &e), e);
    record_said(SAID_COPY);
    assert_done(file_put_soon(one, 0644, letters('o', 6000), &e), e);
    assert_done(file_put_soon(two, 0644, letters('t', 7000), &e), e);
    assert_done(file_sync_all(dir, &e), e);
    assert_done(file_put(names, 0644, letters('n', 10), &e), e);
    record_said(SAID_MANY);
    char *all[] = {a, key, deep, below, copy, one, two, names};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static bool is(struct image *i, const char *path, char letter, size_t n)
{
    const struct bytes *b = image_file(i, path);
    return b && span_equal(bytes_span(b), letters(letter, n));
}

static const char *files_are_whole(void *context, struct image *i, int64_t said)
{
    static const struct {
        const char *path;
        char letter;
        size_t n;
        enum said_of_files when;
    } file[] = {{"key", 'k', 100, SAID_KEY},
                {"x/y/z/f", 'f', 5000, SAID_DEEP},
                {"copy", '2', 12000, SAID_COPY},
                {"names", 'n', 10, SAID_MANY}};
    (void)context;
    bool old = is(i, "a", '1', 10000), new = is(i, "a", '2', 12000);
    if (image_file(i, "a") && !old && !new)
        return "a is neither the old nor the new one";
    if ((said >= SAID_OLD && !old && !new) || (said >= SAID_NEW && !new))
        return "a is not the one that was put";
    for (size_t k = 0; k < sizeof file / sizeof *file; k++)
        if ((image_file(i, file[k].path) || said >= (int64_t)file[k].when) &&
            !is(i, file[k].path, file[k].letter, file[k].n))
            return file[k].path;
    if (image_file(i, "names") && (!is(i, "one", 'o', 6000) || !is(i, "two", 't', 7000)))
        return "what names the others is there before them";
    return NULL;
}

static struct image_result files_put(enum record_deaf deaf)
{
    char *dir = image_tree_new();
    struct image_plan plan = image_plan();
    record_begin(dir, deaf);
    puts_files(dir);
    struct record record = record_end();
    struct image_result found = image_each(&record, &plan, files_are_whole, NULL);
    tell(deaf ? "files, without a sync" : "files", &record, &found);
    image_tree_remove(dir);
    free(dir);
    return found;
}

static void a_file_is_old_or_new_and_whole(void **state)
{
    (void)state;
    struct image_result found = files_put(RECORD_ALL);
    if (found.guilty)
        fail_msg("%ld of %ld images: %s", found.guilty, found.images, found.first);
    assert_true(found.images > 200);
}

static void without_syncs_of_the_folder_it_is_found_guilty(void **state)
{
    (void)state;
    assert_true(files_put(RECORD_NO_SYNC_DIR).guilty > 0);
}

static void without_syncs_of_the_file_it_is_found_guilty(void **state)
{
    (void)state;
    assert_true(files_put(RECORD_NO_SYNC).guilty > 0);
}

/* ---- packages on their way ---- */

struct scene {
    struct world w;
    char *package; /* version 2 */
    char *image;   /* where images are written to */
};

static int begin(void **state)
{
    struct scene *s = mem_alloc(sizeof *s);
    struct package_codes codes;
    world_new(&s->w, 1);
    s->w.practice = true;
    s->image = image_tree_new();
    s->package = world_path(&s->w, "am.exam");
    world_package(&s->w, "am", 1, s->package, 1, &codes);
    assert_done(world_publish(&s->w, s->package, WORLD_NOW, 1, &e), e);
    assert_done(world_pull(s->w.repo, s->w.pinned, s->w.station, WORLD_NOW, &e), e);
    world_package(&s->w, "am", 2, s->package, 1, &codes);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    image_tree_remove(s->image);
    free(s->image);
    free(s->package);
    world_free(&s->w);
    free(s);
    return 0;
}

/* Version of the package that would be opened at a station; 0 when it does not verify, and why. */
static int64_t version_at(const char *station, const struct trust *t)
{
    struct package *p = NULL;
    char *path = path_join(station, "packages/am.exam");
    int64_t version = 0;
    if (package_open(&p, path, t, &e) == 0)
        version = package_manifest(p)->version;
    package_close(p);
    free(path);
    return version;
}

static const char *pulled(const char *repo, const char *station, int64_t *ret_version)
{
    struct trust *t = NULL;
    if (trust_load(&t, station, &e) < 0)
        return "the station's trust does not load";
    int64_t before = version_at(station, t);
    int r = world_pull(repo, t, station, WORLD_NOW, &e);
    *ret_version = version_at(station, t);
    trust_free(t);
    return r < 0 ? e.what : before == 0 ? "the package does not verify" : NULL;
}

static const char *station_has_a_package(void *context, struct image *i, int64_t said)
{
    struct scene *s = context;
    struct trust *t = NULL;
    image_write(i, s->image);
    if (trust_load(&t, s->image, &e) < 0)
        return "the station's trust does not load";
    int64_t version = version_at(s->image, t);
    trust_free(t);
    if (version != 2 && (version != 1 || said >= 0))
        return version ? "the pulled package is not there" : e.what;
    const char *wrong = pulled(s->w.repo, s->image, &version);
    return wrong || version == 2 ? wrong : "pulling again does not complete it";
}

/* A tree is written and verified for each. */
static struct image_plan fewer(void)
{
    struct image_plan plan = image_plan();
    plan.all_up_to = plan.all_up_to < 12 ? 4 : 8;
    plan.seeded /= 10;
    plan.torn /= 8;
    return plan;
}

static void pulling_may_lose_power_anywhere(void **state)
{
    struct scene *s = *state;
    struct trust *t = NULL;
    struct image_plan plan = fewer();
    assert_done(world_publish(&s->w, s->package, WORLD_NOW, 1, &e), e);
    assert_done(trust_load(&t, s->w.station, &e), e);
    record_begin(s->w.station, RECORD_ALL);
    assert_done(world_pull(s->w.repo, t, s->w.station, WORLD_NOW, &e), e);
    record_said(0);
    struct record record = record_end();
    trust_free(t);
    none_is_guilty("pull", &record, &plan, station_has_a_package, s);
}

static const char *repository_serves(void *context, struct image *i, int64_t said)
{
    struct scene *s = context;
    char *station = mem_printf("%s-station", s->image);
    int64_t version = 0;
    image_write(i, s->image);
    image_tree_remove(station);
    world_copy_tree(s->w.station, station);
    const char *wrong = pulled(s->image, station, &version);
    if (!wrong && version != 2 && (version != 1 || said >= 0))
        wrong = "what was published is not there";
    image_tree_remove(station);
    free(station);
    return wrong;
}

static void publishing_may_lose_power_anywhere(void **state)
{
    struct scene *s = *state;
    struct image_plan plan = fewer();
    record_begin(s->w.repo, RECORD_ALL);
    assert_done(world_publish(&s->w, s->package, WORLD_NOW, 1, &e), e);
    record_said(0);
    struct record record = record_end();
    none_is_guilty("publish", &record, &plan, repository_serves, s);
}

/* ---- a room ---- */

enum said_of_room { SAID_ABSENT, SAID_BEGUN, SAID_ANSWERED, SAID_RECEIPT, SAID_CLOSED, SAID_EXPORTED };

struct room_scene {
    struct hall hall;
    struct arena *a;
    char *image;
    char receipt[22];
};

static void a_candidate_sits(struct room_scene *s)
{
    struct link *l = NULL;
    struct link_candidate who;
    struct link_terms terms;
    struct sitting *sitting = NULL;
    struct clock_reading now = exam_clock(0);
    struct response_set set = exam_choice(s->a, "B");
    assert_done(link_open(&l, s->hall.home, &e), e);
    assert_done(link_sign_in(l, "T001", "", s->a, &who, &e), e);
    assert_done(link_start(l, s->a, &terms, &e), e);
    record_said(SAID_BEGUN);
    assert_done(sitting_open(&sitting, &terms, NULL, &now, &e), e);
    assert_done(sitting_start(sitting, &now, &e), e);
    assert_done(sitting_answer(sitting, 1, &set, &now, &e), e);
    record_said(SAID_ANSWERED);
    for (int i = 0; i < 100; i++) {
        enum session_notice n;
        now.mono_ms += 10000;
        assert_done(sitting_clock(sitting, &now, &n, &e), e);
    }
    assert_done(sitting_hand_in(sitting, &now, &e), e);
    assert_done(link_seal(l, s->receipt, &e), e);
    record_said(SAID_RECEIPT);
    sitting_close(sitting);
    link_close(l);
    journal_keys_wipe(&terms.keys);
}

static void an_exam_is_held(struct room_scene *s)
{
    struct control *c = NULL;
    struct control_closing closing;
    struct collection *made = NULL;
    char *path = NULL;
    assert_done(control_open(&c, s->hall.home, s->hall.code, &e), e);
    assert_done(control_presence(c, "T003", CONTROL_ABSENT, &e), e);
    record_said(SAID_ABSENT);
    a_candidate_sits(s);
    assert_done(control_close_room(c, &closing, &e), e);
    record_said(SAID_CLOSED);
    control_close(c);
    assert_done(collect_open(&made, s->hall.home, NULL, NULL, &e), e);
    assert_done(collect_write(made, NULL, 0, NULL, &path, &e), e);
    record_said(SAID_EXPORTED);
    collect_close(made);
    free(path);
}

static const char *check_journal(struct room_scene *s, int64_t said)
{
    const char *wrong = NULL;
    struct journal *j = NULL;
    struct journal_work work = {0};
    char *path = path_join(s->image, "sessions/am/journals/T001.journal");
    if (!file_exists(path))
        wrong = said >= SAID_BEGUN ? "the journal is not there" : NULL;
    else if (journal_open(&j, path, NULL, NULL, &e) < 0 ||
             journal_unseal(j, &s->hall.world.results, 1, &e) < 0 || journal_fold(j, &work, &e) < 0)
        wrong = e.what;
    else if (said >= SAID_ANSWERED && !journal_work_find(&work, "k002"))
        wrong = "an acknowledged answer is lost";
    else if (said >= SAID_RECEIPT && (!work.sealed || strcmp(work.receipt, s->receipt) != 0))
        wrong = "the end that the receipt names is lost";
    journal_work_release(&work);
    journal_close(j);
    free(path);
    return wrong;
}

static const char *check_minutes(struct room_scene *s, int64_t said)
{
    char *path = path_join(s->image, "sessions/am/minutes.db");
    struct minutes *m = NULL;
    struct minute *found = NULL;
    size_t n = 0;
    const char *wrong = NULL;
    struct arena *a = arena_new();
    if (!file_exists(path))
        wrong = said >= SAID_ABSENT ? "the minutes are not there" : NULL;
    else if (minutes_open(&m, path, NULL, &e) < 0 ||
             minutes_find(m, &(struct minutes_query){.kind = "absent", .ticket = "T003"}, a, &found, &n, &e) <
                 0)
        wrong = e.what;
    else if (said >= SAID_ABSENT && n == 0)
        wrong = "an absence that was noted is lost";
    minutes_close(m);
    arena_free(a);
    free(path);
    return wrong;
}

static const char *check_text(struct image *i, const char *path, const char *end, const char *words,
                              bool needed)
{
    const struct bytes *b = image_file(i, path);
    if (!b)
        return needed ? path : NULL;
    char *text = mem_printf("%.*s", (int)b->n, (const char *)b->p);
    bool whole = strstr(text, end) && (!needed || strstr(text, words));
    free(text);
    return whole ? NULL : path;
}

static const char *check_bundle(struct room_scene *s)
{
    struct collection *made = NULL;
    struct bundle *b = NULL;
    char *path = NULL;
    const char *wrong = NULL;
    if (collect_open(&made, s->image, NULL, NULL, &e) < 0 ||
        collect_write(made, NULL, 0, NULL, &path, &e) < 0 ||
        bundle_open(&b, path, s->hall.world.pinned, &e) < 0)
        wrong = e.what;
    bundle_close(b);
    collect_close(made);
    free(path);
    return wrong;
}

static const char *room_is_whole(void *context, struct image *i, int64_t said)
{
    struct room_scene *s = context;
    const char *wrong =
        check_text(i, "sessions/am/close.xml", "</close>", "ticket=\"T001\"", said >= SAID_CLOSED);
    image_write(i, s->image);
    if (!wrong)
        wrong = check_minutes(s, said);
    if (!wrong)
        wrong = check_journal(s, said);
    return wrong || said < SAID_CLOSED ? wrong : check_bundle(s);
}

static void a_room_may_lose_power_anywhere(void **state)
{
    (void)state;
    struct room_scene s = {.a = arena_new(), .image = image_tree_new()};
    struct image_plan plan = fewer();
    plan.seeded /= 3; /* each is verified from the journal to the bundle */
    plan.torn = plan.torn > 2 ? plan.torn / 2 : 1;
    plan.all_up_to -= 1;
    hall_open(&s.hall);
    record_begin(s.hall.home, RECORD_ALL); /* the agent, its child, records too */
    hall_unlock(&s.hall);
    an_exam_is_held(&s);
    struct record record = record_end();
    none_is_guilty("room", &record, &plan, room_is_whole, &s);
    hall_close(&s.hall);
    image_tree_remove(s.image);
    free(s.image);
    arena_free(s.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_old_or_new_and_whole),
        cmocka_unit_test(without_syncs_of_the_folder_it_is_found_guilty),
        cmocka_unit_test(without_syncs_of_the_file_it_is_found_guilty),
        cmocka_unit_test_setup_teardown(pulling_may_lose_power_anywhere, begin, end),
        cmocka_unit_test_setup_teardown(publishing_may_lose_power_anywhere, begin, end),
        cmocka_unit_test(a_room_may_lose_power_anywhere),
    };
    return cmocka_run_group_tests_name("files-power", tests, NULL, NULL);
}
