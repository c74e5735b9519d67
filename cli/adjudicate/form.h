/* SPDX-License-Identifier: Apache-2.0 */
/* The arbitration form: who the candidate is, how each step was rated by whom and when, where the recording
 * lies; with room for the decision and for the signatures. The same content as a page for a browser or as
 * PDF. */
#ifndef KAOCHANG_CLI_ADJUDICATE_FORM_H
#define KAOCHANG_CLI_ADJUDICATE_FORM_H

#include "cli/adjudicate/docket.h"

enum { FORM_FACTS = 12, FORM_COLUMNS = 5, FORM_SIGNERS = 4 };

struct form {
    struct arena *arena;
    const char *title, *office;
    const char *fact[FORM_FACTS][2];
    size_t n_facts;
    const char *head[FORM_COLUMNS];
    const char **cell; /* n_rows times FORM_COLUMNS */
    size_t n_rows;
    const char *question[2]; /* with room to write below */
    const char *signer[FORM_SIGNERS];
};

/* Texts are in the arena, which outlives the form. */
MUST_CHECK int form_fill(struct form *ret, struct arena *a, const struct docket *d, const struct lab_case *c,
                         const char *video, const char *video_hash, struct err *e);
void form_html(const struct form *f, struct bytes *out);
MUST_CHECK int form_pdf(const struct form *f, int64_t made_ms, struct bytes *out, struct err *e);

#endif
