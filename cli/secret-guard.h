/* SPDX-License-Identifier: Apache-2.0 */
/* No command writes over a secret key by accident. */
#ifndef KAOCHANG_CLI_SECRET_GUARD_H
#define KAOCHANG_CLI_SECRET_GUARD_H

#include <stdbool.h>

#include "cli/command.h"

/* ERR_USAGE when an option that names a file to write (-o, --output and their like) names one that holds a
 * secret key. */
MUST_CHECK int secret_guard(const struct args *a, struct err *e);
/* Whether the file holds a minisign secret key or an age identity, by what stands in it. */
bool secret_in_file(const char *path);
/* Puts stars for the digits of an age identity in a message, as where one was given in place of a file. */
void secret_mask(char *text);

#endif
