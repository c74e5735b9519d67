/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item.h"
#include "paperbank/item/operators.h"

static const char *unsupported_in(const struct item_node *n)
{
    for (; n; n = n->next) {
        const char *inner = n->kind == NODE_UNSUPPORTED ? n->text : unsupported_in(n->child);
        for (size_t c = 0; !inner && n->interaction && c < n->interaction->n_choices; c++)
            inner = unsupported_in(n->interaction->choice[c].content);
        if (!inner && n->interaction)
            inner = unsupported_in(n->interaction->prompt);
        if (inner)
            return inner;
    }
    return NULL;
}

static int cannot(const struct item *item, unsigned line, const char *what, struct err *e)
{
    char where[256];
    snprintf(where, sizeof where, "%s:%u", xml_doc_name(item->doc), line);
    err_set(e, ERR_DATA, where, _("item %s uses %s, which this version cannot deliver"), item->identifier,
            what);
    return err_hint(e, _("choiceInteraction and textEntryInteraction are delivered"));
}

int item_deliverable(const struct item *item, struct err *e)
{
    const char *name = xml_doc_name(item->doc);
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        if (i->kind == INTERACTION_OTHER)
            return cannot(item, i->line, i->name, e);
    if (!item->body)
        return err_set(e, ERR_DATA, name, _("item %s has no itemBody: there is nothing to show"),
                       item->identifier);
    if (!item->interaction)
        return err_set(e, ERR_DATA, name, _("item %s has no interaction: there is nothing to answer"),
                       item->identifier);
    const char *lacks = unsupported_in(item->body);
    if (lacks)
        return cannot(item, 1, lacks, e);
    if (item->adaptive)
        return cannot(item, 1, "adaptive=\"true\"", e);
    if (item->template_processing)
        return cannot(item, xml_line(item->template_processing), "templateProcessing", e);
    return 0;
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

int item_sealed(const struct item *item, struct err *e)
{
    const char *name = xml_doc_name(item->doc);
    int r = item_deliverable(item, e);
    if (r < 0)
        return r;
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
