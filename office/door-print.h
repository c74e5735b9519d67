/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_OFFICE_DOOR_PRINT_H
#define KAOCHANG_OFFICE_DOOR_PRINT_H

#include "office/door-list.h"

/* The door lists as PDF, a page or more for each room and group. ERR_DATA beyond PRINT_MAX_PAGES. */
MUST_CHECK int door_list_pdf(const struct door_list *d, struct bytes *out, struct err *e);

#endif
