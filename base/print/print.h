/* SPDX-License-Identifier: Apache-2.0 */
/* Documents to be printed and signed: A4 pages as PDF, laid out by pango, drawn by cairo. A library of its
 * own: the candidate's program does not load it.
 *
 * Everything is put one below the other; what does not fit goes to the next page. Same calls, same texts on
 * the pages; the bytes depend on the fonts of the machine. Texts are UTF-8; any font of the system that has
 * the signs is used.
 */
#ifndef KAOCHANG_BASE_PRINT_PRINT_H
#define KAOCHANG_BASE_PRINT_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

enum { PRINT_MAX_COLUMNS = 16, PRINT_MAX_PAGES = 2000, PRINT_LABEL = 22 };

struct print;

struct print_options {
    const char *title;  /* metadata of the file */
    const char *footer; /* at the foot of every page, left of its number; NULL: none */
    int64_t made_ms;    /* date in the file, ms since 1970: never the clock's */
    bool landscape;
};
/* Never fails for lack of a font: a sign that no font has is printed as a box. */
struct print *print_new(const struct print_options *o);
void print_free(struct print *p); /* NULL is fine; without print_finish nothing remains */

/* What follows begins a page of its own, unless the page is empty. */
void print_page_break(struct print *p);
/* Level 1 is the document's own, centred; 2 a section's. A heading is never the last thing of a page. */
void print_heading(struct print *p, int level, const char *text);
void print_paragraph(struct print *p, const char *text);
/* "Label  value" in two columns of pairs. */
void print_facts(struct print *p, const char *const (*fact)[2], size_t n);

/* Text with marks: <b> <i> <u> <tt> <sub> <sup> around pieces that html_text made safe; lines as they are.
 * Marks that do not fit each other are printed as they stand. Broken over pages between its lines. `indent`
 * in points; the label
 * ("12.", also with marks; NULL: none) stands PRINT_LABEL before it. */
void print_marked(struct print *p, double size, double indent, const char *label, const char *marked);
/* Marked texts side by side in equal columns, row by row; a row is not cut. */
void print_grid(struct print *p, double size, double indent, size_t n_columns, const char *const *marked,
                size_t n);
/* A picture as large as it is at 144 points to the inch, or as fits the width. */
struct picture_gray;
void print_picture(struct print *p, double indent, const struct picture_gray *picture);
/* Lines to write on. */
void print_lines(struct print *p, double indent, size_t n);
void print_space(struct print *p, double height);
/* What is put between the two stays together on a page. print_together_end is false where it is higher than a
 * page: then nothing of it was put, and the caller puts it again without. Not one inside the other. */
void print_together(struct print *p);
MUST_CHECK bool print_together_end(struct print *p);

struct print_column {
    const char *title;
    int share;  /* of the width, in relation to the others' */
    bool right; /* numbers */
};
/* Rows of n_columns texts each, row by row; the titles stand again on every page, and no row is cut. */
void print_table(struct print *p, const struct print_column *column, size_t n_columns,
                 const char *const *cell, size_t n_rows);
/* A line to sign on for each of the labels, with its date; kept together on one page. */
void print_signatures(struct print *p, const char *const *label, size_t n);

size_t print_pages(const struct print *p);
/* The whole file; nothing can be added afterwards. ERR_ENV when cairo has no memory, ERR_DATA beyond
 * PRINT_MAX_PAGES. */
MUST_CHECK int print_finish(struct print *p, struct bytes *ret, struct err *e);

#endif
