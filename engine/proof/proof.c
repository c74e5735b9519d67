/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/proof.h"

#include <stdlib.h>

#include "base/mem.h"

void proof_init(struct proof *q)
{
    *q = (struct proof){.arena = arena_new()};
}

void proof_release(struct proof *q)
{
    arena_free(q->arena);
    free(q->node);
    *q = (struct proof){0};
}

static void *copied(struct arena *a, const void *from, size_t n, size_t size)
{
    return n ? arena_copy(a, from, n * size) : NULL;
}

void proof_add(struct proof *q, const struct proof_node *node)
{
    if (q->n_nodes == q->cap) {
        q->cap = q->cap ? 2 * q->cap : 16;
        q->node = mem_grow(q->node, q->cap, sizeof *q->node);
    }
    struct proof_node *to = &q->node[q->n_nodes++];
    *to = *node;
    to->term = copied(q->arena, node->term, node->n_terms, sizeof *node->term);
    to->item = copied(q->arena, node->item, node->n, sizeof *node->item);
    to->coef = copied(q->arena, node->coef, node->n, sizeof *node->coef);
}

void proof_add_terms(struct proof *q, enum proof_node_kind kind, const struct proof_term *term, size_t n,
                     int64_t objective_times)
{
    proof_add(q, &(struct proof_node){.kind = kind,
                                      .term = (struct proof_term *)(uintptr_t)term,
                                      .n_terms = n,
                                      .objective_times = objective_times});
}
