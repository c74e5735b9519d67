/* SPDX-License-Identifier: Apache-2.0 */
/* The uplink as a part of a station's agent: with its courier, the program kaochang-room, as a child. */
#ifndef KAOCHANG_CLIENT_AGENT_UPLINK_LINE_H
#define KAOCHANG_CLIENT_AGENT_UPLINK_LINE_H

#include "client/agent/agent.h"

struct uplink_line;

/* For a station whose home names its room service (client/room/room-file.h): *ret is NULL when it names none.
 * `*ret_part` is for agent_start, and lives as long as *ret. */
MUST_CHECK int uplink_line_new(struct uplink_line **ret, const char *home, struct agent_part *ret_part,
                               struct err *e);
void uplink_line_free(struct uplink_line *l); /* NULL is fine; not while the agent runs in this process */

#endif
