/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/office/draw-kit.h"

#include "tests/check.h"

const struct shape shape_usual = {.candidates = 200,
                                  .schools = 7,
                                  .sites = 2,
                                  .rooms = 3,
                                  .benches = 12,
                                  .groups = 4,
                                  .columns = 4,
                                  .sessions = 2,
                                  .experiments = 3,
                                  .raters = 60,
                                  .ratings = 2,
                                  .watch = 3};

static void add_sessions(struct draw_list *l, const struct shape *s)
{
    static const char *const experiment[] = {"P1", "P2", "P3", "C1", "C2", "B1"};
    l->session = arena_array(l->arena, (size_t)s->sessions, sizeof *l->session);
    for (int i = 0; i < s->sessions; i++) {
        struct draw_session *x = &l->session[l->n_sessions++];
        x->id = arena_printf(l->arena, "%s1", i ? "pm" : "am");
        x->experiment = arena_array(l->arena, 8, sizeof *x->experiment);
        for (int k = 0; k < s->experiments; k++)
            x->experiment[x->n_experiments++] = experiment[k];
    }
}

static void add_rooms(struct draw_list *l, const struct shape *s)
{
    l->room = arena_array(l->arena, (size_t)(s->sessions * s->sites * s->rooms), sizeof *l->room);
    for (int i = 0; i < s->sessions * s->sites * s->rooms; i++)
        l->room[l->n_rooms++] =
            (struct draw_room){.session = (size_t)(i / (s->sites * s->rooms)),
                               .site = arena_printf(l->arena, "S%02d", i / s->rooms % s->sites),
                               .id = arena_printf(l->arena, "R%d", i % s->rooms),
                               .name = "实验室",
                               .benches = s->benches,
                               .groups = s->groups,
                               .columns = s->columns};
}

struct draw_list *shape_list(const struct shape *s)
{
    struct draw_list *l = draw_list_new();
    l->ratings = s->ratings;
    l->watch = s->watch;
    add_sessions(l, s);
    add_rooms(l, s);
    l->candidate = arena_array(l->arena, (size_t)s->candidates + 1, sizeof *l->candidate);
    for (int i = 0; i < s->candidates; i++) {
        int school = i * i / 3 % s->schools;
        l->candidate[l->n_candidates++] =
            (struct draw_candidate){.site = arena_printf(l->arena, "S%02d", school % s->sites),
                                    .school = arena_printf(l->arena, "第%d中学", school),
                                    .ticket = arena_printf(l->arena, "T%05d", i)};
    }
    l->rater = arena_array(l->arena, (size_t)(s->raters * s->sessions) + 1, sizeof *l->rater);
    for (int i = 0; i < s->raters * s->sessions; i++)
        l->rater[l->n_raters++] =
            (struct draw_rater){.session = (size_t)(i % s->sessions),
                                .site = "",
                                .id = arena_printf(l->arena, "E%03d", i / s->sessions),
                                .school = arena_printf(l->arena, "第%d中学", i % s->schools)};
    return l;
}

void draw_seed_of(uint8_t seed[DRAW_SEED], int number)
{
    for (int i = 0; i < DRAW_SEED; i++)
        seed[i] = (uint8_t)(number >> 8 * (i % 4));
}

struct draw_result *draw_with(struct draw_list *l, int number)
{
    struct draw_result *r = NULL;
    struct err e;
    uint8_t seed[DRAW_SEED];
    draw_seed_of(seed, number);
    assert_done(draw_list_check(l, &e), e);
    assert_done(draw_run(&r, l, seed, NULL, NULL, &e), e);
    return r;
}
