/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/expression/expression-internal.h"

static const char *text_of(struct evaluation *ev, const struct value *v, bool case_sensitive)
{
    if (v->n != 1)
        return NULL;
    const char *s = datum_text(ev->arena, &v->at[0]);
    return case_sensitive ? s : text_fold_case(ev->arena, s);
}

static struct value op_string_match(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                    size_t count)
{
    bool case_sensitive = attr_true(ev, n, "caseSensitive", true),
         substring = attr_true(ev, n, "substring", false);
    const char *a = text_of(ev, &arg[0], case_sensitive), *b = text_of(ev, &arg[1], case_sensitive);
    (void)count;
    if (!a || !b)
        return value_null();
    return value_boolean(ev->arena, substring ? strstr(a, b) != NULL : strcmp(a, b) == 0);
}

/* The first is part of the second. */
static struct value op_substring(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                 size_t count)
{
    bool case_sensitive = attr_true(ev, n, "caseSensitive", true);
    const char *a = text_of(ev, &arg[0], case_sensitive), *b = text_of(ev, &arg[1], case_sensitive);
    (void)count;
    return a && b ? value_boolean(ev->arena, strstr(b, a) != NULL) : value_null();
}

/* The attribute "pattern", or the text of the variable that it names in braces. */
static const char *pattern_of(struct evaluation *ev, const struct xml_node *n)
{
    const char *pattern = xml_attr(ev->item->doc, n, "pattern");
    size_t length = pattern ? strlen(pattern) : 0;
    if (length < 3 || pattern[0] != '{' || pattern[length - 1] != '}')
        return pattern;
    const struct variable *v = variable_find(ev, arena_strndup(ev->arena, pattern + 1, length - 2));
    return v && v->value.n == 1 ? datum_text(ev->arena, &v->value.at[0]) : NULL;
}

static struct value op_pattern_match(struct evaluation *ev, const struct xml_node *n, const struct value *arg,
                                     size_t count)
{
    const char *pattern = pattern_of(ev, n), *text = text_of(ev, &arg[0], true);
    bool valid = false;
    (void)count;
    if (!text)
        return value_null();
    bool matches = pattern && xml_pattern_matches(pattern, text, &valid);
    if (!valid)
        return evaluate_fail(ev, n, _("the pattern \"%.80s\" is no regular expression of XML Schema"),
                             pattern ? pattern : "");
    return value_boolean(ev->arena, matches);
}

const struct operator_row string_operators[] = {
    {.name = "stringMatch", .min = 2, .max = 2, .run = op_string_match},
    {.name = "substring", .min = 2, .max = 2, .run = op_substring},
    {.name = "patternMatch", .min = 1, .max = 1, .run = op_pattern_match},
    {0},
};
