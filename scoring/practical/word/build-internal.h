/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_SCORING_PRACTICAL_WORD_BUILD_INTERNAL_H
#define KAOCHANG_SCORING_PRACTICAL_WORD_BUILD_INTERNAL_H

#include "scoring/practical/word/build.h"

/* The sections as a list, and how many: for word_finish. */
size_t word_builder_sections(const struct word_document *d, struct word_section **ret);

#endif
