/* SPDX-License-Identifier: Apache-2.0 */
/* uploadInteraction: the name of a file. The first place is a line to type it on, the others are the files of
 * the folder that is offered (work_offer). The answer is the name, and whoever carries the answer looks at
 * the file. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/folder.h"
#include "client/screens/frame.h"

enum { LEAST_COLUMNS = 20, BESIDE = 16 };

static bool is_chosen(const struct part *p, size_t i)
{
    char *path = folder_file_path(p->folder, i);
    bool chosen = strcmp(path, p->field->text) == 0;
    free(path);
    return chosen;
}

static enum part_result choose(struct part *p, struct part_turn *t, size_t i)
{
    char *path = folder_file_path(p->folder, i);
    bool fits = strlen(path) <= FIELD_MAX, same = strcmp(path, p->field->text) == 0;
    t->place = i + 1;
    if (fits && !same)
        field_set(p->field, path);
    if (!fits)
        say(t->message, sizeof t->message, "%s", _("The name of this file is too long."));
    free(path);
    return fits && !same ? PART_CHANGED : PART_USED;
}

static enum part_result type(struct part *p, struct key k)
{
    bool used;
    if (field_key(p->field, k, &used))
        return PART_TYPED;
    return used ? PART_USED : PART_IGNORED;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    size_t position = part_letter(k, p->n_places - 1);
    if (t->place == 0)
        return type(p, k);
    if (part_is_erase(k)) {
        field_clear(p->field);
        return PART_CHANGED;
    }
    if (part_is_space(k))
        return choose(p, t, t->place - 1);
    return position == SIZE_MAX ? PART_IGNORED : choose(p, t, position);
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)sub;
    (void)column;
    return t->place == 0 ? PART_USED : choose(p, t, t->place - 1);
}

static void lay_out_files(const struct part *p, struct body_writer *w)
{
    char label[PART_LABEL], tail[64];
    for (size_t i = 0; i + 1 < p->n_places; i++) {
        const struct folder_file *f = &p->folder->file[i];
        size_t at = p->first + i + 1;
        struct item_node name = {.kind = NODE_TEXT, .text = f->name};
        say(tail, sizeof tail, ngettext("   %lld byte", "   %lld bytes", (unsigned long)f->size),
            (long long)f->size);
        body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)at},
                                           .label = part_label(i, label),
                                           .content = &name,
                                           .tail = tail,
                                           .word = is_chosen(p, i) ? _("[selected]") : NULL,
                                           .focus = at == w->focus});
    }
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct target target = {.kind = TARGET_PLACE, .index = (int)p->first};
    int columns = w->sheet->width - w->indent - BODY_CHOICE_INDENT - BESIDE;
    char text[FIELD_MAX + 200];
    body_prompt(w, p->interaction);
    sheet_text(w->sheet, LOOK_TEXT, _("File: "));
    sheet_field(w->sheet, p->field, columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns, p->first == w->focus,
                target);
    sheet_end(w->sheet, w->indent, 0, (struct target){0});
    body_note(w, LOOK_QUIET,
              p->n_places > 1 ? _("Type the name of the file, or choose it below.")
                              : _("Type the name of the file, with its folder if it lies in another one."));
    if (p->interaction->types)
        body_note(w, LOOK_QUIET, say(text, sizeof text, _("Wanted: %s"), p->interaction->types));
    if (p->n_places > 1)
        lay_out_files(p, w);
    if (p->folder && p->folder->more)
        body_note(w, LOOK_WARN, say(text, sizeof text, _("Only %d files are listed."), FOLDER_MOST));
}

const struct part_kind part_upload = {
    .keys = N_("type, or Up/Down and Space  Tab next"),
    .typed = true,
    .init = part_line_init,
    .answered = part_line_answered,
    .response = part_line_response,
    .restore = part_line_restore,
    .words = part_line_words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};
