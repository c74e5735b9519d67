/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs as text, and back: proof.txt of an exam's folder (docs/engine.md, "Files"). */
#ifndef KAOCHANG_ENGINE_PROOF_TEXT_H
#define KAOCHANG_ENGINE_PROOF_TEXT_H

#include "base/bytes.h"
#include "engine/proof/proof.h"

enum { PROOF_TEXT_MAX_BYTES = 1 << 28, PROOF_TEXT_MAX_NODES = 1 << 22, PROOF_TEXT_MAX_STAGES = 1000 };

/* What is proven about one objective, earlier ones being held. */
struct proof_stage {
    bool has_incumbent;
    int64_t incumbent[2]; /* num, den: the value that was found, as of check_objective */
    struct proof proof;
};

/* In the order of the objectives. */
void proof_text(const struct proof_stage *stage, size_t n, struct bytes *out);
/* ERR_DATA with the line for what is ill-formed or too large. *ret is freed with proof_stages_free. */
MUST_CHECK int proof_text_read(struct proof_stage **ret, size_t *ret_n, const char *name, struct span text,
                               struct err *e);
void proof_stages_free(struct proof_stage *stage, size_t n);

#endif
