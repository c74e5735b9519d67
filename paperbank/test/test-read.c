/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of a test: parts, sections (in the document or in files of their own) and item
 * references. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/test/test-internal.h"

const struct xml_limits test_limits = {.bytes = 8u << 20, .elements = 100000, .depth = 60};

void test_problem(struct test *t, const struct xml_doc *doc, unsigned line, const char *fmt, ...)
{
    char what[300];
    va_list ap;
    if (t->n_problems == TEST_MAX_PROBLEMS)
        return;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    t->problem[t->n_problems++] =
        (struct test_problem){arena_strdup(t->arena, xml_doc_name(doc)), line, arena_strdup(t->arena, what)};
}

static bool same_namespace(const struct test_reader *r, const struct xml_node *n)
{
    return strcmp(xml_ns(n), xml_ns(xml_root(r->doc))) == 0;
}

/* A node with what its element says of itself; NULL past the limit. */
static struct test_node *new_node(const struct test_reader *r, const struct xml_node *n,
                                  enum test_node_kind kind, struct test_node *parent)
{
    static const struct test_control by_default = {
        .max_attempts = 1, .allow_review = true, .allow_skipping = true};
    struct test *t = r->t;
    if (t->n_nodes == TEST_MAX_NODES) {
        test_problem(t, r->doc, xml_line(n), _("more than %d parts, sections and items"), TEST_MAX_NODES);
        return NULL;
    }
    struct test_node *node = arena_alloc(t->arena, sizeof *node);
    const char *title = xml_attr(r->doc, n, "title");
    *node = (struct test_node){.kind = kind,
                               .doc = r->doc,
                               .element = n,
                               .line = xml_line(n),
                               .parent = parent,
                               .title = title ? title : "",
                               .visible = true,
                               .keep_together = true};
    node->identifier = test_need(r, n, "identifier");
    node->control = parent ? parent->control : by_default;
    node->required = test_true(r, n, "required", false);
    node->fixed = test_true(r, n, "fixed", false);
    node->order = t->n_nodes;
    t->node[t->n_nodes++] = node;
    return node;
}

static void unknown(const struct test_reader *r, const struct xml_node *n, const struct xml_node *inside)
{
    if (same_namespace(r, n))
        test_problem(r->t, r->doc, xml_line(n), _("<%.60s> is not known in <%.60s>"), xml_name(n),
                     xml_name(inside));
}

static void read_details(const struct test_reader *r, const struct xml_node *n, struct test_node *node,
                         const char *const *children)
{
    test_room(r, n, node);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        bool child = false;
        for (size_t i = 0; children[i]; i++)
            child |= xml_named(c, children[i]);
        if (!child && !test_read_detail(r, c, node))
            unknown(r, c, n);
    }
}

static const char *const *words_of(struct test *t, const char *list, size_t *ret_n)
{
    size_t n = 0, most = list ? strlen(list) / 2 + 1 : 0;
    const char **word = arena_array(t->arena, most, sizeof *word);
    for (const char *p = list ? list : ""; *p;) {
        size_t gap = strspn(p, " \t\r\n"), length = strcspn(p + gap, " \t\r\n");
        if (length)
            word[n++] = arena_strndup(t->arena, p + gap, length);
        p += gap + length;
    }
    *ret_n = n;
    return word;
}

static void read_item_ref(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    static const char *const none[] = {NULL};
    const char *href = test_need(r, n, "href");
    node->href = *href ? test_href(r->t->arena, r->path, href) : href;
    if (!node->href) {
        test_problem(r->t, r->doc, node->line, _("href=\"%.100s\" leads out of the package"), href);
        node->href = href;
    }
    node->category = words_of(r->t, xml_attr(r->doc, n, "category"), &node->n_categories);
    r->t->n_items++;
    read_details(r, n, node, none);
}

static const char *const parts_of_a_section[] = {"assessmentSection", "assessmentSectionRef",
                                                 "assessmentItemRef", NULL};

static void read_children(const struct test_reader *r, const struct xml_node *n, struct test_node *node);

static void read_section(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    node->visible = test_true(r, n, "visible", true);
    node->keep_together = test_true(r, n, "keepTogether", true);
    read_details(r, n, node, parts_of_a_section);
    if (r->depth == TEST_MAX_DEPTH)
        test_problem(r->t, r->doc, node->line, _("sections are nested deeper than %d"), TEST_MAX_DEPTH);
    else
        read_children(r, n, node);
}

static int open_document(const struct test_reader *r, const char *path, struct xml_doc **ret, struct err *e)
{
    struct bytes data = {0};
    if (r->t->n_documents == TEST_MAX_DOCUMENTS)
        return err_set(e, ERR_DATA, path, _("a test of more than %d files"), TEST_MAX_DOCUMENTS);
    int status = r->source->open(r->source->context, path, test_limits.bytes, &data, e);
    if (status == 0)
        status = test_document(ret, path, bytes_span(&data), "assessmentSection", NULL, e);
    if (status == 0)
        r->t->document[r->t->n_documents++] = *ret;
    bytes_release(&data);
    return status;
}

/* The section of another file, in place of the reference. NULL where it cannot be had. */
static struct test_node *read_section_ref(const struct test_reader *r, const struct xml_node *n,
                                          struct test_node *parent)
{
    struct err e = {0};
    char text[700];
    struct xml_doc *doc = NULL;
    const char *href = test_need(r, n, "href"), *path = test_href(r->t->arena, r->path, href);
    if (!*href)
        return NULL;
    if (!path || !r->source) {
        test_problem(r->t, r->doc, xml_line(n),
                     path ? _("the section \"%.100s\" is another file, and only this one was given")
                          : _("href=\"%.100s\" leads out of the package"),
                     href);
        return NULL;
    }
    if (open_document(r, path, &doc, &e) < 0) {
        test_problem(r->t, r->doc, xml_line(n), "%s", err_text(&e, text, sizeof text));
        return NULL;
    }
    struct test_reader inner = {.t = r->t, .source = r->source, .doc = doc, .path = path, .depth = r->depth};
    struct test_node *node = new_node(&inner, xml_root(doc), TEST_SECTION, parent);
    if (!node)
        return NULL;
    node->ref = n;
    read_section(&inner, xml_root(doc), node);
    return node;
}

static struct test_node *read_child(const struct test_reader *r, const struct xml_node *n,
                                    struct test_node *parent)
{
    struct test_reader inner = *r;
    inner.depth++;
    if (xml_named(n, "assessmentSectionRef"))
        return read_section_ref(&inner, n, parent);
    bool section = xml_named(n, "assessmentSection");
    if (!section && !xml_named(n, "assessmentItemRef"))
        return NULL;
    struct test_node *node = new_node(&inner, n, section ? TEST_SECTION : TEST_ITEM, parent);
    if (node && section)
        read_section(&inner, n, node);
    else if (node)
        read_item_ref(&inner, n, node);
    return node;
}

static void read_children(const struct test_reader *r, const struct xml_node *n, struct test_node *node)
{
    struct test_node **at = &node->child;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        struct test_node *child = read_child(r, c, node);
        if (!child)
            continue;
        child->end = r->t->n_nodes;
        *at = child;
        at = &child->next;
    }
}

static bool one_of(const struct test_reader *r, const struct xml_node *n, const char *attr, const char *no,
                   const char *yes)
{
    const char *v = test_need(r, n, attr);
    if (*v && strcmp(v, no) != 0 && strcmp(v, yes) != 0)
        test_problem(r->t, r->doc, xml_line(n), _("%s=\"%.40s\" is neither %s nor %s"), attr, v, no, yes);
    return strcmp(v, yes) == 0;
}

static struct test_node *read_part(const struct test_reader *r, const struct xml_node *n)
{
    struct test_node *node = new_node(r, n, TEST_PART, NULL);
    if (!node)
        return NULL;
    node->navigation =
        one_of(r, n, "navigationMode", "linear", "nonlinear") ? NAVIGATION_NONLINEAR : NAVIGATION_LINEAR;
    node->submission = one_of(r, n, "submissionMode", "individual", "simultaneous") ? SUBMISSION_SIMULTANEOUS
                                                                                    : SUBMISSION_INDIVIDUAL;
    read_details(r, n, node, parts_of_a_section);
    read_children(r, n, node);
    node->end = r->t->n_nodes;
    return node;
}

static void read_tree(const struct test_reader *r)
{
    const struct xml_node *root = xml_root(r->doc);
    struct test *t = r->t;
    struct test_node **at = &t->part;
    t->feedback = arena_array(t->arena, test_children(root, "testFeedback"), sizeof *t->feedback);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c)) {
        if (xml_named(c, "testPart")) {
            if ((*at = read_part(r, c)))
                at = &(*at)->next;
        } else if (xml_named(c, "timeLimits"))
            test_read_time(r, c, &t->time);
        else if (xml_named(c, "outcomeProcessing"))
            t->outcome_processing = c;
        else if (xml_named(c, "testFeedback"))
            test_read_feedback(r, c, &t->feedback[t->n_feedbacks++]);
        else if (!xml_named(c, "outcomeDeclaration") && !xml_named(c, "stylesheet"))
            unknown(r, c, root);
    }
}

/* The outcome declarations, by the reader of items: faults move to the test. */
static void read_scope(struct test *t)
{
    struct item *scope = arena_alloc(t->arena, sizeof *scope);
    scope->arena = t->arena;
    scope->doc = t->document[0];
    scope->identifier = t->identifier;
    scope->title = t->title;
    scope->qti = t->qti;
    item_read_declarations(scope);
    for (size_t i = 0; i < scope->n_problems; i++)
        test_problem(t, t->doc, scope->problem[i].line, "%s", scope->problem[i].what);
    t->scope = scope;
}

static int read_root(struct test *t, const char *path, const struct test_source *source, struct err *e)
{
    const struct xml_node *root = xml_root(t->doc);
    int r = xml_need(t->doc, root, "identifier", &t->identifier, e);
    if (r < 0)
        return r;
    t->title = xml_attr(t->doc, root, "title");
    t->title = t->title ? t->title : "";
    t->node = arena_array(t->arena, TEST_MAX_NODES, sizeof *t->node);
    read_scope(t);
    struct test_reader reader = {.t = t, .source = source, .doc = t->doc, .path = path};
    read_tree(&reader);
    test_check(t, source);
    return 0;
}

int test_read_lenient(struct test **ret, const char *name, const char *path, struct span data,
                      const struct test_source *source, struct err *e)
{
    struct arena *a = arena_new();
    struct test *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    t->name = arena_strdup(a, name);
    t->path = arena_strdup(a, path);
    int r = test_document(&t->document[0], name, data, "assessmentTest", &t->qti, e);
    if (r == 0) {
        t->n_documents = 1;
        t->doc = t->document[0];
        r = read_root(t, t->path, source, e);
    }
    if (r < 0) {
        test_close(t);
        return r;
    }
    *ret = t;
    return 0;
}

int test_read(struct test **ret, const char *name, const char *path, struct span data,
              const struct test_source *source, struct err *e)
{
    struct test *t = NULL;
    char where[256];
    int r = test_read_lenient(&t, name, path, data, source, e);
    if (r < 0)
        return r;
    if (t->n_problems == 0) {
        *ret = t;
        return 0;
    }
    snprintf(where, sizeof where, "%.200s:%u", t->problem[0].file, t->problem[0].line);
    r = err_set(e, ERR_DATA, where, _("test %.80s: %s"), t->identifier, t->problem[0].what);
    if (t->n_problems > 1)
        err_hint(e, _("%zu more faults in this test"), t->n_problems - 1);
    test_close(t);
    return r;
}
