/* SPDX-License-Identifier: Apache-2.0 */
/* The children that parts, sections and item references share: times, session control, selection,
 * rules, weights, words. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/operators.h"
#include "paperbank/test/test-internal.h"

size_t test_children(const struct xml_node *parent, const char *name)
{
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(parent); c; c = xml_next_element(c))
        n += xml_named(c, name);
    return n;
}

bool test_true(const struct test_reader *r, const struct xml_node *n, const char *attr, bool fallback)
{
    const char *v = xml_attr(r->doc, n, attr);
    if (!v)
        return fallback;
    const char *word = text_trim(r->t->arena, v);
    if (!value_fits(word, BASE_BOOLEAN)) {
        test_problem(r->t, r->doc, xml_line(n), _("%s=\"%.40s\" of <%s> is neither true nor false"), attr, v,
                     xml_name(n));
        return fallback;
    }
    return strcmp(word, "true") == 0 || strcmp(word, "1") == 0;
}

int64_t test_count(const struct test_reader *r, const struct xml_node *n, const char *attr, int64_t fallback)
{
    const char *v = xml_attr(r->doc, n, attr);
    if (!v)
        return fallback;
    const char *word = text_trim(r->t->arena, v);
    if (strspn(word, "0123456789") != strlen(word) || !*word || strlen(word) > 9) {
        test_problem(r->t, r->doc, xml_line(n), _("%s=\"%.40s\" of <%s> is not a whole number"), attr, v,
                     xml_name(n));
        return fallback;
    }
    return strtoll(word, NULL, 10);
}

const char *test_need(const struct test_reader *r, const struct xml_node *n, const char *attr)
{
    const char *v = xml_attr(r->doc, n, attr);
    if (v && *v)
        return v;
    test_problem(r->t, r->doc, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    return "";
}

/* Seconds with at most three decimals, to milliseconds. */
static bool read_seconds(const struct test_reader *r, const struct xml_node *n, const char *attr,
                         int64_t *ret)
{
    const char *v = xml_attr(r->doc, n, attr);
    points_t milli;
    if (!v)
        return false;
    if (points_parse(text_trim(r->t->arena, v), &milli, NULL) < 0 || milli.milli < 0) {
        test_problem(r->t, r->doc, xml_line(n), _("%s=\"%.40s\" is not a number of seconds"), attr, v);
        return false;
    }
    *ret = milli.milli;
    return true;
}

void test_read_time(const struct test_reader *r, const struct xml_node *n, struct test_time *ret)
{
    ret->line = xml_line(n);
    ret->has_min = read_seconds(r, n, "minTime", &ret->min_ms);
    ret->has_max = read_seconds(r, n, "maxTime", &ret->max_ms);
    ret->late = test_true(r, n, "allowLateSubmission", false);
    if (ret->has_min && ret->has_max && ret->min_ms > ret->max_ms)
        test_problem(r->t, r->doc, ret->line, _("minTime is above maxTime"));
}

static void read_control(const struct test_reader *r, const struct xml_node *n, struct test_control *c)
{
    c->line = xml_line(n);
    c->max_attempts = test_count(r, n, "maxAttempts", c->max_attempts);
    c->show_feedback = test_true(r, n, "showFeedback", c->show_feedback);
    c->allow_review = test_true(r, n, "allowReview", c->allow_review);
    c->show_solution = test_true(r, n, "showSolution", c->show_solution);
    c->allow_comment = test_true(r, n, "allowComment", c->allow_comment);
    c->allow_skipping = test_true(r, n, "allowSkipping", c->allow_skipping);
    c->validate_responses = test_true(r, n, "validateResponses", c->validate_responses);
}

static struct test_expression only_expression(const struct test_reader *r, const struct xml_node *rule)
{
    const struct xml_node *first = xml_first_element(rule);
    if (!first)
        test_problem(r->t, r->doc, xml_line(rule), _("<%s> has no expression"), xml_name(rule));
    else if (xml_next_element(first))
        test_problem(r->t, r->doc, xml_line(rule), _("<%s> has more than one expression"), xml_name(rule));
    return (struct test_expression){.doc = r->doc, .node = first, .line = xml_line(rule)};
}

static void read_branch(const struct test_reader *r, const struct xml_node *n, struct test_branch *ret)
{
    static const struct {
        const char *name;
        enum test_target to;
    } exits[] = {{"EXIT_SECTION", TARGET_EXIT_SECTION},
                 {"EXIT_TESTPART", TARGET_EXIT_PART},
                 {"EXIT_TEST", TARGET_EXIT_TEST}};
    *ret = (struct test_branch){.when = only_expression(r, n), .target = test_need(r, n, "target")};
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        if (strcmp(ret->target, exits[i].name) == 0)
            ret->to = exits[i].to;
}

/* The element as an item of its own, so that its words are read as the body of any item is. */
static struct item *content_of(const struct test_reader *r, const struct xml_node *n)
{
    struct bytes text = {0};
    struct item *item = NULL;
    struct err e;
    bytes_printf(&text,
                 "<assessmentItem xmlns=\"%s\" identifier=\"words\" title=\"\" adaptive=\"false\" "
                 "timeDependent=\"false\"><itemBody>",
                 xml_ns(xml_root(r->doc)));
    xml_subtree(r->doc, n, &text);
    bytes_str(&text, "</itemBody></assessmentItem>");
    if (item_read_lenient(&item, r->path, bytes_span(&text), &e) < 0)
        test_problem(r->t, r->doc, xml_line(n), "%s", e.what);
    bytes_release(&text);
    return item;
}

static struct test_words read_words(const struct test_reader *r, const struct xml_node *n)
{
    const char *view = xml_attr(r->doc, n, "view"), *use = xml_attr(r->doc, n, "use");
    return (struct test_words){
        .content = content_of(r, n), .view = view ? view : "", .use = use ? use : "", .line = xml_line(n)};
}

void test_read_feedback(const struct test_reader *r, const struct xml_node *n, struct test_feedback *ret)
{
    const char *access = test_need(r, n, "access"), *show = test_need(r, n, "showHide");
    const char *title = xml_attr(r->doc, n, "title");
    if (*access && strcmp(access, "atEnd") != 0 && strcmp(access, "during") != 0)
        test_problem(r->t, r->doc, xml_line(n), _("access=\"%.40s\" is neither during nor atEnd"), access);
    if (*show && strcmp(show, "show") != 0 && strcmp(show, "hide") != 0)
        test_problem(r->t, r->doc, xml_line(n), _("showHide=\"%.40s\" is neither show nor hide"), show);
    *ret = (struct test_feedback){
        .outcome = test_need(r, n, "outcomeIdentifier"),
        .identifier = test_need(r, n, "identifier"),
        .title = title ? title : "",
        .show = strcmp(show, "hide") != 0,
        .at_end = strcmp(access, "atEnd") == 0,
        .words = read_words(r, n),
    };
    if (*ret->outcome && !item_find(r->t->scope, DECLARED_OUTCOME, ret->outcome))
        test_problem(r->t, r->doc, xml_line(n),
                     _("testFeedback names outcome \"%.60s\", which is not declared"), ret->outcome);
}

static void read_selection(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    node->selects = true;
    test_need(r, n, "select");
    node->select = test_count(r, n, "select", 0);
    node->with_replacement = test_true(r, n, "withReplacement", false);
}

static void read_weight(const struct test_reader *r, const struct xml_node *n, struct test_weight *ret)
{
    *ret =
        (struct test_weight){test_need(r, n, "identifier"), text_trim(r->t->arena, test_need(r, n, "value"))};
    if (*ret->value && !value_fits(ret->value, BASE_FLOAT))
        test_problem(r->t, r->doc, xml_line(n), _("the weight \"%.40s\" is not a number"), ret->value);
}

void test_room(const struct test_reader *r, const struct xml_node *parent, struct test_node *node)
{
    struct arena *a = r->t->arena;
    node->precondition = arena_array(a, test_children(parent, "preCondition"), sizeof *node->precondition);
    node->branch = arena_array(a, test_children(parent, "branchRule"), sizeof *node->branch);
    node->rubric = arena_array(a, test_children(parent, "rubricBlock"), sizeof *node->rubric);
    node->feedback = arena_array(a, test_children(parent, "testFeedback"), sizeof *node->feedback);
    node->weight = arena_array(a, test_children(parent, "weight"), sizeof *node->weight);
    node->mapping = arena_array(a, test_children(parent, "variableMapping"), sizeof *node->mapping);
    node->defaults = arena_array(a, test_children(parent, "templateDefault"), sizeof *node->defaults);
}

static bool read_of_item(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    if (node->kind != TEST_ITEM)
        return false;
    if (xml_named(n, "weight"))
        read_weight(r, n, &node->weight[node->n_weights++]);
    else if (xml_named(n, "variableMapping"))
        node->mapping[node->n_mappings++] =
            (struct test_mapping){test_need(r, n, "sourceIdentifier"), test_need(r, n, "targetIdentifier")};
    else if (xml_named(n, "templateDefault"))
        node->defaults[node->n_defaults++] =
            (struct test_default){test_need(r, n, "templateIdentifier"), only_expression(r, n)};
    else
        return false;
    return true;
}

static bool read_of_section(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    if (node->kind != TEST_SECTION)
        return false;
    if (xml_named(n, "selection"))
        read_selection(r, n, node);
    else if (xml_named(n, "ordering"))
        node->shuffle = test_true(r, n, "shuffle", false);
    else
        return false;
    return true;
}

bool test_read_detail(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    if (xml_named(n, "preCondition"))
        node->precondition[node->n_preconditions++] = only_expression(r, n);
    else if (xml_named(n, "branchRule"))
        read_branch(r, n, &node->branch[node->n_branches++]);
    else if (xml_named(n, "itemSessionControl"))
        read_control(r, n, &node->control);
    else if (xml_named(n, "timeLimits"))
        test_read_time(r, n, &node->time);
    else if (xml_named(n, "rubricBlock") && node->kind != TEST_ITEM)
        node->rubric[node->n_rubrics++] = read_words(r, n);
    else if (xml_named(n, "testFeedback") && node->kind == TEST_PART)
        test_read_feedback(r, n, &node->feedback[node->n_feedbacks++]);
    else
        return read_of_item(r, n, node) || read_of_section(r, n, node);
    return true;
}
