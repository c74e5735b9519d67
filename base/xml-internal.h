/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by base/xml*.c only. */
#ifndef KAOCHANG_BASE_XML_INTERNAL_H
#define KAOCHANG_BASE_XML_INTERNAL_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/xml.h"

struct xml_doc {
    xmlDocPtr tree;
    struct arena *arena; /* attribute values that had to be joined */
    const char *name;
    bool edited; /* by base/xml-edit.h */
};

/* What the parser's callbacks share; hangs on ctxt->_private. */
struct xml_watch {
    const struct xml_limits *limits;
    size_t elements;
    unsigned depth;
    bool refused;
    struct err *e;
    const char *name;
    startElementNsSAX2Func start;
    endElementNsSAX2Func end;
};

enum { XML_GUARDED_OPTIONS = XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_NOCDATA | XML_PARSE_COMPACT };

/* A parser that refuses DOCTYPEs and what is past the limits, and tells the first fault into w->e; NULL: no
 * memory. */
xmlParserCtxtPtr xml_guarded_parser(struct xml_watch *w, bool push);
void xml_guard_refuse(xmlParserCtxtPtr ctxt, const char *what);
/* What a converter of encodings finds has no parser to be told to, and would go to standard error. */
void xml_guard_silence(bool on);

#endif
