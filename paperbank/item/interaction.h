/* SPDX-License-Identifier: Apache-2.0 */
/* The body of an item as a renderer walks it, and the interactions in it: every one of QTI 2.2 ("Assessment
 * Test, Section and Item Information Model", 1EdTech, sections 3.2 and 3.3). Plain data in the item's arena.
 */
#ifndef KAOCHANG_PAPERBANK_ITEM_INTERACTION_H
#define KAOCHANG_PAPERBANK_ITEM_INTERACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a renderer walks. Blocks and inlines are mixed as the document has them. */
enum item_node_kind {
    NODE_TEXT,  /* text: white space collapsed as HTML does it, except inside NODE_PREFORMATTED */
    NODE_GROUP, /* a block that only holds others (div, prompt's content, rubric for candidates) */
    NODE_SPAN,  /* an inline that only holds others */
    NODE_PARAGRAPH,
    NODE_HEADING, /* number: level 1..6 */
    NODE_LIST,    /* number: 1 ordered, 0 not; children are NODE_LIST_ITEM */
    NODE_LIST_ITEM,
    NODE_TABLE, /* children are NODE_ROW, perhaps one NODE_CAPTION first */
    NODE_CAPTION,
    NODE_ROW,  /* children are NODE_CELL */
    NODE_CELL, /* number: columns spanned, at least 1; header: is a th */
    NODE_PREFORMATTED,
    NODE_QUOTE,
    NODE_RULE,
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_CODE,
    NODE_SUB,
    NODE_SUP,
    NODE_BREAK,
    NODE_IMAGE,       /* source, text: the words that stand for it; width and height in pixels, 0: not said */
    NODE_INTERACTION, /* interaction */
    NODE_GAP,         /* inside a gap match: number is the index into its targets */
    NODE_HOTTEXT,     /* inside a hottext: number is the index into its choices; children are its words */
    NODE_PRINTED, /* printedVariable: text names the variable, format may be NULL; gone after item_instantiate
                   */
    NODE_TEMPLATE, /* templateBlock, templateInline: content shown by condition; gone after item_instantiate
                    */
    NODE_FEEDBACK, /* feedbackBlock, feedbackInline: content shown by condition, never before the answer */
    NODE_UNSUPPORTED, /* text: the name of an element that this version cannot show; content as children */
};

/* Shown if (show) or unless (!show) the variable's value is, or holds, the identifier. */
struct item_condition {
    const char *variable, *identifier;
    bool show;
};

struct item_interaction;

struct item_node {
    enum item_node_kind kind;
    unsigned line; /* of the element; 0 for texts */
    const char *text, *source, *format;
    int64_t number, width, height;
    bool header;
    const struct item_condition *condition; /* NODE_TEMPLATE and NODE_FEEDBACK */
    struct item_interaction *interaction;
    struct item_node *child, *next;
};

enum item_interaction_kind {
    INTERACTION_CHOICE,    /* choice */
    INTERACTION_ORDER,     /* choice: put into an order */
    INTERACTION_ASSOCIATE, /* choice: pairs of them, without direction */
    INTERACTION_MATCH,     /* choice × target: directed pairs "choice target" */
    INTERACTION_GAP_MATCH, /* choice (gapText, gapImg) into target (gaps in content): directed pairs "choice
                              gap" */
    INTERACTION_INLINE_CHOICE, /* choice: one of them, in a line of text */
    INTERACTION_TEXT_ENTRY,
    INTERACTION_EXTENDED_TEXT,
    INTERACTION_HOTTEXT, /* choice: words in content */
    INTERACTION_SLIDER,
    INTERACTION_UPLOAD,
    INTERACTION_HOTSPOT,           /* picture, choice with areas */
    INTERACTION_SELECT_POINT,      /* picture */
    INTERACTION_GRAPHIC_ORDER,     /* picture, choice with areas */
    INTERACTION_GRAPHIC_ASSOCIATE, /* picture, choice with areas */
    INTERACTION_GRAPHIC_GAP_MATCH, /* picture, choice (gapImg, gapText), target with areas */
    INTERACTION_POSITION_OBJECT,   /* picture */
    INTERACTION_OTHER,             /* recognised by name only: drawing, media, endAttempt, custom */
};

/* A thing that is chosen, ordered, paired or put into a gap; or a gap, or the other side of a match. */
struct item_choice {
    const char *identifier;
    unsigned line;
    bool fixed;                   /* stays in its place when the others are shuffled */
    struct item_node *content;    /* of a hottext: its words; of a gap: NULL */
    int64_t match_max, match_min; /* how often it may and must be paired; max 0: any number; a gap: 1 */
    const char *const *group;     /* matchGroup: identifiers that it may be paired with; n_groups 0: any */
    size_t n_groups;
    const char *shape, *coords;             /* of an area on a picture, else NULL */
    const struct item_condition *condition; /* templateIdentifier: shown by condition; NULL: always */
    const char *label;                      /* hotspotLabel, objectLabel, or NULL */
};

enum item_text_format { FORMAT_PLAIN, FORMAT_PREFORMATTED, FORMAT_XHTML };

struct item_interaction {
    enum item_interaction_kind kind;
    const char *name;     /* of the element: "choiceInteraction" */
    const char *response; /* responseIdentifier */
    unsigned line;
    struct item_node *prompt; /* NULL: none */
    /* gap match and hottext: the text with NODE_GAP or NODE_HOTTEXT in it; position object: what is put; else
     * NULL */
    struct item_node *content;
    bool shuffle;
    /* How many are chosen, ordered or paired (maxChoices, maxAssociations; strings of an extended text:
     * maxStrings). max 0: any number. For an order with min 0 all must be ordered. An inline choice that is
     * `required` has min 1. */
    int64_t max_choices, min_choices;
    struct item_choice *choice, *target;
    size_t n_choices, n_targets;
    /* text entry, extended text */
    int64_t expected_length, expected_lines; /* characters, lines; 0: not said */
    bool normalize;                          /* class kc-normalize: NFKC and trim before matching */
    const char *pattern, *placeholder;       /* patternMask, placeholderText; NULL: none */
    enum item_text_format format;
    /* slider: numbers as the document has them; item_read has checked them, item_read_lenient has not */
    const char *lower, *upper, *step;    /* step NULL: none said */
    bool vertical, reverse, step_labels; /* vertical: of choices and an order too */
    /* upload: media types, NULL: any */
    const char *types;
    /* graphic ones: the picture */
    const struct item_node *picture; /* NODE_IMAGE, or NULL */
    struct item_interaction *next;
};

#endif
