/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/rate-model.h"

#include "client/screens/proctor-act.h"

static int64_t last_change_ms(const struct book_entry *x)
{
    int64_t last = x->rating.begun_ms;
    for (size_t i = 0; i < x->rating.n_steps; i++)
        if (x->rating.step[i].wall_ms > last)
            last = x->rating.step[i].wall_ms;
    return last;
}

void rate_open(struct rate_model *r, struct book *b)
{
    int64_t last = 0;
    *r = (struct rate_model){.book = b, .screen = RATE_GROUPS, .group = 1, .reason = "", .now_ms = r->now_ms};
    for (size_t i = 0; i < b->n; i++)
        if (last_change_ms(&b->entry[i]) > last) {
            last = last_change_ms(&b->entry[i]);
            r->chosen = i;
            r->screen = RATE_SHEETS;
        }
    if (b->n > 0)
        r->group = b->entry[r->chosen].group;
}

struct book_entry *rate_chosen(const struct rate_model *r)
{
    return &r->book->entry[r->chosen];
}

size_t rate_page(const struct rate_model *r, size_t *ret_n)
{
    size_t n, first = book_group(r->book, rate_chosen(r)->group, &n);
    size_t skipped = (r->chosen - first) / BOOK_PAGE * BOOK_PAGE;
    *ret_n = n - skipped < BOOK_PAGE ? n - skipped : BOOK_PAGE;
    return first + skipped;
}

size_t rate_slip_step(const struct book_entry *x)
{
    return x->held ? x->held - 1 : x->step;
}

size_t rate_choices(const struct rate_model *r, struct rate_choice ret[RATE_MAX_STATUS])
{
    const struct lab_plan *p = r->book->plan;
    size_t n = 0;
    ret[n++] = (struct rate_choice){.back = true};
    if (rate_chosen(r)->rating.status > RATING_RATED)
        ret[n++] = (struct rate_choice){.present = true};
    ret[n++] = (struct rate_choice){.status = RATING_ABSENT};
    ret[n++] = (struct rate_choice){.status = RATING_POSTPONED};
    for (size_t i = 0; i < p->n_exemptions && i < LAB_MAX_EXEMPTIONS; i++)
        ret[n++] = (struct rate_choice){.status = RATING_EXEMPT, .exemption = &p->exemption[i]};
    ret[n++] = (struct rate_choice){.status = RATING_BREACH};
    ret[n++] = (struct rate_choice){.status = RATING_CHEATING};
    ret[n++] = (struct rate_choice){.status = RATING_VOID};
    return n;
}

const struct proctor_article *rate_articles(enum rating_status status, size_t *ret_n)
{
    const struct proctor_article *list = status == RATING_CHEATING ? proctor_cheatings : proctor_violations;
    *ret_n = 0;
    while (list[*ret_n].number)
        (*ret_n)++;
    return list;
}
