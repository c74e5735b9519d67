/* SPDX-License-Identifier: Apache-2.0 */
/* What ends when and what is revoked, for keys list: the root, the index, certificates. */
#ifndef KAOCHANG_CLI_KEYS_LIST_TRUST_H
#define KAOCHANG_CLI_KEYS_LIST_TRUST_H

#include <jansson.h>

#include "cli/command.h"
#include "exam-packages/trust.h"

/* Adds "root", "targets", "certificates" and "revoked" to `all`; of a folder that is no office's yet, only
 * the certificates. Certificates are those in HOME/keys and those that are named as arguments. */
MUST_CHECK int list_trust(const struct args *a, int64_t now_ms, json_t *all, struct err *e);
void list_trust_print(const json_t *all);
/* Of an office's home: what ends within 60 days, on standard error, with what to do. */
void list_trust_warn(const struct args *a, const struct trust *t, int64_t now_ms);

#endif
