/* SPDX-License-Identifier: Apache-2.0 */
/* A supplement to a package that is published already: another list of a site's candidates (late ones,
 * another form, another seat), or the word that the package is withdrawn. A container like a package, signed
 * by the same officers. Format: docs/exam-packages.md, "Supplements". */
#ifndef KAOCHANG_EXAM_PACKAGES_SUPPLEMENT_H
#define KAOCHANG_EXAM_PACKAGES_SUPPLEMENT_H

#include "exam-packages/package.h"
#include "exam-packages/supplement-document.h"

struct supplement_input {
    enum supplement_kind kind;
    const char *session;
    int64_t number;
    const uint8_t *package;             /* package hash */
    const char *date, *expiry, *reason; /* reason may be NULL for lists */
    const struct package_site *site;    /* lists: in bytewise order of site */
    size_t n_sites;
    struct age_recipient recovery;
    const struct minisign_secret *officer;
    size_t n_officers;
};
/* Seals, signs, writes atomically. */
MUST_CHECK int supplement_build(const struct supplement_input *in, const char *path, struct err *e);

struct supplement;
/* Verifies everything: container, canonical manifest, as many officers as sign packages, every part.
 * ERR_USAGE when the file is a package. */
MUST_CHECK int supplement_open(struct supplement **ret, const char *path, const struct trust *t,
                               struct err *e);
void supplement_close(struct supplement *s); /* NULL is fine */
const struct supplement_document *supplement_document_of(const struct supplement *s);
struct span supplement_bytes(const struct supplement *s); /* of manifest.xml */
/* The officers who signed, as the targets call them, with commas. */
const char *supplement_signers(const struct supplement *s);
/* The site's list with its room secrets. ERR_NO where the supplement has none for this site. */
MUST_CHECK int supplement_open_roster(const struct supplement *s, const char *site,
                                      const struct age_identity *id, struct roster **ret, struct err *e);

/* True if the container at `path` is a supplement by its manifest's kind; nothing is verified. */
bool supplement_is(const char *path);

/* ---- what a station, or the office, has of them: one folder of SESSION.NUMBER.KIND.exam ---- */

/* The code of ERR_NO for a package that is withdrawn. */
enum { SUPPLEMENT_WITHDRAWN = 7001 };

/* ERR_NO (SUPPLEMENT_WITHDRAWN) when the package is withdrawn: why, when, by whom. Files that do not verify
 * or are for another package are passed over; but a withdrawal that the targets list counts also when its
 * file is lost. A folder that is not there is empty. */
MUST_CHECK int supplements_check(const char *folder, const struct trust *t, const struct package *p,
                                 struct err *e);
/* The site's newest list: of the highest supplement that has one, else the package's own. ERR_ENV with a hint
 * when a list that the targets name is not in the folder. */
MUST_CHECK int supplements_roster(const char *folder, const struct trust *t, const struct package *p,
                                  const char *site, const struct age_identity *id, struct roster **ret,
                                  struct err *e);
/* HOME/supplements of a station; the caller frees. */
char *supplements_folder(const char *home);

#endif
