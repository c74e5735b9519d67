/* SPDX-License-Identifier: Apache-2.0 */
/* What of a test a sealed exam cannot honour: the candidate's program holds no key, hands in all at the end,
 * and goes freely through one part, or one way through linear ones. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "engine/exam/test-exam.h"

struct telling {
    test_reason_fn *tell;
    void *context;
    size_t n;
};

static void tell(struct telling *t, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(struct telling *t, unsigned line, const char *fmt, ...)
{
    char what[400];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    t->n++;
    t->tell(t->context, line, what);
}

static void check_rules(struct telling *t, const struct test_node *n)
{
    if (n->kind != TEST_PART && test_part_of(n)->navigation == NAVIGATION_NONLINEAR)
        return; /* QTI passes over them there */
    for (size_t i = 0; i < n->n_preconditions; i++)
        tell(
            t, n->precondition[i].line,
            _("preCondition of %.60s: what it asks for needs the key while the exam runs; remove it, or use the "
              "test for practice"),
            n->identifier);
    for (size_t i = 0; i < n->n_branches; i++)
        tell(
            t, n->branch[i].when.line,
            _("branchRule of %.60s: what it asks for needs the key while the exam runs; remove it, or use the "
              "test for practice"),
            n->identifier);
}

static bool has_section_below(const struct test_node *n)
{
    for (const struct test_node *c = n->child; c; c = c->next)
        if (c->kind == TEST_SECTION && (c->visible || has_section_below(c)))
            return true;
    return false;
}

static bool is_drawn_again(const struct test_node *n)
{
    for (; n; n = n->parent)
        if (n->parent && n->parent->with_replacement)
            return true;
    return false;
}

/* A part among others is one section of the paper when it has one that candidates see and nothing beside it.
 */
static bool is_several_sections(const struct test_node *n)
{
    const struct test_node *only = n->child && !n->child->next ? n->child : NULL;
    if (n->kind == TEST_PART && only && only->kind == TEST_SECTION && only->visible)
        return has_section_below(only);
    return has_section_below(n);
}

/* Why a part among others, a section or an item cannot have that time; NULL: a section of the paper can. */
static const char *why_no_time(const struct test_node *n)
{
    if (n->time.late)
        return _("allowLateSubmission: a section ends when its time is over; remove it");
    if (n->time.has_min)
        return _("minTime: a sealed exam keeps nobody in a section; remove it");
    if (n->kind == TEST_ITEM)
        return _("an item has no time of its own; give it to a section that holds this item alone");
    if (n->kind == TEST_SECTION && !n->visible)
        return _("candidates do not see this section; give the time to one that they see");
    if (is_several_sections(n))
        return _("a time over several sections; give each of them its own");
    if (is_drawn_again(n))
        return _("a section that may be drawn twice has no time of its own; remove withReplacement");
    return n->time.has_max && n->time.max_ms == 0 ? _("a maxTime of 0 leaves no time; remove it") : NULL;
}

static void check_time(struct telling *t, const struct test *test, const struct test_node *n)
{
    bool whole = n->kind == TEST_PART && !n->next && n == test->part;
    if (!n->time.line || (whole && !n->time.late))
        return;
    const char *why = whole ? NULL : why_no_time(n);
    if (whole)
        tell(t, n->time.line,
             _("timeLimits: allowLateSubmission: a sealed exam ends when its time is over; remove it"));
    else if (why)
        tell(t, n->time.line, _("timeLimits of %.60s: %s"), n->identifier, why);
}

static void check_control(struct telling *t, const struct test_node *n)
{
    const struct test_control *c = &n->control;
    const char *what = NULL;
    bool individual = test_part_of(n)->submission == SUBMISSION_INDIVIDUAL;
    if (n->kind != TEST_ITEM)
        return;
    if (c->show_feedback)
        what = "showFeedback=\"true\"";
    else if (c->show_solution)
        what = "showSolution=\"true\"";
    else if (c->allow_comment)
        what = "allowComment=\"true\"";
    else if (individual && !c->allow_skipping)
        what = "allowSkipping=\"false\"";
    else if (individual && c->validate_responses)
        what = "validateResponses=\"true\"";
    if (what)
        tell(t, c->line, _("itemSessionControl of %.60s: %s: a sealed exam does not do that; remove it"),
             n->identifier, what);
    /* In a linear part, going on is the one attempt: nothing is told in between, so that more would be the
     * same. */
    if (individual && c->max_attempts != 0 && test_part_of(n)->navigation == NAVIGATION_NONLINEAR)
        tell(t, c->line ? c->line : n->line,
             _("maxAttempts of %.60s: in a sealed exam an answer may be changed until the end; use "
               "submissionMode=\"simultaneous\", or maxAttempts=\"0\""),
             n->identifier);
}

static bool is_one_way(const struct test *test)
{
    for (const struct test_node *n = test->part; n; n = n->next)
        if (n->navigation != NAVIGATION_LINEAR)
            return false;
    return true;
}

static void check_node(struct telling *t, const struct test *test, const struct test_node *n)
{
    check_rules(t, n);
    check_time(t, test, n);
    check_control(t, n);
    if (n->kind == TEST_PART && n != test->part && !is_one_way(test))
        tell(
            t, n->line,
            _("testPart %.60s: a sealed exam has one part, or linear ones only; make it a section of the first, or "
              "use navigationMode=\"linear\" in all"),
            n->identifier);
    for (size_t i = 0; i < n->n_feedbacks; i++)
        tell(t, n->feedback[i].words.line, _("testFeedback: a sealed exam shows no feedback; remove it"));
    for (size_t i = 0; i < n->n_defaults; i++)
        tell(t, n->defaults[i].value.line,
             _("templateDefault of %.60s: a sealed exam draws the values of each item by "
               "itself; remove it"),
             n->identifier);
}

static bool ends_in_score(const char *identifier)
{
    const char *dot = identifier ? strrchr(identifier, '.') : NULL;
    return dot && strcmp(dot, ".SCORE") == 0;
}

/* sum of SCORE over items: what a sealed exam does by itself. */
static bool is_a_sum(const struct test *t, const struct xml_node *rule)
{
    const struct xml_node *sum = xml_first_element(rule);
    if (!xml_named(rule, "setOutcomeValue") || !sum || !xml_named(sum, "sum"))
        return false;
    for (const struct xml_node *n = xml_first_element(sum); n; n = xml_next_element(n)) {
        const char *all = xml_attr(t->doc, n, "variableIdentifier");
        bool is_all = xml_named(n, "testVariables") && all && strcmp(all, "SCORE") == 0;
        if (!is_all && !(xml_named(n, "variable") && ends_in_score(xml_attr(t->doc, n, "identifier"))))
            return false;
    }
    return true;
}

static void check_outcomes(struct telling *t, const struct test *test)
{
    const struct xml_node *n = test->outcome_processing ? xml_first_element(test->outcome_processing) : NULL;
    for (; n; n = xml_next_element(n))
        if (!is_a_sum(test, n))
            tell(t, xml_line(n),
                 _("outcomeProcessing: <%.40s>: a sealed exam adds up the points of its items, and nothing "
                   "else; leave sums of SCORE only, or use the test for practice"),
                 xml_name(n));
}

size_t test_reasons(const struct test *test, const struct test_wish *wish, test_reason_fn *fn, void *context)
{
    struct telling t = {.tell = fn, .context = context};
    const struct test_time *part = test->part && !test->part->next ? &test->part->time : NULL;
    for (size_t i = 0; i < test->n_nodes; i++)
        check_node(&t, test, test->node[i]);
    for (size_t i = 0; i < test->n_feedbacks; i++)
        tell(&t, test->feedback[i].words.line, _("testFeedback: a sealed exam shows no feedback; remove it"));
    if (test->time.late)
        tell(&t, test->time.line,
             _("timeLimits: allowLateSubmission: a sealed exam ends when its time is over; remove it"));
    if (!wish->duration_s && !test->time.has_max && !(part && part->has_max))
        tell(&t, xml_line(xml_root(test->doc)),
             _("the test has no timeLimits with a maxTime; give --duration"));
    check_outcomes(&t, test);
    return t.n;
}
