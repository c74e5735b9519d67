/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of the test reader only. */
#ifndef KAOCHANG_PAPERBANK_TEST_TEST_INTERNAL_H
#define KAOCHANG_PAPERBANK_TEST_TEST_INTERNAL_H

#include "paperbank/test/test.h"

/* What is read for one node: from which document, into which test. */
struct test_reader {
    struct test *t;
    const struct test_source *source;
    const struct xml_doc *doc;
    const char *path; /* of doc in the package */
    unsigned depth;
};

/* A document whose root element has that name; *ret_version (may be NULL) gets "2.1", "2.2" or
 * "3.0". */
MUST_CHECK int test_document(struct xml_doc **ret, const char *name, struct span data, const char *root,
                             const char **ret_version, struct err *e);

/* Notes a fault; beyond TEST_MAX_PROBLEMS it is dropped. */
void test_problem(struct test *t, const struct xml_doc *doc, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

bool test_true(const struct test_reader *r, const struct xml_node *n, const char *attr, bool fallback);
/* A whole number of 0 or more; `fallback` when absent, and, as a fault, when it is none. */
int64_t test_count(const struct test_reader *r, const struct xml_node *n, const char *attr, int64_t fallback);
/* The attribute, or "" with a fault. */
const char *test_need(const struct test_reader *r, const struct xml_node *n, const char *attr);

/* Children that several kinds of node have. True if the element was one of them. */
bool test_read_detail(const struct test_reader *r, const struct xml_node *n, struct test_node *node);
void test_read_time(const struct test_reader *r, const struct xml_node *n, struct test_time *ret);
/* Makes room for the children of `parent` that test_read_detail fills. */
void test_room(const struct test_reader *r, const struct xml_node *parent, struct test_node *node);
void test_read_feedback(const struct test_reader *r, const struct xml_node *n, struct test_feedback *ret);
size_t test_children(const struct xml_node *parent, const char *name);

/* Rules that look at the whole. */
void test_check(struct test *t, const struct test_source *source);

#endif
