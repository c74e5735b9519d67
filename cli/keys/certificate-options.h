/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate as the options of "keys certify" and a station's request describe it. */
#ifndef KAOCHANG_CLI_KEYS_CERTIFICATE_OPTIONS_H
#define KAOCHANG_CLI_KEYS_CERTIFICATE_OPTIONS_H

#include "cli/command.h"
#include "exam-packages/certificate.h"

/* Fills a new certificate for the public key in the file `path`, with a random serial. Without --from and
 * --until it holds from a day ago to 400 days from now; without --name it names the site, or the station
 * as its request proposes. */
MUST_CHECK int certificate_from_options(struct certificate *c, const struct args *a, const char *path,
                                        struct err *e);

#endif
