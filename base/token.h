/* SPDX-License-Identifier: Apache-2.0 */
/* An exam's token in an office file: whose work it is and of which session, carried by the start file. In
 * OOXML a custom document property, in ODF a user-defined field of meta.xml, named "Kaochang" in both.
 * Programs that save a file anew may drop it: that it is gone says nothing, that it is another candidate's is
 * worth a look.
 *
 * The station puts it into what a candidate is given, the scorer puts it in again to know that file: the same
 * file and token give the same bytes everywhere. */
#ifndef KAOCHANG_BASE_TOKEN_H
#define KAOCHANG_BASE_TOKEN_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

enum { TOKEN_MAX = 200 };

/* "kc:SESSION:TICKET:ITEM"; what a token cannot hold becomes "_", and what is too long is cut off. */
const char *token_for(char ret[TOKEN_MAX + 1], const char *session, const char *ticket, const char *item);

/* Whether a file of that name is one that carries a token: docx, xlsx, pptx, odt, ods, odp and their kin. */
bool token_fits(const char *path);

/* Appends the file with the token in it (in place of an older one) to `out`. A token is 1 to 200 of
 * [A-Za-z0-9._:/-]. ERR_DATA where the file cannot carry one; nothing is appended then. `name` stands in
 * messages. */
MUST_CHECK int token_stamp(const char *name, struct span file, const char *token, struct bytes *out,
                           struct err *e);
/* *ret in the arena, or NULL where there is none. ERR_DATA where the file cannot be read. */
MUST_CHECK int token_read(const char *name, struct span file, struct arena *a, const char **ret,
                          struct err *e);

#endif
