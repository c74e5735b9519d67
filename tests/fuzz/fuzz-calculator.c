/* SPDX-License-Identifier: Apache-2.0 */
/* What a candidate types into the calculator: any text is computed or refused with a reason; a result
 * computes to itself. */
#include <string.h>

#include "client/screens/calculator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[FIELD_MAX + 1] = "";
    struct calculator_result once = {0}, again = {0};
    struct err e = {0};
    memcpy(text, data, size < FIELD_MAX ? size : FIELD_MAX);
    if (calculator_run(text, &once, &e) < 0) {
        if (e.kind != ERR_NO || !e.what[0])
            __builtin_trap();
        return 0;
    }
    if (calculator_run(once.text, &again, &e) < 0 || again.rounded || strcmp(once.text, again.text) != 0)
        __builtin_trap();
    return 0;
}
