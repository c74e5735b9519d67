/* SPDX-License-Identifier: Apache-2.0 */
/* Figures as JSON: a number, or null, with the reason in the object's "notDefined". */
#ifndef KAOCHANG_CLI_STATS_FIGURES_H
#define KAOCHANG_CLI_STATS_FIGURES_H

#include <jansson.h>
#include <stddef.h>

#include "statistics/scores/figure.h"

/* Sets key of an object; times: what the figure is multiplied with. */
void figures_put(json_t *object, const char *key, struct figure f, double times);
/* The same for n figures that lie `stride` bytes apart, as an array. */
void figures_put_each(json_t *object, const char *key, const struct figure *first, size_t stride, size_t n,
                      double times);
/* Prints with twelve digits and frees it. */
void figures_print(json_t *object);
/* With `decimals` places, or "—"; buf of 40. Returns buf. */
const char *figures_text(struct figure f, int decimals, char *buf, size_t size);

#endif
