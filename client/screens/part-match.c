/* SPDX-License-Identifier: Apache-2.0 */
/* matchInteraction: numbered rows, lettered columns. A place is a row; a letter puts its column to the row of
 * the cursor. It is a table with boxes where that fits, else a list with the letters below. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"
#include "client/screens/pairs.h"

static void init(struct part *p, struct span seed, struct arena *a)
{
    part_choices(p, seed, a);
    pairs_init(p, a);
    p->target_order = arena_array(a, p->interaction->n_targets, sizeof *p->target_order);
    item_target_order(p->interaction, seed, p->target_order);
    p->n_places = p->interaction->n_choices;
}

/* "1A 2C" */
static void words(const struct part *p, struct bytes *out)
{
    char label[PART_LABEL];
    const char *before = "";
    for (size_t place = 0; place < p->n_places; place++)
        for (size_t i = 0; i < p->n_pairs; i++)
            if (p->pair[i].source == p->order[place]) {
                bytes_printf(out, "%s%zu%s", before, place + 1,
                             part_label(part_target_position(p, p->pair[i].target), label));
                before = " ";
            }
}

static bool takes_one(const struct part *p, size_t place)
{
    return part_choice_at(p, place)->match_max == 1;
}

/* A row that takes one changes its mind; another takes one more, or gives it back. */
static enum part_result put(struct part *p, struct part_turn *t, size_t column)
{
    uint32_t source = p->order[t->place], target = p->target_order[column];
    size_t there = pairs_find(p, source, target), old = pairs_last_of_source(p, source);
    if (there != SIZE_MAX) {
        if (!takes_one(p, t->place))
            pairs_remove(p, there);
        return takes_one(p, t->place) ? PART_USED : PART_CHANGED;
    }
    return pairs_put(p, takes_one(p, t->place) ? old : SIZE_MAX, source, target, t);
}

static enum part_result take_back(struct part *p, size_t place)
{
    size_t last = pairs_last_of_source(p, p->order[place]);
    if (last == SIZE_MAX)
        return PART_USED;
    pairs_remove(p, last);
    return PART_CHANGED;
}

/* Space on a row goes through the columns, for those who do not look for letters. */
static enum part_result next_column(struct part *p, struct part_turn *t)
{
    size_t n = p->interaction->n_targets, last = pairs_last_of_source(p, p->order[t->place]);
    size_t from = last == SIZE_MAX ? 0 : part_target_position(p, p->pair[last].target) + 1;
    if (!takes_one(p, t->place)) {
        say(t->message, sizeof t->message, "%s", _("Several may go with this row: press their letters."));
        return PART_USED;
    }
    for (size_t column = from; column < n; column++) {
        enum part_result r = put(p, t, column);
        t->message[0] = '\0';
        if (r == PART_CHANGED)
            return r;
    }
    return take_back(p, t->place);
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    size_t column = part_letter(k, p->interaction->n_targets), row = part_digit(k, p->n_places);
    if (part_is_erase(k))
        return take_back(p, t->place);
    if (part_is_space(k))
        return next_column(p, t);
    if (column != SIZE_MAX)
        return put(p, t, column);
    if (row == SIZE_MAX)
        return PART_IGNORED;
    t->place = row;
    return PART_USED;
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)column;
    if (sub < 1 || (size_t)sub > p->interaction->n_targets)
        return PART_USED;
    return pairs_find(p, p->order[t->place], p->target_order[sub - 1]) != SIZE_MAX
               ? take_back(p, t->place)
               : put(p, t, (size_t)sub - 1);
}

/* ---- as a table ---- */

enum { MAX_COLUMNS = 12, GAP = 2, BOX = 3, MOST_LABEL = 40 };

struct matrix {
    struct arena *arena;
    char *head[MAX_COLUMNS];
    int width[MAX_COLUMNS], label, total;
};

static bool one_line(const struct item_node *n)
{
    for (; n; n = n->next)
        if (n->kind == NODE_IMAGE || n->kind == NODE_TABLE || n->kind == NODE_LIST ||
            n->kind == NODE_PREFORMATTED || !one_line(n->child))
            return false;
    return true;
}

static bool measure(const struct part *p, int room, struct matrix *m)
{
    char label[PART_LABEL];
    size_t n = p->interaction->n_targets;
    for (size_t row = 0; row < p->n_places; row++) {
        int width = (int)text_width(item_node_text(part_choice_at(p, row)->content, m->arena));
        m->label = width > m->label ? width : m->label;
        if (!one_line(part_choice_at(p, row)->content))
            return false;
    }
    m->total = m->label;
    for (size_t i = 0; i < n && n <= MAX_COLUMNS; i++) {
        const struct item_node *content = part_target_at(p, i)->content;
        m->head[i] = arena_printf(m->arena, "%s %s", part_label(i, label), item_node_text(content, m->arena));
        m->width[i] = (int)text_width(m->head[i]);
        m->total += GAP + m->width[i];
        if (!one_line(content))
            return false;
    }
    return n <= MAX_COLUMNS && m->label <= MOST_LABEL && m->total <= room;
}

static void spaces(struct sheet *s, int n)
{
    size_t first = s->n_glyphs;
    for (int i = 0; i < n; i++)
        sheet_text(s, LOOK_TEXT, " ");
    sheet_bind(s, first, (struct target){0});
    if (first < s->n_glyphs)
        s->glyph[first].glued = true;
}

static void head_line(const struct part *p, const struct matrix *m, struct body_writer *w)
{
    spaces(w->sheet, m->label);
    for (size_t i = 0; i < p->interaction->n_targets; i++) {
        spaces(w->sheet, GAP);
        body_piece(w, LOOK_STRONG, m->head[i], (struct target){0}, false);
    }
    sheet_end(w->sheet, w->indent + BODY_CHOICE_INDENT, 0, (struct target){0});
}

static void matrix_row(const struct part *p, const struct matrix *m, struct body_writer *w, size_t row)
{
    struct sheet *s = w->sheet;
    const char *label = item_node_text(part_choice_at(p, row)->content, m->arena);
    struct target target = {.kind = TARGET_PLACE, .index = (int)(p->first + row)};
    body_piece(w, LOOK_TEXT, label, target, false);
    spaces(s, m->label - (int)text_width(label));
    for (size_t i = 0; i < p->interaction->n_targets; i++) {
        bool on = pairs_find(p, p->order[row], p->target_order[i]) != SIZE_MAX;
        int before = (m->width[i] - BOX) / 2;
        target.sub = (int)i + 1;
        spaces(s, GAP + before);
        body_piece(w, on ? LOOK_CHOSEN : LOOK_TEXT, on ? "[X]" : "[ ]", target, false);
        spaces(s, m->width[i] - BOX - before);
    }
    sheet_end(s, w->indent + BODY_CHOICE_INDENT, 0,
              (struct target){.kind = TARGET_PLACE, .index = target.index});
    struct line_sign *sign = &s->line[s->n_lines - 1].sign;
    *sign = (struct line_sign){.shown = true, .focus = p->first + row == w->focus};
    say(sign->label, sizeof sign->label, "%zu", row + 1);
}

/* ---- as a list ---- */

static char *partners(const struct part *p, size_t row, struct arena *a)
{
    struct bytes out = {0};
    char label[PART_LABEL];
    for (size_t i = 0; i < p->n_pairs; i++)
        if (p->pair[i].source == p->order[row]) {
            size_t column = part_target_position(p, p->pair[i].target);
            bytes_printf(&out, "   -> %s %s", part_label(column, label),
                         body_short(part_target_at(p, column)->content, a));
        }
    char *text = arena_strdup(a, out.n ? (const char *)out.p : "   -> [____]");
    bytes_release(&out);
    return text;
}

static void list(const struct part *p, struct body_writer *w, struct arena *a)
{
    char number[PART_LABEL];
    for (size_t row = 0; row < p->n_places; row++) {
        size_t at = p->first + row;
        body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)at},
                                           .label = say(number, sizeof number, "%zu", row + 1),
                                           .content = part_choice_at(p, row)->content,
                                           .tail = partners(p, row, a),
                                           .focus = at == w->focus});
    }
}

static void used_by(const struct part *p, uint32_t target, char *buf, size_t size)
{
    size_t n = 0;
    buf[0] = '\0';
    for (size_t row = 0; row < p->n_places; row++)
        if (pairs_find(p, p->order[row], target) != SIZE_MAX && n + 8 < size)
            n += strlen(say(buf + n, size - n, "%s%zu", n ? "," : "[", row + 1));
    if (n > 0)
        say(buf + n, size - n, "]");
}

static size_t row_of_focus(const struct part *p, const struct body_writer *w)
{
    return w->focus >= p->first && w->focus < p->first + p->n_places ? w->focus : p->first;
}

static void options(const struct part *p, struct body_writer *w)
{
    size_t n = p->interaction->n_targets;
    struct arena *a = arena_new();
    struct body_option *option = arena_array(a, n, sizeof *option);
    for (size_t i = 0; i < n; i++) {
        const struct item_choice *c = part_target_at(p, i);
        part_label(i, option[i].label);
        option[i].content = c->content;
        used_by(p, p->target_order[i], option[i].word, sizeof option[i].word);
        option[i].quiet = c->match_max > 0 && (int64_t)pairs_of_target(p, p->target_order[i]) >= c->match_max;
    }
    body_options(w, row_of_focus(p, w), "", option, n);
    arena_free(a);
}

static bool is_table(const struct part *p, const struct body_writer *w, struct matrix *m)
{
    return measure(p, w->sheet->width - w->indent - BODY_CHOICE_INDENT, m);
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct matrix m = {.arena = arena_new()};
    body_prompt(w, p->interaction);
    if (is_table(p, w, &m)) {
        head_line(p, &m, w);
        for (size_t row = 0; row < p->n_places; row++)
            matrix_row(p, &m, w, row);
    } else {
        list(p, w, m.arena);
        sheet_blank(w->sheet);
        options(p, w);
    }
    pairs_note(p, w);
    arena_free(m.arena);
}

static void bank(const struct part *p, struct body_writer *w)
{
    struct matrix m = {.arena = arena_new()};
    if (!is_table(p, w, &m))
        options(p, w);
    arena_free(m.arena);
}

const struct part_kind part_match = {
    .keys = N_("Up/Down row  letter matches  Del undo"),
    .init = init,
    .answered = pairs_answered,
    .complete = pairs_complete,
    .response = pairs_response,
    .restore = pairs_restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
    .bank = bank,
};
