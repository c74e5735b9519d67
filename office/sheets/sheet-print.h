/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets on paper: bags of at most SHEET_BAG sheets of one room and one rater's order, by seat, each with a
 * list on top. A page of HTML or a PDF per bag, in the language of the interface. */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_PRINT_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_PRINT_H

#include "office/session.h"
#include "office/sheets/sheet-list.h"

/* Whose sheets: NULL and 0 are all; order 0: those that the plan asks of everybody. */
struct sheet_choice {
    const char *site, *room;
    int64_t group, order;
};

struct sheet_bag {
    const struct sheet_place *const *place;
    size_t n;
    size_t number; /* of the bag in its room, from 1 */
};

struct sheet_printing {
    const char *office;
    const struct office_session *session;
    const struct sheet_list *list;
};

/* The bags of the choice; arrays live in the arena. */
void sheet_bags(struct sheet_bag **ret, size_t *ret_n, struct arena *a, const struct sheet_list *l,
                const struct sheet_choice *c);
/* "SITE-ROOM-1", with the rater's order between where there are several: a plain name. */
const char *sheet_bag_name(const struct sheet_bag *b, const struct sheet_list *l, struct arena *a);

void sheet_bag_html(const struct sheet_printing *x, const struct sheet_bag *b, struct bytes *out);
MUST_CHECK int sheet_bag_pdf(const struct sheet_printing *x, const struct sheet_bag *b, struct bytes *out,
                             struct err *e);

#endif
