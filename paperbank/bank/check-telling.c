/* SPDX-License-Identifier: Apache-2.0 */
/* What visible parts of an item tell about its key, and what pays without knowing it. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/check-internal.h"
#include "paperbank/bank/search-words.h"
#include "paperbank/item/slice.h"

enum { FEW_IN_ORDER = 3, LEAST_ANSWER = 2 };

/* A word of its own in the name: "right_1", "the-answer", not "keyboard". */
static bool is_telling(const char *name)
{
    static const char *const words[] = {"right",      "wrong",    "correct",    "incorrect", "key",
                                        "answer",     "solution", "distractor", "distracter"};
    for (const char *p = name; *p;) {
        size_t n = 0;
        while ((p[n] >= 'a' && p[n] <= 'z') || (p[n] >= 'A' && p[n] <= 'Z'))
            n++;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i]) == n && strncasecmp(p, words[i], n) == 0)
                return true;
        p += n ? n : 1;
    }
    return false;
}

static void tell_name(struct check *c, const char *id, const char *name)
{
    if (is_telling(name))
        check_find(c, id, "telling-identifier", _("call it by something that says nothing, as A, B, C"),
                   _("the identifier %s tells, and candidates' programs hold it"), name);
}

static void check_names(struct check *c, const char *id, const struct item *item, struct arena *a)
{
    const struct slice *view = slice_new(item, a);
    for (const struct item_interaction *in = item->interaction; in; in = in->next) {
        for (size_t k = 0; k < in->n_choices; k++)
            tell_name(c, id, in->choice[k].identifier);
        for (size_t k = 0; k < in->n_targets; k++)
            tell_name(c, id, in->target[k].identifier);
    }
    for (size_t k = 0; k < item->n_declarations; k++)
        if (slice_has(view, item->declaration[k].identifier))
            tell_name(c, id, item->declaration[k].identifier);
}

static void check_order(struct check *c, const char *id, const struct item_interaction *in,
                        const struct item_declaration *d)
{
    bool rising = in->kind == INTERACTION_ORDER && d->n_correct >= FEW_IN_ORDER;
    for (size_t k = 1; rising && k < d->n_correct; k++)
        rising = strcmp(d->correct[k - 1].text, d->correct[k].text) < 0;
    if (rising)
        check_find(c, id, "identifiers-in-order", _("give the identifiers in another order than the correct one"),
                   _("the correct order is that of the identifiers, which candidates' programs hold"));
}

static bool takes_away(const struct item_mapping *m)
{
    bool any = m->fallback && m->fallback[0] == '-';
    for (size_t k = 0; k < m->n; k++)
        any |= m->entry[k].value[0] == '-';
    return any;
}

static size_t worth_something(const struct item_mapping *m)
{
    size_t n = 0;
    for (size_t k = 0; k < m->n; k++)
        n += strspn(m->entry[k].value, "+0.") != strlen(m->entry[k].value);
    return n;
}

static void check_ticking(struct check *c, const char *id, const struct item_interaction *in,
                          const struct item_declaration *d)
{
    bool chosen = in->kind == INTERACTION_CHOICE || in->kind == INTERACTION_HOTTEXT;
    bool all = in->max_choices == 0 || (size_t)in->max_choices >= in->n_choices;
    if (chosen && all && d->cardinality == CARDINALITY_MULTIPLE && d->mapping && !takes_away(d->mapping) &&
        worth_something(d->mapping) < in->n_choices)
        check_find(c, id, "ticking-all-pays", _("let wrong choices cost something, or set maxChoices to the number of right ones"),
                   _("who chooses everything gets all points"));
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (const char *end = s + strlen(s); s < end; n++)
        utf8_next(&s, end);
    return n;
}

static void add_picture_words(struct bytes *out, const struct item_node *n)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_IMAGE && n->text)
            bytes_printf(out, "%s\n", n->text);
        add_picture_words(out, n->child);
    }
}

/* The one answer to a text entry stands where no author looks for it. */
static void check_typed(struct check *c, const char *id, const struct item *item, const struct item_interaction *in,
                        const struct item_declaration *d, struct arena *a)
{
    if (in->kind != INTERACTION_TEXT_ENTRY || d->base != BASE_STRING || d->n_correct != 1)
        return;
    const char *key = search_fold(a, d->correct[0].text), *plain = d->correct[0].text;
    size_t length = characters(plain);
    if ((!d->mapping || d->mapping->n < 2) && length >= LEAST_ANSWER && in->expected_length == (int64_t)length)
        check_find(c, id, "length-tells", _("leave expectedLength out, or make it a little longer"),
                   _("expectedLength is the length of the answer"));
    struct bytes seen = {0};
    bytes_printf(&seen, "%s\n", in->placeholder ? in->placeholder : "");
    add_picture_words(&seen, item->body);
    if (length >= LEAST_ANSWER && strstr(search_fold(a, (const char *)seen.p), key))
        check_find(c, id, "answer-in-view", _("take it out of the picture's words and the placeholder"),
                   _("a picture's words or the placeholder say the answer \"%.60s\""), plain);
    bytes_release(&seen);
}

void check_telling(struct check *c, const char *id, const struct item *item, struct arena *a)
{
    check_names(c, id, item, a);
    for (const struct item_interaction *in = item->interaction; in; in = in->next) {
        const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, in->response);
        if (!d)
            continue;
        check_order(c, id, in, d);
        check_ticking(c, id, in, d);
        check_typed(c, id, item, in, d, a);
    }
}
