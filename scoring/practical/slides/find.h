/* SPDX-License-Identifier: Apache-2.0 */
/* Inside slides/: from what a rule's locators name to the thing itself, and from the thing to the fact. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SLIDES_FIND_H
#define KAOCHANG_SCORING_PRACTICAL_SLIDES_FIND_H

#include "scoring/practical/fact.h"
#include "scoring/practical/slides/model.h"

/* Where a fact stands; what lies below the level asked for is NULL and 0. */
struct slides_place {
    const struct slides *show;
    const struct slides_slide *slide;
    const struct slides_shape *shape;
    const struct slides_cell *cell; /* where the paragraph or the fact is a cell's */
    const struct slides_paragraph *paragraph;
    const struct slides_run *run;
    const struct slides_effect *effect;
    int shape_number, paragraph_number, effect_number, row, column; /* from 1 */
    /* what was asked */
    const struct check_target *target;
    const struct locator *at;
    const char *argument;
    struct arena *arena;
};

enum slides_level {
    LEVEL_SHOW,
    LEVEL_SLIDE,
    LEVEL_SHAPE,
    LEVEL_CELL,
    LEVEL_PARAGRAPH,
    LEVEL_RUN,
    LEVEL_EFFECT
};

#define SLIDES_SHOW_LOCATORS ""
#define SLIDES_SLIDE_LOCATORS "slide slide-title"
#define SLIDES_SHAPE_LOCATORS "slide slide-title shape shape-name shape-text placeholder"
#define SLIDES_CELL_LOCATORS "slide slide-title shape shape-name shape-text row column"
#define SLIDES_PARAGRAPH_LOCATORS                                                                            \
    "slide slide-title shape shape-name shape-text placeholder row column paragraph paragraph-text"
#define SLIDES_RUN_LOCATORS                                                                                  \
    "slide slide-title shape shape-name shape-text placeholder row column paragraph paragraph-text run-text"
#define SLIDES_EFFECT_LOCATORS "slide slide-title shape shape-name shape-text placeholder effect"

/* Reads one fact of a place; ret is FOUND, with the type of its kind, before. */
typedef void slides_get_fn(const struct slides_place *p, struct fact *ret);

/* One per kind, in the order of slides_kinds. */
struct slides_getter {
    enum slides_level level;
    unsigned shapes; /* the kinds of shape that count, as bits 1 << SHAPE_…; 0: all */
    slides_get_fn *get;
};
extern const struct check_kind slides_kinds[];
extern const struct slides_getter slides_getters[];
enum { SLIDES_KINDS = 109 };

/* The fact_fn of every kind here. */
fact_fn slides_fact;

/* Calls with every place of a level, in document order, until one returns false. */
typedef bool slides_visit_fn(void *context, const struct slides_place *p);
void slides_visit(const struct slides *s, enum slides_level level, struct arena *a, slides_visit_fn *visit,
                  void *context);
bool slides_is_blank(const char *text);
/* True where `text` holds `part`, both after NFKC and without white space. */
bool slides_holds(struct arena *a, const char *text, const char *part);
/* "ppt/slides/slide2.xml, slide 2, shape 3 (标题), paragraph 1" */
const char *slides_place_text(struct arena *a, const struct slides_place *p);
const char *slides_shape_text(struct arena *a,
                              const struct slides_shape *s); /* all its text, cells included */

/* For getters. */
void slides_absent(struct fact *ret, const char *why);
void slides_give_text(struct fact *ret, const char *text);
void slides_give(struct fact *ret, int64_t x);
/* A length or number that the file may leave open. */
void slides_give_said(struct fact *ret, int64_t x, const char *why);
void slides_give_link(const struct slides_link *l, struct fact *ret);
void slides_give_link_slide(const struct slides_link *l, struct fact *ret);

#define SLIDES_GETTER(NAME) void slides_get_##NAME(const struct slides_place *p, struct fact *ret)

#endif
