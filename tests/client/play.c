/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/play.h"

#include "tests/client/exam.h"

enum { ITEMS = 3, STEP_MS = 500 };

struct paper *play_paper(const struct paper_section *section, size_t n)
{
    struct paper *p = paper_new();
    p->id = "p1";
    p->title = "An exam in sections";
    p->duration_s = 3600;
    p->points = p->pass = p->high = points_milli(1000 * ITEMS * (int64_t)n);
    p->n_forms = 1;
    p->form = arena_array(p->arena, 1, sizeof *p->form);
    *p->form = (struct paper_form){
        .id = "A", .n_sections = n, .section = arena_array(p->arena, n, sizeof *p->form->section)};
    for (size_t k = 0; k < n; k++) {
        struct paper_section *s = &p->form->section[k];
        *s = section[k];
        s->id = arena_printf(p->arena, "s%zu", k + 1);
        s->title = arena_printf(p->arena, "Section %zu", k + 1);
        s->n_items = ITEMS;
        s->item = arena_array(p->arena, ITEMS, sizeof *s->item);
        for (size_t i = 0; i < ITEMS; i++)
            s->item[i] = (struct paper_item){.id = arena_printf(p->arena, "k%03zu", k * ITEMS + i + 1),
                                             .version = 1,
                                             .points = points_milli(1000)};
    }
    return p;
}

struct play *play_begin(const struct paper_section *section, size_t n, int64_t extra_ms)
{
    struct play *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->paper = play_paper(section, n);
    session_init(&p->s, p->paper, &p->paper->form[0], extra_ms);
    happens(&p->s, SESSION_START, "", 0);
    return p;
}

void play_end(struct play *p)
{
    session_release(&p->s);
    paper_free(p->paper);
    free(p);
}

void happens(struct session *s, enum session_event_kind kind, const char *item, int64_t used_ms)
{
    struct err e;
    const struct session_event event = {.kind = kind, .item = item, .used_ms = used_ms};
    assert_done(session_apply(s, &event, &e), e);
}

void answers(struct session *s, const char *item, const char *choice)
{
    struct err e;
    struct arena *a = arena_new();
    struct bytes encoded = {0};
    struct response_set set = exam_choice(a, choice);
    response_encode(&set, &encoded);
    const struct session_event event = {
        .kind = SESSION_ANSWER, .item = item, .used_ms = s->used_ms, .response = bytes_span(&encoded)};
    assert_done(session_apply(s, &event, &e), e);
    bytes_release(&encoded);
    arena_free(a);
}

void goes_to(struct session *s, size_t item)
{
    struct err e;
    assert_done(session_may_visit(s, item, &e), e);
    happens(s, SESSION_VISIT, s->item[item].ref->id, s->used_ms);
    assert_int_equal(s->current, item);
}

void does(struct session *s, size_t item)
{
    struct err e;
    goes_to(s, item);
    assert_done(session_may_answer(s, item, &e), e);
    answers(s, s->item[item].ref->id, "A");
}

void grants(struct session *s, int64_t ms)
{
    struct err e;
    const struct session_event event = {.kind = SESSION_GRANT, .used_ms = s->used_ms, .value_ms = ms};
    assert_done(session_may_grant(s, ms, &e), e);
    assert_done(session_apply(s, &event, &e), e);
}

void spends(struct session *s, int64_t ms, int told[SESSION_OVER + 1])
{
    for (; ms > 0; ms -= STEP_MS) {
        int64_t before = s->used_ms;
        session_pass(s, session_spend(s, ms < STEP_MS ? ms : STEP_MS));
        if (told)
            told[session_notice(s, before)]++;
    }
}

static void assert_refused_as(struct session *s, enum session_event_kind kind, size_t item, int may,
                              const struct err *why, enum session_error wanted, const char *file, int line)
{
    struct err e = {0};
    const struct session_event event = {.kind = kind, .used_ms = s->used_ms, .item = s->item[item].ref->id};
    size_t current = s->current;
    if (may != -ERR_NO || why->code != (int)wanted || !why->what[0]) {
        print_error("the program: %d, code %d: %s\n", may, why->code, why->what);
        _fail(file, line);
    }
    if (session_apply(s, &event, &e) != -ERR_NO || e.code != (int)wanted || s->current != current) {
        print_error("a stored sitting: code %d: %s\n", e.code, e.what);
        _fail(file, line);
    }
}

void assert_no_way_to(struct session *s, size_t item, enum session_error why, const char *file, int line)
{
    struct err e = {0};
    int r = session_may_visit(s, item, &e);
    assert_refused_as(s, SESSION_VISIT, item, r, &e, why, file, line);
}

void assert_no_answer_to(struct session *s, size_t item, enum session_error why, const char *file, int line)
{
    struct err e = {0};
    int r = session_may_answer(s, item, &e);
    assert_refused_as(s, SESSION_ANSWER, item, r, &e, why, file, line);
}
