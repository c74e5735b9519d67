/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the family "word": what its kinds share. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_KINDS_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_KINDS_H

#include "scoring/practical/fact.h"
#include "scoring/practical/word/model.h"

/* Where a fact is looked for. */
#define WORD_AT_FLOW "table table-text row column section header footer text-box footnote endnote comment"
#define WORD_AT_PARAGRAPH "paragraph paragraph-text " WORD_AT_FLOW
#define WORD_AT_STYLED WORD_AT_PARAGRAPH " style"
#define WORD_AT_RUN WORD_AT_STYLED " run-text everywhere"
#define WORD_AT_SECTION "section paragraph-text"
#define WORD_AT_TABLE "table table-text"
#define WORD_AT_CELL "table table-text row column"

/* One question, as a kind's function got it. */
struct word_ask {
    const struct word_document *d;
    const struct check_target *t;
    const struct locator *at;
    const char *argument;
    struct arena *a;
    struct fact *ret;
    struct err *e;
};
struct word_ask word_ask_of(const struct check_target *t, const struct locator *at, const char *argument,
                            struct arena *a, struct fact *ret, struct err *e);

/* ---- answers (kinds-give.c): each fills *ret and returns 0 ---- */
int word_give(struct word_ask *q, enum fact_type type, int64_t n, const char *place);
int word_give_text(struct word_ask *q, enum fact_type type, const char *text,
                   const char *place); /* NULL: absent */
int word_give_list(struct word_ask *q, const char **item, size_t n, const char *place);
int word_give_absent(struct word_ask *q, const char *place, const char *why);
int word_give_unknown(struct word_ask *q, const char *place, const char *why);
int word_bad_locator(struct word_ask *q, const char *name); /* the rule is wrong: ERR_DATA */
/* Is it the kind asked for? */
bool word_is(const struct word_ask *q, const char *kind);

struct word_items { /* a list that grows */
    const char **item;
    size_t n, cap;
};
void word_item_add(struct word_items *l, struct arena *a, const char *text);

/* ---- places (kinds-place.c): 1 found; 0 not, then *ret is absent; negative: the rule is wrong ---- */
/* NFKC without white space: how texts are found. In the arena. */
const char *word_squash(struct arena *a, const char *text);
/* The same of the i-th of any_paragraph; made once. */
const char *word_squashed(const struct word_document *d, size_t i);
int word_find_flow(struct word_ask *q, const struct word_flow **ret);
int word_find_paragraph(struct word_ask *q, const struct word_paragraph **ret);
int word_find_table(struct word_ask *q, const struct word_table **ret);
int word_find_row(struct word_ask *q, const struct word_row **ret);
int word_find_cell(struct word_ask *q, const struct word_cell **ret); /* of a merge: the one that is seen */
int word_find_section(struct word_ask *q, const struct word_section **ret);
int word_find_style(struct word_ask *q, const struct word_style **ret); /* by `style` */
const char *word_section_place(const struct word_section *s, struct arena *a);
const char *word_style_place(const struct word_ask *q, const struct word_style *s);
/* `side`: top, left, bottom, right, inside-h, inside-v to a word_side; `otherwise` when absent; -1 for
 * another. */
int word_side_of(struct word_ask *q, int otherwise);
/* "heading 1" for Heading 1, 标题 1; else as it is. */
const char *word_style_name(struct arena *a, const char *name);

fact_fn word_chars_kind, word_paragraph_kind, word_border_kind, word_tab_kind, word_text_kind,
    word_count_kind, word_page_kind, word_page_border_kind, word_margin_kind, word_table_kind, word_row_kind,
    word_cell_kind, word_table_border_kind, word_cell_border_kind, word_object_kind, word_picture_same,
    word_link_kind, word_note_kind, word_bookmark_kind, word_toc_kind, word_field_kind, word_document_kind,
    word_style_kind;

enum { WORD_N_KINDS = 173 };
extern const struct check_kind word_kinds[WORD_N_KINDS];
void word_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context);

#endif
