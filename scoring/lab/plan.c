/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/lab/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/lab/rubric-internal.h"

extern const char lab_schema[];
extern const size_t lab_schema_size;
static const char *const dispute_name[] = {[LAB_DISPUTE_THIRD] = "third", [LAB_DISPUTE_CHIEF] = "chief"};

static enum lab_dispute dispute_of(const struct xml_doc *d, const struct xml_node *n, struct lab_faults *f)
{
    const char *v = xml_attr(d, n, "dispute");
    if (v && strcmp(v, "chief") == 0)
        return LAB_DISPUTE_CHIEF;
    if (!v || strcmp(v, "third") != 0)
        lab_fault(f, xml_line(n), _("dispute=\"%.40s\": third or chief"), v ? v : "");
    return LAB_DISPUTE_THIRD;
}

static void read_head(struct lab_plan *p, const struct xml_doc *d, const struct xml_node *n,
                      struct lab_faults *f)
{
    const points_t required = points_milli(-1);
    p->id = lab_name_of(d, n, "id", p->arena, f);
    p->title = lab_text_of(d, n, "title", p->arena, f);
    p->interval_s = lab_int_of(d, n, "interval", 0, 86400, f);
    p->raters = lab_int_of(d, n, "raters", 1, 2, f);
    p->tolerance = lab_points_of(d, n, "tolerance", required, f);
    p->round = lab_points_of(d, n, "round", required, f);
    p->dispute = dispute_of(d, n, f);
    p->recheck = lab_points_of(d, n, "recheck", required, f);
}

static void read_exemption(struct lab_plan *p, const struct xml_doc *d, const struct xml_node *n,
                           struct lab_faults *f)
{
    if (p->n_exemptions >= LAB_MAX_EXEMPTIONS) {
        lab_fault(f, xml_line(n), _("there are more than %d exemptions"), LAB_MAX_EXEMPTIONS);
        return;
    }
    struct lab_exemption *x = &p->exemption[p->n_exemptions];
    *x = (struct lab_exemption){.name = lab_name_of(d, n, "name", p->arena, f),
                                .text = lab_words(n, p->arena),
                                .points = lab_points_of(d, n, "points", points_milli(-1), f)};
    if (lab_plan_exemption(p, x->name))
        lab_fault(f, xml_line(n), _("the exemption \"%s\" stands twice"), x->name);
    p->n_exemptions++;
}

static int compare_rubric(const void *a, const void *b)
{
    const struct rubric *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}

static void check_rubrics(const struct lab_plan *p, unsigned line, struct lab_faults *f)
{
    for (size_t i = 1; i < p->n_rubrics; i++) {
        if (strcmp(p->rubric[i - 1]->id, p->rubric[i]->id) == 0)
            lab_fault(f, line, _("the rubric %s stands twice"), p->rubric[i]->id);
        if (p->rubric[0]->total.milli != p->rubric[i]->total.milli)
            lab_fault(f, line, _("the rubrics %s and %s have other totals"), p->rubric[0]->id,
                      p->rubric[i]->id);
    }
}

static void check_plan(const struct lab_plan *p, unsigned line, struct lab_faults *f)
{
    if (p->n_rubrics == 0) {
        lab_fault(f, line, _("a plan has at least one rubric"));
        return;
    }
    int64_t total = lab_plan_total(p).milli;
    check_rubrics(p, line, f);
    if (!p->title[0])
        lab_fault(f, line, _("the plan has no title"));
    if (p->round.milli == 0 || total % p->round.milli)
        lab_fault(f, line, _("round divides the total and is above 0"));
    if (p->tolerance.milli > total || p->recheck.milli > total)
        lab_fault(f, line, _("tolerance and recheck are not above the total"));
    for (size_t i = 0; i < p->n_exemptions; i++)
        if (p->exemption[i].points.milli > total)
            lab_fault(f, line, _("the exemption \"%s\" gives more than the total"), p->exemption[i].name);
}

static void read_rubric(struct lab_plan *p, const struct xml_doc *d, const struct xml_node *n,
                        struct lab_faults *f)
{
    if (strcmp(xml_ns(n), RUBRIC_NS) != 0)
        lab_fault(f, xml_line(n), _("not a <rubric> of %s"), RUBRIC_NS);
    else if (p->n_rubrics >= LAB_MAX_RUBRICS)
        lab_fault(f, xml_line(n), _("there are more than %d rubrics"), LAB_MAX_RUBRICS);
    else
        p->rubric[p->n_rubrics++] = rubric_read_node(d, n, f);
}

static void read_tree(struct lab_plan *p, const struct xml_doc *d, struct lab_faults *f)
{
    const struct xml_node *root = xml_root(d);
    if (!xml_named(root, "lab") || strcmp(xml_ns(root), LAB_NS) != 0) {
        lab_fault(f, xml_line(root), _("not a <lab> of %s"), LAB_NS);
        return;
    }
    read_head(p, d, root, f);
    for (const struct xml_node *n = xml_first_element(root); n; n = xml_next_element(n)) {
        if (xml_named(n, "rubric"))
            read_rubric(p, d, n, f);
        else if (xml_named(n, "exemption"))
            read_exemption(p, d, n, f);
        else
            lab_fault(f, xml_line(n), _("<%s> has no place in <%s>"), xml_name(n), xml_name(root));
    }
    qsort(p->rubric, p->n_rubrics, sizeof *p->rubric, compare_rubric);
    check_plan(p, xml_line(root), f);
}

/* Each rubric as a document of its own, by its own schema. */
static int check_rubric_schema(const struct xml_doc *d, const struct xml_node *n,
                               const struct xml_schema *schema, struct lab_faults *f)
{
    struct bytes text = {0};
    struct xml_doc *own = NULL;
    char name[200];
    snprintf(name, sizeof name, "%s:%u, rubric %s", f->name, xml_line(n), xml_attr(d, n, "id"));
    struct lab_faults inner = {.name = name, .e = f->e};
    xml_subtree(d, n, &text);
    int r = xml_read(&own, name, bytes_span(&text), NULL, f->e);
    if (r == 0)
        r = lab_check_schema(own, schema, &inner);
    xml_free(own);
    bytes_release(&text);
    return r;
}

static int check_schemas(const struct xml_doc *d, struct lab_faults *f)
{
    struct xml_schema *rubrics = NULL, *plan = NULL;
    int r = xml_schema_load(&plan, "lab.rng", span_of(lab_schema, lab_schema_size), f->e);
    if (r == 0)
        r = rubric_schema_open(&rubrics, f->e);
    if (r == 0)
        r = lab_check_schema(d, plan, f);
    for (const struct xml_node *n = xml_first_element(xml_root(d)); n && r == 0; n = xml_next_element(n))
        if (xml_named(n, "rubric"))
            r = check_rubric_schema(d, n, rubrics, f);
    xml_schema_free(rubrics);
    xml_schema_free(plan);
    return r;
}

static struct lab_plan *new_plan(void)
{
    struct arena *a = arena_new();
    struct lab_plan *p = arena_alloc(a, sizeof *p);
    p->arena = a;
    p->exemption = arena_array(a, LAB_MAX_EXEMPTIONS, sizeof *p->exemption);
    p->rubric = arena_array(a, LAB_MAX_RUBRICS, sizeof *p->rubric);
    return p;
}

int lab_plan_read(struct lab_plan **ret, const char *name, struct span data, struct err *e)
{
    const struct xml_limits limits = {.bytes = LAB_MAX_BYTES, .elements = 60000, .depth = 5};
    struct xml_doc *d = NULL;
    struct lab_faults f = {.name = name, .e = e};
    int r = xml_read(&d, name, data, &limits, e);
    if (r < 0)
        return r;
    struct lab_plan *p = new_plan();
    read_tree(p, d, &f);
    r = f.count ? -ERR_DATA : check_schemas(d, &f);
    xml_free(d);
    if (r < 0) {
        lab_plan_free(p);
        return r;
    }
    *ret = p;
    return 0;
}

void lab_plan_free(struct lab_plan *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n_rubrics; i++)
        rubric_free(p->rubric[i]);
    arena_free(p->arena);
}

int lab_plan_write(const struct lab_plan *p, struct bytes *out, struct err *e)
{
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "lab");
    xml_put(&o, "xmlns", LAB_NS);
    xml_put(&o, "id", p->id);
    xml_put(&o, "title", p->title);
    xml_put_int(&o, "interval", p->interval_s);
    xml_put_int(&o, "raters", p->raters);
    xml_put_points(&o, "tolerance", p->tolerance);
    xml_put_points(&o, "round", p->round);
    xml_put(&o, "dispute", dispute_name[p->dispute]);
    xml_put_points(&o, "recheck", p->recheck);
    for (size_t i = 0; i < p->n_exemptions; i++) {
        xml_open(&o, "exemption");
        xml_put(&o, "name", p->exemption[i].name);
        xml_put_points(&o, "points", p->exemption[i].points);
        xml_put_text(&o, p->exemption[i].text);
        xml_close(&o);
    }
    for (size_t i = 0; i < p->n_rubrics; i++)
        rubric_write_node(p->rubric[i], &o);
    xml_close(&o);
    return xml_end(&o, e);
}

const struct rubric *lab_plan_rubric(const struct lab_plan *p, const char *id)
{
    for (size_t i = 0; i < p->n_rubrics; i++)
        if (strcmp(p->rubric[i]->id, id) == 0)
            return p->rubric[i];
    return NULL;
}

const struct lab_exemption *lab_plan_exemption(const struct lab_plan *p, const char *name)
{
    for (size_t i = 0; i < p->n_exemptions; i++)
        if (strcmp(p->exemption[i].name, name) == 0)
            return &p->exemption[i];
    return NULL;
}

points_t lab_plan_total(const struct lab_plan *p)
{
    return p->rubric[0]->total;
}
