/* SPDX-License-Identifier: Apache-2.0 */
/* Export from the bank: a content package as a folder (imsmanifest.xml and items/ID.xml) whose import changes nothing. */
#ifndef KAOCHANG_PAPERBANK_BANK_EXPORT_H
#define KAOCHANG_PAPERBANK_BANK_EXPORT_H

#include "base/err.h"
#include "paperbank/bank/bank.h"

/* Writes into `dir`, which must be absent or empty. n 0: all items. *ret_n is how many were written. The manifest comes
 * last, when all else is on the disk: a folder without one was cut short by force; a failure leaves nothing. ERR_DATA for an id that the bank does not have, before anything is
 * written. */
MUST_CHECK int bank_export(struct bank *b, const char *dir, const char *const *id, size_t n, size_t *ret_n, struct err *e);

/* The same as a ZIP archive at `path`, which must not be there yet; the same bytes for the same bank. A folder of this name
 * with ".part" is used meanwhile. */
MUST_CHECK int bank_export_zip(struct bank *b, const char *path, const char *const *id, size_t n, size_t *ret_n, struct err *e);

/* Takes away what an export wrote; `itself`: the folder too. */
void export_remove(const char *dir, bool itself);

#endif
