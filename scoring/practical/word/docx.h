/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a docx (docm, dotx) into the model. Transitional and strict, any prefix. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_DOCX_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_DOCX_H

#include "scoring/practical/parts.h"
#include "scoring/practical/word/model.h"

/* `name` stands in messages. ERR_DATA with a practical_fault or an xml_tree_fault in e->code. The document
 * holds nothing of the parts; word_document_free (build.h) ends it. A main part that is missing or broken is
 * an error; another part that is there and broken is one too, as what it says would be guessed. */
MUST_CHECK int docx_read(struct word_document **ret, struct parts *p, const char *name, struct err *e);

#endif
