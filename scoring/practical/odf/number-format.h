/* SPDX-License-Identifier: Apache-2.0 */
/* Data styles (ODF 1.3 part 3, 16.29) as format codes of the kind that spreadsheets show in their dialog:
 * "#,##0.00", "yyyy-mm-dd", "0.0%", "[Red]-0". Text that would mean something in a code is quoted. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_NUMBER_FORMAT_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_NUMBER_FORMAT_H

#include "scoring/practical/odf/styles.h"

/* "General" for NULL, for a style without decimal places, and for a truth value. */
const char *odf_number_format(const struct odf_style *data_style, struct arena *a);
/* Of one part of an Excel-like code for style:num-format of pages and lists: "1" "decimal", "a", "i" … as
 * OOXML names them ("decimal", "lowerLetter", "upperRoman", "chineseCounting"); NULL for "" (no number), the
 * word itself else. */
const char *odf_numbering(const char *num_format);

#endif
