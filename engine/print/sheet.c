/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet that candidates answer on. */
#include <string.h>

#include "base/i18n.h"
#include "engine/print/body.h"
#include "engine/print/pages.h"

enum { SHEET_SIZE = 11, MARKS_PER_ROW = 3, MAX_MARKS = 8, ESSAY_LINES = 12, MAX_LINES = 40 };

static void head(struct print *p, const struct loaded *l)
{
    const struct paper *x = l->exam->paper;
    static const char blank[] = "____________________";
    print_heading(p, 1, arena_printf(l->arena, _("%s – answer sheet"), x->title));
    const char *const fact[][2] = {{_("Form"), l->form->id}, {_("Ticket no."), blank}, {_("Name"), blank},
                                   {_("ID no."), blank},     {_("Room"), blank},       {_("Seat"), blank}};
    print_facts(p, fact, sizeof fact / sizeof *fact);
    print_paragraph(
        p, _("Fill the circles of your choice fully in black. Write everything else clearly, in its place."));
}

/* A choice that is marked in circles: one interaction, few choices. */
static bool in_circles(const struct loaded_item *i)
{
    const struct item_interaction *x = i->n_parts == 1 ? i->part[0].interaction : NULL;
    return x && !i->unfit && (x->kind == INTERACTION_CHOICE || x->kind == INTERACTION_HOTTEXT) &&
           x->n_choices <= MAX_MARKS;
}

static const char *circles(const struct loaded *l, const struct loaded_item *i)
{
    struct bytes text = {0};
    bytes_printf(&text, "<b>%zu.</b>  ", i->number);
    for (size_t k = 0; k < i->part[0].interaction->n_choices; k++) {
        const unsigned char letter[] = {0xE2, 0x92, (unsigned char)(0xB6 + k), 0}; /* U+24B6: A in a circle */
        bytes_printf(&text, "%s ", (const char *)letter);
    }
    const char *kept = arena_strndup(l->arena, (const char *)text.p, text.n);
    bytes_release(&text);
    return kept;
}

static size_t lines_of(const struct item_interaction *x)
{
    int64_t n = x->expected_lines > 0    ? x->expected_lines
                : x->expected_length > 0 ? x->expected_length / 30 + 1
                                         : ESSAY_LINES;
    return n > MAX_LINES ? MAX_LINES : (size_t)n;
}

static void put_written(struct print *p, const struct loaded *l, const struct loaded_item *i)
{
    char points[32];
    const char *number = arena_printf(l->arena, _("<b>%zu.</b> (%s points)"), i->number,
                                      points_text(i->ref->points, points, sizeof points));
    if (i->unfit) {
        print_marked(p, SHEET_SIZE, 0, NULL,
                     arena_printf(l->arena, "%s  %s", number, _("on a computer only")));
        return;
    }
    const char *line = number;
    for (size_t k = 0; k < i->n_parts; k++) {
        const struct item_interaction *x = i->part[k].interaction;
        const char *label = body_part_label(l->arena, i, k);
        if (x->kind == INTERACTION_EXTENDED_TEXT) {
            print_marked(p, SHEET_SIZE, 0, NULL, arena_printf(l->arena, "%s  %s", line, label));
            print_lines(p, BODY_INDENT, lines_of(x));
            line = "";
        } else {
            bool word = x->kind == INTERACTION_TEXT_ENTRY || x->kind == INTERACTION_INLINE_CHOICE;
            line = arena_printf(l->arena, "%s   %s ________________%s", line, label,
                                word ? "" : "____________________");
        }
    }
    if (*line)
        print_marked(p, SHEET_SIZE, 0, NULL, line);
    print_space(p, 4);
}

/* Items from i on that are marked in circles, of the same section, as rows; returns the first behind them. */
static size_t put_circles(struct print *p, const struct loaded *l, size_t i)
{
    const char **text = arena_array(l->arena, l->n + 1, sizeof *text);
    size_t n = 0, from = i;
    while (i < l->n && in_circles(&l->item[i]) && (i == from || !pages_section_first(l, i)))
        text[n++] = circles(l, &l->item[i++]);
    print_grid(p, SHEET_SIZE + 1, 0, MARKS_PER_ROW, text, n);
    return i;
}

int print_exam_sheet(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                     struct err *e)
{
    struct loaded l;
    int r = loaded_read(&l, x, form, false, e);
    if (r < 0)
        return r;
    struct print *p = pages_new(&l, _("answer sheet"));
    head(p, &l);
    for (size_t i = 0; i < l.n;) {
        if (pages_section_first(&l, i))
            print_heading(p, 2, pages_section_title(l.arena, l.item[i].section));
        if (in_circles(&l.item[i]))
            i = put_circles(p, &l, i);
        else
            put_written(p, &l, &l.item[i++]);
    }
    r = pages_finish(p, 0, pdf, e);
    loaded_release(&l);
    return r;
}
