/* SPDX-License-Identifier: Apache-2.0 */
/* An assembled exam as a folder: paper.xml, items/ID.xml (the full items, frozen), media/HASH.png (their
 * pictures), blueprint.xml, certificate.json, problem.txt,
 * proof.txt (verify.h), items.csv (facts.h), report.html (report.h). */
#ifndef KAOCHANG_ENGINE_EXAM_H
#define KAOCHANG_ENGINE_EXAM_H

#include "base/bytes.h"
#include "base/err.h"
#include "engine/blueprint/assembly.h"
#include "engine/search/solve.h"
#include "paperbank/item/paper.h"

/* The paper of a selection: forms A, B …; sections as in the blueprint; items in the order of the tree of
 * knowledge points, then by id. `id` is the exam's plain name. */
struct paper *exam_paper_of(const struct assembly *a, const struct selection *s, const char *id);

/* Writes the folder whole or not at all: into a temporary folder beside it, then renamed. An existing `dir`
 * is refused (ERR_USAGE). `blueprint` are the bytes of the blueprint's file. The bank then knows that the
 * versions are used, from `at_ms` on (bank_use_exam). */
MUST_CHECK int exam_write(const char *dir, const struct assembly *a, const struct solve_result *r,
                          struct bank *bank, int64_t at_ms, struct span blueprint, struct span certificate,
                          struct err *e);

struct exam_file {
    const char *name;
    struct span bytes;
};

/* 0 if an exam may be written to `dir`: a plain name (ERR_USAGE) that is not taken (ERR_USAGE). */
MUST_CHECK int exam_name_free(const char *dir, struct err *e);
/* A folder whole or not at all: `fill_it` writes into a temporary one beside it, which then gets the name. Signals that
 * would stop it wait until then. */
typedef int exam_fill_fn(void *context, const char *temporary, struct err *e);
MUST_CHECK int exam_folder_put(const char *dir, exam_fill_fn *fill_it, void *context, struct err *e);
/* The same for a paper from elsewhere: paper.xml, the bank's items that it names, and these files beside, the
 * certificate among them. `words` says the requirements for the report; may be NULL. */
MUST_CHECK int exam_put(const char *dir, const struct paper *p, struct bank *bank, int64_t at_ms,
                        const struct exam_file *file, size_t n, const struct problem *words, struct err *e);

#endif
