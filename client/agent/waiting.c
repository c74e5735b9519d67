/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/waiting.h"

#include <stdlib.h>

#include "base/file.h"
#include "client/agent/agent.h"
#include "client/agent/link.h"
#include "client/agent/uplink-line.h"

bool waiting_is_wanted(const char *home)
{
    char *path = path_join(home, "room.xml");
    bool wanted = file_exists(path);
    free(path);
    return wanted;
}

static bool is_running(const char *home)
{
    struct link *l = NULL;
    bool running = link_open(&l, home, NULL) == 0;
    link_close(l);
    return running;
}

int waiting_start(const char *home, struct err *e)
{
    struct uplink_line *line = NULL;
    struct agent_part part;
    if (!waiting_is_wanted(home) || is_running(home))
        return 0;
    int r = uplink_line_new(&line, home, &part, e);
    const struct agent_start start = {
        .home = home, .role = ROOM_AT_STATION, .waiting = true, .hold = true, .part = line ? &part : NULL};
    if (r == 0)
        r = agent_start(&start, NULL, e);
    uplink_line_free(line);
    return r;
}
