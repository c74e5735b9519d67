/* SPDX-License-Identifier: Apache-2.0 */
/* One w:r: its text, breaks, fields and things (ECMA-376 part 1, 17.3.2 and 17.3.3). */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/docx-internal.h"

struct run {
    struct docx *x;
    struct docx_paragraph *p;
    const struct word_chars *chars;
    struct bytes text;
    unsigned depth;
};

static struct word_run *add(struct run *r, enum word_run_kind kind)
{
    struct docx *x = r->x;
    const struct docx_field *f = docx_field_now(x);
    struct word_run *run =
        word_run_add(x->d, r->p->p, kind, r->text.n ? (const char *)r->text.p : "", r->text.n, r->chars);
    run->number = r->p->runs;
    run->link = r->p->link ? r->p->link : f ? f->link : NULL;
    run->field = f ? f->field : NULL;
    run->indirect = r->p->inside > 0;
    return run;
}

static void flush(struct run *r)
{
    if (r->text.n == 0)
        return;
    add(r, WORD_RUN_TEXT);
    docx_text_out(r->x, (const char *)r->text.p, r->text.n);
    bytes_clear(&r->text);
}

static void break_read(struct run *r, node *n)
{
    const char *type = docx_attr(n, "type");
    bool page = type && strcmp(type, "page") == 0, column = type && strcmp(type, "column") == 0;
    if (!page && !column) {
        bytes_u8(&r->text, '\n');
        return;
    }
    flush(r);
    add(r, page ? WORD_RUN_PAGE_BREAK : WORD_RUN_COLUMN_BREAK);
}

/* Symbol fonts keep their signs at U+F000 and up. */
static void sign_read(struct run *r, node *n)
{
    const char *hex = docx_attr(n, "char");
    uint32_t c = 0;
    for (; hex && *hex; hex++) {
        const char *digit = strchr("0123456789abcdef", *hex | 0x20);
        if (!digit || c > 0xFFFF)
            return;
        c = c << 4 | (uint32_t)(digit - "0123456789abcdef");
    }
    char utf8[4];
    if (c >= 0x20 && c < 0x110000 && !(c >= 0xD800 && c < 0xE000))
        bytes_add(&r->text, utf8, utf8_put(utf8, c));
}

static void field_read(struct run *r, node *n)
{
    const char *type = docx_attr(n, "fldCharType");
    flush(r);
    if (!type)
        return;
    if (strcmp(type, "begin") == 0)
        docx_field_begin(r->x);
    else if (strcmp(type, "separate") == 0)
        docx_field_separate(r->x, r->p);
    else if (strcmp(type, "end") == 0)
        docx_field_end(r->x, r->p);
}

static void note_read(struct run *r, node *n, unsigned kind)
{
    flush(r);
    add(r, WORD_RUN_NOTE);
    docx_note_ref_add(r->x, n, kind, r->p->p);
}

static void text_read(struct run *r, node *n)
{
    if (!docx_field_hides(r->x))
        xml_tree_text(n, &r->text);
}

static void children_read(struct run *r, node *n);

static bool thing_read(struct run *r, node *n)
{
    if (xml_tree_is(n, NS_MC, "AlternateContent")) {
        node *chosen = docx_alternative(n);
        if (chosen && r->depth < 8)
            children_read(r, chosen);
    } else if (n->ns != NS_W)
        return n->ns != NS_W;
    else if (strcmp(n->name, "drawing") == 0) {
        flush(r);
        docx_drawing_read(r->x, n, r->p);
    } else if (strcmp(n->name, "pict") == 0 || strcmp(n->name, "object") == 0) {
        flush(r);
        docx_vml_read(r->x, n, r->p);
    } else if (strcmp(n->name, "footnoteReference") == 0)
        note_read(r, n, 0);
    else if (strcmp(n->name, "endnoteReference") == 0)
        note_read(r, n, 1);
    else if (strcmp(n->name, "commentReference") == 0)
        docx_note_ref_add(r->x, n, 2, r->p->p);
    else
        return false;
    return true;
}

static void ruby_read(struct run *r, node *n)
{
    node *base = docx_child(n, "rubyBase");
    for (node *b = base ? docx_child(base, "r") : NULL; b; b = xml_tree_next(b, NS_W, "r"))
        if (r->depth < 8)
            children_read(r, b);
}

static void child_read(struct run *r, node *n)
{
    if (thing_read(r, n))
        return;
    if (strcmp(n->name, "t") == 0)
        text_read(r, n);
    else if (strcmp(n->name, "tab") == 0 || strcmp(n->name, "ptab") == 0)
        bytes_u8(&r->text, '\t');
    else if (strcmp(n->name, "br") == 0)
        break_read(r, n);
    else if (strcmp(n->name, "cr") == 0)
        bytes_u8(&r->text, '\n');
    else if (strcmp(n->name, "noBreakHyphen") == 0)
        bytes_u8(&r->text, '-');
    else if (strcmp(n->name, "sym") == 0)
        sign_read(r, n);
    else if (strcmp(n->name, "fldChar") == 0)
        field_read(r, n);
    else if (strcmp(n->name, "instrText") == 0)
        docx_field_instruction(r->x, n);
    else if (strcmp(n->name, "pgNum") == 0)
        word_field_add(r->x->d, "PAGE", r->p->p);
    else if (strcmp(n->name, "ruby") == 0)
        ruby_read(r, n);
}

static void children_read(struct run *r, node *n)
{
    r->depth++;
    for (node *c = xml_tree_first_element(n); c; c = xml_tree_next_element(c))
        child_read(r, c);
    r->depth--;
}

static const struct word_chars *chars_of(struct docx *x, node *n, struct docx_paragraph *p)
{
    node *rpr = docx_child(n, "rPr");
    const struct docx_rpr *look = x->look ? x->look->r : NULL;
    if (!rpr) {
        if (!p->plain)
            p->plain = docx_chars(x, look, p->style_r, NULL, NULL);
        return p->plain;
    }
    struct docx_rpr direct;
    docx_rpr_read(x, rpr, WORD_DIRECT, &direct);
    return docx_chars(x, look, p->style_r, docx_style_find(x, "character", direct.style), &direct);
}

void docx_run_read(struct docx *x, node *n, struct docx_paragraph *p)
{
    struct run r = {.x = x, .p = p, .chars = chars_of(x, n, p)};
    p->runs++;
    children_read(&r, n);
    flush(&r);
    bytes_release(&r.text);
}
