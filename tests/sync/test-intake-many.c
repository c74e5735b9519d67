/* SPDX-License-Identifier: Apache-2.0 */
/* Many bundles, opened by several threads at once: the store, and what is said of each, are those of one
 * after another. */
#include "sync/intake.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/check.h"
#include "tests/killing.h"
#include "tests/sync/results.h"

enum { BUNDLES = 9, GOOD = 6 };

struct inbox {
    struct results_room room, elsewhere;
    char *path[BUNDLES];
    char *store;
};

static struct err e;

static char *bundle(struct results_room *r, struct inbox *to, const char *name, const struct sat *sat,
                    size_t n)
{
    char *made = results_bundle(r, name, sat, n, &r->world.station_key),
         *path = world_path(&to->room.world, name);
    if (r != &to->room) {
        struct bytes data = world_read(made);
        world_write(path, bytes_span(&data));
        bytes_release(&data);
    }
    free(made);
    return path;
}

static void spoil(const char *path)
{
    struct bytes data = world_read(path);
    data.p[data.n / 2] ^= 1;
    world_write(path, bytes_span(&data));
    bytes_release(&data);
}

/* Six good ones, of which two contradict one another and one is a beginning of another; one that was edited,
 * one of a stranger, one that is not there. */
static int set_up(void **state)
{
    struct inbox *x = calloc(1, sizeof *x);
    static const struct sat sat[BUNDLES][2] = {
        {{.ticket = "420101", .answers = 4, .scored = true, .points = 80}},
        {{.ticket = "420101", .answers = 2, .unsigned_end = true}},
        {{.ticket = "420102", .answers = 3}, {.ticket = "420103", .answers = 1}},
        {{.ticket = "420103", .answers = 2, .by_spare = true}},
        {{.ticket = "420102", .answers = 3}},
        {{.ticket = "420104", .answers = 5, .scored = true, .points = 60}},
        {{.ticket = "420101", .answers = 4}},
        {{.ticket = "420101", .answers = 1}},
    };
    results_open(&x->room);
    results_open(&x->elsewhere);
    for (int i = 0; i < BUNDLES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d.results", i);
        struct results_room *r = i == 7 ? &x->elsewhere : &x->room;
        x->path[i] =
            i < 8 ? bundle(r, x, name, sat[i], sat[i][1].ticket ? 2 : 1) : world_path(&x->room.world, name);
    }
    spoil(x->path[6]);
    x->store = world_path(&x->room.world, "store.db");
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    struct inbox *x = *state;
    for (int i = 0; i < BUNDLES; i++)
        free(x->path[i]);
    free(x->store);
    results_close(&x->room);
    results_close(&x->elsewhere);
    free(x);
    return 0;
}

static void remove_store(const struct inbox *x)
{
    static const char *const ending[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char *path = mem_printf("%s%s", x->store, ending[i]);
        unlink(path);
        free(path);
    }
}

static struct store *opened(const struct inbox *x, struct intake *ret)
{
    struct store *s = NULL;
    assert_done(store_open(&s, x->store, DB_CREATE, &e), e);
    *ret =
        (struct intake){.store = s, .trust = x->room.world.trust, .id = &x->room.world.results, .n_ids = 1};
    return s;
}

/* What is said of each bundle, and at the end the digest. */
struct said {
    struct bytes text;
    size_t next;
    int stop_at; /* of those that are told; -1 never */
};

static int tell(void *context, size_t i, int r, const struct intake_result *result, const struct err *own,
                struct err *err)
{
    struct said *s = context;
    assert_int_equal(i, s->next++);
    bytes_printf(&s->text, "%d held %d sittings %zu records %zu bad %zu", r, result->held,
                 result->counts.sittings, result->counts.records, result->counts.contradictory);
    if (r < 0)
        bytes_printf(&s->text, " %s: %s; %s", own->where, own->what, own->hint);
    bytes_str(&s->text, "\n");
    return (int)i == s->stop_at ? err_set(err, ERR_ENV, "disk", "full") : 0;
}

static void add_digest(struct store *store, struct bytes *to)
{
    uint8_t digest[32];
    char hex[65];
    assert_done(store_digest(store, digest, &e), e);
    bytes_str(to, hex_encode(hex, digest, sizeof digest));
}

/* One after another; *ret_digest gets the digest alone. */
static char *one_by_one(const struct inbox *x, const char *const *path, size_t n, char **ret_digest)
{
    struct intake in;
    struct store *store = opened(x, &in);
    struct said s = {.stop_at = -1};
    struct bytes digest = {0};
    for (size_t i = 0; i < n; i++) {
        struct intake_result result;
        struct err own = {0};
        int r = intake_bundle(&in, path[i], &result, &own);
        tell(&s, i, r, &result, &own, &e);
    }
    add_digest(store, &digest);
    bytes_u8(&digest, '\0');
    bytes_u8(&s.text, '\0');
    store_close(store);
    remove_store(x);
    if (ret_digest)
        *ret_digest = (char *)digest.p;
    else
        bytes_release(&digest);
    return (char *)s.text.p;
}

static char *together(const struct inbox *x, const char *const *path, size_t n, unsigned threads,
                      char **ret_digest)
{
    struct intake in;
    struct store *store = opened(x, &in);
    struct said s = {.stop_at = -1};
    struct bytes digest = {0};
    assert_done(store_hurry(store, &e), e);
    assert_done(intake_bundles(&in, path, n, threads, tell, &s, &e), e);
    assert_done(store_settle(store, &e), e);
    assert_int_equal(s.next, n);
    add_digest(store, &digest);
    bytes_u8(&digest, '\0');
    bytes_u8(&s.text, '\0');
    store_close(store);
    remove_store(x);
    *ret_digest = (char *)digest.p;
    return (char *)s.text.p;
}

static void however_many_threads_open_them_all_is_the_same(void **state)
{
    struct inbox *x = *state;
    char *first = NULL;
    for (int turn = 0; turn < 3; turn++) { /* three orders */
        const char *path[BUNDLES];
        char *digest = NULL;
        for (int i = 0; i < BUNDLES; i++)
            path[i] = x->path[turn == 1 ? BUNDLES - 1 - i : (i + 4 * turn) % BUNDLES];
        char *said = one_by_one(x, path, BUNDLES, &digest);
        assert_non_null(strstr(said, "6.results"));
        assert_non_null(strstr(said, "8.results: cannot open"));
        assert_non_null(strstr(said, "held 1"));
        for (unsigned threads = 0; threads <= 3; threads++) {
            char *other = NULL, *also = together(x, path, BUNDLES, threads, &other);
            assert_string_equal(also, said);
            assert_string_equal(other, digest);
            free(also);
            free(other);
        }
        free(said);
        if (first)
            assert_string_equal(digest, first);
        if (!first)
            first = digest;
        else
            free(digest);
    }
    free(first);
}

static void what_ends_the_work_ends_it_there(void **state)
{
    struct inbox *x = *state;
    const char *const *path = (const char *const *)x->path;
    char *digest = NULL, *said = one_by_one(x, path, 3, &digest);
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct intake in;
        struct store *store = opened(x, &in);
        struct said s = {.stop_at = 2};
        struct bytes there = {0};
        assert_refused(intake_bundles(&in, path, BUNDLES, threads, tell, &s, &e), ERR_ENV, "full", e);
        assert_int_equal(s.next, 3);
        add_digest(store, &there);
        bytes_u8(&there, '\0');
        assert_string_equal((char *)there.p, digest);
        bytes_release(&there);
        bytes_release(&s.text);
        store_close(store);
        remove_store(x);
    }
    free(said);
    free(digest);
}

static int quiet(void *context, size_t i, int r, const struct intake_result *result, const struct err *own,
                 struct err *err)
{
    (void)context, (void)i, (void)r, (void)result, (void)own, (void)err;
    return 0;
}

static int merge_hurrying(void *context)
{
    const struct inbox *x = context;
    struct intake in;
    struct store *store = opened(x, &in);
    int r = store_hurry(store, &e);
    if (r == 0)
        r = intake_bundles(&in, (const char *const *)x->path, GOOD, 2, quiet, NULL, &e);
    if (r == 0)
        r = store_settle(store, &e);
    store_close(store);
    return r;
}

/* Killed at any change of the disk, the store holds the first so many bundles, whole; then the rest comes in.
 */
static void killed_in_the_middle_no_bundle_is_there_in_part(void **state)
{
    struct inbox *x = *state;
    const char *const *path = (const char *const *)x->path;
    char *after[GOOD + 1];
    bool ended = false, seen[GOOD + 1] = {false};
    for (size_t n = 0; n <= GOOD; n++)
        free(one_by_one(x, path, n, &after[n]));
    for (int change = 3; !ended; change += 7) {
        int status = 0;
        size_t n = 0;
        char *digest = NULL;
        remove_store(x);
        ended = run_until_change(change, merge_hurrying, x, &status);
        assert_int_equal(status, 0);
        struct intake in;
        struct store *store = opened(x, &in);
        struct bytes there = {0};
        add_digest(store, &there);
        bytes_u8(&there, '\0');
        while (n < GOOD && strcmp((char *)there.p, after[n]) != 0)
            n++;
        assert_string_equal((char *)there.p, after[n]);
        seen[n] = true;
        bytes_release(&there);
        store_close(store);
        free(together(x, path, GOOD, 2, &digest));
        assert_string_equal(digest, after[GOOD]);
        free(digest);
    }
    assert_true(seen[0] && seen[GOOD] && (seen[1] || seen[2] || seen[3]));
    for (size_t n = 0; n <= GOOD; n++)
        free(after[n]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(however_many_threads_open_them_all_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_ends_the_work_ends_it_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(killed_in_the_middle_no_bundle_is_there_in_part, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("intake-many", tests, NULL, NULL);
}
