/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by qti*.c only. */
#ifndef KAOCHANG_PAPERBANK_ITEM_QTI_INTERNAL_H
#define KAOCHANG_PAPERBANK_ITEM_QTI_INTERNAL_H

#include "base/xml-edit.h"

/* The names of a QTI 3.0 document become those of 2.2 (its namespace has done so already). */
void qti3_map(struct xml_doc *d);

#endif
