/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/web/style.h"

#include "scoring/practical/files/give.h"
#include "scoring/practical/web/kinds.h"

static const struct xml_node *seen(const struct check_target *t, const struct locator *at, struct arena *a,
                                   const char **ret_place, struct fact *ret, int *fault, struct err *e)
{
    const struct xml_node *n = page_find(t->document, t, at, a, ret, fault, e);
    if (!n)
        return NULL;
    n = style_innermost(n);
    *ret_place = page_place(t->document, n, a);
    return n;
}

static int give_value(struct fact *ret, enum fact_type type, int64_t value, const char *place)
{
    *ret = (struct fact){.value = {.type = type, .integer = value}, .place = place};
    return 0;
}

int web_font(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    if (!n)
        return fault;
    const char *font = style_font(t->document, n, a);
    give_text(ret, font, place);
    ret->value.type = FACT_FONT;
    return 0;
}

int web_size(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    return n ? give_value(ret, FACT_LENGTH, style_size(t->document, n), place) : fault;
}

int web_color(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
              struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    return n ? give_value(ret, FACT_COLOR, style_color(t->document, n), place) : fault;
}

int web_bold(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    return n ? give_bool(ret, style_bold(t->document, n), place) : fault;
}

int web_italic(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    return n ? give_bool(ret, style_italic(t->document, n), place) : fault;
}

int web_underline(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    return n ? give_bool(ret, style_underlined(t->document, n), place) : fault;
}

int web_alignment(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    const char *place;
    (void)argument;
    const struct xml_node *n = seen(t, at, a, &place, ret, &fault, e);
    return n ? give_token(ret, style_alignment(t->document, n), place) : fault;
}

int web_background(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = page_find(t->document, t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    return give_value(ret, FACT_COLOR, style_background(t->document, n), page_place(t->document, n, a));
}

int web_background_image(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = page_find(t->document, t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const char *image = style_background_image(t->document, n, a);
    return give_text(ret, image ? page_address(t->document, image, a) : NULL, page_place(t->document, n, a));
}

/* Any property, as declared for the element or inherited where the rule says so. */
int web_style(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
              struct fact *ret, struct err *e)
{
    int fault;
    if (!argument)
        return give_bad_locator(t, "of", e);
    const struct xml_node *n = page_find(t->document, t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const char *value = style_declared(t->document, n, argument, locator_get(at, "inherited") != NULL);
    return give_text(ret, value ? arena_strdup(a, value) : NULL, page_place(t->document, n, a));
}
