/* SPDX-License-Identifier: Apache-2.0 */
/* The CLOSE record in a bundle, verified, as plain data for merging. */
#ifndef KAOCHANG_SYNC_CLOSE_INPUT_H
#define KAOCHANG_SYNC_CLOSE_INPUT_H

#include "base/arena.h"
#include "exam-packages/bundle.h"
#include "sync/input.h"

/* room/close.xml of the inner container, signed by the bundle's own machine; everything goes into the arena.
 * *ret is NULL where the room was not closed yet. ERR_DATA when it is broken, not signed by that machine, or
 * not of the bundle's session, site, room and package. */
MUST_CHECK int close_input_read(const struct merge_closing **ret, struct arena *a, const struct zip *inner,
                                const struct bundle_document *d, const struct certificate *machine,
                                struct err *e);

#endif
