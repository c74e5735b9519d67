/* SPDX-License-Identifier: Apache-2.0 */
/* A lab session with the cases that people decide, for the commands of this folder. */
#ifndef KAOCHANG_CLI_ADJUDICATE_DOCKET_H
#define KAOCHANG_CLI_ADJUDICATE_DOCKET_H

#include "cli/command.h"
#include "office/session.h"
#include "sync/lab.h"

struct docket {
    struct arena *arena;
    struct store *store;
    struct lab_session *lab;
    const char *session;
    const char *office; /* its name; "" where the home is no office */
    bool known;         /* the office has this session: window and offset of its time */
    struct office_session of;
};

/* --session and --store. ERR_USAGE when the session has no plan of a lab exam. */
MUST_CHECK int docket_open(struct docket *ret, const struct args *a, struct err *e);
void docket_close(struct docket *d);
MUST_CHECK int docket_case(const struct docket *d, const char *ticket, const struct lab_case **ret,
                           struct err *e);

/* It waits for people: anything that is neither decided nor without a rating. */
bool docket_waits(const struct lab_case *c);
/* What it waits for, for people. */
const char *docket_state(const struct lab_case *c);
/* "09:03:12" of a device's clock in the session's offset, or "-". buf of 32 is enough. */
const char *docket_clock(const struct docket *d, int64_t wall_ms, char *buf, size_t size);
/* The device's clock stood outside the session's window, by more than an hour. */
bool docket_clock_is_off(const struct docket *d, int64_t wall_ms);
const char *docket_status(enum rating_status s); /* for people */
const char *docket_kind(enum decision_kind k);   /* for people */

#endif
