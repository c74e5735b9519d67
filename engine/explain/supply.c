/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/supply.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/explain/change.h"

/* Units of work for each of its parts. */
enum { WORK = 1500000, SHOWN = 8 };

struct finder {
    struct lots *l;
    struct elastic *x;
    struct work w;
    double *price;
    struct supply *ret;
};

static enum elastic_status ask(struct finder *f, int64_t times)
{
    for (size_t k = 0; k < f->l->n_rules; k++)
        f->price[k] = 1;
    const struct elastic_ask a = {.price = f->price, .times = (double)times};
    return elastic_ask(f->x, &a);
}

static void count_exams(struct finder *f, int64_t most)
{
    int64_t lo = 0, hi = 1;
    enum elastic_status s = ELASTIC_MET;
    while (lo < most && (s = ask(f, hi)) == ELASTIC_MET) {
        lo = hi;
        hi = 2 * hi < most ? 2 * hi : most;
    }
    while (lo < most && hi - lo > 1 && s != ELASTIC_UNKNOWN) {
        int64_t middle = lo + (hi - lo) / 2;
        s = ask(f, middle);
        if (s == ELASTIC_MET)
            lo = middle;
        else
            hi = middle;
    }
    f->ret->exams = lo;
    f->ret->more = lo == most || s == ELASTIC_UNKNOWN;
}

static void what_ends_it(struct finder *f)
{
    struct conflict c;
    if (f->ret->more || !conflict_find(&c, f->l, f->x, (double)(f->ret->exams + 1), &f->w))
        return;
    f->ret->requirement = mem_alloc((c.n + 1) * sizeof *f->ret->requirement);
    for (size_t k = 0; k < f->l->n_rules; k++)
        if (c.in[k])
            f->ret->requirement[f->ret->n++] = f->l->rule[k].requirement;
    conflict_release(&c);
}

static bool asks_for_items(const struct requirement *r)
{
    return r->kind == REQUIRE_LINEAR && r->weight == 0 && !r->coef && r->lo > 0;
}

/* How often all the items of r may be used in all the exams. */
static int64_t stock(const struct lots *l, const struct requirement *r)
{
    int64_t sum = 0;
    for (size_t i = 0; i < r->n; i++)
        sum += lots_use(l, &l->lot[l->lot_of[r->item[i]]]) * l->lot[l->lot_of[r->item[i]]].left;
    return sum;
}

static int by_scarcity(const void *a, const void *b)
{
    const struct supply_rule *x = a, *y = b;
    __int128 left = (__int128)x->stock * y->needed, right = (__int128)y->stock * x->needed;
    if (left != right)
        return left < right ? -1 : 1;
    return x->requirement < y->requirement ? -1 : x->requirement > y->requirement;
}

static void count_stock(struct finder *f)
{
    const struct problem *p = f->l->p;
    struct supply *s = f->ret;
    s->rule = mem_alloc((p->n_requirements + 1) * sizeof *s->rule);
    for (uint32_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        if (asks_for_items(r))
            s->rule[s->n_rules++] = (struct supply_rule){k, r->lo * (int64_t)p->n_forms, stock(f->l, r)};
    }
    qsort(s->rule, s->n_rules, sizeof *s->rule, by_scarcity);
}

int supply_find(struct supply *ret, const struct problem *p, const struct supply_options *o, struct err *e)
{
    struct finder f = {.l = lots_new(p, true, o->left), .w = {.left = WORK}, .ret = ret};
    *ret = (struct supply){.reused = o->left != NULL};
    f.price = mem_alloc((f.l->n_rules + 1) * sizeof *f.price);
    int r = elastic_new(&f.x, f.l, &f.w, e);
    if (r == 0) {
        count_exams(&f, o->enough ? o->enough : SUPPLY_MOST);
        f.w.left = WORK;
        what_ends_it(&f);
        f.w.left = WORK;
        ret->wanted = o->wanted > ret->exams ? o->wanted : ret->exams + 1;
        ret->again = o->years > 0 && ret->exams >= o->years;
        if (!ret->more)
            ret->lack = change_write(f.l, f.x, (double)ret->wanted, &ret->n_lacks);
        count_stock(&f);
    }
    elastic_free(f.x);
    lots_free(f.l);
    free(f.price);
    return r;
}

void supply_release(struct supply *s)
{
    free(s->requirement);
    free(s->lack);
    free(s->rule);
    *s = (struct supply){0};
}

static void line_of(const struct requirement *r, struct bytes *out)
{
    bytes_str(out, "  ");
    if (r->line)
        bytes_printf(out, _("line %u: "), r->line);
    bytes_str(out, r->words);
}

static void scarcest(const struct problem *p, const struct supply *s, struct bytes *out)
{
    if (s->n_rules)
        bytes_str(out, _("the scarcest, with what one exam uses and the bank has:\n"));
    for (size_t i = 0; i < s->n_rules && i < SHOWN; i++) {
        line_of(&p->requirement[s->rule[i].requirement], out);
        bytes_printf(out, _(": %lld of %lld\n"), (long long)s->rule[i].needed, (long long)s->rule[i].stock);
    }
}

void supply_text(const struct problem *p, const struct supply *s, bool all, explain_describe_fn *describe,
                 const void *context, struct bytes *out)
{
    const char *how = s->reused ? _("at the asked exposure") : _("without using items again");
    if (s->more) {
        if (all)
            bytes_printf(out, _("exams that the bank gives %s, this one included: %lld or more\n"), how,
                         (long long)s->exams);
    } else if (all || !s->again) {
        bytes_printf(out, _("exams that the bank gives %s, this one included: %lld; then it runs out of:\n"), how,
                     (long long)s->exams);
        for (size_t i = 0; i < s->n; i++) {
            line_of(&p->requirement[s->requirement[i]], out);
            bytes_str(out, "\n");
        }
        if (s->n_lacks && (all || s->n_lacks <= SHOWN))
            bytes_printf(out, _("items to write for %lld exams:\n"), (long long)s->wanted);
        if (all || s->n_lacks <= SHOWN)
            explain_lacks_text(p, s->lack, s->n_lacks, describe, context, out);
    }
    if (all && s->again)
        bytes_str(out, _("with one exam a year it lasts: by then the first items may be used again\n"));
    if (all)
        scarcest(p, s, out);
}

json_t *supply_json(const struct problem *p, const struct supply *s)
{
    json_t *ends = json_array(), *rules = json_array();
    for (size_t i = 0; i < s->n; i++)
        json_array_append_new(ends, json_string(p->requirement[s->requirement[i]].id));
    for (size_t i = 0; i < s->n_rules; i++)
        json_array_append_new(
            rules, json_pack("{s:s,s:I,s:I}", "id", p->requirement[s->rule[i].requirement].id, "needed",
                             (json_int_t)s->rule[i].needed, "stock", (json_int_t)s->rule[i].stock));
    return json_pack("{s:I,s:b,s:b,s:o,s:I,s:o,s:o}", "exams", (json_int_t)s->exams, "more", (int)s->more,
                     "again", (int)s->again, "runsOutOf", ends, "wanted", (json_int_t)s->wanted, "write",
                     explain_lacks_json(p, s->lack, s->n_lacks), "scarcest", rules);
}
