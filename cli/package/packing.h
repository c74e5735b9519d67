/* SPDX-License-Identifier: Apache-2.0 */
/* The work of "kaochang pack": an assembled exam and a session's roster become a package and its codes. */
#ifndef KAOCHANG_CLI_PACKAGE_PACKING_H
#define KAOCHANG_CLI_PACKAGE_PACKING_H

#include "cli/keys/keyring.h"
#include "cli/office/exam.h"
#include "exam-packages/package.h"
#include "scoring/lab/plan.h"

struct packing {
    struct desk desk;
    struct trust *trust;
    struct keyring officers;
    struct paper *paper;
    struct lab_plan *plan; /* of a lab exam, in place of the paper; else NULL */
    struct bytes paper_xml, roster_xml;
    struct bytes inner_paper, inner_key;
    struct roster *roster;
    struct package_site *site;
    struct bytes *site_roster;
    size_t n_sites;
    struct proctors_key *proctor;
    char *built; /* sessions/SESSION/SESSION.VERSION.exam */
    struct package_input input;
    struct package_codes codes;
};

/* Reads what the package is made of: session, trust, the exam's paper and items, the roster with a view
 * for each of its sites, and the officers' keys. Begin with a zeroed *p; release it whether this succeeds
 * or not. */
MUST_CHECK int packing_gather(struct packing *p, const struct args *a, const char *exam, struct err *e);
/* --proctor, --needed, --with-code, and what goes with them, into the input. */
MUST_CHECK int packing_proctors(struct packing *p, const struct args *a, struct err *e);
/* Builds the session's next version, keeps its codes sealed to R beside it, opens it once as a station would,
 * signs the roster, and only then copies the package to `out`. The codes stand in p->codes. */
MUST_CHECK int packing_build(struct packing *p, const struct args *a, const char *out, struct err *e);
void packing_release(struct packing *p); /* wipes the codes */

#endif
