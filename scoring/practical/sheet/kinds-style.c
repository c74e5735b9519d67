/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/formula/number-format.h"
#include "scoring/practical/sheet/kinds.h"

/* ---- what is looked at in one cell ---- */

struct looked {
    const struct sheet_where *w;
    uint32_t row, column;
    const struct sheet_style *s;
    const struct sheet_cell *c;
    struct arena *a;
};
typedef struct fact_value look_fn(const struct looked *x);

static struct fact_value text_value(enum fact_type type, const char *text)
{
    return (struct fact_value){.type = type, .text = text};
}

static struct fact_value whole(enum fact_type type, int64_t v)
{
    return (struct fact_value){.type = type, .integer = v};
}

/* The font of a text: where its runs all say the same, theirs. */
static const struct sheet_font *font_of(const struct looked *x)
{
    const struct sheet_text *t = x->c && x->c->type == CELL_TEXT ? x->c->value.text : NULL;
    if (!t || t->n_runs != 1 || !t->run[0].font)
        return x->s->font;
    return t->run[0].font;
}

static struct fact_value look_font(const struct looked *x)
{
    return text_value(FACT_FONT, font_of(x)->name);
}

static struct fact_value look_font_asia(const struct looked *x)
{
    return text_value(FACT_FONT, font_of(x)->name_asia);
}

static struct fact_value look_size(const struct looked *x)
{
    return whole(FACT_LENGTH, (int64_t)(font_of(x)->size * 12700 + 0.5));
}

static struct fact_value look_bold(const struct looked *x)
{
    return whole(FACT_BOOL, font_of(x)->bold);
}

static struct fact_value look_italic(const struct looked *x)
{
    return whole(FACT_BOOL, font_of(x)->italic);
}

static struct fact_value look_strike(const struct looked *x)
{
    return whole(FACT_BOOL, font_of(x)->strike);
}

static struct fact_value look_underline(const struct looked *x)
{
    return text_value(FACT_TOKEN, font_of(x)->underline);
}

static struct fact_value look_color(const struct looked *x)
{
    int32_t rgb = font_of(x)->color.rgb;
    return whole(FACT_COLOR, rgb);
}

static struct fact_value look_fill(const struct looked *x)
{
    return whole(FACT_COLOR, x->s->fill->color.rgb);
}

static struct fact_value look_pattern(const struct looked *x)
{
    return text_value(FACT_TOKEN, x->s->fill->pattern);
}

/* General is by the type of the value. */
static struct fact_value look_align(const struct looked *x)
{
    const char *h = x->s->horizontal;
    if (strcmp(h, "general") != 0 || !x->c || x->c->type == CELL_EMPTY)
        return text_value(FACT_TOKEN, h);
    bool number = x->c->type == CELL_NUMBER || x->c->type == CELL_DATE;
    return text_value(FACT_TOKEN, number ? "right" : x->c->type == CELL_TEXT ? "left" : "center");
}

static struct fact_value look_valign(const struct looked *x)
{
    return text_value(FACT_TOKEN, x->s->vertical);
}

static struct fact_value look_wrap(const struct looked *x)
{
    return whole(FACT_BOOL, x->s->wrap);
}

static struct fact_value look_shrink(const struct looked *x)
{
    return whole(FACT_BOOL, x->s->shrink);
}

static struct fact_value look_indent(const struct looked *x)
{
    return whole(FACT_INTEGER, x->s->indent);
}

static struct fact_value look_rotation(const struct looked *x)
{
    return whole(FACT_INTEGER, x->s->rotation);
}

static struct fact_value look_locked(const struct looked *x)
{
    return whole(FACT_BOOL, x->s->locked);
}

static struct fact_value look_formula_hidden(const struct looked *x)
{
    return whole(FACT_BOOL, x->s->hidden);
}

static struct fact_value look_style(const struct looked *x)
{
    return text_value(FACT_TEXT, x->s->name);
}

static struct fact_value look_number_format(const struct looked *x)
{
    return text_value(FACT_TEXT, x->s->number_format);
}

/* ---- what a format means ---- */

static struct number_format format_of(const struct looked *x)
{
    struct number_format f = {0};
    struct err e;
    if (number_format_read(&f, x->a, x->s->number_format, &e) < 0)
        f = (struct number_format){.kind = NUMBER_GENERAL};
    return f;
}

static struct fact_value look_format_kind(const struct looked *x)
{
    return text_value(FACT_TOKEN, number_format_kind_name(format_of(x).kind));
}

static struct fact_value look_decimals(const struct looked *x)
{
    return whole(FACT_INTEGER, format_of(x).decimals);
}

static struct fact_value look_thousands(const struct looked *x)
{
    return whole(FACT_BOOL, format_of(x).thousands);
}

static struct fact_value look_currency(const struct looked *x)
{
    const char *currency = format_of(x).currency;
    return text_value(FACT_TEXT, currency ? currency : "");
}

static struct fact_value look_negative_red(const struct looked *x)
{
    return whole(FACT_BOOL, format_of(x).negative_red);
}

static const struct {
    const char *kind;
    look_fn *look;
} looks[] = {
    {"sheet.font", look_font},
    {"sheet.font-asia", look_font_asia},
    {"sheet.size", look_size},
    {"sheet.bold", look_bold},
    {"sheet.italic", look_italic},
    {"sheet.strike", look_strike},
    {"sheet.underline", look_underline},
    {"sheet.color", look_color},
    {"sheet.fill", look_fill},
    {"sheet.fill-pattern", look_pattern},
    {"sheet.align", look_align},
    {"sheet.valign", look_valign},
    {"sheet.wrap", look_wrap},
    {"sheet.shrink", look_shrink},
    {"sheet.indent", look_indent},
    {"sheet.rotation", look_rotation},
    {"sheet.locked", look_locked},
    {"sheet.formula-hidden", look_formula_hidden},
    {"sheet.style", look_style},
    {"sheet.number-format", look_number_format},
    {"sheet.format-kind", look_format_kind},
    {"sheet.decimals", look_decimals},
    {"sheet.thousands", look_thousands},
    {"sheet.currency", look_currency},
    {"sheet.negative-red", look_negative_red},
};

static look_fn *look_of(const char *kind)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (strcmp(looks[i].kind, kind) == 0)
            return looks[i].look;
    return NULL;
}

/* ---- all cells of a range look the same ---- */

static bool same(const struct fact_value *a, const struct fact_value *b)
{
    if (a->text && b->text)
        return strcmp(a->text, b->text) == 0;
    return a->integer == b->integer;
}

/* Only the first cell of a merged range is seen; empty cells of whole rows and columns are passed over. */
static bool passed_over(const struct sheet_where *w, uint32_t row, uint32_t column,
                        const struct sheet_cell *c)
{
    const struct sheet_range *m = sheet_merge_at(w->sheet, row, column);
    if (m && (m->row != row || m->column != column) && range_holds(&w->range, m->row, m->column))
        return true;
    return w->whole && (!c || c->type == CELL_EMPTY);
}

static int not_the_same(const struct sheet_where *w, uint32_t row, uint32_t column, struct arena *a,
                        struct fact *ret)
{
    const char *cell = reference_cell_name(a, row, column);
    return fact_absent(ret, sheet_place(w, a),
                       arena_printf(a, "its cells differ: %s from those before", cell));
}

static int look_at_range(const struct sheet_where *w, look_fn *look, struct arena *a, struct fact *ret)
{
    bool any = false;
    struct fact_value first = {0};
    const struct sheet_range *r = &w->range;
    if ((uint64_t)(r->last_row - r->row + 1) * (r->last_column - r->column + 1) > SHEET_MAX_LOOKED_AT)
        return fact_unknown(ret, sheet_place(w, a), "the range is too large to be looked at");
    for (uint32_t row = r->row; row <= r->last_row; row++)
        for (uint32_t column = r->column; column <= r->last_column; column++) {
            const struct sheet_cell *c = sheet_cell_at(w->sheet, row, column);
            struct looked x = {w, row, column, sheet_style_at(w->book, w->sheet, row, column), c, a};
            if (any && passed_over(w, row, column, c))
                continue;
            struct fact_value v = look(&x);
            if (any && !same(&first, &v))
                return not_the_same(w, row, column, a, ret);
            first = v;
            any = true;
        }
    *ret = (struct fact){.state = FACT_FOUND, .place = sheet_place(w, a), .value = first};
    return 0;
}

int sheet_style_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return look_at_range(&w, look_of(t->kind->name), a, ret);
}
