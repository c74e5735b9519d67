/* SPDX-License-Identifier: Apache-2.0 */
/* Inside comparing: quantities with their units, and names that stand for values. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_COMPARE_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_COMPARE_INTERNAL_H

#include "scoring/practical/rules/compare.h"

enum quantity_unit {
    QUANTITY_PLAIN,  /* a number without a unit; n in millionths */
    QUANTITY_LENGTH, /* n in EMU */
    QUANTITY_CHARS,  /* n in hundredths of a character */
    QUANTITY_RATIO,  /* n in thousandths */
};

struct quantity {
    enum quantity_unit unit;
    int64_t n;
    double number;    /* as written, for a cell's number; 85% is 0.85 */
    int64_t emu_unit; /* of QUANTITY_LENGTH: the unit it is written in */
    bool percent;
};

/* Reads "12.5pt" from normalised text; false where it is none. */
bool quantity_read(const char *text, struct quantity *ret);
/* The largest length unit with a short name, or NULL: "cm" of 360000. */
const char *quantity_unit_name(int64_t emu_unit);

enum { COLOR_MAX_VALUES = 4 };
/* What a colour's name or hex stands for, at most COLOR_MAX_VALUES values; 0: unknown. */
size_t color_values(const char *text, int64_t ret[COLOR_MAX_VALUES]);
/* One name for all names of a font, lower case, without @ and _GB2312. */
const char *font_canonical(struct arena *a, const char *name);
/* The English word that families use, of a Chinese or other one. */
const char *token_canonical(struct arena *a, const char *word);
/* 1, 0, or -1 where it is neither. */
int yes_or_no(const char *text);

enum match {
    MATCH_EQUAL,
    MATCH_CONTAINS,
    MATCH_STARTS,
    MATCH_ENDS,
    MATCH_LIKE,
    MATCH_REGEX,
    MATCH_LESS,
    MATCH_AT_MOST,
    MATCH_MORE,
    MATCH_AT_LEAST,
    MATCH_RANGE,
    MATCH_SET,
    MATCH_HAS,
    MATCH_PRESENT,
    MATCH_ABSENT,
    MATCH_CHANGED,
    MATCH_UNCHANGED,
};

/* How far off may be; the largest that applies counts. */
struct allowance {
    int64_t length, chars100, ratio,
        whole;           /* EMU, hundredths, thousandths, steps of a colour or an integer */
    double number, part; /* of a cell's number; part of the expected value */
    bool given;
};

struct alternative {
    enum match match;
    bool negated;
    const char *text; /* normalised */
    struct quantity from, to;
    struct allowance allowance;
    int64_t color[COLOR_MAX_VALUES];
    size_t n_colors;
    const char **item;
    size_t n_items;
    bool yes;
};

struct expectation {
    const struct check_kind *kind;
    struct alternative *alternative;
    size_t n;
};

/* "*" any characters, "?" one. */
bool like_matches(const char *pattern, const char *text);
/* An alternative against a fact that was found. */
bool alternative_matches(const struct alternative *x, const struct check_kind *kind,
                         const struct fact_value *v, struct arena *scratch);
/* Adds what a tolerance's text allows; false where it does not fit the kind. */
bool allowance_read(const struct check_kind *kind, const char *text, struct allowance *ret);

#endif
