/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of xlsx, xlsm and xltx: ECMA-376 part 1, chapter 18, transitional and strict. Parts are found by
 * relationships, never by their numbers. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SHEET_XLSX_H
#define KAOCHANG_SCORING_PRACTICAL_SHEET_XLSX_H

#include "scoring/practical/parts.h"
#include "scoring/practical/sheet/model.h"

/* Fills a new book. Parts that are told of and are not there, or that a sheet can do without (a chart that is
 * no XML), are left out only where nothing else depends on them. ERR_DATA with a practical_fault. */
MUST_CHECK int xlsx_read(struct workbook *w, struct parts *p, struct err *e);

#endif
