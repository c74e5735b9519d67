/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/slides/find.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

/* NFKC, without white space; what is no UTF-8 stays as it is. */
static const char *plain(struct arena *a, const char *text)
{
    char *n = text_nfkc(a, text), *out = n;
    if (!n)
        return text;
    for (const char *c = n, *end = n + strlen(n); c < end;) {
        const char *at = c;
        uint32_t u = utf8_next(&c, end);
        bool space = u <= ' ' || u == 0x3000 || u == 0xa0 || u == 0x200b || u == 0xfeff;
        if (!space) {
            memmove(out, at, (size_t)(c - at));
            out += c - at;
        }
    }
    *out = '\0';
    return n;
}

bool slides_holds(struct arena *a, const char *text, const char *part)
{
    return strstr(plain(a, text), plain(a, part)) != NULL;
}

bool slides_is_blank(const char *text)
{
    return !text[strspn(text, " \t\n\v")];
}

static void add_text(const struct slides_text *t, struct bytes *b)
{
    if (b->n && t->paragraph)
        bytes_str(b, "\n");
    slides_text_of(t, b);
}

const char *slides_shape_text(struct arena *a, const struct slides_shape *s)
{
    struct bytes b = {0};
    add_text(&s->text, &b);
    for (size_t i = 0; s->table && i < s->table->rows * s->table->columns; i++)
        add_text(&s->table->cell[i].text, &b);
    const char *text = b.n ? arena_strndup(a, (const char *)b.p, b.n) : "";
    bytes_release(&b);
    return text;
}

const char *slides_place_text(struct arena *a, const struct slides_place *p)
{
    struct bytes b = {0};
    if (!p->slide)
        return "the slide show";
    bytes_printf(&b, "%s, slide %d", p->slide->part, p->slide->number);
    if (p->effect)
        bytes_printf(&b, ", effect %d", p->effect_number);
    if (p->shape)
        bytes_printf(&b, ", shape %d (%s)", p->shape_number, p->shape->name);
    if (p->cell)
        bytes_printf(&b, ", row %d, column %d", p->row, p->column);
    if (p->paragraph)
        bytes_printf(&b, ", paragraph %d", p->paragraph_number);
    const char *text = arena_strndup(a, (const char *)b.p, b.n);
    bytes_release(&b);
    return text;
}

/* ---- every place of a level ---- */

struct visiting {
    slides_visit_fn *visit;
    void *context;
    enum slides_level level;
};

static bool visit_paragraphs(const struct visiting *v, struct slides_place *p, const struct slides_text *t)
{
    bool on = true;
    p->paragraph_number = 0;
    for (p->paragraph = t->paragraph; on && p->paragraph; p->paragraph = p->paragraph->next) {
        p->paragraph_number++;
        if (v->level == LEVEL_PARAGRAPH)
            on = v->visit(v->context, p);
        for (p->run = v->level == LEVEL_RUN ? p->paragraph->run : NULL; on && p->run; p->run = p->run->next)
            on = v->visit(v->context, p);
    }
    p->run = NULL;
    return on;
}

static bool visit_cells(const struct visiting *v, struct slides_place *p)
{
    const struct slides_table *t = p->shape->table;
    bool on = true;
    for (size_t i = 0; t && on && i < t->rows * t->columns; i++) {
        p->cell = &t->cell[i];
        p->row = (int)(i / t->columns) + 1;
        p->column = (int)(i % t->columns) + 1;
        on = v->level == LEVEL_CELL ? v->visit(v->context, p) : visit_paragraphs(v, p, &p->cell->text);
    }
    p->cell = NULL;
    p->row = p->column = 0;
    return on;
}

static bool visit_shapes(const struct visiting *v, struct slides_place *p)
{
    bool on = true;
    p->shape_number = 0;
    for (p->shape = p->slide->shape; on && p->shape; p->shape = p->shape->next) {
        p->shape_number++;
        if (v->level == LEVEL_SHAPE)
            on = v->visit(v->context, p);
        else if (v->level != LEVEL_CELL)
            on = visit_paragraphs(v, p, &p->shape->text);
        if (on && v->level != LEVEL_SHAPE)
            on = visit_cells(v, p);
    }
    p->shape = NULL;
    p->shape_number = 0;
    return on;
}

static void set_effect_shape(struct slides_place *p)
{
    p->shape_number = 0;
    for (p->shape = p->slide->shape; p->shape; p->shape = p->shape->next) {
        p->shape_number++;
        if (strcmp(p->shape->id, p->effect->shape) == 0)
            return;
    }
}

static bool visit_effects(const struct visiting *v, struct slides_place *p)
{
    bool on = true;
    p->effect_number = 0;
    for (p->effect = p->slide->effect; on && p->effect; p->effect = p->effect->next) {
        p->effect_number++;
        set_effect_shape(p);
        on = v->visit(v->context, p);
    }
    p->shape = NULL;
    return on;
}

void slides_visit(const struct slides *s, enum slides_level level, struct arena *a, slides_visit_fn *visit,
                  void *context)
{
    const struct visiting v = {visit, context, level};
    struct slides_place p = {.show = s, .arena = a};
    bool on = true;
    if (level == LEVEL_SHOW) {
        visit(context, &p);
        return;
    }
    for (p.slide = s->slide; on && p.slide; p.slide = p.slide->next)
        on = level == LEVEL_SLIDE    ? visit(context, &p)
             : level == LEVEL_EFFECT ? visit_effects(&v, &p)
                                     : visit_shapes(&v, &p);
}

/* ---- the place that locators name ---- */

struct asked {
    int64_t slide, shape, paragraph, effect, row, column; /* 0: not asked */
    const char *slide_title, *shape_name, *shape_text, *placeholder, *paragraph_text, *run_text;
    unsigned shapes;
    enum slides_level level;
    struct arena *arena, *scratch;
    /* counting */
    const struct slides_slide *slide_seen;
    const struct slides_shape *shape_seen;
    bool slide_fits, shape_fits, any_slide, any_shape, any_paragraph;
    bool found;
    struct slides_place place;
};

static const char *title_of(struct arena *a, const struct slides_slide *s)
{
    for (const struct slides_shape *x = s->shape; x; x = x->next)
        if (x->placeholder && strcmp(x->placeholder, "title") == 0)
            return slides_shape_text(a, x);
    return "";
}

static bool slide_fits(struct asked *q, const struct slides_slide *s)
{
    if (q->slide && s->number != q->slide)
        return false;
    return !q->slide_title || slides_holds(q->scratch, title_of(q->scratch, s), q->slide_title);
}

/* A picture, table or chart is one wherever it stands: in its placeholder, in one for any content, in none.
 */
static bool is_of(const struct slides_shape *s, const char *placeholder)
{
    static const struct {
        const char *name;
        enum slides_shape_kind kind;
    } contents[] = {{"picture", SHAPE_PICTURE},
                    {"table", SHAPE_TABLE},
                    {"chart", SHAPE_CHART},
                    {"diagram", SHAPE_DIAGRAM},
                    {"media", SHAPE_MEDIA}};
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++)
        if (s->kind == contents[i].kind && strcmp(placeholder, contents[i].name) == 0)
            return true;
    return s->placeholder && strcmp(placeholder, s->placeholder) == 0;
}

static bool shape_counts(struct asked *q, const struct slides_shape *s)
{
    if (q->shapes && !(q->shapes & 1u << s->kind))
        return false;
    if (q->placeholder && !is_of(s, q->placeholder))
        return false;
    if (q->shape_name && strcmp(q->shape_name, s->name) != 0)
        return false;
    return !q->shape_text || slides_holds(q->scratch, slides_shape_text(q->scratch, s), q->shape_text);
}

/* "shape" counts those that the other locators and the kind of check let through; of an effect, all. */
static bool shape_fits(struct asked *q, const struct slides_place *p)
{
    if (!shape_counts(q, p->shape))
        return false;
    if (!q->shape)
        return true;
    if (q->level == LEVEL_EFFECT)
        return p->shape_number == q->shape;
    int64_t n = 1;
    for (const struct slides_shape *s = p->slide->shape; s != p->shape && n <= q->shape; s = s->next)
        n += shape_counts(q, s);
    return n == q->shape;
}

static bool slide_passes(struct asked *q, const struct slides_place *p)
{
    if (p->slide != q->slide_seen) {
        q->slide_seen = p->slide;
        q->slide_fits = slide_fits(q, p->slide);
        q->any_slide |= q->slide_fits;
        q->shape_seen = NULL;
    }
    return q->slide_fits;
}

static bool shape_passes(struct asked *q, const struct slides_place *p)
{
    if (q->level == LEVEL_EFFECT && !q->shape && !q->placeholder && !q->shape_name && !q->shape_text)
        return true;
    if (!p->shape)
        return false;
    if (p->shape != q->shape_seen) {
        q->shape_seen = p->shape;
        q->shape_fits = shape_fits(q, p);
        q->any_shape |= q->shape_fits;
    }
    return q->shape_fits;
}

static bool text_passes(struct asked *q, const struct slides_place *p)
{
    if ((q->row && p->row != q->row) || (q->column && p->column != q->column))
        return false;
    if (q->level != LEVEL_PARAGRAPH && q->level != LEVEL_RUN)
        return true;
    if (q->paragraph ? p->paragraph_number != q->paragraph : slides_is_blank(p->paragraph->text))
        return false;
    if (q->paragraph_text && !slides_holds(q->scratch, p->paragraph->text, q->paragraph_text))
        return false;
    q->any_paragraph = true;
    if (q->level == LEVEL_PARAGRAPH)
        return true;
    return q->run_text ? slides_holds(q->scratch, p->run->text, q->run_text)
                       : !slides_is_blank(p->run->text) || (!p->run->next && p->run == p->paragraph->run);
}

static bool visit_asked(void *context, const struct slides_place *p)
{
    struct asked *q = context;
    arena_reset(q->scratch);
    if (p->slide && !slide_passes(q, p))
        return true;
    if (q->level >= LEVEL_SHAPE && !shape_passes(q, p))
        return true;
    if (q->level == LEVEL_EFFECT ? q->effect && p->effect_number != q->effect
                                 : q->level > LEVEL_SHAPE && !text_passes(q, p))
        return true;
    q->found = true;
    q->place = *p;
    return false;
}

static int bad_index(const struct locator *at, const char *name, int64_t *ret, struct err *e)
{
    *ret = locator_index(at, name, 0);
    return *ret >= 0 ? 0 : err_set(e, ERR_DATA, name, _("not a number from 1: %s"), locator_get(at, name));
}

static int read_locators(const struct locator *at, struct asked *q, struct err *e)
{
    const struct {
        const char *name;
        int64_t *to;
    } numbers[] = {{"slide", &q->slide},   {"shape", &q->shape}, {"paragraph", &q->paragraph},
                   {"effect", &q->effect}, {"row", &q->row},     {"column", &q->column}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int r = bad_index(at, numbers[i].name, numbers[i].to, e);
        if (r < 0)
            return r;
    }
    q->slide_title = locator_get(at, "slide-title");
    q->shape_name = locator_get(at, "shape-name");
    q->shape_text = locator_get(at, "shape-text");
    q->placeholder = locator_get(at, "placeholder");
    q->paragraph_text = locator_get(at, "paragraph-text");
    q->run_text = locator_get(at, "run-text");
    return 0;
}

static const char *why_absent(const struct asked *q)
{
    if (!q->any_slide)
        return q->slide_title ? arena_printf(q->arena, "no slide has a title with \"%s\"", q->slide_title)
                              : arena_printf(q->arena, "there is no slide %lld", (long long)q->slide);
    if (q->level == LEVEL_EFFECT)
        return "there is no such animation";
    if (!q->any_shape)
        return "no shape is as asked";
    if (q->level == LEVEL_RUN && q->any_paragraph && q->run_text)
        return arena_printf(q->arena, "no text holds \"%s\"", q->run_text);
    if (q->paragraph_text)
        return arena_printf(q->arena, "no paragraph holds \"%s\"", q->paragraph_text);
    return q->level == LEVEL_CELL ? "there is no such cell" : "there is no such text";
}

int slides_fact(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
                struct fact *ret, struct err *e)
{
    const struct slides *s = t->document;
    const struct slides_getter *g = &slides_getters[t->kind - slides_kinds];
    struct asked q = {.level = g->level, .shapes = g->shapes, .arena = a, .scratch = arena_new()};
    *ret = (struct fact){.state = FACT_FOUND, .value.type = t->kind->type, .place = "the slide show"};
    int r = read_locators(at, &q, e);
    if (r == 0)
        slides_visit(s, g->level, a, visit_asked, &q);
    if (r == 0 && q.found) {
        q.place.target = t;
        q.place.at = at;
        q.place.argument = argument;
        ret->place = slides_place_text(a, &q.place);
        g->get(&q.place, ret);
    } else if (r == 0) {
        ret->place = q.any_slide && q.slide ? arena_printf(a, "slide %lld", (long long)q.slide) : ret->place;
        slides_absent(ret, why_absent(&q));
    }
    arena_free(q.scratch);
    return r;
}

void slides_absent(struct fact *ret, const char *why)
{
    ret->state = FACT_ABSENT;
    ret->why = why;
}

void slides_give_text(struct fact *ret, const char *text)
{
    ret->value.text = text;
}

void slides_give(struct fact *ret, int64_t x)
{
    ret->value.integer = x;
}

void slides_give_said(struct fact *ret, int64_t x, const char *why)
{
    if (x == SLIDES_UNSAID)
        slides_absent(ret, why);
    else
        ret->value.integer = x;
}

void slides_give_link(const struct slides_link *l, struct fact *ret)
{
    if (l->action)
        slides_give_text(ret, l->target);
    else
        slides_absent(ret, "there is no link");
}

void slides_give_link_slide(const struct slides_link *l, struct fact *ret)
{
    if (l->slide)
        slides_give(ret, l->slide);
    else
        slides_absent(ret, "there is no link to a slide");
}
