/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the blueprint's reader: faults are gathered, not returned at the first. */
#ifndef KAOCHANG_ENGINE_BLUEPRINT_INTERNAL_H
#define KAOCHANG_ENGINE_BLUEPRINT_INTERNAL_H

#include "base/xml.h"
#include "engine/blueprint/blueprint.h"

struct blueprint_faults {
    const struct xml_doc *doc;
    blueprint_complaint_fn *complain;
    void *context;
    struct err *e;
    unsigned count;
};

/* Tells one fault and counts it. */
void blueprint_fault(struct blueprint_faults *f, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Attributes and elements, each on its own (blueprint-read.c). */
void blueprint_read_tree(struct blueprint *b, const struct xml_doc *d, struct blueprint_faults *f);
/* What must hold between them (blueprint-check.c). */
void blueprint_check(const struct blueprint *b, struct blueprint_faults *f);

#endif
