/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces made in threads are taken as if there were none. */
#include "tests/check.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/ahead.h"
#include "base/mem.h"

enum { PIECES = 400 };

struct work {
    pthread_mutex_t lock;
    size_t weight[PIECES];
    size_t heaviest;             /* that were there together, of more than one */
    size_t there, n_there, most; /* weight and number of those that are there; the largest number */
    size_t made, gone, taken_next;
    size_t stop_at; /* taking this one fails, or with `enough` is all that is wanted */
    bool enough;
};

struct piece {
    struct work *work;
    size_t i;
};

static void *make(void *context, size_t i)
{
    struct work *w = context;
    struct piece *p = mem_alloc(sizeof *p);
    *p = (struct piece){w, i};
    pthread_mutex_lock(&w->lock);
    w->made++;
    w->n_there++;
    w->there += w->weight[i];
    w->most = w->n_there > w->most ? w->n_there : w->most;
    if (w->n_there > 1 && w->there > w->heaviest)
        w->heaviest = w->there;
    pthread_mutex_unlock(&w->lock);
    return p;
}

static void drop(void *piece)
{
    struct piece *p = piece;
    pthread_mutex_lock(&p->work->lock);
    p->work->gone++;
    p->work->n_there--;
    p->work->there -= p->work->weight[p->i];
    pthread_mutex_unlock(&p->work->lock);
    free(p);
}

static int take(void *context, size_t i, void *piece, struct err *e)
{
    struct work *w = context;
    assert_int_equal(((struct piece *)piece)->i, i);
    assert_int_equal(w->taken_next++, i);
    drop(piece);
    if (i != w->stop_at)
        return 0;
    return w->enough ? 1 : err_set(e, ERR_DATA, "here", "no more");
}

static int run(struct work *w, unsigned threads, size_t n, size_t bound, struct err *e)
{
    const struct ahead a = {.n = n,
                            .threads = threads,
                            .weight = bound ? w->weight : NULL,
                            .heaviest = bound,
                            .context = w,
                            .make = make,
                            .take = take,
                            .drop = drop};
    return ahead_run(&a, e);
}

static struct work fresh(void)
{
    return (struct work){.lock = PTHREAD_MUTEX_INITIALIZER, .stop_at = SIZE_MAX};
}

static void each_piece_is_taken_once_and_in_its_order(void **state)
{
    (void)state;
    static const unsigned threads[] = {0, 1, 2, 3, AHEAD_MAX_THREADS, 1000};
    static const size_t pieces[] = {0, 1, 2, PIECES};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
        for (size_t n = 0; n < sizeof pieces / sizeof *pieces; n++) {
            struct work w = fresh();
            struct err e;
            assert_done(run(&w, threads[t], pieces[n], 0, &e), e);
            assert_int_equal(w.taken_next, pieces[n]);
            assert_int_equal(w.made, pieces[n]);
            assert_int_equal(w.gone, pieces[n]);
            assert_true(w.most <= 2 * AHEAD_MAX_THREADS);
        }
}

static void whoever_takes_ends_the_work_and_nothing_is_left(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++)
        for (size_t stop = 0; stop < 20; stop++) {
            struct work w = fresh();
            struct err e;
            w.stop_at = stop;
            assert_refused(run(&w, threads, PIECES, 0, &e), ERR_DATA, "no more", e);
            assert_int_equal(w.taken_next, stop + 1);
            assert_int_equal(w.gone, w.made);
            assert_true(w.made <= stop + 1 + 2 * threads);
        }
}

static void who_has_enough_ends_it_too(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct work w = fresh();
        struct err e;
        w.stop_at = 3;
        w.enough = true;
        assert_int_equal(run(&w, threads, PIECES, 0, &e), 1);
        assert_int_equal(w.taken_next, 4);
        assert_int_equal(w.gone, w.made);
    }
}

static void what_is_there_at_once_is_bounded_and_a_heavy_piece_stands_alone(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct work w = fresh();
        struct err e;
        for (size_t i = 0; i < PIECES; i++)
            w.weight[i] = i % 50 == 49 ? 1000 : i % 7;
        assert_done(run(&w, threads, PIECES, 20, &e), e);
        assert_true(w.heaviest <= 20);
        assert_int_equal(w.taken_next, PIECES);
    }
}

static void there_is_at_least_one_processor(void **state)
{
    (void)state;
    assert_in_range(ahead_processors(), 1, AHEAD_MAX_THREADS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_piece_is_taken_once_and_in_its_order),
        cmocka_unit_test(whoever_takes_ends_the_work_and_nothing_is_left),
        cmocka_unit_test(who_has_enough_ends_it_too),
        cmocka_unit_test(what_is_there_at_once_is_bounded_and_a_heavy_piece_stands_alone),
        cmocka_unit_test(there_is_at_least_one_processor),
    };
    return cmocka_run_group_tests_name("ahead", tests, NULL, NULL);
}
