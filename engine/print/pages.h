/* SPDX-License-Identifier: Apache-2.0 */
/* What paper, sheet and guide share; for the files of this folder alone. */
#ifndef KAOCHANG_ENGINE_PRINT_PAGES_H
#define KAOCHANG_ENGINE_PRINT_PAGES_H

#include "base/print/print.h"
#include "engine/print/loaded.h"

/* `what` is "paper", "answer sheet" …, translated. */
struct print *pages_new(const struct loaded *l, const char *what);
/* Frees p; r is what was reached so far. */
MUST_CHECK int pages_finish(struct print *p, int r, struct bytes *pdf, struct err *e);
/* Item i if it is the first of its section, else NULL. */
const struct loaded_item *pages_section_first(const struct loaded *l, size_t i);
/* "1. Single choice (13 items of 2 points, 26 points)" */
const char *pages_section_title(struct arena *a, const struct paper_section *s);

#endif
