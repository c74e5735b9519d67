/* SPDX-License-Identifier: Apache-2.0 */
/* Assessment tests in the bank: QTI 2.2, one document each, whose item references are "../items/ID.xml" with
 * the item's id in the bank. A test that is imported with other content is a new version. */
#ifndef KAOCHANG_PAPERBANK_BANK_TESTS_H
#define KAOCHANG_PAPERBANK_BANK_TESTS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"
#include "paperbank/bank/bank.h"
#include "paperbank/test/test.h"

struct import;
struct package_source;

struct bank_test {
    const char *identifier, *title;
    int64_t version;
    struct span xml;
};

/* The current versions, sorted bytewise by identifier, into the arena. */
MUST_CHECK int bank_tests(struct bank *b, struct arena *a, struct bank_test **ret, size_t *ret_n,
                          struct err *e);
/* One; ERR_DATA when the bank does not have it. */
MUST_CHECK int bank_test(struct bank *b, const char *identifier, struct arena *a, struct bank_test *ret,
                         struct err *e);
/* The same, read. Close the test. */
MUST_CHECK int bank_test_read(struct bank *b, const char *identifier, struct test **ret, int64_t *ret_version,
                              struct err *e);
/* The bank's item that a reference of such a test means; NULL for an href that is none. */
const char *bank_test_item(struct arena *a, const struct test_node *item);

/* Takes the test at `path` of a package whose items are in the bank already; told to the import's report as
 * items are. `place` stands there. Negative only where the bank itself fails. */
MUST_CHECK int import_test(struct import *im, struct package_source *source, const char *path,
                           const char *place, struct err *e);

/* For export: tests whose items are all among those (sorted by id). Their files below `dir`/tests, and their
 * resources in the manifest. */
MUST_CHECK int bank_tests_of(struct bank *b, const struct bank_item *item, size_t n, struct arena *a,
                             struct bank_test **ret, size_t *ret_n, struct err *e);
MUST_CHECK int bank_write_tests(struct bank *b, const char *dir, const struct bank_test *test, size_t n,
                                struct err *e);
MUST_CHECK int tests_write_resources(struct xml_out *o, struct bank *b, const struct bank_test *test,
                                     size_t n, struct err *e);

#endif
