/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "engine/exam/certificate.h"
#include "engine/exam/test-exam.h"
#include "paperbank/bank/review.h"
#include "paperbank/bank/tests.h"

enum { PASS_PERCENT = 60, HIGH_PERCENT = 85 };

struct making {
    struct paper *p;
    const struct test *test;
    const struct test_wish *wish;
    struct bank *bank;
    bool approved_only;
    const char *weight; /* name of the weight that counts, or NULL */
    struct err *e;
};

static int refuse(const struct making *m, const struct test_node *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static int refuse(const struct making *m, const struct test_node *n, const char *fmt, ...)
{
    char what[384], where[256];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    snprintf(where, sizeof where, "%.200s:%u", xml_doc_name(n->doc), n->line);
    return err_set(m->e, ERR_DATA, where, "%s", what);
}

/* Every weight that a rule asks for, else those that items have: one name counts. */
static int note_weight(struct making *m, const char *name, unsigned line)
{
    if (!name || !*name || (m->weight && strcmp(m->weight, name) == 0))
        return 0;
    if (!m->weight) {
        m->weight = name;
        return 0;
    }
    char where[256];
    snprintf(where, sizeof where, "%.200s:%u", m->test->name, line);
    err_set(m->e, ERR_DATA, where, _("two weights, %.60s and %.60s: an item has one number of points"),
            m->weight, name);
    return err_hint(m->e, _("let outcomeProcessing name one of them only"));
}

static int weights_in_rules(struct making *m, const struct xml_node *parent)
{
    int r = 0;
    for (const struct xml_node *n = parent ? xml_first_element(parent) : NULL; r == 0 && n;
         n = xml_next_element(n)) {
        r = note_weight(m, xml_attr(m->test->doc, n, "weightIdentifier"), xml_line(n));
        if (r == 0)
            r = weights_in_rules(m, n);
    }
    return r;
}

static int find_weight(struct making *m)
{
    int r = weights_in_rules(m, m->test->outcome_processing);
    if (r < 0 || m->weight || m->test->outcome_processing)
        return r;
    for (size_t i = 0; r == 0 && i < m->test->n_nodes; i++)
        for (size_t k = 0; r == 0 && k < m->test->node[i]->n_weights; k++)
            r = note_weight(m, m->test->node[i]->weight[k].identifier, m->test->node[i]->line);
    return r;
}

/* The item's own maximum times its weight, exactly. */
static int points_of(const struct making *m, const struct test_node *n, points_t most, points_t *ret)
{
    points_t weight = points_milli(1000);
    for (size_t i = 0; m->weight && i < n->n_weights; i++)
        if (strcmp(n->weight[i].identifier, m->weight) == 0 &&
            (points_parse(n->weight[i].value, &weight, NULL) < 0 || weight.milli < 0))
            return refuse(m, n, _("the weight \"%.40s\" of %.60s is below 0 or has more than three decimals"),
                          n->weight[i].value, n->identifier);
    if (weight.milli && most.milli > POINTS_MAX_MILLI / weight.milli)
        return refuse(m, n, _("the weight of %.60s is too large"), n->identifier);
    *ret = points_milli(most.milli * weight.milli / 1000);
    if (most.milli * weight.milli % 1000)
        return refuse(m, n, _("the weight of %.60s gives points with more than three decimals"),
                      n->identifier);
    return 0;
}

static int check_item(const struct making *m, const struct test_node *n, const struct bank_item *item)
{
    struct arena *a = arena_new();
    struct span xml = {0};
    struct item *read = NULL;
    struct err why;
    int r = bank_item_xml(m->bank, item->id, item->version, a, &xml, m->e);
    if (r == 0 && (item_read(&read, item->id, xml, &why) < 0 || item_sealed(read, &why) < 0))
        r = refuse(m, n, _("item %.60s: %s; a sealed exam cannot use it"), item->id, why.what);
    item_free(read);
    arena_free(a);
    return r;
}

static bool is_in(const struct paper_form *f, const char *id)
{
    for (size_t i = 0; i < paper_form_items(f); i++)
        if (strcmp(paper_form_item(f, i, NULL)->id, id) == 0)
            return true;
    return false;
}

static int add_item(const struct making *m, struct paper_form *f, struct paper_section *s,
                    const struct test_node *n)
{
    struct bank_item item;
    points_t points = points_milli(0);
    const char *id = bank_test_item(m->p->arena, n);
    if (!id)
        return refuse(m, n, _("\"%.120s\" is no item of the bank"), n->href);
    int r = bank_item(m->bank, id, m->p->arena, &item, m->e);
    if (r < 0)
        return r;
    if (strcmp(item.state, "retired") == 0)
        return refuse(m, n, _("item %.60s is retired"), id);
    if (m->approved_only && strcmp(item.state, "approved") != 0)
        return refuse(m, n, _("item %.60s is not approved, and the bank asks for approval"), id);
    if (is_in(f, id))
        return refuse(m, n, _("item %.60s occurs twice in form %s; a sealed exam has each item once"), id,
                      f->id);
    r = check_item(m, n, &item);
    if (r == 0)
        r = points_of(m, n, item.max_score, &points);
    if (r == 0)
        s->item[s->n_items++] = (struct paper_item){.id = item.id, .version = item.version, .points = points};
    return r;
}

/* The nearest section that candidates see; the part where there is none. */
static const struct plan_node *section_of(const struct plan_slot *slot)
{
    const struct plan_node *n = slot->place->parent;
    while (n->parent && !n->node->visible)
        n = n->parent;
    return n;
}

/* The lesser of the section's time and of its part's, where that is one of several. */
static int64_t time_of(const struct making *m, const struct test_node *n)
{
    const struct test_time *own = &n->time, *part = &test_part_of(n)->time;
    int64_t ms = INT64_MAX;
    if (n->kind == TEST_SECTION && own->has_max)
        ms = own->max_ms;
    if (m->test->part->next && part->has_max && part->max_ms < ms)
        ms = part->max_ms;
    return ms == INT64_MAX ? 0 : (ms + 999) / 1000;
}

static struct paper_section *new_section(const struct making *m, struct paper_form *f,
                                         const struct plan_node *n, size_t room)
{
    struct paper_section *s = &f->section[f->n_sections];
    const char *id = n->node->identifier,
               *title = n->node->kind == TEST_PART ? m->test->title : n->node->title;
    size_t before = 0;
    for (size_t i = 0; i < f->n_sections; i++)
        before += strncmp(f->section[i].id, id, strlen(id)) == 0;
    bool linear = test_part_of(n->node)->navigation == NAVIGATION_LINEAR;
    *s = (struct paper_section){.time_s = time_of(m, n->node),
                                .navigation = linear ? PAPER_LINEAR : PAPER_FREE,
                                .once = linear,
                                .item = arena_array(m->p->arena, room, sizeof *s->item)};
    s->id = before ? arena_printf(m->p->arena, "%s-%zu", id, before + 1) : arena_strdup(m->p->arena, id);
    s->title = arena_strdup(m->p->arena, *title ? title : id);
    f->n_sections++;
    return s;
}

static int fill_form(const struct making *m, struct paper_form *f, const struct test_plan *plan)
{
    const struct plan_node *current = NULL;
    struct paper_section *s = NULL;
    int r = 0;
    f->section = arena_array(m->p->arena, plan->n_slots, sizeof *f->section);
    for (size_t i = 0; r == 0 && i < plan->n_slots; i++) {
        const struct plan_node *section = section_of(&plan->slot[i]);
        if (section != current)
            s = new_section(m, f, section, plan->n_slots - i);
        current = section;
        r = add_item(m, f, s, plan->slot[i].item);
    }
    return r;
}

static int make_form(const struct making *m, size_t i)
{
    struct paper_form *f = &m->p->form[i];
    struct test_plan *plan = NULL;
    char name[16];
    f->id = arena_strdup(m->p->arena, form_name(i, name, sizeof name));
    const char *seed = arena_printf(m->p->arena, "%llu/%s", (unsigned long long)m->wish->seed, f->id);
    int r = plan_make(&plan, m->test, span_str(seed), m->e);
    if (r == 0)
        r = fill_form(m, f, plan);
    plan_free(plan);
    return r;
}

static int worth(const struct making *m, const struct paper_form *f, points_t *ret)
{
    *ret = points_milli(0);
    int r = 0;
    for (size_t i = 0; r == 0 && i < paper_form_items(f); i++)
        r = points_add(*ret, paper_form_item(f, i, NULL)->points, ret, m->e);
    return r;
}

static int check_worth(const struct making *m)
{
    int r = worth(m, &m->p->form[0], &m->p->points);
    for (size_t i = 1; r == 0 && i < m->p->n_forms; i++) {
        points_t points;
        char here[32], there[32];
        r = worth(m, &m->p->form[i], &points);
        if (r == 0 && points.milli != m->p->points.milli) {
            r = err_set(m->e, ERR_DATA, m->test->name, _("form %s is worth %s points, form %s %s"),
                        m->p->form[0].id, points_text(m->p->points, here, sizeof here), m->p->form[i].id,
                        points_text(points, there, sizeof there));
            err_hint(m->e, _("give the items that a selection chooses from equal points"));
        }
    }
    return r;
}

static int set_lines(const struct making *m)
{
    struct paper *p = m->p;
    p->pass = m->wish->pass;
    p->high = m->wish->high;
    int r = 0;
    if (p->pass.milli < 0)
        r = points_part(p->points, PASS_PERCENT, 100, &p->pass, m->e);
    if (r == 0 && p->high.milli < 0)
        r = points_part(p->points, HIGH_PERCENT, 100, &p->high, m->e);
    return r;
}

/* The test's time and that of its only part are both of the whole: the lesser holds. */
static void set_times(const struct making *m)
{
    static const struct test_time none = {.has_max = false};
    const struct test_time *test = &m->test->time, *part = m->test->part->next ? &none : &m->test->part->time;
    const struct test_time *least = test->has_min ? test : part;
    int64_t ms = test->has_max ? test->max_ms : part->has_max ? part->max_ms : 0;
    if (part->has_max && part->max_ms < ms)
        ms = part->max_ms;
    m->p->duration_s = m->wish->duration_s ? m->wish->duration_s : ms / 1000;
    m->p->earliest_hand_in_s = least->has_min ? (least->min_ms + 999) / 1000 : 0;
}

static int check_times(const struct making *m)
{
    for (size_t i = 0; i < m->p->n_forms; i++) {
        const struct paper_form *f = &m->p->form[i];
        int64_t sum = 0;
        for (size_t k = 0; k < f->n_sections; k++)
            sum += f->section[k].time_s;
        if (sum <= m->p->duration_s)
            continue;
        err_set(m->e, ERR_DATA, m->test->name,
                _("the sections of form %s have %lld seconds, the whole exam %lld"), f->id, (long long)sum,
                (long long)m->p->duration_s);
        return err_hint(
            m->e, _("lengthen the maxTime of the test (or --duration), or shorten those of its sections"));
    }
    return 0;
}

static void add_notices(const struct making *m)
{
    struct paper *p = m->p;
    size_t n = 0;
    for (size_t i = 0; i < m->test->n_nodes; i++)
        n += m->test->node[i]->n_rubrics;
    p->notice = arena_array(p->arena, n, sizeof *p->notice);
    for (size_t i = 0; i < m->test->n_nodes; i++)
        for (size_t k = 0; k < m->test->node[i]->n_rubrics; k++) {
            const struct test_node *node = m->test->node[i];
            const struct test_words *w = &node->rubric[k];
            const char *text =
                w->content && w->content->body ? item_node_text(w->content->body, p->arena) : "";
            if (!test_rubric_for_candidates(w) || !*text)
                continue;
            p->notice[p->n_notices++] =
                *node->title ? arena_printf(p->arena, "%s: %s", node->title, text) : text;
        }
}

int test_paper(struct paper **ret, const struct test *t, const char *id, const struct test_wish *wish,
               struct bank *bank, struct err *e)
{
    struct paper *p = paper_new();
    struct making m = {.p = p, .test = t, .wish = wish, .bank = bank, .e = e};
    p->id = arena_strdup(p->arena, id);
    p->title = arena_strdup(p->arena, *t->title ? t->title : t->identifier);
    p->form = arena_array(p->arena, wish->forms, sizeof *p->form);
    p->n_forms = wish->forms;
    int r = bank_requires_approval(bank, &m.approved_only, e);
    if (r == 0)
        r = find_weight(&m);
    for (size_t i = 0; r == 0 && i < wish->forms; i++)
        r = make_form(&m, i);
    if (r == 0)
        r = check_worth(&m);
    if (r == 0)
        r = set_lines(&m);
    set_times(&m);
    if (r == 0)
        r = check_times(&m);
    if (r < 0) {
        paper_free(p);
        return r;
    }
    add_notices(&m);
    *ret = p;
    return 0;
}

static json_t *form_json(const struct paper_form *f)
{
    json_t *sections = json_array();
    for (size_t s = 0; s < f->n_sections; s++) {
        json_t *items = json_array();
        for (size_t i = 0; i < f->section[s].n_items; i++)
            json_array_append_new(items, json_string(f->section[s].item[i].id));
        json_array_append_new(sections, json_pack("{s:s,s:o}", "id", f->section[s].id, "items", items));
    }
    return json_pack("{s:s,s:o}", "id", f->id, "sections", sections);
}

void test_certificate(const struct test *t, int64_t version, const struct test_wish *wish,
                      const struct paper *p, struct bytes *out)
{
    char points[32];
    json_t *forms = json_array();
    for (size_t i = 0; i < p->n_forms; i++)
        json_array_append_new(forms, form_json(&p->form[i]));
    json_t *all = json_pack("{s:s,s:s,s:I,s:I,s:s,s:I,s:o}", "exam", p->id, "test", t->identifier, "version",
                            (json_int_t)version, "seed", (json_int_t)wish->seed, "points",
                            points_text(p->points, points, sizeof points), "duration",
                            (json_int_t)p->duration_s, "forms", forms);
    char *text = json_dumps(all, JSON_INDENT(2));
    bytes_printf(out, "%s\n", text ? text : "{}");
    free(text);
    json_decref(all);
}
