/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { NUMBER = 48 };

/* value / unit, exactly where unit is a power of ten, else to nine decimals, without trailing zeros. */
static const char *number(int64_t value, int64_t unit, char buf[NUMBER])
{
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value, u = (uint64_t)unit, rest = size % u;
    int at = snprintf(buf, NUMBER, "%s%llu", value < 0 ? "-" : "", (unsigned long long)(size / u));
    if (rest)
        buf[at++] = '.';
    for (int k = 0; rest && k < 9; k++) {
        unsigned __int128 next = (unsigned __int128)rest * 10;
        buf[at++] = (char)('0' + (int)(next / u));
        rest = (uint64_t)(next % u);
    }
    buf[at] = 0;
    return buf;
}

static void place(const struct requirement *r, struct bytes *out)
{
    if (r->line)
        bytes_printf(out, _("line %u: "), r->line);
}

static void rules_text(const struct problem *p, const uint32_t *requirement, size_t n, struct bytes *out)
{
    for (size_t i = 0; i < n; i++) {
        const struct requirement *r = &p->requirement[requirement[i]];
        bytes_str(out, "  ");
        place(r, out);
        bytes_printf(out, _("%s; %zu items of the bank fit\n"), r->words, requirement_matches(p, r));
    }
}

static void besides_text(const struct problem *p, const struct explanation *x, struct bytes *out)
{
    for (size_t i = 0; i < x->n_besides; i++) {
        bytes_str(out, x->besides[i].n > 1 ? _("neither can these:\n") : _("nor can this:\n"));
        rules_text(p, x->besides[i].requirement, x->besides[i].n, out);
    }
}

/* A rule about items of which the bank has none: "its kinds" would mislead. */
static bool without_items(const struct problem *p, const struct explanation *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (requirement_matches(p, &p->requirement[x->requirement[i]]) == 0)
            return true;
    return false;
}

void explain_rules_text(const struct problem *p, const struct explanation *x, struct bytes *out)
{
    bytes_str(out, x->n > 1 ? _("these cannot hold together:\n") : _("this cannot be met:\n"));
    rules_text(p, x->requirement, x->n, out);
    if (x->needed > x->possible)
        bytes_printf(out,
                     p->n_forms > 1
                         ? _("over all forms they ask for at least %lld items; at most %lld are possible\n")
                         : _("they ask for at least %lld items; at most %lld are possible\n"),
                     (long long)x->needed, (long long)x->possible);
    if (x->of_bank)
        bytes_printf(out, _("(%lld of these since the bank has no more)\n"), (long long)x->of_bank);
    if (x->n > 1 && x->smallest)
        bytes_str(out, _("without any one of them there are papers for the others\n"));
    else if (!x->relaxed && !x->smallest)
        bytes_str(out, _("(perhaps not all of them are needed for the conflict: the search was cut)\n"));
    if (x->inside && !without_items(p, x))
        bytes_str(
            out,
            _("they contradict each other whatever the bank holds: more items of its kinds do not help\n"));
    besides_text(p, x, out);
    if (x->by_solver && !x->proven)
        bytes_str(out, _("(the solver says so; it is not proven by us)\n"));
}

static void change_text(const struct problem *p, const struct explain_change *c, struct bytes *out)
{
    const struct requirement *r = &p->requirement[c->requirement];
    char from[NUMBER], to[NUMBER];
    number(c->from, c->kind == CHANGE_FORMS ? 1 : r->unit, from);
    number(c->to, c->kind == CHANGE_FORMS ? 1 : r->unit, to);
    if (c->kind == CHANGE_FORMS) {
        bytes_printf(out, _("forms: %s instead of %s"), to, from);
        return;
    }
    if (c->kind == CHANGE_DROP)
        bytes_str(out, _("leave out: "));
    else if (c->kind == CHANGE_LOW)
        bytes_printf(out, _("at least %s instead of %s: "), to, from);
    else
        bytes_printf(out, _("at most %s instead of %s: "), to, from);
    place(r, out);
    bytes_str(out, r->words);
}

static void way_text(const struct problem *p, const struct explain_change *c, size_t n, struct bytes *out)
{
    for (size_t i = 0; i < n; i++) {
        bytes_str(out, i ? _("    and ") : "  - ");
        change_text(p, &c[i], out);
        if (i + 1 == n && !c[i].found)
            bytes_str(out, _(" (nothing less will do; whether it is enough was not found out)"));
        bytes_str(out, "\n");
    }
}

static bool has_item(const struct requirement *r, uint32_t item)
{
    size_t lo = 0, hi = r->n;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (r->item[middle] < item)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < r->n && r->item[lo] == item;
}

/* A requirement that tells something of what an item is. */
static bool tells(const struct problem *p, const struct requirement *r, uint32_t item)
{
    return (r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_COVER) && !r->coef && r->n < p->n_items &&
           has_item(r, item);
}

void explain_lacks_text(const struct problem *p, const struct explain_lack *lack, size_t n,
                        explain_describe_fn *describe, const void *context, struct bytes *out)
{
    for (size_t i = 0; i < n; i++) {
        char *kind = describe ? describe(context, lack[i].item) : NULL;
        const char *comma = "";
        if (kind) {
            bytes_printf(out, _("  %lld: %s, like %s\n"), (long long)lack[i].n, kind, p->id[lack[i].item]);
        } else {
            bytes_printf(out, _("  %lld like %s, which fits "), (long long)lack[i].n, p->id[lack[i].item]);
            for (size_t k = 0; k < p->n_requirements; k++)
                if (tells(p, &p->requirement[k], lack[i].item)) {
                    bytes_printf(out, "%s%s", comma, p->requirement[k].id);
                    comma = ", ";
                }
            bytes_str(out, "\n");
        }
        free(kind);
    }
}

/* Nothing but several changes at once. */
static bool one_way(const struct explanation *x)
{
    return x->n_changes > 1 && x->change[x->n_changes - 1].way == x->change[0].way;
}

void explain_ways_text(const struct problem *p, const struct explanation *x, explain_describe_fn *describe,
                       const void *context, struct bytes *out)
{
    if (x->n_changes)
        bytes_str(out, one_way(x) ? _("all of these changes together would make it work:\n")
                                  : _("each of these changes alone would make it work:\n"));
    for (size_t i = 0, to; i < x->n_changes; i = to) {
        for (to = i + 1; to < x->n_changes && x->change[to].way == x->change[i].way;)
            to++;
        way_text(p, &x->change[i], to - i, out);
    }
    if (x->n_lacks)
        bytes_str(out, _("so would these items, written for the bank:\n"));
    explain_lacks_text(p, x->lack, x->n_lacks, describe, context, out);
}

static json_t *change_json(const struct problem *p, const struct explain_change *c)
{
    static const char *const name[] = {[CHANGE_LOW] = "atLeast",
                                       [CHANGE_HIGH] = "atMost",
                                       [CHANGE_DROP] = "leftOut",
                                       [CHANGE_FORMS] = "forms"};
    const struct requirement *r = &p->requirement[c->requirement];
    char from[NUMBER], to[NUMBER];
    json_t *o = json_pack("{s:s}", "change", name[c->kind]);
    if (c->kind != CHANGE_FORMS)
        json_object_set_new(o, "id", json_string(r->id));
    if (c->kind != CHANGE_DROP) {
        json_object_set_new(o, "from",
                            json_string(number(c->from, c->kind == CHANGE_FORMS ? 1 : r->unit, from)));
        json_object_set_new(o, "to", json_string(number(c->to, c->kind == CHANGE_FORMS ? 1 : r->unit, to)));
    }
    return o;
}

static json_t *ways_json(const struct problem *p, const struct explanation *x)
{
    json_t *ways = json_array();
    for (size_t i = 0, to; i < x->n_changes; i = to) {
        json_t *way = json_array();
        for (to = i; to < x->n_changes && x->change[to].way == x->change[i].way; to++)
            json_array_append_new(way, change_json(p, &x->change[to]));
        json_array_append_new(ways, json_pack("{s:o,s:b}", "changes", way, "found", (int)x->change[i].found));
    }
    return ways;
}

json_t *explain_lacks_json(const struct problem *p, const struct explain_lack *lack, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *fits = json_array();
        for (size_t k = 0; k < p->n_requirements; k++)
            if (tells(p, &p->requirement[k], lack[i].item))
                json_array_append_new(fits, json_string(p->requirement[k].id));
        json_array_append_new(list, json_pack("{s:I,s:s,s:o}", "n", (json_int_t)lack[i].n, "like",
                                              p->id[lack[i].item], "fits", fits));
    }
    return list;
}

json_t *explain_rules_json(const struct problem *p, const struct explanation *x)
{
    json_t *list = json_array();
    for (size_t i = 0; i < x->n; i++) {
        const struct requirement *r = &p->requirement[x->requirement[i]];
        json_array_append_new(list, json_pack("{s:s,s:I,s:s,s:I}", "id", r->id, "line", (json_int_t)r->line,
                                              "asked", r->words, "matching",
                                              (json_int_t)requirement_matches(p, r)));
    }
    return list;
}

/* What proves it: of each requirement, and its row as in proof/proof.h, how often it counts. */
static json_t *terms_json(const struct problem *p, const struct explanation *x)
{
    json_t *list = json_array();
    for (size_t i = 0; i < x->n_terms; i++)
        json_array_append_new(
            list, json_pack("{s:s,s:I,s:I}", "id", p->requirement[x->term[i].requirement].id, "row",
                            (json_int_t)x->term[i].sub, "times", (json_int_t)x->term[i].times));
    return x->proven ? list : (json_decref(list), json_null());
}

static json_t *besides_json(const struct problem *p, const struct explanation *x)
{
    json_t *all = json_array();
    for (size_t i = 0; i < x->n_besides; i++) {
        json_t *ids = json_array();
        for (size_t k = 0; k < x->besides[i].n; k++)
            json_array_append_new(ids, json_string(p->requirement[x->besides[i].requirement[k]].id));
        json_array_append_new(all, ids);
    }
    return all;
}

void explain_json(const struct problem *p, const struct explanation *x, json_t *to)
{
    json_object_set_new(to, "besides", besides_json(p, x));
    json_object_set_new(to, "smallest", json_boolean(x->smallest));
    json_object_set_new(to, "least", json_boolean(x->least));
    json_object_set_new(to, "inside", json_boolean(x->inside));
    json_object_set_new(to, "proven", json_boolean(x->proven || !x->by_solver));
    json_object_set_new(to, "multipliers", terms_json(p, x));
    if (x->needed > x->possible)
        json_object_set_new(to, "items",
                            json_pack("{s:I,s:I,s:I}", "needed", (json_int_t)x->needed, "possible",
                                      (json_int_t)x->possible, "ofBank", (json_int_t)x->of_bank));
    json_object_set_new(to, "ways", ways_json(p, x));
    json_object_set_new(to, "write", explain_lacks_json(p, x->lack, x->n_lacks));
}
