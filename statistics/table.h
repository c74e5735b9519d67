/* SPDX-License-Identifier: Apache-2.0 */
/* A table of a report: named columns and rows of finished texts. Every output format writes the same table. */
#ifndef KAOCHANG_STATISTICS_TABLE_H
#define KAOCHANG_STATISTICS_TABLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

enum table_kind {
    TABLE_TEXT,
    TABLE_NUMBER,  /* right-aligned; a plain number in JSON */
    TABLE_PERCENT, /* as TABLE_NUMBER; a per cent sign for people, none in CSV and JSON */
};

enum table_use { /* where a column stands */
    TABLE_EVERYWHERE,
    TABLE_FOR_PEOPLE, /* terminal and HTML */
    TABLE_FOR_DATA,   /* CSV and JSON */
    TABLE_BUT_SCREEN, /* everywhere but on the terminal, which is narrow */
    TABLE_ON_SCREEN,  /* on the terminal only: the short form of a TABLE_BUT_SCREEN column */
};

struct table_column {
    const char *key;  /* in JSON: "passRate" */
    const char *head; /* for people, translated */
    enum table_kind kind;
    enum table_use use;
    bool bar; /* a percentage that HTML draws too */
};

struct table_row {
    int level;         /* 0 is the outermost; the first column is indented by it */
    const char **cell; /* one for each column; "" where there is nothing to say */
    int64_t *bar;      /* hundredths of a per cent for columns with a bar, or -1 */
};

struct table {
    struct arena *arena;
    const struct table_column *column;
    size_t n_columns;
    struct table_row *row;
    size_t n_rows;
    bool nested; /* rows have levels */
};

/* An empty table with room for `max_rows`. The columns are borrowed. */
struct table *table_new(const struct table_column *column, size_t n_columns, size_t max_rows);
void table_free(struct table *t); /* NULL is fine */
/* A new last row whose cells are "" and whose bars are -1. */
struct table_row *table_add(struct table *t, int level);

/* Aligned by columns on a terminal, wide characters counted as two. */
void table_text(const struct table *t, struct bytes *out);
/* RFC 4180 in UTF-8 with a byte order mark, so that Excel and WPS take the Chinese right. */
void table_csv(const struct table *t, struct bytes *out);
/* The same without the mark, for a further table of a file. */
void table_csv_rows(const struct table *t, struct bytes *out);
/* A JSON array of objects; no cell becomes null. */
void table_json(const struct table *t, int indent, struct bytes *out);
/* A <table> element. */
void table_html(const struct table *t, struct bytes *out);

/* A JSON string with its quotes. */
void table_json_text(struct bytes *out, const char *text);
/* The thin bar of a percentage as inline SVG, 0..10000 hundredths. */
void svg_bar(struct bytes *out, int64_t hundredths);

#endif
