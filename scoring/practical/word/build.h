/* SPDX-License-Identifier: Apache-2.0 */
/* How a reader fills a document. What is added is zeroed, with the tokens' and colours' defaults set,
 * appended in order, and stays where it is; members are then written directly. Nothing fails: a reader asks
 * word_full now and then (at least once a paragraph, row and style) and ends with FAULT_LIMIT.
 *
 *     struct word_document *d = word_document_new("a.odt", 0);
 *     word_flow_init(&d->body, "content.xml", NULL);
 *     struct word_section *s = word_section_add(d);
 *     struct word_paragraph *p = word_paragraph_add(d, &d->body);
 *     p->format = word_format_share(d, &format);
 *     p->chars = word_chars_share(d, &mark);
 *     word_run_add(d, p, WORD_RUN_TEXT, text, n, word_chars_share(d, &chars));
 *     word_finish(d);
 */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_BUILD_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_BUILD_H

#include "base/arena.h"
#include "scoring/practical/word/model.h"

/* `limit` of its memory; 0: 20 MiB. */
struct word_document *word_document_new(const char *name, size_t limit);
void word_document_free(struct word_document *d); /* NULL is fine */
bool word_full(const struct word_document *d);

/* One copy per text: for names, tokens, fonts. NULL stays NULL. */
const char *word_keep(struct word_document *d, const char *s);
const char *word_keep_n(struct word_document *d, const char *s, size_t n);

/* What an office program takes where nothing is told: 10 pt Times New Roman, automatic colours, 100 %,
 * left, single lines. Begin with these, write over, then share. */
void word_chars_init(struct word_chars *c);
void word_format_init(struct word_format *f);
/* One copy per combination. Their texts must come from word_keep (or be literals). */
const struct word_chars *word_chars_share(struct word_document *d, const struct word_chars *c);
const struct word_format *word_format_share(struct word_document *d, const struct word_format *f);

/* `part` and `label` from word_keep, or literals. */
void word_flow_init(struct word_flow *f, const char *part, const char *label);
struct word_flow *word_flow_add(struct word_document *d, const char *part, const char *label);

/* The paragraph has the document's defaults and belongs to the section added last (from 0). */
struct word_paragraph *word_paragraph_add(struct word_document *d, struct word_flow *f);
/* The text is copied. `number` counts the paragraph's runs; a reader may write another. */
struct word_run *word_run_add(struct word_document *d, struct word_paragraph *p, enum word_run_kind kind,
                              const char *text, size_t n, const struct word_chars *c);
struct word_table *word_table_add(struct word_document *d, struct word_flow *f);
/* Copies n widths; n is held to 4,096. */
void word_table_grid(struct word_document *d, struct word_table *t, const int32_t *width, size_t n);
struct word_row *word_row_add(struct word_document *d, struct word_table *t);
/* Its column is the one after the cell before; span 1. The flow is ready. */
struct word_cell *word_cell_add(struct word_document *d, struct word_row *r);

struct word_section *word_section_add(struct word_document *d); /* A4, no margins, one column */
struct word_object *word_object_add(struct word_document *d, enum word_object_kind kind,
                                    const struct word_paragraph *at);
struct word_link *word_link_add(struct word_document *d, const struct word_paragraph *at);
struct word_bookmark *word_bookmark_add(struct word_document *d, const struct word_paragraph *at);
/* Their flows are there, with a label. */
struct word_note *word_note_add(struct word_document *d, bool endnote, const char *part);
struct word_comment *word_comment_add(struct word_document *d, const char *part);
/* `instruction` is copied, trimmed; the name is made of its first word. */
struct word_field *word_field_add(struct word_document *d, const char *instruction,
                                  const struct word_paragraph *at);
struct word_toc *word_toc_add(struct word_document *d, const char *part);
struct word_toc_entry *word_toc_entry_add(struct word_document *d, struct word_toc *t);
struct word_watermark *word_watermark_add(struct word_document *d);
struct word_style *word_style_add(struct word_document *d);
struct word_margin *word_margin_add(struct word_document *d, bool header, const char *part);
void word_property_add(struct word_document *d, const char *name, const char *value);

/* At the end: joins texts, makes the arrays of paragraphs, tables and sections, gives each cell of a merge
 * downwards its row_span (docx: where covered cells stand below; an odt says it itself), numbers what has
 * a number. */
void word_finish(struct word_document *d);

#endif
