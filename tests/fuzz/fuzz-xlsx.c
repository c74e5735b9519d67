/* SPDX-License-Identifier: Apache-2.0 */
/* The input is the parts of a workbook with a form feed between them: sheet, styles, strings, chart,
 * workbook. It is refused, or every fact of it that a rule maker sees is asked. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/fact.h"
#include "tests/practical/office-kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_INPUT = 64 << 10, SECTIONS = 5 };

static const char rels[] = OFFICE_RELS(OFFICE_REL("s1", "worksheet", "worksheets/sheet1.xml") OFFICE_REL(
    "t", "styles", "styles.xml") OFFICE_REL("u", "sharedStrings", "sharedStrings.xml"));
static const char sheet_rels[] = OFFICE_RELS(OFFICE_REL("d", "drawing", "../drawings/d.xml"));
static const char drawing_rels[] = OFFICE_RELS(OFFICE_REL("c", "chart", "../charts/c.xml"));
static const char drawing[] =
    "<xdr:wsDr xmlns:xdr=\"" OFFICE_OOXML "drawingml/2006/spreadsheetDrawing\" " OFFICE_C OFFICE_R
    "><xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>1</xdr:row></xdr:from><c:chart r:id=\"c\"/>"
    "</xdr:oneCellAnchor></xdr:wsDr>";
static const char book[] =
    "<workbook " OFFICE_S OFFICE_R "><sheets><sheet name=\"A\" r:id=\"s1\"/></sheets></workbook>";

static void sink(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    (void)context, (void)kind, (void)at;
    if (!found->place)
        abort();
}

static void read_book(struct span bytes)
{
    struct practical_file file = {.path = "a.xlsx", .bytes = bytes, .size = bytes.n};
    struct practical_folder folder = {.file = &file, .n = 1};
    struct check_target t = {.folder = &folder, .path = "a.xlsx"};
    struct err e;
    if (sheet_family.open(&t.document, &folder, "a.xlsx", &e) < 0)
        return;
    struct arena *a = arena_new();
    sheet_family.enumerate(&t, a, sink, NULL);
    arena_free(a);
    sheet_family.close(t.document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > MAX_INPUT)
        return 0;
    char *text = mem_alloc(size + 1), *rest = text;
    memcpy(text, data, size);
    const char *section[SECTIONS] = {"<a/>", "<a/>", "<a/>", "<a/>", book};
    for (int i = 0; i < SECTIONS && rest; i++) {
        const char *one = strsep(&rest, "\f");
        if (*one)
            section[i] = one;
    }
    struct zip_made part[] = {
        {.name = "xl/worksheets/sheet1.xml", .text = section[0]},
        {.name = "xl/styles.xml", .text = section[1]},
        {.name = "xl/sharedStrings.xml", .text = section[2]},
        {.name = "xl/charts/c.xml", .text = section[3]},
        {.name = "xl/workbook.xml", .text = section[4]},
        {.name = "xl/drawings/d.xml", .text = drawing},
        {.name = "xl/_rels/workbook.xml.rels", .text = rels},
        {.name = "xl/worksheets/_rels/sheet1.xml.rels", .text = sheet_rels},
        {.name = "xl/drawings/_rels/d.xml.rels", .text = drawing_rels},
        {0},
    };
    struct bytes file = office_package("xl/workbook.xml", part);
    read_book(bytes_span(&file));
    bytes_release(&file);
    free(text);
    return 0;
}
