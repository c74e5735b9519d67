/* SPDX-License-Identifier: Apache-2.0 */
/* What rooms say when they are closed, held against what comes: whatever comes first. */
#include <stdlib.h>

#include "base/rng.h"
#include "exam-packages/derive.h"
#include "sync/closing.h"
#include "tests/check.h"
#include "tests/sync/sittings.h"

struct fixture {
    struct store *store;
    struct arena *arena;
    char path[64];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->store = made_store(f->path);
    f->arena = arena_new();
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    made_remove(f->store, f->path);
    arena_free(f->arena);
    free(f);
    return 0;
}

/* The reasons for which a ticket stands in quarantine, each once, in order. */
static const char *why(struct fixture *f, const char *ticket)
{
    struct store_quarantined *all = NULL;
    size_t n = 0;
    struct err e;
    const char *text = "", *last = "";
    assert_done(store_quarantine(f->store, f->arena, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].ticket, ticket) == 0 && strcmp(all[i].reason, last) != 0) {
            last = all[i].reason;
            text = arena_printf(f->arena, "%s%s%s", text, text[0] ? " " : "", last);
        }
    return text;
}

static enum store_mark mark(struct fixture *f, const char *ticket)
{
    struct store_result *all = NULL;
    size_t n = 0;
    struct err e;
    assert_done(store_results(f->store, "am1", "kaochang-1", f->arena, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].ticket, ticket) == 0)
            return all[i].mark;
    return STORE_ABSENT;
}

/* A bundle with one sitting, and none other. */
static struct made *work(const char *ticket, const char *chain)
{
    struct made *m = made_bundle(ticket);
    blake2b_256(m->in.bundle, span_str(chain)); /* told apart by both */
    m->in.bundle[0] ^= (uint8_t)ticket[1];
    made_sitting(m, ticket, "s", chain);
    return m;
}

/* The closing of the room R1, with which nothing else comes. */
static struct made *closing(const char *says)
{
    struct made *m = made_bundle(says);
    made_closing(m, says, true);
    return m;
}

static void put(struct fixture *f, struct made *m)
{
    made_merge(f->store, m);
    made_free(m);
}

static void a_closing_that_fits_is_silent(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>");
    made_sitting(m, "T1", "s", "abc");
    made_closed(m, "T1", 1, "abc", "handed-in");
    assert_int_equal(made_merge(f->store, m).contradictory, 0);
    assert_string_equal(why(f, "T1"), "");
    assert_int_equal(mark(f, "T1"), STORE_UNSCORED);
    made_free(m);
}

static void a_journal_that_a_closing_names_is_missing_until_it_comes(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>");
    int64_t missing = 0;
    struct err e;
    made_sitting(m, "T2", "s", "x");
    made_closed(m, "T1", 1, "abc", "handed-in");
    made_closed(m, "T2", 1, "x", "handed-in");
    assert_int_equal(made_merge(f->store, m).contradictory, 0);
    made_free(m);
    assert_string_equal(why(f, "T1"), "close-missing");
    assert_done(store_missing(f->store, &missing, &e), e);
    assert_int_equal(missing, 1);
    put(f, work("T1", "ab"));
    assert_string_equal(why(f, "T1"), "close-missing");
    assert_int_equal(mark(f, "T1"), STORE_QUARANTINED);
    put(f, work("T1", "abc"));
    assert_string_equal(why(f, "T1"), "");
    assert_done(store_missing(f->store, &missing, &e), e);
    assert_int_equal(missing, 0);
}

static void another_end_than_the_closing_says_is_kept_apart_with_both_sides(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>");
    struct store_quarantined *all = NULL;
    size_t n = 0;
    struct err e;
    made_closed(m, "T1", 1, "abc", "handed-in");
    made_closed(m, "T2", 1, "abc", "forced-end");
    put(f, work("T1", "abx"));
    put(f, m);
    assert_string_equal(why(f, "T1"), "close-other");
    assert_done(store_quarantine(f->store, f->arena, &all, &n, &e), e);
    assert_int_equal(n, 3); /* both sides of the first; the second is missing */
    put(f, work("T2", "abcd"));
    assert_string_equal(why(f, "T2"), "close-other");
}

static void an_epoch_that_began_after_the_closing_is_kept_apart(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>"), *later = work("T1", "abc");
    made_closed(m, "T1", 1, "abc", "handed-in");
    made_epoch(later, "again", "xy");
    put(f, m);
    put(f, later);
    assert_string_equal(why(f, "T1"), "close-other");
}

static void whom_the_rooms_machine_did_not_count_is_kept_apart(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>"), *elsewhere = work("T3", "abc");
    made_closed(m, "T1", 1, "abc", "handed-in");
    elsewhere->in.room = "R2";
    put(f, work("T1", "abc"));
    put(f, work("T2", "abc"));
    put(f, m);
    put(f, elsewhere);
    assert_string_equal(why(f, "T1"), "");
    assert_string_equal(why(f, "T2"), "close-unnamed");
    assert_string_equal(why(f, "T3"), "");
}

static void a_single_station_speaks_for_itself_only(void **state)
{
    struct fixture *f = *state;
    struct made *m = made_bundle("station");
    made_closing(m, "<close>", false);
    made_closed(m, "T1", 1, "abc", "forced-end");
    put(f, m);
    struct made *moved = work("T1", "abc");
    made_epoch(moved, "again", "xy"); /* goes on at another machine; the old one ended its tail */
    put(f, moved);
    put(f, work("T2", "abc"));
    assert_string_equal(why(f, "T1"), "");
    assert_string_equal(why(f, "T2"), "");
}

/* docs/room.md, "A stranded machine": its disk turns up a week later, and nobody has to decide anything. */
static void a_stranded_machine_is_no_alarm_once_its_disk_has_come(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>"), *reseated = work("T3", "abc");
    made_closed(m, "T1", 1, "ab", "answering");
    made_closed(m, "T2", 1, "ab", "paused");
    made_closed(m, "T3", 1, "ab", "answering");
    made_closed(m, "T4", 1, "", "damaged");
    put(f, m);
    assert_string_equal(why(f, "T1"), "close-missing");
    put(f, work("T1", "ab"));
    assert_string_equal(why(f, "T1"), "");
    put(f, work("T1", "abcdef"));
    assert_string_equal(why(f, "T1"), "");
    put(f, work("T2", "axx"));
    assert_string_equal(why(f, "T2"), "close-other");
    made_epoch(reseated, "again", "xy");
    put(f, reseated);
    assert_string_equal(why(f, "T3"), "");
    assert_string_equal(why(f, "T4"), "close-missing");
    put(f, work("T4", "q"));
    assert_string_equal(why(f, "T4"), "");
}

/* ---- what was announced before the close code was given out ---- */

static void announce(struct store *s, const struct release_room *room, size_t n)
{
    struct release_record r = {.session = "am1",
                               .date = "2026-11-22T12:00:00+08:00",
                               .room = (struct release_room *)(uintptr_t)room,
                               .n = n};
    struct bytes document = {0};
    struct err e;
    assert_done(release_record_write(&r, &document, &e), e);
    assert_done(store_put_release(s, &r, bytes_span(&document), &e), e);
    bytes_release(&document);
}

static struct release_room by_phone(const char *document)
{
    struct release_room x = {.site = "S01", .room = "R1", .how = RELEASE_PHONE, .sat = 1, .key = {7}};
    const struct close_record c = {.session = "am1", .site = "S01", .room = "R1", .count = 1};
    close_number_make(x.key, &c, span_str(document), x.number);
    return x;
}

static void the_record_that_was_read_by_phone_is_the_one_that_must_come(void **state)
{
    struct fixture *f = *state;
    const struct release_room said = by_phone("<close true>");
    struct made *other = closing("<close other>"), *same = closing("<close true>");
    made_closed(other, "T1", 1, "abc", "handed-in");
    made_closed(same, "T1", 1, "abc", "handed-in");
    announce(f->store, &said, 1);
    put(f, work("T1", "abc"));
    put(f, other);
    assert_string_equal(why(f, "T1"), "close-announced");
    put(f, same);
    assert_string_equal(why(f, "T1"), "");
}

static void the_record_that_was_here_before_is_the_one_that_must_come(void **state)
{
    struct fixture *f = *state;
    struct release_room said = {.site = "S01", .room = "R1", .how = RELEASE_RECORD, .sat = 1};
    struct made *other = closing("<close other>");
    blake2b_256(said.hash, span_str("<close true>"));
    made_closed(other, "T1", 1, "abc", "handed-in");
    put(f, other);
    put(f, work("T1", "abc"));
    assert_string_equal(why(f, "T1"), "");
    announce(f->store, &said, 1);
    assert_string_equal(why(f, "T1"), "close-announced");
}

/* ---- what officers decide ---- */

/* Everything that stands in quarantine now and can be let in. */
static void admit_all(struct fixture *f)
{
    struct store_quarantined *all = NULL;
    struct bytes document = {0};
    size_t n = 0;
    struct err e;
    assert_done(store_quarantine(f->store, f->arena, &all, &n, &e), e);
    struct admission x = {.session = "am1",
                          .date = "2026-11-22T12:00:00+08:00",
                          .why = "the disk was found",
                          .side = arena_array(f->arena, n, sizeof *x.side)};
    for (size_t i = 0; i < n; i++)
        if (admission_is_for(all[i].reason)) {
            x.side[x.n] = (struct admission_side){.reason = all[i].reason, .ticket = all[i].ticket};
            memcpy(x.side[x.n++].hash, all[i].side, sizeof x.side[0].hash);
        }
    assert_done(admission_write(&x, &document, &e), e);
    assert_done(store_put_admission(f->store, &x, bytes_span(&document), &e), e);
    bytes_release(&document);
}

static void officers_let_in_what_they_saw_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    struct made *m = closing("<close>");
    made_closed(m, "T1", 1, "abc", "handed-in");
    put(f, m);
    put(f, work("T2", "ab"));
    put(f, work("T1", "abx"));
    admit_all(f);
    assert_string_equal(why(f, "T1"), "");
    assert_string_equal(why(f, "T2"), "");
    assert_int_equal(mark(f, "T1"), STORE_UNSCORED);
    put(f, work("T2", "abc")); /* nobody saw this one */
    assert_string_equal(why(f, "T2"), "close-unnamed");
    put(f, work("T1", "aby"));
    assert_string_equal(why(f, "T1"), "close-other heads");
}

/* ---- any order, any duplicates, any subsets: one digest ---- */

enum { N_ITEMS = 13, N_ORDERS = 80, RELEASE = 10, ADMISSION = 11, HELD = 12 };

struct world {
    struct made *bundle[RELEASE];
    struct release_room said[2];
};

static void make_world(struct world *w)
{
    static const char *const chains[] = {"abc", "abcd", "abx", "ab"};
    for (size_t i = 0; i < RELEASE; i++) {
        char name[16];
        snprintf(name, sizeof name, "bundle %zu", i);
        struct made *m = w->bundle[i] = made_bundle(name);
        made_sitting(m, i % 2 ? "T1" : "T2", "s", chains[i % 4]);
        made_sitting(m, "T3", "s", chains[i / 3]);
        if (i % 5 == 4)
            made_epoch(m, "again", chains[i % 3]);
        if (i % 3 == 1)
            m->in.room = "R2";
        if (i % 4 == 2)
            continue;
        made_closing(m, i == 5 ? "<five>" : i % 2 ? "<odd>" : "<even>", i % 3 != 0);
        if (i % 2) {
            made_closed(m, "T1", 1, i == 5 ? "abc" : "abcd", "handed-in");
            made_closed(m, "T4", 1, "q", "answering");
        } else {
            made_closed(m, "T2", 1, "abc", "forced-end");
            made_closed(m, "T3", 1, "ab", "paused");
        }
    }
    w->said[0] = by_phone("<odd>");
    w->said[1] = (struct release_room){.site = "S01", .room = "R2", .how = RELEASE_OPEN, .reason = "no line"};
}

/* Documents that name a room differ by it, as real ones do. */
static void tell_apart(struct world *w)
{
    for (size_t i = 0; i < RELEASE; i++)
        if (w->bundle[i]->in.closing) {
            struct made *m = w->bundle[i];
            m->closing.site = m->in.site;
            m->closing.room = m->in.room;
            m->closing.document = span_str(arena_printf(m->arena, "%.*s%s", (int)m->closing.document.n,
                                                        (const char *)m->closing.document.p,
                                                        strcmp(m->in.room, "R2") == 0 ? " R2" : ""));
            blake2b_256(m->closing.hash, m->closing.document);
        }
}

static void put_admission(struct store *s)
{
    struct admission_side side[2] = {{.reason = "close-other", .ticket = "T1"},
                                     {.reason = "close-unnamed", .ticket = "T2"}};
    struct admission x = {
        .session = "am1", .date = "2026-11-22T12:00:00+08:00", .why = "seen", .side = side, .n = 2};
    struct bytes document = {0};
    struct err e;
    blake2b_256(side[0].hash, span_str("abx"));
    blake2b_256(side[1].hash, span_str("abc"));
    assert_done(admission_write(&x, &document, &e), e);
    assert_done(store_put_admission(s, &x, bytes_span(&document), &e), e);
    bytes_release(&document);
}

static void put_item(struct store *s, const struct world *w, uint32_t i)
{
    struct err e;
    if (i < RELEASE)
        made_merge(s, w->bundle[i]);
    else if (i == RELEASE)
        announce(s, w->said, 2);
    else if (i == ADMISSION)
        put_admission(s);
    else
        assert_done(store_hold(s, "am1", (const uint8_t[MERGE_HASH]){9}, "revoked-key", &e), e);
}

static void any_order_any_duplicates_and_any_subset_give_one_store(void **state)
{
    (void)state;
    static const uint32_t subset[] = {0x1FFF, 0x0FBF, 0x1A55, 0x15AA};
    struct world w;
    struct rng rng;
    make_world(&w);
    tell_apart(&w);
    rng_seed(&rng, 8);
    for (size_t k = 0; k < sizeof subset / sizeof *subset; k++) {
        char first[65] = "";
        for (int order = 0; order < N_ORDERS / 4; order++) {
            uint32_t index[N_ITEMS];
            char path[64];
            struct store *s = made_store(path);
            for (uint32_t i = 0; i < N_ITEMS; i++)
                index[i] = i;
            rng_shuffle(&rng, index, N_ITEMS);
            for (size_t i = 0; i < N_ITEMS; i++) {
                if (subset[k] >> index[i] & 1)
                    put_item(s, &w, index[i]);
                uint32_t again = index[rng_below(&rng, (uint32_t)i + 1)];
                if (rng_below(&rng, 3) == 0 && (subset[k] >> again & 1))
                    put_item(s, &w, again);
            }
            if (order == 0)
                snprintf(first, sizeof first, "%s", made_digest(s));
            else
                assert_string_equal(made_digest(s), first);
            made_remove(s, path);
        }
    }
    for (size_t i = 0; i < RELEASE; i++)
        made_free(w.bundle[i]);
}

int main(void)
{
#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        RULE(a_closing_that_fits_is_silent),
        RULE(a_journal_that_a_closing_names_is_missing_until_it_comes),
        RULE(another_end_than_the_closing_says_is_kept_apart_with_both_sides),
        RULE(an_epoch_that_began_after_the_closing_is_kept_apart),
        RULE(whom_the_rooms_machine_did_not_count_is_kept_apart),
        RULE(a_single_station_speaks_for_itself_only),
        RULE(a_stranded_machine_is_no_alarm_once_its_disk_has_come),
        RULE(the_record_that_was_read_by_phone_is_the_one_that_must_come),
        RULE(the_record_that_was_here_before_is_the_one_that_must_come),
        RULE(officers_let_in_what_they_saw_and_nothing_else),
        cmocka_unit_test(any_order_any_duplicates_and_any_subset_give_one_store),
    };
    return cmocka_run_group_tests_name("closing", tests, NULL, NULL);
}
