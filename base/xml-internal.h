/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by base/xml*.c only. */
#ifndef KAOCHANG_BASE_XML_INTERNAL_H
#define KAOCHANG_BASE_XML_INTERNAL_H

#include <libxml/tree.h>

#include "base/arena.h"

struct xml_doc {
    xmlDocPtr tree;
    struct arena *arena; /* attribute values that had to be joined */
    const char *name;
};

#endif
