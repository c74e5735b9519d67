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
#include "paperbank/item/paper.h"

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

/* Of evidence_objectives' list: the first objective in short, and whether none of them can be better. */
json_t *evidence_first(const struct problem *p, const json_t *objectives);
bool evidence_is_best(const json_t *objectives);

/* BLAKE2b-512 in hex, as b2sum prints it. */
void evidence_digest(struct span data, char ret[129]);

/* Reads an item as it stands in the exam. */
typedef int evidence_read_fn(void *context, const struct paper_item *item, struct bytes *ret, struct err *e);
/* A line "ID.xml DIGEST" per item of the paper, in the order of their ids, each once. */
MUST_CHECK int evidence_items(const struct paper *p, evidence_read_fn *read, void *context, struct bytes *out,
                              struct err *e);
/* The certificate as text. Its last member, "digest", is of the text without it; takes o over. */
void evidence_seal(json_t *o, struct bytes *out);
/* ERR_DATA: no certificate. ERR_NO: it was changed. */
MUST_CHECK int evidence_open(json_t **ret, struct span text, struct err *e);

#endif
