/* SPDX-License-Identifier: Apache-2.0 */
/* What a document is given when all of it has been read. */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/word/build-internal.h"

struct finish {
    struct word_document *d;
    struct bytes text; /* one paragraph's, again and again */
    size_t n_paragraphs, n_any, n_tables;
    const struct word_paragraph **paragraph, **any;
    const struct word_table **table;
};

static void add_runs(struct bytes *text, const struct word_paragraph *p)
{
    for (const struct word_run *r = p->first; r; r = r->next)
        bytes_str(text, r->text);
}

static void join(struct finish *f, struct word_paragraph *p)
{
    bytes_clear(&f->text);
    if (p->letter)
        add_runs(&f->text, p->letter);
    add_runs(&f->text, p);
    p->text = f->text.n ? arena_strndup(f->d->arena, (const char *)f->text.p, f->text.n) : "";
}

static void flow_finish(struct finish *f, struct word_flow *flow, bool body, bool any);

/* Cells of `above` grow over covered ones of the row under them. Both lists are in order of columns. */
static void merge_rows(struct word_row *below, struct word_cell **open, size_t n_open)
{
    for (struct word_cell *c = below->first; c; c = c->next) {
        if (c->column >= n_open)
            return;
        struct word_cell *top = open[c->column];
        if (c->covered && top && top->span == c->span)
            top->row_span++;
        else
            for (size_t i = c->column; i < n_open && i < (size_t)c->column + c->span; i++)
                open[i] = i == c->column && !c->covered ? c : NULL;
    }
}

enum { WIDEST = 1024 };
static void table_merges(struct word_table *t)
{
    struct word_cell *open[WIDEST] = {0};
    for (struct word_row *r = t->first; r; r = r->next)
        merge_rows(r, open, WIDEST);
}

static void table_finish(struct finish *f, struct word_table *t, bool body, bool any)
{
    if (body) {
        if (f->table)
            f->table[f->n_tables] = t;
        f->n_tables++;
    }
    if (!f->d->odf && !f->table)
        table_merges(t);
    for (struct word_row *r = t->first; r; r = r->next)
        for (struct word_cell *c = r->first; c; c = c->next)
            flow_finish(f, &c->flow, false, any);
}

static void paragraph_finish(struct finish *f, struct word_paragraph *p, bool body, bool any)
{
    if (!f->any)
        join(f, p);
    if (p->is_letter)
        return;
    if (f->any && body)
        f->paragraph[f->n_paragraphs] = p;
    if (f->any && any)
        f->any[f->n_any] = p;
    f->n_paragraphs += body;
    f->n_any += any;
}

static void flow_finish(struct finish *f, struct word_flow *flow, bool body, bool any)
{
    uint32_t number = 0;
    for (struct word_block *b = flow->first; b; b = b->next) {
        if (b->table) {
            table_finish(f, (struct word_table *)b, body, any);
            continue;
        }
        struct word_paragraph *p = (struct word_paragraph *)b;
        b->number = p->is_letter ? number + 1 : ++number;
        paragraph_finish(f, p, body, any);
    }
}

/* Twice: to count and join, then to fill the arrays. */
static void body_finish(struct finish *f)
{
    struct word_document *d = f->d;
    flow_finish(f, &d->body, true, true);
    f->paragraph = arena_array(d->arena, f->n_paragraphs + 1, sizeof *f->paragraph);
    f->any = arena_array(d->arena, f->n_any + 1, sizeof *f->any);
    f->table = arena_array(d->arena, f->n_tables + 1, sizeof *f->table);
    f->n_paragraphs = f->n_any = f->n_tables = 0;
    flow_finish(f, &d->body, true, true);
    d->paragraph = f->paragraph;
    d->n_paragraphs = f->n_paragraphs;
    d->any_paragraph = f->any;
    d->n_any = f->n_any;
    d->squashed = arena_array(d->arena, f->n_any + 1, sizeof *d->squashed);
    d->table = f->table;
    d->n_tables = f->n_tables;
    f->paragraph = f->any = NULL;
    f->table = NULL;
}

static void sections_finish(struct word_document *d)
{
    struct word_section *s;
    size_t n = word_builder_sections(d, &s);
    if (n == 0) {
        word_section_add(d);
        n = word_builder_sections(d, &s);
    }
    const struct word_section **section = arena_array(d->arena, n, sizeof *section);
    for (size_t i = 0; i < n; i++, s = s->next)
        section[i] = s;
    d->section = section;
    d->n_sections = n;
}

void word_finish(struct word_document *d)
{
    struct finish f = {.d = d};
    body_finish(&f);
    for (struct word_margin *m = d->margin; m; m = m->next)
        flow_finish(&f, &m->flow, false, false);
    for (struct word_object *o = d->object; o; o = o->next)
        if (o->flow)
            flow_finish(&f, o->flow, false, false);
    for (struct word_note *n = d->note; n; n = n->next)
        flow_finish(&f, n->flow, false, false);
    for (struct word_comment *c = d->comment; c; c = c->next)
        flow_finish(&f, c->flow, false, false);
    sections_finish(d);
    bytes_release(&f.text);
}
