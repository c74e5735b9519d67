/* SPDX-License-Identifier: Apache-2.0 */
/* The guide that answers on paper are marked with. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "engine/print/body.h"
#include "engine/print/pages.h"

enum { COLUMNS = 4 };

/* One end of a value as it is written on the sheet: a letter, the number of a target or gap, or the text
 * itself. */
static const char *end_text(const struct loaded_part *part, const char *end, size_t n, bool second,
                            struct arena *a)
{
    const struct item_interaction *x = part->interaction;
    /* the second end of a match may have the name of a choice */
    bool choice = !second || x->n_targets == 0;
    size_t at = choice ? loaded_place(x->choice, x->n_choices, part->order, end, n) : x->n_choices;
    if (at < x->n_choices)
        return loaded_letter(a, at);
    at = loaded_place(x->target, x->n_targets, part->target_order, end, n);
    return at < x->n_targets ? arena_printf(a, "%zu", at + 1) : NULL;
}

static const char *value_text(const struct loaded_part *part, const char *value, struct arena *a)
{
    enum item_interaction_kind k = part ? part->interaction->kind : INTERACTION_OTHER;
    if (!part || k == INTERACTION_TEXT_ENTRY || k == INTERACTION_EXTENDED_TEXT || k == INTERACTION_SLIDER)
        return value;
    size_t first = strcspn(value, " ");
    const char *one = end_text(part, value, first, false, a);
    if (!one)
        return value;
    if (!value[first])
        return one;
    const char *rest = value + first + strspn(value + first, " "),
               *other = end_text(part, rest, strlen(rest), true, a);
    if (!other)
        return value;
    return k == INTERACTION_GAP_MATCH ? arena_printf(a, "%s-%s", other, one)
                                      : arena_printf(a, "%s-%s", one, other);
}

static void add(struct bytes *out, const char *between, const char *text)
{
    bytes_str(out, out->n && out->p[out->n - 1] != ' ' ? between : "");
    bytes_str(out, text);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_correct(const struct item_declaration *d, const struct loaded_part *part, struct arena *a,
                        struct bytes *out)
{
    const char **text = arena_array(a, d->n_correct + 1, sizeof *text);
    for (size_t v = 0; v < d->n_correct; v++)
        text[v] = value_text(part, d->correct[v].text, a);
    if (d->cardinality == CARDINALITY_MULTIPLE) /* whose order says nothing */
        qsort(text, d->n_correct, sizeof *text, by_text);
    for (size_t v = 0; v < d->n_correct; v++)
        add(out, d->cardinality == CARDINALITY_ORDERED ? " → " : ", ", text[v]);
}

static void add_mapping(const struct item_declaration *d, const struct loaded_part *part, struct arena *a,
                        struct bytes *out)
{
    for (size_t v = 0; d->mapping && v < d->mapping->n; v++)
        add(out, "; ",
            arena_printf(a, "%s = %s", value_text(part, d->mapping->entry[v].key, a),
                         d->mapping->entry[v].value));
}

/* What is right, part by part; with `worth` what each value is worth. */
static const char *keys_text(const struct loaded_item *i, bool worth, struct arena *a)
{
    struct bytes out = {0};
    for (size_t k = 0; k < i->n_parts; k++) {
        const struct item_declaration *d =
            item_find(i->whole, DECLARED_RESPONSE, i->part[k].interaction->response);
        if (!d)
            continue;
        if (i->n_parts > 1)
            bytes_printf(&out, "%s%s ", k ? "  " : "", body_part_label(a, i, k));
        if (worth)
            add_mapping(d, &i->part[k], a, &out);
        else
            add_correct(d, &i->part[k], a, &out);
    }
    const char *kept = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return kept;
}

static bool has_mapping(const struct item *item)
{
    for (size_t d = 0; d < item->n_declarations; d++)
        if (item->declaration[d].what == DECLARED_RESPONSE && item->declaration[d].mapping)
            return true;
    return false;
}

/* The one response of an item any of whose accepted values gives everything, else NULL. */
static const struct item_declaration *any_of(const struct loaded_item *i, points_t most)
{
    const struct item_declaration *d =
        i->n_parts == 1 ? item_find(i->whole, DECLARED_RESPONSE, i->part[0].interaction->response) : NULL;
    points_t worth;
    if (!d || !d->mapping || d->cardinality != CARDINALITY_SINGLE)
        return NULL;
    for (size_t v = 0; v < d->mapping->n; v++)
        if (points_parse(d->mapping->entry[v].value, &worth, NULL) < 0 || worth.milli != most.milli)
            return NULL;
    return d;
}

static const char *any_text(const struct item_declaration *d, const struct loaded_part *part, struct arena *a)
{
    const char *text = "";
    for (size_t v = 0; v < d->mapping->n; v++)
        text = arena_printf(a, "%s%s%s", text, v ? " / " : "", value_text(part, d->mapping->entry[v].key, a));
    return text;
}

/* How the points are given, as the item's rules say it. */
static const char *rule_text(const struct loaded_item *i, struct arena *a)
{
    points_t most;
    char max[32];
    if (i->unfit)
        return _("cannot be answered on paper");
    if (item_needs_marker(i->whole))
        return _("by the marker");
    if (i->whole->rules == RULES_MATCH_CORRECT || i->whole->rules == RULES_MATCH_BASIC)
        return _("all right: all points; otherwise 0");
    bool sum = has_mapping(i->whole) && item_max_score(i->whole, &most, NULL) == 0;
    const struct item_declaration *any = sum ? any_of(i, most) : NULL;
    if (any)
        return arena_printf(a, _("all points for any of: %s"), any_text(any, &i->part[0], a));
    if (sum)
        return arena_printf(a, _("sum of the values (%s), of %s in all, in proportion to the points"),
                            keys_text(i, true, a), points_text(most, max, sizeof max));
    return _("all right: all points; for parts of it by the item's own rules");
}

static void fill_row(const struct loaded_item *i, struct arena *a, const char **cell)
{
    char points[32];
    cell[0] = arena_printf(a, "%zu", i->number);
    cell[1] = arena_strdup(a, points_text(i->ref->points, points, sizeof points));
    cell[2] = i->unfit ? "–" : keys_text(i, false, a);
    cell[3] = rule_text(i, a);
}

int print_exam_guide(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                     struct err *e)
{
    const struct print_column column[COLUMNS] = {{_("No."), 3, true},
                                                 {_("Worth"), 4, true},
                                                 {_("Right answer"), 14, false},
                                                 {_("How points are given"), 15, false}};
    struct loaded l;
    int r = loaded_read(&l, x, form, true, e);
    if (r < 0)
        return r;
    struct print *p = pages_new(&l, _("marking guide"));
    print_heading(p, 1, arena_printf(l.arena, _("%s – marking guide, form %s"), x->paper->title, form->id));
    print_paragraph(p, _("Secret until the exam is over. The letters are those of the printed paper of this "
                         "form; on a screen choices may stand in another order."));
    for (size_t from = 0, to; from < l.n; from = to) {
        const char **cell = arena_array(l.arena, (l.n - from) * COLUMNS, sizeof *cell);
        for (to = from; to < l.n && (to == from || !pages_section_first(&l, to)); to++)
            fill_row(&l.item[to], l.arena, cell + (to - from) * COLUMNS);
        print_heading(p, 2, pages_section_title(l.arena, l.item[from].section));
        print_table(p, column, COLUMNS, cell, to - from);
    }
    r = pages_finish(p, 0, pdf, e);
    loaded_release(&l);
    return r;
}
