/* SPDX-License-Identifier: Apache-2.0 */
/* The signed end of an epoch that another machine brings. */
#ifndef KAOCHANG_CLIENT_ROOM_SEAL_H
#define KAOCHANG_CLIENT_ROOM_SEAL_H

#include "exam-packages/journal.h"
#include "exam-packages/trust.h"

/* A minisign public key as journals name a station. */
void seal_station_key(const struct minisign_public *key, uint8_t ret[JOURNAL_STATION_KEY]);

/* The epoch's own station signed it, and the trust vouches for that station. ERR_NO or ERR_DATA says why not;
 * `ticket` stands in messages. *ret (may be NULL) is the certificate: the caller frees it. */
MUST_CHECK int seal_check(const struct trust *t, const char *ticket, const struct journal_epoch *start,
                          const struct journal_seal *seal, struct certificate **ret, struct err *e);

#endif
