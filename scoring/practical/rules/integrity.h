/* SPDX-License-Identifier: Apache-2.0 */
/* Traces that two candidates' files have one origin: a list for a person to look at, never a verdict. What
 * the start files hold is common to all and left out; so is what more than TRACES_COMMON candidates share.
 *
 * A trace by itself says little: a shared computer gives one creator's name, one minute gives one date, a
 * picture from the same web page one hash. Tokens are told where two candidates carry the same one, and where
 * it is gone; programs drop it when they save anew. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_INTEGRITY_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_INTEGRITY_H

#include "scoring/practical/fact.h"

enum { TRACES_COMMON = 20, TRACES_MAX_FEATURES = 4000000 };

enum trace_kind {
    TRACE_FILE,     /* the same bytes */
    TRACE_TOKEN,    /* the same token at two candidates */
    TRACE_DOCUMENT, /* the same id that a program gave the document */
    TRACE_RSID, /* ids of editing sessions (w:rsid) that a third candidate has not; `shared` tells how many */
    TRACE_PART, /* the same part: a picture, a drawing */
    TRACE_CREATED,    /* created at the same moment */
    TRACE_CREATOR,    /* the same creator or last editor */
    TRACE_TOKEN_LOST, /* one candidate's file without the token that others of that name have */
};
const char *trace_kind_name(enum trace_kind kind); /* "rsid", "token-lost" */

struct trace {
    enum trace_kind kind;
    const char *value;       /* English or as in the file; without control characters */
    const char *const *file; /* "candidate/path", in order */
    size_t n_files, shared;  /* shared: how many values; 1 but for TRACE_RSID */
};
typedef void trace_fn(void *context, const struct trace *t);

struct traces;
struct traces *traces_new(void);
void traces_free(struct traces *t); /* NULL is fine */
/* The files of one candidate, or with candidate NULL the start files. Files that cannot be read are passed
 * over. ERR_DATA past TRACES_MAX_FEATURES. */
MUST_CHECK int traces_add(struct traces *t, const char *candidate, const struct practical_folder *folder,
                          struct err *e);
/* Each trace once: by kind, then by value, whatever the order of candidates. Valid during the call. */
void traces_tell(struct traces *t, trace_fn *tell, void *context);

#endif
