/* SPDX-License-Identifier: Apache-2.0 */
/* A script is refused, or its steps are within their bounds. */
#include <stdlib.h>

#include "client/screens/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct script s;
    struct err e;
    if (script_parse(&s, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    for (size_t i = 0; i < s.n; i++) {
        const struct script_step *step = &s.step[i];
        if (step->times < 1 || step->times > SCRIPT_MAX_TIMES || step->ms < 0 || step->ms > 3600000)
            abort();
        if (step->verb == SCRIPT_SIZE && (step->width < 1 || step->height < 1))
            abort();
    }
    script_release(&s);
    return 0;
}
