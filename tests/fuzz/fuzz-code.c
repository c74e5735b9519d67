/* SPDX-License-Identifier: Apache-2.0 */
/* Typed codes, receipts and closing numbers: what is read shows as something that reads the same. */
#include <stdlib.h>
#include <string.h>

#include "exam-packages/close-number.h"
#include "exam-packages/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char typed[160] = {0}, read[CODE_DATA + 1], again[CODE_DATA + 1], shown[CODE_SHOWN],
         receipt[RECEIPT_SHOWN], number[CLOSE_NUMBER_TEXT], number_again[CLOSE_NUMBER_TEXT],
         number_shown[CLOSE_NUMBER_SHOWN];
    uint8_t bits[RECEIPT_BYTES], same[RECEIPT_BYTES];
    struct err e;
    memcpy(typed, data, size < sizeof typed ? size : sizeof typed - 1);
    if (code_read(typed, read, &e) == 0 &&
        (code_read(code_show(read, shown), again, &e) < 0 || strcmp(read, again) != 0))
        abort();
    if (receipt_read(typed, bits, &e) == 0 &&
        (receipt_read(receipt_show(bits, receipt), same, &e) < 0 || memcmp(bits, same, sizeof bits) != 0))
        abort();
    if (close_number_read(typed, number, &e) == 0 &&
        (close_number_read(close_number_show(number, number_shown), number_again, &e) < 0 ||
         strcmp(number, number_again) != 0))
        abort();
    return 0;
}
