/* SPDX-License-Identifier: Apache-2.0 */
/* Pages, headers and footers (W26–W35). */
#include <string.h>

#include "scoring/practical/word/kinds.h"

static bool near(int32_t emu, int32_t tenths)
{
    int64_t d = (int64_t)emu - (int64_t)tenths * 3600;
    return d > -36000 && d < 36000;
}

static const char *paper(const struct word_section *s)
{
    static const struct {
        const char *name;
        int32_t w, h;
    } papers[] = {{"A3", 2970, 4200},     {"A4", 2100, 2970},    {"A5", 1480, 2100},
                  {"B4", 2570, 3640},     {"B5", 1820, 2570},    {"B5 (ISO)", 1760, 2500},
                  {"Letter", 2159, 2794}, {"Legal", 2159, 3556}, {"16K", 1840, 2600},
                  {"32K", 1300, 1840}};
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if ((near(s->width, papers[i].w) && near(s->height, papers[i].h)) ||
            (near(s->width, papers[i].h) && near(s->height, papers[i].w)))
            return papers[i].name;
    return "other";
}

static int give_margin(struct word_ask *q, const struct word_section *s, const char *place)
{
    int side = word_side_of(q, WORD_TOP);
    if (side < 0 || side > 3)
        return word_bad_locator(q, "side");
    return word_give(q, FACT_LENGTH, s->margin[side], place);
}

/* `column` picks one of unequal columns; equal ones share what the margins leave. */
static int give_column(struct word_ask *q, const struct word_section *s, const char *place)
{
    int64_t i = locator_index(q->at, "column", 1);
    if (i < 0)
        return word_bad_locator(q, "column");
    if (i > s->columns)
        return word_give_absent(q, place, arena_printf(q->a, "there are %u columns", s->columns));
    if (s->column_width)
        return word_give(q, FACT_LENGTH, s->column_width[i - 1], place);
    int64_t room = (int64_t)s->width - s->margin[WORD_LEFT] - s->margin[WORD_RIGHT] - s->gutter;
    return word_give(q, FACT_LENGTH, (room - (int64_t)(s->columns - 1) * s->column_space) / s->columns,
                     place);
}

static int give_length(struct word_ask *q, const struct word_section *s, const char *place)
{
    if (word_is(q, "word.margin"))
        return give_margin(q, s, place);
    if (word_is(q, "word.column-width"))
        return give_column(q, s, place);
    return word_give(q, FACT_LENGTH,
                     word_is(q, "word.page-width")        ? s->width
                     : word_is(q, "word.page-height")     ? s->height
                     : word_is(q, "word.gutter")          ? s->gutter
                     : word_is(q, "word.header-distance") ? s->header_distance
                     : word_is(q, "word.footer-distance") ? s->footer_distance
                     : s->column_gap                      ? s->column_gap[0]
                                                          : s->column_space,
                     place);
}

int word_page_kind(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_section *s;
    int r = word_find_section(&q, &s);
    if (r < 1)
        return r;
    const char *place = word_section_place(s, a);
    if (t->kind->type == FACT_LENGTH)
        return give_length(&q, s, place);
    if (word_is(&q, "word.paper"))
        return word_give_text(&q, FACT_TOKEN, paper(s), place);
    if (word_is(&q, "word.orientation"))
        return word_give_text(&q, FACT_TOKEN, s->landscape ? "landscape" : "portrait", place);
    if (word_is(&q, "word.section-start"))
        return word_give_text(&q, FACT_TOKEN, s->start, place);
    if (word_is(&q, "word.page-number-format"))
        return word_give_text(&q, FACT_TOKEN, s->page_format, place);
    if (word_is(&q, "word.page-vertical-align"))
        return word_give_text(&q, FACT_TOKEN, s->vertical_align, place);
    if (word_is(&q, "word.page-number-start"))
        return s->page_start < 0 ? word_give_absent(&q, place, "the numbers go on from the section before")
                                 : word_give(&q, FACT_INTEGER, s->page_start, place);
    if (word_is(&q, "word.columns"))
        return word_give(&q, FACT_INTEGER, s->columns, place);
    return word_give(&q, FACT_BOOL,
                     word_is(&q, "word.column-separator")       ? s->column_separator
                     : word_is(&q, "word.columns-equal")        ? s->columns_equal
                     : word_is(&q, "word.header-first-differs") ? s->title_page
                                                                : q.d->even_and_odd,
                     place);
}

static const char *const words[WORD_PAGE_KINDS] = {"default", "first", "even"};

static int which_page(struct word_ask *q, const struct word_section *s)
{
    const char *kind = locator_get(q->at, "page");
    for (int i = 0; kind && i < WORD_PAGE_KINDS; i++)
        if (strcmp(words[i], kind) == 0)
            return i;
    (void)s;
    return kind ? -1 : WORD_PAGE_DEFAULT;
}

/* The page's number wherever it stands in that header or footer: also in a text box, a table, a control. */
static const struct word_field *page_field(const struct word_document *d, const struct word_flow *f)
{
    for (const struct word_field *field = f ? d->field : NULL; field; field = field->next)
        if (strcmp(field->name, "PAGE") == 0 && field->at && word_outer_flow(d, field->at->block.flow) == f)
            return field;
    return NULL;
}

static int give_page_number(struct word_ask *q, const struct word_section *s, int which)
{
    const struct word_field *head = page_field(q->d, s->header[which]),
                            *foot = page_field(q->d, s->footer[which]);
    const struct word_field *any = foot ? foot : head;
    const char *place = any ? word_paragraph_place(any->at, q->a) : word_section_place(s, q->a);
    if (word_is(q, "word.page-number"))
        return word_give_text(q, FACT_TOKEN,
                              head && foot ? "both"
                              : head       ? "header"
                              : foot       ? "footer"
                                           : "none",
                              place);
    return any ? word_give_text(q, FACT_TOKEN, any->at->format->align, place)
               : word_give_absent(q, place, "there is no page number");
}

int word_margin_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_section *s;
    int r = word_find_section(&q, &s);
    if (r < 1)
        return r;
    int which = which_page(&q, s);
    if (which < 0)
        return word_bad_locator(&q, "page");
    if (strstr(t->kind->name, "page-number"))
        return give_page_number(&q, s, which);
    bool header = word_is(&q, "word.header-text");
    const struct word_flow *f = header ? s->header[which] : s->footer[which];
    if (!f)
        return word_give_absent(&q, word_section_place(s, a),
                                header ? "there is no header" : "there is no footer");
    return word_give_text(&q, FACT_TEXT, word_flow_text(f, a), word_flow_place(f, a));
}
