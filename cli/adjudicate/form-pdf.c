/* SPDX-License-Identifier: Apache-2.0 */
#include "base/print/print.h"
#include "cli/adjudicate/form.h"

int form_pdf(const struct form *f, int64_t made_ms, struct bytes *out, struct err *e)
{
    const struct print_options options = {.title = f->title, .footer = f->office, .made_ms = made_ms};
    const struct print_column column[FORM_COLUMNS] = {
        {f->head[0], 2, false}, {f->head[1], 5, false}, {f->head[2], 2, true},
        {f->head[3], 2, false}, {f->head[4], 7, false},
    };
    struct print *p = print_new(&options);
    print_heading(p, 1, f->title);
    print_facts(p, f->fact, f->n_facts);
    print_table(p, column, FORM_COLUMNS, f->cell, f->n_rows);
    for (size_t i = 0; i < sizeof f->question / sizeof *f->question; i++) {
        print_heading(p, 2, f->question[i]);
        print_paragraph(p, "\n\n\n");
    }
    print_signatures(p, f->signer, FORM_SIGNERS);
    int r = print_finish(p, out, e);
    print_free(p);
    return r;
}
