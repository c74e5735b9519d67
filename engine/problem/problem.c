/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/problem.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct problem *problem_new(size_t n_items, size_t n_forms)
{
    struct arena *a = arena_new();
    struct problem *p = arena_alloc(a, sizeof *p);
    *p = (struct problem){.arena = a, .name = "", .n_items = n_items, .n_forms = n_forms, .n_objectives = 1};
    p->objective = arena_array(a, 1, sizeof *p->objective);
    p->objective->unit = 1;
    p->id = arena_array(a, n_items, sizeof *p->id);
    return p;
}

void problem_free(struct problem *p)
{
    if (!p)
        return;
    struct requirement *requirement = p->requirement;
    arena_free(p->arena);
    free(requirement);
}

uint32_t problem_require_with(struct problem *p, const struct requirement *r, uint32_t joins)
{
    size_t n = p->n_requirements;
    if ((n & (n - 1)) == 0) /* at 0 and at powers of two the room doubles */
        p->requirement = mem_grow(p->requirement, n ? 2 * n : 1, sizeof *p->requirement);
    p->requirement[n] = *r;
    p->requirement[n].unit_no = joins;
    if (p->requirement[n].unit == 0)
        p->requirement[n].unit = 1;
    p->n_requirements++;
    return (uint32_t)n;
}

uint32_t problem_require(struct problem *p, const struct requirement *r)
{
    return problem_require_with(p, r, (uint32_t)p->n_requirements);
}

bool requirement_is_across_forms(const struct requirement *r)
{
    return r->kind == REQUIRE_TOTAL || r->kind == REQUIRE_USE || r->kind == REQUIRE_STIMULUS_USE ||
           r->kind == REQUIRE_OVERLAP || r->kind == REQUIRE_RANGE || r->kind == REQUIRE_PENALTY;
}

void selection_release(struct selection *s)
{
    for (size_t f = 0; f < s->n_forms; f++)
        free(s->form[f]);
    free(s->form);
    free(s->n);
    *s = (struct selection){0};
}

void selection_copy(struct selection *to, const struct selection *from)
{
    *to = (struct selection){.n_forms = from->n_forms,
                             .form = mem_alloc((from->n_forms + 1) * sizeof *to->form),
                             .n = mem_alloc((from->n_forms + 1) * sizeof *to->n)};
    for (size_t f = 0; f < from->n_forms; f++) {
        to->n[f] = from->n[f];
        to->form[f] = mem_alloc((from->n[f] + 1) * sizeof *to->form[f]);
        for (size_t i = 0; i < from->n[f]; i++)
            to->form[f][i] = from->form[f][i];
    }
}
