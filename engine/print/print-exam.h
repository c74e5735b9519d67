/* SPDX-License-Identifier: Apache-2.0 */
/* An assembled exam on paper, for the room that loses its power: per form the paper, the sheet that is
 * answered on, and the guide that it is marked with, as PDF. Paper and sheet are made of the candidate's view
 * of the items alone (paperbank/item/view.h): no key gets into them, whatever is printed. What moves from
 * candidate to candidate on a screen (order of choices, drawn numbers) is the same for all on the paper of a
 * form, by exam, form and item. In the language of the interface. */
#ifndef KAOCHANG_ENGINE_PRINT_PRINT_EXAM_H
#define KAOCHANG_ENGINE_PRINT_PRINT_EXAM_H

#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/item/paper.h"

/* A file of the exam's folder, appended: "items/ID.xml", "media/HASH.png". */
typedef int print_file_fn(void *context, const char *name, struct bytes *ret, struct err *e);

/* All borrowed. */
struct print_exam {
    const struct paper *paper;
    print_file_fn *file;
    void *context;
    int64_t made_ms; /* date in the file */
};

/* ERR_DATA for an item that cannot be read. */
MUST_CHECK int print_exam_paper(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                                struct err *e);
MUST_CHECK int print_exam_sheet(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                                struct err *e);
/* With the keys: for those who mark alone. */
MUST_CHECK int print_exam_guide(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                                struct err *e);

/* Items of the form that cannot be answered on paper (practical ones, places on a picture, films), and what
 * they are worth; they stand in paper and guide as such. */
MUST_CHECK int print_exam_unfit(const struct print_exam *x, const struct paper_form *form, size_t *ret_n,
                                points_t *ret_points, struct err *e);

#endif
