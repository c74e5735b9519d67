/* SPDX-License-Identifier: Apache-2.0 */
/* A QTI assessmentTest: its model and its reader, after QTI 2.1 and 2.2 ("Assessment Test, Section
 * and Item Information Model", 1EdTech, section 3.1 "tests"); documents of 3.0 arrive with their
 * names mapped. Everything in a test lives until test_close. */
#ifndef KAOCHANG_PAPERBANK_TEST_TEST_H
#define KAOCHANG_PAPERBANK_TEST_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"
#include "paperbank/item/item.h"

extern const struct xml_limits test_limits; /* 8 MiB, 100,000 elements, depth 60: of each document */
enum {
    TEST_MAX_PROBLEMS = 64,
    TEST_MAX_NODES = 20000,  /* parts, sections and item references in all */
    TEST_MAX_WEIGHTS = 200,  /* of one item reference */
    TEST_MAX_DEPTH = 32,     /* of sections in sections, references to sections included */
    TEST_MAX_DOCUMENTS = 200 /* the test and the sections in files of their own */
};

enum test_node_kind { TEST_PART, TEST_SECTION, TEST_ITEM };
enum test_navigation { NAVIGATION_LINEAR, NAVIGATION_NONLINEAR };
enum test_submission { SUBMISSION_INDIVIDUAL, SUBMISSION_SIMULTANEOUS };

struct test_time {               /* timeLimits, in milliseconds */
    bool has_min, has_max, late; /* late: allowLateSubmission */
    int64_t min_ms, max_ms;
    unsigned line; /* 0: there are none */
};

struct test_control {     /* itemSessionControl, what was inherited filled in */
    int64_t max_attempts; /* 0: any number */
    bool show_feedback, allow_review, show_solution, allow_comment, allow_skipping, validate_responses;
    unsigned line; /* of the nearest itemSessionControl; 0: all are QTI's defaults */
};

/* An expression of the test: its element and the document that holds it, for messages and for
 * compiling. */
struct test_expression {
    const struct xml_doc *doc;
    const struct xml_node *node; /* NULL where the rule had none, which is a fault */
    unsigned line;
};

enum test_target { TARGET_NODE, TARGET_EXIT_SECTION, TARGET_EXIT_PART, TARGET_EXIT_TEST };

struct test_node;

struct test_branch {
    struct test_expression when;
    enum test_target to;
    const char *target;           /* as written */
    const struct test_node *node; /* of TARGET_NODE; NULL when there is none of that name */
};

struct test_weight {
    const char *identifier, *value; /* value: the text of a float */
};

struct test_mapping { /* variableMapping: the item's `source` is read under the name `target` */
    const char *source, *target;
};

struct test_default { /* templateDefault */
    const char *identifier;
    struct test_expression value;
};

/* Words for people: a rubricBlock or the inside of a testFeedback. `content` is an item without
 * interactions whose body holds them, so that a screen shows them as it shows any body. */
struct test_words {
    struct item *content;
    const char *view; /* of a rubric: "candidate", "author scorer", … ; "" for feedback */
    const char *use;
    unsigned line;
};

struct test_feedback {
    const char *outcome, *identifier, *title;
    bool show;   /* else it is hidden when the identifier matches */
    bool at_end; /* access="atEnd", else "during" */
    struct test_words words;
};

struct test_node {
    enum test_node_kind kind;
    const char *identifier, *title; /* title "" where there is none */
    const struct xml_doc *doc;
    const struct xml_node *element,
        *ref; /* ref: the assessmentSectionRef in whose place it stands, or NULL */
    unsigned line;
    struct test_node *parent, *child, *next;
    size_t order; /* in the document: a branch may only go to a higher one */
    size_t end;   /* order past the last one inside */
    /* parts */
    enum test_navigation navigation;
    enum test_submission submission;
    /* sections */
    bool visible, keep_together;
    bool selects, with_replacement;
    int64_t select;
    bool shuffle;
    /* sections and items */
    bool required, fixed;
    /* items */
    const char *href; /* path inside the package, or as written where it leaves it */
    const char *const *category;
    size_t n_categories;
    struct test_weight *weight;
    size_t n_weights;
    struct test_mapping *mapping;
    size_t n_mappings;
    struct test_default *defaults;
    size_t n_defaults;
    /* all */
    struct test_expression *precondition;
    size_t n_preconditions;
    struct test_branch *branch;
    size_t n_branches;
    struct test_time time;
    struct test_control control;
    struct test_words *rubric;
    size_t n_rubrics;
    struct test_feedback *feedback; /* of parts */
    size_t n_feedbacks;
};

struct test_problem {
    const char *file;
    unsigned line;
    const char *what;
};

struct test {
    struct arena *arena;
    const char *identifier, *title;
    const char *qti;           /* "2.1", "2.2", "3.0" */
    const char *name;          /* for messages */
    const char *path;          /* inside the package: what hrefs are relative to */
    const struct xml_doc *doc; /* of the assessmentTest itself */
    struct item *scope;        /* holds the test's outcome declarations and document, as if it were an item */
    struct test_time time;
    struct test_node *part; /* linked by next */
    size_t n_nodes, n_items;
    struct test_node **node;                   /* all in document order: node[i]->order == i */
    struct test_node **sorted;                 /* by identifier, then order */
    const struct xml_node *outcome_processing; /* NULL: none */
    struct test_feedback *feedback;
    size_t n_feedbacks;
    struct test_problem problem[TEST_MAX_PROBLEMS];
    size_t n_problems;
    struct xml_doc *document[TEST_MAX_DOCUMENTS];
    size_t n_documents;
};

/* How a reader reaches the other files of the package. Paths are inside the package:
 * "items/q1.xml". */
struct test_source {
    void *context;
    /* The whole file, at most `max` bytes; ERR_DATA or ERR_ENV when it cannot be had. */
    int (*open)(void *context, const char *path, size_t max, struct bytes *ret, struct err *e);
    /* Whether it is there; NULL: dangling references are not looked for. */
    bool (*exists)(void *context, const char *path);
};

/* Reads a test. `name` stands in messages, `path` is its place in the package ("tests/t.xml").
 * Refused at once: what is not well-formed, a DOCTYPE, what is past the limits, another kind of
 * document. Faults inside (an identifier twice, a reference to nothing, a branch backwards, a
 * selection of more than there is, …) are all gathered with their lines; test_read then refuses
 * with the first, test_read_lenient keeps them in `problem`. `source` NULL: references to sections
 * are faults and those to items are not looked at. */
MUST_CHECK int test_read(struct test **ret, const char *name, const char *path, struct span data,
                         const struct test_source *source, struct err *e);
MUST_CHECK int test_read_lenient(struct test **ret, const char *name, const char *path, struct span data,
                                 const struct test_source *source, struct err *e);
/* The test at `path` below the folder `root`, which is the package. */
MUST_CHECK int test_read_folder(struct test **ret, const char *root, const char *path, bool lenient,
                                struct err *e);
void test_close(struct test *t); /* NULL is fine */
/* True if the bytes look like an assessmentTest rather than an item or a manifest (its root
 * element's name). */
bool test_recognised(struct span data);

/* Appends the test as one QTI 2.2 document: sections of other files in their places, and as href of each item
 * what the function says (NULL: as it was). `data` are the bytes that the test was read from, and come out
 * where nothing had to be changed. The test is for closing afterwards. */
typedef const char *test_href_fn(void *context, const struct test_node *item);
void test_normal(struct test *t, struct span data, test_href_fn *href, void *context, struct bytes *out);

const struct test_node *test_find(const struct test *t, const char *identifier);
/* "assessmentItemRef", "assessmentSection", "testPart". */
const char *test_node_name(const struct test_node *n);
/* The part that holds it (itself for a part). */
const struct test_node *test_part_of(const struct test_node *n);
/* True if the rubric is for candidates. */
bool test_rubric_for_candidates(const struct test_words *rubric);

/* The path in the package that `href` means in the document at `path`: percent signs decoded, dots
 * resolved. NULL for what leaves the package, is absolute, or has a scheme or control characters.
 */
const char *test_href(struct arena *a, const char *path, const char *href);

#endif
