/* SPDX-License-Identifier: Apache-2.0 */
/* The paper of an exam: its rules and its parallel forms, as the document paper.xml (docs/formats.md). Written by the
 * assembly, carried in the package's paper and key parts, read by client, scoring and reports. */
#ifndef KAOCHANG_PAPERBANK_ITEM_PAPER_H
#define KAOCHANG_PAPERBANK_ITEM_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

struct paper_item { /* a reference to an item of the bank, as this exam uses it */
    const char *id;
    int64_t version; /* of the item in the bank */
    points_t points; /* maximum in this exam */
    const char *set; /* items of the same one follow each other, whatever their order; NULL: none */
};

enum paper_navigation {
    PAPER_FREE,  /* its items in any order */
    PAPER_LINEAR /* one after the other, no way back: QTI's navigationMode="linear" */
};

struct paper_section {
    const char *id, *title;
    int64_t time_s; /* its own limit inside the whole; 0: none */
    enum paper_navigation navigation;
    bool once; /* reenter="no": who leaves it does not come back */
    bool shuffle; /* each candidate has its items in an order of his own: paper_form_for */
    struct paper_item *item;
    size_t n_items;
};

struct paper_form {
    const char *id;
    struct paper_section *section;
    size_t n_sections;
};

struct paper {
    struct arena *arena; /* owns everything below */
    const char *id, *title;
    const char *ruleset;         /* scoring rules by name: "kaochang-1" */
    int64_t duration_s;          /* allowance of a candidate without extra time */
    int64_t earliest_hand_in_s;  /* time used before which nobody hands in; 0: any time */
    points_t points, pass, high; /* maximum, pass line, high-score line */
    bool calculator, notes;      /* the candidate may use a calculator, write scratch notes */
    bool tutorial;               /* the screens are explained before the start, untimed */
    const char **notice;         /* paragraphs the candidate reads before the start */
    size_t n_notices;
    struct paper_form *form;
    size_t n_forms;
};

#define PAPER_NS "urn:kaochang:paper:1"
#define PAPER_RULESET "kaochang-1"
enum { PAPER_MAX_ITEMS = 1000, PAPER_MAX_FORMS = 100, PAPER_MAX_TIME_S = 7 * 86400 };

/* An empty paper with its arena. */
struct paper *paper_new(void);
void paper_free(struct paper *p); /* NULL is fine */

/* Canonical bytes. ERR_DATA when a rule below is broken. */
MUST_CHECK int paper_write(const struct paper *p, struct bytes *out, struct err *e);
/* Reads and checks: at least one form, each form's points add up to the paper's, no item twice in a form, ids
 * are plain names, 0 <= pass <= high <= points, the times of a form's sections add up to the paper's duration
 * at most, a section with a rule of its own has items; bytes that do not re-serialise to themselves are
 * refused. */
MUST_CHECK int paper_read(struct paper **ret, const char *name, struct span data, struct err *e);

/* Form of that id, or NULL. */
const struct paper_form *paper_form(const struct paper *p, const char *id);
/* The form of that id as one candidate has it, or NULL: the items of sections that say so in an order that
 * depends on session, ticket and section alone, the same on every machine; items of a set stay together, in
 * theirs. Lives as long as the paper. */
const struct paper_form *paper_form_for(const struct paper *p, const char *id, const char *session,
                                        const char *ticket);
/* Items of a form over all sections, and the i-th of them with its section (ret_section may be NULL). */
size_t paper_form_items(const struct paper_form *f);
const struct paper_item *paper_form_item(const struct paper_form *f, size_t i, const struct paper_section **ret_section);
/* True if the section has a time of its own, is linear, or is left for good. */
bool paper_section_has_rules(const struct paper_section *s);

#endif
