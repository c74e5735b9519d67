/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/operators.h"
#include "paperbank/item/response.h"
#include "paperbank/item/slice.h"

/* Two pairs stand in step by chance every other time. */
enum { FEWEST_PAIRS = 3 };

static const char *unsupported_in(const struct item_node *n);

static const char *unsupported_choices(const struct item_choice *c, size_t n)
{
    const char *name = NULL;
    for (size_t i = 0; i < n && !name; i++)
        name = unsupported_in(c[i].content);
    return name;
}

static const char *unsupported_parts(const struct item_interaction *i)
{
    const char *name = unsupported_in(i->prompt);
    if (!name)
        name = unsupported_in(i->content);
    if (!name)
        name = unsupported_choices(i->choice, i->n_choices);
    return name ? name : unsupported_choices(i->target, i->n_targets);
}

static const char *unsupported_in(const struct item_node *n)
{
    for (; n; n = n->next) {
        const char *inner = n->kind == NODE_UNSUPPORTED ? n->text : unsupported_in(n->child);
        if (!inner && n->interaction)
            inner = unsupported_parts(n->interaction);
        if (inner)
            return inner;
    }
    return NULL;
}

static enum item_delivery cannot(const struct item *item, unsigned line, const char *what, struct err *e)
{
    char where[256];
    snprintf(where, sizeof where, "%s:%u", xml_doc_name(item->doc), line);
    err_set(e, ERR_DATA, where, _("item %s uses %s, which this version cannot deliver"), item->identifier,
            what);
    err_hint(
        e,
        _("all interactions are delivered except drawing, media, end attempt, custom and those on pictures"));
    return DELIVERY_NONE;
}

static enum item_delivery nothing(const struct item *item, const char *what, struct err *e)
{
    err_set(e, ERR_DATA, xml_doc_name(item->doc), what, item->identifier);
    return DELIVERY_NOTHING;
}

static enum item_delivery graphic(const struct item *item, const struct item_interaction *i, struct err *e)
{
    char where[256];
    snprintf(where, sizeof where, "%s:%u", xml_doc_name(item->doc), i->line);
    err_set(e, ERR_DATA, where, _("item %s uses %s, which asks for a place on a picture: not on a terminal"),
            item->identifier, i->name);
    return DELIVERY_GRAPHIC;
}

static unsigned line_of(const struct xml_node *n, const char *name)
{
    unsigned line = xml_named(n, name) ? xml_line(n) : 0;
    for (const struct xml_node *c = xml_first_element(n); c && !line; c = xml_next_element(c))
        line = line_of(c, name);
    return line;
}

enum item_delivery item_delivery(const struct item *item, struct err *e)
{
    const struct item_interaction *on_picture = NULL;
    for (const struct item_interaction *i = item->interaction; i; i = i->next) {
        if (i->kind == INTERACTION_OTHER)
            return cannot(item, i->line, i->name, e);
        if (!on_picture && item_is_graphic(i->kind))
            on_picture = i;
    }
    if (item->adaptive)
        return cannot(item, 1, "adaptive=\"true\"", e);
    const char *lacks = unsupported_in(item->body);
    if (lacks)
        return cannot(item, line_of(xml_root(item->doc), lacks), lacks, e);
    if (!item->body)
        return nothing(item, _("item %s has no itemBody: there is nothing to show"), e);
    if (!item->interaction)
        return nothing(item, _("item %s has no interaction: there is nothing to answer"), e);
    return on_picture ? graphic(item, on_picture, e) : DELIVERY_TERMINAL;
}

const char *item_delivery_name(enum item_delivery delivery)
{
    static const char *const names[] = {"terminal", "graphic", "nothing", "none"};
    return names[delivery];
}

int item_deliverable(const struct item *item, struct err *e)
{
    return item_delivery(item, e) == DELIVERY_TERMINAL ? 0 : -ERR_DATA;
}

bool item_needs_marker(const struct item *item)
{
    const struct item_declaration *score = item_find(item, DECLARED_OUTCOME, "SCORE");
    bool human = score && score->external_scored && strcmp(score->external_scored, "human") == 0;
    if (human || item->response_processing || !item->interaction)
        return human;
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        if (i->kind != INTERACTION_EXTENDED_TEXT && i->kind != INTERACTION_UPLOAD)
            return false;
    return true;
}

bool item_is_template(const struct item *item)
{
    for (size_t i = 0; i < item->n_declarations; i++)
        if (item->declaration[i].what == DECLARED_TEMPLATE)
            return true;
    return item->template_processing;
}

static const struct xml_node *unsealed(const struct xml_node *n)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        const struct xml_node *inner = operator_sealed(xml_name(c)) ? unsealed(c) : c;
        if (inner)
            return inner;
    }
    return NULL;
}

static bool stays(const struct item_interaction *i, const struct item_choice *choice, size_t n)
{
    size_t moving = 0;
    for (size_t c = 0; c < n; c++)
        moving += !choice[c].fixed;
    return !i->shuffle || moving < 2;
}

static bool order_as_written(const struct item_interaction *i, const struct item_declaration *d)
{
    bool same = d->n_correct == i->n_choices;
    for (size_t c = 0; same && c < i->n_choices; c++)
        same = strcmp(i->choice[c].identifier, d->correct[c].text) == 0;
    return same;
}

static bool is_correct_pair(const struct item_declaration *d, const char *one, const char *other)
{
    for (size_t k = 0; k < d->n_correct; k++) {
        const char *text = d->correct[k].text;
        size_t n = strlen(one);
        if (strncmp(text, one, n) == 0 && text[n] == ' ' &&
            strcmp(text + n + strspn(text + n, " "), other) == 0)
            return true;
    }
    return false;
}

/* Each choice belongs to the target in the same place. */
static bool pairs_in_step(const struct item_interaction *i, const struct item_declaration *d)
{
    bool same = d->n_correct >= FEWEST_PAIRS && d->n_correct <= i->n_choices && d->n_correct <= i->n_targets;
    for (size_t k = 0; same && k < d->n_correct; k++)
        same = is_correct_pair(d, i->choice[k].identifier, i->target[k].identifier);
    return same;
}

/* The first two belong together, the next two, and so on. */
static bool pairs_side_by_side(const struct item_interaction *i, const struct item_declaration *d)
{
    bool same = d->n_correct >= FEWEST_PAIRS && 2 * d->n_correct <= i->n_choices;
    for (size_t k = 0; same && k < d->n_correct; k++) {
        const char *one = i->choice[2 * k].identifier, *other = i->choice[2 * k + 1].identifier;
        same = is_correct_pair(d, one, other) || is_correct_pair(d, other, one);
    }
    return same;
}

static bool shows_key_by_place(const struct item_interaction *i, const struct item_declaration *d)
{
    switch (i->kind) {
    case INTERACTION_ORDER:
        return stays(i, i->choice, i->n_choices) && order_as_written(i, d);
    case INTERACTION_MATCH:
        return stays(i, i->choice, i->n_choices) && stays(i, i->target, i->n_targets) && pairs_in_step(i, d);
    case INTERACTION_GAP_MATCH:
        return stays(i, i->choice, i->n_choices) && pairs_in_step(i, d);
    case INTERACTION_ASSOCIATE:
        return stays(i, i->choice, i->n_choices) && pairs_side_by_side(i, d);
    default:
        return false;
    }
}

/* Where everybody sees the choices in the correct order, or what belongs together in step. */
static const struct item_interaction *in_order_already(const struct item *item)
{
    for (const struct item_interaction *i = item->interaction; i; i = i->next) {
        const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, i->response);
        if (d && shows_key_by_place(i, d))
            return i;
    }
    return NULL;
}

/* A journal holds texts, no files yet, and so many response variables. */
static int fits_journal(const struct item *item, struct err *e)
{
    const char *name = xml_doc_name(item->doc);
    size_t n = 0;
    for (const struct item_interaction *i = item->interaction; i; i = i->next, n++)
        if (i->kind == INTERACTION_UPLOAD) {
            err_set(e, ERR_DATA, name,
                    _("item %s asks for a file, and a sealed exam of this version takes none"),
                    item->identifier);
            return err_hint(e, _("it can be practised: kaochang-client practice"));
        }
    if (n > RESPONSE_MAX_VARIABLES)
        return err_set(e, ERR_DATA, name,
                       _("item %s has %zu interactions; a sealed exam takes at most %d in one item"),
                       item->identifier, n, RESPONSE_MAX_VARIABLES);
    return 0;
}

int item_sealed_practical(const struct item *item, struct err *e)
{
    const struct item_interaction *i = item->interaction;
    int r = item_deliverable(item, e);
    if (r == 0 && (!i || i->next || i->kind != INTERACTION_UPLOAD))
        r = err_set(e, ERR_DATA, xml_doc_name(item->doc),
                    _("item %s has a task: it asks for files (uploadInteraction), and for nothing else"),
                    item->identifier);
    return r == 0 && item_is_template(item) ? slice_sealed(item, e) : r;
}

int item_sealed(const struct item *item, struct err *e)
{
    const char *name = xml_doc_name(item->doc);
    int r = item_deliverable(item, e);
    if (r < 0 || (r = fits_journal(item, e)) < 0)
        return r;
    if (item_is_template(item) && (r = slice_sealed(item, e)) < 0)
        return r;
    if (in_order_already(item)) {
        err_set(e, ERR_DATA, name, _("item %s shows its choices in the correct order"), item->identifier);
        return err_hint(e, _("set shuffle=\"true\", or write them in another order"));
    }
    if (item_needs_marker(item))
        return 0;
    if (!item->response_processing)
        return err_set(e, ERR_DATA, name, _("item %s has no response processing, so it cannot be scored"),
                       item->identifier);
    if (!item_find(item, DECLARED_OUTCOME, "SCORE"))
        return err_set(e, ERR_DATA, name, _("item %s declares no outcome SCORE, so it cannot be scored"),
                       item->identifier);
    points_t reach;
    if ((r = item_max_score(item, &reach, e)) < 0)
        return r;
    if (item->rules == RULES_MATCH_NOTHING)
        return xml_err(
            e, item->doc, item->response_processing,
            _("match_nothing is not allowed in a sealed exam: it rewards those who answer nothing"));
    const struct xml_node *bad = unsealed(item->response_processing);
    if (bad)
        return xml_err(e, item->doc, bad,
                       _("<%.60s> is not allowed in a sealed exam: two machines may differ in it"),
                       xml_name(bad));
    return 0;
}
