/* SPDX-License-Identifier: Apache-2.0 */
/* Admission tickets of a session: a page to print and cut, eight to a sheet of A4, or plain text. */
#ifndef KAOCHANG_OFFICE_TICKETS_H
#define KAOCHANG_OFFICE_TICKETS_H

#include "exam-packages/roster.h"
#include "office/session.h"

struct tickets {
    const char *office;
    const struct office_session *session;
    const struct roster *roster; /* arranged; printed by site, room and seat */
    int64_t group_ms;            /* of a lab exam: from the start of a group to the start of the next; else 0 */
};

/* Self-contained HTML in the language of the interface. The form is not printed: it is known in the room alone.
 * In a room with benches group and bench stand in place of the seat, and the group's time. */
void tickets_html(const struct tickets *t, struct bytes *out);
void tickets_text(const struct tickets *t, struct bytes *out);

#endif
