/* SPDX-License-Identifier: Apache-2.0 */
/* uploadInteraction: the name of a file, typed on a line of its own. One place; the answer is the name as it was typed,
 * and whoever carries the answer looks at the file. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

enum { LEAST_COLUMNS = 20, BESIDE = 16 };

static void init(struct part *p, struct span seed, struct arena *a)
{
    (void)seed;
    p->field = arena_alloc(a, sizeof *p->field);
    p->n_places = 1;
}

static bool answered(const struct part *p)
{
    return p->field->n > 0;
}

static void response(const struct part *p, struct response *r, struct arena *a)
{
    if (p->field->n > 0)
        part_add_value(r, a, p->field->text, 1);
}

static void restore(struct part *p, const struct response *r)
{
    field_set(p->field, r->n > 0 ? r->value[0] : "");
}

static void words(const struct part *p, struct bytes *out)
{
    bytes_str(out, p->field->text);
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    bool used;
    (void)t;
    if (field_key(p->field, k, &used))
        return PART_TYPED;
    return used ? PART_USED : PART_IGNORED;
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)p;
    (void)t;
    (void)sub;
    (void)column;
    return PART_USED;
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct target target = {.kind = TARGET_PLACE, .index = (int)p->first};
    int columns = w->sheet->width - w->indent - BODY_CHOICE_INDENT - BESIDE;
    char text[200];
    body_prompt(w, p->interaction);
    sheet_text(w->sheet, LOOK_TEXT, _("File: "));
    sheet_field(w->sheet, p->field, columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns, p->first == w->focus, target);
    sheet_end(w->sheet, w->indent, 0, (struct target){0});
    body_note(w, LOOK_QUIET, _("Type the name of the file, with its folder if it lies in another one."));
    if (p->interaction->types)
        body_note(w, LOOK_QUIET, say(text, sizeof text, _("Wanted: %s"), p->interaction->types));
}

const struct part_kind part_upload = {
    .keys = N_("type the file's name  Tab next"),
    .typed = true,
    .init = init,
    .answered = answered,
    .response = response,
    .restore = restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};
