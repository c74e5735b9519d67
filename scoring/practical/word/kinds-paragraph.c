/* SPDX-License-Identifier: Apache-2.0 */
/* Paragraphs (W12–W25). */
#include <string.h>

#include "scoring/practical/word/kinds.h"

struct found {
    const struct word_format *f;
    const struct word_chars *c;     /* of its text: for lengths in characters */
    const struct word_paragraph *p; /* NULL: of a style */
    const char *place;
};

static const struct word_chars *chars_of(const struct word_paragraph *p)
{
    for (const struct word_run *r = p->first; r; r = r->next)
        if (r->kind == WORD_RUN_TEXT && !r->blank)
            return r->chars;
    return p->chars;
}

static int find(struct word_ask *q, struct found *ret)
{
    const struct word_style *s;
    *ret = (struct found){0};
    if (locator_get(q->at, "style")) {
        int r = word_find_style(q, &s);
        if (r < 1)
            return r;
        *ret = (struct found){.f = s->format, .c = s->chars, .place = word_style_place(q, s)};
        return s->format ? 1 : word_give_absent(q, ret->place, "this is no style of paragraphs");
    }
    int r = word_find_paragraph(q, &ret->p);
    if (r < 1)
        return r;
    ret->f = ret->p->format;
    ret->c = chars_of(ret->p);
    ret->place = word_paragraph_place(ret->p, q->a);
    return 1;
}

static int give_indent(struct word_ask *q, const struct word_measure *m, const struct found *x)
{
    word_give(q, FACT_LENGTH, m->emu, x->place);
    q->ret->value.chars100 = m->relative ? m->hundredths : 0;
    q->ret->value.em = x->c ? x->c->size_asian : 0;
    return 0;
}

/* Lines are told as a ratio, else as a length. */
static int give_space(struct word_ask *q, const struct word_measure *m, bool automatic, const struct found *x)
{
    if (automatic)
        return word_give(q, FACT_LENGTH, 14 * 12700, x->place);
    return m->relative ? word_give(q, FACT_RATIO, (int64_t)m->hundredths * 10, x->place)
                       : word_give(q, FACT_LENGTH, m->emu, x->place);
}

static int give_line(struct word_ask *q, const struct found *x)
{
    return word_give(q, x->f->line_rule == WORD_LINE_MULTIPLE ? FACT_RATIO : FACT_LENGTH, x->f->line,
                     x->place);
}

/* A level without a number that shows nothing else is none: so other programs keep headings. */
static bool is_shown(const struct word_list *l)
{
    if (strcmp(l->format, "none") != 0)
        return true;
    for (const char *s = l->text; *s; s++)
        if (*s == '%' && s[1] >= '0' && s[1] <= '9')
            s++;
        else if (*s != ' ' && *s != '.')
            return true;
    return false;
}

static int give_list(struct word_ask *q, const struct found *x)
{
    const struct word_list *l = x->f->list && is_shown(x->f->list) ? x->f->list : NULL;
    if (word_is(q, "word.in-list"))
        return word_give(q, FACT_BOOL, l != NULL, x->place);
    if (word_is(q, "word.list-format"))
        return word_give_text(q, FACT_TOKEN, l ? l->format : "none", x->place);
    if (!l)
        return word_give_absent(q, x->place, "the paragraph is in no list");
    if (word_is(q, "word.list-text"))
        return word_give_text(q, FACT_TEXT, l->text, x->place);
    return word_give(q, FACT_INTEGER, word_is(q, "word.list-level") ? (int64_t)l->level : l->start, x->place);
}

static int give_drop_cap(struct word_ask *q, const struct found *x)
{
    const struct word_format *f = x->f;
    if (word_is(q, "word.drop-cap"))
        return word_give_text(q, FACT_TOKEN, f->drop_cap, x->place);
    if (strcmp(f->drop_cap, "none") == 0)
        return word_give_absent(q, x->place, "the paragraph has no drop cap");
    if (word_is(q, "word.drop-cap-lines"))
        return word_give(q, FACT_INTEGER, f->drop_lines, x->place);
    return word_give(q, FACT_LENGTH, f->drop_distance, x->place);
}

static int give_flag(struct word_ask *q, const struct found *x)
{
    const struct word_format *f = x->f;
    bool on = word_is(q, "word.keep-next")           ? f->keep_next
              : word_is(q, "word.keep-lines")        ? f->keep_lines
              : word_is(q, "word.page-break-before") ? f->page_break_before
              : word_is(q, "word.widow-control")     ? f->widow_control
              : word_is(q, "word.right-to-left")     ? f->bidi
                                                     : f->contextual;
    return word_give(q, FACT_BOOL, on, x->place);
}

static int give_measure(struct word_ask *q, const struct found *x)
{
    const struct word_format *f = x->f;
    if (word_is(q, "word.first-line"))
        return give_indent(q, &f->first, x);
    if (word_is(q, "word.indent-left"))
        return give_indent(q, &f->left, x);
    if (word_is(q, "word.indent-right"))
        return give_indent(q, &f->right, x);
    if (word_is(q, "word.space-before"))
        return give_space(q, &f->before, f->before_auto, x);
    if (word_is(q, "word.space-after"))
        return give_space(q, &f->after, f->after_auto, x);
    return give_line(q, x);
}

int word_paragraph_kind(const struct check_target *t, const struct locator *at, const char *argument,
                        struct arena *a, struct fact *ret, struct err *e)
{
    static const char *const rules[] = {"multiple", "exact", "atLeast"};
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    struct found x;
    int r = find(&q, &x);
    if (r < 1)
        return r;
    if (word_is(&q, "word.align"))
        return word_give_text(&q, FACT_TOKEN, x.f->align, x.place);
    if (word_is(&q, "word.line-rule"))
        return word_give_text(&q, FACT_TOKEN, rules[x.f->line_rule], x.place);
    if (word_is(&q, "word.style"))
        return word_give_text(&q, FACT_TOKEN, x.f->style ? word_style_name(a, x.f->style) : "none", x.place);
    if (word_is(&q, "word.outline-level"))
        return word_give(&q, FACT_INTEGER, x.f->outline, x.place);
    if (word_is(&q, "word.shading"))
        return word_give(&q, FACT_COLOR, x.f->shading, x.place);
    if (strstr(t->kind->name, "list"))
        return give_list(&q, &x);
    if (strstr(t->kind->name, "drop-cap"))
        return give_drop_cap(&q, &x);
    return t->kind->type == FACT_BOOL ? give_flag(&q, &x) : give_measure(&q, &x);
}

static bool same_border(const struct word_border *a, const struct word_border *b)
{
    const char *x = a->kind ? a->kind : "none", *y = b->kind ? b->kind : "none";
    int32_t black[2] = {a->color < 0 ? 0 : a->color, b->color < 0 ? 0 : b->color};
    return strcmp(x, y) == 0 && a->width == b->width && black[0] == black[1];
}

/* An automatic line is black. */
static int give_border(struct word_ask *q, const struct word_border *b, const char *place)
{
    if (q->t->kind->type == FACT_TOKEN)
        return word_give_text(q, FACT_TOKEN, b->kind ? b->kind : "none", place);
    if (!b->kind || strcmp(b->kind, "none") == 0)
        return word_give_absent(q, place, "there is no line");
    if (q->t->kind->type == FACT_COLOR)
        return word_give(q, FACT_COLOR, b->color < 0 ? 0 : b->color, place);
    return word_give(q, FACT_LENGTH, b->width, place);
}

/* Without a side: all four, where they are alike. */
static int give_sides(struct word_ask *q, const struct word_border *border, const char *place)
{
    int side = word_side_of(q, WORD_SIDES);
    if (side < 0 || side == WORD_INSIDE_H || side == WORD_INSIDE_V)
        return word_bad_locator(q, "side");
    if (side < 4)
        return give_border(q, &border[side], place);
    for (int i = 1; i < 4; i++)
        if (!same_border(&border[0], &border[i]))
            return word_give_unknown(q, place, "the sides differ");
    return give_border(q, &border[0], place);
}

int word_border_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    struct found x;
    int r = find(&q, &x);
    return r < 1 ? r : give_sides(&q, x.f->border, x.place);
}

int word_page_border_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_section *s;
    int r = word_find_section(&q, &s);
    return r < 1 ? r : give_sides(&q, s->border, word_section_place(s, a));
}

int word_cell_border_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_cell *c;
    int r = word_find_cell(&q, &c);
    return r < 1 ? r : give_sides(&q, c->border, word_cell_place(c, a));
}

/* The sides of a table are those of the cells that lie there: what is seen, whoever set it. */
static const struct word_border *table_side(const struct word_table *t, int side, bool *differs)
{
    const struct word_border *ret = NULL;
    for (const struct word_row *w = t->first; w; w = w->next)
        for (const struct word_cell *c = w->first; c; c = c->next) {
            bool top = c->row->number == 1, left = c->column == 0;
            bool bottom = c->row->number + c->row_span > t->n_rows,
                 right = c->column + c->span >= t->n_columns;
            bool there = side == WORD_TOP        ? top
                         : side == WORD_LEFT     ? left
                         : side == WORD_BOTTOM   ? bottom
                         : side == WORD_RIGHT    ? right
                         : side == WORD_INSIDE_H ? !bottom
                                                 : !right;
            const struct word_border *b = &c->border[side == WORD_INSIDE_H   ? WORD_BOTTOM
                                                     : side == WORD_INSIDE_V ? WORD_RIGHT
                                                                             : side];
            if (!there || c->covered)
                continue;
            *differs = *differs || (ret && !same_border(ret, b));
            ret = ret ? ret : b;
        }
    return ret;
}

int word_table_border_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_table *table;
    bool differs = false;
    int side = word_side_of(&q, WORD_TOP),
        r = side < 0 ? word_bad_locator(&q, "side") : word_find_table(&q, &table);
    if (r < 1)
        return r;
    const struct word_border *b = table_side(table, side, &differs);
    const char *place = word_table_place(table, a);
    if (!b)
        return word_give_absent(&q, place, "the table has no such side");
    return differs ? word_give_unknown(&q, place, "the line is not the same throughout")
                   : give_border(&q, b, place);
}

int word_tab_kind(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    struct found x;
    int64_t i = locator_index(at, "tab", 1);
    int r = i < 0 ? word_bad_locator(&q, "tab") : find(&q, &x);
    if (r < 1)
        return r;
    if (word_is(&q, "word.tabs"))
        return word_give(&q, FACT_INTEGER, (int64_t)x.f->n_tabs, x.place);
    if ((uint64_t)i > x.f->n_tabs)
        return word_give_absent(&q, x.place, arena_printf(a, "there are %zu tab stops", x.f->n_tabs));
    const struct word_tab *tab = &x.f->tab[i - 1];
    if (word_is(&q, "word.tab-position"))
        return word_give(&q, FACT_LENGTH, tab->position, x.place);
    return word_give_text(&q, FACT_TOKEN, word_is(&q, "word.tab-kind") ? tab->kind : tab->leader, x.place);
}
