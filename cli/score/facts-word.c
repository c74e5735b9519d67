/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about text documents. docx.*: what the file says, level by level; paragraphs are children of the
 * body, counted from 0. cand.docx.*: what a person sees, in docx and odt alike. */
#include <string.h>

#include "base/text.h"
#include "cli/score/facts-word.h"

int facts_word_open(struct facts_file *f, const struct word_document **ret, struct err *e)
{
    void *document = NULL;
    int r = facts_document(f, &word_family, &document, e);
    *ret = document;
    return r;
}

/* Children of the body itself: none in content controls. */
static const struct word_paragraph *child_at(const struct word_document *d, int64_t index)
{
    for (const struct word_block *b = d->body.first; b; b = b->next) {
        const struct word_paragraph *p = word_as_paragraph(b);
        if (p && !p->in_control && index-- == 0)
            return p;
    }
    return NULL;
}

static bool begins(const struct word_paragraph *p, const char *prefix)
{
    struct bytes text = {0};
    for (const struct word_run *r = p->first; r; r = r->next)
        bytes_str(&text, r->text);
    bool ret = text.n && strncmp((const char *)text.p, prefix, strlen(prefix)) == 0;
    bytes_release(&text);
    return ret;
}

static const struct word_paragraph *paragraph_of(const struct word_document *d, const json_t *locator)
{
    const char *prefix = facts_text(locator, "text_prefix");
    const struct word_paragraph *p = child_at(d, facts_number(locator, "p", -1));
    if (p || !prefix)
        return p;
    for (size_t i = 0; i < d->n_any; i++)
        if (begins(d->any_paragraph[i], prefix))
            return d->any_paragraph[i];
    return NULL;
}

/* Runs of a paragraph as descendants of its element: those of a text box stand where it is anchored. */
typedef bool run_fn(void *context, const struct word_run *r); /* true ends the walk */
static bool each_run(const struct word_document *d, const struct word_paragraph *p, unsigned depth,
                     run_fn *fn, void *context);

static bool each_box_run(const struct word_document *d, const struct word_object *o, unsigned depth,
                         run_fn *fn, void *context)
{
    for (const struct word_block *b = o->flow ? o->flow->first : NULL; b; b = b->next)
        if (!b->table && each_run(d, word_as_paragraph(b), depth + 1, fn, context))
            return true;
    return false;
}

static const struct word_object *object_at(const struct word_object *o, const struct word_paragraph *p)
{
    while (o && o->at != p)
        o = o->next;
    return o;
}

static bool each_run(const struct word_document *d, const struct word_paragraph *p, unsigned depth,
                     run_fn *fn, void *context)
{
    const struct word_object *o = object_at(d->object, p);
    for (const struct word_run *r = p->first; r; r = r->next) {
        if (r->kind == WORD_RUN_OBJECT && o) {
            if (depth < 4 && each_box_run(d, o, depth, fn, context))
                return true;
            o = object_at(o->next, p);
        } else if (fn(context, r))
            return true;
    }
    return false;
}

static bool is_text(void *context, const struct word_run *r)
{
    const struct word_run **ret = context;
    if (r->kind != WORD_RUN_TEXT || r->blank)
        return false;
    *ret = r;
    return true;
}

static const struct word_run *first_text_run(const struct word_document *d, const struct word_paragraph *p)
{
    const struct word_run *ret = NULL;
    if (p)
        each_run(d, p, 0, is_text, &ret);
    return ret;
}

static int with_paragraph(struct facts_file *f, const json_t *locator, const struct word_paragraph **ret,
                          struct err *e)
{
    const struct word_document *d;
    int r = facts_word_open(f, &d, e);
    *ret = r == 0 ? paragraph_of(d, locator) : NULL;
    return r;
}

static int with_chars(struct facts_file *f, const json_t *locator, const struct word_chars **ret,
                      struct err *e)
{
    const struct word_document *d;
    int r = facts_word_open(f, &d, e);
    const struct word_run *run = r == 0 ? first_text_run(d, paragraph_of(d, locator)) : NULL;
    *ret = run ? run->chars : NULL;
    return r;
}

static json_t *text_or_null(const char *s)
{
    return s ? json_string(s) : json_null();
}

static json_t *twips(int32_t emu)
{
    return json_integer(emu >= 0 ? (emu + 317) / 635 : -((-emu + 317) / 635));
}

/* The first n characters; `more` behind them where there were others. */
static json_t *cut(const char *s, size_t n, const char *more)
{
    const char *end = s + strlen(s), *at = s;
    for (size_t i = 0; i < n && at < end; i++)
        utf8_next(&at, end);
    struct bytes b = {0};
    bytes_add(&b, s, (size_t)(at - s));
    if (at < end)
        bytes_str(&b, more);
    json_t *ret = json_stringn((const char *)b.p, b.n);
    bytes_release(&b);
    return ret ? ret : json_string("");
}

static int count(struct facts_file *f, size_t offset, json_t **ret, struct err *e)
{
    const struct word_document *d;
    int r = facts_word_open(f, &d, e);
    if (r == 0)
        *ret = json_integer(*(const uint32_t *)((const char *)d + offset));
    return r;
}

static int paragraph_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    (void)locator;
    return count(f, offsetof(struct word_document, raw_paragraphs), ret, e);
}

static int table_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    (void)locator;
    return count(f, offsetof(struct word_document, raw_tables), ret, e);
}

static int section_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    (void)locator;
    return count(f, offsetof(struct word_document, raw_sections), ret, e);
}

static int image_count(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    (void)locator;
    return count(f, offsetof(struct word_document, raw_images), ret, e);
}

static int with_section(struct facts_file *f, const struct word_section **ret, struct err *e)
{
    const struct word_document *d;
    int r = facts_word_open(f, &d, e);
    *ret = r == 0 ? d->section[d->n_sections - 1] : NULL;
    return r;
}

static int page_size(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &s, e);
    if (s)
        *ret = json_pack("[o, o, s]", twips(s->width), twips(s->height),
                         s->landscape ? "landscape" : "portrait");
    return r;
}

static int margins(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &s, e);
    if (s)
        *ret = json_pack("[o, o, o, o]", twips(s->margin[WORD_TOP]), twips(s->margin[WORD_RIGHT]),
                         twips(s->margin[WORD_BOTTOM]), twips(s->margin[WORD_LEFT]));
    return r;
}

static int columns(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_section *s;
    (void)locator;
    int r = with_section(f, &s, e);
    if (s)
        *ret = json_integer(s->columns);
    return r;
}

static int run_size(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_chars *c;
    int r = with_chars(f, locator, &c, e);
    if (c)
        *ret = json_integer((c->size + 3175) / 6350);
    return r;
}

static int run_bold(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_chars *c;
    int r = with_chars(f, locator, &c, e);
    if (c)
        *ret = json_boolean(c->on & WORD_BOLD);
    return r;
}

static int run_color(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_chars *c;
    int r = with_chars(f, locator, &c, e);
    if (c)
        *ret = text_or_null(c->color_raw);
    return r;
}

static int font_asian(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_chars *c;
    int r = with_chars(f, locator, &c, e);
    if (c)
        *ret = text_or_null(c->asian);
    return r;
}

static int font_asian_theme(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_chars *c;
    int r = with_chars(f, locator, &c, e);
    if (c)
        *ret = text_or_null(c->asian_theme);
    return r;
}

static int alignment(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p)
        *ret = json_string(p->format->align_raw ? p->format->align_raw : p->format->align);
    return r;
}

static int in_list(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p)
        *ret = json_boolean(p->format->numbering_told);
    return r;
}

static int style_name(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p)
        *ret = text_or_null(p->format->style);
    return r;
}

static int line_spacing(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p && p->format->line_raw)
        *ret = json_pack("{s: s, s: s}", "line", p->format->line_raw, "rule",
                         p->format->line_rule_raw ? p->format->line_rule_raw : "auto");
    return r;
}

static int first_line_indent(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_paragraph *p;
    int r = with_paragraph(f, locator, &p, e);
    if (p)
        *ret = json_pack("{s: o, s: o, s: o}", "chars100", text_or_null(p->format->first_chars_raw), "twips",
                         text_or_null(p->format->first_raw), "hanging", text_or_null(p->format->hanging_raw));
    return r;
}

/* The text of w:r elements whose w:t is not blank; such an element may be several runs of the model. */
struct texts {
    struct bytes all, run;
    uint32_t number;
    bool blank;
};

static void texts_flush(struct texts *t)
{
    if (!t->blank)
        bytes_add(&t->all, t->run.p, t->run.n);
    bytes_clear(&t->run);
    t->blank = true;
}

static bool add_text(void *context, const struct word_run *r)
{
    struct texts *t = context;
    if (r->number != t->number)
        texts_flush(t);
    t->number = r->number;
    t->blank = t->blank && r->blank;
    for (const char *s = r->text; *s; s++)
        if (*s != '\t' && *s != '\n')
            bytes_u8(&t->run, (uint8_t)*s);
    return t->all.n > 4096;
}

static int paragraph_text(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    int r = facts_word_open(f, &d, e);
    const struct word_paragraph *p = r == 0 ? paragraph_of(d, locator) : NULL;
    struct texts t = {.blank = true};
    if (!p)
        return r;
    each_run(d, p, 0, add_text, &t);
    texts_flush(&t);
    bytes_u8(&t.all, '\0');
    *ret = cut((const char *)t.all.p, 60, "…");
    bytes_release(&t.all);
    bytes_release(&t.run);
    return r;
}

static int table_at(struct facts_file *f, const json_t *locator, const struct word_table **ret, struct err *e)
{
    const struct word_document *d;
    int64_t i = facts_number(locator, "table", 0);
    int r = facts_word_open(f, &d, e);
    *ret = r == 0 && i >= 0 && (uint64_t)i < d->n_tables ? d->table[i] : NULL;
    return r;
}

static int table_rows(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_table *t;
    int r = table_at(f, locator, &t, e);
    if (t)
        *ret = json_integer(t->n_rows);
    return r;
}

static int table_columns(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_table *t;
    int r = table_at(f, locator, &t, e);
    if (t)
        *ret = json_integer(t->n_columns);
    return r;
}

static int has_toc(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    (void)locator;
    int r = facts_word_open(f, &d, e);
    if (r == 0)
        *ret = json_boolean(d->toc != NULL);
    return r;
}

static bool add_plain(void *context, const struct word_run *r)
{
    struct bytes *b = context;
    for (const char *s = r->text; *s; s++)
        if (*s != '\t' && *s != '\n')
            bytes_u8(b, (uint8_t)*s);
    return b->n > 4096;
}

static void add_flow(const struct word_document *d, const struct word_flow *flow, unsigned depth,
                     struct bytes *text)
{
    for (const struct word_block *b = depth < 60 ? flow->first : NULL; b; b = b->next) {
        if (!b->table)
            each_run(d, word_as_paragraph(b), 0, add_plain, text);
        for (const struct word_row *w = b->table ? word_as_table(b)->first : NULL; w; w = w->next)
            for (const struct word_cell *c = w->first; c; c = c->next)
                add_flow(d, &c->flow, depth + 1, text);
    }
}

/* Of text boxes, too. */
static int margin_text(struct facts_file *f, const json_t *locator, json_t **ret, struct err *e)
{
    const struct word_document *d;
    const char *part = json_string_value(locator);
    int r = facts_word_open(f, &d, e);
    const struct word_margin *m = r == 0 ? d->margin : NULL;
    while (m && part && strcmp(m->flow.part, part) != 0)
        m = m->next;
    if (!m || !part)
        return r;
    struct bytes text = {0};
    add_flow(d, &m->flow, 0, &text);
    bytes_u8(&text, '\0');
    *ret = cut((const char *)text.p, 80, "");
    bytes_release(&text);
    return r;
}

const struct facts_row facts_word[] = {
    {"docx.paragraph_count", paragraph_count},
    {"docx.table_count", table_count},
    {"docx.section_count", section_count},
    {"docx.image_count", image_count},
    {"docx.page_size_twips", page_size},
    {"docx.margins_twips", margins},
    {"docx.columns", columns},
    {"docx.run_size_halfpt", run_size},
    {"docx.run_bold", run_bold},
    {"docx.run_color", run_color},
    {"docx.font_eastAsia", font_asian},
    {"docx.font_eastAsia_theme_ref", font_asian_theme},
    {"docx.alignment", alignment},
    {"docx.in_list", in_list},
    {"docx.style_name", style_name},
    {"docx.line_spacing", line_spacing},
    {"docx.first_line_indent", first_line_indent},
    {"docx.paragraph_text", paragraph_text},
    {"docx.table_rows", table_rows},
    {"docx.table_grid_cols", table_columns},
    {"docx.has_toc_field", has_toc},
    {"docx.header_text", margin_text},
    {"docx.footer_text", margin_text},
    {0},
};
