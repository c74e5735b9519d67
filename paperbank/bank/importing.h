/* SPDX-License-Identifier: Apache-2.0 */
/* Inside an import: every kind of source (from-*.c) yields items one by one to import_one, which reads,
 * checks, compares and stores each, and tells what became of it. All of it happens in the transaction of the
 * file at hand. */
#ifndef KAOCHANG_PAPERBANK_BANK_IMPORTING_H
#define KAOCHANG_PAPERBANK_BANK_IMPORTING_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/package-source.h"
#include "paperbank/bank/import.h"
#include "paperbank/bank/manifest.h"

struct import {
    struct bank *bank;
    int64_t id;      /* of the row in table import */
    const char *who; /* the author of new versions, "" unknown */
    const struct import_options *options;
    import_report_fn *report;
    void *context;
    int64_t count[IMPORT_OUTCOMES];
    int64_t points;  /* knowledge points that came in */
};

/* An item on its way into the bank. Borrowed for the call. */
struct prepared_item {
    const char *file;        /* stands in the report */
    unsigned line;           /* where the item begins in that file; 0: it is the file */
    struct span xml;         /* QTI of any version */
    struct span original;    /* what a converter made xml of; p NULL: xml is the original */
    const struct item_metadata *metadata;  /* NULL: nothing is said, and what the bank knows stays */
    bool merges; /* what metadata leave unknown stays as the bank has it; a new item has 1 point */
    struct package_source *source;         /* what lies beside it: pictures; NULL: nothing */
    const char *path;        /* of the item inside source, against which its hrefs are read */
};

/* Takes one item: new, a new version, updated, unchanged or refused, each told to the report. Negative only
 * where the bank itself fails. Memory is that of one item. */
MUST_CHECK int import_one(struct import *im, const struct prepared_item *p, struct err *e);

/* Counts a line, writes it down and reports it. */
MUST_CHECK int import_tell(struct import *im, const struct import_line *l, struct err *e);
/* Tells that something was refused: `item` is its identifier or "", why->where may end in ":LINE", which
 * counts unless `line` is given; element is the one at fault, or "". */
MUST_CHECK int import_refuse(struct import *im, const char *file, unsigned line, const char *item,
                             const char *element, const struct err *why, struct err *e);
/* Puts a knowledge point into the tree, or gives it its new title; refuses one with a fault. */
MUST_CHECK int import_point(struct import *im, const char *file, const struct manifest_point *p,
                            struct err *e);
/* The same only where the tree does not have the code: for sources that are not ours. */
MUST_CHECK int import_point_if_new(struct import *im, const char *code, const char *title, struct err *e);

/* A content package: its manifest, read first only to see that all of it can be read; its items, then its
 * tests. */
MUST_CHECK int import_package(struct import *im, struct package_source *source, struct err *e);

/* ERR_USAGE for a format or an encoding that is none. */
MUST_CHECK int import_check_options(const struct import_options *o, struct err *e);

/* A kind of source: files that look so are taken so. `head` holds the first 4,096 bytes at most. */
struct import_kind {
    bool (*looks_so)(const char *path, struct span head);
    int (*take)(struct import *im, const char *path,
                struct err *e); /* negative only where the bank itself fails */
};
extern const struct import_kind import_zip;      /* a content package as a ZIP archive */
extern const struct import_kind import_manifest; /* an imsmanifest.xml in its folder */
extern const struct import_kind
    import_foreign; /* Moodle XML, GIFT, tables: by content, or as the options say */
extern const struct import_kind import_test_file; /* an assessmentTest, its items beside or below it */
extern const struct import_kind import_item;     /* one item: the last one to be asked */

#endif
