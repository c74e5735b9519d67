/* SPDX-License-Identifier: Apache-2.0 */
/* What comes between a station's agent and its courier: any bytes are messages, or refused; what is read is
 * written the same again. */
#include <stddef.h>
#include <stdint.h>

#include "client/room/carry.h"

enum { INPUT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(const struct carry_message *m, struct bytes *out)
{
    switch (m->type) {
    case CARRY_WHO:
        carry_put_who(&m->who, out);
        return;
    case CARRY_REQUEST:
        carry_put_request(&m->request, out);
        return;
    case CARRY_CANCEL:
        carry_put_cancel(m->request.id, out);
        return;
    case CARRY_REPLY:
        carry_put_reply(&m->reply, out);
        return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span left = {data, size < INPUT_MAX ? size : INPUT_MAX};
    struct arena *a = arena_new();
    struct carry_message m;
    size_t used = 0;
    while (carry_next(left, a, &m, &used, NULL) == 1) {
        struct bytes again = {0};
        put(&m, &again);
        if (!span_equal(bytes_span(&again), span_of(left.p, used)))
            __builtin_trap();
        bytes_release(&again);
        left = span_of(left.p + used, left.n - used);
    }
    arena_free(a);
    return 0;
}
