/* SPDX-License-Identifier: Apache-2.0 */
/* `kaochang-score facts`: what our readers see in an office file, asked one line at a time. Each family of
 * questions is a table in a file of its own (facts-slides.c), listed in facts.c. */
#ifndef KAOCHANG_CLI_SCORE_FACTS_H
#define KAOCHANG_CLI_SCORE_FACTS_H

#include <jansson.h>

#include "scoring/practical/fact.h"
#include "scoring/practical/parts.h"

struct facts_file;

/* The file's name as it was given, and its bytes: borrowed, for as long as the file. */
const char *facts_name(const struct facts_file *f);
struct span facts_bytes(const struct facts_file *f);
/* The document as that family reads it, and the parts as they stand: opened at the first call, closed with
 * the file. A failure is the same at each call. */
MUST_CHECK int facts_document(struct facts_file *f, const struct practical_family *family, void **ret,
                              struct err *e);
MUST_CHECK int facts_parts(struct facts_file *f, struct parts **ret, struct err *e);

/* One kind of question. `locator` is borrowed and may be of any type, NULL when the line has none.
 * `*ret_value` is a new reference, JSON null for what is not there. An error is told in the line's answer,
 * with its fault. */
typedef int facts_fn(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e);
struct facts_row {
    const char *check;
    facts_fn *find;
};

/* Each ends with check NULL. */
extern const struct facts_row facts_sheet[], facts_slides[], facts_word[], facts_notice[], facts_odf[];

/* Helpers for locators: a member of an object (NULL where there is none, or it is no such thing). */
const char *facts_text(const json_t *locator, const char *member);
/* Its number, or `otherwise`. */
int64_t facts_number(const json_t *locator, const char *member, int64_t otherwise);

#endif
