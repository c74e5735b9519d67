/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/rate/bench-desk.h"

#include "tests/check.h"
#include "tests/client/exam.h"

static struct err e;

void examiner_sits_down(struct examiner *x)
{
    static const struct person person = {.name = "沈老师", .ticket = "E07", .seat = "1"};
    struct arena *a = arena_new();
    struct link_terms terms;
    struct clock_reading now = exam_clock(x->now_ms);
    x->rater = rater_new(x->desk.dir);
    struct seat *s = x->seat = seat_new(
        &(struct seat_options){.home = x->desk.dir, .fd = -1, .stage = &rater_stage, .on_stage = x->rater});
    x->app = seat_app(s);
    x->app.resize(s, x->grid.width, x->grid.height, true);
    lab_terms(&x->desk, a, &terms);
    assert_done(rater_open(x->rater, &terms, "实验楼 201", x->vfs, &now, &s->sitting, &e), e);
    bool resumes = sitting_session(s->sitting)->state != SITTING_NEW;
    seat_send(s, &(struct event){.kind = EVENT_SIGNED_IN, .person = &person, .title = "random keys"});
    seat_send(s, &(struct event){.kind = EVENT_OPENED,
                                 .session = sitting_session(s->sitting),
                                 .points = "",
                                 .resumed = resumes,
                                 .text = ""});
    x->app.perform(s, &now);
    if (sitting_unsaved(s->sitting))
        seat_send(s, &(struct event){.kind = EVENT_NOT_SAVED, .item = SIZE_MAX - 1});
    assert_int_equal(s->m.screen, SCREEN_STAGE);
    arena_free(a);
}

void examiner_is_gone(struct examiner *x)
{
    seat_free(x->seat);
    rater_free(x->rater);
}

void examiner_presses(struct examiner *x, struct key k)
{
    struct clock_reading now = exam_clock(x->now_ms);
    x->app.key(x->app.self, k);
    x->app.perform(x->app.self, &now);
}

void examiner_waits(struct examiner *x, int64_t ms)
{
    struct clock_reading now = exam_clock(x->now_ms += ms);
    x->app.time(x->app.self, &now);
    x->app.perform(x->app.self, &now);
}

struct rate_model *examiner_model(struct examiner *x)
{
    return (struct rate_model *)rater_model(x->rater);
}

struct bytes examiner_rating(const struct rating *r)
{
    struct bytes xml = {0};
    struct rating still = *r;
    still.used_ms = 0;
    assert_done(rating_write(&still, &xml, &e), e);
    return xml;
}
