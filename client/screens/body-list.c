/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts share in the body: entries of a list, options in a row, pieces in a line, notes. */
#include <string.h>

#include "base/text.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

enum { NOTE_INDENT = 2, OPTION_GAP = 3, SHORT_COLUMNS = 24, PIECE_GAP = 3 };

void body_note(struct body_writer *w, enum look look, const char *text)
{
    body_flush(w);
    sheet_text(w->sheet, look, text);
    sheet_end(w->sheet, w->indent + NOTE_INDENT, 0, (struct target){0});
}

/* Lines break only at the three spaces between the pieces of a tail. */
static void write_tail(struct sheet *s, const char *tail)
{
    size_t first = s->n_glyphs, spaces = 0;
    sheet_text(s, LOOK_CHOSEN, tail);
    for (size_t i = first; i < s->n_glyphs; i++) {
        bool space = s->glyph[i].ch == ' ';
        s->glyph[i].glued =
            space ? s->glyph[i + 1 < s->n_glyphs ? i + 1 : i].ch != ' ' && spaces == 0 : spaces < PIECE_GAP;
        spaces = space ? spaces + 1 : 0;
    }
}

void body_entry(struct body_writer *w, const struct body_entry *x)
{
    struct body_writer own = *w;
    struct sheet *s = w->sheet;
    own.indent += BODY_CHOICE_INDENT;
    own.margin = BODY_CHOICE_MARGIN;
    own.owner = x->target;
    size_t lines = s->n_lines;
    body_nodes(&own, x->content && x->content->kind == NODE_GROUP ? x->content->child : x->content);
    if (x->tail)
        write_tail(s, x->tail);
    body_flush(&own);
    if (s->n_lines == lines)
        sheet_end(s, own.indent, own.margin, own.owner);
    for (size_t i = lines; i < s->n_lines; i++)
        s->line[i].owner = own.owner;
    struct line_sign *sign = &s->line[lines].sign;
    *sign = (struct line_sign){.shown = true, .focus = x->focus};
    say(sign->label, sizeof sign->label, "%s", x->label);
    say(sign->word, sizeof sign->word, "%s", x->word ? x->word : "");
}

void body_piece(struct body_writer *w, enum look look, const char *text, struct target target, bool cursor)
{
    struct sheet *s = w->sheet;
    size_t first = s->n_glyphs;
    sheet_text(s, look, text);
    sheet_bind(s, first, target);
    if (cursor && first < s->n_glyphs)
        s->glyph[first].cursor = true;
}

static int option_width(const struct body_option *o, struct arena *a)
{
    return (int)(strlen(o->label) + 1 + text_width(item_node_text(o->content, a)) + text_width(o->word) + 1);
}

static bool fit_in_a_row(const struct body_writer *w, const struct body_option *option, size_t n,
                         struct arena *a)
{
    for (size_t i = 0; i < n; i++)
        if (option_width(&option[i], a) + OPTION_GAP > (w->sheet->width - BODY_CHOICE_INDENT) / 2)
            return false;
    return true;
}

static void write_row(struct body_writer *w, size_t place, const struct body_option *option, size_t n,
                      struct arena *a)
{
    for (size_t i = 0; i < n; i++) {
        const struct body_option *o = &option[i];
        struct target target = {.kind = TARGET_PLACE, .index = (int)place, .sub = (int)i + 1};
        char *text = arena_printf(a, "%s %s%s%s", o->label, item_node_text(o->content, a),
                                  o->word[0] ? " " : "", o->word);
        body_piece(w, o->quiet ? LOOK_QUIET : LOOK_TEXT, text, target, false);
        if (i + 1 < n)
            sheet_text(w->sheet, w->look, "   ");
    }
    sheet_end(w->sheet, w->indent + NOTE_INDENT, 0, (struct target){0});
}

void body_options(struct body_writer *w, size_t place, const char *lead, const struct body_option *option,
                  size_t n)
{
    struct arena *a = arena_new();
    body_flush(w);
    if (fit_in_a_row(w, option, n, a)) {
        sheet_text(w->sheet, LOOK_STRONG, lead);
        write_row(w, place, option, n, a);
    } else {
        if (*lead)
            body_note(w, LOOK_STRONG, lead);
        for (size_t i = 0; i < n; i++)
            body_entry(w, &(struct body_entry){
                              .target = {.kind = TARGET_PLACE, .index = (int)place, .sub = (int)i + 1},
                              .label = option[i].label,
                              .content = option[i].content,
                              .word = option[i].word});
    }
    arena_free(a);
}

void body_box(struct body_writer *w, size_t place, size_t number, const char *label, const char *word)
{
    char text[300];
    bool focus = place == w->focus;
    struct target target = {.kind = TARGET_PLACE, .index = (int)place};
    size_t fit = text_fit(word, (size_t)(w->sheet->width - 16), NULL);
    say(text, sizeof text, "[%zu%s%s%s%.*s%s]", number, focus ? ">" : " ", label, *label ? " " : "", (int)fit,
        word, word[fit] ? ".." : "");
    body_space(w);
    body_piece(w, focus ? LOOK_CURSOR : *label ? LOOK_CHOSEN : LOOK_FIELD, text, target, focus);
    sheet_text(w->sheet, w->look, " ");
}

char *body_short(const struct item_node *n, struct arena *a)
{
    char *text = item_node_text(n, a);
    size_t fit = text_fit(text, SHORT_COLUMNS, NULL);
    return text[fit] ? arena_printf(a, "%.*s..", (int)fit, text) : text;
}
