/* SPDX-License-Identifier: Apache-2.0 */
/* What the bank knows of an item in the words of IEEE 1484.12.1 (LOM), in its XML binding (1484.12.3), for
 * systems that do not know our own metadata: identifier, title, language, the knowledge point as keyword,
 * difficulty, typical learning time. */
#ifndef KAOCHANG_PAPERBANK_BANK_MANIFEST_LOM_H
#define KAOCHANG_PAPERBANK_BANK_MANIFEST_LOM_H

#include "base/xml.h"
#include "paperbank/bank/bank.h"

#define LOM_NS "http://ltsc.ieee.org/xsd/LOM"

/* The titles of knowledge points by their codes. */
struct lom_points {
    const struct knowledge_point **point; /* sorted by code */
    size_t n;
};
struct lom_points lom_points_of(const struct knowledge_point *point, size_t n, struct arena *a);

/* Writes a lom element, its prefix imsmd being declared. */
MUST_CHECK int lom_write(struct xml_out *o, struct bank *b, const struct bank_item *i,
                         const struct lom_points *points, struct err *e);

#endif
