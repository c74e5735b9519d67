/* SPDX-License-Identifier: Apache-2.0 */
/* Text documents for tests: a docx built of what stands in its parts, and one question about it. */
#ifndef KAOCHANG_TESTS_PRACTICAL_WORD_KIT_H
#define KAOCHANG_TESTS_PRACTICAL_WORD_KIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "scoring/practical/fact.h"

/* What stands inside the root element of each part; NULL: there is no such part. Prefixes w, r, a, wp, pic,
 * wps, mc, v, o are declared. Relationships of the main part: "header" and "first" (headers), "footer",
 * "image", "link" (https://example.org/考试). */
struct word_made {
    const char *body;
    const char *background; /* w:background, before the body */
    const char *styles, *numbering, *settings, *theme, *header, *first, *footer, *footnotes, *endnotes,
        *comments;
    const char *core;  /* docProps/core.xml */
    const char *image; /* the bytes of word/media/image1.png */
    bool strict;
};
/* To be released. */
struct bytes word_docx(const struct word_made *m);
/* The fact as kit_value tells it (folder-kit.h). The start files are one, "given.png", with the bytes
 * "given". */
const char *word_value(struct arena *a, const struct word_made *m, const char *kind, const char *at,
                       const char *argument);
/* The fact itself. */
void word_fact(struct arena *a, const struct word_made *m, const char *kind, const char *at,
               struct fact *ret);
/* The same, and where it was found. */
const char *word_place(struct arena *a, const struct word_made *m, const char *kind, const char *at);

/* The value of a kind at a place is as expected; what differs is told with kind and place. */
void word_is_value(const struct word_made *m, const char *kind, const char *at, const char *expected);
void word_is_counted(const struct word_made *m, const char *kind, const char *argument, const char *expected);

/* In words: a paragraph with its pPr, a run with its rPr. */
#define P(PPR, RUNS) "<w:p><w:pPr>" PPR "</w:pPr>" RUNS "</w:p>"
#define R(RPR, TEXT) "<w:r><w:rPr>" RPR "</w:rPr><w:t xml:space=\"preserve\">" TEXT "</w:t></w:r>"
#define T(TEXT) "<w:r><w:t xml:space=\"preserve\">" TEXT "</w:t></w:r>"
#define STYLE(TYPE, ID, NAME, INSIDE)                                                                        \
    "<w:style w:type=\"" TYPE "\" w:styleId=\"" ID "\"><w:name w:val=\"" NAME "\"/>" INSIDE "</w:style>"
#define V(NAME, VALUE) "<w:" NAME " w:val=\"" VALUE "\"/>"
#define FIELD(INSTRUCTION, RESULT)                                                                           \
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">" INSTRUCTION   \
    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" RESULT                          \
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"

#endif
