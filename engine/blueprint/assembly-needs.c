/* SPDX-License-Identifier: Apache-2.0 */
/* An attribute that a blueprint names and no item has is a slip of the pen. */
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"
#include "paperbank/bank/metadata.h"

static int need_attribute(const struct assembly *a, const char *name, unsigned line, struct err *e)
{
    size_t n;
    for (size_t i = 0; name && i < a->n_pool; i++) {
        const char *at = a->pool[i].item.attributes;
        if (metadata_attribute(&at, name, &n))
            return 0;
    }
    if (!name)
        return 0;
    err_set(e, ERR_DATA, arena_printf(a->problem->arena, "%s:%u", a->blueprint->name, line),
            _("no item that a section can take has the attribute %s"), name);
    return err_hint(e, _("give it to items with: kaochang bank edit ID --attributes %s=VALUE --by NAME"),
                    name);
}

static int need_selector(const struct assembly *a, const struct blueprint_selector *s, unsigned line,
                         struct err *e)
{
    int r = 0;
    for (size_t k = 0; r == 0 && k < s->attributes.n; k++) {
        const char *pair = s->attributes.text[k];
        r = need_attribute(a, arena_strndup(a->problem->arena, pair, strcspn(pair, "=")), line, e);
    }
    return r;
}

int assembly_need_attributes(const struct assembly *a, struct err *e)
{
    const struct blueprint *b = a->blueprint;
    int r = 0;
    for (size_t i = 0; r == 0 && i < b->n_rules; i++)
        if ((r = need_attribute(a, b->rule[i].attribute, b->rule[i].line, e)) == 0)
            r = need_selector(a, &b->rule[i].what, b->rule[i].line, e);
    for (size_t i = 0; r == 0 && i < b->n_sums; i++)
        if ((r = need_attribute(a, b->sum[i].attribute, b->sum[i].range.line, e)) == 0)
            r = need_selector(a, &b->sum[i].what, b->sum[i].range.line, e);
    for (size_t i = 0; r == 0 && i < b->n_coverages; i++)
        r = need_attribute(a, b->coverage[i].attribute, b->coverage[i].line, e);
    for (size_t i = 0; r == 0 && i < b->n_groups; i++)
        r = need_attribute(a, b->group[i].attribute, b->group[i].line, e);
    for (size_t i = 0; r == 0 && i < b->n_goals; i++)
        r = need_attribute(a, b->goal[i].attribute, b->goal[i].line, e);
    if (r == 0 && b->stimuli.given)
        r = need_attribute(a, b->stimuli.attribute, b->stimuli.line, e);
    return r;
}
