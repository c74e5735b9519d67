/* SPDX-License-Identifier: Apache-2.0 */
/* What arrives on the agent's socket, and on its clients': every body is read as every kind of message. */
#include <stddef.h>
#include <stdint.h>

#include "client/agent/message.h"

enum { INPUT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_body(enum message_type type, struct span body)
{
    struct arena *a = arena_new();
    struct request request;
    struct err carried;
    struct link_candidate candidate;
    struct link_terms terms;
    struct control_room room;
    struct control_closing closing;
    struct link_kept kept;
    struct control_check check;
    struct control_minute *minute;
    size_t n_minutes;
    const char *text;
    struct bytes again = {0};
    if (message_get_request(type, body, a, &request, NULL) == 0) {
        message_put_request(&request, &again);
        if (!span_equal(span_of(again.p + MESSAGE_HEAD, again.n - MESSAGE_HEAD), body))
            __builtin_trap();
    }
    if (message_get_refused(body, a, &carried, NULL) == 0 && carried.kind == ERR_NONE)
        __builtin_trap();
    (void)!message_get_candidate(body, a, &candidate, NULL);
    (void)!message_get_terms(body, a, &terms, NULL);
    (void)!message_get_text(body, a, &text, NULL);
    (void)!message_get_kept(body, &kept, NULL);
    (void)!message_get_check(body, a, &check, NULL);
    (void)!message_get_minutes(body, a, &minute, &n_minutes, NULL);
    (void)!message_get_room(body, a, &room, NULL);
    (void)!message_get_closed(body, a, &closing, NULL);
    bytes_release(&again);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span left = {data, size < INPUT_MAX ? size : INPUT_MAX}, body;
    enum message_type type;
    size_t used = 0;
    while (message_next(left, INPUT_MAX, &type, &body, &used, NULL) == 1) {
        read_body(type, body);
        left = (struct span){left.p + used, left.n - used};
    }
    return 0;
}
