/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/print/body.h"

#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "base/picture.h"
#include "base/text.h"
#include "paperbank/item/pictures.h"

enum { PICTURE_SIDE = 1400, TABLE_COLUMNS = PRINT_MAX_COLUMNS, FOURTH = 16, HALF = 38 /* columns of text */ };

struct writer {
    struct print *p;
    const struct loaded *l;
    const struct loaded_item *item;
    const char *heading; /* or NULL */
    struct bytes text;   /* of the paragraph that is being made */
    bool numbered;       /* the item's number stands somewhere */
    struct err *e;
    int status;
};

static void write_nodes(struct writer *w, const struct item_node *n);

static const char *number_of(const struct writer *w)
{
    return arena_printf(w->l->arena, "<b>%zu.</b>", w->item->number);
}

/* What the section's title says of all items is not said again. */
static const char *worth_of(const struct writer *w)
{
    const struct paper_section *s = w->item->section;
    char points[32];
    for (size_t i = 0; i < s->n_items; i++)
        if (s->item[i].points.milli != w->item->ref->points.milli)
            return arena_printf(w->l->arena, _("(%s points) "),
                                points_text(w->item->ref->points, points, sizeof points));
    return "";
}

/* Before what is no text. */
static void number_alone(struct writer *w)
{
    if (!w->numbered)
        print_marked(w->p, BODY_SIZE, BODY_INDENT, number_of(w), worth_of(w));
    w->numbered = true;
}

static void flush(struct writer *w)
{
    const char *from = w->text.n ? (const char *)w->text.p : "";
    size_t n = w->text.n;
    while (n && (from[n - 1] == ' ' || from[n - 1] == '\n'))
        n--;
    if (n) {
        const char *text = arena_printf(w->l->arena, "%s%.*s", w->numbered ? "" : worth_of(w), (int)n, from);
        print_marked(w->p, BODY_SIZE, BODY_INDENT, w->numbered ? NULL : number_of(w), text);
        w->numbered = true;
    }
    bytes_clear(&w->text);
}

const char *body_part_label(struct arena *a, const struct loaded_item *i, size_t part)
{
    return i->n_parts > 1 ? arena_printf(a, "(%zu)", part + 1) : "";
}

static size_t part_of(const struct writer *w, const struct item_interaction *x)
{
    size_t k = 0;
    while (k < w->item->n_parts && w->item->part[k].interaction != x)
        k++;
    return k;
}

/* ---- blocks ---- */

static void put_picture(struct writer *w, const struct item_node *n)
{
    struct bytes png = {0};
    struct picture_gray gray = {0};
    flush(w);
    number_alone(w);
    bool shown = n->source && item_picture_is_kept(n->source) && !item_picture_is_drawing(n->source);
    if (!shown) {
        bytes_str(&w->text, "[");
        html_text(&w->text, n->text && n->text[0] ? n->text : _("picture"));
        bytes_str(&w->text, "]");
        flush(w);
        return;
    }
    int r = w->l->exam->file(w->l->exam->context, n->source, &png, w->e);
    if (r == 0)
        r = picture_png_gray(n->source, bytes_span(&png), PICTURE_SIDE, PICTURE_SIDE, &gray, w->e);
    if (r == 0)
        print_picture(w->p, BODY_INDENT, &gray);
    w->status = w->status < 0 ? w->status : r;
    picture_gray_release(&gray);
    bytes_release(&png);
}

static size_t columns_of(const struct item_node *row)
{
    size_t n = 0;
    for (const struct item_node *c = row->child; c; c = c->next)
        n += c->kind == NODE_CELL ? (size_t)(c->number > 0 ? c->number : 1) : 0;
    return n;
}

/* Plain text of a cell: tables on paper have no marks. */
static const char *cell_text(struct writer *w, const struct item_node *cell)
{
    return item_node_text(cell, w->l->arena);
}

static void put_row(struct writer *w, const struct item_node *row, size_t columns, const char **cell)
{
    size_t at = 0;
    for (size_t i = 0; i < columns; i++)
        cell[i] = "";
    for (const struct item_node *c = row->child; c && at < columns; c = c->next)
        if (c->kind == NODE_CELL) {
            cell[at] = cell_text(w, c);
            at += (size_t)(c->number > 0 ? c->number : 1);
        }
}

static bool holds_answer(const struct item_node *n)
{
    for (; n; n = n->next)
        if (n->kind == NODE_INTERACTION || n->kind == NODE_GAP || n->kind == NODE_HOTTEXT ||
            n->kind == NODE_IMAGE || holds_answer(n->child))
            return true;
    return false;
}

/* The first row gives the titles. What is answered in a table, and pictures, are put row by row instead. */
static void put_table(struct writer *w, const struct item_node *table)
{
    struct print_column column[TABLE_COLUMNS];
    size_t n = 0, columns = 0;
    for (const struct item_node *r = table->child; r; r = r->next)
        if (r->kind == NODE_ROW) {
            n++;
            columns = columns_of(r) > columns ? columns_of(r) : columns;
        }
    flush(w);
    if (n == 0 || columns == 0 || columns > TABLE_COLUMNS || holds_answer(table->child)) {
        write_nodes(w, table->child);
        return;
    }
    const char **cell = arena_array(w->l->arena, n * columns, sizeof *cell);
    size_t k = 0;
    for (const struct item_node *r = table->child; r; r = r->next)
        if (r->kind == NODE_ROW)
            put_row(w, r, columns, cell + columns * k++);
        else if (r->kind == NODE_CAPTION)
            write_nodes(w, r->child);
    flush(w);
    number_alone(w);
    for (size_t i = 0; i < columns; i++)
        column[i] = (struct print_column){.title = cell[i], .share = 1};
    print_table(w->p, column, columns, cell + columns, n - 1);
}

/* ---- what is answered ---- */

static bool has_picture(const struct item_node *n)
{
    bool has = n->kind == NODE_IMAGE;
    for (const struct item_node *c = n->child; c && !has; c = c->next)
        has = has_picture(c);
    return has;
}

static void put_pictures(struct writer *w, const struct item_node *n)
{
    if (n->kind == NODE_IMAGE)
        put_picture(w, n);
    for (const struct item_node *c = n->child; c; c = c->next)
        put_pictures(w, c);
}

static const char *choice_text(struct writer *w, const struct item_choice *c)
{
    struct bytes text = {0};
    body_marked(c->content, &text);
    const char *kept = arena_strndup(w->l->arena, text.n ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return kept;
}

/* Short choices stand side by side: 4, 2 or 1 in a row. */
static size_t choices_in_row(struct writer *w, const struct item_choice *c, size_t n)
{
    size_t widest = 0;
    for (size_t i = 0; i < n; i++) {
        size_t width = 0;
        for (const struct item_node *k = c[i].content; k; k = k->next) {
            width += text_width(item_node_text(k, w->l->arena));
            if (has_picture(k))
                return 1;
        }
        widest = width > widest ? width : widest;
    }
    return widest <= FOURTH ? 4 : widest <= HALF ? 2 : 1;
}

static const char *place_name(struct writer *w, size_t place, bool numbers)
{
    return numbers ? arena_printf(w->l->arena, "%zu", place + 1) : loaded_letter(w->l->arena, place);
}

static void put_choices(struct writer *w, const struct item_choice *c, size_t n, const uint32_t *order,
                        bool numbers)
{
    const char **text = arena_array(w->l->arena, n + 1, sizeof *text);
    size_t row = choices_in_row(w, c, n);
    for (size_t i = 0; i < n; i++) {
        const char *name = arena_printf(w->l->arena, "%s.", place_name(w, i, numbers)),
                   *words = choice_text(w, &c[order[i]]);
        text[i] = arena_printf(w->l->arena, "%s  %s", name, words);
        if (row > 1)
            continue;
        print_marked(w->p, BODY_SIZE, BODY_INDENT + PRINT_LABEL, name, words);
        for (const struct item_node *k = c[order[i]].content; k; k = k->next)
            put_pictures(w, k);
    }
    if (row > 1)
        print_grid(w->p, BODY_SIZE, BODY_INDENT, row, text, n);
}

static const char *how_of(const struct item_interaction *x, struct arena *a)
{
    switch (x->kind) {
    case INTERACTION_CHOICE:
        return x->max_choices == 1 ? NULL : _("Choose all that are right; write their letters.");
    case INTERACTION_ORDER:
        return _("Put into the right order: write the letters one after the other.");
    case INTERACTION_ASSOCIATE:
        return _("Find the pairs: write two letters for each, such as A-C.");
    case INTERACTION_MATCH:
        return _("Match letters and numbers: write them as A-2.");
    case INTERACTION_GAP_MATCH:
        return _("Fill the numbered gaps: write number and letter, such as 1-B.");
    case INTERACTION_HOTTEXT:
        return _("Choose among the marked words: write their letters.");
    case INTERACTION_SLIDER:
        return arena_printf(a, _("Write a number from %s to %s."), x->lower ? x->lower : "0",
                            x->upper ? x->upper : "");
    default:
        return NULL;
    }
}

static void put_how(struct writer *w, const struct item_interaction *x)
{
    const char *how = how_of(x, w->l->arena);
    if (!how)
        return;
    flush(w);
    bytes_str(&w->text, "<i>");
    html_text(&w->text, how);
    bytes_str(&w->text, "</i>");
    flush(w);
}

static void put_inline(struct writer *w, const struct loaded_part *part, const char *label)
{
    const struct item_interaction *x = part->interaction;
    bytes_printf(&w->text, " <u> %s            </u> ", label);
    if (x->kind != INTERACTION_INLINE_CHOICE)
        return;
    bytes_str(&w->text, "[");
    for (size_t i = 0; i < x->n_choices; i++) {
        bytes_printf(&w->text, "%s<b>%s</b> ", i ? "  " : "", loaded_letter(w->l->arena, i));
        body_marked(x->choice[part->order[i]].content, &w->text);
    }
    bytes_str(&w->text, "] ");
}

static void put_interaction(struct writer *w, const struct item_interaction *x)
{
    size_t k = part_of(w, x);
    if (k == w->item->n_parts)
        return;
    const struct loaded_part *part = &w->item->part[k];
    const char *label = body_part_label(w->l->arena, w->item, k);
    if (x->kind == INTERACTION_TEXT_ENTRY || x->kind == INTERACTION_INLINE_CHOICE) {
        put_inline(w, part, label);
        return;
    }
    flush(w);
    bytes_str(&w->text, label);
    write_nodes(w, x->prompt);
    flush(w);
    if (x->content && x->kind < INTERACTION_UPLOAD)
        write_nodes(w, x->content);
    put_how(w, x);
    number_alone(w);
    if (x->kind != INTERACTION_HOTTEXT)
        put_choices(w, x->choice, x->n_choices, part->order, false);
    if (x->kind == INTERACTION_MATCH)
        put_choices(w, x->target, x->n_targets, part->target_order, true);
}

/* A hot word bears the letter of its place in the text. */
static void put_hottext(struct writer *w, const struct item_node *n)
{
    bytes_printf(&w->text, " <b>[%s]</b><u>", loaded_letter(w->l->arena, (size_t)n->number));
    body_marked(n->child, &w->text);
    bytes_str(&w->text, "</u> ");
}

/* ---- the walk ---- */

static void put_list(struct writer *w, const struct item_node *list)
{
    size_t number = 0;
    flush(w);
    for (const struct item_node *c = list->child; c; c = c->next) {
        if (c->kind == NODE_LIST_ITEM && list->number)
            bytes_printf(&w->text, "%zu) ", ++number);
        else if (c->kind == NODE_LIST_ITEM)
            bytes_str(&w->text, "•  ");
        write_nodes(w, c->child);
        flush(w);
    }
}

static void put_preformatted(struct writer *w, const struct item_node *n)
{
    flush(w);
    bytes_str(&w->text, "<tt>");
    for (const struct item_node *c = n->child; c; c = c->next)
        if (c->kind == NODE_TEXT)
            html_text(&w->text, c->text);
        else
            body_marked(c, &w->text);
    bytes_str(&w->text, "</tt>");
    flush(w);
}

static void put_block(struct writer *w, const struct item_node *n)
{
    flush(w);
    if (n->kind == NODE_HEADING || n->kind == NODE_CAPTION) {
        bytes_str(&w->text, "<b>");
        body_marked(n->child, &w->text);
        bytes_str(&w->text, "</b>");
    } else {
        write_nodes(w, n->child);
    }
    flush(w);
}

static void write_node(struct writer *w, const struct item_node *n)
{
    switch (n->kind) {
    case NODE_INTERACTION:
        if (n->interaction)
            put_interaction(w, n->interaction);
        break;
    case NODE_GAP:
        bytes_printf(&w->text, " <u>  (%lld)          </u> ", (long long)n->number + 1);
        break;
    case NODE_HOTTEXT:
        put_hottext(w, n);
        break;
    case NODE_IMAGE:
        put_picture(w, n);
        break;
    case NODE_TABLE:
        put_table(w, n);
        break;
    case NODE_LIST:
        put_list(w, n);
        break;
    case NODE_PREFORMATTED:
        put_preformatted(w, n);
        break;
    case NODE_GROUP:
    case NODE_PARAGRAPH:
    case NODE_HEADING:
    case NODE_CAPTION:
    case NODE_ROW:
    case NODE_QUOTE:
        put_block(w, n);
        break;
    case NODE_SPAN:
    case NODE_CELL:
    case NODE_LIST_ITEM:
    case NODE_TEMPLATE:
    case NODE_UNSUPPORTED:
        write_nodes(w, n->child);
        bytes_str(&w->text, n->kind == NODE_CELL ? "    " : "");
        break;
    default: { /* an inline piece alone: its siblings are written by themselves */
        struct item_node one = *n;
        one.next = NULL;
        body_marked(&one, &w->text);
    }
    }
}

static void write_nodes(struct writer *w, const struct item_node *n)
{
    for (; n && w->status == 0; n = n->next)
        write_node(w, n);
}

static int write_item(struct writer *w)
{
    w->numbered = false;
    w->status = 0;
    if (w->heading)
        print_heading(w->p, 2, w->heading);
    if (w->item->unfit) {
        html_text(&w->text, _("This item is done on a computer and cannot be answered on paper."));
        flush(w);
    } else {
        write_nodes(w, w->item->view->body);
        flush(w);
        number_alone(w);
    }
    bytes_clear(&w->text);
    print_space(w->p, BODY_SIZE * 0.8);
    return w->status;
}

int body_print(struct print *p, const struct loaded *l, const struct loaded_item *i, const char *heading,
               struct err *e)
{
    struct writer w = {.p = p, .l = l, .item = i, .heading = heading, .e = e};
    print_together(p);
    int r = write_item(&w);
    if (!print_together_end(p) && r == 0)
        r = write_item(&w); /* higher than a page */
    bytes_release(&w.text);
    return r;
}
