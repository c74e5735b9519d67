/* SPDX-License-Identifier: Apache-2.0 */
/* The body of an item laid out as lines: paragraphs, lists, tables, program text, choices, fields to type in. */
#ifndef KAOCHANG_CLIENT_SCREENS_BODY_H
#define KAOCHANG_CLIENT_SCREENS_BODY_H

#include "client/screens/sheet.h"
#include "client/screens/work.h"

enum { BODY_CHOICE_INDENT = 7, BODY_CHOICE_MARGIN = 12 };

/* Lays the item out, `focus` being the place of the cursor. Lines of a choice are owned by TARGET_PLACE with
 * the place as index; what stands within a line has it on its glyphs. The caller releases the sheet. */
void body_sheet(const struct question *q, size_t focus, int width, struct sheet *ret);
/* What can be put in at the place of the cursor (the words for a gap, the choices of an inline choice), to be
 * kept in sight while the body scrolls. False if there is nothing. The caller releases the sheet in any case.
 */
bool body_bank(const struct question *q, size_t focus, int width, struct sheet *ret);
/* First line of the sheet that shows the place, and how many lines it takes. */
struct body_span {
    size_t first, n;
};
struct body_span body_place_lines(const struct sheet *s, size_t place);

#endif
