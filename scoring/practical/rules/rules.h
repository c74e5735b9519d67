/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a practical task: which files are looked at, what is checked in them, and what it is worth
 * (docs/practical.md; data/schemas/practical.rng).
 *
 *   <rules xmlns="urn:kaochang:practical:1" id="notice" title="通知" points="20">
 *     <file id="f" path="通知.docx|通知.odt" start="通知.docx"/>
 *     <group title="标题" mode="sum" points="8">
 *       <check id="c1" kind="word.size" file="f" paragraph-text="关于" expect="二号" points="4"/>
 *       …
 *     <forbid id="x1" kind="word.text" file="f" paragraph="2" expect="changed" points="2"/>
 */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_RULES_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_RULES_H

#include "base/points.h"
#include "scoring/practical/fact.h"
#include "scoring/practical/rules/compare.h"

#define RULES_NS "urn:kaochang:practical:1"
#define RULES_NONE SIZE_MAX
enum {
    RULES_MAX_BYTES = 4 << 20,
    RULES_MAX_CHECKS = 2000,
    RULES_MAX_GROUPS = 500,
    RULES_MAX_FILES = 100,
    RULES_MAX_DEPTH = 6, /* of groups in groups */
};

/* A file of the work. The first of its paths that is there and not as in the start folder is taken, else the
 * first that is there; "*" and "?" stand for other characters, and what office programs leave as locks
 * ("~$通知.docx") is never taken. */
struct rules_file {
    const char *id;
    const char *paths; /* as written: "通知.docx|通知.odt" */
    const char **path;
    size_t n_paths;
    const char *start;                     /* in the start folder; NULL: by its paths; "": there is none */
    const struct practical_family *family; /* NULL: only kinds that look at files as such */
    bool has_cap;
    points_t cap; /* its checks give no more */
    unsigned line;
};

enum rules_mode {
    RULES_SUM,
    RULES_ALL,  /* all or nothing */
    RULES_BEST, /* the best one of its checks and groups counts */
};

/* group[0] is the whole document. */
struct rules_group {
    const char *title; /* may be "" */
    enum rules_mode mode;
    size_t parent; /* RULES_NONE of group[0]; else smaller than its own index */
    bool has_points, has_cap;
    points_t cap, maximum;
    uint32_t order; /* among the elements of the document */
    unsigned line;
};

enum rules_gate { GATE_NONE, GATE_GROUP, GATE_FILE, GATE_TASK };

struct rules_check {
    const char *id, *title; /* title: what people read; "" where the kind's label says enough */
    const struct check_kind *kind;
    const struct practical_family *family;
    size_t file, group; /* file: RULES_NONE where the kind needs none */
    const char *path;   /* instead of a file, for kinds that look at files as such; else NULL */
    struct locator at;
    const char *argument, *expect, *tolerance; /* as written; argument and tolerance may be NULL */
    struct expectation *expectation;
    bool has_points;
    points_t points;       /* that it gives; of a forbid: that it takes */
    bool forbid;           /* takes points away where the expectation is met */
    enum rules_gate gate;  /* of a forbid: takes all that its group, file or the task gave */
    bool unchanged_counts; /* gives points also for what was so in the start file: for what must stay */
    uint32_t order;
    unsigned line;
};

struct rules {
    struct arena *arena;              /* owns everything */
    const char *name;                 /* for messages */
    const char *id, *title, *version; /* version may be "" */
    const char *today; /* "2026-06-01": for TODAY and NOW in formulas that are computed; may be "" */
    int32_t day[3];    /* the same: year, month, day; 0 where it is not given */
    points_t points;
    struct rules_file *file;
    size_t n_files;
    struct rules_group *group;
    size_t n_groups;
    struct rules_check *check; /* in document order */
    size_t n_checks;
};

/* Told once per fault, in the order they are found. */
typedef void rules_complaint_fn(void *context, unsigned line, const char *message);

/* Reads and checks: schema, kinds, locators, expectations, ids, sums of points. Every fault is told to
 * `complain` (NULL is fine) with its line; the first one is in e, and then -ERR_DATA. */
MUST_CHECK int rules_read(struct rules **ret, const char *name, struct span data,
                          rules_complaint_fn *complain, void *context, struct err *e);
void rules_free(struct rules *r); /* NULL is fine */

/* Canonical bytes, one element a line: the same rules give the same bytes. */
MUST_CHECK int rules_write(const struct rules *r, struct bytes *out, struct err *e);

/* Puts points on groups and checks that have none of their own, and sums up. For rules made by a program;
 * rules_read does it. Faults as there. */
MUST_CHECK int rules_sum_up(struct rules *r, rules_complaint_fn *complain, void *context, struct err *e);

/* The title, or the kind's label in the interface's language. */
const char *rules_check_title(const struct rules_check *c);
const char *rules_mode_name(enum rules_mode mode); /* "sum", "all", "best" */
/* The family whose extensions hold that of `path`, or NULL. */
const struct practical_family *rules_family_of(const char *path);

#endif
