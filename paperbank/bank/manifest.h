/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of a QTI content package (imsmanifest.xml) with our metadata (namespace
 * urn:kaochang:metadata:1, docs/paperbank-bank.md): which item files there are and what the bank should know
 * about each. */
#ifndef KAOCHANG_PAPERBANK_BANK_MANIFEST_H
#define KAOCHANG_PAPERBANK_BANK_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"
#include "paperbank/bank/bank.h"
#include "paperbank/bank/metadata.h"

#define METADATA_NS "urn:kaochang:metadata:1"
#define MANIFEST_FILE "imsmanifest.xml"
enum { MANIFEST_MAX_RECORD_BYTES = 16 << 20, MANIFEST_MAX_POINTS = 20000 };

struct manifest_point {
    const char *code, *title;
    unsigned line;
    const char *fault; /* NULL, or why it cannot be taken */
};

enum manifest_kind { MANIFEST_ITEM, MANIFEST_TEST, MANIFEST_OTHER };

struct manifest_item {
    enum manifest_kind kind;     /* never MANIFEST_OTHER: such resources are passed over */
    const char *identifier;      /* of the resource, "" when absent */
    const char *href;            /* relative path without ".." */
    unsigned line;
    bool has_metadata;
    struct item_metadata metadata;
    const char *fault;           /* NULL, or why this one cannot be taken, with its line and element */
    unsigned fault_line;
    const char *fault_element;
};

/* What is told while a manifest is read; all texts are valid during the call only. A negative return ends the
 * reading. */
struct manifest_handler {
    int (*point)(void *context, const struct manifest_point *p, struct err *e);
    int (*item)(void *context, const struct manifest_item *i, struct err *e);
    void *context;
};

/* Reads a manifest of any length, a resource at a time; a fault inside one resource or knowledge point is
 * told with it. Refused as a whole, though not before the fault is reached: what is no XML, has a DOCTYPE, is
 * larger than the bounds of one record, or is another document. To have nothing taken from such a one, read
 * it first without a handler (NULL). *ret_items, if not NULL, gets the number of items. */
MUST_CHECK int manifest_read(const char *name, xml_source_fn *source, void *source_context,
                             const struct manifest_handler *handler, size_t *ret_items, struct err *e);

struct bank_test;

/* Writes one; items in the order given, each as items/ID.xml with its pictures, then tests as tests/ID.xml. */
MUST_CHECK int manifest_write(struct bank *b, const struct knowledge_point *point, size_t n_points,
                              const struct bank_item *item, size_t n_items, const struct bank_test *test,
                              size_t n_tests, struct bytes *out, struct err *e);

#endif
