/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/indexing.h"

extern const char bank_upgrade_1_2[];

static int run_scripts(struct bank *b, struct err *e)
{
    int64_t version = 0;
    int r = db_version(b->db, &version, e); /* once more: another program may have done it meanwhile */
    if (r == 0 && version == 1)
        r = db_script(b->db, bank_upgrade_1_2, e);
    return r == 0 && version == 1 ? db_script(b->db, "PRAGMA user_version=2", e) : r;
}

int bank_upgrade(struct bank *b, struct err *e)
{
    int64_t version = 0;
    int r = db_version(b->db, &version, e);
    if (r < 0 || version == BANK_FORMAT)
        return r < 0 ? r : index_if_stale(b, e);
    char *copy = mem_printf("%s.format-%lld", db_path(b->db), (long long)version);
    r = db_backup(b->db, copy, e);
    free(copy);
    if (r == 0)
        r = db_begin(b->db, e);
    if (r < 0)
        return r;
    r = run_scripts(b, e);
    if (r == 0)
        r = index_all(b, e);
    if (r == 0)
        r = db_commit(b->db, e);
    if (r < 0)
        db_rollback(b->db);
    return r;
}
