/* SPDX-License-Identifier: Apache-2.0 */
/* Style sheets as far as a page of an exam needs them: selectors of types, classes, ids, "*", descendants and
 * children; the cascade by importance, specificity and order; the shorthands background, font, border and
 * list-style. Rules with anything else in their selector (pseudo-classes but :link and :visited, attributes,
 * siblings) are passed over, and so are @media for paper, @supports, @font-face. Never fails: what is
 * no CSS is skipped as browsers do. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WEB_CSS_H
#define KAOCHANG_SCORING_PRACTICAL_WEB_CSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/xml.h"

enum {
    CSS_SELECTORS_MAX = 5000,
    CSS_DECLARATIONS_MAX = 20000,
    CSS_PARTS_MAX = 16,      /* of one selector */
    CSS_WORK_MAX = 30000000, /* comparisons of elements with selectors, for one page */
};

struct css_declaration {
    const char *name, *value; /* lower case; as written, trimmed */
    bool important;
};
struct css_declarations {
    struct css_declaration *d;
    size_t n, cap;
};

struct css_part {
    const char *type, *id; /* NULL: any */
    const char **class;
    size_t n_classes;
    char before; /* ' ' or '>': how it stands to the part before; 0 of the first */
};
struct css_selector {
    struct css_part *part;
    size_t n_parts;
    uint32_t specificity;
    const struct css_declarations *declarations;
};
struct css {
    struct arena *arena;
    struct css_selector *selector; /* in the order of the cascade */
    size_t n, cap, n_declarations, n_imports;
    uint64_t work;
};

/* Asks for another sheet by its address as written; NULL when it is not there. */
typedef const char *css_import_fn(void *context, const char *address);

/* Adds a sheet after those that are there. Sheets that it imports are read first, four deep and 20 at most;
 * `import` may be NULL. */
void css_add(struct css *c, const char *text, css_import_fn *import, void *context);
/* "color: red; font: bold 12pt 宋体", as in an attribute `style`. */
void css_declarations_read(struct arena *a, const char *text, struct css_declarations *ret);
/* The declared value of a property, the strongest one, or NULL. `inline_style` may be NULL. */
const char *css_declared(struct css *c, const struct xml_doc *d, const struct xml_node *n,
                         const char *inline_style, const char *property);

#endif
