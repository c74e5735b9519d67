/* SPDX-License-Identifier: Apache-2.0 */
/* A tree's nodes: those that wait, and coming back to one of them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/tree.h"

enum { BASIC = 1, AT_LOWER = 3 }; /* of a column or row that came in later */

int tree_new_node(struct tree *t, int parent, int side)
{
    if (t->n_nodes == t->room_nodes) {
        t->room_nodes = t->room_nodes ? 2 * t->room_nodes : 64;
        t->node = mem_grow(t->node, t->room_nodes, sizeof *t->node);
    }
    t->node[t->n_nodes] = (struct tree_node){.child = {-1, -1}, .parent = parent, .side = side};
    if (parent >= 0)
        t->node[t->n_nodes].bound = t->node[parent].bound;
    return (int)t->n_nodes++;
}

/* ---- those that wait ---- */

/* Does a come before b? Of equal bounds the later one: it is deeper. */
static bool before(const struct tree *t, int a, int b)
{
    double x = t->node[a].bound, y = t->node[b].bound;
    return t->deep || x == y ? a > b : x > y;
}

static void swap(int *a, int *b)
{
    int old = *a;
    *a = *b;
    *b = old;
}

void tree_wait(struct tree *t, int node)
{
    if (t->n_waiting == t->room_waiting) {
        t->room_waiting = t->room_waiting ? 2 * t->room_waiting : 64;
        t->waiting = mem_grow(t->waiting, t->room_waiting, sizeof *t->waiting);
    }
    size_t i = t->n_waiting++;
    t->waiting[i] = node;
    for (; i > 0 && before(t, t->waiting[i], t->waiting[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&t->waiting[i], &t->waiting[(i - 1) / 2]);
}

int tree_next(struct tree *t)
{
    if (t->n_waiting == 0)
        return -1;
    int ret = t->waiting[0];
    t->waiting[0] = t->waiting[--t->n_waiting];
    for (size_t i = 0, k; (k = 2 * i + 1) < t->n_waiting; i = k) {
        if (k + 1 < t->n_waiting && before(t, t->waiting[k + 1], t->waiting[k]))
            k++;
        if (!before(t, t->waiting[k], t->waiting[i]))
            break;
        swap(&t->waiting[i], &t->waiting[k]);
    }
    return ret;
}

/* ---- coming back ---- */

void tree_leave(struct tree *t)
{
    while (t->n_narrowed > 0) {
        size_t i = --t->n_narrowed;
        tree_set(t, t->narrowed[i], t->was[2 * i], t->was[2 * i + 1]);
    }
}

static void narrow(struct tree *t, const struct tree_node *n, int side)
{
    size_t i = t->n_narrowed++;
    if ((i & (i - 1)) == 0) {
        t->narrowed = mem_grow(t->narrowed, i ? 2 * i : 1, sizeof *t->narrowed);
        t->was = mem_grow(t->was, i ? 4 * i : 2, sizeof *t->was);
    }
    int64_t lower = t->x->lower[n->column], upper = t->x->upper[n->column];
    t->narrowed[i] = n->column;
    t->was[2 * i] = lower;
    t->was[2 * i + 1] = upper;
    tree_set(t, n->column, side && n->at + 1 > lower ? n->at + 1 : lower,
             !side && n->at < upper ? n->at : upper);
}

/* Columns come before rows in a basis; what came in since is appended to each. */
static void load_basis(struct tree *t, const struct tree_node *n)
{
    size_t columns = lp_n_columns(t->x->lp), rows = lp_n_rows(t->x->lp);
    unsigned char *all = mem_alloc(columns + rows + 1);
    memset(all, AT_LOWER, columns);
    memset(all + columns, BASIC, rows);
    memcpy(all, n->basis, n->basis_columns);
    memcpy(all + columns, n->basis + n->basis_columns, n->basis_rows);
    lp_load_basis(t->x->lp, all);
    free(all);
}

void tree_enter(struct tree *t, int node)
{
    tree_leave(t);
    for (int i = node; t->node[i].parent >= 0; i = t->node[i].parent)
        narrow(t, &t->node[t->node[i].parent], t->node[i].side);
    if (t->node[node].parent >= 0 && t->node[t->node[node].parent].basis)
        load_basis(t, &t->node[t->node[node].parent]);
}

void tree_keep_basis(struct tree *t, int node)
{
    struct tree_node *n = &t->node[node];
    n->basis_columns = lp_n_columns(t->x->lp);
    n->basis_rows = lp_n_rows(t->x->lp);
    n->basis = mem_alloc(lp_basis_size(t->x->lp) + 1);
    lp_save_basis(t->x->lp, n->basis);
}

void tree_forget(struct tree_node *n)
{
    relax_terms_release(&n->terms);
    free(n->basis);
    n->basis = NULL;
}

void tree_restart(struct tree *t)
{
    for (size_t i = 0; i < t->n_nodes; i++)
        tree_forget(&t->node[i]);
    t->n_nodes = t->n_waiting = 0;
}

void tree_release(struct tree *t)
{
    tree_restart(t);
    free(t->node);
    free(t->cost);
    free(t->waiting);
    free(t->narrowed);
    free(t->was);
}
