/* SPDX-License-Identifier: Apache-2.0 */
/* OpenDocument (ODF 1.0 to 1.3; ISO/IEC 26300) as the models of the families: text into word/, spreadsheet
 * into sheet/, presentation into slides/. Packages (.odt .ods .odp) and flat files (.fodt .fods .fodp).
 * Common and automatic styles, their chains and defaults are resolved; what a check of OOXML asks is told in
 * OOXML's words. */
#ifndef KAOCHANG_SCORING_PRACTICAL_ODF_ODF_H
#define KAOCHANG_SCORING_PRACTICAL_ODF_ODF_H

#include "base/bytes.h"
#include "base/err.h"

struct word_document;
struct workbook;
struct slides;

/* Is it an OpenDocument file, by what it holds? Any kind of one. */
bool odf_recognised(struct span file);

/* ERR_DATA with a practical_fault or xml_tree_fault in e->code; FAULT_WRONG_TYPE for another kind of
 * document, FAULT_ENCRYPTED for one with a password. `name` stands in messages. */
MUST_CHECK int odf_read_text(struct word_document **ret, const char *name, struct span file, struct err *e);
MUST_CHECK int odf_read_sheet(struct workbook **ret, const char *name, struct span file, struct err *e);
MUST_CHECK int odf_read_slides(struct slides **ret, const char *name, struct span file, struct err *e);

#endif
