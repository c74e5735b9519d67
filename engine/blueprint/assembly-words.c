/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"

const char *assembly_joined(struct arena *a, const struct blueprint_list *list)
{
    const char *all = "";
    for (size_t i = 0; i < list->n; i++)
        all = arena_printf(a, "%s%s%s", all, i ? _(", ") : "", list->text[i]);
    return all;
}

const char *assembly_named(struct arena *a, const struct blueprint_list *list)
{
    const char *all = "";
    for (size_t i = 0; i < list->n; i++)
        all = arena_printf(a, "%s%s%s", all, i ? _(", ") : "", _(list->text[i]));
    return all;
}

/* Units are powers of ten, up to millionths. */
static const char *number(struct arena *a, int64_t v, int64_t unit)
{
    char text[48];
    if (unit <= 1000)
        return arena_strdup(a, points_text(points_milli(v * (1000 / unit)), text, sizeof text));
    return arena_strdup(a, ratio_text(v, unit, 3, text, sizeof text));
}

const char *assembly_limits(struct arena *a, int64_t lo, int64_t hi, int64_t unit)
{
    if (lo == hi)
        return arena_printf(a, _("exactly %s"), number(a, lo, unit));
    if (hi == OPEN_HI)
        return arena_printf(a, _("at least %s"), number(a, lo, unit));
    if (lo == OPEN_LO || lo == 0)
        return arena_printf(a, _("at most %s"), number(a, hi, unit));
    return arena_printf(a, _("%s to %s"), number(a, lo, unit), number(a, hi, unit));
}

static const char *point_text(const struct assembly *a, const char *code)
{
    for (size_t i = 0; i < a->n_points; i++)
        if (strcmp(a->point[i].code, code) == 0)
            return arena_printf(a->problem->arena, _("knowledge point %s %s"), code, a->point[i].title);
    return arena_printf(a->problem->arena, _("knowledge point %s"), code);
}

const char *assembly_selector(const struct assembly *a, const struct blueprint_selector *s)
{
    const struct blueprint_list *const lists[] = {&s->levels, &s->kinds, &s->attributes};
    struct arena *arena = a->problem->arena;
    const char *text = s->knowledge_point ? point_text(a, s->knowledge_point) : "";
    char from[32], to[32];
    for (size_t k = 0; k < 3; k++)
        if (lists[k]->n)
            text = arena_printf(arena, "%s%s%s", text, *text ? _(", ") : "",
                                k < 2 ? assembly_named(arena, lists[k]) : assembly_joined(arena, lists[k]));
    if (s->has_facility)
        text = arena_printf(arena, _("%s%sfacility %s to %s"), text, *text ? _(", ") : "",
                            points_text(points_milli(s->facility_from), from, sizeof from),
                            points_text(points_milli(s->facility_to), to, sizeof to));
    return *text ? text : _("all items");
}
