/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/test/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/item/qti.h"
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

int test_document(struct xml_doc **ret, const char *name, struct span data, const char *root,
                  const char **ret_version, struct err *e)
{
    struct xml_doc *doc = NULL;
    const char *version;
    int r = qti_read(&doc, &version, name, data, &test_limits, e);
    if (r < 0)
        return r;
    if (!xml_named(xml_root(doc), root)) {
        r = xml_err(e, doc, xml_root(doc), _("<%.60s> is not an <%s>"), xml_name(xml_root(doc)), root);
        xml_free(doc);
        return r;
    }
    if (ret_version)
        *ret_version = version;
    *ret = doc;
    return 0;
}

bool test_recognised(struct span data)
{
    struct xml_doc *doc = NULL;
    bool found = test_document(&doc, "", data, "assessmentTest", NULL, NULL) == 0;
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
    size_t low = 0, high = t->n_nodes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(t->sorted[middle]->identifier, identifier) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->n_nodes && strcmp(t->sorted[low]->identifier, identifier) == 0 ? t->sorted[low] : NULL;
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
