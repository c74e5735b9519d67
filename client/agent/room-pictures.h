/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLIENT_AGENT_ROOM_PICTURES_H
#define KAOCHANG_CLIENT_AGENT_ROOM_PICTURES_H

#include "base/err.h"
#include "exam-packages/zip.h"
#include "paperbank/item/paper.h"

/* Every picture that an item of the paper names is in the paper part, has the hash that it is named
 * after, and is a PNG in the bounds of base/picture.h (an SVG is never shown and may be missing).
 * ERR_DATA with the item and the picture. Items that cannot be read are not looked at: whoever
 * opens them says so. */
MUST_CHECK int room_check_pictures(const struct paper *p, const struct zip *paper_part,
                                   struct err *e);

#endif
