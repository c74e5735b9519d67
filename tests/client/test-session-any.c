/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever candidate, proctor and clock do, in whatever order: what holds all the time. Two thousand random
 * sittings of random papers; SITTINGS asks for more. */
#include "tests/client/play.h"

#include "base/rng.h"
#include "tests/client/exam.h"

enum { SITTINGS = 2000, EVENTS = 200, MOST_SECTIONS = 5, MOST_ITEMS = 3 * MOST_SECTIONS };

struct any {
    struct rng rng;
    struct play *p;
    struct session_event told[EVENTS * 2]; /* every event that was stored */
    size_t n;
    struct bytes yes, no; /* an answer, and one taken back */
    /* as it was before the last thing that happened */
    enum section_state was[MOST_SECTIONS];
    size_t at[MOST_SECTIONS];
    int64_t used_ms;
    long refused, sections_over, ends;
};

static int64_t below(struct any *a, int64_t n)
{
    return (int64_t)rng_below(&a->rng, (uint64_t)n);
}

static void begin(struct any *a, uint64_t sitting)
{
    struct paper_section section[MOST_SECTIONS];
    rng_seed(&a->rng, sitting);
    size_t n = 1 + (size_t)below(a, MOST_SECTIONS);
    for (size_t k = 0; k < n; k++)
        section[k] = (struct paper_section){.time_s = below(a, 2) * (20 + below(a, 200)),
                                            .navigation = below(a, 2) ? PAPER_LINEAR : PAPER_FREE,
                                            .once = below(a, 2)};
    a->n = 0;
    a->p = play_begin(section, n, below(a, 2) * 30000);
    a->told[a->n++] = (struct session_event){.kind = SESSION_START, .item = ""};
}

static void remember(struct any *a)
{
    const struct session *s = &a->p->s;
    for (size_t k = 0; k < s->n_sections; k++) {
        a->was[k] = s->section[k].state;
        a->at[k] = s->section[k].at;
    }
    a->used_ms = s->used_ms;
}

static void assert_what_always_holds(const struct any *a)
{
    const struct session *s = &a->p->s;
    int64_t sum = 0;
    assert_true(s->used_ms >= a->used_ms);
    assert_true(session_left_ms(s) >= 0 && session_left(s).ms >= 0);
    assert_true(session_left(s).ms <= session_left(s).whole_ms);
    assert_true(s->granted_ms >= 0 && s->granted_ms <= SESSION_MAX_GRANT_MS);
    for (size_t k = 0; k < s->n_sections; k++) {
        const struct session_section *x = &s->section[k];
        sum += x->used_ms;
        assert_true(x->used_ms >= 0 && session_section_left_ms(s, k) >= 0);
        assert_int_equal(x->state == SECTION_OPEN, k == s->here);
        assert_true(a->was[k] != SECTION_CLOSED || x->state == SECTION_CLOSED);
        if (a->was[k] == SECTION_OPEN && x->ref->once)
            assert_true(x->state == SECTION_OPEN || x->state == SECTION_CLOSED);
        if (x->ref->navigation == PAPER_LINEAR)
            assert_true(x->at == a->at[k] || x->at == a->at[k] + 1);
        for (size_t i = x->first; i < x->first + x->n && session_section_shut(s, k); i++) {
            assert_true(session_may_visit(s, i, NULL) < 0);
            assert_true(session_may_answer(s, i, NULL) < 0);
        }
    }
    assert_true(sum <= s->used_ms);
    assert_true(!sitting_state_ended(s->state) || session_may_answer(s, 0, NULL) < 0);
}

/* What session_check allows is applied, and what it refuses is refused and changes no state. */
static void tries(struct any *a, struct session_event event)
{
    struct session *s = &a->p->s;
    event.used_ms = s->used_ms;
    enum sitting_state state = s->state;
    struct session_counts counts = session_counts(s);
    int allowed = session_check(s, &event, NULL);
    assert_int_equal(session_apply(s, &event, NULL), allowed);
    if (allowed == 0) {
        assert_false(sitting_state_ended(state));
        a->told[a->n++] = event;
        return;
    }
    a->refused++;
    assert_int_equal(s->state, state);
    assert_int_equal(session_counts(s).answered, counts.answered);
    assert_int_equal(session_counts(s).flagged, counts.flagged);
}

/* What the program does with an item: asks, then acts. */
static void on_an_item(struct any *a, enum session_event_kind kind)
{
    struct session *s = &a->p->s;
    size_t i = (size_t)below(a, (int64_t)s->n);
    if (below(a, 2) && s->here < s->n_sections) /* likelier what is allowed */
        i = s->current + (size_t)below(a, 2) < s->n ? s->current + (size_t)below(a, 2) : s->current;
    int may =
        kind == SESSION_VISIT ? session_may_visit(s, i % s->n, NULL) : session_may_answer(s, i % s->n, NULL);
    const struct session_event event = {.kind = kind,
                                        .used_ms = s->used_ms,
                                        .item = s->item[i % s->n].ref->id,
                                        .response = bytes_span(below(a, 4) ? &a->yes : &a->no)};
    assert_true(may < 0 || session_check(s, &event, NULL) == 0);
    tries(a, event);
}

static void grants_something(struct any *a)
{
    int64_t ms = (below(a, 41) - 20) * 3000;
    if (session_may_grant(&a->p->s, ms, NULL) == 0)
        tries(a, (struct session_event){.kind = SESSION_GRANT, .item = "", .value_ms = ms});
}

static void looks_at_the_clock(struct any *a)
{
    struct session *s = &a->p->s;
    static const int64_t elapsed[] = {-5000, 0, 300, 1000, 5000, 10000, 86400000};
    int64_t before = s->used_ms;
    s->step_ms = 60000;
    session_pass(s, session_spend(s, elapsed[below(a, 7)]));
    if (s->state != SITTING_ANSWERING)
        return;
    enum session_notice notice = session_notice(s, before);
    if (notice == SESSION_SECTION_OVER) {
        size_t next = session_next_item(s);
        a->sections_over++;
        assert_int_equal(session_may_visit(s, next, NULL), 0);
        tries(a, (struct session_event){.kind = SESSION_VISIT, .item = s->item[next].ref->id});
    }
    if (notice == SESSION_OVER)
        tries(a, (struct session_event){.kind = SESSION_FORCED_END, .item = ""});
}

static void something_happens(struct any *a)
{
    static const enum session_event_kind seldom[] = {SESSION_START, SESSION_RESUME, SESSION_PAUSE,
                                                     SESSION_CONTINUE, SESSION_NOTE};
    int64_t what = below(a, 100);
    if (a->p->s.state == SITTING_PAUSED && what % 4 == 0)
        tries(a, (struct session_event){.kind = SESSION_CONTINUE, .item = ""});
    else if (what < 25)
        on_an_item(a, SESSION_VISIT);
    else if (what < 45)
        on_an_item(a, SESSION_ANSWER);
    else if (what < 52)
        on_an_item(a, what % 2 ? SESSION_FLAG : SESSION_UNFLAG);
    else if (what < 56)
        grants_something(a);
    else if (what < 64)
        tries(a, (struct session_event){.kind = seldom[below(a, 5)], .item = ""});
    else if (what < 65 && below(a, 3) == 0)
        tries(a,
              (struct session_event){.kind = below(a, 4) ? SESSION_HAND_IN : SESSION_FORCED_END, .item = ""});
    else
        looks_at_the_clock(a);
}

/* The stored events alone give the same sitting. */
static void assert_read_back_alike(const struct any *a)
{
    const struct session *s = &a->p->s;
    struct session back;
    struct err e;
    session_init(&back, s->paper, s->form, s->extra_ms);
    for (size_t i = 0; i < a->n; i++)
        assert_done(session_apply(&back, &a->told[i], &e), e);
    session_pass(&back, s->used_ms); /* the tick */
    assert_int_equal(back.state, s->state);
    assert_int_equal(back.used_ms, s->used_ms);
    assert_int_equal(back.here, s->here);
    assert_int_equal(back.current, s->current);
    for (size_t k = 0; k < s->n_sections; k++) {
        assert_int_equal(back.section[k].state, s->section[k].state);
        assert_int_equal(back.section[k].at, s->section[k].at);
        assert_int_equal(back.section[k].used_ms, s->section[k].used_ms);
    }
    for (size_t i = 0; i < s->n; i++)
        assert_int_equal(back.item[i].state, s->item[i].state);
    session_release(&back);
}

static void time_never_goes_wrong_no_section_opens_again_and_nothing_is_answered_after_the_end(void **state)
{
    (void)state;
    struct any a = {.n = 0};
    struct arena *arena = arena_new();
    struct response_set yes = exam_choice(arena, "A"), no = exam_choice(arena, NULL);
    long sittings = getenv("SITTINGS") ? atol(getenv("SITTINGS")) : SITTINGS;
    response_encode(&yes, &a.yes);
    response_encode(&no, &a.no);
    for (long sitting = 0; sitting < sittings; sitting++) {
        begin(&a, (uint64_t)sitting);
        for (int i = 0; i < EVENTS; i++) {
            remember(&a);
            something_happens(&a);
            assert_what_always_holds(&a);
        }
        assert_read_back_alike(&a);
        a.ends += sitting_state_ended(a.p->s.state);
        play_end(a.p);
    }
    assert_true(a.refused > sittings && a.sections_over > sittings / 4 && a.ends > sittings / 4);
    bytes_release(&a.yes);
    bytes_release(&a.no);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_never_goes_wrong_no_section_opens_again_and_nothing_is_answered_after_the_end),
    };
    return cmocka_run_group_tests_name("session-any", tests, NULL, NULL);
}
