/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/package/secrecy.h"

/* Letters folded, without any white space: how words are compared. */
static const char *squeeze(struct arena *a, const char *text)
{
    const char *folded = text_fold_case(a, text);
    char *out = arena_alloc(a, folded ? strlen(folded) + 1 : 1);
    size_t n = 0;
    for (const char *p = folded ? folded : ""; *p;) {
        const char *from = p;
        uint32_t c = utf8_next(&p, p + strlen(p));
        if (c > 0x20 && c != 0xA0 && c != 0x3000) {
            memcpy(out + n, from, (size_t)(p - from));
            n += (size_t)(p - from);
        }
    }
    out[n] = '\0';
    return out;
}

static bool is_number(const char *s)
{
    return s[strspn(s, "0123456789.,+-/%:eE")] == '\0';
}

/* Long enough that it does not stand somewhere by chance. */
static bool is_telling(const char *text)
{
    const char *p = text;
    size_t n = 0;
    while (*p) {
        utf8_next(&p, p + strlen(p));
        n++;
    }
    return n >= 2 && !is_number(text);
}

/* ---- what is right ---- */

struct right {
    struct arena *arena;
    const char **text; /* squeezed */
    size_t n;
};

static void add_right(struct right *r, const char *text)
{
    const char *s = squeeze(r->arena, text);
    const char **more = arena_array(r->arena, r->n + 1, sizeof *more);
    if (!s[0])
        return;
    for (size_t i = 0; i < r->n; i++)
        more[i] = r->text[i];
    more[r->n++] = s;
    r->text = more;
}

static bool earns(const char *value)
{
    return value[0] != '-' && value[strspn(value, "0.")] != '\0';
}

/* The correct values of one response, and mapped ones that earn something. */
static struct right right_of(const struct item_declaration *d, struct arena *a)
{
    struct right r = {.arena = a};
    for (size_t i = 0; i < d->n_correct; i++)
        add_right(&r, d->correct[i].text);
    for (size_t i = 0; d->mapping && i < d->mapping->n; i++)
        if (earns(d->mapping->entry[i].value))
            add_right(&r, d->mapping->entry[i].key);
    return r;
}

/* ---- sentences that say which answer is right ---- */

static bool is_inline(const struct xml_node *n)
{
    static const char *const names[] = {"em",    "strong", "b",  "i",    "u",   "span", "sub",
                                        "sup",   "code",   "tt", "var",  "kbd", "samp", "big",
                                        "small", "a",      "q",  "mark", "s",   "dfn"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_named(n, names[i]))
            return true;
    return false;
}

/* What is read in one go: paragraphs, choices and fields do not run into each other. */
static void add_text(const struct xml_node *n, struct bytes *out)
{
    if (xml_is_text(n)) {
        bytes_str(out, xml_text(n));
        return;
    }
    if (!is_inline(n))
        bytes_str(out, "|");
    for (const struct xml_node *c = xml_first(n); c; c = xml_next(c))
        add_text(c, out);
    if (!is_inline(n))
        bytes_str(out, "|");
}

static const char *words_of(const struct xml_doc *view, struct arena *a)
{
    struct bytes text = {0};
    add_text(xml_root(view), &text);
    const char *words = squeeze(a, (const char *)text.p);
    bytes_release(&text);
    return words;
}

static const char *const labels[] = {
    "正确答案是", "正确答案为", "正确答案:",       "正确答案：",     "参考答案是", "参考答案:",
    "参考答案：", "标准答案:",  "标准答案：",      "答案是",         "答案为",     "答案:",
    "答案：",     "应选",       "correctansweris", "correctanswer:", "answeris",   "answer:"};

static bool says(const char *squeezed, const char *right)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        for (const char *at = squeezed; (at = strstr(at, labels[i])); at++)
            if (strncmp(at + strlen(labels[i]), right, strlen(right)) == 0)
                return true;
    return false;
}

/* Of a choice also its words, as candidates read them. */
static void add_words_of_choices(const struct item *key, const struct item_declaration *d, struct right *r)
{
    const struct item_interaction *x = item_interaction_for(key, d->identifier);
    for (size_t i = 0; x && d->base == BASE_IDENTIFIER && i < x->n_choices; i++)
        for (size_t k = 0; k < d->n_correct; k++)
            if (x->choice[i].content && strcmp(x->choice[i].identifier, d->correct[k].text) == 0)
                add_right(r, item_node_text(x->choice[i].content, r->arena));
}

static int check_sentences(const struct item_declaration *d, const struct right *r,
                           const struct xml_doc *view, const char *squeezed, struct err *e)
{
    for (size_t i = 0; i < r->n; i++)
        if (says(squeezed, r->text[i]))
            return xml_err(e, view, xml_root(view), _("the text tells the answer to %.60s: \"%.60s\""),
                           d->identifier, r->text[i]);
    return 0;
}

/* ---- attributes ---- */

static int check_attribute(const struct xml_doc *view, const struct xml_node *n, const char *name,
                           const struct right *r, struct err *e)
{
    const char *value = xml_attr(view, n, name);
    const char *squeezed = value ? squeeze(r->arena, value) : "";
    for (size_t i = 0; i < r->n; i++)
        if (is_telling(r->text[i]) && strstr(squeezed, r->text[i]))
            return xml_err(e, view, n, _("%s=\"%.60s\" holds a correct answer"), name, value);
    return 0;
}

static int check_placeholders(const struct xml_doc *view, const struct xml_node *n, const struct right *r,
                              struct err *e)
{
    int k = check_attribute(view, n, "placeholderText", r, e);
    for (const struct xml_node *c = xml_first_element(n); c && k == 0; c = xml_next_element(c))
        k = check_placeholders(view, c, r, e);
    return k;
}

/* ---- values of templates ---- */

static int check_values(const struct xml_doc *view, const struct xml_node *n, const struct right *r,
                        struct err *e)
{
    bool value = xml_named(n, "value") || xml_named(n, "baseValue");
    const char *text = value ? squeeze(r->arena, xml_content(n, r->arena)) : "";
    for (size_t i = 0; i < r->n; i++)
        if (value && is_telling(r->text[i]) && strcmp(text, r->text[i]) == 0)
            return xml_err(e, view, n, _("the template value \"%.60s\" is a correct answer"), text);
    int k = 0;
    for (const struct xml_node *c = xml_first_element(n); c && k == 0; c = xml_next_element(c))
        k = check_values(view, c, r, e);
    return k;
}

static int check_template(const struct xml_doc *view, const struct right *r, struct err *e)
{
    int k = 0;
    for (const struct xml_node *n = xml_first_element(xml_root(view)); n && k == 0; n = xml_next_element(n))
        if (xml_named(n, "templateDeclaration") || xml_named(n, "templateProcessing"))
            k = check_values(view, n, r, e);
    return k;
}

/* ---- identifiers of choices ---- */

static bool speaks(struct arena *a, const char *identifier)
{
    static const char *const words[] = {"correct",  "wrong",  "distract", "answer",
                                        "solution", "falsch", "zhengque"};
    const char *s = squeeze(a, identifier);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(s, words[i]))
            return true;
    return false;
}

/* Either none of them or all speak of right and wrong: "answer1", "answer2" tell nothing, "wrong2" does. */
static int check_identifiers(const struct item *key, const struct item_declaration *d, struct arena *a,
                             const struct xml_doc *view, struct err *e)
{
    const struct item_interaction *x = item_interaction_for(key, d->identifier);
    size_t speaking = 0;
    const char *which = NULL;
    for (size_t i = 0; x && i < x->n_choices; i++)
        if (speaks(a, x->choice[i].identifier)) {
            which = x->choice[i].identifier;
            speaking++;
        }
    if (!which || speaking == x->n_choices)
        return 0;
    xml_err(e, view, xml_root(view), _("the identifier \"%.60s\" of a choice tells right from wrong"), which);
    return err_hint(e, _("call choices A, B, C: candidates' machines hold these names"));
}

int secrecy_words(const struct item *key, const struct xml_doc *view, struct err *e)
{
    struct arena *a = arena_new();
    const char *squeezed = words_of(view, a);
    int r = 0;
    for (size_t i = 0; i < key->n_declarations && r == 0; i++) {
        const struct item_declaration *d = &key->declaration[i];
        if (d->what != DECLARED_RESPONSE)
            continue;
        struct right right = right_of(d, a);
        if (d->base == BASE_STRING && ((r = check_attribute(view, xml_root(view), "title", &right, e)) < 0 ||
                                       (r = check_placeholders(view, xml_root(view), &right, e)) < 0 ||
                                       (r = check_template(view, &right, e)) < 0))
            break;
        add_words_of_choices(key, d, &right);
        if ((r = check_sentences(d, &right, view, squeezed, e)) == 0)
            r = check_identifiers(key, d, a, view, e);
    }
    arena_free(a);
    return r;
}
