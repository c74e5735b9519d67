/* SPDX-License-Identifier: Apache-2.0 */
/* Minutes are refused, or their numbers rise and what is shown of them can travel. */
#include <stdlib.h>

#include "client/agent/message.h"
#include "client/agent/minutes.h"

enum { MAX_SHOWN = 100 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void show(const struct minutes_document *d)
{
    struct control_minute list[MAX_SHOWN], *again = NULL;
    struct arena *a = arena_new();
    struct bytes message = {0};
    size_t n = d->n < MAX_SHOWN ? d->n : MAX_SHOWN, n_again = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && d->minute[i].shown.number <= d->minute[i - 1].shown.number)
            abort();
        list[i] = d->minute[i].shown;
        list[i].text = minutes_text(&d->minute[i], a);
    }
    message_put_minutes(list, n, &message);
    struct span body = span_of(message.p + MESSAGE_HEAD, message.n - MESSAGE_HEAD);
    if (message_get_minutes(body, a, &again, &n_again, NULL) == 0 && n_again != n)
        abort();
    bytes_release(&message);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct minutes_document *d = NULL;
    if (minutes_read(&d, "minutes.xml", span_of(data, size), NULL) == 0)
        show(d);
    minutes_document_free(d);
    return 0;
}
