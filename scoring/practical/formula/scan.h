/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of formula/: the scanners of names, references and quoted texts. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FORMULA_SCAN_H
#define KAOCHANG_SCORING_PRACTICAL_FORMULA_SCAN_H

#include "scoring/practical/formula/formula.h"

/* Each scanner takes what it knows from *p, moves *p past it and returns true; else leaves *p alone. */

bool word_byte(char c); /* of a name: letters, digits, _ . \ ? and all beyond ASCII */
/* A1, $A$1:B$2, A:C, 3:5, #REF!, behind a sheet or not: Excel's. */
bool scan_excel_reference(const char **p, struct arena *a, struct formula_reference *ret);
/* .A1:.B2, Sheet1.A1, without the brackets, up to `end`. */
bool scan_odf_reference(const char **p, const char *end, struct arena *a, struct formula_reference *ret);
/* 'It''s': the text between, unquoted. */
bool scan_quoted(const char **p, char quote, struct arena *a, const char **ret);

#endif
