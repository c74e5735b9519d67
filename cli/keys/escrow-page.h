/* SPDX-License-Identifier: Apache-2.0 */
/* The escrow sheet of a session: as text for any printer, or as PDF, a page for each code and envelope. */
#ifndef KAOCHANG_CLI_KEYS_ESCROW_PAGE_H
#define KAOCHANG_CLI_KEYS_ESCROW_PAGE_H

#include "base/bytes.h"
#include "office/session.h"

struct escrow {
    const char *office;
    const struct office_session *session;
    const char *unlock, *close; /* CODE_DATA characters; unlock NULL: proctors open it with their keys */
};

/* Both hold codes in the clear: bytes_release wipes them. */
void escrow_text(const struct escrow *s, struct bytes *out);
MUST_CHECK int escrow_pdf(const struct escrow *s, int64_t made_ms, struct bytes *out, struct err *e);

#endif
