/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/slides/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "scoring/practical/parts.h"

/* Handed out past the limit, and read by nobody. */
struct slides_spare {
    struct slides_slide slide;
    struct slides_shape shape;
    struct slides_paragraph paragraph;
    struct slides_run run;
    struct slides_effect effect;
    struct slides_table table;
    struct slides_cell cell;
};

struct slides *slides_new(const char *format)
{
    struct arena *a = arena_new();
    struct slides *s = arena_alloc(a, sizeof *s);
    *s = (struct slides){.arena = a, .format = format, .spare = arena_alloc(a, sizeof *s->spare)};
    s->show =
        (struct slides_show){.kind = "present", .with_narration = true, .with_animation = true, .custom = ""};
    return s;
}

void slides_free(struct slides *s)
{
    if (s)
        arena_free(s->arena);
}

static bool room(struct slides *s, size_t size)
{
    s->full = s->full || size > SLIDES_MAX_MEMORY || arena_used(s->arena) > SLIDES_MAX_MEMORY - size;
    return !s->full;
}

static void *take(struct slides *s, size_t size, void *spare)
{
    return room(s, size) ? arena_alloc(s->arena, size) : spare;
}

const char *slides_string_n(struct slides *s, const char *text, size_t n)
{
    return text && n && room(s, n + 1) ? arena_strndup(s->arena, text, n) : "";
}

const char *slides_string(struct slides *s, const char *text)
{
    return text ? slides_string_n(s, text, strlen(text)) : "";
}

struct slides_slide *slides_add(struct slides *s)
{
    s->full = s->full || s->n_slides == SLIDES_MAX;
    struct slides_slide *n = take(s, sizeof *n, &s->spare->slide);
    *n = (struct slides_slide){.part = "",
                               .name = "",
                               .layout = "",
                               .layout_name = "",
                               .master = "",
                               .theme = "",
                               .color_scheme = "",
                               .font_scheme = "",
                               .footer = "",
                               .date = "",
                               .notes = ""};
    n->background = (struct slides_fill){.kind = "", .color = SLIDES_COLOR_NONE, .detail = ""};
    n->transition = (struct slides_transition){
        .option = "", .speed = "fast", .duration = SLIDES_UNSAID, .on_click = true, .after = SLIDES_UNSAID};
    if (s->full)
        return n;
    *(s->last ? &s->last->next : &s->slide) = n;
    s->last = n;
    n->number = ++s->n_slides;
    return n;
}

struct slides_shape *slides_add_shape(struct slides *s, struct slides_slide *slide, enum slides_shape_kind k,
                                      int depth)
{
    static const struct slides_fill unknown = {.kind = "", .color = SLIDES_COLOR_NONE, .detail = ""};
    struct slides_shape *n = take(s, sizeof *n, &s->spare->shape);
    *n = (struct slides_shape){.kind = k,
                               .depth = depth,
                               .id = "",
                               .name = "",
                               .preset = "",
                               .warp = "",
                               .fill = unknown,
                               .line_color = SLIDES_COLOR_NONE,
                               .line_dash = "",
                               .effects = "",
                               .anchor = "top",
                               .autofit = "",
                               .font_scale = 1000,
                               .text_columns = 1,
                               .alternative = "",
                               .media = "",
                               .part = "",
                               .hash = "",
                               .chart = "",
                               .diagram = ""};
    if (s->full)
        return n;
    *(slide->last ? &slide->last->next : &slide->shape) = n;
    slide->last = n;
    return n;
}

struct slides_paragraph *slides_add_paragraph(struct slides *s, struct slides_text *t)
{
    struct slides_paragraph *n = take(s, sizeof *n, &s->spare->paragraph);
    *n = (struct slides_paragraph){.text = "",
                                   .level = 1,
                                   .align = "left",
                                   .line_ratio = 1000,
                                   .bullet = "none",
                                   .bullet_text = "",
                                   .bullet_color = SLIDES_COLOR_NONE,
                                   .bullet_size = 1000};
    if (s->full)
        return n;
    *(t->last ? &t->last->next : &t->paragraph) = n;
    t->last = n;
    return n;
}

struct slides_run *slides_add_run(struct slides *s, struct slides_paragraph *p, const char *text)
{
    struct slides_run *n = take(s, sizeof *n, &s->spare->run);
    *n = (struct slides_run){.latin = "",
                             .east_asian = "",
                             .size = 18 * SLIDES_EMU_PER_POINT,
                             .underline = "none",
                             .highlight = SLIDES_COLOR_NONE,
                             .link = {.target = ""}};
    n->text = slides_string(s, text);
    if (s->full)
        return n;
    *(p->last ? &p->last->next : &p->run) = n;
    p->last = n;
    return n;
}

struct slides_effect *slides_add_effect(struct slides *s, struct slides_slide *slide)
{
    s->full = s->full || slide->n_effects == SLIDES_MAX_EFFECTS;
    struct slides_effect *n = take(s, sizeof *n, &s->spare->effect);
    *n = (struct slides_effect){.kind = "entrance",
                                .name = "",
                                .option = "",
                                .trigger = "click",
                                .shape = "",
                                .duration = SLIDES_UNSAID,
                                .delay = SLIDES_UNSAID};
    if (s->full)
        return n;
    *(slide->last_effect ? &slide->last_effect->next : &slide->effect) = n;
    slide->last_effect = n;
    slide->n_effects++;
    return n;
}

static void set_cell(struct slides_cell *c)
{
    *c = (struct slides_cell){.fill = {.kind = "", .color = SLIDES_COLOR_NONE, .detail = ""},
                              .column_span = 1,
                              .row_span = 1,
                              .anchor = "top"};
}

struct slides_table *slides_add_table(struct slides *s, struct slides_shape *shape, size_t rows,
                                      size_t columns)
{
    rows = rows > 1000 ? 1000 : rows;
    columns = columns > 100 ? 100 : columns;
    struct slides_table *t = take(s, sizeof *t, &s->spare->table);
    struct slides_cell *cell = take(s, (rows * columns + 1) * sizeof *cell, NULL);
    *t = (struct slides_table){.rows = rows, .columns = columns, .cell = cell, .style = ""};
    if (!cell)
        *t = (struct slides_table){.cell = &s->spare->cell, .style = ""};
    for (size_t i = 0; i < t->rows * t->columns; i++)
        set_cell(&t->cell[i]);
    shape->table = t;
    return t;
}

const char *slides_effect_kind(const char *preset_class)
{
    static const char *const words[][2] = {{"entr", "entrance"}, {"emph", "emphasis"},
                                           {"exit", "exit"},     {"path", "path"},
                                           {"verb", "action"},   {"mediacall", "media"}};
    for (size_t i = 0; preset_class && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], preset_class) == 0)
            return words[i][1];
    return "entrance";
}

/* By PowerPoint's numbers: one series for what comes and goes, one for emphasis. */
struct effect_word {
    int preset;
    const char *word;
};
static const struct effect_word coming[] = {
    {1, "appear"},
    {2, "fly-in"},
    {3, "blinds"},
    {4, "box"},
    {5, "checkerboard"},
    {6, "circle"},
    {7, "crawl"},
    {8, "diamond"},
    {9, "dissolve"},
    {10, "fade"},
    {11, "flash-once"},
    {12, "peek"},
    {13, "plus"},
    {14, "random-bars"},
    {15, "spiral"},
    {16, "split"},
    {17, "stretch"},
    {18, "strips"},
    {19, "swivel"},
    {20, "wedge"},
    {21, "wheel"},
    {22, "wipe"},
    {23, "zoom"},
    {24, "random"},
    {25, "boomerang"},
    {26, "bounce"},
    {27, "color-typewriter"},
    {28, "credits"},
    {29, "ease"},
    {30, "float"},
    {31, "grow-and-turn"},
    {34, "light-speed"},
    {35, "pinwheel"},
    {37, "rise-up"},
    {38, "swish"},
    {39, "thin-line"},
    {40, "unfold"},
    {41, "whip"},
    {42, "ascend"},
    {43, "center-revolve"},
    {45, "faded-swivel"},
    {47, "descend"},
    {48, "sling"},
    {49, "spinner"},
    {50, "compress"},
    {51, "zip"},
    {52, "arc-up"},
    {53, "faded-zoom"},
    {54, "glide"},
    {55, "expand"},
    {56, "flip"},
    {58, "fold"},
};
static const struct effect_word staying[] = {
    {1, "fill-color"},
    {2, "font"},
    {3, "font-color"},
    {4, "font-size"},
    {5, "font-style"},
    {6, "grow-shrink"},
    {7, "line-color"},
    {8, "spin"},
    {9, "transparency"},
    {10, "bold-flash"},
    {14, "blast"},
    {15, "bold-reveal"},
    {16, "brush-color"},
    {18, "brush-underline"},
    {19, "color-blend"},
    {20, "color-wave"},
    {21, "complementary-color"},
    {22, "complementary-color-2"},
    {23, "contrasting-color"},
    {24, "darken"},
    {25, "desaturate"},
    {26, "flash-bulb"},
    {27, "flicker"},
    {28, "grow-with-color"},
    {30, "lighten"},
    {31, "style-emphasis"},
    {32, "teeter"},
    {33, "vertical-grow"},
    {34, "wave"},
    {35, "blink"},
    {36, "shimmer"},
};

static const char *effect_word(const struct effect_word *words, size_t n, int preset)
{
    for (size_t i = 0; i < n; i++)
        if (words[i].preset == preset)
            return words[i].word;
    return NULL;
}

const char *slides_effect_name(struct slides *s, const char *kind, int preset)
{
    const char *word = NULL;
    if (strcmp(kind, "emphasis") == 0)
        word = effect_word(staying, sizeof staying / sizeof *staying, preset);
    else if (strcmp(kind, "entrance") == 0 || strcmp(kind, "exit") == 0)
        word = effect_word(coming, sizeof coming / sizeof *coming, preset);
    if (word)
        return word;
    return preset > 0 && room(s, 16) ? arena_printf(s->arena, "%d", preset) : "";
}

static const char *joined(struct slides *s, const struct slides_paragraph *p)
{
    struct bytes b = {0};
    if (!p->run)
        return "";
    if (!p->run->next)
        return p->run->text;
    for (const struct slides_run *r = p->run; r; r = r->next)
        bytes_str(&b, r->text);
    const char *text = slides_string_n(s, (const char *)b.p, b.n);
    bytes_release(&b);
    return text;
}

static void resolve_link(const struct slides *s, struct slides_link *link)
{
    if (!link->action || strcmp(link->action, "slide") != 0)
        return;
    for (const struct slides_slide *n = s->slide; n && !link->slide; n = n->next)
        if (strcmp(n->part, link->target) == 0 || (*n->name && strcmp(n->name, link->target) == 0))
            link->slide = n->number;
}

static void finish_text(struct slides *s, const struct slides_text *t)
{
    for (struct slides_paragraph *p = t->paragraph; p; p = p->next) {
        p->text = joined(s, p);
        for (struct slides_run *r = p->run; r; r = r->next)
            resolve_link(s, &r->link);
    }
}

int slides_finish(struct slides *s, const char *name, struct err *e)
{
    for (struct slides_slide *n = s->slide; n; n = n->next)
        for (struct slides_shape *x = n->shape; x; x = x->next) {
            resolve_link(s, &x->link);
            finish_text(s, &x->text);
            for (size_t i = 0; x->table && i < x->table->rows * x->table->columns; i++)
                finish_text(s, &x->table->cell[i].text);
        }
    if (!s->full)
        return 0;
    err_set(e, ERR_DATA, name, _("the slide show holds more than the limit"));
    if (e)
        e->code = FAULT_LIMIT;
    return -ERR_DATA;
}

void slides_text_of(const struct slides_text *t, struct bytes *out)
{
    for (const struct slides_paragraph *p = t->paragraph; p; p = p->next) {
        bytes_str(out, p->text);
        if (p->next)
            bytes_str(out, "\n");
    }
}
