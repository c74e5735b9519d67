/* SPDX-License-Identifier: Apache-2.0 */
/* The nodes of an item, each in its way: paragraphs, lists, program text, words. */
#include "client/screens/body-writer.h"

#include <string.h>

#include "client/screens/frame.h"

void body_flush(struct body_writer *w)
{
    struct sheet *s = w->sheet;
    while (s->n_glyphs > s->paragraph && s->glyph[s->n_glyphs - 1].ch == ' ' &&
           !s->glyph[s->n_glyphs - 1].glued)
        s->n_glyphs--;
    if (s->n_glyphs > s->paragraph)
        sheet_end(s, w->indent, w->margin, w->owner);
}

static bool after_space(const struct sheet *s)
{
    return s->n_glyphs == s->paragraph || s->glyph[s->n_glyphs - 1].ch == ' ';
}

/* White space at the start of a paragraph, and after other white space, means nothing. */
static void write_text(struct body_writer *w, const char *text)
{
    if (after_space(w->sheet))
        text += strspn(text, " ");
    sheet_text(w->sheet, w->look, text);
}

static void write_block(struct body_writer *w, const struct item_node *n, int indent)
{
    body_flush(w);
    w->indent += indent;
    body_nodes(w, n->child);
    body_flush(w);
    w->indent -= indent;
}

/* A blank line between blocks; none inside a choice. */
static void write_gap(struct body_writer *w)
{
    body_flush(w);
    const struct sheet *s = w->sheet;
    if (s->n_lines > 0 && s->line[s->n_lines - 1].n > 0 && w->owner.kind == TARGET_NONE)
        sheet_blank(w->sheet);
}

static void write_spaced(struct body_writer *w, const struct item_node *n)
{
    write_gap(w);
    write_block(w, n, 0);
}

/* The white space between the entries of a list, as an author's editor leaves it. */
static bool is_between(const struct item_node *n)
{
    return n->kind == NODE_TEXT && n->text[strspn(n->text, " \t\r\n")] == '\0';
}

static void write_list(struct body_writer *w, const struct item_node *list)
{
    int64_t number = 1;
    body_flush(w);
    for (const struct item_node *n = list->child; n; n = n->next) {
        char sign[24];
        if (is_between(n))
            continue;
        say(sign, sizeof sign, list->number ? "%lld. " : "- ", (long long)number++);
        w->indent += 2;
        sheet_text(w->sheet, LOOK_TEXT, sign);
        body_nodes(w, n->child);
        body_flush(w);
        w->indent -= 2;
    }
}

static void write_preformatted(struct body_writer *w, const struct item_node *pre)
{
    body_flush(w);
    struct arena *a = arena_new();
    struct bytes text = {0};
    for (const struct item_node *n = pre->child; n; n = n->next)
        bytes_str(&text, n->kind == NODE_TEXT ? n->text : item_node_text(n, a));
    const char *p = text.p ? (const char *)text.p : "";
    for (const char *end; *p; p = *end ? end + 1 : end) {
        end = p + strcspn(p, "\n");
        if (p != (const char *)text.p || end > p)
            sheet_verbatim(w->sheet, w->indent + 2, LOOK_TEXT, p, (size_t)(end - p));
    }
    bytes_release(&text);
    arena_free(a);
}

static void write_emphasis(struct body_writer *w, const struct item_node *n)
{
    enum look before = w->look;
    w->look = LOOK_STRONG;
    body_nodes(w, n->child);
    w->look = before;
}

static void write_between(struct body_writer *w, const char *before, const struct item_node *n,
                          const char *after)
{
    sheet_text(w->sheet, w->look, before);
    body_nodes(w, n->child);
    sheet_text(w->sheet, w->look, after);
}

static bool is_one_character(const struct item_node *n)
{
    return n->child && !n->child->next && n->child->kind == NODE_TEXT && strlen(n->child->text) == 1;
}

static void write_script(struct body_writer *w, const struct item_node *n, const char *sign)
{
    sheet_text(w->sheet, w->look, sign);
    if (is_one_character(n))
        body_nodes(w, n->child);
    else
        write_between(w, "(", n, ")");
}

void body_space(struct body_writer *w)
{
    if (!after_space(w->sheet))
        sheet_text(w->sheet, w->look, " ");
}

void body_prompt(struct body_writer *w, const struct item_interaction *i)
{
    body_flush(w);
    body_nodes(w, i->prompt);
    body_flush(w);
    sheet_blank(w->sheet);
}

static void write_interaction(struct body_writer *w, const struct item_interaction *i)
{
    for (size_t part = 0; part < w->question->n_parts; part++) {
        const struct part *p = &w->question->part[part];
        if (p->interaction != i || !p->kind)
            continue;
        const struct part *outer = w->part;
        w->part = p;
        p->kind->lay_out(p, w);
        w->part = outer;
    }
}

/* A gap, a hottext: the interaction around it knows what stands there. */
static void write_inner(struct body_writer *w, const struct item_node *n)
{
    if (w->part && w->part->kind->inner)
        w->part->kind->inner(w->part, w, n);
}

static void write_rule(struct body_writer *w)
{
    body_flush(w);
    char dashes[41];
    memset(dashes, '-', sizeof dashes - 1);
    dashes[sizeof dashes - 1] = '\0';
    sheet_verbatim(w->sheet, w->indent, LOOK_FRAME, dashes, sizeof dashes - 1);
}

static void write_heading(struct body_writer *w, const struct item_node *n)
{
    w->look = LOOK_STRONG;
    write_spaced(w, n);
    w->look = LOOK_TEXT;
}

/* What stands in a line; false for a block. */
static bool write_inline(struct body_writer *w, const struct item_node *n)
{
    switch (n->kind) {
    case NODE_TEXT:
        write_text(w, n->text);
        return true;
    case NODE_EMPHASIS:
    case NODE_STRONG:
        write_emphasis(w, n);
        return true;
    case NODE_SUB:
        write_script(w, n, "_");
        return true;
    case NODE_SUP:
        write_script(w, n, "^");
        return true;
    case NODE_BREAK:
        sheet_text(w->sheet, LOOK_TEXT, "\n");
        return true;
    case NODE_IMAGE:
        body_picture(w, n);
        return true;
    case NODE_GAP:
    case NODE_HOTTEXT:
        write_inner(w, n);
        return true;
    case NODE_SPAN:
    case NODE_CODE:
        body_nodes(w, n->child);
        return true;
    default:
        return false;
    }
}

static void write_node(struct body_writer *w, const struct item_node *n)
{
    if (write_inline(w, n))
        return;
    switch (n->kind) {
    case NODE_PARAGRAPH:
        write_spaced(w, n);
        break;
    case NODE_HEADING:
        write_heading(w, n);
        break;
    case NODE_LIST:
        write_gap(w);
        write_list(w, n);
        break;
    case NODE_TABLE:
        write_gap(w);
        body_table(w, n);
        break;
    case NODE_PREFORMATTED:
        write_gap(w);
        write_preformatted(w, n);
        break;
    case NODE_QUOTE:
        write_block(w, n, 4);
        break;
    case NODE_RULE:
        write_rule(w);
        break;
    case NODE_INTERACTION:
        write_interaction(w, n->interaction);
        break;
    case NODE_FEEDBACK:
        break; /* never before the answer; practice shows it with its check */
    default:
        write_block(w, n, 0);
    }
}

void body_nodes(struct body_writer *w, const struct item_node *n)
{
    for (; n; n = n->next)
        write_node(w, n);
}
