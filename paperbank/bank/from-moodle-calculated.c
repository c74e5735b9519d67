/* SPDX-License-Identifier: Apache-2.0 */
/* Calculated questions: data sets become template variables, formulas template rules. Each candidate gets
 * other numbers. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-moodle.h"

enum { DATA_MAX = 50, VALUES_MAX = 200, RANGE_MAX_DIGITS = 12 };

struct datum {
    const char *name, *id;
    const struct xml_node *definition;
    bool whole; /* numbers from 0 up */
};

struct calculated {
    struct moodle_question *q;
    struct datum data[DATA_MAX];
    size_t n;
    struct bytes declarations, rules;
    size_t n_printed; /* results of {=…} that stand in texts */
};

static const char *variable(void *context, const char *name)
{
    const struct calculated *c = context;
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->data[i].name, name) == 0)
            return c->data[i].id;
    return NULL;
}

static bool is_whole(void *context, const char *id)
{
    const struct calculated *c = context;
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->data[i].id, id) == 0)
            return c->data[i].whole;
    return false;
}

static void declare(struct calculated *c, const char *id, const char *base)
{
    bytes_printf(&c->declarations,
                 "<templateDeclaration identifier=\"%s\" cardinality=\"single\" baseType=\"%s\"/>\n", id,
                 base);
}

static const char *field(const struct calculated *c, const struct xml_node *n, const char *name)
{
    return moodle_text(c->q, xml_child(n, name));
}

/* Drawn among the values that Moodle made; false where there are none. */
static bool draw_from_values(struct calculated *c, const struct datum *x)
{
    const struct xml_node *items = xml_child(x->definition, "dataset_items");
    const struct xml_node *item = items ? xml_child(items, "dataset_item") : NULL;
    size_t n = 0;
    if (!item)
        return false;
    bytes_printf(&c->rules, "<setTemplateValue identifier=\"%s\"><random><multiple>", x->id);
    for (; item && n < VALUES_MAX; item = xml_next_same(item), n++) {
        struct decimal d;
        const char *value = field(c, item, "value");
        if (!decimal_parse(value, &d))
            return draft_fault(c->q->d, _("the data set {%.40s} holds \"%.40s\", which is no number"),
                               x->name, value);
        bytes_printf(&c->rules, "<baseValue baseType=\"float\">%s</baseValue>",
                     decimal_text(c->q->d->arena, d));
    }
    bytes_str(&c->rules, "</multiple></random></setTemplateValue>");
    declare(c, x->id, "float");
    return true;
}

/* Whole steps between the ends, of 1, 0.1, 0.01 … */
static void draw_from_range(struct calculated *c, struct datum *x)
{
    struct decimal low, high, step = {.digits = 1}, a, b;
    const char *decimals = field(c, x->definition, "decimals");
    long places = strtol(decimals, NULL, 10);
    for (long i = 0; i < places && i < 9; i++)
        step.digits *= 10;
    if (!decimal_parse(field(c, x->definition, "minimum"), &low) ||
        !decimal_parse(field(c, x->definition, "maximum"), &high) || decimal_compare(low, high) > 0 ||
        places < 0 || places > 9 || !decimal_product(low, step, &a) || !decimal_product(high, step, &b) ||
        a.scale || b.scale) {
        draft_fault(c->q->d, _("the data set {%.40s} has no range of numbers"), x->name);
        return;
    }
    bytes_printf(&c->rules, "<setTemplateValue identifier=\"%s\">", x->id);
    const char *draw = arena_printf(c->q->d->arena, "<randomInteger min=\"%lld\" max=\"%lld\"/>",
                                    (long long)a.digits, (long long)b.digits);
    if (places)
        bytes_printf(&c->rules, "<divide>%s<baseValue baseType=\"integer\">%lld</baseValue></divide>", draw,
                     (long long)step.digits);
    else
        bytes_str(&c->rules, draw);
    bytes_str(&c->rules, "</setTemplateValue>");
    declare(c, x->id, places ? "float" : "integer");
    x->whole = places == 0 && a.digits >= 0;
}

static bool is_identifier(const char *s)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char *const taken[] = {"RESPONSE", "SCORE", "MAXSCORE", "FEEDBACK", "ANSWERS", "RESULT"};
    size_t n = strlen(s);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(taken[i], s) == 0)
            return false;
    return n > 0 && n <= 32 && strspn(s, letters) >= 1 && strncmp(s, "KEY", 3) != 0 &&
           strncmp(s, "SHOWN", 5) != 0 &&
           strspn(s + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == n - 1;
}

static void read_data(struct calculated *c)
{
    const struct xml_node *all = xml_child(c->q->n, "dataset_definitions");
    const struct xml_node *n = all ? xml_child(all, "dataset_definition") : NULL;
    for (; n && c->n < DATA_MAX; n = xml_next_same(n)) {
        struct datum *x = &c->data[c->n++];
        const char *name = field(c, n, "name");
        *x = (struct datum){.name = name,
                            .definition = n,
                            .id = is_identifier(name) ? name : arena_printf(c->q->d->arena, "DATA%zu", c->n)};
        bool even = strcmp(field(c, n, "distribution"), "loguniform") != 0;
        bool whole = strcmp(field(c, n, "decimals"), "0") == 0;
        if (even && whole)
            draw_from_range(c, x);
        else if (!draw_from_values(c, x) && even)
            draw_from_range(c, x);
        else if (!even && !xml_child(n, "dataset_items"))
            draft_fault(c->q->d, _("the data set {%.40s} has no range of numbers"), x->name);
    }
}

/* id := formula, rounded. */
static void compute(struct calculated *c, const char *id, const char *formula, const char *mode,
                    const char *figures)
{
    const struct formula_names names = {variable, is_whole, c};
    const char *why = NULL;
    bytes_printf(&c->rules,
                 "<setTemplateValue identifier=\"%s\"><roundTo roundingMode=\"%s\" figures=\"%s\">", id, mode,
                 figures);
    if (!formula_to_qti(c->q->d->arena, formula, &names, &c->rules, &why))
        draft_fault(c->q->d, "%s", why);
    bytes_str(&c->rules, "</roundTo></setTemplateValue>");
    declare(c, id, "float");
}

/* How many digits Moodle shows of the right answer. */
static void rounding(const struct calculated *c, const struct xml_node *answer, const char **mode,
                     const char **figures)
{
    const char *length = field(c, answer, "correctanswerlength");
    bool significant = strcmp(field(c, answer, "correctanswerformat"), "2") == 0;
    size_t n = strspn(length, "0123456789");
    *figures = n > 0 && n <= 2 && !length[n] ? length : "6";
    *mode = significant ? "significantFigures" : "decimalPlaces";
    if (significant && strcmp(*figures, "0") == 0)
        *figures = "1";
}

/* {x} and {=formula} in a text become marks of variables to be printed. */
static const char *mark_variables(struct calculated *c, const char *text, const char *mode,
                                  const char *figures)
{
    struct arena *a = c->q->d->arena;
    struct bytes b = {0};
    for (const char *p = text; *p;) {
        size_t n = *p == '{' ? strcspn(p, "}") : 0;
        const char *inside = n && p[n] ? arena_strndup(a, p + 1, n - 1) : NULL,
                   *id = inside ? variable(c, inside) : NULL;
        if (inside && *inside == '=') { /* a formula holds braces of its own */
            const char *end = p + 1;
            for (int depth = 1; *end && depth; end++)
                depth += (*end == '{') - (*end == '}');
            id = arena_printf(a, "SHOWN%zu", ++c->n_printed);
            compute(c, id, arena_strndup(a, p + 2, (size_t)(end - p) - 3), mode, figures);
            n = (size_t)(end - p) - 1;
        }
        if (id)
            bytes_printf(&b, MARKUP_MARK "%s" MARKUP_MARK, id);
        else
            bytes_add(&b, p, 1);
        p += id ? n + 1 : 1;
    }
    const char *s = arena_strndup(a, b.p ? (const char *)b.p : "", b.n);
    bytes_release(&b);
    return s;
}

static void print_variable(struct markup *m, const char *name, struct bytes *out)
{
    (void)m;
    bytes_printf(out, "<printedVariable identifier=\"%s\"/>", name);
}

static const char *tolerance(struct calculated *c, const struct xml_node *n, enum draft_tolerance *kind)
{
    const char *text = field(c, n, "tolerance"), *type = field(c, n, "tolerancetype");
    struct decimal d = {0}, hundred = {.digits = 100};
    *kind = strcmp(type, "2") == 0   ? TOLERANCE_ABSOLUTE
            : strcmp(type, "3") == 0 ? TOLERANCE_GEOMETRIC
                                     : TOLERANCE_RELATIVE;
    if (*text && !decimal_parse(text, &d))
        draft_fault(c->q->d, _("\"%.40s\" is no tolerance"), text);
    d.digits = llabs(d.digits);
    if (*kind == TOLERANCE_RELATIVE && !decimal_product(d, hundred, &d))
        draft_fault(c->q->d, _("\"%.40s\" is no tolerance"), text);
    return decimal_text(c->q->d->arena, d);
}

static void numbers(struct calculated *c)
{
    struct moodle_question *q = c->q;
    struct draft_part *p = draft_part_new(q->d, DRAFT_NUMBER);
    size_t best = 0;
    for (const struct xml_node *n = xml_child(q->n, "answer"); n; n = xml_next_same(n)) {
        struct draft_answer *answer = draft_answer_new(q->d, p);
        const char *formula = moodle_text(q, n), *mode, *figures;
        answer->share = moodle_share(q, n);
        answer->feedback = moodle_feedback(q, n);
        answer->any = strcmp(formula, "*") == 0;
        answer->text = "0";
        answer->variable = arena_printf(q->d->arena, "KEY%zu", p->n_answers);
        if (answer->any)
            continue;
        answer->tolerance = tolerance(c, n, &answer->kind);
        rounding(c, n, &mode, &figures);
        compute(c, answer->variable, *formula == '=' ? formula + 1 : formula, mode, figures);
        if (answer->share.num > 0 && (!best || answer->share.num == answer->share.den))
            best =
                best && p->answer[best - 1].share.num == p->answer[best - 1].share.den ? best : p->n_answers;
    }
    if (best)
        bytes_printf(&c->rules,
                     "<setCorrectResponse identifier=\"RESPONSE\"><variable "
                     "identifier=\"KEY%zu\"/></setCorrectResponse>",
                     best);
    moodle_units(q, p);
}

static void choices(struct calculated *c)
{
    struct moodle_question *q = c->q;
    struct draft_part *p = draft_part_new(q->d, DRAFT_CHOICE);
    p->multiple = !moodle_is_true(moodle_field(q, "single"));
    p->shuffle = moodle_is_true(moodle_field(q, "shuffleanswers"));
    for (const struct xml_node *n = xml_child(q->n, "answer"); n; n = xml_next_same(n)) {
        struct draft_answer *answer = draft_answer_new(q->d, p);
        const char *mode, *figures;
        struct markup m = {.arena = q->d->arena, .image = moodle_image, .mark = print_variable, .context = q};
        rounding(c, n, &mode, &figures);
        q->field = n;
        answer->content = markup_xhtml(&m, moodle_format(q, n), MARKUP_FLOW,
                                       mark_variables(c, moodle_text(q, n), mode, figures));
        answer->share = moodle_share(q, n);
        answer->feedback = moodle_feedback(q, n);
        if (m.fault)
            draft_fault(q->d, "%s", m.fault);
    }
}

void moodle_calculated(struct moodle_question *q)
{
    struct calculated *c = arena_alloc(q->d->arena, sizeof *c);
    c->q = q;
    read_data(c);
    q->body = mark_variables(c, moodle_field(q, "questiontext"), "significantFigures", "10");
    q->mark = print_variable;
    if (strcmp(q->type, "calculatedmulti") == 0)
        choices(c);
    else
        numbers(c);
    q->d->declarations = arena_strndup(q->d->arena, c->declarations.p ? (const char *)c->declarations.p : "",
                                       c->declarations.n);
    q->d->processing = arena_strndup(q->d->arena, c->rules.p ? (const char *)c->rules.p : "", c->rules.n);
    bytes_release(&c->declarations);
    bytes_release(&c->rules);
}
