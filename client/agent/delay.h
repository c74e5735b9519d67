/* SPDX-License-Identifier: Apache-2.0 */
/* A wrong code costs a delay that survives a restart, is thirty seconds at most, and never locks for good
 * (docs/formats.md, "Codes"). The count lies in FOLDER/wrong-codes, written before the code is tried. */
#ifndef KAOCHANG_CLIENT_AGENT_DELAY_H
#define KAOCHANG_CLIENT_AGENT_DELAY_H

#include "base/clock.h"
#include "base/err.h"

/* Seconds to wait after that many wrong codes in a row: 0 after two, then 1, 2, 4 … 30. */
int64_t delay_seconds(int64_t wrong);
/* Counts a try. ERR_NO, ERR_WAIT with the seconds left when it comes too soon: it does not count then. */
MUST_CHECK int delay_before(const char *folder, const struct clock_reading *now, struct err *e);
/* The code was right. */
MUST_CHECK int delay_clear(const char *folder, struct err *e);

#endif
