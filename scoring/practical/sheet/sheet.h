/* SPDX-License-Identifier: Apache-2.0 */
/* The family of workbooks: xlsx, xlsm, xltx, ods, fods into one model, and the kinds X1 to X38. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_SHEET_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_SHEET_H

#include "scoring/practical/fact.h"
#include "scoring/practical/formula/value.h"
#include "scoring/practical/sheet/model.h"

/* `name` stands in messages. ERR_DATA with a practical_fault. */
MUST_CHECK int sheet_read(struct workbook **ret, const char *name, struct span file, struct err *e);

/* Of the family. */
MUST_CHECK int sheet_open(void **ret, const struct practical_folder *folder, const char *path, struct err *e);
void sheet_close(void *document);

#endif
