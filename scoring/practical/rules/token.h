/* SPDX-License-Identifier: Apache-2.0 */
/* An exam's token in an office file: whose work it is and of which session, carried by the start file. In
 * OOXML a custom document property, in ODF a user-defined field of meta.xml, named "Kaochang" in both.
 * Programs that save a file anew may drop it: that it is gone says nothing, that it is another candidate's is
 * worth a look. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_TOKEN_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_TOKEN_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

enum { TOKEN_MAX = 200 };

/* Appends the file with the token in it (in place of an older one) to `out`: the same file and token give the
 * same bytes. A token is 1 to 200 of [A-Za-z0-9._:/-]. ERR_DATA where the file cannot carry one. `name`
 * stands in messages. */
MUST_CHECK int token_stamp(const char *name, struct span file, const char *token, struct bytes *out,
                           struct err *e);
/* *ret in the arena, or NULL where there is none. ERR_DATA where the file cannot be read. */
MUST_CHECK int token_read(const char *name, struct span file, struct arena *a, const char **ret,
                          struct err *e);

#endif
