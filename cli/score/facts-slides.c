/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about slide shows: pptx.*, as the file has it, and cand.pptx.*, as its author sees it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/score/facts.h"
#include "scoring/practical/slides/model.h"

static int document(struct facts_file *f, const struct slides **ret, struct err *e)
{
    void *d = NULL;
    int r = facts_document(f, &slides_family, &d, e);
    *ret = d;
    return r;
}

/* {"slide": 2}, "2" or "2 body"; 1 where nothing is said. */
static int64_t number_of(const json_t *locator)
{
    const char *text = json_string_value(locator);
    int64_t n = facts_number(locator, "slide", 1);
    return text && *text >= '0' && *text <= '9' ? strtol(text, NULL, 10) : n;
}

static int slide_of(struct facts_file *f, const json_t *locator, const struct slides_slide **ret,
                    struct err *e)
{
    const struct slides *s;
    int64_t n = number_of(locator);
    int r = document(f, &s, e);
    if (r < 0)
        return r;
    for (*ret = s->slide; *ret && (*ret)->number != n;)
        *ret = (*ret)->next;
    return *ret ? 0 : err_set(e, ERR_NO, facts_name(f), _("there is no slide %lld"), (long long)n);
}

static const struct slides_shape *placed_as(const struct slides_slide *s, const char *placeholder)
{
    const struct slides_shape *x = s->shape;
    while (x && (!x->placeholder || strcmp(x->placeholder, placeholder) != 0))
        x = x->next;
    return x;
}

static int slide_count(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides *s;
    (void)locator;
    int r = document(f, &s, e);
    if (r == 0)
        *ret_value = json_integer(s->n_slides);
    return r;
}

static int slide_size(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides *s;
    (void)locator;
    int r = document(f, &s, e);
    if (r == 0)
        *ret_value = json_pack("[I, I]", (json_int_t)s->width, (json_int_t)s->height);
    return r;
}

/* A line break inside a paragraph is \v, as other tools tell it. */
static json_t *text_value(const struct slides_shape *x)
{
    struct bytes b = {0};
    if (!x)
        return json_null();
    for (const struct slides_paragraph *p = x->text.paragraph; p; p = p->next) {
        for (const char *c = p->text; *c; c++)
            bytes_u8(&b, *c == '\n' ? '\v' : (uint8_t)*c);
        bytes_str(&b, p->next ? "\n" : "");
    }
    json_t *value = json_stringn((const char *)b.p, b.n);
    bytes_release(&b);
    return value;
}

static int title(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    int r = slide_of(f, locator, &s, e);
    if (r == 0)
        *ret_value = text_value(placed_as(s, "title"));
    return r;
}

static int layout(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    int r = slide_of(f, locator, &s, e);
    if (r == 0)
        *ret_value = json_string(s->layout_name);
    return r;
}

static int notes(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    int r = slide_of(f, locator, &s, e);
    if (r == 0)
        *ret_value = json_string(s->notes);
    return r;
}

static int has_transition(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    int r = slide_of(f, locator, &s, e);
    if (r == 0)
        *ret_value = json_boolean(s->transition.kind);
    return r;
}

static int has_animation(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    int r = slide_of(f, locator, &s, e);
    if (r == 0)
        *ret_value = json_boolean(s->effect);
    return r;
}

static int shape_count(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    json_int_t n = 0;
    int r = slide_of(f, locator, &s, e);
    for (const struct slides_shape *x = r == 0 ? s->shape : NULL; x; x = x->next)
        n += x->depth == 0;
    *ret_value = r == 0 ? json_integer(n) : NULL;
    return r;
}

/* A film or a sound is a picture, too: what is seen of it. */
static int picture_count(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    json_int_t n = 0;
    int r = slide_of(f, locator, &s, e);
    for (const struct slides_shape *x = r == 0 ? s->shape : NULL; x; x = x->next)
        n += x->depth == 0 && (x->kind == SHAPE_PICTURE || x->kind == SHAPE_MEDIA);
    *ret_value = r == 0 ? json_integer(n) : NULL;
    return r;
}

static int table(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_slide *s;
    const char *name = facts_text(locator, "name");
    int r = slide_of(f, locator, &s, e);
    if (r < 0)
        return r;
    const struct slides_shape *x = s->shape;
    while (x && (!x->table || (name && strcmp(name, x->name) != 0)))
        x = x->next;
    *ret_value =
        x ? json_pack("[I, I]", (json_int_t)x->table->rows, (json_int_t)x->table->columns) : json_null();
    return 0;
}

/* The first run with text of the placeholder that a locator such as "2 body" names. */
static int run_of(struct facts_file *f, const json_t *locator, const struct slides_run **ret, struct err *e)
{
    const struct slides_slide *s;
    const char *text = json_string_value(locator), *blank = text ? strchr(text, ' ') : NULL;
    int r = slide_of(f, locator, &s, e);
    *ret = NULL;
    const struct slides_shape *x = r == 0 ? placed_as(s, blank ? blank + 1 : "body") : NULL;
    for (const struct slides_paragraph *p = x ? x->text.paragraph : NULL; p && !*ret; p = p->next)
        for (*ret = p->run; *ret && !*(*ret)->text;)
            *ret = (*ret)->next;
    return r;
}

static int bold(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_run *run;
    int r = run_of(f, locator, &run, e);
    *ret_value = r == 0 ? run ? json_boolean(run->bold) : json_null() : NULL;
    return r;
}

static int run_size(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_run *run;
    int r = run_of(f, locator, &run, e);
    if (r < 0 || !run)
        return r;
    bool whole = run->size % SLIDES_EMU_PER_POINT == 0;
    *ret_value = whole ? json_integer(run->size / SLIDES_EMU_PER_POINT)
                       : json_real((double)run->size / SLIDES_EMU_PER_POINT);
    return r;
}

static int hyperlink(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    const struct slides_run *run;
    int r = run_of(f, locator, &run, e);
    *ret_value = r == 0 ? run && run->link.action ? json_string(run->link.target) : json_null() : NULL;
    return r;
}

const struct facts_row facts_slides[] = {
    {"pptx.slide_count", slide_count},
    {"pptx.slide_size_emu", slide_size},
    {"pptx.title", title},
    {"pptx.layout_name", layout},
    {"pptx.has_transition", has_transition},
    {"pptx.has_animation", has_animation},
    {"pptx.shape_count", shape_count},
    {"pptx.picture_count", picture_count},
    {"pptx.table", table},
    {"cand.pptx.slide_count", slide_count},
    {"cand.pptx.title", title},
    {"cand.pptx.layout", layout},
    {"cand.pptx.notes", notes},
    {"cand.pptx.table", table},
    {"cand.pptx.bold", bold},
    {"cand.pptx.run_size", run_size},
    {"cand.pptx.hyperlink", hyperlink},
    {0},
};
