/* SPDX-License-Identifier: Apache-2.0 */
/* Office files for tests, built from XML strings; with tests/zip-maker.h for hostile ones. */
#ifndef KAOCHANG_TESTS_PRACTICAL_OFFICE_KIT_H
#define KAOCHANG_TESTS_PRACTICAL_OFFICE_KIT_H

#include "base/bytes.h"
#include "tests/zip-maker.h"

#define OFFICE_OOXML "http://schemas.openxmlformats.org/"
/* Declarations for a root element. */
#define OFFICE_W "xmlns:w=\"" OFFICE_OOXML "wordprocessingml/2006/main\" "
#define OFFICE_S "xmlns=\"" OFFICE_OOXML "spreadsheetml/2006/main\" "
#define OFFICE_P "xmlns:p=\"" OFFICE_OOXML "presentationml/2006/main\" "
#define OFFICE_A "xmlns:a=\"" OFFICE_OOXML "drawingml/2006/main\" "
#define OFFICE_C "xmlns:c=\"" OFFICE_OOXML "drawingml/2006/chart\" "
#define OFFICE_R "xmlns:r=\"" OFFICE_OOXML "officeDocument/2006/relationships\" "
#define OFFICE_MC "xmlns:mc=\"" OFFICE_OOXML "markup-compatibility/2006\" "

/* A relationships part; in it OFFICE_REL(id, "styles", "styles.xml"). */
#define OFFICE_RELS(INSIDE)                                                                                  \
    "<Relationships xmlns=\"" OFFICE_OOXML "package/2006/relationships\">" INSIDE "</Relationships>"
#define OFFICE_REL(ID, TYPE, TARGET)                                                                         \
    "<Relationship Id=\"" ID "\" Type=\"" OFFICE_OOXML "officeDocument/2006/relationships/" TYPE             \
    "\" Target=\"" TARGET "\"/>"
#define OFFICE_REL_EXTERNAL(ID, TYPE, TARGET)                                                                \
    "<Relationship Id=\"" ID "\" Type=\"" OFFICE_OOXML "officeDocument/2006/relationships/" TYPE             \
    "\" Target=\"" TARGET "\" TargetMode=\"External\"/>"

/* The rest of a zip_made is there for hostile ones; a plain part is {.name, .text} and is deflated. A list
 * ends with name NULL. The result is to be released. */
struct bytes office_zip(const struct zip_made *part);
/* The same with _rels/.rels that names `main` in front. */
struct bytes office_package(const char *main, const struct zip_made *part);
/* An OpenDocument file of the kind "text", "spreadsheet", "presentation": mimetype in front, stored. */
struct bytes office_opendocument(const char *kind, const struct zip_made *part);

#endif
