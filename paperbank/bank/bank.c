/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/bank.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"

extern const char bank_schema[];

static const char sql_xml[] = "SELECT d.xml FROM item_version v JOIN item_document d USING (number) WHERE "
                              "v.item = ?1 AND v.version = ?2";
static const char sql_knowledge_points[] = "SELECT code, title FROM knowledge_point ORDER BY position";

int bank_open(struct bank **ret, const char *path, bool create, struct err *e)
{
    struct bank *b = mem_alloc(sizeof *b);
    if (!create && !file_exists(path)) {
        free(b);
        err_set(e, ERR_DATA, path, _("there is no item bank yet"));
        return err_hint(e, _("make one with: kaochang bank import FILE"));
    }
    int r = db_open(&b->db, path, create ? DB_CREATE : DB_WRITE, NULL, e);
    if (r == 0)
        r = db_prepare_store(b->db, BANK_APPLICATION_ID, BANK_FORMAT, bank_schema, e);
    if (r == 0)
        r = bank_upgrade(b, e);
    if (r < 0) {
        bank_close(b);
        return r;
    }
    *ret = b;
    return 0;
}

void bank_close(struct bank *b)
{
    if (!b)
        return;
    db_close(b->db);
    free(b);
}

int bank_item_xml(struct bank *b, const char *id, int64_t version, struct arena *a, struct span *ret,
                  struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_xml, "ti", id, version);
    if (r == 0)
        r = db_step(s, e);
    if (r == 1) {
        struct span xml = db_blob(s, 0);
        *ret = span_of(arena_copy(a, xml.p, xml.n), xml.n);
        r = 0;
    } else if (r == 0) {
        r = err_set(e, ERR_DATA, id, _("the bank has no version %lld of this item"), (long long)version);
    }
    db_done(s);
    return r;
}

int bank_knowledge_points(struct bank *b, struct arena *a, struct knowledge_point **ret, size_t *ret_n,
                          struct err *e)
{
    int64_t n = 0;
    int r = db_get_int(b->db, &n, 0, e, "SELECT count(*) FROM knowledge_point", "");
    if (r < 0)
        return r;
    struct knowledge_point *list = arena_array(a, (size_t)n + 1, sizeof *list);
    struct db_stmt *s = NULL;
    size_t i = 0;
    r = db_query(b->db, &s, e, sql_knowledge_points, "");
    while (r >= 0 && (r = db_step(s, e)) == 1 && i < (size_t)n)
        list[i++] = (struct knowledge_point){arena_strdup(a, db_text(s, 0)), arena_strdup(a, db_text(s, 1))};
    db_done(s);
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = i;
    return 0;
}
