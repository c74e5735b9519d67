/* SPDX-License-Identifier: Apache-2.0 */
/* A question of another program on its way to QTI 2.2: what the readers of Moodle XML, GIFT and tables fill
 * in, and the one writer for all of them. Everything lives in the draft's arena. */
#ifndef KAOCHANG_PAPERBANK_BANK_DRAFT_H
#define KAOCHANG_PAPERBANK_BANK_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "paperbank/bank/foreign.h"
#include "paperbank/bank/fraction.h"

enum draft_kind {
    DRAFT_CHOICE, /* answers with content; in a line of text (draft.inside): with text, as an inline choice,
                     or if it is multiple below the text */
    DRAFT_TEXT,   /* answers with text */
    DRAFT_NUMBER, /* answers with low and high, or with a variable and a tolerance */
    DRAFT_MATCH, /* answers with content and text, what belongs to it; without content: a text that belongs to
                    nothing */
    DRAFT_ORDER, /* answers with content, in the right order */
    DRAFT_ESSAY,
    DRAFT_UPLOAD,
};

/* What earns a share in an order: nothing but the whole; each place; each pair that follows one another;
 * these, and the last in the last place. */
enum draft_order { ORDER_WHOLE, ORDER_PLACES, ORDER_NEXT, ORDER_NEXT_AND_LAST };

/* By the whole score: all of it, some, none. */
enum { DRAFT_RIGHT, DRAFT_PARTLY, DRAFT_WRONG, DRAFT_RESULTS };

enum draft_tolerance { TOLERANCE_ABSOLUTE, TOLERANCE_RELATIVE, TOLERANCE_GEOMETRIC };

struct draft_answer {
    const char *identifier; /* of a choice; NULL: A, B, C … */
    const char *content;    /* XHTML */
    const char *text;
    struct fraction share;  /* of the part's mark; num 0: wrong */
    const char *low, *high; /* of a number, both ends allowed; text is then the number to show as the key */
    const char *variable;   /* template variable that holds the right number, else NULL */
    const char
        *tolerance; /* decimal; of a relative one in per cent, of a geometric one the factor minus one */
    enum draft_tolerance kind;
    bool any;             /* whatever was typed */
    const char *feedback; /* XHTML, or NULL */
};

struct draft_part { /* one interaction */
    enum draft_kind kind;
    int64_t weight; /* of its mark among the parts; 0 counts as 1 */
    struct draft_answer *answer;
    size_t n_answers;
    bool multiple, shuffle;
    enum draft_order order;
    bool whole;          /* choices: all right or nothing, whatever their shares say */
    bool case_sensitive; /* text */
    bool wildcards;      /* "*" in a text stands for anything, "\*" for itself */
    bool normalize;      /* class kc-normalize */
    int64_t expected_length, expected_lines;
    const char *after; /* text behind a number's field: its unit; or NULL */
};

struct draft {
    struct arena *arena;
    unsigned line;
    const char *name;       /* what the question calls itself, for a refusal */
    const char *identifier; /* of the item */
    const char *title;
    const char *body; /* XHTML blocks; with `inside` a mark "0", "1" … where each part stands */
    bool inside;
    bool material; /* it asks nothing and has no parts */
    struct draft_part *part;
    size_t n_parts;
    const char *result[DRAFT_RESULTS];     /* XHTML for a learner by the score, or NULL */
    const char *note;                      /* what an office should know of it; or NULL */
    const char *explanation;               /* XHTML for a learner, or NULL */
    const char *rubric;                    /* XHTML for a scorer, or NULL */
    const char *declarations, *processing; /* template declarations and rules, or NULL */
    const char *fault;                     /* why it cannot be taken; the first one */
    struct span original;
    struct item_metadata metadata;
    bool has_metadata;
    struct package_file *picture;
    size_t n_pictures;
};

enum { DRAFT_MAX_ANSWERS = 500, DRAFT_MAX_PARTS = 64 };

/* Keeps the first fault; returns false. */
bool draft_fault(struct draft *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds an answer to a part, a part to a draft; zeroed. Never NULL; past the limits a fault is set and a spare
 * one returned. */
struct draft_answer *draft_answer_new(struct draft *d, struct draft_part *p);
struct draft_part *draft_part_new(struct draft *d, enum draft_kind kind);

/* The first words of a text on one line, for want of a title. */
const char *draft_short_title(struct arena *a, const char *words);
/* The words for true and false, in Chinese where the title or the body is. */
const char *draft_truth(const struct draft *d, bool truth);
/* The item, if there is no fault; otherwise, or where its answers make no sense, false with the fault set. */
bool draft_write(struct draft *d, struct bytes *out);
/* Writes the rest of an item: responseProcessing. `scale`: what a whole mark of weight 1 is worth (internal). */
void draft_write_rules(const struct draft *d, int64_t scale, struct bytes *out);
/* True if SCORE comes from the published template, whose name is *ret. */
bool draft_template(const struct draft *d, const char **ret);
/* What an answer's share earns in whole numbers. */
int64_t draft_worth(const struct draft_part *p, struct fraction share, int64_t scale);
/* "RESPONSE", or "RESPONSE2" where there are several parts. */
const char *draft_response(const struct draft *d, size_t part);
const char *draft_choice_id(const struct draft *d, const struct draft_part *p, size_t answer);
/* True if an answer has a feedback of its own. */
bool draft_tells(const struct draft *d);
/* How many pieces an order is scored in. */
size_t draft_order_pieces(const struct draft_part *p);
/* True if something is said by the score. */
bool draft_tells_result(const struct draft *d);
extern const char *const draft_result_name[DRAFT_RESULTS];
/* True if a text's answers need rules of their own instead of a mapping. */
bool draft_needs_rules(const struct draft_part *p);
/* A text with wildcards as a pattern of XML Schema, without regard to case of ASCII letters unless
 * case_sensitive. */
const char *draft_pattern(struct arena *a, const char *text, bool case_sensitive);

/* A draft to the sink: written and given as an item, or as a refusal. */
MUST_CHECK int draft_give(struct draft *d, const struct foreign_sink *sink, struct err *e);

/* Identifiers of questions that have none: the same words give the same one. `seen` tells repeats in one file
 * apart. */
struct draft_names {
    struct {
        uint64_t hash;
        uint32_t times;
    } * slot;
    size_t n, room;
};
const char *draft_identifier(struct draft_names *seen, struct arena *a, const char *prefix,
                             const char *words);
void draft_names_free(struct draft_names *seen);

/* Knowledge points of a category path, "Top/1.2 Files/…": the last part that begins with a code ("1.2")
 * decides, else codes under "import" are derived from the titles. Tells the sink; *ret "" for an empty path.
 */
MUST_CHECK int draft_category(const char *path, struct arena *a, const struct foreign_sink *sink,
                              const char **ret, struct err *e);

#endif
