/* SPDX-License-Identifier: Apache-2.0 */
/* OpenDocument files for tests: flat ones, and packages, from the parts between the tags. */
#ifndef KAOCHANG_TESTS_PRACTICAL_ODF_KIT_H
#define KAOCHANG_TESTS_PRACTICAL_ODF_KIT_H

#include <string.h>

#include "tests/practical/office-kit.h"

#define ODF_NS_OF(PREFIX, NAME) "xmlns:" PREFIX "=\"urn:oasis:names:tc:opendocument:xmlns:" NAME ":1.0\" "
#define ODF_NS                                                                                               \
    ODF_NS_OF("office", "office")                                                                            \
    ODF_NS_OF("style", "style")                                                                              \
    ODF_NS_OF("text", "text") ODF_NS_OF("table", "table") ODF_NS_OF("draw", "drawing") ODF_NS_OF(            \
        "fo", "xsl-fo-compatible") ODF_NS_OF("svg", "svg-compatible") ODF_NS_OF("number", "datastyle")       \
        ODF_NS_OF("presentation", "presentation") ODF_NS_OF("chart", "chart") ODF_NS_OF("anim", "animation") \
            ODF_NS_OF("smil", "smil-compatible") ODF_NS_OF("meta", "meta") ODF_NS_OF(                        \
                "config",                                                                                    \
                "config") "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "                                    \
                          "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                   \
                          "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" "

#define ODF_CONTENT(AUTOMATIC, KIND, BODY)                                                                   \
    "<office:document-content " ODF_NS "><office:automatic-styles>" AUTOMATIC                                \
    "</office:automatic-styles><office:body><office:" KIND ">" BODY "</office:" KIND                         \
    "></office:body></office:document-content>"
#define ODF_STYLES_PART(STYLES, AUTOMATIC, MASTERS)                                                          \
    "<office:document-styles " ODF_NS "><office:styles>" STYLES                                              \
    "</office:styles><office:automatic-styles>" AUTOMATIC                                                    \
    "</office:automatic-styles><office:master-styles>" MASTERS                                               \
    "</office:master-styles></office:document-styles>"

/* A package of these two parts; `styles` may be NULL. To be released. */
static inline struct bytes odf_file(const char *kind, const char *content, const char *styles)
{
    struct zip_made part[] = {
        {.name = "content.xml", .text = content}, {.name = "styles.xml", .text = styles}, {0}};
    if (!styles)
        part[1] = (struct zip_made){0};
    return office_opendocument(kind, part);
}

#endif
