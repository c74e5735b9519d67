/* SPDX-License-Identifier: Apache-2.0 */
/* The headings of a table of questions and the words in its cells, Chinese and English (docs/import.md).
 * Inner header of from-csv.c. */
#ifndef KAOCHANG_PAPERBANK_BANK_TABLE_COLUMNS_H
#define KAOCHANG_PAPERBANK_BANK_TABLE_COLUMNS_H

#include "base/arena.h"

enum table_column {
    COLUMN_ID,
    COLUMN_TYPE,
    COLUMN_TITLE,
    COLUMN_STEM,
    COLUMN_OPTION_A,
    COLUMN_OPTION_LAST = COLUMN_OPTION_A + 7,
    COLUMN_KEY,
    COLUMN_TOLERANCE,
    COLUMN_UNIT,
    COLUMN_SCORING,
    COLUMN_SHUFFLE,
    COLUMN_POINTS,
    COLUMN_KNOWLEDGE_POINT,
    COLUMN_LEVEL,
    COLUMN_FACILITY,
    COLUMN_DISCRIMINATION,
    COLUMN_TIME,
    COLUMN_EXPLANATION,
    COLUMN_PICTURE,
    COLUMN_PICTURE_WORDS,
    COLUMN_ENEMIES,
    COLUMN_RUBRIC,
    COLUMN_IRT,
    COLUMN_ATTRIBUTES,
    COLUMN_NOTE, /* for people: not read */
    COLUMNS,
    COLUMN_UNKNOWN = COLUMNS,
};

enum table_type {
    TYPE_SINGLE,
    TYPE_MULTIPLE,
    TYPE_TRUE_FALSE,
    TYPE_FILL,
    TYPE_NUMERIC,
    TYPE_ORDER,
    TYPE_MATCH,
    TYPE_CLOZE,
    TYPE_ESSAY,
    TYPE_UPLOAD,
    TYPE_UNKNOWN
};

/* By the words of a heading: width of letters, case, spaces and what stands in brackets behind do not matter.
 */
enum table_column table_column_of(struct arena *a, const char *heading);
const char *table_column_name(enum table_column c); /* as the template writes it */
enum table_type table_type_of(struct arena *a, const char *word);
/* "remember", … for 记忆 and the like; NULL for another word. */
const char *table_level_of(struct arena *a, const char *word);
/* 1 yes, 0 no, -1 neither: 对 错 正确 错误 √ × T F 是 否 yes no 1 0. */
int table_truth_of(struct arena *a, const char *word);
/* NFKC, lower case, without any white space. */
char *table_word(struct arena *a, const char *text);

#endif
