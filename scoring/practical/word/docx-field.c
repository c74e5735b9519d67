/* SPDX-License-Identifier: Apache-2.0 */
/* Fields: w:fldSimple, and the complex ones whose parts lie in several runs or paragraphs and inside each
 * other (ECMA-376 part 1, 17.16). */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/docx-internal.h"

const struct docx_field *docx_field_now(const struct docx *x)
{
    return x->n_fields ? &x->field[x->n_fields - 1] : NULL;
}

bool docx_field_hides(const struct docx *x)
{
    for (size_t i = 0; i < x->n_fields; i++)
        if (!x->field[i].in_result)
            return true;
    return x->fields_beyond > 0;
}

bool docx_in_toc(const struct docx *x)
{
    for (size_t i = 0; i < x->n_fields; i++)
        if (x->field[i].toc)
            return true;
    return false;
}

void docx_field_begin(struct docx *x)
{
    if (x->n_fields == DOCX_FIELDS) {
        x->fields_beyond++;
        return;
    }
    struct docx_field *f = &x->field[x->n_fields++];
    bytes_clear(&f->instruction);
    bytes_clear(&f->result);
    f->field = NULL;
    f->toc = NULL;
    f->link = NULL;
    f->in_result = false;
}

void docx_field_instruction(struct docx *x, node *text)
{
    struct docx_field *f = x->n_fields && !x->fields_beyond ? &x->field[x->n_fields - 1] : NULL;
    if (f && !f->in_result && f->instruction.n < 8192)
        xml_tree_text(text, &f->instruction);
}

static const char *argument(struct docx *x, const char *s)
{
    while (*s == ' ')
        s++;
    if (*s == '"')
        return arena_strndup(x->d->arena, s + 1, strcspn(s + 1, "\""));
    return *s == '\\' || *s == '\0' ? NULL : arena_strndup(x->d->arena, s, strcspn(s, " "));
}

static const char *after_switch(const char *instruction, const char *name)
{
    const char *s = strstr(instruction, name);
    return s ? s + strlen(name) : NULL;
}

static void link_begin(struct docx *x, struct docx_field *f, struct docx_paragraph *p)
{
    const char *instruction = f->field->instruction, *anchor = after_switch(instruction, "\\l");
    f->link = word_link_add(x->d, p->p);
    f->link->address = argument(x, instruction + strlen("HYPERLINK"));
    f->link->anchor = anchor ? argument(x, anchor) : NULL;
}

static uint32_t level_of(const char *s, uint32_t otherwise)
{
    return *s >= '1' && *s <= '9' ? (uint32_t)(*s - '0') : otherwise;
}

static void toc_begin(struct docx *x, struct docx_field *f)
{
    f->toc = word_toc_add(x->d, x->part);
    f->toc->instruction = f->field->instruction;
    const char *range = after_switch(f->field->instruction, "\\o");
    const char *levels = range ? argument(x, range) : NULL;
    if (!levels)
        return;
    const char *to = strchr(levels, '-');
    f->toc->from = level_of(levels, 1);
    f->toc->to = to ? level_of(to + 1, 9) : f->toc->from;
}

static void field_told(struct docx *x, struct docx_field *f, struct docx_paragraph *p)
{
    if (f->field)
        return;
    bytes_u8(&f->instruction, '\0');
    f->field = word_field_add(x->d, (const char *)f->instruction.p, p->p);
    if (strcmp(f->field->name, "HYPERLINK") == 0)
        link_begin(x, f, p);
    else if (strcmp(f->field->name, "TOC") == 0 && !x->in_margin)
        toc_begin(x, f);
}

void docx_field_separate(struct docx *x, struct docx_paragraph *p)
{
    if (x->fields_beyond || !x->n_fields)
        return;
    struct docx_field *f = &x->field[x->n_fields - 1];
    field_told(x, f, p);
    f->in_result = true;
}

void docx_field_end(struct docx *x, struct docx_paragraph *p)
{
    if (x->fields_beyond) {
        x->fields_beyond--;
        return;
    }
    if (!x->n_fields)
        return;
    struct docx_field *f = &x->field[x->n_fields - 1];
    field_told(x, f, p);
    f->field->result = arena_strndup(x->d->arena, f->result.n ? (const char *)f->result.p : "", f->result.n);
    if (f->link)
        f->link->text = f->field->result;
    if (f->toc) {
        docx_toc_entry(x, p->p);
        p->p->in_toc = true;
    }
    x->n_fields--;
}

void docx_field_simple(struct docx *x, node *n, struct docx_paragraph *p)
{
    const char *instruction = docx_attr(n, "instr");
    docx_field_begin(x);
    if (!x->fields_beyond && instruction)
        bytes_str(&x->field[x->n_fields - 1].instruction, instruction);
    docx_field_separate(x, p);
    docx_inline_read(x, n, p);
    docx_field_end(x, p);
}

void docx_text_out(struct docx *x, const char *text, size_t n)
{
    for (size_t i = 0; i < x->n_fields; i++)
        if (x->field[i].in_result && x->field[i].result.n < 65536)
            bytes_add(&x->field[i].result, text, n);
    for (struct docx_bookmark *b = x->bookmark; b; b = b->next)
        if (b->text.n < 4096)
            bytes_add(&b->text, text, n);
    for (struct docx_note_ref *c = x->n_open_comments ? x->note_ref : NULL; c; c = c->next)
        if (c->open && c->about.n < 4096)
            bytes_add(&c->about, text, n);
}

/* "1.1 背景<tab>3": what stands behind the last tab is the page, where it is one. */
void docx_toc_entry(struct docx *x, struct word_paragraph *p)
{
    struct docx_field *f = NULL;
    for (size_t i = 0; i < x->n_fields && !f; i++)
        if (x->field[i].toc)
            f = &x->field[i];
    struct bytes text = {0};
    for (const struct word_run *r = p->first; r; r = r->next)
        bytes_str(&text, r->text);
    bytes_u8(&text, '\0');
    char *s = (char *)text.p, *tab = strrchr(s, '\t');
    if (f && *s) {
        struct word_toc_entry *entry = word_toc_entry_add(x->d, f->toc);
        if (tab) {
            entry->page = arena_strdup(x->d->arena, tab + 1);
            *tab = '\0';
        }
        entry->text = text_trim(x->d->arena, s);
    }
    bytes_release(&text);
}
