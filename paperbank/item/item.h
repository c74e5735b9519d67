/* SPDX-License-Identifier: Apache-2.0 */
/* An assessment item: the model and the reader of QTI 2.0, 2.1, 2.2 and 3.0 (1EdTech), whose names are all
 * those of 2.2 once it is read (qti.h). The model holds what delivery, scoring and the bank need; the
 * document itself stays attached, since rules (responseProcessing, templateProcessing) are evaluated on its
 * elements. Everything in an item lives until item_free. */
#ifndef KAOCHANG_PAPERBANK_ITEM_ITEM_H
#define KAOCHANG_PAPERBANK_ITEM_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"
#include "base/xml.h"
#include "paperbank/item/interaction.h"
#include "paperbank/item/qti.h"

/* What is read at most; a document beyond is refused before it is looked at. */
extern const struct xml_limits item_limits; /* 2 MiB, 20,000 elements, depth 60 */
enum { ITEM_MAX_PROBLEMS = 32 };

enum item_cardinality { CARDINALITY_SINGLE, CARDINALITY_MULTIPLE, CARDINALITY_ORDERED, CARDINALITY_RECORD };

enum item_base {
    BASE_NONE, /* records, and outcomes that do not say */
    BASE_IDENTIFIER,
    BASE_BOOLEAN,
    BASE_INTEGER,
    BASE_FLOAT,
    BASE_STRING,
    BASE_POINT,
    BASE_PAIR,
    BASE_DIRECTED_PAIR,
    BASE_DURATION,
    BASE_FILE,
    BASE_URI,
};

/* A value as the document writes it, trimmed; the evaluator gives it its type. */
struct item_value {
    const char *text;
    const char *field;   /* of a record, else NULL */
    enum item_base base; /* of a record's field, else that of the declaration */
};

struct item_map_entry {
    const char *key, *value;
    bool case_sensitive;
};

struct item_mapping {
    const char *lower, *upper, *fallback; /* lowerBound, upperBound (NULL: none), defaultValue ("0") */
    struct item_map_entry *entry;
    size_t n;
};

struct item_area {
    const char *shape, *coords, *value;
};

struct item_area_mapping {
    const char *lower, *upper, *fallback;
    struct item_area *area;
    size_t n;
};

struct item_lookup_entry {
    const char *source, *target;
    bool include_boundary; /* interpolation tables only */
};

struct item_lookup {
    bool interpolation;   /* else a match table */
    const char *fallback; /* NULL: NULL */
    struct item_lookup_entry *entry;
    size_t n;
};

enum item_declared { DECLARED_RESPONSE, DECLARED_OUTCOME, DECLARED_TEMPLATE };

struct item_declaration {
    enum item_declared what;
    const char *identifier;
    enum item_cardinality cardinality;
    enum item_base base;
    unsigned line;
    struct item_value *correct, *initial; /* correctResponse, defaultValue */
    size_t n_correct, n_initial;
    struct item_mapping *mapping;   /* NULL: none */
    struct item_area_mapping *area; /* NULL: none */
    struct item_lookup *lookup;     /* NULL: none */
    const char *normal_maximum;     /* of an outcome, or NULL */
    const char *external_scored;    /* of an outcome: "human", "externalMachine", or NULL */
};

/* What an item asks for, derived from its interactions (docs/paperbank-item.md). */
enum item_kind {
    ITEM_SINGLE,
    ITEM_MULTIPLE,
    ITEM_TRUE_FALSE,
    ITEM_FILL,   /* text entries, not all of them numbers */
    ITEM_NUMBER, /* text entries whose responses are all integer or float */
    ITEM_ORDER,
    ITEM_ASSOCIATE,
    ITEM_MATCH,
    ITEM_GAP_MATCH,
    ITEM_INLINE, /* one or more inline choices */
    ITEM_ESSAY,  /* extended text */
    ITEM_HOTTEXT,
    ITEM_SLIDER,
    ITEM_UPLOAD,
    ITEM_GRAPHIC, /* any graphic interaction */
    ITEM_MIXED,   /* several kinds, or several choice interactions */
    ITEM_MATERIAL, /* a body without interactions and without rules: a text for other items */
    ITEM_OTHER,   /* rules without interaction, or an interaction that is recognised by name only */
};
enum { ITEM_KINDS = ITEM_OTHER + 1 };

struct item_feedback { /* modalFeedback */
    const char *outcome, *identifier;
    bool show; /* else it is hidden when the identifier matches */
    struct item_node *content;
};

struct item_problem {
    unsigned line;
    const char *what;
};

enum item_template_rules {
    RULES_NONE,
    RULES_MATCH_CORRECT,
    RULES_MAP_RESPONSE,
    RULES_MAP_RESPONSE_POINT,
    RULES_MATCH_NOTHING, /* not 1EdTech's: full score for no response; never in sealed exams */
    RULES_MATCH_BASIC, /* Common Cartridge's CC2_match_basic: MAXSCORE for the correct response, FEEDBACKBASIC
                        */
    RULES_CUSTOM
};

struct item {
    struct arena *arena;
    struct xml_doc *doc;            /* with the names of QTI 2.2, whatever the version */
    struct span normal;             /* its QTI 2.2 bytes: item_normal */
    const char *identifier, *title; /* title "" when absent */
    const char *qti;                /* "2.0", "2.1", "2.2", "3.0" */
    bool adaptive;
    enum item_kind kind;
    struct item_declaration *declaration;
    size_t n_declarations;
    struct item_node *body;               /* NODE_GROUP, or NULL without itemBody */
    struct item_interaction *interaction; /* linked, in document order */
    struct item_feedback *feedback;
    size_t n_feedbacks;
    const struct xml_node *response_processing, *template_processing; /* NULL: none */
    enum item_template_rules rules; /* by the template's name; RULES_CUSTOM for rules written out */
    struct item_problem problem[ITEM_MAX_PROBLEMS];
    size_t n_problems;
};

/* Reads an item. `name` (a path) stands in messages. Refused at once: what is not well-formed, a DOCTYPE,
 * what is past item_limits, another kind of document. Faults inside (a responseIdentifier without
 * declaration, an identifier declared twice, two correct values for cardinality single, a mapping without
 * entries, a correct value that is no choice, …) are all gathered; item_read then refuses with the first,
 * item_read_lenient keeps them in `problem`. */
MUST_CHECK int item_read(struct item **ret, const char *name, struct span data, struct err *e);
MUST_CHECK int item_read_lenient(struct item **ret, const char *name, struct span data, struct err *e);
/* The same from a file; its size is looked at before it is read. */
MUST_CHECK int item_read_file(struct item **ret, const char *path, struct err *e);
MUST_CHECK int item_read_file_lenient(struct item **ret, const char *path, struct err *e);
void item_free(struct item *item); /* NULL is fine */

/* Appends the QTI 2.2 bytes of an item: its own where it already is QTI 2.2 in UTF-8, else mapped
 * (qti_write). Parts that are not understood are kept. Reading them gives the same item, and writing that the
 * same bytes. */
void item_normal(const struct item *item, struct bytes *out);

/* Where an item can be answered. TERMINAL: on a text screen. GRAPHIC: it asks for a place on a picture;
 * imported, scored and marked, but not delivered. NOTHING: it has no body or no interaction (words only, or
 * rules only); kept, but there is nothing to deliver. NONE: not at all; an import refuses it. For all but the
 * first *e says (ERR_DATA) what is in the way ("item k1 uses drawingInteraction, which this version cannot
 * deliver"). */
enum item_delivery { DELIVERY_TERMINAL, DELIVERY_GRAPHIC, DELIVERY_NOTHING, DELIVERY_NONE };
enum item_delivery item_delivery(const struct item *item, struct err *e);
/* "terminal", "graphic", "nothing", "none". */
const char *item_delivery_name(enum item_delivery delivery);
/* 0 for DELIVERY_TERMINAL, else ERR_DATA. */
MUST_CHECK int item_deliverable(const struct item *item, struct err *e);

/* A person gives the points: SCORE is declared externalScored="human", or there are no rules and all
 * interactions are extended texts and uploads. */
bool item_needs_marker(const struct item *item);
/* Values are put into its text before it is shown: it has template processing or declares template variables.
 */
bool item_is_template(const struct item *item);

/* Refuses an item that a sealed exam must not use: one that item_deliverable refuses, one without response
 * processing or without an outcome SCORE (unless item_needs_marker), and rules with operators that two
 * machines may round differently, with random numbers or with custom operators; and an item that asks for a
 * file or for more responses than a journal takes (RESPONSE_MAX_VARIABLES). For assembly and packing. */
MUST_CHECK int item_sealed(const struct item *item, struct err *e);
/* The same of a practical item: one that has a task (task.h) and whose files are scored by its own rules. It
 * needs no response processing, and has one uploadInteraction and no other. */
MUST_CHECK int item_sealed_practical(const struct item *item, struct err *e);

const struct item_declaration *item_find(const struct item *item, enum item_declared what,
                                         const char *identifier);
/* "identifier", "boolean", …; BASE_NONE for NULL and for names that are none. */
enum item_base item_base_named(const char *name);
const char *item_base_name(enum item_base base); /* NULL for BASE_NONE */
/* The interaction that fills that response, or NULL. */
const struct item_interaction *item_interaction_for(const struct item *item, const char *response);
/* What SCORE can reach: MAXSCORE's default, else SCORE's normalMaximum, else the sum over the responses whose
 * mapping or area mapping the rules use of the best that can be answered (docs/paperbank-item.md), else 1.
 * ERR_DATA where the number has more than three decimals or is not above zero. */
MUST_CHECK int item_max_score(const struct item *item, points_t *ret, struct err *e);
/* "single", "multiple", "truefalse", "fill", "number", "order", "associate", "match", "gapmatch", "inline",
 * "essay", "hottext", "slider", "upload", "graphic", "mixed", "material", "other". */
const char *item_kind_name(enum item_kind kind);
/* All words of a node and its children on one line, into the arena: for lists and search. */
char *item_node_text(const struct item_node *n, struct arena *a);

/* The order in which a candidate sees the choices: order[i] is the index of the choice at place i. The
 * document's order unless `shuffle`; `fixed` choices keep their places. Depends only on the seed's bytes
 * (derived by the caller from package, ticket and item) and the interaction's response identifier. `order`
 * has n_choices places. The key has no part in it: a shuffled order may by chance be the correct one. */
void item_choice_order(const struct item_interaction *i, struct span seed, uint32_t *order);
/* The same for the second set of a match, with n_targets places; the gaps of a gap match are never moved. */
void item_target_order(const struct item_interaction *i, struct span seed, uint32_t *order);

#endif
