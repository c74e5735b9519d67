/* SPDX-License-Identifier: Apache-2.0 */
/* extendedTextInteraction: a box of several lines. Several places where the response holds several texts. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

/* All texts of an item together stay well within what an event of the journal may hold. */
enum { MOST_TEXTS = 16, USUAL_TEXTS = 3, ALL_BYTES = 512 * 1024, LEAST_LINES = 4, MOST_BLANK = 30 };
enum { BOX_INDENT = 2, BOX_SIDES = 4 };

static size_t texts_of(const struct item *item, const struct item_interaction *i)
{
    const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, i->response);
    int64_t n = i->max_choices > 0             ? i->max_choices
                : i->min_choices > USUAL_TEXTS ? i->min_choices
                                               : USUAL_TEXTS;
    if (!d || d->cardinality == CARDINALITY_SINGLE || d->cardinality == CARDINALITY_RECORD)
        return 1;
    return n > MOST_TEXTS ? MOST_TEXTS : (size_t)n;
}

static size_t bytes_for_each(const struct item *item)
{
    size_t n = 0;
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        if (i->kind == INTERACTION_EXTENDED_TEXT)
            n += texts_of(item, i);
    return n * RESPONSE_MAX_TEXT > ALL_BYTES ? ALL_BYTES / n : RESPONSE_MAX_TEXT;
}

static void init(struct part *p, struct span seed, struct arena *a)
{
    (void)seed;
    p->n_places = texts_of(p->item, p->interaction);
    p->editor = arena_array(a, p->n_places, sizeof *p->editor);
    for (size_t i = 0; i < p->n_places; i++)
        editor_init(&p->editor[i], a, bytes_for_each(p->item));
}

static size_t filled(const struct part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_places; i++)
        n += p->editor[i].n > 0;
    return n;
}

static bool answered(const struct part *p)
{
    return filled(p) > 0;
}

static bool complete(const struct part *p)
{
    for (size_t i = 0; i < p->n_places; i++)
        if (p->editor[i].n > 0 && !part_pattern_fits(p, p->editor[i].text))
            return false;
    return answered(p) && (p->n_places == 1 || (int64_t)filled(p) >= p->interaction->min_choices);
}

static void response(const struct part *p, struct response *r, struct arena *a)
{
    for (size_t i = 0; i < p->n_places; i++)
        if (p->editor[i].n > 0)
            part_add_value(r, a, p->editor[i].text, p->n_places);
}

static void restore(struct part *p, const struct response *r)
{
    for (size_t i = 0; i < p->n_places; i++)
        editor_set(&p->editor[i], i < r->n ? r->value[i] : "");
}

static void words(const struct part *p, struct bytes *out)
{
    const char *before = "";
    for (size_t i = 0; i < p->n_places; i++) {
        const char *text = p->editor[i].text;
        size_t n = strcspn(text, "\n");
        if (p->editor[i].n == 0)
            continue;
        bytes_printf(out, "%s%.*s%s", before, (int)n, text, text[n] ? ".." : "");
        before = " / ";
    }
}

static int columns(int width)
{
    int n = width - 2 * BOX_INDENT - BOX_SIDES;
    return n < 4 ? 4 : n;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    if (p->n_places == 0)
        return PART_IGNORED;
    switch (editor_key(&p->editor[t->place], k, columns(t->width))) {
    case EDITOR_IGNORED:
        return PART_IGNORED;
    case EDITOR_CHANGED:
        return PART_TYPED;
    case EDITOR_FULL:
        say(t->message, sizeof t->message,
            _("This text is full: it cannot be longer than %zu bytes. What was typed last is not in it."),
            p->editor[t->place].max);
        return PART_USED;
    default:
        return PART_USED;
    }
}

/* Sub 0 is the line of the cursor, others are lines from 1 on, -1 is the frame. */
static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    struct editor *e = &p->editor[t->place];
    int wide = columns(t->width);
    struct editor_line l = editor_first(e, wide);
    size_t line = 0;
    for (; sub == 0 && !editor_has_cursor(e, l); line++)
        l = editor_next(e, l, wide);
    if (sub >= 0)
        editor_point(e, sub > 0 ? (size_t)sub - 1 : line, column - BOX_INDENT - BOX_SIDES / 2, wide);
    return PART_USED;
}

/* ---- the box ---- */

struct box {
    const struct part *part;
    struct body_writer *w;
    size_t place;
    bool focus;
    int columns;
};

static void end_line(const struct box *b, size_t first, int sub)
{
    struct target target = {.kind = TARGET_PLACE, .index = (int)(b->part->first + b->place), .sub = sub};
    struct sheet *s = b->w->sheet;
    for (size_t i = first; i < s->n_glyphs; i++)
        s->glyph[i].glued = true;
    sheet_end(s, BOX_INDENT, 0, target);
}

static void fill(struct sheet *s, enum look look, const char *sign, int n)
{
    for (int i = 0; i < n; i++)
        sheet_text(s, look, sign);
}

static void border(const struct box *b, const char *title)
{
    struct sheet *s = b->w->sheet;
    size_t first = s->n_glyphs;
    const char *sign = b->focus ? "=" : "-";
    int room = b->columns + 2;
    sheet_text(s, LOOK_FRAME, "+");
    if (*title) {
        fill(s, LOOK_FRAME, sign, 2);
        sheet_text(s, LOOK_QUIET, title);
        room -= 2 + (int)text_width(title);
    }
    fill(s, LOOK_FRAME, sign, room);
    sheet_text(s, LOOK_FRAME, "+");
    end_line(b, first, -1);
}

static void text_line(const struct box *b, const char *text, size_t n, enum look look, int cursor, int sub)
{
    struct sheet *s = b->w->sheet;
    char line[1200];
    size_t first = s->n_glyphs, fit = n < sizeof line ? n : sizeof line - 1;
    int used = 0;
    memcpy(line, text, fit);
    line[fit] = '\0';
    line[text_fit(line, (size_t)b->columns, NULL)] = '\0';
    used = (int)text_width(line);
    sheet_text(s, LOOK_FRAME, "| ");
    size_t from = s->n_glyphs;
    sheet_text(s, look, line);
    fill(s, LOOK_FIELD, " ", b->columns - used + 1);
    for (size_t i = from; cursor >= 0 && i < s->n_glyphs; i++) {
        if (cursor == 0)
            s->glyph[i].cursor = true;
        cursor -= char_width(s->glyph[i].ch);
    }
    sheet_text(s, LOOK_FRAME, "|");
    end_line(b, first, sub);
}

static const char *title(const struct part *p, size_t place, char *buf, size_t size)
{
    int n = (int)editor_characters(&p->editor[place]), expected = (int)p->interaction->expected_length;
    char which[32] = "";
    if (p->n_places > 1)
        say(which, sizeof which, "%zu  ", place + 1);
    if (expected > 0)
        return say(
            buf, size,
            ngettext(" %s%d character of about %d ", " %s%d characters of about %d ", (unsigned long)n),
            which, n, expected);
    return say(buf, size, ngettext(" %s%d character ", " %s%d characters ", (unsigned long)n), which, n);
}

static int cursor_column(const struct editor *e, struct editor_line l)
{
    char before[1200];
    size_t n = e->cursor - l.first;
    say(before, sizeof before, "%.*s", (int)(n < sizeof before ? n : sizeof before - 1), e->text + l.first);
    return (int)text_width(before);
}

static void lay_out_box(const struct part *p, struct body_writer *w, size_t place)
{
    const struct editor *e = &p->editor[place];
    struct box b = {.part = p,
                    .w = w,
                    .place = place,
                    .focus = p->first + place == w->focus,
                    .columns = columns(w->sheet->width)};
    char text[100];
    int64_t line = 0,
            least = p->interaction->expected_lines > 0 ? p->interaction->expected_lines : LEAST_LINES;
    border(&b, title(p, place, text, sizeof text));
    struct editor_line l = editor_first(e, b.columns);
    for (;; l = editor_next(e, l, b.columns), line++) {
        bool here = editor_has_cursor(e, l), hint = e->n == 0 && p->interaction->placeholder;
        const char *shown =
            hint ? say(text, sizeof text, "(%s)", p->interaction->placeholder) : e->text + l.first;
        text_line(&b, shown, hint ? strlen(shown) : l.end - l.first, hint ? LOOK_QUIET : LOOK_FIELD,
                  here && b.focus ? cursor_column(e, l) : -1, here ? 0 : (int)line + 1);
        if (l.last)
            break;
    }
    for (line++; line < least && line < MOST_BLANK; line++)
        text_line(&b, "", 0, LOOK_FIELD, -1, (int)line + 1);
    border(&b, "");
    if (e->n > 0 && !part_pattern_fits(p, e->text))
        body_note(w, LOOK_WARN, _("(not in the form that is asked for) "));
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    body_flush(w);
    body_nodes(w, p->interaction->prompt);
    body_flush(w);
    for (size_t place = 0; place < p->n_places; place++)
        lay_out_box(p, w, place);
}

const struct part_kind part_extended = {
    .keys = N_("Enter new line  Tab next  PgUp/PgDn"),
    .typed = true,
    .init = init,
    .answered = answered,
    .complete = complete,
    .response = response,
    .restore = restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};
