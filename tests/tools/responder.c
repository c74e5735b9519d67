/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/tools/responder.h"

#include <signal.h>
#include <unistd.h>

#include "base/i18n.h"
#include "client/sitting.h"

enum { STEP_MS = 120000, WAIT_MS = 60000 };

struct run {
    const struct responder *who;
    struct link *link;
    struct sitting *sitting;
    struct clock_reading now;
    struct rng rng; /* of this candidate; per item it is seeded anew, so that a crash changes no answer */
    double ability;
};

static uint64_t seed_of(const struct responder *r, const char *word)
{
    uint64_t hash = r->seed ^ 1469598103934665603u;
    for (const char *c = r->ticket; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    for (const char *c = word; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    return hash;
}

static int pass(struct run *r, int64_t ms, struct err *e)
{
    enum session_notice notice;
    r->now.mono_ms += ms;
    r->now.wall_ms += ms;
    if (r->who->speed > 0)
        usleep((useconds_t)((double)ms * 1000 / r->who->speed));
    return sitting_clock(r->sitting, &r->now, &notice, e);
}

static int open_sitting(struct run *r, struct arena *a, struct err *e)
{
    struct link_candidate me;
    struct link_terms terms;
    int k = link_open(&r->link, r->who->home, e);
    if (k == 0)
        k = link_sign_in(r->link, r->who->ticket, "", a, &me, e);
    if (k == 0)
        k = link_start(r->link, a, &terms, e);
    if (k < 0)
        return k;
    k = sitting_open(&r->sitting, &terms, NULL, &r->now, e);
    terms.paper_fd = -1;
    link_terms_wipe(&terms);
    if (k < 0)
        return k;
    sitting_simulate(r->sitting, STEP_MS);
    return sitting_session(r->sitting)->state == SITTING_NEW ? sitting_start(r->sitting, &r->now, e) : 0;
}

static int answer_item(struct run *r, size_t i, struct err *e)
{
    const char *id = sitting_session(r->sitting)->item[i].ref->id;
    const struct item *item = NULL;
    struct arena *a = arena_new();
    rng_seed(&r->rng, seed_of(r->who, id));
    bool right = rng_unit(&r->rng) < keys_chance(id, r->ability), skips = rng_below(&r->rng, 40) == 0;
    bool flags = rng_below(&r->rng, 12) == 0;
    int k = pass(r, 15000 + (int64_t)rng_below(&r->rng, 40000), e);
    bool open = session_may_visit(sitting_session(r->sitting), i, NULL) == 0;
    if (k == 0 && open && !skips)
        k = keys_item(r->who->keys, id, &item, e);
    if (k == 0 && item && session_has_rules(sitting_session(r->sitting)))
        k = sitting_visit(r->sitting, i, &r->now, e);
    if (k == 0 && item) {
        struct response_set set = keys_answer(item, right, &r->rng, a);
        k = sitting_answer(r->sitting, i, &set, &r->now, e);
    }
    if (k == 0 && open && flags && session_may_flag(sitting_session(r->sitting), i, NULL) == 0)
        k = sitting_flag(r->sitting, i, true, &r->now, e);
    arena_free(a);
    return k;
}

static int answer_all(struct run *r, struct err *e)
{
    const struct session *s = sitting_session(r->sitting);
    size_t until = r->who->quits_early ? s->n / 2 : s->n;
    int k = 0;
    for (size_t i = 0; k == 0 && i < until && s->state == SITTING_ANSWERING; i++) {
        if (s->item[i].state == ATTEMPT_ANSWERED)
            continue;
        if (r->who->crashes && i >= s->n / 3 && s->interruptions == 0)
            raise(SIGKILL);
        k = answer_item(r, i, e);
    }
    return k;
}

static int hand_in(struct run *r, struct err *e)
{
    const struct session *s = sitting_session(r->sitting);
    char receipt[22];
    int k = 0;
    while (k == 0 && s->state == SITTING_ANSWERING && session_hand_in_wait_ms(s) > 0)
        k = pass(r, WAIT_MS, e);
    if (k == 0 && s->state == SITTING_ANSWERING)
        k = sitting_hand_in(r->sitting, &r->now, e);
    return k < 0 ? k : link_seal(r->link, receipt, e);
}

/* About normal: the mean of four uniform numbers. */
static double ability_of(const struct responder *r)
{
    struct rng rng;
    double sum = 0;
    rng_seed(&rng, seed_of(r, "ability"));
    for (int i = 0; i < 4; i++)
        sum += rng_unit(&rng);
    return 0.9 + 1.7 * (sum - 2);
}

int responder_sit(const struct responder *who, struct err *e)
{
    struct run r = {.who = who, .ability = ability_of(who)};
    struct arena *a = arena_new();
    clock_read(&r.now);
    int k = open_sitting(&r, a, e);
    if (k == 0)
        k = answer_all(&r, e);
    if (k == 0)
        k = hand_in(&r, e);
    sitting_close(r.sitting);
    link_close(r.link);
    arena_free(a);
    return k;
}
