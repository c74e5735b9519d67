/* SPDX-License-Identifier: Apache-2.0 */
/* An order of the proctor's machine to whichever station holds a sitting: signed by the room's key, without a
 * place. The station carries it out as an act of its own (journal_act), in which the order travels, so that
 * an auditor sees whose word each act was. An order counts once: its serial never stands twice in a journal.
 * An act without an order was given at the station itself. Format: docs/formats.md, "Orders".
 */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_ORDER_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_ORDER_H

#include "exam-packages/journal.h"
#include "exam-packages/minisign.h"
#include "exam-packages/trust.h"

enum {
    JOURNAL_SERIAL = 32, /* hex digits of 16 random bytes */
    JOURNAL_MAX_ORDER = 64 << 10,
};

struct journal_order {
    enum journal_kind kind; /* an act: extra time, pause, continue, violation, reseat, forced end */
    const char *session, *ticket;
    const char *serial; /* JOURNAL_SERIAL hex digits */
    int64_t value;      /* as of journal_act */
    int64_t wall_ms;
    const char *reason;
    /* JOURNAL_RESEAT only, else zero: who may begin epoch fork_epoch + 1, and after which event */
    uint8_t station[JOURNAL_STATION_KEY];
    int64_t fork_epoch, fork_seq;
    uint8_t fork_hash[32];
};

/* What travels: body, its .minisig by the room's key, and the certificates of that key. Spans are borrowed.
 */
struct journal_signed_order {
    struct span body, signature;
    struct certificate_chain chain;
};

/* Signs: canonical body ("kaochang/1 order" and the fields in this order), .minisig with the trusted comment
 * "kaochang/1 role=room order". Adds the packed whole (five blobs and the body) to `out`. */
MUST_CHECK int journal_order_sign(const struct journal_order *order, const struct minisign_secret *room,
                                  const struct certificate_chain *chain, struct bytes *out, struct err *e);
/* Reads a packed order; texts go into the arena, spans are borrowed from `packed`. The signature is checked
 * against the certificate that came along, which must be a room's; the chain is not (journal_order_trusted).
 */
MUST_CHECK int journal_order_read(struct journal_order *ret, struct journal_signed_order *ret_signed,
                                  struct arena *a, struct span packed, struct err *e);
/* The order is for just this act at this sitting: kind, session, ticket, value and reason, and for a re-seat
 * the fork and station key of the epoch. ERR_NO. */
MUST_CHECK int journal_order_fits(const struct journal_order *order, const struct journal_act *act,
                                  const struct journal_epoch *start, struct err *e);
/* The certificate is of a room's machine ("room"), of this site and room, and leads to the trust. ERR_NO. */
MUST_CHECK int journal_order_trusted(const struct journal_signed_order *order, const struct trust *t,
                                     const char *site, const char *room, struct err *e);

#endif
