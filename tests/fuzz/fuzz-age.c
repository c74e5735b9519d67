/* SPDX-License-Identifier: Apache-2.0 */
/* age files, identities and recipients. Only X25519: an scrypt stanza is read but its work is not done. A
 * file that opens holds the one text of the corpus, or somebody has forged a file for a key that is printed
 * here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exam-packages/age-internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char key[] = "AGE-SECRET-KEY-1QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5Z5TPWXQERGD3C8G7RUSQGPQYEE";

/* What comes out of a stream is a beginning of the one text, also where it fails. */
static void open_stream(const uint8_t *data, size_t size, const struct age_identity *id)
{
    static const char text[] = "an exam paper\n";
    char out[64];
    struct err e;
    FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL,
         *to = fmemopen(out, sizeof out, "wb");
    if (!in || !to)
        goto done;
    int r = age_open_stream(in, to, &(struct age_key){.id = id, .n = 1}, &e);
    long n = ftell(to);
    fflush(to);
    if (n < 0 || (size_t)n > sizeof text - 1 || memcmp(out, text, (size_t)n) != 0 ||
        (r == 0 && (size_t)n != sizeof text - 1))
        abort();
done:
    if (in)
        fclose(in);
    if (to)
        fclose(to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct age_identity id = {0}, other = {0};
    struct age_recipient recipient;
    struct age_header header = {0};
    struct bytes plain = {0};
    struct span input = span_of(data, size);
    struct err e;
    if (age_identity_parse(span_str(key), &id, &e) < 0)
        abort();
    if (age_header_parse(input, &header, &e) == 0 && (header.n == 0 || header.length > size))
        abort();
    age_header_free(&header);
    if (age_open(input, &id, 1, &plain, &e) == 0 &&
        !span_equal(bytes_span(&plain), span_str("an exam paper\n")))
        abort();
    bytes_release(&plain);
    open_stream(data, size, &id);
    if (age_recipient_parse(input, &recipient, &e) < 0 && e.kind != ERR_DATA)
        abort();
    if (age_identity_parse(input, &other, &e) == 0)
        age_identity_free(&other);
    age_identity_free(&id);
    return 0;
}
