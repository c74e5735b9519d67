/* SPDX-License-Identifier: Apache-2.0 */
/* The real scoring program on a station, at the office and at the auditor's: the same work, the same bytes. */
#include "tests/check.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "scoring/record.h"
#include "tests/client/hall.h"

extern char **environ;

struct room {
    struct hall hall;
    struct arena *a;
    char *unscored, *scored; /* bundles */
    char *said;              /* what the last program printed */
};

#define SCORE "cli/score/kaochang-score"

/* Runs a program of the build; returns its exit status. Arguments end with NULL. */
static int run(struct room *r, const char *name, ...)
{
    const char *argv[24] = {name};
    char *program = path_join(getenv("BUILD_ROOT"), name), *log = world_path(&r->hall.world, "log");
    posix_spawn_file_actions_t actions;
    va_list ap;
    pid_t pid;
    int status = -1;
    va_start(ap, name);
    for (size_t n = 1; n < 23 && (argv[n] = va_arg(ap, const char *)); n++)
        ;
    va_end(ap);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    assert_int_equal(posix_spawn(&pid, program, &actions, NULL, (char **)(uintptr_t)argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    struct bytes said = world_read(log);
    r->said = arena_strndup(r->a, said.n ? (const char *)said.p : "", said.n);
    bytes_release(&said);
    free(program);
    free(log);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void sit(struct room *r, const char *ticket, const char *const choice[4], bool hands_in)
{
    struct err e;
    struct link *l = NULL;
    struct link_candidate who;
    struct link_terms terms;
    struct sitting *s = NULL;
    struct clock_reading now = exam_clock(0);
    char receipt[22];
    assert_done(link_open(&l, r->hall.home, &e), e);
    assert_done(link_sign_in(l, ticket, "", r->a, &who, &e), e);
    assert_done(link_start(l, r->a, &terms, &e), e);
    assert_done(sitting_open(&s, &terms, NULL, &now, &e), e);
    journal_keys_wipe(&terms.keys);
    assert_done(sitting_start(s, &now, &e), e);
    for (size_t i = 0; i < 4; i++) {
        struct response_set set = exam_choice(r->a, choice[i]);
        if (choice[i])
            assert_done(sitting_answer(s, i, &set, &now, &e), e);
    }
    for (int i = 0; hands_in && i < 100; i++) {
        enum session_notice n;
        now.mono_ms += 10000;
        assert_done(sitting_clock(s, &now, &n, &e), e);
    }
    if (hands_in) {
        assert_done(sitting_hand_in(s, &now, &e), e);
        assert_done(link_seal(l, receipt, &e), e);
    }
    sitting_close(s);
    link_close(l);
}

static int set_up(void **state)
{
    static const char *const all_right[] = {"A", "B", "C", "D"}, *const one_right[] = {"A", "C", NULL, "A"};
    struct room *r = calloc(1, sizeof *r);
    struct err e;
    struct control *c = NULL;
    struct control_closing closing;
    hall_open(&r->hall);
    r->a = arena_new();
    hall_unlock(&r->hall);
    sit(r, "T001", all_right, true);
    sit(r, "T002", one_right, false);
    assert_done(control_open(&c, r->hall.home, r->hall.code, &e), e);
    assert_done(control_close_room(c, &closing, &e), e);
    control_close(c);
    r->unscored = world_path(&r->hall.world, "unscored.results");
    r->scored = world_path(&r->hall.world, "scored.results");
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;
    hall_close(&r->hall);
    arena_free(r->a);
    free(r->unscored);
    free(r->scored);
    free(r);
    return 0;
}

static bool same_files(const char *a, const char *b)
{
    struct bytes x = world_read(a), y = world_read(b);
    bool same = span_equal(bytes_span(&x), bytes_span(&y));
    bytes_release(&x);
    bytes_release(&y);
    return same;
}

/* A part of a bundle's inside, copied into the arena; p NULL where it is not there. */
static struct span inside(struct room *r, const char *path, const char *name)
{
    struct err e;
    struct bundle *b = NULL;
    const struct zip *inner = NULL;
    assert_done(bundle_open(&b, path, r->hall.world.trust, &e), e);
    assert_done(bundle_unseal(b, &r->hall.world.results, 1, &inner, &e), e);
    struct span part = zip_get(inner, name);
    if (part.p)
        part.p = arena_copy(r->a, part.p, part.n);
    bundle_close(b);
    return part;
}

static char *close_code(struct room *r)
{
    char shown[CODE_SHOWN];
    return arena_strdup(r->a, code_show(r->hall.codes.close, shown));
}

static void without_the_close_code_a_bundle_leaves_without_scores(void **state)
{
    struct room *r = *state;
    assert_int_equal(run(r, SCORE, "session", r->hall.home, "-o", r->unscored, NULL), 0);
    assert_non_null(strstr(r->said, "not scored"));
    assert_non_null(inside(r, r->unscored, "journals/T001.journal").p);
    assert_null(inside(r, r->unscored, "scores/T001.xml").p);
}

static void a_wrong_close_code_scores_nothing(void **state)
{
    struct room *r = *state;
    char *none = world_path(&r->hall.world, "none.results");
    assert_int_equal(run(r, SCORE, "session", r->hall.home, "--code", r->hall.code, "-o", none, NULL), 1);
    assert_false(file_exists(none));
    free(none);
}

static void with_the_close_code_every_sitting_is_scored(void **state)
{
    struct room *r = *state;
    struct err e;
    struct score_record one = {0}, two = {0};
    assert_int_equal(run(r, SCORE, "session", r->hall.home, "--code", close_code(r), "-o", r->scored, NULL), 0);
    assert_non_null(strstr(r->said, "2 of 2"));
    assert_done(score_record_read(&one, "T001", inside(r, r->scored, "scores/T001.xml"), &e), e);
    assert_done(score_record_read(&two, "T002", inside(r, r->scored, "scores/T002.xml"), &e), e);
    assert_int_equal(one.points.milli, 4000);
    assert_int_equal(two.points.milli, 1000);
    assert_string_equal(two.item[1].evidence, "answered C; correct B");
    assert_string_equal(two.item[2].evidence, "no answer; correct C");
    score_record_release(&one);
    score_record_release(&two);
}

static void a_second_export_gives_the_same_bytes(void **state)
{
    struct room *r = *state;
    char *again = world_path(&r->hall.world, "again.results");
    assert_int_equal(run(r, SCORE, "session", r->hall.home, "--code", close_code(r), "-o", again, NULL), 0);
    assert_true(same_files(again, r->scored));
    free(again);
}

static char *identity_file(struct room *r, const char *name, const struct age_identity *id)
{
    struct bytes text = {0};
    char *path = world_path(&r->hall.world, name);
    age_identity_text(id, &text);
    world_write(path, bytes_span(&text));
    bytes_release(&text);
    return path;
}

/* The unscored bundle is merged and scored at the office; then the station's own records come, and contradict nothing. */
static void the_office_scores_to_the_bytes_of_the_station(void **state)
{
    struct room *r = *state;
    char *package = path_join(r->hall.home, "packages/am.exam"), *office = r->hall.world.office;
    char *recovery = identity_file(r, "r.identity", &r->hall.world.recovery);
    assert_int_equal(run(r, "tests/scoring/merge-bundle", office, r->unscored, recovery, NULL), 0);
    assert_string_equal(r->said, "2 sittings, 0 records, 0 contradictory\n");
    assert_int_equal(run(r, SCORE, "store", "-C", office, "--package", package, "--identity", recovery, NULL), 0);
    assert_non_null(strstr(r->said, "2 sittings scored"));
    assert_int_equal(run(r, SCORE, "store", "-C", office, "--package", package, "--identity", recovery, NULL), 0);
    assert_non_null(strstr(r->said, "0 sittings scored"));
    assert_int_equal(run(r, "tests/scoring/merge-bundle", office, r->scored, recovery, NULL), 0);
    assert_string_equal(r->said, "2 sittings, 2 records, 0 contradictory\n");
    free(package);
    free(recovery);
}

static void the_homes_own_identities_open_what_is_to_be_verified(void **state)
{
    struct room *r = *state;
    struct err e;
    char *record_file = world_path(&r->hall.world, "T001.xml"), *key_file = world_path(&r->hall.world, "key.zip");
    char *home = world_path(&r->hall.world, "auditor"), *keys = path_join(home, "keys");
    world_write(record_file, inside(r, r->scored, "scores/T001.xml"));
    assert_done(file_mkdirs(keys, true, &e), e);
    assert_int_equal(run(r, SCORE, "verify", "-C", home, record_file, "--bundle", r->scored, "--key", key_file, NULL), 2);
    assert_non_null(strstr(r->said, "--identity"));
    free(identity_file(r, "auditor/keys/results.identity", &r->hall.world.results));
    assert_int_equal(run(r, SCORE, "verify", "-C", home, record_file, "--bundle", r->scored, "--key", key_file, NULL), 0);
    assert_non_null(strstr(r->said, "certificate is not checked"));
    free(record_file);
    free(key_file);
    free(home);
    free(keys);
}

static void an_auditor_scores_again_to_the_same_bytes(void **state)
{
    struct room *r = *state;
    struct err e;
    struct package *p = NULL;
    struct bytes key = {0};
    char *package = path_join(r->hall.home, "packages/am.exam"), *key_file = world_path(&r->hall.world, "key.zip");
    char *record_file = world_path(&r->hall.world, "T002.xml");
    char *results = identity_file(r, "o.identity", &r->hall.world.results);
    assert_done(package_open(&p, package, r->hall.world.trust, &e), e);
    assert_done(package_open_part(p, "key.age", &r->hall.world.recovery, &key, &e), e);
    world_write(key_file, bytes_span(&key));
    struct span record = inside(r, r->scored, "scores/T002.xml");
    world_write(record_file, record);
    assert_int_equal(run(r, SCORE, "verify", "-C", r->hall.world.office, record_file, "--bundle", r->scored, "--key", key_file,
                           "--identity", results, NULL), 0);
    assert_non_null(strstr(r->said, "the same bytes"));
    struct score_record forged = {0};
    struct bytes out = {0};
    assert_done(score_record_read(&forged, "T002", record, &e), e);
    forged.item[1].points = points_milli(1000);
    forged.points = points_milli(2000);
    assert_done(score_record_write(&forged, &out, &e), e);
    world_write(record_file, bytes_span(&out));
    assert_int_equal(run(r, SCORE, "verify", "-C", r->hall.world.office, record_file, "--bundle", r->scored, "--key", key_file,
                           "--identity", results, NULL), 1);
    assert_non_null(strstr(r->said, "k002: 1 points here, 0 there"));
    score_record_release(&forged);
    bytes_release(&out);
    bytes_release(&key);
    package_close(p);
    free(package);
    free(key_file);
    free(record_file);
    free(results);
}

static void a_damaged_journal_is_named_and_does_not_stop_the_others(void **state)
{
    struct room *r = *state;
    char *damaged = path_join(r->hall.home, "sessions/am/journals/T003.journal");
    char *out = world_path(&r->hall.world, "rest.results");
    world_write(damaged, span_str("not a journal"));
    assert_int_equal(run(r, SCORE, "session", r->hall.home, "--code", close_code(r), "-o", out, NULL), 0);
    assert_non_null(strstr(r->said, "2 of 2"));
    assert_non_null(strstr(r->said, "1 sittings stay here"));
    assert_non_null(strstr(r->said, "\n  T003\n"));
    free(damaged);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_the_close_code_a_bundle_leaves_without_scores),
        cmocka_unit_test(a_wrong_close_code_scores_nothing),
        cmocka_unit_test(with_the_close_code_every_sitting_is_scored),
        cmocka_unit_test(a_second_export_gives_the_same_bytes),
        cmocka_unit_test(the_office_scores_to_the_bytes_of_the_station),
        cmocka_unit_test(an_auditor_scores_again_to_the_same_bytes),
        cmocka_unit_test(the_homes_own_identities_open_what_is_to_be_verified),
        cmocka_unit_test(a_damaged_journal_is_named_and_does_not_stop_the_others),
    };
    return cmocka_run_group_tests_name("station", tests, set_up, tear_down);
}
