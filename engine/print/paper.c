/* SPDX-License-Identifier: Apache-2.0 */
/* The paper that candidates read. */
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "engine/print/body.h"
#include "engine/print/pages.h"

const struct loaded_item *pages_section_first(const struct loaded *l, size_t i)
{
    return i == 0 || l->item[i].section != l->item[i - 1].section ? &l->item[i] : NULL;
}

const char *pages_section_title(struct arena *a, const struct paper_section *s)
{
    int64_t sum = 0;
    bool same = true;
    char each[32], all[32];
    for (size_t i = 0; i < s->n_items; i++) {
        sum += s->item[i].points.milli;
        same = same && s->item[i].points.milli == s->item[0].points.milli;
    }
    points_text(points_milli(sum), all, sizeof all);
    if (!same || s->n_items == 0)
        return arena_printf(a, _("%s (%zu items, %s points)"), s->title, s->n_items, all);
    return arena_printf(a, _("%s (%zu items of %s points, %s points)"), s->title, s->n_items,
                        points_text(s->item[0].points, each, sizeof each), all);
}

struct print *pages_new(const struct loaded *l, const char *what)
{
    const struct paper *p = l->exam->paper;
    const char *title = arena_printf(l->arena, "%s – %s %s", p->title, what, l->form->id);
    const char *footer = arena_printf(l->arena, _("%s · form %s · %s"), p->title, l->form->id, what);
    const struct print_options o = {.title = title, .footer = footer, .made_ms = l->exam->made_ms};
    return print_new(&o);
}

int pages_finish(struct print *p, int r, struct bytes *pdf, struct err *e)
{
    if (r == 0)
        r = print_finish(p, pdf, e);
    print_free(p);
    return r;
}

static void head(struct print *p, const struct loaded *l)
{
    const struct paper *x = l->exam->paper;
    char points[32], pass[32];
    print_heading(p, 1, x->title);
    const char *const fact[][2] = {
        {_("Form"), l->form->id},
        {_("Duration"), arena_printf(l->arena, _("%lld min"), (long long)(x->duration_s / 60))},
        {_("Points in all"), points_text(x->points, points, sizeof points)},
        {_("Pass line"), points_text(x->pass, pass, sizeof pass)},
        {_("Name"), "____________________"},
        {_("Ticket no."), "____________________"},
    };
    print_facts(p, fact, sizeof fact / sizeof *fact);
    print_paragraph(p, _("Answer on the answer sheet, which has the letter of this form. "
                         "What is written here does not count."));
    for (size_t i = 0; i < x->n_notices; i++)
        print_paragraph(p, x->notice[i]);
}

int print_exam_paper(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                     struct err *e)
{
    struct loaded l;
    int r = loaded_read(&l, x, form, false, e);
    if (r < 0)
        return r;
    struct print *p = pages_new(&l, _("paper"));
    head(p, &l);
    for (size_t i = 0; r == 0 && i < l.n; i++) {
        const char *heading =
            pages_section_first(&l, i) ? pages_section_title(l.arena, l.item[i].section) : NULL;
        r = body_print(p, &l, &l.item[i], heading, e);
    }
    r = pages_finish(p, r, pdf, e);
    loaded_release(&l);
    return r;
}

int print_exam_unfit(const struct print_exam *x, const struct paper_form *form, size_t *ret_n,
                     points_t *ret_points, struct err *e)
{
    struct loaded l;
    int r = loaded_read(&l, x, form, false, e);
    *ret_n = 0;
    *ret_points = points_milli(0);
    for (size_t i = 0; r == 0 && i < l.n; i++)
        if (l.item[i].unfit) {
            ++*ret_n;
            ret_points->milli += l.item[i].ref->points.milli;
        }
    if (r == 0)
        loaded_release(&l);
    return r;
}
