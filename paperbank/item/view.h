/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate's view of an item: what may lie readable on a workstation while the session is open. An
 * allow-list of elements and attributes (docs/paperbank-item.md) is copied into a new QTI 2.2 item;
 * everything else (correct responses, mappings, processing, feedback, rubrics for scorers, comments, classes,
 * …) does not get in. */
#ifndef KAOCHANG_PAPERBANK_ITEM_VIEW_H
#define KAOCHANG_PAPERBANK_ITEM_VIEW_H

#include "paperbank/item/item.h"

/* Appends the view in canonical bytes: the same item gives the same bytes. ERR_DATA for an item that
 * item_deliverable refuses, and for one whose visible part cannot be written (control characters, nested too
 * deep). */
MUST_CHECK int item_view_write(const struct item *item, struct bytes *out, struct err *e);

/* Refuses (ERR_DATA, with the first element or attribute that has no business there) any document that is not
 * exactly what item_view_write would write for it. */
MUST_CHECK int item_view_check(const char *name, struct span data, struct err *e);

#endif
