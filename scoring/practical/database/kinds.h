/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of the family "database"; inside this folder only. */
#ifndef KAOCHANG_SCORING_PRACTICAL_DATABASE_KINDS_H
#define KAOCHANG_SCORING_PRACTICAL_DATABASE_KINDS_H

#include "scoring/practical/database/private.h"

/* What the family opens: the database itself; for a file of SQL only its text, and a copy of the database is
 * made for each check. */
struct database_document {
    struct private_database *d; /* NULL: a file of SQL */
    struct arena *arena;
    const char *sql;
    int32_t day[3]; /* that 'now' is in; day[0] 0: not given */
};

/* schema.c */
fact_fn database_table, database_view, database_columns, database_column_type, database_primary_key,
    database_not_null, database_unique, database_default, database_foreign_key, database_foreign_keys,
    database_relation_kept, database_index, database_index_columns, database_view_sql, database_tables;
/* rows.c */
fact_fn database_row_count, database_rows, database_query, database_value, database_number,
    database_query_equals, database_view_equals, database_script_rows;

void database_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context);

/* Needs the locator; ERR_DATA where the rule does not name it. */
MUST_CHECK int database_need(const struct check_target *t, const struct locator *at, const char *name,
                             const char **ret, struct err *e);
/* The open database, or NULL with *ret absent where the file is SQL. */
struct private_database *database_of(const struct check_target *t, struct fact *ret);
/* Rows as texts: fields with " | " between; numbers with that many decimals, or -1: as they are. */
const char *database_row_text(const struct private_result *r, size_t row, int decimals, struct arena *a);

/* compare.c: how two results differ, in English, or NULL. */
struct result_terms {
    bool ordered, columns_by_name;
    double tolerance;
};
const char *results_differ(const struct private_result *x, const struct private_result *key,
                           const struct result_terms *terms, struct arena *a);

#endif
