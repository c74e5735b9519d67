/* SPDX-License-Identifier: Apache-2.0 */
/* For test-tls-certificate.sh: make-tls-certificate NAME DIGIT CERTIFICATE KEY; prints the pin. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "client/room/tls-certificate.h"

int main(int argc, char **argv)
{
    struct secret seed = {0};
    struct bytes certificate = {0}, key = {0};
    uint8_t public[TLS_PUBLIC_KEY], pair[crypto_sign_SECRETKEYBYTES];
    char pin[TLS_PIN];
    struct err e;
    if (argc != 5 || secret_new(&seed, 32, &e) < 0)
        return 2;
    memset(seed.p, argv[2][0], seed.n);
    crypto_sign_seed_keypair(public, pair, seed.p);
    int r = tls_certificate_make(argv[1], &seed, &certificate, &key, &e);
    if (r == 0)
        r = file_put(argv[3], 0600, bytes_span(&certificate), &e);
    if (r == 0)
        r = file_put(argv[4], 0600, bytes_span(&key), &e);
    printf("%s\n", tls_pin(public, pin));
    bytes_release(&certificate);
    bytes_release(&key);
    secret_free(&seed);
    return -r;
}
