/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of an audit as a script for sh, which takes nothing from us but the paths and the fingerprint.
 */
#ifndef KAOCHANG_CLI_AUDIT_SCRIPT_H
#define KAOCHANG_CLI_AUDIT_SCRIPT_H

#include "base/bytes.h"
#include "exam-packages/audit/audit.h"

/* "name='path'" lines for $repo, $bundles, $receipts and $identity, as absolute paths: those that are given.
 * With `changeable` each may be set from outside. */
void script_names(struct bytes *out, const struct audit_input *in, bool changeable);
void script_begin(struct bytes *out, const struct audit_input *in);
void script_add(struct bytes *out, const struct audit_check *c);
/* The count of checks, and the exit status. */
void script_end(struct bytes *out);

#endif
