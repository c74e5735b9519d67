/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/adjudicate/form.h"

#include "base/i18n.h"
#include "cli/adjudicate/case-text.h"

static void fact(struct form *f, const char *label, const char *value)
{
    if (value[0] && f->n_facts < FORM_FACTS) {
        f->fact[f->n_facts][0] = label;
        f->fact[f->n_facts++][1] = value;
    }
}

static void fill_person(struct form *f, const struct docket *d, const struct lab_case *c)
{
    const struct roster_candidate *p = c->candidate;
    int64_t group = 0, bench = 0;
    fact(f, _("Ticket no."), c->ticket);
    if (!p)
        return;
    const struct roster_room *room = roster_find_room(d->lab->roster, p->site, p->room);
    if (room && room->benches)
        roster_bench(room, p->seat, &group, &bench);
    fact(f, _("Name"), p->name);
    fact(f, _("ID no."), p->id_number);
    fact(f, _("School"), p->school);
    fact(f, _("Site"), p->site);
    fact(f, _("Room"), p->room);
    fact(f, _("Group and bench"), arena_printf(f->arena, "%lld - %lld", (long long)group, (long long)bench));
    fact(f, _("Experiment"), p->form);
}

static void add_row(struct form *f, size_t *cap, const char *const cell[FORM_COLUMNS])
{
    if (f->n_rows == *cap) {
        const char **more = arena_array(f->arena, (*cap ? *cap * 2 : 32) * FORM_COLUMNS, sizeof *more);
        for (size_t i = 0; i < f->n_rows * FORM_COLUMNS; i++)
            more[i] = f->cell[i];
        f->cell = more;
        *cap = *cap ? *cap * 2 : 32;
    }
    for (size_t i = 0; i < FORM_COLUMNS; i++)
        f->cell[f->n_rows * FORM_COLUMNS + i] = cell[i];
    f->n_rows++;
}

static void add_step(struct form *f, size_t *cap, const struct docket *d, const struct lab_rating *by,
                     const struct rating *x, const struct rubric *rubric, const struct rating_points *p,
                     size_t i)
{
    struct bytes slips = {0};
    char got[32], of[32], clock[32];
    case_slips(&rubric->step[i], &x->step[i], p->cost[i], &slips);
    const char *const cell[FORM_COLUMNS] = {
        by->rater,
        arena_printf(f->arena, "%zu %s", i + 1, rubric->step[i].title),
        arena_printf(f->arena, "%s/%s", points_text(p->step[i], got, sizeof got),
                     points_text(rubric->step[i].points, of, sizeof of)),
        arena_strdup(f->arena, docket_clock(d, x->step[i].wall_ms, clock, sizeof clock)),
        slips.n ? arena_strndup(f->arena, (const char *)slips.p, slips.n) : "",
    };
    add_row(f, cap, cell);
    bytes_release(&slips);
}

static void add_rating(struct form *f, size_t *cap, const struct docket *d, const struct lab_rating *by)
{
    struct rating x;
    struct rating_points p;
    const struct rubric *rubric;
    struct err own;
    char total[32], of[32];
    if (lab_rating_open(d->lab, by, f->arena, &x, &rubric, &p, &own) < 0)
        return;
    for (size_t i = 0; x.status == RATING_RATED && i < rubric->n_steps; i++)
        add_step(f, cap, d, by, &x, rubric, &p, i);
    const char *const sum[FORM_COLUMNS] = {
        by->rater, x.status == RATING_RATED ? _("Total") : docket_status(x.status),
        x.status == RATING_RATED ? arena_printf(f->arena, "%s/%s", points_text(p.total, total, sizeof total),
                                                points_text(rubric->total, of, sizeof of))
                                 : "",
        "", arena_strdup(f->arena, x.note)};
    add_row(f, cap, sum);
}

int form_fill(struct form *ret, struct arena *a, const struct docket *d, const struct lab_case *c,
              const char *video, const char *video_hash, struct err *e)
{
    struct form f = {.arena = a, .title = _("Arbitration form"), .office = d->office};
    struct bytes now = {0};
    size_t cap = 0;
    (void)e;
    fact(&f, _("Session"), d->session);
    fill_person(&f, d, c);
    case_result(d, c, &now);
    fact(&f, _("Mark now"), arena_strndup(a, (const char *)now.p, now.n));
    fact(&f, _("Recording"), video);
    fact(&f, "BLAKE2b-512", video_hash);
    f.head[0] = _("Rater");
    f.head[1] = _("Step");
    f.head[2] = _("Points");
    f.head[3] = _("Time");
    f.head[4] = _("Slips and notes");
    for (size_t i = 0; i < c->n_ratings; i++)
        add_rating(&f, &cap, d, &c->rating[i]);
    f.question[0] = _("What the candidate asks for");
    f.question[1] = _("Decision of the arbitration group, with its reason; old and new mark");
    f.signer[0] = _("Candidate");
    f.signer[1] = _("Arbitration group");
    f.signer[2] = _("Chief examiner");
    f.signer[3] = _("Officer of the office");
    bytes_release(&now);
    *ret = f;
    return 0;
}
