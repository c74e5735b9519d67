/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/proof-text.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/proof/tokens.h"

static void put_multipliers(struct bytes *out, const struct proof_node *node)
{
    bytes_str(out, node->kind == PROOF_LEAF ? "leaf" : "reduce");
    tokens_put_number(out, ' ', node->objective_times);
    for (size_t i = 0; i < node->n_terms; i++) {
        tokens_put_number(out, ' ', node->term[i].requirement);
        tokens_put_number(out, '/', node->term[i].sub);
        tokens_put_number(out, ':', node->term[i].times);
    }
    bytes_str(out, "\n");
}

static void put_branch(struct bytes *out, const struct proof_node *node)
{
    bytes_str(out, node->stimuli ? "branch stimuli" : "branch items");
    tokens_put_number(out, ' ', node->at);
    for (size_t i = 0; i < node->n; i++) {
        tokens_put_number(out, ' ', node->item[i]);
        tokens_put_number(out, ':', node->coef[i]);
    }
    bytes_str(out, "\n");
}

void proof_text(const struct proof_stage *stage, size_t n, struct bytes *out)
{
    bytes_printf(out, "kaochang-proof 1\nstages %zu\n", n);
    for (size_t k = 0; k < n; k++) {
        const struct proof *q = &stage[k].proof;
        bytes_str(out, "incumbent ");
        if (stage[k].has_incumbent)
            bytes_printf(out, "%lld/%lld", (long long)stage[k].incumbent[0],
                         (long long)stage[k].incumbent[1]);
        else
            bytes_str(out, "-");
        bytes_printf(out, " nodes %zu\n", q->n_nodes);
        for (size_t i = 0; i < q->n_nodes; i++)
            if (q->node[i].kind == PROOF_BRANCH)
                put_branch(out, &q->node[i]);
            else
                put_multipliers(out, &q->node[i]);
    }
}

/* Words up to the end of the line. */
static size_t words_left(const struct tokens *t)
{
    size_t n = 0;
    for (const char *p = t->p; p < t->end && *p != '\n'; p++)
        n += *p == ' ';
    return n;
}

static void read_terms(struct tokens *t, struct proof *q, struct proof_node *node)
{
    node->objective_times = tokens_number(t, 0, INT64_MAX);
    size_t most = words_left(t);
    node->term = arena_array(q->arena, most + 1, sizeof *node->term);
    while (tokens_try(t, " ") && node->n_terms < most) {
        struct proof_term *term = &node->term[node->n_terms++];
        term->requirement = (uint32_t)tokens_number(t, 0, UINT32_MAX);
        tokens_expect(t, "/");
        term->sub = (uint32_t)tokens_number(t, 0, UINT32_MAX);
        tokens_expect(t, ":");
        term->times = tokens_number(t, INT64_MIN + 1, INT64_MAX);
    }
}

static void read_branch(struct tokens *t, struct proof *q, struct proof_node *node)
{
    node->stimuli = tokens_try(t, "stimuli ");
    if (!node->stimuli)
        tokens_expect(t, "items ");
    node->at = tokens_number(t, INT64_MIN + 1, INT64_MAX);
    size_t most = words_left(t);
    node->item = arena_array(q->arena, most + 1, sizeof *node->item);
    node->coef = arena_array(q->arena, most + 1, sizeof *node->coef);
    while (tokens_try(t, " ") && node->n < most) {
        node->item[node->n] = (uint32_t)tokens_number(t, 0, UINT32_MAX);
        tokens_expect(t, ":");
        node->coef[node->n++] = tokens_number(t, INT64_MIN + 1, INT64_MAX);
    }
}

static void read_node(struct tokens *t, struct proof *q)
{
    static const char *const word[] = {"branch", "reduce", "leaf"};
    struct proof_node *node = &q->node[q->n_nodes];
    *node = (struct proof_node){.kind = (enum proof_node_kind)tokens_choice(t, word, 3)};
    tokens_expect(t, " ");
    if (node->kind == PROOF_BRANCH)
        read_branch(t, q, node);
    else
        read_terms(t, q, node);
    tokens_end_line(t);
    q->n_nodes++;
}

/* *room: how many nodes there may still be. */
static void read_stage(struct tokens *t, struct proof_stage *s, size_t *room)
{
    tokens_expect(t, "incumbent ");
    s->has_incumbent = !tokens_try(t, "- ");
    if (s->has_incumbent) {
        s->incumbent[0] = tokens_number(t, INT64_MIN + 1, INT64_MAX);
        tokens_expect(t, "/");
        s->incumbent[1] = tokens_number(t, 1, INT64_MAX);
        tokens_expect(t, " ");
    }
    tokens_expect(t, "nodes ");
    s->proof.cap = tokens_count(t, *room, 7);
    *room -= s->proof.cap;
    tokens_end_line(t);
    s->proof.node = mem_alloc((s->proof.cap + 1) * sizeof *s->proof.node);
    for (size_t i = 0; i < s->proof.cap && !t->bad; i++)
        read_node(t, &s->proof);
}

int proof_text_read(struct proof_stage **ret, size_t *ret_n, const char *name, struct span text,
                    struct err *e)
{
    struct tokens t = tokens_of(text);
    tokens_expect(&t, "kaochang-proof 1\nstages ");
    t.line++;
    size_t n = tokens_count(&t, PROOF_TEXT_MAX_STAGES, 1);
    tokens_end_line(&t);
    struct proof_stage *stage = mem_alloc((n + 1) * sizeof *stage);
    size_t room = PROOF_TEXT_MAX_NODES;
    for (size_t k = 0; k < n; k++)
        proof_init(&stage[k].proof);
    for (size_t k = 0; k < n && !t.bad; k++)
        read_stage(&t, &stage[k], &room);
    int r = tokens_done(&t, name, e);
    if (r < 0) {
        proof_stages_free(stage, n);
        return r;
    }
    *ret = stage;
    *ret_n = n;
    return 0;
}

void proof_stages_free(struct proof_stage *stage, size_t n)
{
    for (size_t k = 0; k < n; k++)
        proof_release(&stage[k].proof);
    free(stage);
}
