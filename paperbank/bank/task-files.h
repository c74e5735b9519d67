/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a practical item (docs/paperbank-bank.md, "Practical items"): the rules that score it, what
 * the candidate is given, and a model solution. They lie in the folder of the item's document: rules.xml,
 * start/…, material/…, model/…. An item is practical if it asks for files (uploadInteraction) and rules.xml
 * lies beside it. Kept once by the hash of their bytes; another rule or file is another version of the item.
 */
#ifndef KAOCHANG_PAPERBANK_BANK_TASK_FILES_H
#define KAOCHANG_PAPERBANK_BANK_TASK_FILES_H

#include "base/arena.h"
#include "base/err.h"
#include "paperbank/bank/bank.h"
#include "paperbank/item/item.h"

#define TASK_FILES_RULES "rules.xml"
enum { TASK_FILES_MAX = 300, TASK_FILES_MAX_RULES = 4 << 20 };

struct bank_file {
    const char *path; /* "rules.xml", "start/通知.docx" */
    const char *hash; /* BLAKE2b-256, hex */
    int64_t size;     /* bytes */
};

/* The files of a version, sorted bytewise by path, into the arena; none where the item is not practical. */
MUST_CHECK int bank_item_files(struct bank *b, const char *id, int64_t version, struct arena *a,
                               struct bank_file **ret, size_t *ret_n, struct err *e);
/* The bytes of one, into the arena. */
MUST_CHECK int bank_file_bytes(struct bank *b, const struct bank_file *f, struct arena *a, struct span *ret,
                               struct err *e);
/* Writes them as dir/PATH. */
MUST_CHECK int bank_write_files(struct bank *b, const char *id, int64_t version, const char *dir,
                                struct err *e);

/* ---- for the import ---- */

struct task_files;
struct prepared_item;

/* Reads what lies beside the item; *ret is NULL where it is not practical. ERR_DATA where a file is too
 * large, a path is not safe, or there are too many. */
MUST_CHECK int task_files_take(struct task_files **ret, const struct item *item,
                               const struct prepared_item *p, struct err *e);
void task_files_free(struct task_files *t); /* NULL is fine */
/* Whether a version has just these. */
MUST_CHECK int task_files_same(struct bank *b, const char *id, int64_t version, const struct task_files *t,
                               bool *ret, struct err *e);
MUST_CHECK int task_files_store(struct bank *b, const char *id, int64_t version, const struct task_files *t,
                                struct err *e);

#endif
