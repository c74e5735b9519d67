/* SPDX-License-Identifier: Apache-2.0 */
/* Use in other forms and in other exams. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"

static void require_overlap(struct assembly *a)
{
    struct problem *p = a->problem;
    if (p->n_forms < 2)
        return;
    uint32_t *item = arena_array(p->arena, a->n_pool + 1, sizeof *item);
    for (size_t i = 0; i < a->n_pool; i++)
        item[i] = (uint32_t)i;
    const struct requirement r = {
        .kind = REQUIRE_OVERLAP,
        .id = "maxOverlap",
        .line = a->blueprint->line,
        .item = item,
        .n = a->n_pool,
        .words = arena_printf(p->arena, _("%zu forms of which any two share at most %lld items"), p->n_forms,
                              (long long)a->blueprint->max_overlap),
        .lo = 0,
        .hi = a->blueprint->max_overlap,
        .unit = 1};
    problem_require(p, &r);
}

static void require_use(struct assembly *a, const struct blueprint_use *u)
{
    struct arena *arena = a->problem->arena;
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        if (assembly_selected(&u->what, &a->pool[i].item))
            assembly_take(&g, i, 1);
    const struct requirement r = {.kind = REQUIRE_USE,
                                  .id = arena_printf(arena, "use line %u", u->line),
                                  .line = u->line,
                                  .item = g.item,
                                  .n = g.n,
                                  .words = arena_printf(arena, _("forms that use one item (%s): %s"),
                                                        assembly_selector(a, &u->what),
                                                        assembly_limits(arena, u->min, u->max, 1)),
                                  .lo = u->min,
                                  .hi = u->max,
                                  .unit = 1};
    problem_require(a->problem, &r);
}

/* The first use of an item since then, or one behind the last; *at walks along the sorted uses. */
static size_t next_use(const struct assembly *a, const char *item, int64_t since, size_t *at)
{
    while (*at < a->n_uses && strcmp(a->use[*at].item, item) < 0)
        ++*at;
    for (size_t i = *at; i < a->n_uses && strcmp(a->use[i].item, item) == 0; i++)
        if (a->use[i].at_ms >= since) {
            *at = i + 1;
            return i;
        }
    return a->n_uses;
}

static bool seen_before(const struct assembly *a, size_t first, size_t i)
{
    for (size_t k = first; k < i; k++)
        if (strcmp(a->use[k].exam, a->use[i].exam) == 0)
            return true;
    return false;
}

/* In how many exams an item stood since then, and who sat them as far as it is known. */
static int64_t exams_of(const struct assembly *a, const char *item, int64_t since, size_t *at,
                        int64_t *candidates)
{
    size_t first = next_use(a, item, since, at);
    int64_t exams = 0;
    *candidates = 0;
    for (size_t i = first; i < a->n_uses; i = next_use(a, item, since, at)) {
        exams += !seen_before(a, first, i);
        *candidates += a->use[i].candidates == BANK_UNKNOWN ? 0 : a->use[i].candidates;
    }
    return exams;
}

static const char *since_text(const struct assembly *a, int64_t years)
{
    char day[32];
    if (years == 0)
        return "";
    time_text(assembly_since(a->blueprint, years), 0, day, sizeof day);
    return arena_printf(a->problem->arena, _(" since %.10s"), day);
}

static void require_exposure(struct assembly *a, const struct blueprint_exposure *x)
{
    struct arena *arena = a->problem->arena;
    struct gathered g = assembly_room(a);
    int64_t since = assembly_since(a->blueprint, x->years), candidates;
    size_t at = 0;
    for (size_t i = 0; i < a->n_pool; i++) {
        int64_t exams = exams_of(a, a->pool[i].item.id, since, &at, &candidates);
        if (exams >= x->exams || candidates >= x->candidates)
            assembly_take(&g, i, 1);
    }
    const char *exams = x->exams == INT64_MAX ? ""
                                              : arena_printf(arena, _(" exams: %s, this one included"),
                                                             assembly_limits(arena, 0, x->exams, 1));
    const char *sat = x->candidates == INT64_MAX
                          ? ""
                          : arena_printf(arena, _(" candidates before this exam: fewer than %lld"),
                                         (long long)x->candidates);
    const struct requirement r = {
        .kind = REQUIRE_EXCLUDE,
        .id = arena_printf(arena, "exposure line %u", x->line),
        .line = x->line,
        .item = g.item,
        .n = g.n,
        .words = arena_printf(arena, _("exposure of an item%s:%s%s"), since_text(a, x->years), exams, sat),
        .lo = 0,
        .hi = 0,
        .unit = 1};
    if (g.n)
        problem_require(a->problem, &r);
}

static void require_apart_from(struct assembly *a, const struct blueprint_past *p, const char *exam)
{
    struct arena *arena = a->problem->arena;
    struct gathered g = assembly_room(a);
    size_t at = 0;
    for (size_t i = 0; i < a->n_pool; i++)
        for (size_t u = next_use(a, a->pool[i].item.id, INT64_MIN, &at); u < a->n_uses;
             u = next_use(a, a->pool[i].item.id, INT64_MIN, &at))
            if (strcmp(a->use[u].exam, exam) == 0 && (g.n == 0 || g.item[g.n - 1] != i))
                assembly_take(&g, i, 1);
    const char *words =
        arena_printf(arena, _("items of the past exam %s: %s"), exam, assembly_limits(arena, 0, p->max, 1));
    struct requirement r =
        assembly_linear(&g, arena_printf(arena, "past %s", exam), words, p->line, 0, p->max, 1);
    assembly_require_or_wish(a, &r, p->weight);
}

static bool is_known_exam(const struct assembly *a, const char *exam)
{
    for (size_t u = 0; u < a->n_uses; u++)
        if (strcmp(a->use[u].exam, exam) == 0)
            return true;
    return false;
}

/* All exams since then, in the order in which the uses name them. */
static struct blueprint_list exams_since(const struct assembly *a, int64_t since)
{
    struct blueprint_list list = {.text = arena_array(a->problem->arena, a->n_uses + 1, sizeof *list.text)};
    for (size_t u = 0; u < a->n_uses; u++)
        if (a->use[u].at_ms >= since && !blueprint_list_has(&list, a->use[u].exam))
            list.text[list.n++] = a->use[u].exam;
    return list;
}

static int require_past(struct assembly *a, const struct blueprint_past *p, struct err *e)
{
    struct blueprint_list exams =
        p->exams.n ? p->exams : exams_since(a, assembly_since(a->blueprint, p->years));
    for (size_t k = 0; k < exams.n; k++) {
        if (!is_known_exam(a, exams.text[k]))
            return err_set(e, ERR_DATA, arena_printf(a->problem->arena, "%s:%u", a->blueprint->name, p->line),
                           _("the bank knows no past exam %s"), exams.text[k]);
        require_apart_from(a, p, exams.text[k]);
    }
    return 0;
}

int assembly_require_use(struct assembly *a, struct err *e)
{
    const struct blueprint *b = a->blueprint;
    int r = 0;
    for (size_t i = 0; i < b->n_uses; i++)
        require_use(a, &b->use[i]);
    for (size_t i = 0; i < b->n_exposures; i++)
        require_exposure(a, &b->exposure[i]);
    for (size_t i = 0; r == 0 && i < b->n_pasts; i++)
        r = require_past(a, &b->past[i], e);
    require_overlap(a);
    return r;
}

void assembly_count_exams(const struct assembly *a, int64_t years, int64_t *ret)
{
    int64_t since = assembly_since(a->blueprint, years), candidates;
    size_t at = 0;
    for (size_t i = 0; i < a->n_pool; i++)
        ret[i] = exams_of(a, a->pool[i].item.id, since, &at, &candidates);
}
