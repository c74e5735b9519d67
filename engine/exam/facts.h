/* SPDX-License-Identifier: Apache-2.0 */
/* What the bank knew about the items of an exam when it was assembled: items.csv of the exam's folder. The
 * report is made of it, so that it stays what it was when the bank learns more; a spreadsheet reads it too.
 */
#ifndef KAOCHANG_ENGINE_EXAM_FACTS_H
#define KAOCHANG_ENGINE_EXAM_FACTS_H

#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/bank/bank.h"
#include "paperbank/item/paper.h"

#define EXAM_FACTS "items.csv"
enum { EXAM_FACTS_MAX_BYTES = 32 << 20 };

/* Texts are never NULL, "" is unknown; numbers are thousandths or seconds, BANK_UNKNOWN where unknown. */
struct exam_fact {
    const char *id, *title;
    int64_t version;
    const char *kind, *level;
    const char *point, *point_title; /* knowledge point */
    const char *area, *area_title;   /* the knowledge point of the first depth above it */
    int64_t facility, discrimination, expected_s;
    struct bank_irt irt;
    int64_t exams; /* others that had used it before */
};

struct exam_facts {
    struct arena *arena;    /* owns everything below */
    struct exam_fact *item; /* sorted by id, each once */
    size_t n;
};

/* Of every item that a form of the paper has. Free it. */
MUST_CHECK int exam_facts_gather(struct exam_facts **ret, const struct paper *p, struct bank *bank,
                                 struct err *e);
void exam_facts_write(const struct exam_facts *f, struct bytes *out);
/* ERR_DATA with name:line for what exam_facts_write would not have written. */
MUST_CHECK int exam_facts_read(struct exam_facts **ret, const char *name, struct span data, struct err *e);
void exam_facts_free(struct exam_facts *f); /* NULL is fine */

/* NULL: not among them. */
const struct exam_fact *exam_fact(const struct exam_facts *f, const char *id);

#endif
