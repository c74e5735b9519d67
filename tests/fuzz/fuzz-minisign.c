/* SPDX-License-Identifier: Apache-2.0 */
/* Signature and key files of minisign. What verifies under the corpus's key says what the corpus's signature
 * says. */
#include <stdlib.h>
#include <string.h>

#include "exam-packages/minisign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char key[] = "RWRnOTLavD+7fBqzcqJ4xfS9FVjHvZ29klNKYFFMmc/ySuXygcjWZT9A";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct minisign_public by, other;
    struct minisign_secret secret = {0};
    struct span input = span_of(data, size);
    struct err e;
    char *trusted = NULL;
    if (minisign_public_parse(span_str(key), &by, &e) < 0)
        abort();
    if (minisign_verify(span_str("an exam paper\n"), input, &by, &trusted, &e) == 0 &&
        strcmp(trusted, "kaochang/1 role=package session=s1 version=1") != 0)
        abort();
    free(trusted);
    if (minisign_public_parse(input, &other, &e) == 0) {
        struct bytes again = {0};
        minisign_public_write(&other, &again);
        bytes_release(&again);
    }
    if (minisign_secret_parse(input, NULL, &secret, &e) == 0)
        minisign_secret_free(&secret);
    return 0;
}
