/* SPDX-License-Identifier: Apache-2.0 */
/* The close code of a session: kept sealed to the recovery key R until nobody sits any more. */
#ifndef KAOCHANG_OFFICE_RELEASE_H
#define KAOCHANG_OFFICE_RELEASE_H

#include "exam-packages/age.h"
#include "office/session.h"

/* Opens sessions/ID/close-code.age with R into *ret (wipe it by bytes_release), as it is shown to people. ERR_NO before the
 * session's last end, extra time included, saying when that is; ERR_USAGE when no package was built; ERR_NO when the
 * identity does not fit. */
MUST_CHECK int office_release_close(const struct office *o, const struct office_session *s, int64_t now_ms,
                                    const struct age_identity *recovery, struct bytes *ret, struct err *e);

#endif
