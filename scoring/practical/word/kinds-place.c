/* SPDX-License-Identifier: Apache-2.0 */
/* Locators. By text: the first that contains it, after NFKC and without white space; what a table of contents
 * repeats comes last. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/kinds.h"

static bool is_space(uint32_t c)
{
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF;
}

/* Letters that NFKC leaves as they are, in any company of such: ASCII and Han. */
static bool is_plain(const char *s)
{
    const char *end = s + strlen(s);
    while (s < end) {
        uint32_t c = utf8_next(&s, end);
        if (c >= 0x80 && c != 0x3001 && c != 0x3002 && !(c >= 0x4E00 && c <= 0x9FFF))
            return false;
    }
    return true;
}

const char *word_squash(struct arena *a, const char *text)
{
    const char *nfkc = is_plain(text) ? text : text_nfkc(a, text), *s = nfkc ? nfkc : text,
               *end = s + strlen(s);
    char *ret = arena_alloc(a, strlen(s) + 1), *to = ret;
    while (s < end) {
        const char *at = s;
        if (is_space(utf8_next(&s, end)))
            continue;
        memcpy(to, at, (size_t)(s - at));
        to += s - at;
    }
    return ret;
}

const char *word_squashed(const struct word_document *d, size_t i)
{
    const char **known = d->squashed;
    if (!known[i])
        known[i] = word_squash(d->arena, d->any_paragraph[i]->text);
    return known[i];
}

static bool contains(struct word_ask *q, const char *text, const char *needle)
{
    return *text && strstr(word_squash(q->a, text), needle);
}

static const char *said(struct word_ask *q, const char *what, const char *name)
{
    return arena_printf(q->a, "no %s: %s", what, locator_get(q->at, name));
}

/* The index that `name` holds; -1 is told as the rule's fault. */
static int64_t index_of(struct word_ask *q, const char *name, int *fault)
{
    int64_t i = locator_index(q->at, name, 1);
    if (i < 0)
        *fault = word_bad_locator(q, name);
    return i;
}

static int table_by_text(struct word_ask *q, const struct word_table **ret)
{
    const char *needle = word_squash(q->a, locator_get(q->at, "table-text"));
    for (size_t i = 0; i < q->d->n_tables; i++)
        for (const struct word_row *r = q->d->table[i]->first; r; r = r->next)
            for (const struct word_cell *c = r->first; c; c = c->next)
                if (contains(q, word_flow_text(&c->flow, q->a), needle)) {
                    *ret = q->d->table[i];
                    return 1;
                }
    return word_give_absent(q, q->d->part, said(q, "table contains", "table-text"));
}

int word_find_table(struct word_ask *q, const struct word_table **ret)
{
    int fault = 0;
    if (locator_get(q->at, "table-text"))
        return table_by_text(q, ret);
    int64_t i = index_of(q, "table", &fault);
    if (fault)
        return fault;
    if ((uint64_t)i > q->d->n_tables)
        return word_give_absent(q, q->d->part, arena_printf(q->a, "there are %zu tables", q->d->n_tables));
    *ret = q->d->table[i - 1];
    return 1;
}

int word_find_row(struct word_ask *q, const struct word_row **ret)
{
    const struct word_table *t;
    int fault = 0, r = word_find_table(q, &t);
    int64_t i = r == 1 ? index_of(q, "row", &fault) : 0;
    if (r < 1 || fault)
        return fault ? fault : r;
    for (const struct word_row *w = t->first; w; w = w->next)
        if (w->number == i) {
            *ret = w;
            return 1;
        }
    return word_give_absent(q, word_table_place(t, q->a),
                            arena_printf(q->a, "the table has %u rows", t->n_rows));
}

static const struct word_cell *cell_at(const struct word_row *r, uint32_t column)
{
    for (const struct word_cell *c = r->first; c; c = c->next)
        if (column >= c->column && column < c->column + c->span)
            return c;
    return NULL;
}

/* The cell that a covered one belongs to: the nearest above, or to the left, that is not. */
static const struct word_cell *seen(const struct word_row *r, const struct word_cell *c)
{
    for (const struct word_row *w = r->table->first; w && c->covered && w != r->next; w = w->next) {
        const struct word_cell *over = cell_at(w, c->column);
        if (over && !over->covered && w->number + over->row_span > r->number)
            return over;
    }
    for (const struct word_cell *left = r->first; left && c->covered; left = left->next)
        if (!left->covered && left->column < c->column && left->column + left->span > c->column)
            return left;
    return c;
}

int word_find_cell(struct word_ask *q, const struct word_cell **ret)
{
    const struct word_row *row;
    int fault = 0, r = word_find_row(q, &row);
    int64_t i = r == 1 ? index_of(q, "column", &fault) : 0;
    if (r < 1 || fault)
        return fault ? fault : r;
    const struct word_cell *c = cell_at(row, (uint32_t)(i - 1));
    if (!c)
        return word_give_absent(q, word_table_place(row->table, q->a),
                                said(q, "such column in the row", "column"));
    *ret = seen(row, c);
    return 1;
}

static int section_by_text(struct word_ask *q, const struct word_section **ret)
{
    const struct word_paragraph *p;
    int r = word_find_paragraph(q, &p);
    if (r < 1)
        return r;
    size_t i = p->section < q->d->n_sections ? p->section : q->d->n_sections - 1;
    *ret = q->d->section[i];
    return 1;
}

int word_find_section(struct word_ask *q, const struct word_section **ret)
{
    int fault = 0;
    if (!locator_get(q->at, "section") && locator_get(q->at, "paragraph-text") &&
        !locator_get(q->at, "header") && !locator_get(q->at, "footer"))
        return section_by_text(q, ret);
    const char *last = locator_get(q->at, "section");
    if (last && strcmp(last, "last") == 0) {
        *ret = q->d->section[q->d->n_sections - 1];
        return 1;
    }
    int64_t i = index_of(q, "section", &fault);
    if (fault)
        return fault;
    if ((uint64_t)i > q->d->n_sections)
        return word_give_absent(q, q->d->part,
                                arena_printf(q->a, "there are %zu sections", q->d->n_sections));
    *ret = q->d->section[i - 1];
    return 1;
}

static int margin_flow(struct word_ask *q, const char *name, const struct word_flow **ret)
{
    static const char *const kinds[WORD_PAGE_KINDS] = {"default", "first", "even"};
    const struct word_section *s;
    const char *kind = locator_get(q->at, name);
    int which = 0, r = word_find_section(q, &s);
    if (r < 1)
        return r;
    while (which < WORD_PAGE_KINDS && strcmp(kinds[which], kind) != 0)
        which++;
    if (which == WORD_PAGE_KINDS)
        return word_bad_locator(q, name);
    *ret = strcmp(name, "header") == 0 ? s->header[which] : s->footer[which];
    return *ret ? 1 : word_give_absent(q, word_section_place(s, q->a), said(q, name, name));
}

static int box_flow(struct word_ask *q, const struct word_flow **ret)
{
    int fault = 0;
    int64_t i = index_of(q, "text-box", &fault);
    if (fault)
        return fault;
    for (const struct word_object *o = q->d->object; o; o = o->next)
        if (o->flow && --i == 0) {
            *ret = o->flow;
            return 1;
        }
    return word_give_absent(q, q->d->part, said(q, "text box", "text-box"));
}

static int note_flow(struct word_ask *q, const char *name, bool endnote, const struct word_flow **ret)
{
    int fault = 0;
    int64_t i = index_of(q, name, &fault);
    if (fault)
        return fault;
    for (const struct word_note *n = q->d->note; n; n = n->next)
        if (n->endnote == endnote && --i == 0) {
            *ret = n->flow;
            return 1;
        }
    return word_give_absent(q, q->d->part, said(q, name, name));
}

static int comment_flow(struct word_ask *q, const struct word_flow **ret)
{
    int fault = 0;
    int64_t i = index_of(q, "comment", &fault);
    if (fault)
        return fault;
    for (const struct word_comment *c = q->d->comment; c; c = c->next)
        if (--i == 0) {
            *ret = c->flow;
            return 1;
        }
    return word_give_absent(q, q->d->part, said(q, "comment", "comment"));
}

int word_find_flow(struct word_ask *q, const struct word_flow **ret)
{
    const struct locator *at = q->at;
    const struct word_cell *c;
    if (locator_get(at, "header"))
        return margin_flow(q, "header", ret);
    if (locator_get(at, "footer"))
        return margin_flow(q, "footer", ret);
    if (locator_get(at, "text-box"))
        return box_flow(q, ret);
    if (locator_get(at, "footnote"))
        return note_flow(q, "footnote", false, ret);
    if (locator_get(at, "endnote"))
        return note_flow(q, "endnote", true, ret);
    if (locator_get(at, "comment"))
        return comment_flow(q, ret);
    if (locator_get(at, "table") || locator_get(at, "table-text")) {
        int r = word_find_cell(q, &c);
        *ret = r == 1 ? &c->flow : NULL;
        return r;
    }
    *ret = &q->d->body;
    return 1;
}

/* A line of a table of contents that somebody typed: it ends in leader dots and a number. */
static bool is_typed_entry(const char *squashed)
{
    size_t n = strlen(squashed), dots = 0;
    size_t digits = n;
    while (digits && squashed[digits - 1] >= '0' && squashed[digits - 1] <= '9')
        digits--;
    while (dots < digits && squashed[digits - 1 - dots] == '.')
        dots++;
    return digits < n && dots >= 3;
}

enum rank { RANK_TEXT, RANK_TYPED_ENTRY, RANK_TOC, RANKS };

static const struct word_paragraph *by_text(struct word_ask *q, const char *needle, enum rank rank)
{
    for (size_t i = 0; i < q->d->n_any; i++) {
        const struct word_paragraph *p = q->d->any_paragraph[i];
        const char *text = word_squashed(q->d, i);
        if (strstr(text, needle) && rank == (p->in_toc              ? RANK_TOC
                                             : is_typed_entry(text) ? RANK_TYPED_ENTRY
                                                                    : RANK_TEXT))
            return p;
    }
    return NULL;
}

static int in_body(struct word_ask *q, const char *needle, const struct word_paragraph **ret)
{
    int fault = 0;
    if (needle) {
        *ret = NULL;
        for (int rank = RANK_TEXT; !*ret && rank < RANKS; rank++)
            *ret = by_text(q, needle, rank);
        return *ret ? 1 : word_give_absent(q, q->d->part, said(q, "paragraph contains", "paragraph-text"));
    }
    int64_t i = index_of(q, "paragraph", &fault);
    if (fault)
        return fault;
    if ((uint64_t)i > q->d->n_paragraphs)
        return word_give_absent(q, q->d->part,
                                arena_printf(q->a, "there are %zu paragraphs", q->d->n_paragraphs));
    *ret = q->d->paragraph[i - 1];
    return 1;
}

int word_find_paragraph(struct word_ask *q, const struct word_paragraph **ret)
{
    const struct word_flow *f;
    const char *text = locator_get(q->at, "paragraph-text"), *needle = text ? word_squash(q->a, text) : NULL;
    int fault = 0, r = word_find_flow(q, &f);
    if (r < 1)
        return r;
    if (f == &q->d->body)
        return in_body(q, needle, ret);
    int64_t i = index_of(q, "paragraph", &fault);
    if (fault)
        return fault;
    for (const struct word_paragraph *p = word_next_paragraph(f, NULL); p; p = word_next_paragraph(f, p))
        if (needle ? contains(q, p->text, needle) : --i == 0) {
            *ret = p;
            return 1;
        }
    return word_give_absent(q, word_flow_place(f, q->a),
                            text ? said(q, "paragraph contains", "paragraph-text") : "no such paragraph");
}

const char *word_section_place(const struct word_section *s, struct arena *a)
{
    return arena_printf(a, "%s, section %u", s->part, s->number);
}

int word_side_of(struct word_ask *q, int otherwise)
{
    static const char *const names[WORD_SIDES] = {"top", "left", "bottom", "right", "inside-h", "inside-v"};
    const char *side = locator_get(q->at, "side");
    if (!side)
        return otherwise;
    for (int i = 0; i < WORD_SIDES; i++)
        if (strcmp(names[i], side) == 0)
            return i;
    return -1;
}
