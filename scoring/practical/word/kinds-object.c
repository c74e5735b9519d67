/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures, text boxes, shapes, WordArt, charts (W43–W45). */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/word/kinds.h"

enum wanted { PICTURES, BOXES, SHAPES, ARTS, CHARTS };

static bool wanted(const struct word_object *o, enum wanted which)
{
    switch (which) {
    case PICTURES:
        return o->kind == WORD_PICTURE;
    case BOXES:
        return o->flow != NULL;
    case SHAPES:
        return o->kind == WORD_SHAPE || o->kind == WORD_WORD_ART;
    case ARTS:
        return o->kind == WORD_WORD_ART;
    default:
        return o->kind == WORD_CHART;
    }
}

static enum wanted which_of(const struct check_kind *k)
{
    return strstr(k->name, "picture")    ? PICTURES
           : strstr(k->name, "text-box") ? BOXES
           : strstr(k->name, "word-art") ? ARTS
           : strstr(k->name, "chart")    ? CHARTS
                                         : SHAPES;
}

static const char *place_of(const struct word_object *o, struct arena *a)
{
    static const char *const names[] = {"picture", "text box", "shape", "WordArt", "chart", "object"};
    return arena_printf(a, "%s, %s %u", o->at ? word_paragraph_place(o->at, a) : "", names[o->kind],
                        o->number);
}

static int64_t count(const struct word_document *d, enum wanted which)
{
    int64_t n = 0;
    for (const struct word_object *o = d->object; o; o = o->next)
        n += wanted(o, which);
    return n;
}

/* By number, or the first that is anchored in the paragraph with that text. */
static int find(struct word_ask *q, enum wanted which, const struct word_object **ret)
{
    static const char *const names[] = {"picture", "text-box", "shape", "word-art", "chart"};
    const struct word_paragraph *p = NULL;
    int64_t i = locator_index(q->at, names[which], 1);
    if (i < 0)
        return word_bad_locator(q, names[which]);
    if (locator_get(q->at, "paragraph-text")) {
        int r = word_find_paragraph(q, &p);
        if (r < 1)
            return r;
    }
    for (const struct word_object *o = q->d->object; o; o = o->next)
        if (wanted(o, which) && (!p || o->at == p) && --i == 0) {
            *ret = o;
            return 1;
        }
    return word_give_absent(q, q->d->part, arena_printf(q->a, "there is no such %s", names[which]));
}

static int give_paint(struct word_ask *q, const struct word_object *o, const char *place)
{
    if (strstr(q->t->kind->name, "-fill"))
        return word_give(q, FACT_COLOR, o->fill, place);
    if (strstr(q->t->kind->name, "-line-width"))
        return word_give(q, FACT_LENGTH, o->line_width, place);
    if (strstr(q->t->kind->name, "-line-kind"))
        return word_give_text(q, FACT_TOKEN, o->line_kind, place);
    return word_give(q, FACT_COLOR, o->line, place);
}

static int give(struct word_ask *q, const struct word_object *o, const char *place)
{
    const char *name = q->t->kind->name;
    if (strstr(name, "-width") && !strstr(name, "-line"))
        return word_give(q, FACT_LENGTH, o->width, place);
    if (strstr(name, "-height"))
        return word_give(q, FACT_LENGTH, o->height, place);
    if (strstr(name, "-wrap"))
        return word_give_text(q, FACT_TOKEN, o->wrap, place);
    if (strstr(name, "-align"))
        return word_give_text(q, FACT_TOKEN,
                              o->align_h ? o->align_h
                              : o->at    ? o->at->format->align
                                         : NULL,
                              place);
    if (strstr(name, "-description"))
        return word_give_text(q, FACT_TEXT, o->description, place);
    if (strstr(name, "-text"))
        return word_give_text(q, FACT_TEXT,
                              o->text   ? o->text
                              : o->flow ? word_flow_text(o->flow, q->a)
                                        : NULL,
                              place);
    if (strcmp(name, "word.shape") == 0)
        return word_give_text(q, FACT_TOKEN, o->shape, place);
    return give_paint(q, o, place);
}

int word_object_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_object *o = NULL;
    enum wanted which = which_of(t->kind);
    if (t->kind->type == FACT_INTEGER)
        return word_give(&q, FACT_INTEGER, count(q.d, which), q.d->part);
    int r = find(&q, which, &o);
    return r < 1 ? r : give(&q, o, place_of(o, a));
}

/* The given picture among the document's, by content: anywhere, or the one that is named. */
int word_picture_same(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct practical_file *given = argument && t->start ? practical_find(t->start, argument) : NULL;
    if (!given && argument && t->folder)
        given = practical_find(t->folder, argument);
    if (!argument)
        return err_set(e, ERR_DATA, t->kind->name, _("the given picture is missing: of=\"…\""));
    if (!given)
        return word_give_unknown(&q, q.d->part, arena_printf(a, "%s is not among the files", argument));
    int64_t only = locator_index(at, "picture", 0), i = 0;
    if (only < 0)
        return word_bad_locator(&q, "picture");
    for (const struct word_object *o = q.d->object; o; o = o->next)
        if (o->kind == WORD_PICTURE && (++i == only || only == 0) && o->has_hash &&
            memcmp(o->hash, given->hash, sizeof o->hash) == 0)
            return word_give(&q, FACT_BOOL, true, place_of(o, a));
    return word_give(&q, FACT_BOOL, false, q.d->part);
}
