/* SPDX-License-Identifier: Apache-2.0 */
/* From the journals of a station to a result bundle: what kaochang-client export does without scores and
 * kaochang-score with. Lives here because both programs need it. */
#ifndef KAOCHANG_EXAM_PACKAGES_COLLECT_H
#define KAOCHANG_EXAM_PACKAGES_COLLECT_H

#include "exam-packages/bundle.h"
#include "exam-packages/package.h"

struct collected {
    const char *ticket;
    struct span journal; /* a whole copy by SQLite's backup API, mapped: open with journal_open_bytes */
};

struct collection;

/* Verifies station and package, and copies every journal whose end the station has signed, in bytewise order
 * of ticket. session NULL: the only one that has journals here. *ret_open (may be NULL) counts sittings that
 * stay behind: not closed, or damaged. ERR_ENV with a hint when there is nothing.
 *
 * Apart from them stand the stranded ones: after the closing, a journal whose end nobody has signed; and
 * always one that contradicts, or lies beside, the room's own (TICKET.other-….journal). */
MUST_CHECK int collect_open(struct collection **ret, const char *home, const char *session, int64_t *ret_open,
                            struct err *e);
void collect_close(struct collection *c); /* NULL is fine */

size_t collect_count(const struct collection *c);
const struct collected *collect_at(const struct collection *c, size_t i);
/* Ticket of the i-th sitting that stays behind, or NULL. */
const char *collect_behind(const struct collection *c, size_t i);
/* The i-th stranded journal, and the name of its file; NULL past the last. */
const struct collected *collect_stranded(const struct collection *c, size_t i, const char **ret_name);
const struct package *collect_package(const struct collection *c);
const char *collect_session(const struct collection *c);

/* Makes the bundle with `extra` files after the journals ("scores/TICKET.xml" …), keeps it in
 * HOME/sessions/SESSION/results, and copies it to `out`: a file, an existing folder, or NULL (kept only). The
 * same content again is not made anew: the kept bytes are copied. *ret_path (the copy, or the kept file) is
 * malloc'ed. */
MUST_CHECK int collect_write(struct collection *c, const struct bundle_file *extra, size_t n_extra,
                             const char *out, char **ret_path, struct err *e);
/* The i-th stranded journal in a bundle of its own, so that one that turns out to be damaged costs no other.
 * Where `out` is no folder, the name of the journal's file is put before its ending. */
MUST_CHECK int collect_write_stranded(struct collection *c, size_t i, const char *out, char **ret_path,
                                      struct err *e);

#endif
