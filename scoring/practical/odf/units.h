/* SPDX-License-Identifier: Apache-2.0 */
/* Values of ODF attributes (ODF 1.3 part 3, 18.3): lengths, percentages, colours, whole numbers. Exact: no
 * doubles. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_UNITS_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_UNITS_H

#include <stdbool.h>
#include <stdint.h>

/* "2.54cm", "-0.25in", "12pt" (cm mm in pt pc px) to EMU, half away from 0. False, and nothing set, for
 * anything else and beyond 1,000 m. */
bool odf_length(const char *text, int64_t *ret_emu);
/* "115%" to thousandths: 1150. */
bool odf_percent(const char *text, int64_t *ret_thousandths);
/* "#1f2a3b" to 0x1F2A3B; -1 for "transparent", NULL, and what is no colour. */
int32_t odf_color(const char *text);
/* A whole number, held to low..high; `otherwise` where there is none. */
int64_t odf_integer(const char *text, int64_t low, int64_t high, int64_t otherwise);
/* "true". */
bool odf_true(const char *text);
/* Is the attribute there, and is it that word? */
bool odf_is(const char *text, const char *word);
/* Half points, from EMU of a font size; rounded. */
int64_t odf_half_points(int64_t emu);

#endif
