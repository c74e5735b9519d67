/* SPDX-License-Identifier: Apache-2.0 */
/* Results of past use from a table. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/use.h"

static const char sql_version[] = "SELECT version FROM item WHERE id = ?1";
static const char sql_has[] = "SELECT 1 FROM item_version WHERE item = ?1 AND version = ?2";
static const char sql_put[] =
    "INSERT INTO item_statistic (item, version, exam, at_ms, n, facility, discrimination) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, -9223372036854775807 - 1)) ON CONFLICT DO UPDATE SET at_ms = "
    "excluded.at_ms, "
    "n = excluded.n, facility = excluded.facility, discrimination = excluded.discrimination";

enum { MAX_ROWS = 1000000 };

struct table {
    struct bank *bank;
    struct csv csv;
    int item, version, n, facility, discrimination; /* columns, -1: absent */
    const char *exam;
    int64_t at_ms;
};

struct row {
    const char *item;
    int64_t version, n, facility, discrimination;
};

static int64_t whole(const char *s)
{
    size_t n = strlen(s);
    return n >= 1 && n <= 9 && strspn(s, "0123456789") == n ? strtoll(s, NULL, 10) : -1;
}

static const char *read_row(const struct table *t, const struct csv_row *c, struct row *ret)
{
    const char *version = t->version >= 0 ? c->field[t->version] : "";
    const char *discrimination = t->discrimination >= 0 ? c->field[t->discrimination] : "";
    *ret = (struct row){.item = c->field[t->item], .n = whole(c->field[t->n]), .discrimination = BANK_UNKNOWN,
                        .version = *version ? whole(version) : 0};
    if (!path_is_plain_name(ret->item))
        return _("this is not the id of an item");
    if (ret->n < 1)
        return _("n is not a whole number of candidates above zero");
    if (ret->version < 0 || (*version && ret->version == 0))
        return _("version is not a whole number above zero");
    const char *wrong = metadata_read_facility(c->field[t->facility], &ret->facility);
    return wrong || !*discrimination ? wrong
                                     : metadata_read_discrimination(discrimination, &ret->discrimination);
}

/* Which version is meant: the current one where none is named. *ret_wrong where the bank has none such. */
static int find_version(const struct table *t, struct row *row, const char **ret_wrong, struct err *e)
{
    int64_t found = 0;
    struct db *db = t->bank->db;
    int r = row->version ? db_get_int(db, &found, 0, e, sql_has, "ti", row->item, row->version)
                         : db_get_int(db, &found, 0, e, sql_version, "t", row->item);
    if (r == 0 && !found)
        *ret_wrong =
            row->version ? _("the bank has no such version of this item") : _("the bank has no such item");
    if (!row->version)
        row->version = found;
    return r;
}

static int take_row(const struct table *t, const struct csv_row *c, bank_calibrate_fn *refused, void *context,
                    int64_t *taken, int64_t *n_refused, struct err *e)
{
    struct row row;
    const char *wrong = read_row(t, c, &row);
    int r = wrong ? 0 : find_version(t, &row, &wrong, e);
    if (r < 0)
        return r;
    if (wrong) {
        ++*n_refused;
        if (refused)
            refused(context, c->line, row.item, wrong);
        return 0;
    }
    ++*taken;
    return db_run(t->bank->db, e, sql_put, "titiiii", row.item, row.version, t->exam, t->at_ms, row.n,
                  row.facility, row.discrimination);
}

static int read_head(struct table *t, const char *name, struct err *e)
{
    t->item = csv_column(&t->csv, "item");
    t->n = csv_column(&t->csv, "n");
    t->facility = csv_column(&t->csv, "facility");
    t->version = csv_column(&t->csv, "version");
    t->discrimination = csv_column(&t->csv, "discrimination");
    if (t->item >= 0 && t->n >= 0 && t->facility >= 0)
        return 0;
    err_set(e, ERR_DATA, name, _("the table lacks one of the columns item, n, facility"));
    return err_hint(e, _("its first line names the columns: item,n,facility,discrimination"));
}

int bank_calibrate(struct bank *b, const char *name, struct span csv, const char *exam, int64_t at_ms,
                   bank_calibrate_fn *refused, void *context, int64_t *ret_taken, int64_t *ret_refused,
                   struct err *e)
{
    struct arena *a = arena_new();
    struct table t = {.bank = b, .exam = exam, .at_ms = at_ms};
    int64_t taken = 0, n_refused = 0;
    int r = metadata_is_title(exam)
                ? csv_parse(&t.csv, a, name, csv, MAX_ROWS, e)
                : err_set(e, ERR_USAGE, NULL, _("\"%.100s\" is not the name of an exam"), exam);
    if (r == 0 && t.csv.n == 0)
        r = err_set(e, ERR_DATA, name, _("the file is empty"));
    if (r == 0)
        r = read_head(&t, name, e);
    if (r == 0 && (r = db_begin(b->db, e)) == 0) {
        for (size_t i = 1; r == 0 && i < t.csv.n; i++)
            r = take_row(&t, &t.csv.row[i], refused, context, &taken, &n_refused, e);
        if (r == 0)
            r = db_commit(b->db, e);
        if (r < 0)
            db_rollback(b->db);
    }
    arena_free(a);
    if (r == 0) {
        *ret_taken = taken;
        *ret_refused = n_refused;
    }
    return r;
}
