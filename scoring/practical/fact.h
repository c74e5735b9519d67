/* SPDX-License-Identifier: Apache-2.0 */
/* What a check looks at: a fact of a candidate's work, resolved to what a person sees, and where it was
 * found.
 *
 * A kind of check is one row: a name ("word.size"), the row of the design's table ("W5"), the type of its
 * value, the locators it takes, and a function that finds it. Comparing with what the rule expects, units,
 * tolerances and alternatives are the same for all kinds (compare.h), so a new kind is one function and one
 * row.
 */
#ifndef KAOCHANG_SCORING_PRACTICAL_FACT_H
#define KAOCHANG_SCORING_PRACTICAL_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* ---- where: what a rule's attributes name ---- */

/* "paragraph" = "3", "paragraph-text" = "关于", "sheet" = "成绩表", "cell" = "B3", "slide" = "2" … Indexes
 * count from 1. By text: the first that contains it, after NFKC and without white space. */
struct locator_key {
    const char *name, *value;
};
struct locator {
    const struct locator_key *key;
    size_t n;
};
const char *locator_get(const struct locator *at, const char *name); /* NULL when absent */
/* An index from 1; `otherwise` when absent; -1 when it is no number from 1 to a million. */
int64_t locator_index(const struct locator *at, const char *name, int64_t otherwise);

/* ---- what ---- */

enum fact_type {
    FACT_TEXT,  /* compared after NFKC, white space runs to one, trimmed */
    FACT_TOKEN, /* one of a fixed set of English words: "center", "landscape" */
    FACT_FONT,  /* a font's name; 宋体 = SimSun */
    FACT_BOOL,
    FACT_INTEGER,
    FACT_NUMBER, /* of a cell: a double; compared with a tolerance */
    FACT_LENGTH, /* EMU (914,400 to the inch; 12,700 to the point; 635 to the twip; 360,000 to the cm) */
    FACT_RATIO,  /* thousandths: 1.5 lines are 1500, 120 % are 1200 */
    FACT_COLOR,  /* 0xRRGGBB; -1: automatic (black as text, none as a fill) */
    FACT_LIST,   /* texts in order: rows of a table, names of sheets */
};

struct fact_value {
    enum fact_type type;
    const char *text;  /* TEXT, TOKEN, FONT */
    int64_t integer;   /* BOOL, INTEGER, LENGTH, RATIO, COLOR */
    double number;     /* NUMBER */
    const char **item; /* LIST */
    size_t n_items;
    /* LENGTH told in characters by the file (二字符), hundredths; 0: not. em: the font size there, EMU, so
     * that "2 characters" and "24 pt" compare; 0: unknown. */
    int64_t chars100, em;
    /* RATIO and LENGTH share a check where a file may say either (line spacing): the type tells which. */
};

enum fact_state {
    FACT_FOUND,
    FACT_ABSENT,  /* what the locator names is not there, or has no such thing */
    FACT_UNKNOWN, /* it is there and cannot be told: a formula with an unknown function. `why` says it */
};

struct fact {
    enum fact_state state;
    struct fact_value value;
    const char *place; /* "word/document.xml, paragraph 3"; in English, part of the evidence; never NULL */
    const char *why;   /* of ABSENT and UNKNOWN, English: "no paragraph contains 关于"; else NULL */
};

/* ---- the candidate's files ---- */

struct practical_file {
    const char *path;  /* relative, "/" between folders, valid UTF-8 or mended; bytewise sorted in a folder */
    struct span bytes; /* from a folder on the disk: mapped, so that it costs memory only where looked at */
    uint64_t size;     /* real size; bytes.n is 0 where `skipped` is set */
    const char *skipped; /* why its bytes are not here: "larger than 64 MiB", "a link"; else NULL */
    bool folder, read_only, hidden; /* read-only: nobody may write it; hidden: the name begins with a dot */
    bool temporary;   /* of an office program or the desktop: ~$x.docx, .~lock.x.odt#, Thumbs.db */
    bool mapped;      /* bytes are mapped pages that madvise may give back */
    uint8_t hash[32]; /* BLAKE2b-256 of the bytes */
};
struct practical_folder {
    const struct practical_file *file; /* sorted bytewise by path */
    size_t n;
};
/* Exact path, then without regard to ASCII case, or NULL. */
const struct practical_file *practical_find(const struct practical_folder *f, const char *path);

/* ---- kinds ---- */

struct check_kind;
struct check_target {
    void *document; /* what the family's open gave; NULL for families without one */
    const struct practical_folder *folder, *start; /* the candidate's work, and the start files */
    const char *path;                              /* the file that the rule names */
    const struct check_kind *kind;
};

/* Finds the fact; values in the arena. Returns 0 also for ABSENT and UNKNOWN; ERR_DATA only for a locator or
 * an argument that makes no sense (the rule is wrong, not the work), and for a part that cannot be read
 * (practical_fault in e->code). `argument` is the rule's attribute `of` where the kind takes one (a word to
 * count, a query), else NULL. */
typedef int fact_fn(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e);

struct check_kind {
    const char *name;     /* "word.size" */
    const char *row;      /* of the design's table: "W5" */
    const char *label;    /* N_("font size"): for people */
    const char *locators; /* names it takes, blanks between: "paragraph paragraph-text run-text" */
    const char *argument; /* N_("the word to count"), or NULL when it takes none */
    enum fact_type type;
    bool number_may_be_ratio; /* LENGTH or RATIO, as the file says */
    const char *tolerance;    /* of its own when the rule names none: "0.5pt", "20twip", "0"; NULL: exact */
    fact_fn *find;
};

/* For the rule maker: every fact that a document holds and that a rule could ask, in document order. */
typedef void fact_sink_fn(void *context, const char *kind, const struct locator *at,
                          const struct fact *found);

/* A family of kinds that share one way of reading a file. */
struct practical_family {
    const char *name;       /* "word" */
    const char *extensions; /* "docx docm dotx odt fodt" */
    /* Reads the file into a document; NULL where kinds look at the folder itself. `name` stands in messages.
     */
    int (*open)(void **ret, const struct practical_folder *folder, const char *path, struct err *e);
    void (*close)(void *document);
    /* The day that counts as today, where the rules give one; NULL where nothing depends on it. */
    void (*set_day)(void *document, int32_t year, int32_t month, int32_t day);
    const struct check_kind *kind;
    size_t n_kinds;
    void (*enumerate)(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context);
};
extern const struct practical_family word_family, sheet_family, slides_family, files_family, web_family,
    database_family, typing_family;
/* All of them, ending with NULL. */
extern const struct practical_family *const practical_families[];
const struct check_kind *check_kind_find(const char *name, const struct practical_family **ret_family);

#endif
