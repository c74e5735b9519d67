/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/indexing.h"

extern const char bank_upgrade_1_2[], bank_upgrade_2_3[], bank_upgrade_3_4[];

/* From the format that the file has now: another program may have done some of it meanwhile. */
static int run_scripts(struct bank *b, struct err *e)
{
    static const char *const script[BANK_FORMAT] = {
        [1] = bank_upgrade_1_2, [2] = bank_upgrade_2_3, [3] = bank_upgrade_3_4};
    int64_t version = 0;
    int r = db_version(b->db, &version, e);
    for (; r == 0 && version >= 1 && version < BANK_FORMAT; version++)
        r = db_script(b->db, script[version], e);
    return r < 0 ? r : db_script(b->db, "PRAGMA user_version=4", e);
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
