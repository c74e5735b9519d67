/* SPDX-License-Identifier: Apache-2.0 */
/* A stored sitting of any events, with any times: what the rules refuse changes nothing, closed stays closed,
 * and no time is ever negative. A byte for each of three sections says its rules; then eleven bytes an event:
 * kind, item, time, value. */
#include <stdlib.h>

#include "client/session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SECTIONS = 3, ITEMS = 2, EVENT = 11 };

static struct paper_item items[SECTIONS * ITEMS] = {{.id = "a"}, {.id = "b"}, {.id = "c"},
                                                    {.id = "d"}, {.id = "e"}, {.id = "f"}};

static int64_t number(const uint8_t *p)
{
    uint64_t n = 0;
    for (int i = 7; i >= 0; i--)
        n = n << 8 | p[i];
    return (int64_t)n;
}

static void check(const struct session *s, const bool closed[SECTIONS], int64_t used_ms)
{
    struct session_left left = session_left(s);
    if (s->used_ms < used_ms || s->used_ms > SESSION_MAX_USED_MS || left.ms < 0 || left.ms > left.whole_ms ||
        s->granted_ms < 0 || s->granted_ms > SESSION_MAX_GRANT_MS || session_next_item(s) > s->n)
        abort();
    for (size_t k = 0; k < SECTIONS; k++)
        if (s->section[k].used_ms < 0 || (closed[k] && s->section[k].state != SECTION_CLOSED))
            abort();
}

static void happens(struct session *s, const uint8_t *p)
{
    bool closed[SECTIONS];
    int64_t used_ms = s->used_ms;
    const struct session_event event = {.kind = p[0] % (SESSION_FORCED_END + 1),
                                        .item = p[1] % 8 < SECTIONS * ITEMS ? items[p[1] % 8].id : "none",
                                        .used_ms = number(p + 2),
                                        .value_ms = (p[10] % 2 ? 1 : -1) * (number(p + 2) / (p[10] + 1)),
                                        .response = span_of(p, p[10] % 3)};
    bool ended = sitting_state_ended(s->state);
    for (size_t k = 0; k < SECTIONS; k++)
        closed[k] = s->section[k].state == SECTION_CLOSED;
    if (session_apply(s, &event, NULL) == 0 && ended)
        abort();
    check(s, closed, used_ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct paper_section section[SECTIONS] = {0};
    const struct paper_form form = {.id = "A", .section = section, .n_sections = SECTIONS};
    const struct paper paper = {.duration_s = 3600};
    struct session s;
    if (size < SECTIONS || size > 4096)
        return 0;
    for (size_t k = 0; k < SECTIONS; k++)
        section[k] = (struct paper_section){.id = "s",
                                            .time_s = data[k] / 4 * 10,
                                            .navigation = data[k] & 1 ? PAPER_LINEAR : PAPER_FREE,
                                            .once = data[k] & 2,
                                            .item = &items[k * ITEMS],
                                            .n_items = ITEMS};
    session_init(&s, &paper, &form, 600000);
    for (size_t at = SECTIONS; at + EVENT <= size; at += EVENT)
        happens(&s, data + at);
    session_release(&s);
    return 0;
}
