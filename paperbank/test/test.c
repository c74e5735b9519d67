/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/test/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/test/test-internal.h"

static void free_words(struct test_words *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        item_free(words[i].content);
}

static void free_feedbacks(struct test_feedback *feedback, size_t n)
{
    for (size_t i = 0; i < n; i++)
        item_free(feedback[i].words.content);
}

void test_close(struct test *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n_nodes; i++) {
        free_words(t->node[i]->rubric, t->node[i]->n_rubrics);
        free_feedbacks(t->node[i]->feedback, t->node[i]->n_feedbacks);
    }
    free_feedbacks(t->feedback, t->n_feedbacks);
    for (size_t i = 0; i < t->n_documents; i++)
        xml_free(t->document[i]);
    arena_free(t->arena);
}

static const char *version_of(const char *ns)
{
    static const struct {
        const char *ns, *version;
    } known[] = {
        {QTI_NS_22, "2.2"},
        {"http://www.imsglobal.org/xsd/imsqti_v2p1", "2.1"},
        {"http://www.imsglobal.org/xsd/imsqti_v2p0", "2.1"},
        {"http://www.imsglobal.org/xsd/apip/apipv1p0/qtitest/imsqti_v2p1", "2.1"},
        {"http://www.imsglobal.org/xsd/apip/apipv1p0/qtisection/imsqti_v2p1", "2.1"},
        {"", "2.2"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(ns, known[i].ns) == 0)
            return known[i].version;
    return NULL;
}

static int check_root(const struct xml_doc *doc, const char *root, const char **ret_version, struct err *e)
{
    const struct xml_node *n = xml_root(doc);
    if (strncmp(xml_name(n), "qti-", 4) == 0) {
        xml_err(e, doc, n, _("a QTI 3.0 document; QTI 2.1 and 2.2 are read"));
        return err_hint(e, _("export it as QTI 2.2"));
    }
    if (!xml_named(n, root))
        return xml_err(e, doc, n, _("<%.60s> is not an <%s>"), xml_name(n), root);
    const char *version = version_of(xml_ns(n));
    if (!version)
        return xml_err(e, doc, n, _("namespace \"%.80s\" is not one of QTI 2.1 or 2.2"), xml_ns(n));
    if (ret_version)
        *ret_version = version;
    return 0;
}

int test_document(struct xml_doc **ret, const char *name, struct span data, const char *root,
                  const char **ret_version, struct err *e)
{
    struct xml_doc *doc = NULL;
    int r = xml_read(&doc, name, data, &test_limits, e);
    if (r == 0)
        r = check_root(doc, root, ret_version, e);
    if (r < 0) {
        xml_free(doc);
        return r;
    }
    *ret = doc;
    return 0;
}

bool test_recognised(struct span data)
{
    static const char *const names[] = {"assessmentTest", "qti-assessment-test"};
    struct xml_doc *doc = NULL;
    bool found = false;
    if (xml_read(&doc, "", data, &test_limits, NULL) < 0)
        return false;
    for (size_t i = 0; i < 2; i++)
        found |= xml_named(xml_root(doc), names[i]);
    xml_free(doc);
    return found;
}

static int open_in_folder(void *context, const char *path, size_t max, struct bytes *ret, struct err *e)
{
    char *full = path_join(context, path);
    int r = file_read(full, max, ret, e);
    free(full);
    return r;
}

static bool exists_in_folder(void *context, const char *path)
{
    char *full = path_join(context, path);
    bool there = file_exists(full);
    free(full);
    return there;
}

int test_read_folder(struct test **ret, const char *root, const char *path, bool lenient, struct err *e)
{
    struct test_source source = {
        .context = (void *)(uintptr_t)root, .open = open_in_folder, .exists = exists_in_folder};
    struct bytes data = {0};
    char *name = path_join(root, path);
    int r = file_read(name, test_limits.bytes, &data, e);
    if (r == 0)
        r = lenient ? test_read_lenient(ret, name, path, bytes_span(&data), &source, e)
                    : test_read(ret, name, path, bytes_span(&data), &source, e);
    bytes_release(&data);
    free(name);
    return r;
}

const struct test_node *test_find(const struct test *t, const char *identifier)
{
    for (size_t i = 0; i < t->n_nodes; i++)
        if (strcmp(t->node[i]->identifier, identifier) == 0)
            return t->node[i];
    return NULL;
}

const char *test_node_name(const struct test_node *n)
{
    static const char *const names[] = {
        [TEST_PART] = "testPart", [TEST_SECTION] = "assessmentSection", [TEST_ITEM] = "assessmentItemRef"};
    return names[n->kind];
}

const struct test_node *test_part_of(const struct test_node *n)
{
    while (n->parent)
        n = n->parent;
    return n;
}

bool test_rubric_for_candidates(const struct test_words *rubric)
{
    const char *p = strstr(rubric->view, "candidate");
    return *rubric->view == '\0' || p;
}
