/* SPDX-License-Identifier: Apache-2.0 */
/* A person's file of age identities, such as a proctor's on his stick: in the clear, or an age file under a
 * passphrase. `age -i` takes both. */
#ifndef KAOCHANG_EXAM_PACKAGES_KEY_FILE_H
#define KAOCHANG_EXAM_PACKAGES_KEY_FILE_H

#include <stdbool.h>

#include "exam-packages/age.h"

enum { KEY_FILE_MAX = 64 * 1024 };

/* It takes a passphrase. */
bool key_file_is_locked(struct span text);
/* Puts the file under a passphrase, in place. */
MUST_CHECK int key_file_lock(struct bytes *text, struct span passphrase, struct err *e);
/* All identities in it; `passphrase` is not looked at in one that is not locked. ERR_NO: a wrong one.
 * malloc'ed, free with age_identities_free. */
MUST_CHECK int key_file_open(struct span text, struct span passphrase, struct age_identity **ret,
                             size_t *ret_n, struct err *e);

#endif
