/* SPDX-License-Identifier: Apache-2.0 */
/* cand.docx.*: a notice as its reader sees it, in docx and odt alike. Locators: "p0", "section", "t0",
 * "t0 row3". */
#include <stdlib.h>
#include <string.h>

#include "cli/score/facts-word.h"

static int64_t number_after(const json_t *locator, const char *word)
{
    const char *s = json_string_value(locator);
    s = s ? strstr(s, word) : NULL;
    s = s ? s + strlen(word) : NULL;
    return s && *s >= '0' && *s <= '9' ? strtoll(s, NULL, 10) : -1;
}

static int with_paragraph(struct facts_file *f, const json_t *locator, const struct word_paragraph **ret,
                          struct err *e)
{
    const struct word_document *d;
    int64_t i = number_after(locator, "p");
    int r = facts_word_open(f, &d, e);
    *ret = r == 0 && i >= 0 && (uint64_t)i < d->n_paragraphs ? d->paragraph[i] : NULL;
    return r;
}

static const struct word_run *first_run(const struct word_paragraph *p)
{
    for (const struct word_run *r = p ? p->first : NULL; r; r = r->next)
        if (r->kind == WORD_RUN_TEXT && !r->blank)
            return r;
    return NULL;
}

static const struct word_chars *chars_of(const struct word_paragraph *p)
{
    const struct word_run *r = first_run(p);
    return r ? r->chars : p ? p->chars : NULL;
}

/* Hundredths as a number, whole where it is. */
static json_t *hundredths(int64_t n)
{
    return n % 100 == 0 ? json_integer(n / 100) : json_real((double)n / 100);
}

static int text(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p)
        *ret = json_string(p->text);
    return r;
}

static int size_pt(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    const struct word_chars *c = chars_of(p);
    if (c)
        *ret = hundredths(((int64_t)c->size_asian * 2 + 127) / 254);
    return r;
}

static int bold(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    const struct word_chars *c = chars_of(p);
    if (c)
        *ret = json_boolean(c->on & WORD_BOLD_ASIAN);
    return r;
}

static int color(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    const struct word_chars *c = chars_of(p);
    if (c && c->color >= 0)
        *ret = json_sprintf("%06X", (unsigned)c->color);
    return r;
}

static int font_asian(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    const struct word_chars *c = chars_of(p);
    if (c)
        *ret = json_string(c->asian && !c->asian_theme && c->asian_from > WORD_DEFAULTS ? c->asian
                                                                                        : "inherited");
    return r;
}

static int align(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p)
        *ret = json_string(p->format->align);
    return r;
}

/* Twips in characters of the text there, to the nearest half. */
static json_t *first_chars(const struct word_paragraph *p)
{
    const struct word_measure *m = &p->format->first;
    if (m->relative)
        return hundredths(m->hundredths);
    int64_t em = chars_of(p)->size_asian,
            half = em ? ((int64_t)m->emu * 4 / em + (m->emu < 0 ? -1 : 1)) / 2 : 0;
    return hundredths(half * 50);
}

static int first_line_chars(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (r == 0)
        r = facts_word_open(f, &d, e);
    if (r < 0 || !p)
        return r;
    if (d->odf && p->format->first_raw && p->format->first.emu)
        *ret = json_pack("{s: s}", "fo:text-indent", p->format->first_raw);
    else
        *ret = first_chars(p);
    return 0;
}

/* 1.15 lines in the default paragraph style are what an office program moved there from the defaults. */
static bool is_default_line(const struct word_format *f)
{
    return f->line_from <= WORD_DEFAULTS ||
           (f->line_from == WORD_STYLE && f->line_rule == WORD_LINE_MULTIPLE && f->line == 1150);
}

static int line_spacing(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (!p)
        return r;
    if (is_default_line(p->format))
        *ret = json_string("default");
    else if (p->format->line_rule == WORD_LINE_MULTIPLE)
        *ret = hundredths((p->format->line + 5) / 10);
    else
        *ret = json_pack("{s: o}", p->format->line_rule == WORD_LINE_EXACT ? "exact_pt" : "at_least_pt",
                         hundredths(((int64_t)p->format->line + 63) / 127));
    return r;
}

static int with_section(struct facts_file *f, const struct word_document **ret_d,
                        const struct word_section **ret, struct err *e)
{
    int r = facts_word_open(f, ret_d, e);
    *ret = r == 0 ? (*ret_d)->section[(*ret_d)->n_sections - 1] : NULL;
    return r;
}

static json_t *centimetres(int32_t emu)
{
    return hundredths(((int64_t)emu + 1800) / 3600);
}

static int margins(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &d, &s, e);
    if (s)
        *ret = json_pack("[o, o, o, o]", centimetres(s->margin[WORD_TOP]), centimetres(s->margin[WORD_RIGHT]),
                         centimetres(s->margin[WORD_BOTTOM]), centimetres(s->margin[WORD_LEFT]));
    return r;
}

static bool near(int32_t emu, int32_t mm)
{
    int64_t d = (int64_t)emu - (int64_t)mm * 36000;
    return d > -36000 && d < 36000;
}

static const char *paper(const struct word_section *s)
{
    static const struct {
        const char *name;
        int32_t w, h;
    } papers[] = {{"A3", 297, 420},       {"A4", 210, 297},     {"A5", 148, 210}, {"B5", 182, 257},
                  {"B5 (ISO)", 176, 250}, {"Letter", 216, 279}, {"16K", 184, 260}};
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if ((near(s->width, papers[i].w) && near(s->height, papers[i].h)) ||
            (near(s->width, papers[i].h) && near(s->height, papers[i].w)))
            return papers[i].name;
    return NULL;
}

static int page(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &d, &s, e);
    if (s)
        *ret = paper(s) ? json_string(paper(s))
                        : json_pack("[o, o]", centimetres(s->width), centimetres(s->height));
    return r;
}

static int header_text(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &d, &s, e);
    struct arena *a = arena_new();
    if (s && s->header[WORD_PAGE_DEFAULT])
        *ret = json_string(word_flow_text(s->header[WORD_PAGE_DEFAULT], a));
    arena_free(a);
    return r;
}

static int footer_field(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &d, &s, e);
    const struct word_flow *footer = s ? s->footer[WORD_PAGE_DEFAULT] : NULL;
    for (const struct word_field *field = footer ? d->field : NULL; field && !*ret; field = field->next)
        if (field->at && word_outer_flow(d, field->at->block.flow) == footer)
            *ret = json_string(field->name);
    return r;
}

static int with_table(struct facts_file *f, const json_t *locator, const struct word_table **ret,
                      struct err *e)
{
    const struct word_document *d;
    int64_t i = number_after(locator, "t");
    int r = facts_word_open(f, &d, e);
    *ret = r == 0 && i >= 0 && (uint64_t)i < d->n_tables ? d->table[i] : NULL;
    return r;
}

static int table_size(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_table *t;
    int r = with_table(f, locator, &t, e);
    if (t)
        *ret = json_pack("[i, i]", (int)t->n_rows, (int)t->n_columns);
    return r;
}

static int merged(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_table *t;
    int r = with_table(f, locator, &t, e);
    int64_t row = number_after(locator, "row");
    for (const struct word_row *w = t ? t->first : NULL; w; w = w->next)
        for (const struct word_cell *c = w->first; c && w->number == row + 1 && !*ret; c = c->next)
            if (c->span > 1 && !c->covered)
                *ret = json_sprintf("cells %u-%u", c->column, c->column + c->span - 1);
    return r;
}

const struct facts_row facts_notice[] = {
    {"cand.docx.text", text},
    {"cand.docx.size_pt", size_pt},
    {"cand.docx.bold", bold},
    {"cand.docx.color", color},
    {"cand.docx.font_eastAsia", font_asian},
    {"cand.docx.align", align},
    {"cand.docx.first_line_chars", first_line_chars},
    {"cand.docx.line_spacing_mult", line_spacing},
    {"cand.docx.margins_cm", margins},
    {"cand.docx.page", page},
    {"cand.docx.header_text", header_text},
    {"cand.docx.footer_field", footer_field},
    {"cand.docx.table_size", table_size},
    {"cand.docx.merged", merged},
    {0},
};
