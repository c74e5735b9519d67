/* SPDX-License-Identifier: Apache-2.0 */
/* A decision as files: FILE, FILE.KEYID.minisig of each who signed, and beside each signature of a person his
 * certificate FILE.KEYID.certificate.xml with the officer's signature FILE.KEYID.certificate.xml.minisig. An
 * officer's signature needs none. docs/exam-packages.md, "Decision".
 */
#ifndef KAOCHANG_EXAM_PACKAGES_DECISION_FILE_H
#define KAOCHANG_EXAM_PACKAGES_DECISION_FILE_H

#include "exam-packages/decision.h"

struct decision_file {
    struct decision *decision;
    struct span document; /* in the decision's arena, as are all below */
    struct signatures signatures;
    struct certificate_chain certificate[SIGNATURES_MAX]; /* of those signatures that have one */
    const char *keyid[SIGNATURES_MAX];                    /* of certificate[i] */
    size_t n_certificates;
};

/* Reads all of it; nothing is verified. A signature whose certificate lies unsigned beside it is refused. */
MUST_CHECK int decision_file_load(struct decision_file *ret, const char *path, struct err *e);
void decision_file_release(struct decision_file *f);

/* Writes a decision without signatures; an existing file is refused (ERR_USAGE). */
MUST_CHECK int decision_file_put(const char *path, const struct decision *d, struct err *e);
/* Adds one signature to the decision in `path`, and puts the certificate beside it, with the officer's
 * signature that lies beside that one. certificate NULL: an officer's key. ERR_NO when the certificate is of
 * another key, or of no person. */
MUST_CHECK int decision_file_sign(const char *path, const struct minisign_secret *key,
                                  const char *certificate, struct err *e);

#endif
