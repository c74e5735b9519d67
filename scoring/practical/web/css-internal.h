/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_SCORING_PRACTICAL_WEB_CSS_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_WEB_CSS_INTERNAL_H

#include "scoring/practical/web/css.h"

/* Text without comments, in the arena. */
char *css_without_comments(struct arena *a, const char *text);
/* The first of `stops` outside of quotes and parentheses, or the end. */
const char *css_find(const char *p, const char *end, const char *stops);
char *css_trimmed(struct arena *a, const char *p, const char *end);
char *css_lower(char *s);
void css_declarations_between(struct arena *a, const char *p, const char *end, struct css_declarations *ret);

#endif
