/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/check-internal.h"
#include "paperbank/bank/search-words.h"
#include "paperbank/bank/words.h"

/* Folded as search_fold does it. */
static const char *const all_of_them[] = {"以上都对",   "以上都是",         "以上皆是",         "以上全对",
                                          "以上都正确", "以上均",           "以上都不",         "以上皆非",
                                          "以上答案都", "all of the above", "none of the above"};
static const char *const absolutes[] = {"一定", "总是", "绝对", "绝不", "从不", "永远", "任何情况", "always", "never"};
static const char *const negations[] = {"不正确的", "错误的是", "不属于", "不包括", "不恰当的", "不合理的", "不可能的",
                                        " not ",    " except "};

enum { LENGTH_RATIO = 3, LENGTH_GAP = 24, FEW_ABSOLUTES = 2 };

static const char *holds(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, list[i]))
            return list[i];
    return NULL;
}

#define HOLDS(text, list) holds((text), (list), sizeof(list) / sizeof *(list))

static bool is_key(const struct item *item, const struct item_interaction *in, const char *identifier)
{
    const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, in->response);
    for (size_t v = 0; d && v < d->n_correct; v++)
        if (strcmp(d->correct[v].text, identifier) == 0)
            return true;
    return false;
}

static void check_choices(struct check *c, const char *id, const struct item *item,
                          const struct item_interaction *in, struct arena *a)
{
    size_t least = SIZE_MAX, most = 0, wrong = 0, right = 0;
    for (size_t k = 0; k < in->n_choices; k++) {
        const char *text = item_choice_text(&in->choice[k], a), *folded = search_fold(a, text);
        size_t width = text_width(text);
        least = width < least ? width : least;
        most = width > most ? width : most;
        if (HOLDS(folded, all_of_them))
            check_find(c, id, "all-of-the-above", _("ask for several choices, or write a choice of its own"),
                       _("choice %s speaks of all the others"), in->choice[k].identifier);
        bool absolute = HOLDS(folded, absolutes) != NULL, key = is_key(item, in, in->choice[k].identifier);
        wrong += absolute && !key;
        right += absolute && key;
    }
    if (in->n_choices > 1 && most > LENGTH_RATIO * least && most - least >= LENGTH_GAP)
        check_find(c, id, "uneven-choices", _("bring the choices to like lengths"),
                   _("the longest choice is more than %d times as long as the shortest"), LENGTH_RATIO);
    if (wrong >= FEW_ABSOLUTES && right == 0)
        check_find(c, id, "absolute-words",
                   _("take such words out of the wrong choices, or use them in the right one too"),
                   _("only wrong choices say \"always\" or \"never\""));
}

/* The text that stands out in no way. */
static void add_plain(struct bytes *out, const struct item_node *n)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_TEXT && n->text)
            bytes_str(out, n->text);
        if (n->kind != NODE_STRONG && n->kind != NODE_EMPHASIS)
            add_plain(out, n->child);
        if (n->kind == NODE_INTERACTION && n->interaction && n->interaction->prompt)
            add_plain(out, n->interaction->prompt);
        bytes_str(out, n->kind == NODE_PARAGRAPH ? "\n" : "");
    }
}

static void check_negation(struct check *c, const char *id, const struct item *item, struct arena *a)
{
    struct bytes plain = {0};
    add_plain(&plain, item->body);
    const char *found = plain.p ? HOLDS(search_fold(a, (const char *)plain.p), negations) : NULL;
    if (found)
        check_find(c, id, "plain-negation", _("set the negation in strong, or ask without one"),
                   _("the negation \"%s\" does not stand out"), found);
    bytes_release(&plain);
}

void check_wording(struct check *c, const char *id, const struct item *item, struct arena *a)
{
    if (item->kind != ITEM_SINGLE && item->kind != ITEM_MULTIPLE)
        return;
    for (const struct item_interaction *in = item->interaction; in; in = in->next)
        if (in->kind == INTERACTION_CHOICE)
            check_choices(c, id, item, in, a);
    check_negation(c, id, item, a);
}
