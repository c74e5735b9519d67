/* SPDX-License-Identifier: Apache-2.0 */
/* What a certificate says that anybody can compute again: from problem and forms alone, in exact integers.
 * Written by the assembly, computed again by verify.h. */
#ifndef KAOCHANG_ENGINE_EVIDENCE_H
#define KAOCHANG_ENGINE_EVIDENCE_H

#include <jansson.h>

#include "base/bytes.h"
#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/proof-text.h"

/* Per rule of the office what is asked, what each form has, how many items it is about; a rule that stands
 * for several requirements (enemy pairs) has their worst. */
json_t *evidence_requirements(const struct problem *p, const struct selection *s);
/* The worst value of rule k in a form. */
int64_t evidence_met(const struct problem *p, uint32_t k, const struct selection *s, size_t form);
json_t *evidence_overlap(const struct selection *s);

/* Per objective in its order: value, the bound that its stage proves (null without a proof), gap, whether
 * none can be better. ERR_DATA where a proof is none. ERR_NO: the forms do not hold what the stages reached.
 */
MUST_CHECK int evidence_objectives(const struct problem *p, const struct selection *s,
                                   const struct proof_stage *stage, size_t n, json_t **ret, struct err *e);

/* BLAKE2b-512 in hex, as b2sum prints it. */
void evidence_digest(struct span data, char ret[129]);

/* The certificate as text. Its last member, "digest", is of the text without it; takes o over. */
void evidence_seal(json_t *o, struct bytes *out);
/* ERR_DATA: no certificate. ERR_NO: it was changed. */
MUST_CHECK int evidence_open(json_t **ret, struct span text, struct err *e);

#endif
