/* SPDX-License-Identifier: Apache-2.0 */
/* The door to documents of QTI 2.0, 2.1 (and APIP), 2.2 and 3.0 (1EdTech): items, tests, sections, stimuli
 * and rule templates. Whatever the version, what comes out has the names of QTI 2.2: elements, attributes,
 * values, namespace and the addresses of the standard templates. What 2.2 has no name for stays as it was, in
 * its own namespace. */
#ifndef KAOCHANG_PAPERBANK_ITEM_QTI_H
#define KAOCHANG_PAPERBANK_ITEM_QTI_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"

#define QTI_NS_22 "http://www.imsglobal.org/xsd/imsqti_v2p2"
/* Where 2.2 keeps the elements of HTML 5; read as if they were QTI's own. */
#define QTI_NS_HTML5 "http://www.imsglobal.org/xsd/imsqtiv2p2_html5_v1p0"
#define QTI_NS_30 "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"

/* Reads a document and maps it. *ret_version: "2.0", "2.1", "2.2" or "3.0" (2.2 without namespace); static.
 * Lines are those of the original. ERR_DATA as of xml_read, and for a namespace that is not one of QTI's; the
 * caller looks at the name of the root. limits NULL: those of xml_read. */
MUST_CHECK int qti_read(struct xml_doc **ret, const char **ret_version, const char *name, struct span data,
                        const struct xml_limits *limits, struct err *e);

/* Appends the QTI 2.2 bytes of a document that qti_read gave for `data`: `data` itself where it already is
 * QTI 2.2 in UTF-8, else the mapped document, complete with comments and unknown parts, in UTF-8. So reading
 * what was written and writing it again gives the same bytes. */
void qti_write(const struct xml_doc *d, struct span data, struct bytes *out);

/* The RELAX NG of what we write of QTI 2.2 (data/schemas/qti22.rng): items, tests, sections, stimuli. Load it
 * once. */
MUST_CHECK int qti_schema(struct xml_schema **ret, struct err *e);
/* 0 if the document follows the schema once it is mapped; else ERR_DATA with the first violation. Every one
 * is told with its line (complain may be NULL). */
MUST_CHECK int qti_valid(const struct xml_schema *schema, const char *name, struct span data,
                         xml_complaint_fn *complain, void *context, struct err *e);

#endif
