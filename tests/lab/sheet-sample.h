/* SPDX-License-Identifier: Apache-2.0 */
/* A small lab exam: two rubrics, a room of three benches, four candidates, a rater for the first ratings. */
#ifndef KAOCHANG_TESTS_LAB_SHEET_SAMPLE_H
#define KAOCHANG_TESTS_LAB_SHEET_SAMPLE_H

#include "office/sheets/sheet-compare.h"

struct sample {
    struct lab_plan *plan;
    struct roster *roster;
    struct sheet_list list;
};

void sample_open(struct sample *s, int raters);
void sample_close(struct sample *s);
/* The sheet of a candidate ("2026001" …) for the rater of this order. */
const struct sheet_place *sample_place(const struct sample *s, const char *ticket, int64_t order);
/* A sheet with these words for the steps, "full a 0", and the sum of its marks. */
struct sheet sample_sheet(const struct sample *s, const char *ticket, const char *marks);

#endif
