/* SPDX-License-Identifier: Apache-2.0 */
/* The lists at the doors of a lab-skills exam: per room and group who works at which bench. Experiments do not stand on
 * them.
 */
#ifndef KAOCHANG_OFFICE_DOOR_LIST_H
#define KAOCHANG_OFFICE_DOOR_LIST_H

#include "exam-packages/roster.h"
#include "office/session.h"

struct door_list {
    const char *office;
    const struct office_session *session;
    const struct roster *roster; /* drawn: its rooms have benches */
    int64_t group_ms; /* from the start of a group to the start of the next */
    int64_t made_ms;  /* date in the PDF */
};

/* When a group begins, "09:20"; into buf, returns buf. */
const char *door_list_time(const struct office_session *s, int64_t group_ms, int64_t group, char *buf, size_t size);

/* Self-contained HTML in the language of the interface, a page for each room and group. */
void door_list_html(const struct door_list *d, struct bytes *out);

#endif
