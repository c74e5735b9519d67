/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/pipeline.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "exam-packages/secret.h"

struct run {
    const struct pipeline *of;
    pthread_mutex_t reading, writing; /* what stands below each belongs to who holds it */
    uint64_t next;                    /* batch to be read */
    bool ended;                       /* nothing more is read */
    uint64_t turn;                    /* batch to be written */
    pthread_cond_t turned;
    int r;
    struct err *e;
};

static bool read_batch(struct run *run, struct batch *b)
{
    pthread_mutex_lock(&run->reading);
    bool more = !run->ended;
    if (more) {
        b->n_in = b->n_out = 0;
        b->number = run->next++;
        run->of->read(run->of->context, b);
        run->ended = b->last || b->r < 0;
    }
    pthread_mutex_unlock(&run->reading);
    return more;
}

static bool write_batch(struct run *run, struct batch *b)
{
    pthread_mutex_lock(&run->writing);
    while (run->turn != b->number)
        pthread_cond_wait(&run->turned, &run->writing);
    if (run->r == 0) {
        run->of->write(run->of->context, b);
        run->r = b->r;
        if (b->r < 0 && run->e)
            *run->e = b->e;
    }
    bool good = run->r == 0;
    run->turn++;
    pthread_cond_broadcast(&run->turned);
    pthread_mutex_unlock(&run->writing);
    return good;
}

/* Says whether to go on. */
static bool one_batch(struct run *run, struct batch *b)
{
    if (!read_batch(run, b))
        return false;
    if (b->r == 0 && run->of->work)
        run->of->work(run->of->context, b);
    return write_batch(run, b);
}

static struct batch batch_new(const struct pipeline *p)
{
    return (struct batch){.in = mem_alloc(p->in), .out = mem_alloc(p->out)};
}

static void batch_release(const struct pipeline *p, struct batch *b)
{
    secret_wipe(b->in, p->in);
    secret_wipe(b->out, p->out);
    free(b->in);
    free(b->out);
}

static void *help(void *context)
{
    struct run *run = context;
    struct batch b = batch_new(run->of);
    while (one_batch(run, &b))
        ;
    batch_release(run->of, &b);
    return NULL;
}

int pipeline_run(const struct pipeline *p, struct err *e)
{
    struct run run = {.of = p, .e = e};
    struct batch b = batch_new(p);
    pthread_t helper;
    pthread_mutex_init(&run.reading, NULL);
    pthread_mutex_init(&run.writing, NULL);
    pthread_cond_init(&run.turned, NULL);
    bool more = one_batch(&run, &b) && !run.ended;
    bool helped = more && pthread_create(&helper, NULL, help, &run) == 0;
    while (more)
        more = one_batch(&run, &b);
    if (helped)
        pthread_join(helper, NULL);
    batch_release(p, &b);
    pthread_cond_destroy(&run.turned);
    pthread_mutex_destroy(&run.reading);
    pthread_mutex_destroy(&run.writing);
    return run.r;
}
