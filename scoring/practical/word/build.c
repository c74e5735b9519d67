/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/word/build-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { LIMIT = 20 << 20, SHARES = 4096, MAX_GRID = 4096 };

struct share {
    struct share *next;
    const void *data;
    size_t size;
};
struct word_builder {
    size_t limit;
    struct share *share[SHARES];
    uint32_t serial;
    void *section, *object, *link, *bookmark, *note, *comment, *field, *toc, *watermark, *style, *margin,
        *property; /* the last of each list */
    struct word_section *first_section;
    size_t n_sections;
    uint32_t n_objects[8], n_notes[2], n_comments;
};

/* Eight bytes at a time: properties of a paragraph are some hundreds. */
static uint32_t hash_of(const void *data, size_t n)
{
    const uint8_t *p = data;
    uint64_t h = n, eight;
    for (; n >= sizeof eight; n -= sizeof eight, p += sizeof eight) {
        memcpy(&eight, p, sizeof eight);
        h = (h ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 32;
    }
    for (; n > 0; n--)
        h = (h ^ *p++) * UINT64_C(0x100000001b3);
    return (uint32_t)(h ^ h >> 32);
}

static const void *share(struct word_document *d, const void *data, size_t size, bool text)
{
    struct share **bucket = &d->builder->share[hash_of(data, size) % SHARES];
    for (struct share *s = *bucket; s; s = s->next)
        if (s->size == size + text && memcmp(s->data, data, size) == 0 &&
            (!text || ((const char *)s->data)[size] == '\0'))
            return s->data;
    struct share *s = arena_alloc(d->arena, sizeof *s);
    s->data = text ? arena_strndup(d->arena, data, size) : arena_copy(d->arena, data, size);
    s->size = size + text;
    s->next = *bucket;
    *bucket = s;
    return s->data;
}

struct word_document *word_document_new(const char *name, size_t limit)
{
    struct arena *a = arena_new();
    struct word_document *d = arena_alloc(a, sizeof *d);
    d->arena = a;
    d->builder = arena_alloc(a, sizeof *d->builder);
    d->builder->limit = limit ? limit : LIMIT;
    d->name = arena_strdup(a, name);
    d->background = d->background_told = WORD_NO_COLOR;
    d->protection = "none";
    d->default_tab = 457200;
    struct word_chars c;
    word_chars_init(&c);
    d->default_chars = word_chars_share(d, &c);
    struct word_format f;
    word_format_init(&f);
    d->default_format = word_format_share(d, &f);
    return d;
}

void word_document_free(struct word_document *d)
{
    if (d)
        arena_free(d->arena);
}

bool word_full(const struct word_document *d)
{
    return arena_used(d->arena) > d->builder->limit;
}

const char *word_keep_n(struct word_document *d, const char *s, size_t n)
{
    return share(d, s, n, true);
}

const char *word_keep(struct word_document *d, const char *s)
{
    return s ? word_keep_n(d, s, strlen(s)) : NULL;
}

void word_chars_init(struct word_chars *c)
{
    memset(c, 0, sizeof *c);
    c->latin = "Times New Roman";
    c->underline = "none";
    c->vertical = "baseline";
    c->emphasis = "none";
    c->size = c->size_asian = 10 * 12700;
    c->color = c->underline_color = c->highlight = c->shading = c->border.color = WORD_NO_COLOR;
    c->scale = 1000;
}

void word_format_init(struct word_format *f)
{
    memset(f, 0, sizeof *f);
    f->align = "left";
    f->line = 1000;
    f->shading = WORD_NO_COLOR;
    f->drop_cap = "none";
    for (int i = 0; i < 4; i++)
        f->border[i].color = WORD_NO_COLOR;
    f->between.color = WORD_NO_COLOR;
}

const struct word_chars *word_chars_share(struct word_document *d, const struct word_chars *c)
{
    return share(d, c, sizeof *c, false);
}

const struct word_format *word_format_share(struct word_document *d, const struct word_format *f)
{
    return share(d, f, sizeof *f, false);
}

/* Every kind of list item begins with its `next`. */
static void *append(struct word_document *d, void *head, void *tail, size_t size)
{
    void *item = arena_alloc(d->arena, size);
    void **first = head, **last = tail;
    if (*last)
        memcpy(*last, &item, sizeof item);
    else
        *first = item;
    *last = item;
    return item;
}

void word_flow_init(struct word_flow *f, const char *part, const char *label)
{
    *f = (struct word_flow){.part = part, .label = label};
}

struct word_flow *word_flow_add(struct word_document *d, const char *part, const char *label)
{
    struct word_flow *f = arena_alloc(d->arena, sizeof *f);
    word_flow_init(f, part, label);
    return f;
}

static void *block_add(struct word_document *d, struct word_flow *f, size_t size, bool table)
{
    struct word_block *b = append(d, &f->first, &f->last, size);
    b->flow = f;
    b->table = table;
    b->number = table ? ++f->n_tables : ++f->n_paragraphs;
    return b;
}

static uint32_t section_now(const struct word_document *d)
{
    return d->builder->n_sections ? (uint32_t)d->builder->n_sections - 1 : 0;
}

struct word_paragraph *word_paragraph_add(struct word_document *d, struct word_flow *f)
{
    struct word_paragraph *p = block_add(d, f, sizeof *p, false);
    p->format = d->default_format;
    p->chars = d->default_chars;
    p->text = "";
    p->section = section_now(d);
    p->serial = d->builder->serial++;
    return p;
}

static bool all_blank(const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end) {
        uint32_t c = utf8_next(&s, end);
        if (c > ' ' && c != 0xA0 && c != 0x3000 && !(c >= 0x2000 && c <= 0x200A) && c != 0x85)
            return false;
    }
    return true;
}

struct word_run *word_run_add(struct word_document *d, struct word_paragraph *p, enum word_run_kind kind,
                              const char *text, size_t n, const struct word_chars *c)
{
    uint32_t number = p->last ? p->last->number + 1 : 1;
    struct word_run *r = append(d, &p->first, &p->last, sizeof *r);
    r->text = n ? arena_strndup(d->arena, text, n) : "";
    r->chars = c;
    r->kind = (uint8_t)kind;
    r->number = number;
    r->blank = all_blank(text, n);
    return r;
}

struct word_table *word_table_add(struct word_document *d, struct word_flow *f)
{
    struct word_table *t = block_add(d, f, sizeof *t, true);
    t->align = "left";
    t->shading = WORD_NO_COLOR;
    for (int i = 0; i < WORD_SIDES; i++)
        t->border[i].color = WORD_NO_COLOR;
    t->nested = f->cell != NULL;
    t->section = section_now(d);
    t->serial = d->builder->serial++;
    return t;
}

void word_table_grid(struct word_document *d, struct word_table *t, const int32_t *width, size_t n)
{
    n = n > MAX_GRID ? MAX_GRID : n;
    t->n_columns = (uint32_t)n;
    t->column = n ? arena_copy(d->arena, width, n * sizeof *width) : NULL;
}

struct word_row *word_row_add(struct word_document *d, struct word_table *t)
{
    struct word_row *r = append(d, &t->first, &t->last, sizeof *r);
    r->table = t;
    r->number = ++t->n_rows;
    r->height_rule = "auto";
    r->may_break = true;
    return r;
}

struct word_cell *word_cell_add(struct word_document *d, struct word_row *r)
{
    const struct word_cell *before = r->last;
    struct word_cell *c = append(d, &r->first, &r->last, sizeof *c);
    c->row = r;
    c->number = ++r->n_cells;
    c->column = before ? before->column + before->span : 0;
    c->span = c->row_span = 1;
    c->shading = WORD_NO_COLOR;
    c->valign = "top";
    for (int i = 0; i < 4; i++)
        c->border[i].color = WORD_NO_COLOR;
    word_flow_init(&c->flow, r->table->block.flow->part, NULL);
    c->flow.cell = c;
    return c;
}

struct word_section *word_section_add(struct word_document *d)
{
    struct word_builder *b = d->builder;
    struct word_section *s = append(d, &b->first_section, &b->section, sizeof *s);
    s->number = (uint32_t)++b->n_sections;
    s->part = d->body.part ? d->body.part : "";
    s->start = "nextPage";
    s->width = 7560310;
    s->height = 10692130;
    s->columns = 1;
    s->columns_equal = true;
    for (int i = 0; i < 4; i++)
        s->border[i].color = WORD_NO_COLOR;
    s->page_format = "decimal";
    s->page_start = -1;
    s->vertical_align = "top";
    s->text_direction = "lrTb";
    s->background = WORD_NO_COLOR;
    return s;
}

struct word_object *word_object_add(struct word_document *d, enum word_object_kind kind,
                                    const struct word_paragraph *at)
{
    struct word_object *o = append(d, &d->object, &d->builder->object, sizeof *o);
    o->kind = kind;
    o->at = at;
    o->number = ++d->builder->n_objects[kind];
    o->wrap = "inline";
    o->fill = o->line = WORD_NO_COLOR;
    return o;
}

struct word_link *word_link_add(struct word_document *d, const struct word_paragraph *at)
{
    struct word_link *l = append(d, &d->link, &d->builder->link, sizeof *l);
    l->at = at;
    l->text = "";
    return l;
}

struct word_bookmark *word_bookmark_add(struct word_document *d, const struct word_paragraph *at)
{
    struct word_bookmark *b = append(d, &d->bookmark, &d->builder->bookmark, sizeof *b);
    b->at = at;
    b->text = "";
    return b;
}

struct word_note *word_note_add(struct word_document *d, bool endnote, const char *part)
{
    struct word_note *n = append(d, &d->note, &d->builder->note, sizeof *n);
    n->endnote = endnote;
    n->flow = word_flow_add(
        d, part,
        arena_printf(d->arena, "%s %u", endnote ? "endnote" : "footnote", ++d->builder->n_notes[endnote]));
    return n;
}

struct word_comment *word_comment_add(struct word_document *d, const char *part)
{
    struct word_comment *c = append(d, &d->comment, &d->builder->comment, sizeof *c);
    c->flow = word_flow_add(d, part, arena_printf(d->arena, "comment %u", ++d->builder->n_comments));
    return c;
}

static const char *field_name(struct word_document *d, const char *instruction)
{
    size_t n = *instruction == '=' ? 1 : strcspn(instruction, " \t\r\n\"\\");
    char *name = arena_strndup(d->arena, instruction, n);
    for (char *p = name; *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    return name;
}

struct word_field *word_field_add(struct word_document *d, const char *instruction,
                                  const struct word_paragraph *at)
{
    struct word_field *f = append(d, &d->field, &d->builder->field, sizeof *f);
    f->at = at;
    f->instruction = text_trim(d->arena, instruction);
    f->name = field_name(d, f->instruction);
    f->result = "";
    return f;
}

struct word_toc *word_toc_add(struct word_document *d, const char *part)
{
    struct word_toc *t = append(d, &d->toc, &d->builder->toc, sizeof *t);
    t->part = part;
    t->instruction = "";
    t->from = 1;
    t->to = 9;
    return t;
}

struct word_toc_entry *word_toc_entry_add(struct word_document *d, struct word_toc *t)
{
    struct word_toc_entry *e = append(d, &t->first, &t->last, sizeof *e);
    e->text = "";
    return e;
}

struct word_watermark *word_watermark_add(struct word_document *d)
{
    struct word_watermark *w = append(d, &d->watermark, &d->builder->watermark, sizeof *w);
    w->color = WORD_NO_COLOR;
    return w;
}

struct word_style *word_style_add(struct word_document *d)
{
    return append(d, &d->style, &d->builder->style, sizeof(struct word_style));
}

struct word_margin *word_margin_add(struct word_document *d, bool header, const char *part)
{
    struct word_margin *m = append(d, &d->margin, &d->builder->margin, sizeof *m);
    m->header = header;
    word_flow_init(&m->flow, part, NULL);
    return m;
}

void word_property_add(struct word_document *d, const char *name, const char *value)
{
    struct word_property *p = append(d, &d->property, &d->builder->property, sizeof *p);
    p->name = word_keep(d, name);
    p->value = word_keep(d, value);
}

size_t word_builder_sections(const struct word_document *d, struct word_section **ret)
{
    *ret = d->builder->first_section;
    return d->builder->n_sections;
}
