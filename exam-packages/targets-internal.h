/* SPDX-License-Identifier: Apache-2.0 */
/* The supplements of a targets document: targets-supplement.c. */
#ifndef KAOCHANG_EXAM_PACKAGES_TARGETS_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_TARGETS_INTERNAL_H

#include "exam-packages/targets.h"

MUST_CHECK int target_supplements_check(const struct targets *t, struct err *e);
void target_supplement_write(struct xml_out *o, const struct target_supplement *s);
MUST_CHECK int target_supplement_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                                      struct target_supplement *ret, struct err *e);

#endif
