/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ahead.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

enum { WINDOW = 2 * AHEAD_MAX_THREADS };

struct running {
    const struct ahead *a;
    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t may_make, is_made;
    size_t next, taken;    /* the next to be begun; how many were taken */
    size_t window, weight; /* of those that are begun and not taken: how many there may be; what they weigh */
    bool stopped;
    void *piece[WINDOW]; /* piece i at i % WINDOW; NULL while it is not made */
};

unsigned ahead_processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > AHEAD_MAX_THREADS ? AHEAD_MAX_THREADS : (unsigned)n;
}

static size_t weight_of(const struct ahead *a, size_t i)
{
    return a->weight ? a->weight[i] : 0;
}

static bool is_over(const struct running *r)
{
    return r->stopped || r->next == r->a->n;
}

/* The piece that is awaited may always be begun. */
static bool may_begin(const struct running *r)
{
    size_t more = weight_of(r->a, r->next);
    return r->next == r->taken ||
           (r->next - r->taken < r->window &&
            (!r->a->weight || (r->weight <= r->a->heaviest && more <= r->a->heaviest - r->weight)));
}

static void *make_pieces(void *context)
{
    struct running *r = context;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!is_over(r) && !may_begin(r))
            pthread_cond_wait(&r->may_make, &r->lock);
        if (is_over(r))
            break;
        size_t i = r->next++;
        r->weight += weight_of(r->a, i);
        pthread_mutex_unlock(&r->lock);
        void *piece = r->a->make(r->a->context, i);
        pthread_mutex_lock(&r->lock);
        r->piece[i % WINDOW] = piece;
        pthread_cond_signal(&r->is_made);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static void *await_piece(struct running *r, size_t i)
{
    pthread_mutex_lock(&r->lock);
    while (!r->piece[i % WINDOW])
        pthread_cond_wait(&r->is_made, &r->lock);
    void *piece = r->piece[i % WINDOW];
    r->piece[i % WINDOW] = NULL;
    pthread_mutex_unlock(&r->lock);
    return piece;
}

static void was_taken(struct running *r, size_t i, bool stop)
{
    pthread_mutex_lock(&r->lock);
    r->taken = i + 1;
    r->weight -= weight_of(r->a, i);
    r->stopped = stop;
    pthread_cond_broadcast(&r->may_make);
    pthread_mutex_unlock(&r->lock);
}

static int take_all(struct running *r, struct err *e)
{
    int result = 0;
    for (size_t i = 0; result == 0 && i < r->a->n; i++) {
        result = r->a->take(r->a->context, i, await_piece(r, i), e);
        was_taken(r, i, result != 0);
    }
    return result;
}

static int one_by_one(const struct ahead *a, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < a->n; i++)
        r = a->take(a->context, i, a->make(a->context, i), e);
    return r;
}

static int in_threads(const struct ahead *a, unsigned threads, struct err *e)
{
    struct running r = {.a = a,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .may_make = PTHREAD_COND_INITIALIZER,
                        .is_made = PTHREAD_COND_INITIALIZER,
                        .window = 2 * (size_t)threads};
    pthread_t thread[AHEAD_MAX_THREADS];
    unsigned n = 0;
    while (n < threads && pthread_create(&thread[n], NULL, make_pieces, &r) == 0)
        n++;
    int result = n ? take_all(&r, e) : one_by_one(a, e);
    for (unsigned i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
    for (size_t i = 0; i < WINDOW; i++)
        if (r.piece[i])
            a->drop(r.piece[i]);
    pthread_cond_destroy(&r.is_made);
    pthread_cond_destroy(&r.may_make);
    pthread_mutex_destroy(&r.lock);
    return result;
}

int ahead_run(const struct ahead *a, struct err *e)
{
    unsigned threads = a->threads ? a->threads : ahead_processors();
    if (threads > AHEAD_MAX_THREADS)
        threads = AHEAD_MAX_THREADS;
    if (threads > a->n)
        threads = (unsigned)a->n;
    return threads < 2 ? one_by_one(a, e) : in_threads(a, threads, e);
}
