/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/fuzz/foreign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_foreign(FOREIGN_CSV, data, size);
    return 0;
}
