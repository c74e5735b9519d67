/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/word/model.h"

#include "base/arena.h"
#include "base/bytes.h"

const struct word_paragraph *word_as_paragraph(const struct word_block *b)
{
    return b && !b->table ? (const struct word_paragraph *)b : NULL;
}

const struct word_table *word_as_table(const struct word_block *b)
{
    return b && b->table ? (const struct word_table *)b : NULL;
}

const struct word_paragraph *word_next_paragraph(const struct word_flow *f, const struct word_paragraph *p)
{
    const struct word_block *b = p ? p->block.next : f->first;
    while (b && (b->table || word_as_paragraph(b)->is_letter))
        b = b->next;
    return word_as_paragraph(b);
}

const char *word_cell_place(const struct word_cell *c, struct arena *a)
{
    return arena_printf(a, "%s, row %u, cell %u", word_table_place(c->row->table, a), c->row->number,
                        c->number);
}

const char *word_flow_place(const struct word_flow *f, struct arena *a)
{
    if (f->cell)
        return word_cell_place(f->cell, a);
    return f->label ? arena_printf(a, "%s, %s", f->part, f->label) : f->part;
}

const char *word_table_place(const struct word_table *t, struct arena *a)
{
    return arena_printf(a, "%s, table %u", word_flow_place(t->block.flow, a), t->block.number);
}

const char *word_paragraph_place(const struct word_paragraph *p, struct arena *a)
{
    return arena_printf(a, "%s, paragraph %u", word_flow_place(p->block.flow, a), p->block.number);
}

const char *word_run_place(const struct word_paragraph *p, const struct word_run *r, struct arena *a)
{
    return arena_printf(a, "%s, run %u", word_paragraph_place(p, a), r->number);
}

static void flow_text(const struct word_flow *f, struct bytes *out);

static void table_text(const struct word_table *t, struct bytes *out)
{
    for (const struct word_row *r = t->first; r; r = r->next)
        for (const struct word_cell *c = r->first; c; c = c->next)
            if (!c->covered)
                flow_text(&c->flow, out);
}

static void flow_text(const struct word_flow *f, struct bytes *out)
{
    for (const struct word_block *b = f->first; b; b = b->next) {
        if (b->table) {
            table_text(word_as_table(b), out);
            continue;
        }
        const struct word_paragraph *p = word_as_paragraph(b);
        if (p->is_letter)
            continue;
        bytes_str(out, p->text);
        bytes_u8(out, '\n');
    }
}

const char *word_flow_text(const struct word_flow *f, struct arena *a)
{
    struct bytes text = {0};
    flow_text(f, &text);
    const char *ret = arena_strndup(a, text.n ? (const char *)text.p : "", text.n ? text.n - 1 : 0);
    bytes_release(&text);
    return ret;
}

static const struct word_flow *around(const struct word_document *d, const struct word_flow *f)
{
    if (f->cell)
        return f->cell->row->table->block.flow;
    for (const struct word_object *o = f->label ? d->object : NULL; o; o = o->next)
        if (o->flow == f)
            return o->at ? o->at->block.flow : NULL;
    return NULL;
}

const struct word_flow *word_outer_flow(const struct word_document *d, const struct word_flow *f)
{
    const struct word_flow *next;
    for (unsigned step = 0; step < 200 && (next = around(d, f)); step++)
        f = next;
    return f;
}
