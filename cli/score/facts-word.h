/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_SCORE_FACTS_WORD_H
#define KAOCHANG_CLI_SCORE_FACTS_WORD_H

#include "cli/score/facts.h"
#include "scoring/practical/word/model.h"

/* The file as a text document. */
MUST_CHECK int facts_word_open(struct facts_file *f, const struct word_document **ret, struct err *e);

#endif
