/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by client/room/api*.c only. */
#ifndef KAOCHANG_CLIENT_ROOM_API_INTERNAL_H
#define KAOCHANG_CLIENT_ROOM_API_INTERNAL_H

#include "base/i18n.h"
#include "client/agent/fields.h"
#include "client/room/api.h"

int api_bad(struct err *e); /* ERR_DATA, ERR_MESSAGE */
bool api_read_rows(struct canon_reader *r, struct arena *a, struct api_rows *ret);

#endif
